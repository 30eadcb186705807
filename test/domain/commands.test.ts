import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMANDS, VERBS } from "../../src/domain/acts/commands.js";
import { parseCommands } from "../../src/domain/acts/parseCommands.js";
import type { Command } from "../../src/domain/model/command.js";
import { spokenLines } from "../../src/markdown/spokenLines.js";

const parsed = (body: string, mentions: readonly string[] = ["mscbot", "msc-clerk"]) =>
  parseCommands(spokenLines(body), mentions);
/** Without what was said word for word. */
const one = (body: string) => {
  const commands = parsed(body);
  expect(commands).toHaveLength(1);
  const [{ commandText: _, ...command }] = commands as [Command];
  return command;
};

describe("commands as the table has them", () => {
  it.each([
    ["fcp merge", { verb: "move", disposition: "merge" }],
    ["fcp close", { verb: "move", disposition: "close" }],
    ["fcp postpone", { verb: "move", disposition: "postpone" }],
    ["merge", { verb: "move", disposition: "merge" }],
    ["fcp merged", { verb: "move", disposition: "merge" }],
    ["closes", { verb: "move", disposition: "close" }],
    ["postponed.", { verb: "move", disposition: "postpone" }],
    ["fcp cancel", { verb: "cancel" }],
    ["cancel", { verb: "cancel" }],
    ["reviewed", { verb: "vote", choice: "yes", team: null }],
    ["review", { verb: "vote", choice: "yes", team: null }],
    ["approve", { verb: "vote", choice: "yes", team: null }],
    ["approved!", { verb: "vote", choice: "yes", team: null }],
    ["reviewed as guardians", { verb: "vote", choice: "yes", team: "guardians" }],
    ["abstain as Spec Core Team.", { verb: "vote", choice: "abstain", team: "Spec Core Team" }],
    ["retract", { verb: "vote", choice: "retract", team: null }],
    ["unreview", { verb: "vote", choice: "retract", team: null }],
    ["abstain", { verb: "vote", choice: "abstain", team: null }],
    ["concern the names are odd", { verb: "concern", text: "the names are odd" }],
    ["fcp concern the names are odd", { verb: "concern", text: "the names are odd" }],
    ["concern: the names are odd", { verb: "concern", text: "the names are odd" }],
    ["concern", { verb: "concern", text: "" }],
    ["resolve C2", { verb: "resolve", what: "C2" }],
    ["resolved: the names are odd", { verb: "resolve", what: "the names are odd" }],
    ["resolve", { verb: "resolve", what: "" }],
    ["propose", { verb: "propose" }],
    ["ready", { verb: "ready" }],
    ["ready.", { verb: "ready" }],
    ["ready for review!", { verb: "ready" }],
    ["ready when CI is", { verb: "unknown", nearest: "ready" }],
    ["mine", { verb: "mine" }],
    ["Mine, please!", { verb: "mine" }],
    ["mine?", { verb: "unknown", nearest: "mine" }],
    ["mine: all of them", { verb: "unknown", nearest: "mine" }],
    ["fcp mine", { verb: "unknown", nearest: "fcp merge" }],
    ["superseded by 1234", { verb: "superseded", by: 1234 }],
    ["superseded by MSC1234.", { verb: "superseded", by: 1234 }],
    ["Superseded by #1234, which has it all", { verb: "superseded", by: 1234 }],
    ["superseded by the proposal 1234 because it has it all", { verb: "superseded", by: 1234 }],
    ["superseded by 1234 and 1235", { verb: "superseded", by: null }],
    ["superseded by another", { verb: "superseded", by: null }],
    ["superseded", { verb: "superseded", by: null }],
    ["obsolete", { verb: "obsolete" }],
    ["obsolete: the API is gone", { verb: "obsolete" }],
    ["obsolete if 1234 is merged", { verb: "unknown", nearest: "obsolete" }],
    ["hand over to @octocat", { verb: "handover", to: "octocat" }],
    ["hand over to octocat.", { verb: "handover", to: "octocat" }],
    ["hand over to [Octo](https://github.com/octocat)", { verb: "handover", to: "octocat" }],
    ["hand over to https://github.com/octocat", { verb: "handover", to: "octocat" }],
    ["hand over", { verb: "handover", to: null }],
    ["hand over to @a and @b", { verb: "handover", to: null }],
    ["hand over to @octocat:matrix.org", { verb: "handover", to: null }],
    ["not an author", { verb: "disown" }],
    ["not the author.", { verb: "disown" }],
    ["shepherd @octocat", { verb: "shepherd", to: "octocat" }],
    ["shepherd", { verb: "shepherd", to: null }],
    ["fcp cancel: superseded by #77", { verb: "cancel", obsolete: { supersededBy: 77 } }],
    ["cancel - obsolete", { verb: "cancel", obsolete: { supersededBy: null } }],
    [
      "cancel because it is superseded by MSC77, see there",
      { verb: "cancel", obsolete: { supersededBy: 77 } },
    ],
    ["cancel: superseded by something", { verb: "cancel" }],
    ["cancel: it is not obsolete", { verb: "cancel" }],
    ["signoff private", { verb: "signoff" }],
    ["Sign-off privately, by mail of Monday", { verb: "signoff" }],
    ["signoff private - as told", { verb: "signoff" }],
    ["signoff private matters", { verb: "unknown", nearest: null }],
    ["signoff", { verb: "unknown", nearest: null }],
    ["fcp signoff private", { verb: "unknown", nearest: null }],
    ["withdraw", { verb: "withdraw" }],
    ["Withdraw: overtaken by another proposal", { verb: "withdraw" }],
    ["withdraw my concern", { verb: "unknown", nearest: "withdraw" }],
    ["fcp withdraw", { verb: "unknown", nearest: null }],
    [
      "override finished: decided at the meeting",
      { verb: "override", outcome: "finished", reason: "decided at the meeting" },
    ],
    ["override cancelled: it moved", { verb: "override", outcome: "cancelled", reason: "it moved" }],
    ["override finished", { verb: "override", outcome: "finished", reason: "" }],
    ["correct record 1: the roster was old", { verb: "correct", record: 1, reason: "the roster was old" }],
    ["correct 12 - the roster was old", { verb: "correct", record: 12, reason: "the roster was old" }],
    ["correct the decision record #3, as told", { verb: "correct", record: 3, reason: "as told" }],
    ["correct record: which one", { verb: "correct", record: null, reason: "which one" }],
    ["correct record 2", { verb: "correct", record: 2, reason: "" }],
    ["second", { verb: "second", what: null, gate: "" }],
    ["second, thanks", { verb: "second", what: null, gate: "" }],
    ["second override", { verb: "second", what: "override", gate: "" }],
    ["second the override finished.", { verb: "second", what: "override", gate: "" }],
    ["second correction", { verb: "second", what: "correction", gate: "" }],
    ["second correct record 1", { verb: "second", what: "correction", gate: "" }],
    ["second waive blocked", { verb: "second", what: "waiver", gate: "blocked" }],
    ["second the waiver of review threads.", { verb: "second", what: "waiver", gate: "review threads" }],
    ["waive blocked: words only", { verb: "waive", what: "blocked: words only" }],
    ["waive kind:core - it is tagged", { verb: "waive", what: "kind:core - it is tagged" }],
    ["waive the gate “needs work”: it is done", { verb: "waive", what: "the gate “needs work”: it is done" }],
    ["waive blocked", { verb: "waive", what: "blocked" }],
    ["waive", { verb: "waive", what: "" }],
    ["status", { verb: "status" }],
    ["refresh please", { verb: "refresh" }],
    ["help", { verb: "help" }],
  ])("@mscbot %s", (words, command) => {
    expect(one(`@mscbot ${words}`)).toEqual(command);
    expect(one(`@MSCBot: ${words}`)).toEqual(command);
    expect(one(`@msc-clerk[bot], ${words}\r\n`)).toEqual(command);
    expect(one(`\u00a0@mscbot\u00a0${words.replaceAll(" ", "\u00a0 ")}`)).toEqual(command);
  });
});

