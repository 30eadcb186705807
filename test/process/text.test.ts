import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparedCommits, headAt, UNKNOWN_HEAD } from "../../src/domain/acts/heads.js";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import { DAY, MINUTE } from "../../src/domain/text/time.js";
import { adding, amendment } from "../support/amendmentWorld.js";
import { HEAD, inFcp, OUTSIDER, proposed, SCT, START, type World, world } from "../support/world.js";
import { seatOf, votesOf } from "./reading.js";

const NEW = "b".repeat(40);
const NEWER = "d".repeat(40);
const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];

describe("which texts have to be told apart", () => {
  const asked = (w: World) => comparedCommits(w.snapshot(), w.rules);
  const commit = (at: number) => String(at).padStart(40, "f");

  test("text.same: of one commit nothing is asked, nor where nobody on the roster has a hand in it", () => {
    expect(asked(proposed())).toEqual([]);
    const w = world();
    w.reconcile();
    w.push(NEW);
    w.review(OUTSIDER, "approved", "", NEWER);
    expect(asked(w)).toEqual([]);
  });

  test.each([
    ["opened it", (w: World) => (w.pull.author = w.account("dbkr"))],
    ["said something on it", (w: World) => w.say("dbkr", "hello")],
    ["did something on it", (w: World) => w.label("dbkr", "needs-example")],
  ])("text.same: where a member %s, its texts are told apart", (_, does) => {
    const w = world();
    w.reconcile();
    w.push(NEW);
    expect(asked(w)).toEqual([]);
    does(w);
    expect(asked(w)).toEqual([NEW, HEAD]);
  });

  test("text.same: the present head comes first, then the one before, and what members have voted on; each once", () => {
    const w = proposed();
    w.push(NEW);
    w.review("dbkr", "approved", "", NEWER);
    w.review("uhoreg", "approved", "", commit(1));
    w.review("ara4n", "commented", "", commit(2));
    w.review("richvdh", "changes_requested", "", commit(3));
    w.review(OUTSIDER, "approved", "", commit(4));
    expect(asked(w)).toEqual([NEW, HEAD, commit(1), NEWER]);
    w.review("uhoreg", "approved", "", commit(5));
    expect(asked(w)).toEqual([NEW, HEAD, commit(5), NEWER]);
    w.utterances.reverse();
    expect(asked(w)).toEqual([NEW, HEAD, commit(5), NEWER]);
  });

  test("text.same: before the first look it may have been about a head that anybody's review shows; of before adoption the last", () => {
    const w = world({ adoptedAt: START });
    w.utterances = [];
    w.wait(MINUTE);
    w.say("dbkr", "@mscbot fcp merge");
    const review = (at: number, of: string) => ({
      ...w.review(OUTSIDER, "commented", "", of),
      createdAt: START + at,
    });
    const [first, second, third] = [review(-2, commit(1)), review(-1, commit(2)), review(0, commit(3))];
    const said = w.utterances.filter(({ review: of }) => of === null);
    w.utterances = [...said, first, second, third];
    expect(asked(w)).toEqual([HEAD, commit(3), commit(2)]);
    // However many strangers review, what members approved is asked for.
    const flood = Array.from({ length: 40 }, (_, n) => review(n, commit(100 + n)));
    const approval = w.review("uhoreg", "approved", "", commit(4));
    w.utterances = [...said, ...flood, approval];
    expect(asked(w).slice(0, 2)).toEqual([HEAD, commit(4)]);
    // Nothing that was said counts.
    w.utterances = [first, second, { ...third, createdAt: START - 1 }];
    w.label("dbkr", "needs-example");
    expect(asked(w)).toEqual([]);
    // At the second look it is known what the motion is about.
    w.utterances = [...said, first, second, third];
    w.reconcile();
    expect(asked(w)).toEqual([HEAD, commit(3)]);
  });

  test("text.same: what a Final Comment Period, an override and a ballot are about is asked", () => {
    const w = inFcp({ author: "KitsuneRal" });
    w.push(NEW);
    w.review("dbkr", "approved");
    w.reconcile();
    w.push(NEWER);
    w.reconcile();
    w.say("ara4n", "@mscbot override finished: decided at the meeting");
    w.reconcile();
    w.push(commit(1));
    w.reconcile();
    w.utterances = [];
    const { register } = w;
    expect(asked(w)).toEqual([commit(1), HEAD, NEWER, NEW]);
    w.register = { ...register, motion: null, heads: [] };
    expect(asked(w)).toEqual([commit(1), NEWER]);
    w.register = { ...register, motion: null, override: null, heads: [] };
    expect(asked(w)).toEqual([]);
    const seen = { base: "", makes: "", fingerprints: [], since: [], own: [], judgedBy: null };
    const lastSeen = { ...seen, head: commit(7), passed: false, record: null };
    w.register = { ...register, motion: null, override: null, heads: [], lastSeen };
    expect(asked(w)).toEqual([commit(1), commit(7)]);
  });

  test("text.same: against another branch nothing is asked, nor once it is merged", () => {
    for (const ends of [(w: World) => w.rebase("other"), (w: World) => w.merge("maintainer")]) {
      const w = proposed();
      w.push(NEW);
      expect(asked(w)).toEqual([NEW, HEAD]);
      ends(w);
      expect(asked(w)).toEqual([]);
    }
  });

  test("text.same: what forced pushes since the last look have replaced is asked, as votes that are not judged yet may be about it", () => {
    const w = world();
    const force = (before: string | null, after: string) => {
      w.happen("author", { kind: "force_pushed", before, after });
      w.push(after);
    };
    force(HEAD, NEW);
    w.say("dbkr", "@mscbot fcp merge");
    expect(asked(w)).toEqual([NEW, HEAD]);
    force(null, NEWER);
    expect(asked(w)).toEqual([NEWER, HEAD, NEW]);
    w.reconcile();
    w.wait(MINUTE);
    force(NEWER, commit(1));
    expect(asked(w).slice(0, 2)).toEqual([commit(1), NEWER]);
    expect(asked(w)).not.toContain(HEAD);
  });

  test("text.same: thirty commits are asked for and no more", () => {
    const w = proposed();
    const { motion } = w.register;
    if (motion === null) throw new Error("there is a motion");
    const [ballot] = motion.ballots;
    const ballots = Array.from({ length: 40 }, (_, at) => ballot && { ...ballot, head: commit(at) });
    w.register = {
      ...w.register,
      motion: { ...motion, ballots: ballots.filter((one) => one !== undefined) },
    };
    expect(asked(w)).toHaveLength(30);
  });

  test("act.head: of an act of before all that is known it is the first head that was seen, else the present one", () => {
    const w = world();
    const heads = [NEW, NEWER].map((head, at) => ({ commit: head, text: null, at: START + at }));
    expect(headAt({ ...emptyRegister, heads }, w.snapshot(), START)).toBe(NEW);
    expect(headAt(emptyRegister, w.snapshot(), START)).toBe(HEAD);
  });

  test("act.head: where nothing is known of before, the first forced push since tells what it replaced, in whatever order they are listed", () => {
    const w = world();
    for (const [before, after] of [[NEW, NEWER] as const, [NEWER, HEAD] as const])
      w.happen("author", { kind: "force_pushed", before, after });
    w.events.reverse();
    expect(headAt(emptyRegister, w.snapshot(), START)).toBe(NEW);
  });
});

