import { describe, expect, test } from "vitest";
import type { Register } from "../../src/domain/model/register.js";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/domain/text/time.js";
import { amendment, removing } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { CLERK, inFcp, proposed, type World, world } from "../support/world.js";

const README = [{ path: "README.md", change: "modified" }] as const;

const listing = (w: World) =>
  w
    .comments("announce")
    .filter(({ marker }) => marker.key.startsWith("rebuilt:"))
    .at(-1);
const held = (w: World) => w.decide().holds.some(({ code }) => code === "record_lost");
const replies = (w: World) => w.comments("reply").map(({ body }) => body);

/** Five of the eight have said yes, and then every record is gone. */
function lost(): World {
  const w = proposed();
  for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg"]) w.say(login, "@mscbot reviewed");
  w.reconcile();
  w.wait(HOUR);
  w.forget();
  w.reconcile();
  return w.wait(MINUTE);
}

/** Says confirm, each a minute after the other, with a look after each. */
function confirm(w: World, ...logins: readonly string[]): void {
  for (const login of logins) {
    w.say(login, "@mscbot confirm");
    w.reconcile();
    w.wait(MINUTE);
  }
}

describe("memory.lost: what shows that a register was lost", () => {
  test("memory.lost: with none left where the clerk has spoken, it is rebuilt, listed and held", () => {
    const w = lost();
    expect(held(w)).toBe(true);
    expect(w.decide().reason).toMatchObject({ code: "record_lost" });
    expect(w.decide().tallies[0]?.yes).toBe(5);
    expect(listing(w)?.body).toContain("record of this proposal was lost");
    expect(listing(w)?.body).toContain("Approved: ara4n, erikjohnston, richvdh, dbkr and uhoreg");
  });

  test("memory.lost: a proposal the clerk has never spoken on is new, and not held", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect(held(w)).toBe(false);
  });

  test("memory.lost: the clerk's own motion label proves that there was one, when all its comments are gone", () => {
    const w = proposed();
    w.forget();
    w.ownComments = [];
    w.reconcile();
    expect(held(w)).toBe(true);
  });

  test("memory.lost: a newer number carried anywhere than the register that is left has", () => {
    const w = proposed();
    const before = w.register;
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    // Somebody is told 😕 now, in a reply that carries the newest number and no record.
    w.say("passer-by", "@mscbot reviewed");
    w.reconcile();
    w.register = before;
    w.reconcile();
    expect(held(w)).toBe(true);
    expect(w.decide().tallies[0]?.yes).toBe(2);
  });

  test("memory.lost: a trace of the clerk's without a number proves nothing", () => {
    const w = proposed();
    const reply = w.say("passer-by", "@mscbot reviewed");
    w.reconcile();
    expect(w.comments("reply")).toHaveLength(1);
    for (const one of w.comments("reply")) Object.assign(one, { seq: null, trail: [] });
    w.reconcile();
    expect(held(w)).toBe(false);
    expect(reply.id).toBeTruthy();
  });

  test("memory.lost: somebody else deleted a comment of the clerk's, and no run carries the number that is left", () => {
    const w = proposed();
    w.say("passer-by", "@mscbot reviewed");
    w.reconcile();
    const [reply] = w.comments("reply");
    w.checkRecord = null;
    w.check = null;
    if (reply) w.removeOwn(reply, "maintainer");
    expect(w.decide().lost).toBe(true);
    w.reconcile();
    expect(held(w)).toBe(true);
    expect(listing(w)?.body).toContain("deleted by maintainer");
  });

  test("memory.lost: a comment of the clerk's deleted loses nothing while a run carries the number that is left", () => {
    const w = proposed();
    w.say("passer-by", "@mscbot reviewed");
    w.reconcile();
    const [reply] = w.comments("reply");
    if (reply) w.removeOwn(reply, "maintainer");
    w.reconcile();
    expect(held(w)).toBe(false);
    // Nor does it later, when a push has left that run behind and the record alone is found.
    w.push("b".repeat(40));
    w.reconcile();
    expect(held(w)).toBe(false);
  });

  test("memory.lost: the status comment deleted loses nothing while the run of an earlier head carries the record", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    const run = w.checkRecord;
    w.push("b".repeat(40));
    w.olderRuns = run === null ? [] : [run];
    const status = w.status();
    if (status) w.removeOwn(status, "maintainer");
    w.reconcile();
    expect(held(w)).toBe(false);
    expect(w.decide().tallies[0]?.yes).toBe(2);
  });

  test("memory.lost: the content of the clerk's own revision deleted counts like a comment deleted", () => {
    const w = proposed();
    w.checkRecord = null;
    w.check = null;
    w.erased = 1;
    w.reconcile();
    expect(held(w)).toBe(true);
  });

  test("memory.lost: a comment of the clerk's that the clerk itself deleted loses nothing", () => {
    const w = proposed();
    w.checkRecord = null;
    w.check = null;
    w.happen(CLERK.login, { kind: "comment_deleted", author: CLERK });
    expect(w.decide().lost).toBe(false);
  });

  test("memory.kept: what the store holds is not lost, whatever is deleted on GitHub", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.stored = w.register;
    w.registerFrom = "store";
    for (const one of [...w.ownComments]) w.removeOwn(one, "maintainer");
    w.forget();
    w.check = null;
    w.reconcile();
    expect(held(w)).toBe(false);
    expect(w.decide().tallies[0]?.yes).toBe(2);
    expect(w.status()?.body).toContain("**2 of 6 needed");
  });

  test("memory.lost: a store put back from an old copy is known by the newer number on GitHub", () => {
    const w = proposed();
    w.stored = w.register;
    w.registerFrom = "store";
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    for (const one of w.ownComments) one.record = null;
    const number = w.checkRecord?.seq ?? 0;
    w.checkRecord = null;
    w.check = null;
    expect(number).toBeGreaterThan(w.stored?.seq ?? 0);
    w.reconcile();
    expect(held(w)).toBe(true);
  });
});

