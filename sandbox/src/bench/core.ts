import { decide } from "msc-clerk/domain/decide.js";
import { statusComment } from "msc-clerk/domain/messages/statusComment.js";
import { RULES_OF_MANY } from "./facts.js";
import { type Case, lookedAtAgain, MIXES, NOW, reconciled } from "./mixes.js";

const SIZES = [1000, 10_000] as const;
const TRIES = 9;
/** What takes so long, in milliseconds, is not tried nine times. */
const LONG = 2000;

const WORDS = "a status comment of 1,000 members";

/** Milliseconds of processor time, what the collector of garbage takes included. */
function spent(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least of nine tries, each on facts of its own. */
function least(prepare: () => Case, work: (one: Case) => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && (tries === 0 || best < LONG); tries++) {
    const one = prepare();
    best = Math.min(
      best,
      spent(() => work(one)),
    );
  }
  return best;
}

const exponent = ([small, large]: readonly number[]): string =>
  Math.log10((large ?? 0) / Math.max(small ?? 0, 0.01)).toFixed(2);

/** `npm run bench -- core [MIX …]`: what deciding costs by how much was done on a pull request, and of which kind. */
export function core(only: readonly string[]): void {
  const wanted = (name: string) => only.length === 0 || only.some((part) => name.includes(part));
  const mixes = MIXES.filter(({ name }) => wanted(name));
  console.log("| 1,000 and 10,000 of | first time, ms | exponent | known already, ms | exponent |");
  console.log("|---|--:|--:|--:|--:|");
  for (const { name, make } of mixes) {
    const first = SIZES.map((size) => least(() => make(size), reconciled));
    const known = SIZES.map((size) => {
      const again = lookedAtAgain(make(size));
      return least(() => anew(again), reconciled);
    });
    const ms = (figures: readonly number[]) => figures.map((one) => one.toFixed(1)).join(" / ");
    console.log(`| ${name} | ${ms(first)} | ${exponent(first)} | ${ms(known)} | ${exponent(known)} |`);
  }
  if (!wanted(WORDS)) return;
  const votes = MIXES.find(({ name }) => name === "votes of a team of 1,000")?.make(1000);
  if (votes === undefined) return;
  const { snapshot, rules } = votes;
  const decision = decide(snapshot, rules, NOW);
  const { repository, pull } = snapshot;
  const context = { rules: RULES_OF_MANY, repository, pull, mention: "mscbot" };
  const words = least(
    () => votes,
    () => statusComment(decision, context),
  );
  console.log(`\n${WORDS}: ${words.toFixed(1)} ms`);
}

/** As the reader makes it for every look: new objects throughout. */
function anew({ snapshot, rules }: Case): Case {
  const { utterances, events } = snapshot;
  return {
    snapshot: {
      ...snapshot,
      utterances: utterances.map((one) => ({ ...one })),
      events: events.map((one) => ({ ...one })),
    },
    rules,
  };
}
