import { describe, expect, test } from "vitest";
import { DAY } from "../../src/domain/text/time.js";
import { inFcp, OUTSIDER, proposed, world } from "../support/world.js";
import { answerTo, concernOf, openConcerns, refusalOf, replies } from "./reading.js";

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];

describe("concern.raise", () => {
  test("concern.raise: before a motion one register comment holds the concerns", () => {
    const w = world();
    const comment = w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.say("uhoreg", "@mscbot concern B");
    const decision = w.reconcile();
    expect(openConcerns(decision)).toEqual(["A", "B"]);
    expect(w.comments("register")).toHaveLength(1);
    expect(w.comments("register")[0]?.body).toMatch(/A[\s\S]*B/);
    expect(answerTo(w, comment)).toMatchObject({ thumbsUp: true });
    expect([...w.labels]).toContain("unresolved-concerns");
  });

  test("concern.raise: closed before the clerk looked, the concern is kept for the reopening, though its comment is deleted", () => {
    const w = world();
    const comment = w.say("dbkr", "@mscbot concern A");
    w.close("author");
    w.reconcile();
    w.remove(comment, "maintainer");
    w.reconcile();
    w.reopen("author");
    expect(openConcerns(w.reconcile())).toEqual(["A"]);
  });

  test("concern.raise: merged before the clerk looked, it needs no comment that keeps its concerns", () => {
    const w = world();
    w.say("dbkr", "@mscbot concern A");
    w.merge("maintainer");
    w.reconcile();
    expect(w.comments("register")).toEqual([]);
  });

  test("concern.raise: on a draft as well", () => {
    const w = world({ draft: true });
    w.say("dbkr", "@mscbot concern A");
    expect(openConcerns(w.reconcile())).toEqual(["A"]);
  });

  test("concern.raise: during a motion the status comment holds them", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    expect(w.status()?.body).toMatch(/C1[\s\S]*A/);
    expect(w.comments("register")).toHaveLength(0);
  });

  test("concern.raise: during FCP", () => {
    const w = inFcp();
    w.say("dbkr", "@mscbot concern A");
    const decision = w.reconcile();
    expect(openConcerns(decision)).toEqual(["A"]);
    expect(decision.phase).toBe("fcp");
    expect([...w.labels]).toContain("unresolved-concerns");
  });

  test("concern.raise: the text is the rest of the line, numbers run on per proposal", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern `*mut u8` (see https://example.org/a?b=c#d) is wrong. Really.\nnot this");
    w.say("uhoreg", "@mscbot: concern: B");
    w.reconcile();
    w.say("dbkr", "@mscbot fcp cancel\n@mscbot fcp merge");
    w.reconcile();
    w.say("dbkr", "@mscbot fcp concern C");
    expect(w.reconcile().concerns.map(({ number, text }) => [number, text])).toEqual([
      [1, "`*mut u8` (see https://example.org/a?b=c#d) is wrong. Really."],
      [2, "B"],
      [3, "C"],
    ]);
  });

  test("concern.raise: several in one comment are numbered in order", () => {
    const w = proposed();
    w.say(
      "dbkr",
      ["one", "two", "three", "four", "five"].map((text) => `@mscbot concern ${text}`).join("\n"),
    );
    expect(openConcerns(w.reconcile())).toEqual(["one", "two", "three", "four", "five"]);
  });

  test("concern.raise: a member of the second needed team may", () => {
    const w = proposed({ labels: ["proposal", "kind:governance"] });
    w.say("AmandineLP", "@mscbot concern A");
    expect(openConcerns(w.reconcile())).toEqual(["A"]);
  });

  test("concern.raise: an outsider may not", () => {
    const w = proposed();
    w.say(OUTSIDER, "@mscbot concern A");
    expect(openConcerns(w.reconcile())).toEqual([]);
    expect(replies(w)).toHaveLength(1);
  });

  test("concern.raise: without a text it is refused", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern");
    expect(refusalOf(w.decide(), "dbkr")).toBe("needs_text");
  });

  test("concern.raise: the same text by another member while it is open is the same concern", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern The Fallback");
    w.say("uhoreg", "@mscbot concern the  fallback");
    expect(w.reconcile().concerns).toMatchObject([{ number: 1, by: { login: "dbkr" } }]);
  });

  test("concern.raise: once the PR has ended it is refused", () => {
    const w = world();
    w.close("author");
    w.say("dbkr", "@mscbot concern A");
    expect(refusalOf(w.decide(), "dbkr")).toBe("ended");
  });

  test("concern.raise: what is kept of a text has an end", () => {
    const w = proposed();
    w.say("dbkr", `@mscbot concern ${"very ".repeat(2000)}long`);
    const decision = w.reconcile();
    expect(decision.concerns).toHaveLength(1);
    expect(decision.concerns[0]?.text.length).toBeLessThanOrEqual(500);
  });
});

