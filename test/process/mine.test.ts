import { describe, expect, test } from "vitest";
import { parseCommands } from "../../src/domain/acts/parseCommands.js";
import { mineAnswer } from "../../src/domain/messages/mine.js";
import { outlineOf } from "../../src/domain/messages/outline.js";
import type { Outline, Overview, Waits } from "../../src/domain/model/outline.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { mineOf } from "../../src/domain/reminders/mine.js";
import { DAY } from "../../src/domain/text/time.js";
import { evaluate } from "../../src/runtime/reconcile/evaluate.js";
import { MATRIX } from "../support/rules.js";
import { OUTSIDER, SCT, START, type World, type WorldOptions, world } from "../support/world.js";
import { answerTo, replies } from "./reading.js";

const REMIND: Rules = { ...MATRIX, reminders: { digest: true, mentionAfter: null } };
const NOTHING: Overview = { outlines: [], unread: [], more: false };

const outline = (number: number, waits: Waits, over: Partial<Outline> = {}): Outline => ({
  ...{ number, waits, concerns: [], gates: [], since: START - 21 * DAY },
  title: `MSC${number}: A thing`,
  url: `https://github.example/o/r/pull/${number}`,
  author: person("author"),
  ...over,
});
const person = (login: string) => ({ login, id: null });
const votes = (...names: readonly string[]): Waits => ({
  kind: "votes",
  disposition: "merge",
  teams: [
    { title: "SCT", lacks: 2, missing: names.map((login) => ({ member: person(login), away: false })) },
  ],
  held: false,
});

/** A proposal on which the shell tells, as it does, what all proposals wait for, this one included. */
const asked = (overview: Overview = NOTHING, options: WorldOptions = {}): World => {
  const w = world({ rules: REMIND, ...options });
  w.overview = overview;
  return w;
};
const said = (w: World): readonly string[] =>
  replies(w).map((body) => body.split("\n\n").slice(1).join("\n\n"));
const answered = (overview: Overview, login = "dbkr"): string =>
  mineAnswer({ overview, who: person(login), rules: REMIND, now: START }, Number.POSITIVE_INFINITY);

