import { MINUTE } from "msc-clerk/domain/text/time.js";
import { NO_ROUNDS, PLENTY } from "./events.js";
import type { Row, Scope } from "./row.js";
import { BenchStage } from "./stage.js";

/** Kilobytes GitHub may answer for a look that changes nothing. */
const MOST = 30;

/** What GitHub answers for a comment that changes nothing, on a motion whose status comment was edited so often. */
export async function warmReads(scope: Scope): Promise<readonly Row[]> {
  const stage = new BenchStage(PLENTY);
  const n = stage.propose("MSC1772: Matrix spaces", "proposals/1772-spaces.md");
  await stage.start(NO_ROUNDS);
  await stage.settle();
  await stage.moveAll([n]);
  const rows: Row[] = [];
  let said = 0;
  for (const size of scope === "few" ? [50] : [50, 400]) {
    for (; edits(stage, n) < size && said < 2 * size; said += 1) {
      stage.as("KitsuneRal").comment(n, "@mscbot status");
      await stage.settle();
    }
    if (edits(stage, n) < size) throw new Error(`only ${edits(stage, n)} edits after ${said} commands`);
    await stage.clock.advance(MINUTE);
    await stage.settle();
    const before = stage.requests().length;
    stage.as("passer-by").comment(n, "Nice.");
    await stage.settle();
    const bytes = stage
      .requests()
      .slice(before)
      .reduce((all, one) => all + (one.bytes ?? 0), 0);
    rows.push({
      name: "a comment that changes nothing, edits of the status comment",
      size,
      unit: "kB",
      value: Math.round(bytes / 1000),
      goal: { most: MOST },
    });
  }
  await stage.close();
  return rows;
}

/** How often the clerk's status comment was edited. */
const edits = (stage: BenchStage, number: number): number => stage.status(number).revisions.length - 1;