describe("memory.lost: how far it is rebuilt", () => {
  test("memory.lost: the new number is GitHub's time in seconds, above every one there was", () => {
    const w = lost();
    const { recovery } = w.register;
    expect(recovery?.number).toBe(Math.floor((recovery?.at ?? 0) / SECOND));
    expect(w.register.seq).toBeGreaterThanOrEqual(recovery?.number ?? Number.POSITIVE_INFINITY);
  });

  test("memory.lost: a cancelled motion does not come back when the word that cancelled it was deleted", () => {
    const w = inFcp();
    const cancel = w.say("dbkr", "@mscbot fcp cancel");
    w.reconcile();
    w.wait(5 * DAY);
    w.remove(cancel, "maintainer");
    for (const one of [...w.ownComments]) w.removeOwn(one, "maintainer");
    w.forget();
    w.reconcile();
    expect(w.decide().phase).toBe("in_review");
    expect(w.decide().check).toBe("in_progress");
    confirm(w, "dbkr", "uhoreg");
    w.wait(10 * DAY);
    w.reconcile();
    expect(w.decide().phase).toBe("in_review");
    expect([...w.labels]).toEqual(["proposal"]);
  });

  test("memory.lost: a decision that a newer motion had made void does not come back", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    const move = w.say("dbkr", "@mscbot fcp close");
    w.reconcile();
    w.remove(move, "maintainer");
    for (const one of [...w.ownComments].slice(1)) w.removeOwn(one, "maintainer");
    w.forget();
    w.reconcile();
    expect(w.decide().phase).toBe("proposed");
    expect(w.decide().check).toBe("in_progress");
  });

  test("memory.lost: labels that others put on or took off say nothing of the phase", () => {
    const w = inFcp();
    w.unlabel("maintainer", "final-comment-period");
    w.label("maintainer", "finished-final-comment-period");
    w.forget();
    w.reconcile();
    expect(w.decide().phase).toBe("fcp");
  });

  test("memory.lost: an older record that is still there is what it is rebuilt from, with acts whose comments are gone", () => {
    const w = proposed();
    const vote = w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    const before = w.register;
    w.say("passer-by", "@mscbot reviewed");
    w.reconcile();
    w.register = before;
    w.remove(vote, "maintainer");
    w.reconcile();
    expect(held(w)).toBe(true);
    expect(w.decide().tallies[0]?.yes).toBe(2);
  });

  test("memory.lost: the head the period began at is not known any more, so two members approve the present text", () => {
    const w = inFcp();
    w.forget();
    w.reconcile();
    w.wait(MINUTE);
    confirm(w, "dbkr", "uhoreg");
    w.wait(6 * DAY);
    w.reconcile();
    expect(w.decide()).toMatchObject({ phase: "concluded", check: "in_progress" });
    w.review("dbkr", "approved");
    w.reconcile();
    expect(w.decide().check).toBe("in_progress");
    w.review("uhoreg", "approved");
    w.reconcile();
    expect(w.decide().check).toBe("success");
  });

  test("amend.resign: a resignation needs its word anew", () => {
    const w = amendment(removing("KitsuneRal"), { author: "KitsuneRal" });
    w.reconcile();
    w.wait(MINUTE);
    w.say("KitsuneRal", "@mscbot propose");
    w.reconcile();
    w.wait(MINUTE);
    w.forget();
    w.reconcile();
    w.wait(MINUTE);
    confirm(w, "dbkr", "uhoreg", "AmandineLP", "ara4n");
    expect(held(w)).toBe(false);
    expect(w.decide().check).not.toBe("success");
  });
});

