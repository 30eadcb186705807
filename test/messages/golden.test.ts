import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { amendment, removing, threshold } from "../support/amendmentWorld.js";
import { proposed, type World } from "../support/world.js";

/*
 * Whole comments as they are posted, to be read as rendered Markdown: golden/*.md. A change of one is looked at there, as people see it.
 */
const golden = (name: string, text: string | undefined) =>
  expect(`${text}\n`).toMatchFileSnapshot(`./golden/${name}.md`);

const TEAM = "spec-core-team";
const record = (w: World) => w.comments("announce", "1:concluded")[0]?.body;

/** MSC1234, voted on over two days by six of eight, with a concern that was resolved. */
function decided(): World {
  const w = proposed();
  w.say("dbkr", "@mscbot concern The fallback of `m.thing` is missing");
  w.review("ara4n", "approved");
  w.wait(5 * HOUR);
  w.reconcile();
  w.say("dbkr", "@mscbot resolve C1\n@mscbot reviewed");
  w.tick("erikjohnston");
  w.say("uhoreg", "@mscbot reviewed");
  w.say("anoadragon453", "@mscbot abstain");
  w.reconcile();
  w.wait(DAY);
  w.say("turt2live", "@mscbot reviewed");
  w.reconcile();
  return w;
}

/** Two votes are taken back, one of those who voted goes, three come and one of them votes. */
function muchChanges(w: World): World {
  w.wait(DAY);
  w.say("ara4n", "@mscbot retract");
  w.tick("erikjohnston", "erikjohnston", { untick: true });
  w.leave(TEAM, "uhoreg");
  for (const login of ["clokep", "hughns", "tulir"]) w.join(TEAM, login);
  w.reconcile();
  w.wait(DAY);
  w.review("tulir", "approved");
  w.reconcile();
  return w;
}

describe("whole comments", () => {
  it("record.decided: the record of a decision, with two votes taken back, one voter gone and three joined", async () => {
    const w = muchChanges(decided());
    w.wait(6 * DAY);
    w.reconcile();
    await golden("record-of-a-decision", record(w));
  });

  it("record.decided: the status comment of the same while it runs, and once it is accepted", async () => {
    const w = muchChanges(decided());
    await golden("status-in-fcp", w.status()?.body);
    w.wait(6 * DAY);
    w.reconcile();
    await golden("status-accepted", w.status()?.body);
  });

  it("ballot.review: a motion to close with an approving review, which is no yes to closing", async () => {
    const w = proposed({}, "close");
    w.say("dbkr", "@mscbot reviewed");
    w.review("uhoreg", "approved");
    w.reconcile();
    await golden("status-close-with-a-review", w.status()?.body);
  });

  it("amend.resign: a resignation, which asks nobody for a vote", async () => {
    const w = amendment(removing("KitsuneRal"), { author: "KitsuneRal" });
    w.reconcile();
    w.say("KitsuneRal", "@mscbot propose");
    w.reconcile();
    await golden("status-of-a-resignation", w.status()?.body);
  });

  it("fcp.after: accepted, with another text pushed and one approval of it, which is not enough", async () => {
    const w = decided();
    w.push("b".repeat(40));
    w.wait(6 * DAY);
    w.reconcile();
    w.review("dbkr", "approved");
    w.reconcile();
    await golden("status-one-approval-of-another-text", w.status()?.body);
  });

  it("record.decided: the record of an amendment with a vote that a push made void", async () => {
    const w = amendment(threshold(1, 2), { author: "richvdh" });
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    w.say("KitsuneRal", "@mscbot reviewed");
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.wait(DAY);
    w.amend(threshold(2, 3), "b".repeat(40));
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live", "AmandineLP"])
      w.say(login, "@mscbot reviewed");
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.reconcile();
    w.wait(6 * DAY);
    w.reconcile();
    await golden("record-of-an-amendment", record(w));
  });
});