describe("concern.resolve", () => {
  const three = () => {
    const w = proposed();
    w.say(
      "dbkr",
      "@mscbot concern the fallback is missing\n@mscbot concern the fallback for media\n@mscbot concern Names",
    );
    w.reconcile();
    return w;
  };

  test.each([
    ["its text", "names"],
    ["its text with white space folded", "  NAMES "],
    ["its number", "C3"],
    ["its number in small letters", "c3"],
    ["the bare number", "3"],
    ["the number as GitHub writes them", "#3"],
    ["a start of the text that fits one only", "na"],
  ])("concern.resolve: any member resolves by %s", (_how, what) => {
    const w = three();
    const comment = w.say("uhoreg", `@mscbot resolve ${what}`);
    const decision = w.reconcile();
    expect(concernOf(decision, 3)?.resolved).toMatchObject({ by: { login: "uhoreg" } });
    expect(openConcerns(decision)).toHaveLength(2);
    expect(answerTo(w, comment)).toMatchObject({ thumbsUp: true });
  });

  test("concern.resolve: white space inside the text is folded", () => {
    const w = three();
    w.say("uhoreg", "@mscbot resolve the\u00a0fallback   is missing");
    expect(concernOf(w.reconcile(), 1)?.resolved).not.toBeNull();
  });

  test("concern.resolve: what fits none gets a reply listing the open ones", () => {
    const w = three();
    w.say("uhoreg", "@mscbot resolve something else");
    expect(refusalOf(w.decide(), "uhoreg")).toBe("no_such_concern");
    expect(openConcerns(w.reconcile())).toHaveLength(3);
    expect(replies(w)[0]).toMatch(/C1[\s\S]*C2[\s\S]*C3/);
  });

  test("concern.resolve: what fits several gets a reply listing them, and resolves none", () => {
    const w = three();
    w.say("uhoreg", "@mscbot resolve the fallback");
    expect(refusalOf(w.decide(), "uhoreg")).toBe("several_concerns");
    expect(openConcerns(w.reconcile())).toHaveLength(3);
    expect(replies(w)[0]).toMatch(/C1[\s\S]*C2/);
  });

  test("concern.resolve: a text that is a whole one and the start of another means the whole one", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern names\n@mscbot concern names of rooms");
    w.say("dbkr", "@mscbot resolve names");
    expect(openConcerns(w.reconcile())).toEqual(["names of rooms"]);
  });

  test.each(["C3", "Names", "na", "concern names", '"Names"', "C3 - fixed in abc"])(
    "concern.resolve: one that is resolved already is said to be, and by whom: `resolve %s`",
    (what) => {
      const w = three();
      w.say("uhoreg", "@mscbot resolve C3");
      w.reconcile();
      const again = w.say("dbkr", `@mscbot resolve ${what}`);
      expect(refusalOf(w.decide(), "dbkr")).toBe("already_resolved");
      w.reconcile();
      expect(answerTo(w, again)).toMatchObject({ confused: true, thumbsUp: false });
      expect(replies(w)[0]).toContain("**C3** is resolved already, by uhoreg.");
    },
  );

  test.each([
    ["concern X", "concern Names"],
    ["the concern X", "the concern names"],
    ["concern: X", "concern: Names"],
    ["a concern by its number", "concern C3"],
    ["quoted", '"Names"'],
    ["quoted as in print", "“Names”"],
    ["concern and quoted", 'concern "Names"'],
    ["quoted, with a reason", '"Names" - fixed in abc1234'],
    ["in backticks", "`Names`"],
    ["a number and a mark", "C3 - fixed in abc1234"],
    ["a number and a dash without spaces", "C3—fixed in abc1234"],
    ["a number and thanks", "C3, thanks"],
    ["a number and a bracket", "C3 (see the new section)"],
    ["a number and because", "C3 because it is out of date"],
    ["a number and words", "C3 fixed in abc1234"],
    ["a number and a smile", "#3 🎉"],
    ["a number and another number in the reason", "C3: see section 2"],
  ])("concern.resolve: %s: `resolve %s`", (_how, _what) => {
    const w = three();
    w.say("uhoreg", `@mscbot resolve ${_what}`);
    expect(openConcerns(w.reconcile())).toEqual(["the fallback is missing", "the fallback for media"]);
  });

  test.each([
    "C1 and C2",
    "C1, C2",
    "C1 C2",
    "c1 & c2",
    "1, 2",
    "1 and 2.",
    "#1 #2",
    "C1/C2, both fixed",
    "C2, and C1 - done",
  ])("concern.resolve: several at once: `resolve %s`", (what) => {
    const w = three();
    w.say("uhoreg", `@mscbot resolve ${what}`);
    expect(openConcerns(w.reconcile())).toEqual(["Names"]);
  });

  test("concern.resolve: of several at once, what is resolved already is named, and the rest is done", () => {
    const w = three();
    w.say("dbkr", "@mscbot resolve C1");
    w.reconcile();
    const said = w.say("uhoreg", "@mscbot resolve C1, C2 and C3");
    expect(openConcerns(w.reconcile())).toEqual([]);
    expect(answerTo(w, said)).toMatchObject({ thumbsUp: true, confused: false });
    expect(replies(w)[0]).toContain("**C1** is resolved already, by dbkr.");
    expect(concernOf(w.reconcile(), 1)?.resolved).toMatchObject({ by: { login: "dbkr" } });
  });

  test.each([
    "all",
    "ALL",
    "all.",
    "all!",
    "all: we begin afresh",
    "all - fixed in abc",
    "all (see above)",
    "all, thanks",
  ])("concern.resolve: everything that is open, alone or before a mark: `resolve %s`", (what) => {
    const w = three();
    w.say("uhoreg", `@mscbot resolve ${what}`);
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("concern.resolve: all: a concern whose text begins so is meant first", () => {
    const w = three();
    w.say("dbkr", "@mscbot concern all clients break");
    w.reconcile();
    w.say("uhoreg", "@mscbot resolve all");
    expect(openConcerns(w.reconcile())).toHaveLength(3);
    w.say("uhoreg", "@mscbot resolve all");
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("concern.resolve: all: a longer word of a concern is not meant", () => {
    const w = three();
    w.say("dbkr", "@mscbot concern allow guests");
    w.reconcile();
    w.say("uhoreg", "@mscbot resolve all");
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test.each([
    ["all but C1", "no_such_concern"],
    ["all, except C1", "no_such_concern"],
    ["all - C1", "no_such_concern"],
    ["all of them", "no_such_concern"],
    ["all is not well", "no_such_concern"],
    ["C1-C3", "no_such_concern"],
    ["C1 to C3", "no_such_concern"],
    ["C1 or C2", "no_such_concern"],
    ["C1 and C9", "no_such_concern"],
    ["C1 and 2", "no_such_concern"],
    ["1, 2 typos are fixed", "no_such_concern"],
    ["C1 is not possible", "no_such_concern"],
    ["C1 isn't possible", "no_such_concern"],
    ["C1 only if C2 is", "no_such_concern"],
    ["C1 as soon as it is fixed", "no_such_concern"],
    ["C1, if the tests pass", "no_such_concern"],
    ["C1 - not yet", "no_such_concern"],
    ["C1 please don't", "no_such_concern"],
    ["all, once it is fixed", "no_such_concern"],
    ["all - if nobody objects", "no_such_concern"],
    ['"Names" as soon as they are', "no_such_concern"],
    ["C1?", "no_such_concern"],
    ["2FA", "no_such_concern"],
    ["concern", "no_such_concern"],
    ["concern the fallback", "several_concerns"],
    ['"the fallback"', "several_concerns"],
  ])("concern.resolve: what is not plain resolves nothing and is answered: `resolve %s`", (what, code) => {
    const w = three();
    w.say("uhoreg", `@mscbot resolve ${what}`);
    expect(refusalOf(w.decide(), "uhoreg")).toBe(code);
    expect(openConcerns(w.reconcile())).toHaveLength(3);
    expect(replies(w)).toHaveLength(1);
  });

  test.each([
    ["concern trolls", "concern trolls"],
    ["C1 is unclear", "C1 is unclear"],
    ["2 lists", "2 lists are one too many"],
    ['"Quoted" words', '"Quoted" words'],
  ])(
    "concern.resolve: a text is read whole before anything of it is left out: `resolve %s`",
    (what, text) => {
      const w = three();
      w.say("dbkr", `@mscbot concern ${text}`);
      w.reconcile();
      w.say("uhoreg", `@mscbot resolve ${what}`);
      expect(openConcerns(w.reconcile())).toHaveLength(3);
      expect(concernOf(w.reconcile(), 4)?.resolved).not.toBeNull();
    },
  );

  test("concern.resolve: without saying which it is refused", () => {
    const w = three();
    w.say("uhoreg", "@mscbot resolve");
    expect(refusalOf(w.decide(), "uhoreg")).toBe("needs_text");
  });

  test("concern.resolve: an outsider may not", () => {
    const w = three();
    w.say(OUTSIDER, "@mscbot resolve C1");
    expect(openConcerns(w.reconcile())).toHaveLength(3);
  });

  test("concern.resolve: raising a resolved text again reopens it under its number", () => {
    const w = three();
    w.say("uhoreg", "@mscbot resolve C3");
    w.reconcile();
    w.say("turt2live", "@mscbot concern names");
    const decision = w.reconcile();
    expect(decision.concerns).toHaveLength(3);
    expect(concernOf(decision, 3)).toMatchObject({ resolved: null });
    expect([...w.labels]).toContain("unresolved-concerns");
  });

  test("concern.resolve: one of a reworded text answers to its new words", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern old words");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern new words");
    w.reconcile();
    w.say("uhoreg", "@mscbot resolve new words");
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("act.durable: a concern may be reworded into what a review asks for, and keeps its number", () => {
    const w = proposed();
    w.review("uhoreg", "changes_requested");
    const comment = w.say("dbkr", "@mscbot concern another");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern changes requested by uhoreg");
    expect(openConcerns(w.reconcile())).toEqual([
      "changes requested by uhoreg",
      "changes requested by uhoreg",
    ]);
    w.edit(comment, "dbkr", "@mscbot concern another still");
    expect(w.reconcile().concerns.map(({ number, text }) => [number, text])).toEqual([
      [1, "changes requested by uhoreg"],
      [2, "another still"],
    ]);
  });

  test("concern.resolve: a member's approval ends what their review asked for, and no concern that they put in words", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern A");
    w.review("dbkr", "changes_requested");
    w.reconcile();
    w.review("dbkr", "approved");
    expect(openConcerns(w.reconcile())).toEqual(["A"]);
  });

  test("concern.resolve: of each concern that is open the reply to a wrong guess shows the first hundred characters", () => {
    const w = proposed();
    w.say("dbkr", `@mscbot concern ${"long ".repeat(60)}`);
    w.reconcile();
    w.say("uhoreg", "@mscbot resolve something else");
    const [pending] = w.decide().register.pendingReplies;
    const [reply] = pending?.replies ?? [];
    expect(reply?.code === "no_such_concern" && reply.open.map(({ text }) => text.length)).toEqual([100]);
  });

  test("concern.resolve: the last resolve takes the label off", () => {
    const w = three();
    w.say("uhoreg", "@mscbot resolve C1\n@mscbot resolve C2");
    w.reconcile();
    expect([...w.labels]).toContain("unresolved-concerns");
    w.say("uhoreg", "@mscbot resolve C3");
    w.reconcile();
    expect([...w.labels]).not.toContain("unresolved-concerns");
  });

  test("concern.resolve: the number of a concern resolved before is not taken for the start of another's text", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern first");
    w.say("dbkr", "@mscbot concern 1 more thing");
    w.say("dbkr", "@mscbot resolve C1");
    w.reconcile();
    const again = w.say("uhoreg", "@mscbot resolve 1");
    expect(openConcerns(w.reconcile())).toEqual(["1 more thing"]);
    expect(answerTo(w, again)).toMatchObject({ confused: true, thumbsUp: false });
  });

  test("reply.always: two dozen wrong guesses at sixty long concerns outgrow neither comment nor register", () => {
    const w = proposed();
    for (let i = 0; i < 60; i++) w.say("dbkr", `@mscbot concern ${i} ${"@*_<".repeat(130)}`);
    w.reconcile();
    const guesses = Array.from({ length: 25 }, (_, i) => `@mscbot resolve nothing ${i} ${"`".repeat(250)}`);
    w.say("uhoreg", guesses.join("\n"));
    w.reconcile();
    expect(Math.max(...replies(w).map((body) => body.length))).toBeLessThan(45_000);
    expect(JSON.stringify(w.snapshot().register).length).toBeLessThan(250_000);
  });
});

describe("concern.scope", () => {
  test("concern.scope: open concerns carry over into later merge motions and are shown as such", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.say("dbkr", "@mscbot fcp cancel\n@mscbot fcp merge");
    const decision = w.reconcile();
    expect(decision.concerns).toMatchObject([{ number: 1, blocks: true, carriedOver: true }]);
    expect([...w.labels]).toContain("unresolved-concerns");
  });

  test.each(["close", "postpone"])(
    "concern.scope: a motion to %s is not blocked by concerns from before it",
    (disposition) => {
      const w = world();
      w.say("dbkr", "@mscbot concern A");
      w.reconcile();
      w.say("richvdh", `@mscbot fcp ${disposition}`);
      for (const login of VOTERS) w.say(login, "@mscbot reviewed");
      const decision = w.reconcile();
      expect(decision.phase).toBe("fcp");
      expect(decision.concerns).toMatchObject([{ blocks: false, resolved: null }]);
      expect([...w.labels]).toContain("unresolved-concerns");
    },
  );

  test.each(["close", "postpone"])(
    "concern.scope: a motion to %s is blocked by concerns raised during it",
    (disposition) => {
      const w = proposed({}, disposition);
      w.say("dbkr", "@mscbot concern A");
      for (const login of VOTERS) w.say(login, "@mscbot reviewed");
      expect(w.reconcile().phase).toBe("proposed");
      w.say("dbkr", "@mscbot resolve C1");
      expect(w.reconcile().phase).toBe("fcp");
    },
  );

  test("concern.scope: an old concern reopened during a motion to close was raised during it", () => {
    const w = world();
    w.say("dbkr", "@mscbot concern A\n@mscbot resolve A");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp close");
    w.reconcile();
    w.say("dbkr", "@mscbot concern A");
    expect(w.reconcile().concerns).toMatchObject([{ number: 1, blocks: true }]);
  });

  test("concern.scope: a concern raised against closing carries over into a merge motion", () => {
    const w = proposed({}, "close");
    w.say("dbkr", "@mscbot concern keep it open");
    w.say("uhoreg", "@mscbot fcp cancel\n@mscbot fcp merge");
    expect(w.reconcile().concerns).toMatchObject([{ blocks: true, carriedOver: true }]);
  });
});

describe("concern.blocks", () => {
  test("concern.blocks: FCP does not begin while a concern is open, and begins at its resolve", () => {
    const w = proposed();
    w.say("KitsuneRal", "@mscbot concern A");
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    const blocked = w.reconcile();
    expect(blocked.phase).toBe("proposed");
    expect(blocked.reason).toEqual({ code: "blocked", concerns: [1] });
    w.say("dbkr", "@mscbot resolve C1");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("concern.blocks: a concern raised and the deciding vote in one look: the concern said first holds", () => {
    const w = proposed();
    for (const login of VOTERS.slice(1)) w.say(login, "@mscbot reviewed");
    w.reconcile();
    w.say("KitsuneRal", "@mscbot concern A");
    w.say("ara4n", "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("concern.blocks: a concern raised on day 3 neither resets nor pauses the clock", () => {
    const w = inFcp();
    const before = w.reconcile().register.motion?.fcp;
    w.wait(3 * DAY);
    w.say("dbkr", "@mscbot concern A");
    const decision = w.reconcile();
    expect(decision.phase).toBe("fcp");
    expect(decision.register.motion?.fcp).toEqual(before);
  });

  test("concern.blocks: FCP does not conclude while it is open; resolved after the time was up, it concludes at once", () => {
    const w = inFcp();
    w.wait(3 * DAY);
    w.say("dbkr", "@mscbot concern A\n@mscbot concern B");
    w.reconcile();
    w.wait(4 * DAY);
    expect(w.reconcile()).toMatchObject({ phase: "fcp", reason: { code: "fcp_over", concerns: [1, 2] } });
    w.say("uhoreg", "@mscbot resolve C1");
    expect(w.reconcile().phase).toBe("fcp");
    w.say("uhoreg", "@mscbot resolve C2");
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("concern.blocks: resolved before the end, FCP concludes at its end", () => {
    const w = inFcp();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.say("dbkr", "@mscbot resolve A");
    expect(w.reconcile().phase).toBe("fcp");
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("concern.blocks: a concern after acceptance makes the check wait", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    expect(w.reconcile().check).toBe("success");
    w.say("dbkr", "@mscbot concern A");
    const waiting = w.reconcile();
    expect(waiting).toMatchObject({ phase: "concluded", check: "in_progress" });
    w.say("dbkr", "@mscbot resolve A");
    expect(w.reconcile().check).toBe("success");
  });
});