describe("memory.lost: what lets it go on", () => {
  test("memory.lost: nothing begins while it is held, whatever votes come, and other commands work", () => {
    const w = lost();
    w.say("turt2live", "@mscbot reviewed");
    w.say("KitsuneRal", "@mscbot concern this breaks clients");
    w.say("KitsuneRal", "@mscbot resolve C1");
    w.reconcile();
    w.wait(30 * DAY);
    w.reconcile();
    expect(w.decide()).toMatchObject({ phase: "proposed", check: "in_progress" });
    expect(w.decide().tallies[0]?.yes).toBe(6);
    expect(w.decide().concerns).toHaveLength(1);
  });

  test("memory.lost: a running period does not conclude while it is held; it does when two members have confirmed", () => {
    const w = inFcp();
    w.forget();
    w.reconcile();
    w.wait(9 * DAY);
    w.reconcile();
    expect(w.decide().phase).toBe("fcp");
    confirm(w, "dbkr");
    expect(w.decide().phase).toBe("fcp");
    confirm(w, "uhoreg");
    expect(w.decide().phase).toBe("concluded");
  });

  test("memory.lost: two members confirm after the comment that lists what was rebuilt, and it goes on at once", () => {
    const w = lost();
    w.say("turt2live", "@mscbot reviewed");
    w.reconcile();
    confirm(w, "dbkr");
    expect(w.decide().reason).toMatchObject({ code: "record_lost", teams: [{ has: 1, needed: 2 }] });
    confirm(w, "uhoreg");
    expect(w.decide().phase).toBe("fcp");
    expect(w.register.recovery).toBeNull();
  });

  test("memory.lost: one member who says it twice is one member", () => {
    const w = lost();
    confirm(w, "dbkr", "dbkr");
    expect(held(w)).toBe(true);
  });

  test("memory.lost: said before the comment, or in its very second, it is not counted, and told", () => {
    const w = proposed();
    w.forget();
    w.say("dbkr", "@mscbot confirm");
    w.reconcile();
    expect(replies(w).join()).toContain("came before the comment that lists what was rebuilt");
    const at = listing(w)?.createdAt ?? 0;
    w.now = at - SECOND;
    w.say("uhoreg", "@mscbot confirm");
    expect(w.utterances.at(-1)?.createdAt).toBe(at);
    w.now = at + MINUTE;
    w.reconcile();
    expect(w.register.recovery?.confirmed).toEqual([]);
    confirm(w, "uhoreg");
    expect(w.register.recovery?.confirmed.map(({ member }) => member.login)).toEqual(["uhoreg"]);
  });

  test("memory.lost: neither the author of the pull request nor who deleted the clerk's comments confirms", () => {
    const w = proposed({ author: "dbkr" });
    const status = w.status();
    w.checkRecord = null;
    w.check = null;
    if (status) w.removeOwn(status, "turt2live");
    w.reconcile();
    w.wait(MINUTE);
    confirm(w, "dbkr", "turt2live");
    expect(held(w)).toBe(true);
    expect(w.register.recovery?.confirmed).toEqual([]);
    expect(replies(w).join()).toContain("who wrote the pull request does not confirm");
    expect(replies(w).join()).toContain("who deleted what the clerk had written does not confirm");
    confirm(w, "uhoreg", "richvdh");
    expect(held(w)).toBe(false);
  });

  test("memory.lost: somebody on no team is told that it is for members", () => {
    const w = lost();
    confirm(w, "passer-by", "reader");
    expect(held(w)).toBe(true);
    expect(replies(w).join()).toContain("is for members");
  });

  test("memory.lost: each needed team confirms; who sits in two confirms for both", () => {
    const w = proposed({ labels: ["proposal", "kind:governance"] });
    w.forget();
    w.reconcile();
    w.wait(MINUTE);
    confirm(w, "dbkr", "uhoreg");
    expect(w.decide().reason).toMatchObject({ teams: [{ team: "guardians", has: 0 }] });
    confirm(w, "AmandineLP", "ara4n");
    expect(held(w)).toBe(false);
  });

  test("memory.lost: of a team with one member who may, that one is enough", () => {
    const w = proposed();
    for (const login of [
      "ara4n",
      "erikjohnston",
      "anoadragon453",
      "turt2live",
      "KitsuneRal",
      "uhoreg",
      "richvdh",
    ])
      w.leave("spec-core-team", login);
    w.forget();
    w.reconcile();
    w.wait(MINUTE);
    confirm(w, "dbkr");
    expect(held(w)).toBe(false);
  });

  test("memory.lost: where nobody of a team may, its own members still can: it is not held for ever", () => {
    const w = proposed({ author: "dbkr" });
    for (const login of [
      "ara4n",
      "erikjohnston",
      "anoadragon453",
      "turt2live",
      "KitsuneRal",
      "uhoreg",
      "richvdh",
    ])
      w.leave("spec-core-team", login);
    w.forget();
    w.reconcile();
    w.wait(MINUTE);
    confirm(w, "dbkr");
    expect(held(w)).toBe(false);
  });

  test("memory.lost: who has left the team since does not count", () => {
    const w = lost();
    confirm(w, "dbkr");
    w.leave("spec-core-team", "dbkr");
    confirm(w, "uhoreg");
    expect(held(w)).toBe(true);
  });

  test("memory.lost: a second loss before it is confirmed starts over", () => {
    const w = lost();
    confirm(w, "dbkr");
    w.wait(HOUR);
    w.forget();
    w.reconcile();
    w.wait(MINUTE);
    confirm(w, "uhoreg");
    expect(held(w)).toBe(true);
  });

  test("memory.lost: confirm where nothing was lost changes nothing and is told", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot confirm");
    w.reconcile();
    expect(replies(w).join()).toContain("has nothing to apply to: the clerk’s record of this is whole");
  });

  test("memory.lost: merged while it is held, it is merged without a decision", () => {
    const w = inFcp();
    w.forget();
    w.reconcile();
    w.wait(6 * DAY);
    w.merge("maintainer");
    expect(w.reconcile().reason.code).toBe("merged_undecided");
  });

  test("memory.lost: a proposal that lost its label is no neutral one while it is held", () => {
    const w = world();
    w.say("dbkr", "@mscbot concern this breaks clients");
    w.reconcile();
    w.forget();
    w.files = [{ path: "README.md", change: "modified" }];
    w.unlabel("maintainer", "proposal");
    w.reconcile();
    expect(w.decide().check).toBe("in_progress");
  });

  test("memory.lost: a motion whose mover has left since is rebuilt without a ballot of theirs", () => {
    const w = proposed();
    w.leave("spec-core-team", "richvdh");
    w.forget();
    const { motion } = w.reconcile().register;
    expect([motion?.mover.login, motion?.ballots]).toEqual(["richvdh", []]);
  });

  test("memory.lost: a rebuilt motion has at least the number of the status comment that is left", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot cancel");
    w.reconcile();
    w.say("dbkr", "@mscbot fcp merge");
    w.reconcile();
    w.utterances = w.utterances.slice(-1);
    w.ownComments = w.ownComments.filter(({ marker }) => marker.key === "2");
    w.forget();
    expect(w.reconcile().register.motion?.number).toBe(2);
  });

  test("memory.lost: what the clerk's labels were last is told by their times, in whatever order they are listed", () => {
    for (const turned of [false, true]) {
      const w = proposed();
      w.wait(MINUTE);
      w.say("dbkr", "@mscbot cancel");
      w.reconcile();
      w.utterances = w.utterances.slice(0, 1);
      w.forget();
      if (turned) w.events.reverse();
      expect(w.reconcile().register.motion?.end).toMatchObject({ kind: "cancelled", how: "lost" });
    }
  });

  test("memory.lost: where replies are all that is left, the clerk's own motion label still proves that there was more", () => {
    const w = proposed({ rules: { ...MATRIX, proposals: "all" }, labels: [], files: README });
    w.say("passer-by", "@mscbot reviewed");
    w.reconcile();
    w.ownComments = w.ownComments.filter(({ marker }) => marker.kind === "reply");
    w.forget();
    w.rules = MATRIX;
    expect(w.ownComments).toHaveLength(1);
    expect(w.decide().lost).toBe(true);
    const answered = world({ labels: [], files: README });
    answered.say("passer-by", "@mscbot reviewed");
    answered.label("dbkr", "disposition-merge");
    answered.reconcile();
    answered.forget();
    expect([answered.ownComments.length > 0, answered.decide().lost]).toEqual([true, false]);
  });

  test("memory.lost: looked at again, what was rebuilt stays as it is", () => {
    const w = lost();
    const { seq } = w.register;
    expect(w.plan()).toEqual([]);
    w.wait(DAY);
    w.reconcile();
    expect(w.register.seq).toBe(seq);
    expect(w.comments("announce").filter(({ marker }) => marker.key.startsWith("rebuilt"))).toHaveLength(1);
  });
});

