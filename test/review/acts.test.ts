import { describe, expect, test } from "vitest";
import { DAY } from "../../src/domain/text/time.js";
import { votesOf } from "../process/reading.js";
import { CLERK, HEAD, inFcp, proposed } from "../support/world.js";

describe("acts in odd company", () => {
  test("fcp.after: with the record lost, a rewrite pushed during FCP still waits for a fresh approval", () => {
    const w = inFcp();
    w.push("b".repeat(40), ["author"]);
    w.happen("author", { kind: "force_pushed", before: HEAD, after: "b".repeat(40) });
    w.ownComments = w.ownComments.filter((one) => one.marker.kind !== "status");
    w.happen("ara4n", { kind: "comment_deleted", author: CLERK });
    w.wait(6 * DAY);
    const d = w.look();
    expect(d.check).toBe("in_progress");
  });

  test("ballot.latest: of several votes in one comment the last counts", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed\n@mscbot retract\n@mscbot reviewed");
    expect(votesOf(w.look())).toContain("dbkr");
  });

  test("ballot.team: ticking both of one's boxes in one edit votes in both teams", () => {
    const w = proposed({ labels: ["proposal", "kind:governance"] });
    w.tick("ara4n");
    const d = w.look();
    expect(d.tallies.map((t) => t.yes)).toEqual([2, 1]);
  });

  test("ballot.tick: a tick made on an old text, of one who voted meanwhile, accuses nobody", () => {
    const w = proposed();
    const old = w.status()?.body ?? "";
    w.say("dbkr", "@mscbot reviewed");
    w.say("uhoreg", "@mscbot reviewed");
    w.look();
    w.tick("dbkr", "dbkr", { from: old });
    w.look();
    expect(w.comments("reply")).toEqual([]);
  });

  test("motion.cancel: the FCP label put on by hand in the second of a cancel starts nothing", () => {
    const w = inFcp();
    w.atOnce(() => {
      w.say("dbkr", "@mscbot fcp cancel");
      w.unlabel("dbkr", "final-comment-period");
      w.label("dbkr", "final-comment-period");
    });
    const d = w.look();
    expect(d.phase).toBe("in_review");
    expect([...w.labels]).toEqual(["proposal"]);
  });

  test("fcp.conclude: a clerk whose clock runs ahead does not close a second time what people reopened", () => {
    const w = inFcp({}, "close");
    w.wait(6 * DAY);
    w.look();
    expect(w.pull.state).toBe("closed");
    w.reopen("dbkr");
    w.look();
    expect(w.pull.state).toBe("open");
    w.wait(20 * DAY);
    w.look();
    expect(w.pull.state).toBe("open");
  });
});