describe("what real people wrote", () => {
  it.each([
    ["@mscbot concert the fallback", { verb: "unknown", nearest: "concern" }],
    ["@mscbot rfc merge", { verb: "unknown", nearest: "fcp merge" }],
    ["@mscbot: concern: the fallback", { verb: "concern", text: "the fallback" }],
    ["@mscbot fcp merge on behalf of @x - because it is ready", { verb: "move", disposition: "merge" }],
    ["@mscbot merge on behalf of @x", { verb: "move", disposition: "merge" }],
    ["@mscbot concern `Foo` is not `Bar`", { verb: "concern", text: "`Foo` is not `Bar`" }],
    [
      "@mscbot concern what of *mut u8 (and https://spec.matrix.org/v1.1/#a_b)?",
      { verb: "concern", text: "what of *mut u8 (and https://spec.matrix.org/v1.1/#a_b)?" },
    ],
    ["- @mscbot reviewed", { verb: "vote", choice: "yes", team: null }],
    ["## @mscbot reviewed", { verb: "vote", choice: "yes", team: null }],
    ["@mscbot mrege", { verb: "unknown", nearest: "merge" }],
    ["@mscbot merge conflicts need fixing", { verb: "unknown", nearest: "merge" }],
    ["@mscbot reviewed by nobody yet", { verb: "unknown", nearest: "reviewed" }],
    ["@mscbot close to done, I think", { verb: "unknown", nearest: "close" }],
    ["@mscbot : resolved CONCERN_NAME", { verb: "resolve", what: "CONCERN_NAME" }],
    ["@mscbot; reviewed", { verb: "vote", choice: "yes", team: null }],
    ["@mscbot! concern the names", { verb: "concern", text: "the names" }],
    ["@mscbot. fcp cancel", { verb: "cancel" }],
    ["@mscbot— reviewed", { verb: "vote", choice: "yes", team: null }],
    ["@mscbot:reviewed", { verb: "vote", choice: "yes", team: null }],
    ["@mscbot concern:the fallback", { verb: "concern", text: "the fallback" }],
    ["@mscbot concern - the fallback", { verb: "concern", text: "the fallback" }],
    ["@mscbot concern -1 is no index", { verb: "concern", text: "-1 is no index" }],
    ["@mscbot fcp reviewed", { verb: "vote", choice: "yes", team: null }],
    ["@mscbot fcp resolved the fallback", { verb: "resolve", what: "the fallback" }],
    ["@mscbot fcp: merge", { verb: "move", disposition: "merge" }],
    ["@mscbot cancel the FCP.", { verb: "cancel" }],
    ["@mscbot reviewed 🎉", { verb: "vote", choice: "yes", team: null }],
    ["@mscbot reviewed (at last)", { verb: "vote", choice: "yes", team: null }],
    ["@mscbot merge - it is ready", { verb: "move", disposition: "merge" }],
    ["@mscbot fcp", { verb: "unknown", nearest: "fcp merge" }],
    ["@mscbot `fcp merge`", { verb: "unknown", nearest: "fcp merge" }],
    ["@mscbot fcp second", { verb: "unknown", nearest: null }],
    ["@mscbot merge `main` into this first", { verb: "unknown", nearest: "merge" }],
    ["@mscbot merge -> main", { verb: "unknown", nearest: "merge" }],
    ["@mscbot close #12 instead", { verb: "unknown", nearest: "close" }],
    ["@mscbot merge?", { verb: "unknown", nearest: "merge" }],
    ["@mscbot merge.md is missing", { verb: "unknown", nearest: "merge" }],
    ["@mscbot reviewed on behalf of @x", { verb: "unknown", nearest: "reviewed" }],
    ["@mscbot, approved - on behalf of @x", { verb: "unknown", nearest: "approved" }],
    ["@mscbot cancel culture is real", { verb: "unknown", nearest: "cancel" }],
    ["@mscbot second override was a mistake", { verb: "unknown", nearest: "second" }],
    ["@mscbot correct me if I am wrong", { verb: "unknown", nearest: null }],
    ["@mscbot second thoughts about this", { verb: "unknown", nearest: "second" }],
    ["@mscbot retract the second sentence", { verb: "unknown", nearest: "retract" }],
    ["@mscbot 👍", { verb: "unknown", nearest: null }],
  ])("%s", (line, command) => {
    expect(one(line)).toEqual(command);
  });

  it("five concerns in one comment run in order", () => {
    const body = ["one", "two", "three", "four", "five"].map((text) => `@mscbot concern ${text}`).join("\n");
    expect(parsed(body).map((command) => command.verb === "concern" && command.text)).toEqual([
      "one",
      "two",
      "three",
      "four",
      "five",
    ]);
  });

  it("a forty-line checklist of ticked boxes ending in a command is one command", () => {
    const list = Array.from({ length: 40 }, (_, at) => `- [x] point ${at} for @mscbot`).join("\n");
    expect(one(`${list}\n\n@mscbot reviewed`)).toEqual({ verb: "vote", choice: "yes", team: null });
  });

  it("a quoted e-mail reply says nothing again", () => {
    const body =
      "Agreed.\n\nOn Tue, 3 Mar 2026 at 10:00, somebody wrote:\n\n> @mscbot fcp merge\n> because it is ready\n";
    expect(parsed(body)).toEqual([]);
  });
});

