import { HOUR, SECOND } from "msc-clerk/domain/text/time.js";
import { type Cost, costRows, Meter, sum } from "./cost.js";
import { NO_ROUNDS, PLENTY, periodsEnd } from "./events.js";
import type { Row, Scope } from "./row.js";
import { BenchStage } from "./stage.js";

/**
 * What mscbot-python asked of the same sandbox for the same story, reads and writes together, on threads of 5, 120 and 1,000 comments. Its
 * review is no vote, and its deciding vote by command begins nothing.
 */
const OLDER_BOT: Readonly<Record<string, readonly [number, number, number]>> = {
  motion: [5, 5, 5],
  "an outsider's comment": [1, 1, 1],
  "a member's comment": [2, 2, 2],
  "a vote by command": [6, 8, 10],
  "a vote by tick": [5, 7, 9],
  "an approving review": [2, 2, 2],
  "a concern": [7, 9, 11],
  "the concern resolved": [8, 10, 12],
  "the period begins": [9, 13, 17],
  "a vote in the period": [5, 7, 9],
  "the period ends": [6, 8, 10],
};
const THREADS = [5, 120, 1000] as const;
/** How many times fewer requests than the older bot's the clerk is to ask, on the thread of 120. */
const FEWER = 3;

const says = (login: string, text: string) => (stage: BenchStage, n: number) =>
  stage.as(login).comment(n, text);

type Step = readonly [keyof typeof OLDER_BOT & string, (stage: BenchStage, n: number) => unknown];

const STEPS: readonly Step[] = [
  ["an outsider's comment", says("passer-by", "Nice.")],
  ["a member's comment", says("ara4n", "I like it.")],
  ["a vote by command", says("dbkr", "@mscbot reviewed")],
  ["a vote by tick", (stage, n) => stage.tick(n, "uhoreg")],
  ["an approving review", (stage, n) => stage.as("erikjohnston").approve(n)],
  ["a concern", says("KitsuneRal", "@mscbot concern the name")],
  ["the concern resolved", says("KitsuneRal", "@mscbot resolve the name")],
  ["a vote by command", says("anoadragon453", "@mscbot reviewed")],
  ["the period begins", says("turt2live", "@mscbot reviewed")],
  ["a vote in the period", (stage, n) => stage.tick(n, "KitsuneRal")],
];

/** From the motion to the end of its period, beside what the older bot asked for it. The stream of comments itself is not counted. */
export async function story(scope: Scope): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [at, size] of THREADS.entries())
    if (scope === "all" || size < 1000) rows.push(...(await told(size, at)));
  return rows;
}

async function told(size: number, at: number): Promise<Row[]> {
  const stage = new BenchStage(PLENTY);
  const meter = new Meter(stage);
  const n = stage.propose("MSC1772: Matrix spaces", "proposals/1772-spaces.md");
  await stage.start(NO_ROUNDS);
  await stage.settle();
  await stage.clock.advance(HOUR);
  await stage.settle();
  const begun = stage.requests().length;
  const costs: Cost[] = [await meter.cost(() => stage.as("richvdh").comment(n, "@mscbot fcp merge"))];
  let older = OLDER_BOT.motion?.[at] ?? 0;
  stage.chat(n, size);
  // The clerk is told of the last one only, which is none of the story.
  const stream = await meter.cost(() => stage.as("passer-by").comment(n, "That was all."));
  for (const [step, doing] of STEPS) {
    await stage.clock.advance(30 * SECOND);
    await stage.settle();
    costs.push(await meter.cost(() => doing(stage, n)));
    older += OLDER_BOT[step]?.[at] ?? 0;
  }
  costs.push(await periodsEnd(stage, meter, n));
  older += OLDER_BOT["the period ends"]?.[at] ?? 0;
  const whole = stage.requests().length - begun - stream.requests;
  await stage.close();
  const steps = sum(costs);
  const figure = (name: string, unit: string, value: number, goal?: Row["goal"]): Row => ({
    name,
    size,
    unit,
    value,
    ...(goal && { goal }),
  });
  return [
    ...costRows("its steps", size, steps),
    figure("the whole", "requests", whole),
    figure("the whole", "older bot", older),
    figure("the whole", "times fewer", older / whole, size === 120 ? { least: FEWER } : undefined),
  ];
}
