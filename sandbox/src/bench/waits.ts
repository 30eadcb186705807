import { DAY, HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { threshold } from "./amendments.js";
import { NO_ROUNDS } from "./events.js";
import type { Row, Scope } from "./row.js";
import { BenchStage, CONFIG } from "./stage.js";

/** Seconds a member may wait for an answer, whatever else goes on. */
const MOST = 10;
const PATIENCE = 2 * HOUR;
const FEW = 100;
/** So old a check is made anew, as GitHub calls it stale a day later. */
const RENEWAL = 13 * DAY;
/** When members move something, after the trouble began. */
const MOMENTS = [1, 5, 10, 30].map((minutes) => minutes * MINUTE);

/** For how long a member waits, by the sandbox's clock, at worst, while the clerk has much else to do. */
export async function waits(scope: Scope): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const size of scope === "few" ? [FEW] : [FEW, 1000]) rows.push(...(await among(size)));
  return rows;
}

async function among(size: number): Promise<Row[]> {
  const stage = new BenchStage();
  const free = stage.proposeMany(size + 30).slice(0, 30);
  const rows: Row[] = [];
  const note = async (name: string, meanwhile: readonly Doing[] = []) => {
    const value = await slowest(stage, free.splice(0, MOMENTS.length), meanwhile);
    rows.push({ name, size, unit: "seconds", value, goal: { most: MOST } });
    await stage.settle(12 * HOUR);
  };
  const push = (text: string) => stage.as("ara4n").pushTo(null, { [CONFIG]: text });

  const begun = stage.clock.now();
  await stage.start(NO_ROUNDS);
  await note("a first start");
  await stage.clock.setTo(begun + RENEWAL);
  await note("checks renewed before they are stale");
  push("version: [");
  await stage.clock.advance(10 * MINUTE);
  push(threshold(60));
  await note("a config put right");
  if (size === FEW) {
    // How many others are open makes no difference to these.
    const [junk = 0] = free.splice(0, 1);
    const pushed = (at: number): Doing => ({
      after: at * 4 * SECOND,
      doing: () => stage.as("ShadowJonathan").push(junk, { "proposals/5000-many.md": String(at) }),
    });
    await note(
      "an outsider's 480 pushes",
      Array.from({ length: 480 }, (_, at) => pushed(at)),
    );
  }
  await stage.close();
  return rows;
}

interface Doing {
  /** Milliseconds from the beginning. */
  readonly after: number;
  readonly doing: () => unknown;
}

/** Members move one proposal each, at these moments from now on, whatever else is done; the longest that one of them waits, in seconds. */
async function slowest(
  stage: BenchStage,
  numbers: readonly number[],
  meanwhile: readonly Doing[],
): Promise<number> {
  const { clock } = stage;
  const from = clock.now();
  const waiting = new Map<number, { readonly number: number; readonly since: number }>();
  const move = (number: number) => () => {
    const { id } = stage.as("richvdh").comment(number, "@mscbot fcp merge");
    waiting.set(id, { number, since: clock.now() });
  };
  const agenda = [
    ...meanwhile,
    ...numbers.map((number, at) => ({ after: MOMENTS[at] ?? 0, doing: move(number) })),
  ];
  agenda.sort((one, other) => one.after - other.after);
  let longest = 0;
  while ((agenda.length > 0 || waiting.size > 0) && clock.now() < from + PATIENCE) {
    while (agenda[0] !== undefined && from + agenda[0].after <= clock.now()) agenda.shift()?.doing();
    await stage.quiet();
    for (const [id, { number, since }] of waiting)
      if (answered(stage, number, id)) {
        longest = Math.max(longest, clock.now() - since);
        waiting.delete(id);
      }
    const next = Math.min(clock.nextWake() ?? Number.POSITIVE_INFINITY, clock.now() + 10 * SECOND);
    await clock.setTo(Math.min(next, from + (agenda[0]?.after ?? PATIENCE)));
  }
  for (const { since } of waiting.values()) longest = Math.max(longest, clock.now() - since);
  return Math.round(longest / SECOND);
}

const answered = (stage: BenchStage, number: number, id: number): boolean =>
  stage.github
    .thread(number)
    .comments.find((comment) => comment.id === id)
    ?.reactions.some(({ content }) => content === "+1") ?? false;