describe("commands: words behind one that are a reason, and words that are not", () => {
  const REASONS = [
    ": it is ready",
    " - it is ready",
    " — it is ready",
    "—it is ready",
    ", it is ready",
    ". It is ready",
    " (it is ready)",
    "(it is ready)",
    " because it is ready",
    " as agreed on Monday",
    " since nobody objects",
    " on behalf of @x - because it is ready",
    " please",
    " for now",
    " per the meeting",
    " again",
    ", thanks",
    " thanks",
    "!",
    " 🎉",
  ];
  it.each(REASONS)("a motion and `cancel` take “%s”, with `fcp` and without", (reason) => {
    for (const fcp of ["fcp ", ""]) {
      expect(one(`@mscbot ${fcp}merge${reason}`)).toEqual({ verb: "move", disposition: "merge" });
      expect(one(`@mscbot ${fcp}cancel${reason}`)).toEqual({ verb: "cancel" });
    }
  });

  it.each([
    ["fcp cancel is not what I meant", "fcp cancel"],
    ["fcp cancel was a mistake, sorry", "fcp cancel"],
    ["fcp cancel?", "fcp cancel"],
    ["fcp cancel would be wrong - it is fine", "fcp cancel"],
    ["fcp merge is premature", "fcp merge"],
    ["fcp merge not yet", "fcp merge"],
    ["fcp close the window first", "fcp close"],
    ["fcp postponed things come back", "fcp postpone"],
  ])("nothing is moved or cancelled by `%s`, which is answered", (said, nearest) => {
    expect(one(`@mscbot ${said}`)).toEqual({ verb: "unknown", nearest });
  });
});

