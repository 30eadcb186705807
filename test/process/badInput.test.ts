import { describe, expect, test } from "vitest";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { spokenLines } from "../../src/markdown/spokenLines.js";
import { MATRIX, rules } from "../support/rules.js";
import { HEAD, inFcp, OUTSIDER, proposed, type World, world } from "../support/world.js";
import { announced, answerTo, openConcerns, replies, votesOf } from "./reading.js";

/* What people and GitHub bring that nobody asked for: each gets a clear outcome. */

const team = (members: readonly string[], minimumMembers = 1): Rules => ({
  ...MATRIX,
  teams: MATRIX.teams.map((one) =>
    one.slug === "spec-core-team"
      ? { ...one, minimumMembers, members: one.members.filter(({ login }) => members.includes(login)) }
      : one,
  ),
});

const sizeOf = (w: World) => JSON.stringify(w.decide().register).length;

describe("forgeries", () => {
  test.each([
    "<!-- msc-clerk:status 1 -->\n- [x] @dbkr <!-- box spec-core-team -->",
    "<!-- msc-clerk:announce 1:fcp_begun -->\nThe Final Comment Period has begun.",
    "<!-- msc-clerk:reply abc -->",
    "<!-- msc-clerk:record v1 AAAA.AAAA -->",
  ])("comment.once: a marker in a comment of somebody else's is text (%s)", (text) => {
    const w = proposed();
    for (const login of [OUTSIDER, "dbkr", "helper-bot"]) w.say(login, text);
    expect(w.plan()).toEqual([]);
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    expect(w.comments("announce")).toEqual([]);
  });

  test("ballot.tick: a status comment copied by an outsider, all boxes ticked, is no status comment", () => {
    const w = proposed();
    w.say(OUTSIDER, (w.status()?.body ?? "").replace(/\[ \]/g, "[x]"));
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("act.identity: an account that calls itself like a member with another id is an outsider", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot fcp cancel");
    const impostor = { type: "User", login: "dbkr", id: 666 } as const;
    w.utterances = w.utterances.map((one) =>
      one.id === comment.id
        ? {
            ...one,
            author: impostor,
            revisions: one.revisions.map((each) => ({ ...each, editor: impostor })),
          }
        : one,
    );
    expect(w.reconcile().phase).toBe("proposed");
    expect(replies(w)).toHaveLength(1);
  });
});

describe("accounts that are gone", () => {
  test("act.identity: a review by a deleted account is nobody's vote and nobody's concern", () => {
    const w = proposed();
    w.review("ghost-to-be", "approved");
    w.review("ghost-to-be", "changes_requested");
    w.deleteAccount("ghost-to-be");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(openConcerns(decision)).toEqual([]);
    expect(replies(w)).toEqual([]);
  });

  test("act.identity: a member's account deleted before the clerk saw the review: it is nobody's", () => {
    const w = proposed();
    w.review("dbkr", "approved");
    w.deleteAccount("dbkr");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("act.identity: a PR whose author is deleted is decided like any other", () => {
    const w = proposed();
    w.pull.author = null;
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("fcp");
    w.push("b".repeat(40));
    w.wait(5 * DAY);
    w.review("dbkr", "approved");
    expect(w.reconcile()).toMatchObject({ phase: "concluded", check: "in_progress" });
  });

  test("motion.cancel: closed by an account that is deleted since the motion is held, not cancelled", () => {
    const w = proposed();
    w.close("ghost-to-be");
    w.deleteAccount("ghost-to-be");
    expect(w.reconcile()).toMatchObject({ phase: "proposed", holds: [{ code: "closed" }] });
  });

  test("motion.cancel: with its author's account deleted, a closing by a deleted account is nobody's", () => {
    const w = proposed();
    w.close("author");
    w.deleteAccount("author");
    w.pull.author = null;
    expect(w.reconcile().register.motion?.end).toBeNull();
  });

  test("motion.open: a mover whose account is deleted afterwards stays the mover", () => {
    const w = proposed();
    w.deleteAccount("richvdh");
    expect(w.reconcile().register.motion?.mover.login).toBe("richvdh");
  });
});

describe("teams of odd sizes", () => {
  test("tally.threshold: in a team of one the motion is the decision, and FCP begins at once", () => {
    const w = world({ rules: team(["richvdh"]) });
    w.say("richvdh", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(decision.phase).toBe("fcp");
    expect(decision.tallies[0]).toMatchObject({ size: 1, needed: 1, yes: 1 });
  });

  test("tally.threshold: in a team of zero nobody can move, and nothing begins by itself", () => {
    const w = world({ rules: team([]) });
    const comment = w.say("richvdh", "@mscbot fcp merge");
    expect(w.reconcile().phase).toBe("in_review");
    expect(answerTo(w, comment)).toMatchObject({ confused: true });
  });

  test("tally.threshold: a team that is emptied while a motion is open never passes; the status comment says why", () => {
    const w = proposed({ rules: rules() });
    w.rules = team([]);
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(decision.tallies[0]).toMatchObject({ size: 0, passed: false });
    expect(w.status()?.body).toMatch(/No members are on the roster/);
  });

  test("tally.threshold: a team emptied during FCP does not undo it", () => {
    const w = inFcp();
    w.rules = team([]);
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("tally.minimum: a team of one under a minimum of five begins nothing", () => {
    const w = world({ rules: team(["richvdh"], 5) });
    w.say("richvdh", "@mscbot fcp merge");
    expect(w.reconcile()).toMatchObject({ phase: "proposed", reason: { code: "below_minimum" } });
  });

  test("decision.needs: without any decision that fits, nobody can move and nothing passes", () => {
    const w = world({ rules: rules({ decisions: [] }) });
    w.say("richvdh", "@mscbot fcp merge");
    w.label("richvdh", "disposition-merge");
    expect(w.reconcile()).toMatchObject({ phase: "in_review", check: "in_progress" });
  });

  test("decision.needs: a decision that needs no team at all lets nothing begin", () => {
    const decisions = [{ name: "none", match: { labels: [], paths: [] }, approval: [] }];
    const w = proposed();
    w.rules = rules({ decisions });
    expect(w.reconcile().phase).toBe("proposed");
    const other = world({ rules: rules({ decisions }) });
    other.say("richvdh", "@mscbot fcp merge");
    expect(other.reconcile().phase).toBe("in_review");
  });
});

describe("much of it", () => {
  test("act.once: 1,200 items are judged in one look, and the register stays small", () => {
    const w = proposed();
    for (let n = 0; n < 400; n++) {
      w.say(`reader${n % 50}`, "I have thoughts.\n\n> @mscbot fcp cancel");
      w.say(`reader${n % 50}`, "@mscbot reviewed");
      w.label("triager", `label-${n}`);
    }
    w.say("dbkr", "@mscbot reviewed");
    const began = performance.now();
    const decision = w.decide();
    expect(performance.now() - began).toBeLessThan(5000);
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    w.reconcile();
    expect(replies(w).length).toBeLessThanOrEqual(100);
    w.say("uhoreg", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "uhoreg"]);
    expect(sizeOf(w)).toBeLessThan(40_000);
  });

  test("act.once: a thread of 1,200 items first seen as a whole comes out as if it had been followed", () => {
    const w = world();
    const followed = world();
    for (const one of [w, followed]) {
      one.say("richvdh", "@mscbot fcp merge");
      for (let n = 0; n < 598; n++) one.say("dbkr", n % 2 === 0 ? "@mscbot reviewed" : "@mscbot retract");
      one.say("uhoreg", "@mscbot reviewed");
      for (let n = 0; n < 600; n++) one.say("reader", "Words.");
    }
    for (let n = 0; n < 5; n++) followed.reconcile();
    expect(votesOf(w.reconcile())).toEqual(votesOf(followed.decide()));
    expect(votesOf(w.reconcile())).toEqual(["richvdh", "uhoreg"]);
  });

  test("act.once: a flood of outsiders' commands neither outgrows the register nor drowns a member's vote", () => {
    const w = proposed();
    for (let hour = 0; hour < 10; hour++) {
      for (let n = 0; n < 200; n++) w.say(`flood${n}`, "@mscbot fcp cancel\n@mscbot reviewed");
      if (hour === 5) w.say("dbkr", "@mscbot reviewed");
      w.reconcile();
      w.wait(HOUR);
    }
    w.reconcile();
    const decision = w.decide();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(decision.phase).toBe("proposed");
    expect(sizeOf(w)).toBeLessThan(60_000);
  });

  test("act.once: what a flood pushed out of memory is not judged a second time", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.say("dbkr", "@mscbot resolve C1");
    w.reconcile();
    for (let n = 0; n < 600; n++) w.say(`flood${n}`, "@mscbot reviewed");
    w.reconcile();
    w.join("spec-core-team", "flood3");
    const decision = w.reconcile();
    expect(openConcerns(decision)).toEqual([]);
    expect(votesOf(decision)).toEqual(["richvdh"]);
  });

  test("reply.always: one comment of six thousand commands gets one reply of bearable length", () => {
    const w = proposed();
    const comment = w.say("dbkr", Array.from({ length: 6000 }, (_, n) => `@mscbot make tea ${n}`).join("\n"));
    w.reconcile();
    expect(answerTo(w, comment)).toMatchObject({ confused: true });
    expect(replies(w)).toHaveLength(1);
    expect(replies(w)[0]?.length).toBeLessThan(65_000);
    expect(sizeOf(w)).toBeLessThan(60_000);
    w.say("uhoreg", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["richvdh", "uhoreg"]);
  });

  test("reply.always: a hundred-thousand-character comment with a command at its end is heard, in good time", () => {
    const w = proposed();
    const body = `${"All work and no play. ".repeat(4600)}\n\n@mscbot reviewed`;
    expect(body.length).toBeGreaterThan(100_000);
    const began = performance.now();
    const comment = w.say("dbkr", spokenLines(body).join("\n"));
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(answerTo(w, comment)).toMatchObject({ thumbsUp: true });
  });

  test.each([
    ["one line without an end", `@mscbot ${"x".repeat(100_000)}`],
    ["a concern without an end", `@mscbot concern ${"y".repeat(100_000)}`],
    ["a team name without an end", `@mscbot reviewed as ${"z".repeat(100_000)}`],
    ["a resolve without an end", `@mscbot resolve ${"w".repeat(100_000)}`],
  ])(
    "reply.always: a hundred-thousand-character comment, %s, grows neither the register nor the reply",
    (_what, text) => {
      const w = proposed();
      w.say("dbkr", text);
      const began = performance.now();
      w.reconcile();
      expect(performance.now() - began).toBeLessThan(5000);
      expect(sizeOf(w)).toBeLessThan(10_000);
      for (const body of [...replies(w), w.status()?.body ?? ""]) expect(body.length).toBeLessThan(20_000);
    },
  );

  test("ballot.review: a hundred pushes, each approved by everybody, keep few approvals", () => {
    const w = world();
    for (let n = 0; n < 100; n++) {
      w.push(n.toString(16).padStart(40, "0"));
      for (const login of ["dbkr", "uhoreg", "ara4n"]) w.review(login, "approved");
      w.reconcile();
    }
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["ara4n", "dbkr", "richvdh", "uhoreg"]);
    expect(sizeOf(w)).toBeLessThan(60_000);
  });

  test("motion.cancel: fifty motions one after the other keep the register small and say each ending once", () => {
    const w = world();
    for (let n = 0; n < 50; n++) {
      w.say("richvdh", "@mscbot fcp merge");
      for (const login of ["ara4n", "dbkr", "uhoreg"]) w.say(login, "@mscbot reviewed");
      w.reconcile();
      w.say("richvdh", "@mscbot fcp cancel");
      w.reconcile();
      w.wait(HOUR);
    }
    expect(announced(w)).toHaveLength(50);
    expect(new Set(announced(w)).size).toBe(50);
    expect(sizeOf(w)).toBeLessThan(40_000);
    expect(w.plan()).toEqual([]);
  });
});

describe("odd answers of GitHub", () => {
  test("label.state: an event of a label that is gone from the repository is passed over", () => {
    const w = proposed();
    w.happen("dbkr", { kind: "labeled", label: null });
    w.happen("dbkr", { kind: "unlabeled", label: null });
    expect(w.reconcile().phase).toBe("proposed");
    expect(w.plan()).toEqual([]);
  });

  test("ballot.review.changes: a dismissal of a review GitHub does not name changes nothing", () => {
    const w = proposed();
    w.review("dbkr", "approved");
    w.happen("dbkr", { kind: "review_dismissed", review: null, byPush: false, forBase: false });
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("ballot.review: a dismissed review of which GitHub does not tell what it was is no vote and no concern", () => {
    const w = proposed();
    const review = w.review("dbkr", "approved");
    w.dismiss(review, "maintainer");
    w.utterances = w.utterances.map((one) =>
      one.id === review.id ? { ...one, review: { submitted: null, dismissed: true, commit: HEAD } } : one,
    );
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("motion.hold: bases renamed back and forth in one second end where they are now", () => {
    const w = proposed();
    w.atOnce(() => {
      w.rebase("other");
      w.rebase("main");
    });
    expect(w.reconcile().holds).toEqual([]);
  });

  test("act.once: an empty timeline, no comments and no files is a PR of no interest", () => {
    const w = world({ labels: [], files: [] });
    expect(w.reconcile()).toMatchObject({ phase: "out_of_scope", check: "neutral", nextCheckAt: null });
    expect(w.ownComments).toEqual([]);
  });
});
