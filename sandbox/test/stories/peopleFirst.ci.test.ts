import { DAY, HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { BenchStage, CONFIG } from "../../src/bench/stage.js";
import { specChange } from "../support/constitution.js";

let stage: BenchStage;
afterEach(async () => {
  await stage.close();
});

const MANY = 150;
/** Nobody waits longer, whatever else goes on. */
const LONGEST = 10;

/** Whatever is under way is not waited for. */
const passes = async (ms: number) => {
  await stage.clock.advance(ms);
  await stage.quiet();
};

/** Seconds until this shows; more than two minutes are two minutes. */
async function until(shows: () => boolean): Promise<number> {
  for (let seconds = 1; seconds < 120; seconds += 1) {
    await passes(SECOND);
    if (shows()) return seconds;
  }
  return 120;
}

/** A vote is answered by its 👍, a motion by the status comment: before the first one the labels are made, one a second. */
function votes(n: number, login = "dbkr"): Promise<number> {
  const { id } = stage.as(login).comment(n, "@mscbot reviewed");
  const said = () => stage.github.thread(n).comments.find((comment) => comment.id === id);
  return until(() => said()?.reactions.some(({ content }) => content === "+1") === true);
}

function moves(n: number): Promise<number> {
  stage.as("richvdh").comment(n, "@mscbot fcp merge");
  const { botId } = stage.github.app;
  return until(() => stage.github.thread(n).comments.some(({ authorId }) => authorId === botId));
}

const writesIn = async (ms: number): Promise<number> => {
  const before = stage.github.requests.writes.length;
  await passes(ms);
  return stage.github.requests.writes.length - before;
};

/** The clerk has seen to all of them, once. */
async function rested(): Promise<void> {
  await stage.settle(HOUR);
  await passes(HOUR);
  await stage.settle(HOUR);
}

function propose(count = MANY): readonly number[] {
  return Array.from({ length: count }, (_, at) =>
    stage.propose(`MSC${3000 + at}: One of many`, `proposals/${3000 + at}-many.md`),
  );
}

describe("people first: somebody on the roster is answered within ten seconds", () => {
  test("during the first start over many proposals, one that the start has not come to included", async () => {
    stage = new BenchStage();
    const numbers = propose();
    await stage.start({});
    await passes(20 * SECOND);
    const [first = 0, second = 0] = [numbers[MANY - 1], numbers[MANY - 2]];
    const waited = [await moves(first)];
    await passes(20 * SECOND);
    waited.push(await votes(first), await moves(second), await votes(second));
    // It was still under way.
    expect(await writesIn(10 * SECOND)).toBeGreaterThan(5);
    expect(Math.max(...waited)).toBeLessThanOrEqual(LONGEST);
  });

  test("while the checks of many are renewed, which is spread over days", async () => {
    stage = new BenchStage();
    const numbers = propose(48);
    await stage.start({ resyncEvery: DAY, fullResyncEvery: 4 * DAY });
    await rested();
    const [n = 0] = numbers;
    await moves(n);
    await passes(8 * DAY + 20 * HOUR);
    const runs = () => stage.github.repository.runs.size;
    const [before, hours] = [runs(), [] as number[]];
    for (let at = 0; at < 50; at += 1) {
      const had = runs();
      await passes(2 * HOUR);
      hours.push(runs() - had);
    }
    expect(runs() - before).toBe(numbers.length);
    expect(Math.max(...hours)).toBeLessThanOrEqual(2);
    expect(await votes(n)).toBeLessThanOrEqual(LONGEST);
  });

  test("while a config that became right is told to many", async () => {
    stage = new BenchStage();
    const numbers = propose();
    await stage.start({ resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY });
    await rested();
    const [n = 0] = numbers;
    await moves(n);
    const right = stage.github.fileText(CONFIG) ?? "";
    stage.as("ara4n").pushTo(null, { [CONFIG]: `${right}\nnonsense: true\n` });
    await rested();
    stage.as("ara4n").pushTo(null, { [CONFIG]: right });
    await passes(20 * SECOND);
    const waited = [await votes(n)];
    waited.push(await moves(numbers[MANY - 1] ?? 0));
    expect(await writesIn(10 * SECOND)).toBeGreaterThan(5);
    expect(Math.max(...waited)).toBeLessThanOrEqual(LONGEST);
  });

  test("while an outsider pushes 480 times to twenty pull requests of theirs, and 25 amendments are open", async () => {
    stage = new BenchStage();
    await stage.start({ resyncEvery: 60 * DAY, fullResyncEvery: 60 * DAY });
    await stage.settle();
    const n = stage.propose("MSC2000: Thing", "proposals/2000-thing.md");
    await rested();
    await moves(n);
    const right = stage.github.fileText(CONFIG) ?? "";
    for (let at = 0; at < 25; at += 1)
      stage.as("passer-by").openPull({
        title: `Amendment ${at}`,
        branch: `a${at}`,
        files: { [CONFIG]: specChange(`${40 + at}%`)(right) },
      });
    const junk = Array.from(
      { length: 20 },
      (_, at) =>
        stage.as("passer-by").openPull({ title: "J", branch: `j${at}`, files: { [`j${at}`]: "0" } }).number,
    );
    for (let at = 0; at < 480; at += 1) {
      stage.as("passer-by").push(junk[at % 20] ?? 0, { [`j${at % 20}`]: String(at + 1) });
      if (at % 20 === 0) await passes(2 * SECOND);
    }
    expect(await votes(n)).toBeLessThanOrEqual(LONGEST);
    await passes(MINUTE);
    expect(await votes(n, "erikjohnston")).toBeLessThanOrEqual(LONGEST);
  });
});