describe("commands: what is said under a condition, not yet or never is not said", () => {
  const VERBS_ALONE = [
    "reviewed",
    "abstain",
    "retract",
    "propose",
    "withdraw",
    "confirm",
    "second",
    "fcp merge",
    "cancel",
  ];
  const PUT_OFF = [
    ", not yet",
    ": not now",
    " - if C1 is resolved",
    ", once that is fixed",
    " (when it is ready)",
    ", never",
    " (no)",
  ];
  it.each(VERBS_ALONE)("of `%s`, whatever mark leads to it", (verb) => {
    for (const rest of PUT_OFF) expect(one(`@mscbot ${verb}${rest}`)).toMatchObject({ verb: "unknown" });
  });
  it.each(VERBS_ALONE)("`%s` stands where the next sentence, or an aside, says more", (verb) => {
    for (const rest of [
      ". If it changes, ping me",
      ", thanks",
      "! Not yet merged, I see",
      " (no objections)",
      ": once again, nicely done",
    ])
      expect(one(`@mscbot ${verb}${rest}`)).not.toMatchObject({ verb: "unknown" });
  });
});

describe("reply.always: the nearest command is nearest in sense before it is nearest in letters", () => {
  it.each([
    ["unapprove", "retract"],
    ["unapproved", "retract"],
    ["un-approve", "retract"],
    ["disapprove", "retract"],
    ["unabstain", "retract"],
    ["unreveiw", "unreview"],
    ["reject", "fcp close"],
    ["fcp reject", "fcp close"],
    ["rfc rejected", "fcp close"],
    ["accept", "fcp merge"],
    ["fcp accept", "fcp merge"],
    ["defer", "fcp postpone"],
    ["fcp deferred", "fcp postpone"],
    ["lgtm", "reviewed"],
    ["disagree with the second part", "concern"],
    ["unconcern X", "resolve"],
    ["unresolve C1", "concern"],
  ])("`%s`: did you mean `%s`?", (said, nearest) => {
    expect(one(`@mscbot ${said}`)).toEqual({ verb: "unknown", nearest });
  });

  const OPPOSITES = VERBS.flatMap((verb) => COMMANDS[verb].hints.map((hint) => [hint] as const)).filter(
    ([hint]) => hint !== "unreview",
  );
  it.each(OPPOSITES)("what denies or takes back `%s` is never answered with it", (hint) => {
    const word = hint.replace(/^fcp /, "");
    const fcp = hint.startsWith("fcp ") ? "fcp " : "";
    for (const denied of ["un", "un-", "dis", "de-", "non-", "not ", "no ", "un ", "don't ", "never "]) {
      if (`${denied}${word}` === "unreview") continue;
      for (const command of parsed(`@mscbot ${fcp}${denied}${word}`)) {
        const suggested = command.verb === "unknown" ? (command.nearest ?? "") : command.verb;
        expect(suggested.replace(/^fcp /, "").slice(0, 5)).not.toBe(word.slice(0, 5));
      }
    }
  });
});

