import { DAY, HOUR, SECOND } from "msc-clerk/domain/text/time.js";
import { type Counted, costRows, Meter } from "./cost.js";
import type { Goal, Row, Scope } from "./row.js";
import { BenchStage } from "./stage.js";

/** Nothing is refused for being too much, so that what an event costs is what it costs by itself. */
export const PLENTY = { perHour: 1_000_000, contentPerMinute: 1_000_000, contentPerHour: 1_000_000 };
/** No round falls into what is measured. */
export const NO_ROUNDS = { resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY };

/** Open proposals beside the one that all happens on. */
const OTHERS = 30;

interface Event {
  readonly name: string;
  /**
   * The fewest requests GitHub allows for it, by one document of mutations for what is changed, and by believing what a signed webhook
   * says.
   */
  readonly least: number;
  readonly goals?: Partial<Record<Counted, Goal>>;
  readonly doing: (stage: BenchStage, number: number) => unknown;
}

const requests = (most: number) => ({ requests: { most } });
const says = (login: string, text: string) => (stage: BenchStage, n: number) =>
  stage.as(login).comment(n, text);

/** One after the other on one proposal. Those that docs/operating.md lists. */
const EVENTS: readonly Event[] = [
  {
    name: "a comment on an issue",
    least: 0,
    goals: requests(0),
    doing: (stage) =>
      stage.as("passer-by").comment(stage.as("passer-by").openIssue("Some issue").number, "Hello."),
  },
  {
    name: "a comment without a command, no motion",
    least: 0,
    goals: requests(1),
    doing: says("passer-by", "Nice."),
  },
  { name: "a motion by command", least: 2, doing: says("richvdh", "@mscbot fcp merge") },
  {
    name: "a comment without a command, motion open",
    least: 0,
    goals: requests(1),
    doing: says("passer-by", "Very nice."),
  },
  {
    name: "a burst of ten comments",
    least: 0,
    goals: requests(2),
    doing: (stage, n) => {
      for (let at = 0; at < 10; at += 1) stage.as("passer-by").comment(n, `And then (${at}).`);
    },
  },
  {
    name: "a label that means nothing to the clerk",
    least: 0,
    goals: requests(1),
    doing: (stage, n) => stage.as("uhoreg").label(n, "client-server"),
  },
  {
    name: "a vote by approving review",
    least: 2,
    goals: requests(2),
    doing: (stage, n) => stage.as("erikjohnston").approve(n),
  },
  { name: "a vote by command", least: 2, goals: requests(2), doing: says("dbkr", "@mscbot reviewed") },
  {
    name: "a vote by ballot label",
    least: 2,
    goals: requests(2),
    doing: (stage, n) => stage.as("uhoreg").label(n, "vote:approve"),
  },
  {
    name: "a vote by tick",
    least: 2,
    goals: requests(2),
    doing: (stage, n) => stage.tick(n, "anoadragon453"),
  },
  { name: "a concern", least: 2, doing: says("KitsuneRal", "@mscbot concern the name") },
  { name: "a concern resolved", least: 2, doing: says("KitsuneRal", "@mscbot resolve the name") },
  { name: "a command of an outsider, refused", least: 2, doing: says("passer-by", "@mscbot fcp cancel") },
  {
    name: "a push to the proposal",
    least: 2,
    doing: (stage, n) =>
      stage.as("ShadowJonathan").push(n, { "proposals/1772-spaces.md": "# Spaces\n\nMore.\n" }),
  },
  {
    name: "the check run again",
    least: 2,
    goals: requests(2),
    doing: (stage, n) => stage.as("uhoreg").rerunCheck(stage.github.checkOn(n)?.id ?? 0),
  },
  {
    name: "all checks run again",
    least: 2,
    goals: requests(2),
    doing: (stage, n) => stage.as("uhoreg").rerunChecks(n),
  },
  {
    name: "the deciding vote: the Final Comment Period begins",
    least: 4,
    doing: says("turt2live", "@mscbot reviewed"),
  },
];

/** What each event costs, on a proposal with so many comments. */
export async function events(scope: Scope): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of scope === "few" ? [10] : [10, 1000]) rows.push(...(await onThread(size)));
  return rows;
}

async function onThread(size: number): Promise<Row[]> {
  const stage = new BenchStage(PLENTY);
  const meter = new Meter(stage);
  const n = stage.propose("MSC1772: Matrix spaces", "proposals/1772-spaces.md");
  stage.proposeMany(OTHERS);
  stage.chat(n, size);
  await stage.start(NO_ROUNDS);
  await stage.settle();
  await stage.clock.advance(HOUR);
  await stage.settle();
  const rows: Row[] = [];
  for (const { name, least, goals, doing } of EVENTS) {
    await stage.clock.advance(30 * SECOND);
    await stage.settle();
    const cost = await meter.cost(() => doing(stage, n));
    rows.push(...costRows(name, size, cost, goals), { name, size, unit: "least", value: least });
  }
  const name = "the period's end";
  const ends = await periodsEnd(stage, meter, n);
  const items = stage.github.thread(n).comments.length;
  const goals = {
    requests: { most: 5 + Math.floor(items / 100) },
    reads: { most: 3 + Math.floor(items / 100) },
  };
  rows.push(...costRows(name, size, ends, goals), { name, size, unit: "least", value: 2 });
  await stage.close();
  return rows;
}

/** Lets the clerk do what is due until the period has ended; of what it took, the last. */
export async function periodsEnd(stage: BenchStage, meter: Meter, number: number) {
  const ended = () => stage.github.labelsOn(number).includes("finished-final-comment-period");
  for (let until = stage.clock.now() + 7 * DAY; stage.clock.now() < until; ) {
    // Alone, it would be one of the deadlines on the way.
    const wake = stage.clock.nextWake();
    if (wake === null) break;
    const cost = await meter.cost(() => stage.clock.setTo(wake));
    if (ended()) return cost;
  }
  throw new Error(`the period of #${number} did not end`);
}