describe("a commit id is not a text", () => {
  test("text.same: an update of the branch, an amended message, a squash or a rebase marks no vote as earlier, and green waits for nobody", () => {
    const w = inFcp();
    for (const head of [NEW, NEWER, "e".repeat(40)]) {
      w.push(head, HEAD);
      const seen = w.reconcile();
      expect(seen.after).toMatchObject({ head, moved: false, met: true });
      expect(seatOf(seen, "dbkr")?.onEarlier).toBeNull();
      expect(w.status()?.body).not.toContain("earlier revision");
    }
    w.wait(5 * DAY);
    expect(w.reconcile()).toMatchObject({ phase: "concluded", check: "success" });
  });

  test("text.same: approvals of before the motion count for the same text under another commit", () => {
    const w = world();
    w.reconcile();
    for (const login of VOTERS) w.review(login, "approved");
    w.push(NEW, HEAD);
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toHaveLength(6);
  });

  test("text.same: pushed back to what was voted on, whatever the commit, nothing is missing", () => {
    const w = inFcp();
    w.push(NEW);
    w.wait(5 * DAY);
    expect(w.reconcile().check).toBe("in_progress");
    w.push(NEWER, HEAD);
    expect(w.reconcile().check).toBe("success");
  });

  test("text.same: a text GitHub cannot tell is another one, and its approval is the way out", () => {
    const w = inFcp();
    w.push(NEW, null);
    w.wait(5 * DAY);
    expect(w.reconcile().check).toBe("in_progress");
    for (const login of ["dbkr", "uhoreg"]) w.review(login, "approved");
    expect(w.reconcile().check).toBe("success");
  });

  test("text.same: known once, a text stays known when GitHub has lost its commit", () => {
    const w = inFcp();
    w.texts.set(HEAD, null);
    w.push(NEW, HEAD);
    w.wait(5 * DAY);
    expect(w.reconcile().check).toBe("success");
  });

  test("amend.own-word: an amendment's votes stand when its branch is brought up to date without another text", () => {
    const w = amendment(adding("clokep", 210));
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    w.reconcile();
    w.push(NEW, HEAD);
    for (const login of SCT) w.review(login, "approved", "", HEAD);
    expect(w.reconcile()).toMatchObject({ reason: { code: "amendment_passed" } });
  });
});

