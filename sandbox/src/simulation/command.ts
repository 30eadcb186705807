import { parseArgs } from "node:util";
import { MUTANTS } from "./mutants.js";
import { runStory, type StoryOutcome, shortest } from "./run.js";
import { SIZE, type Size } from "./story.js";
import { inWords } from "./telling.js";
import { storyOf } from "./weave.js";

export const HELP = `npm run simulate -- [--seeds N] [--from N] [--proposals N] [--members N]
                   --seed N       one seed, with its story and the clerk's log
                   --mutants      each faulty clerk, until a seed shows its fault
                   --mutant TEXT  those with this in their name
`;

/** Runs what the arguments ask for; false: something was wrong. */
export async function simulate(args: readonly string[], say: (line: string) => void): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: "string", default: "100" },
      from: { type: "string", default: "1" },
      seed: { type: "string" },
      proposals: { type: "string", default: String(SIZE.proposals) },
      members: { type: "string", default: String(SIZE.members) },
      mutants: { type: "boolean", default: false },
      mutant: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const size: Size = { proposals: numberIn(values.proposals), members: numberIn(values.members) };
  if (values.help) say(HELP);
  else if (values.mutants || values.mutant !== undefined)
    return await allMutants(values.mutant ?? "", size, numberIn(values.seeds), say);
  else if (values.seed !== undefined) return await oneSeed(numberIn(values.seed), size, say);
  else return await manySeeds(numberIn(values.from), numberIn(values.seeds), size, say);
  return true;
}

function numberIn(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`“${text}” is no whole number. ${HELP}`);
  return Number(text);
}

async function manySeeds(
  from: number,
  seeds: number,
  size: Size,
  say: (line: string) => void,
): Promise<boolean> {
  const began = process.cpuUsage();
  const sum = { begun: 0, concluded: 0, lost: 0, writes: 0, amended: 0, unlawful: 0 };
  const wrong: number[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const outcome = await runStory(storyOf(seed, size));
    for (const key of keysOf(sum)) sum[key] += outcome[key];
    if (outcome.wrong === null) continue;
    wrong.push(seed);
    say(`Seed ${seed}: ${outcome.wrong}`);
    // One is told whole: for a person to begin with.
    if (wrong.length === 1) await tellShortest(seed, size, say);
  }
  const { user, system } = process.cpuUsage(began);
  const each = (user + system) / 1000 / Math.max(1, seeds);
  say(
    `${seeds} seeds of ${size.proposals} proposals and ${size.members} members, ${each.toFixed(0)} ms of CPU each: ${sum.begun} Final Comment Periods begun, ${sum.concluded} concluded, ${sum.amended} amendments merged with their votes and ${sum.unlawful} without, ${sum.writes} writes; ${sum.lost} records lost for good.`,
  );
  say(
    wrong.length === 0
      ? "All were as the rules have it."
      : `${wrong.length} were not: ${wrong.slice(0, 50).join(", ")}.`,
  );
  return wrong.length === 0;
}

const keysOf = <T extends object>(of: T) => Object.keys(of) as (keyof T)[];

async function tellShortest(seed: number, size: Size, say: (line: string) => void): Promise<void> {
  const { story, outcome } = await shortest(storyOf(seed, size));
  say(`The shortest story in which something is wrong (${outcome.wrong ?? ""}):`);
  for (const [at, step] of story.steps.entries()) say(`  ${at + 1}. ${inWords(step)}`);
}

async function oneSeed(seed: number, size: Size, say: (line: string) => void): Promise<boolean> {
  const story = storyOf(seed, size);
  const lines: string[] = [];
  const outcome = await runStory(story, {}, (line) => lines.push(line.trimEnd()));
  for (const line of lines) say(line);
  if (outcome.wrong === null) say(`Seed ${seed}: all was as the rules have it.`);
  else {
    say(`Seed ${seed}, step ${outcome.at + 1}: ${outcome.wrong}`);
    await tellShortest(seed, size, say);
  }
  return outcome.wrong === null;
}

/** A seed that shows the fault of each, the one written down before others. */
async function allMutants(
  named: string,
  size: Size,
  most: number,
  say: (line: string) => void,
): Promise<boolean> {
  let all = true;
  for (const { name, caughtBy, make } of MUTANTS) {
    if (!name.includes(named)) continue;
    let shown: { readonly seed: number; readonly outcome: StoryOutcome } | null = null;
    for (let tried = 0; tried <= most && shown === null; tried += 1) {
      const seed = tried === 0 ? caughtBy : tried;
      const outcome = await runStory(storyOf(seed, size), make());
      if (outcome.wrong !== null) shown = { seed, outcome };
    }
    all &&= shown !== null;
    say(
      shown === null
        ? `| ${name} | none of ${most} | |`
        : `| ${name} | ${shown.seed} | ${shown.outcome.wrong?.split("\n")[0] ?? ""} |`,
    );
  }
  return all;
}