describe("remind.mine: what is answered", () => {
  test("remind.mine: motions without their vote, their concerns, what they moved, gates and drafts, the longest first", () => {
    const w = asked({
      ...NOTHING,
      outlines: [
        outline(1, votes("dbkr", "uhoreg"), {
          since: START - 3 * DAY,
          concerns: [{ number: 1, by: person("dbkr") }],
        }),
        outline(2, votes("uhoreg")),
        outline(3, { kind: "merge", mover: person("dbkr") }, { since: START - 30 * DAY }),
        outline(4, { kind: "quiet", turn: "team", why: "motion" }),
        outline(
          5,
          { kind: "quiet", turn: "nobody", why: "dependencies" },
          {
            gates: [{ words: "the label “blocked” to be taken off", by: "members" }],
            since: START - 9 * DAY,
          },
        ),
        outline(6, { kind: "quiet", turn: "author", why: "draft" }, { author: person("dbkr") }),
      ],
    });
    const comment = w.say("dbkr", "@mscbot mine");
    w.reconcile();
    expect(answerTo(w, comment)).toEqual({ thumbsUp: false, confused: false, eyes: true });
    expect(replies(w).map((body) => body.replace(/\(http[^)]*\)/g, "()"))).toMatchInlineSnapshot(`
      [
        "@dbkr, in answer to [your comment]():

      4 proposals wait for you, the longest first:

      - [3]() “MSC3: A thing”: you moved it, it is accepted, and it is not merged, for 30 days.
      - [6]() “MSC6: A thing”: it is your draft, quiet for 21 days.
      - [5]() “MSC5: A thing”: you can help with what it waits for: the label “blocked” to be taken off.
      - [1]() “MSC1: A thing”: your vote on the motion to merge, for 3 days; your concern C1 is open.",
      ]
    `);
  });

  test("remind.mine: past ten the rest is folded away, and what no comment holds is counted", () => {
    const many = Array.from({ length: 300 }, (_, at) =>
      outline(at + 1, votes("dbkr"), { title: "x".repeat(200) }),
    );
    const few = answered({ ...NOTHING, outlines: many.slice(0, 12) });
    expect(few).toMatch(
      /^12 proposals wait for you, the longest first:\n\n(- .*\n){10}\n<details><summary>2 more proposals</m,
    );
    expect(few.split("\n").filter((line) => line.startsWith("- ["))).toHaveLength(12);
    const w = asked({ ...NOTHING, outlines: many });
    w.say("dbkr", "@mscbot mine");
    w.reconcile();
    expect(replies(w)[0]?.length).toBeLessThan(40_000);
    expect(replies(w)[0]).toContain("300 proposals wait for you");
    expect(replies(w)[0]).toContain("<details><summary>290 more proposals</summary>");
    expect(replies(w)[0]).toMatch(/\n- and \d+ more\n\n<\/details>$/);
  });

  test("remind.mine: nothing waits for who has nothing to do, in one sentence", () => {
    expect(answered({ ...NOTHING, outlines: [outline(1, votes("uhoreg"))] })).toBe(
      "Nothing waits for you on the open proposals here.",
    );
  });

  test("remind.mine: what the clerk has not looked at since its start is said, and not guessed", () => {
    expect(answered({ ...NOTHING, unread: [4, 7] })).toBe(
      "Nothing that the clerk knows of waits for you on the open proposals here.\n\nThe clerk has not looked at 2 open pull requests since it started: 4 and 7. So more may wait for you.",
    );
    expect(answered({ outlines: [outline(1, votes("dbkr"))], unread: [], more: true })).toMatch(
      /Not every open pull request is listed yet, or there are more than are listed\. So more may wait for you\.$/,
    );
    expect(answered({ ...NOTHING, unread: Array.from({ length: 300 }, (_, at) => at) })).toContain(
      "7, 8, 9 and 290 more. So",
    );
  });

  test("remind.mine: what others wrote is shown, and does nothing", () => {
    const text = answered({
      ...NOTHING,
      outlines: [
        outline(1, votes("dbkr"), {
          title: "<!-- msc-clerk:status 1 --> @uhoreg #5 **x**",
          gates: [{ words: "the label “@uhoreg </details>” to be put on", by: "members" }],
        }),
      ],
    });
    expect(text).not.toMatch(/@\w|<|(?<!&)#\d/);
  });

  test("remind.mine: people are known by their id where there is one, whatever login they have now", () => {
    const mover = { login: "old-name", id: 7 };
    const one = [outline(1, { kind: "merge", mover })];
    expect(mineOf(one, { login: "new-name", id: 7 }, REMIND)).toHaveLength(1);
    expect(mineOf(one, { login: "old-name", id: 8 }, REMIND)).toEqual([]);
  });
});

describe("remind.mine: whom it is answered, and how often", () => {
  test("remind.mine: it is no vote, moves nothing, and waits for what the shell knows", () => {
    const w = world({ rules: REMIND });
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    const before = w.decide();
    w.say("dbkr", "@mscbot mine");
    const after = w.reconcile();
    expect(replies(w)).toEqual([]);
    expect(evaluate(w.snapshot(), w.rules, w.now).asksForOverview).toBe(true);
    expect([after.phase, after.tallies, after.register.motion]).toEqual([
      before.phase,
      before.tallies,
      before.register.motion,
    ]);
    const own = outlineOf(after, w.snapshot(), w.rules);
    w.overview = { ...NOTHING, outlines: own === null ? [] : [own] };
    w.reconcile();
    expect(said(w)[0]).toContain("your vote on the motion to merge, since today");
    expect(evaluate(w.snapshot(), w.rules, w.now).asksForOverview).toBe(false);
    expect(w.plan()).toEqual([]);
  });

  test("act.once: an edit that says it again is no second question, and a new comment is", () => {
    const w = asked();
    const comment = w.say("dbkr", "@mscbot mine");
    w.reconcile();
    w.edit(comment, "dbkr", "Good morning!\n\n@mscbot: Mine\n\nThank you.");
    w.reconcile();
    expect(replies(w)).toHaveLength(1);
    w.say("dbkr", "@mscbot mine\n@mscbot mine");
    w.reconcile();
    expect(said(w)).toEqual(Array(2).fill("Nothing waits for you on the open proposals here."));
  });

  test("reply.always: beside what was refused in the same comment it is told once, in the one reply", () => {
    const w = asked();
    w.say("dbkr", "@mscbot mine\n@mscbot make tea");
    w.reconcile();
    expect(said(w)).toEqual([
      "“make tea” is not a command the clerk knows, so nothing has changed. `@mscbot help` shows them all.\n\nNothing waits for you on the open proposals here.",
    ]);
  });

  test("remind.mine: somebody on no team gets one short answer on a pull request, and 👀 each time", () => {
    const w = asked();
    const comments = [1, 2, 3].map(() => {
      const comment = w.say(OUTSIDER, "@mscbot mine");
      w.reconcile();
      w.wait(2 * DAY);
      return comment;
    });
    for (const comment of comments) expect(answerTo(w, comment)).toMatchObject({ eyes: true });
    expect(said(w)).toEqual(["Nothing waits for you on the open proposals here."]);
  });

  test("remind.mine: the author is answered on their own proposal as often as they ask", () => {
    const w = asked({
      ...NOTHING,
      outlines: [outline(1234, { kind: "quiet", turn: "author", why: "draft" })],
    });
    for (let times = 0; times < 2; times += 1) {
      w.say("author", "@mscbot mine");
      w.reconcile();
    }
    expect(said(w)).toHaveLength(2);
    expect(said(w)[0]).toContain("it is your draft, quiet for 21 days");
  });

  test("reply.scope: it works on a pull request that is no proposal: a member as often as they ask, others once", () => {
    const w = asked(NOTHING, { labels: [] });
    for (const login of ["dbkr", "dbkr", "author", "author"]) {
      w.say(login, "@mscbot mine");
      w.reconcile();
    }
    expect(said(w)).toHaveLength(3);
  });

  test("remind.mine: an answer that somebody deleted is given again, by what is known then", () => {
    const w = asked();
    w.say("dbkr", "@mscbot mine");
    w.reconcile();
    w.removeOwn(w.comments("reply")[0] ?? { id: "" }, "uhoreg");
    w.overview = { ...NOTHING, outlines: [outline(1, votes("dbkr"))] };
    w.reconcile();
    expect(said(w)).toEqual([expect.stringContaining("1 proposal waits for you:")]);
  });

  test("remind.mine: with the register lost, what was answered stays answered", () => {
    const w = asked();
    for (const login of ["dbkr", OUTSIDER]) w.say(login, "@mscbot mine");
    w.reconcile();
    const before = replies(w);
    w.forget();
    w.reconcile();
    expect(replies(w).filter((body) => body.includes("waits for you"))).toEqual(before);
  });
});