describe("reply.scope: a mention in the middle of talk is said to nobody", () => {
  it.each([
    "is still asleep",
    "is broken again",
    "seems to be sleeping on the job, so I'll wait",
    "doesn't like me",
    "doesn’t like me",
    "has not noticed this yet",
    "will merge it by itself",
    "and the old bot disagree",
    "thanks!",
    "hasn't seen `fcp merge`",
  ])("@mscbot %s", (words) => {
    expect(parsed(`Hm.\n@mscbot ${words}`)).toEqual([]);
    expect(parsed(`@MSCBot, ${words}`)).toEqual([]);
  });

  it.each(["make tea", "isolate this", "issue a motion", "thanksgiving", "a11y", "xyz"])(
    "but `@mscbot %s` is a command the clerk does not know",
    (words) => {
      expect(one(`@mscbot ${words}`)).toMatchObject({ verb: "unknown" });
    },
  );
});

describe("what is no command", () => {
  it.each([
    "I think @mscbot reviewed is what you want",
    "`@mscbot fcp merge`",
    "```\n@mscbot fcp merge\n```",
    "    @mscbot fcp merge",
    "> @mscbot fcp merge",
    "> quoted\n@mscbot fcp merge",
    "<!-- @mscbot fcp merge -->",
    "<!--\n@mscbot fcp merge\n-->",
    "[@mscbot fcp merge](https://example.org)",
    "@mscbot",
    "@mscbot:",
    "@mscbot[bot] ",
    "@mscbot's reviewed list is wrong",
    "@mscbot.reviewed",
    "@mscbotx fcp merge",
    "@mscbot-dev fcp merge",
    "@mscbot/team fcp merge",
    "someone@mscbot fcp merge",
  ])("%j", (body) => {
    expect(parsed(body)).toEqual([]);
  });
});

describe("words that every JavaScript object has", () => {
  const words = [
    ...new Set(
      [Object.prototype, Function.prototype, Array.prototype, Map.prototype].flatMap(
        Object.getOwnPropertyNames,
      ),
    ),
  ];

  it.each(words)("%s is no verb, no disposition, no vote and no outcome", (word) => {
    for (const line of [
      `@mscbot ${word}`,
      `@mscbot fcp ${word}`,
      `@mscbot override ${word}: x`,
      `@mscbot ${word} as guardians`,
      `@mscbot fcp ${word.toUpperCase()}`,
    ]) {
      // `has …` goes on with a sentence about the clerk.
      const verbs = parseCommands([line], ["mscbot"]).map(({ verb }) => verb);
      expect(verbs.filter((verb) => verb !== "unknown")).toEqual([]);
    }
  });

  it("a team of such a name is a name nobody knows, and stays the text it was", () => {
    const [command] = parseCommands(["@mscbot reviewed as __proto__"], ["mscbot"]);
    expect(command).toMatchObject({ verb: "vote", team: "__proto__" });
  });
});

describe("limits", () => {
  it("a text keeps at most 500 characters, and never half of one", () => {
    const command = one(`@mscbot concern ${"😀".repeat(400)}`);
    expect(command.verb === "concern" && command.text.length).toBeLessThanOrEqual(500);
    expect(command.verb === "concern" && /[\ud800-\udbff]…$/.test(command.text)).toBe(false);
  });

  it("a hundred-thousand-character comment is read like any other", () => {
    expect(one(`${"words and more words\n".repeat(5000)}\n@mscbot reviewed`)).toEqual({
      verb: "vote",
      choice: "yes",
      team: null,
    });
  });
});

describe("for any text", () => {
  it("the parser does not throw, and every command was on a line that begins with a mention", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.string(), fc.constantFrom("@mscbot ", "fcp merge", "reviewed", "\n", "> ", "```\n")),
        ),
        (parts) => {
          const lines = spokenLines(parts.join(""));
          const mentioned = lines.filter((line) => /^\s*@mscbot/i.test(line));
          expect(parseCommands(lines, ["mscbot"]).length).toBeLessThanOrEqual(mentioned.length);
        },
      ),
    );
  });

  it("the case of mention and verb makes no difference", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("fcp merge", "cancel", "reviewed", "abstain", "retract", "help"),
        fc.array(fc.boolean()),
        (words, flips) => {
          const line = `@mscbot ${words}`;
          const mixed = [...line]
            .map((character, at) =>
              flips[at % Math.max(1, flips.length)] ? character.toUpperCase() : character,
            )
            .join("");
          expect({ ...one(mixed) }).toEqual({ ...one(line) });
        },
      ),
    );
  });

  it("nothing in code or quotes is a command", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("```\n%\n```", "> %", "    %", "<!-- % -->", "~~~\n%\n~~~"),
        fc.constantFrom("fcp merge", "reviewed", "concern x"),
        (frame, words) => {
          expect(parsed(frame.replace("%", `@mscbot ${words}`))).toEqual([]);
        },
      ),
    );
  });
});