describe("memory.kept: what the record cannot hold", () => {
  const unkept = () => {
    const w = inFcp();
    const before: Register = w.register;
    w.unkept = true;
    return { w, before };
  };

  test("memory.kept: nothing is judged, begun or concluded, the check says so, and nothing of the record is dropped", () => {
    const { w, before } = unkept();
    w.say("KitsuneRal", "@mscbot concern one more");
    w.wait(9 * DAY);
    w.reconcile();
    expect(w.register).toEqual(before);
    expect(w.decide()).toMatchObject({
      phase: "fcp",
      check: "in_progress",
      reason: { code: "record_unkept" },
    });
    expect(w.check?.title).toContain("too large to be kept");
  });

  test("memory.kept: what waited unjudged is judged when there is room again", () => {
    const { w } = unkept();
    w.say("KitsuneRal", "@mscbot concern one more");
    w.reconcile();
    w.unkept = false;
    w.reconcile();
    expect(w.decide().concerns.map(({ text }) => text)).toEqual(["one more"]);
  });
});

test("memory.lost: a 👍 for one command of an outsider's comment makes no other command of it a member's", () => {
  const w = proposed({ author: "mallory" });
  w.say("dbkr", "@mscbot concern it is not safe");
  w.reconcile();
  w.say("mallory", "@mscbot withdraw\n@mscbot resolve C1");
  expect(w.reconcile().register.motion?.end?.kind).toBe("cancelled");
  w.say("richvdh", "@mscbot fcp merge");
  w.reconcile();
  w.forget();
  expect(w.reconcile().concerns).toMatchObject([{ number: 1, resolved: null }]);
});