describe("an act speaks of the text that stood when it was done", () => {
  const votes: readonly (readonly [string, (w: World) => void])[] = [
    ["words", (w) => void w.say("dbkr", "@mscbot reviewed")],
    ["a tick", (w) => w.tick("dbkr")],
    ["a label", (w) => w.label("dbkr", "vote:approve")],
    ["an approving review", (w) => void w.review("dbkr", "approved")],
  ];

  test.each(votes)(
    "act.head: a vote by %s before a push the clerk had not seen is one on the text before",
    (_, vote) => {
      const w = proposed();
      vote(w);
      w.push(NEW);
      expect(seatOf(w.reconcile(), "dbkr")?.onEarlier).toBe(HEAD);
      expect(w.status()?.body).toMatch(/@dbkr.*on an earlier revision/);
    },
  );

  test("act.head: a forced push that GitHub dates before it brought the text it is about", () => {
    const w = proposed();
    w.happen("author", { kind: "force_pushed", before: HEAD, after: NEW });
    w.push(NEW);
    w.say("dbkr", "@mscbot reviewed");
    expect(seatOf(w.reconcile(), "dbkr")?.onEarlier).toBeNull();
  });

  test("act.head: of two forced pushes, the vote between them is on what the first one brought", () => {
    const w = proposed();
    w.happen("author", { kind: "force_pushed", before: HEAD, after: NEW });
    w.say("dbkr", "@mscbot reviewed");
    w.happen("author", { kind: "force_pushed", before: NEW, after: NEWER });
    w.texts.set(NEW, NEW);
    w.push(NEWER);
    expect(seatOf(w.reconcile(), "dbkr")?.onEarlier).toBe(NEW);
  });

  test("act.head: the motion too is on the text it was made on, and the approvals of that text count for it", () => {
    const w = world();
    w.reconcile();
    for (const login of VOTERS) w.review(login, "approved");
    w.say("richvdh", "@mscbot fcp merge");
    w.push(NEW);
    w.reconcile();
    expect(w.decide().register.motion?.head).toBe(HEAD);
    expect(votesOf(w.decide())).toHaveLength(6);
  });

  test("act.head: on a first look, a review of before shows the commit that stood", () => {
    const w = world();
    for (const login of VOTERS) w.review(login, "approved");
    w.say("richvdh", "@mscbot fcp merge");
    w.push(NEW);
    w.reconcile();
    expect(w.decide().register.motion?.head).toBe(HEAD);
    expect(votesOf(w.decide())).toHaveLength(6);
  });

  test("act.head: on a first look with nothing to go by but a forced push since, it is the commit that push replaced", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    w.happen("author", { kind: "force_pushed", before: HEAD, after: NEW });
    w.push(NEW);
    expect(w.reconcile().register.motion?.head).toBe(HEAD);
  });

  test("act.head: on a first look with nothing to go by at all, it is the head", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    w.push(NEW);
    expect(w.reconcile().register.motion?.head).toBe(NEW);
  });

  test("memory.lost: nobody knows any more which text words were about, so they are a yes to none", () => {
    const w = inFcp();
    w.push(NEW);
    w.forget();
    const seen = w.reconcile();
    expect(seen.register.motion?.ballots.map(({ head }) => head)).not.toContain(NEW);
    expect(seen.register.motion?.ballots.map(({ head }) => head)).toContain(UNKNOWN_HEAD);
    expect(seen.after).toMatchObject({ approvedBy: [], met: false });
  });

  test.each(["words", "reviews"])(
    "fcp.after: six votes by %s on one text, another pushed before the look: it is not green without an approval of it",
    (how) => {
      const w = proposed();
      for (const login of VOTERS)
        if (how === "words") w.say(login, "@mscbot reviewed");
        else w.review(login, "approved");
      w.push(NEW);
      w.reconcile();
      w.wait(6 * DAY);
      expect(w.reconcile().check).toBe("in_progress");
      w.review("KitsuneRal", "approved");
      expect(w.reconcile().check).toBe("in_progress");
      w.review("anoadragon453", "approved");
      expect(w.reconcile().check).toBe("success");
    },
  );

  test("fcp.after: pushed to another text and back around the votes, they are a yes to neither: reviews name the text", () => {
    const w = proposed();
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    w.push(NEW);
    w.reconcile();
    w.push(NEWER, HEAD);
    w.wait(6 * DAY);
    expect(w.reconcile()).toMatchObject({ check: "in_progress", after: { met: false } });
    for (const login of ["dbkr", "uhoreg"]) w.review(login, "approved");
    expect(w.reconcile().check).toBe("success");
  });

  test("fcp.after: by a forced push to one text, a vote, and a push to another, the first is not approved when it comes back", () => {
    const w = proposed();
    w.happen("author", { kind: "force_pushed", before: HEAD, after: NEW });
    w.texts.set(NEW, "slipped in");
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    w.push(NEWER, HEAD);
    w.reconcile();
    w.push(NEW, "slipped in");
    w.wait(6 * DAY);
    expect(w.reconcile()).toMatchObject({ check: "in_progress", after: { approvedBy: [] } });
  });

  test.each(["merged", "closed"])(
    "act.head: of what is %s when it is first seen, no head is noted",
    (how) => {
      const w = world();
      if (how === "merged") w.merge("richvdh");
      else w.close("author");
      expect(w.reconcile().register).toMatchObject({ heads: [] });
    },
  );

  test("act.head: the heads are kept, each with the time it was first seen, the newest sixty", () => {
    const w = world();
    w.reconcile();
    const first = w.now;
    w.wait(MINUTE);
    w.push(NEW);
    const { heads } = w.reconcile().register;
    expect(heads).toMatchObject([
      { commit: HEAD, text: HEAD, at: first },
      { commit: NEW, text: NEW },
    ]);
    expect(heads[1]?.at).toBeGreaterThan(first);
    for (let n = 0; n < 60; n += 1) {
      w.push(n.toString(16).padStart(40, "0"));
      w.reconcile();
    }
    expect(w.decide().register.heads).toHaveLength(60);
    expect(w.decide().register.heads[0]?.commit).toBe("0".repeat(40));
  });
});

describe("whatever the commits", () => {
  /** The commits of a story: each with the number of its text. The first is the one voted on. */
  const commits = fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 6 });
  const after = (texts: readonly number[]) => {
    const w = inFcp();
    for (const [at, text] of texts.entries()) {
      w.push((at + 1).toString(16).padStart(40, "f"), text === 0 ? HEAD : `text ${text}`);
      w.reconcile();
    }
    w.wait(5 * DAY);
    return w.reconcile();
  };

  test("text.same: the same text in any number of commits, by any way there, is the same decision", () => {
    fc.assert(
      fc.property(commits, (texts) => {
        expect(after([...texts, 0]).check).toBe("success");
      }),
      { numRuns: 30 },
    );
  });

  test("fcp.after: any other text is never green without a fresh approval", () => {
    fc.assert(
      fc.property(commits, fc.integer({ min: 1, max: 2 }), (texts, last) => {
        expect(after([...texts, last]).check).toBe("in_progress");
      }),
      { numRuns: 30 },
    );
  });
});