describe("remind.mine: off until the config names `reminders`", () => {
  test("remind.mine: without the key it is a word like any other, nothing is outlined, and it stays so when the key comes", () => {
    const w = asked(NOTHING, { rules: MATRIX });
    const comment = w.say("dbkr", "@mscbot mine");
    w.reconcile();
    expect(answerTo(w, comment)).toMatchObject({ confused: true, eyes: false });
    expect(said(w)).toEqual([
      "“mine” is not a command the clerk knows, so nothing has changed. `@mscbot help` shows them all.",
    ]);
    expect(evaluate(w.snapshot(), MATRIX, w.now)).not.toHaveProperty("outline");
    w.rules = REMIND;
    w.reconcile();
    expect(replies(w)).toHaveLength(1);
  });

  test("remind.mine: either of the reminders brings it, and help has it then", () => {
    const only: Rules = { ...MATRIX, reminders: { digest: false, mentionAfter: DAY } };
    for (const [rules, has] of [
      [MATRIX, false],
      [REMIND, true],
      [only, true],
    ] as const) {
      const w = asked(NOTHING, { rules });
      w.say(SCT[0], "@mscbot help");
      w.reconcile();
      expect(replies(w)[0]?.includes("`@mscbot mine`")).toBe(has);
      expect("outline" in evaluate(w.snapshot(), rules, w.now)).toBe(has);
    }
  });

  test("config.lawful: while nobody has approved that the key is gone, it works on", () => {
    const w = asked(NOTHING, { rules: MATRIX });
    w.lawfulRules = REMIND;
    w.say("dbkr", "@mscbot mine");
    w.reconcile();
    expect(said(w)).toEqual(["Nothing waits for you on the open proposals here."]);
    expect(evaluate(w.snapshot(), MATRIX, w.now)).toHaveProperty("outline");
  });

  test.each([
    "mine is better",
    "mine was first, by a week",
    "mine, too, is broken",
    "Mine has no such trouble",
    "mine still waits",
    "mine and yours",
  ])("remind.mine: talk is no command: %s", (words) => {
    expect(parseCommands([`@mscbot ${words}`], ["mscbot"])).toEqual([]);
    const w = asked();
    const comment = w.say("dbkr", `@mscbot ${words}`);
    w.reconcile();
    expect(answerTo(w, comment)).toEqual({ thumbsUp: false, confused: false, eyes: false });
    expect(replies(w)).toEqual([]);
  });
});
