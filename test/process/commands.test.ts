import { describe, expect, test } from "vitest";
import { COMMANDS, VERBS } from "../../src/domain/acts/commands.js";
import { parseCommands } from "../../src/domain/acts/parseCommands.js";
import type { Verb } from "../../src/domain/model/command.js";
import type { Gate } from "../../src/domain/model/gates.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { MATRIX } from "../support/rules.js";
import { OUTSIDER, proposed } from "../support/world.js";
import { answerTo, outcomeOf, refusalOf, replies } from "./reading.js";

/** Each command as its own row says that members write it. */
const ROWS = VERBS.flatMap((verb) =>
  COMMANDS[verb].hints.map((hint) => [hint, { verb, who: COMMANDS[verb].who }] as const),
);
const parsed = (words: string) => parseCommands([`@mscbot ${words}`], ["mscbot"]).map(({ verb }) => verb);

/** Every part that has commands of its own is on. */
const EVERYTHING: Rules = {
  ...MATRIX,
  namedAuthors: true,
  readyLabel: "in-the-queue",
  obsoleteLabel: "obsolete",
  reminders: { digest: true, mentionAfter: null },
  gates: [{ kind: "implementation", name: "implementation", needed: 1, before: "begin" }],
};

/** Why the clerk refuses this person a command, on a proposal with an open motion. */
function refused(login: string, words: string): string | undefined {
  const w = proposed({ rules: EVERYTHING });
  w.say(login, `@mscbot ${words}`);
  const decision = w.decide();
  expect(outcomeOf(decision, login)).toBeDefined();
  return refusalOf(decision, login);
}

describe("reply.always: a command is for whom `help` says it is", () => {
  test.each(ROWS.filter(([, { who }]) => who !== "anyone" && who !== "author"))(
    "`%s` is refused to who is no member",
    (hint) => {
      expect(refused(OUTSIDER, hint)).toBe("not_a_member");
    },
  );

  test.each(ROWS.filter(([, { who }]) => who === "member" || who === "another member"))(
    "`%s` is not refused to a member for who they are",
    (hint) => {
      expect(["not_a_member", "not_the_lead", "not_the_author"]).not.toContain(refused("dbkr", hint));
    },
  );

  test.each(ROWS.filter(([, { who }]) => who === "lead"))("`%s` is the lead's alone", (hint) => {
    expect(refused("dbkr", hint)).toBe("not_the_lead");
    expect(refused("ara4n", hint)).not.toBe("not_the_lead");
  });

  const AUTHORS_ONLY = ["not_the_author", "for_authors", "link_by_author"];
  // Who opened it is an author whatever they say, so that `not an author` is for those who are named.
  test.each(ROWS.filter(([, { verb, who }]) => who === "author" && verb !== "disown"))(
    "`%s` is the author's alone",
    (hint) => {
      expect(AUTHORS_ONLY).toContain(refused("dbkr", hint));
      expect(AUTHORS_ONLY).not.toContain(refused("author", hint));
    },
  );

  test.each(ROWS.filter(([, { who }]) => who === "anyone"))(
    "`%s` changes nothing, whoever says it",
    (hint) => {
      const w = proposed();
      const before = w.reconcile().register;
      w.rules = EVERYTHING;
      w.say(OUTSIDER, `@mscbot ${hint}`);
      const after = w.decide().register;
      const kept = ({ motion, past, concerns, approvals, override }: typeof after) => ({
        motion,
        past,
        concerns,
        approvals,
        override,
      });
      expect(kept(after)).toEqual(kept(before));
      expect(after.pendingReplies.at(-1)?.reactions).toEqual(["eyes"]);
    },
  );
});

describe("reply.always: what is told of a command is read as that command", () => {
  test.each(ROWS)("`%s`, which a misspelt one is compared with", (hint, { verb }) => {
    expect(parsed(hint)).toEqual([verb]);
  });

  test.each(VERBS.flatMap((verb) => COMMANDS[verb].help.map(({ say }) => [say, verb] as const)))(
    "`%s`, as `help` has it",
    (say, verb) => {
      expect(parsed(say)).toEqual([verb]);
    },
  );

  test("no word means two commands", () => {
    const words = VERBS.flatMap((verb) => COMMANDS[verb].spellings);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });
});

describe("act.once: what was answered as unknown before the config asked for it stays so", () => {
  const FORM: Gate = { kind: "form", name: "form", checks: ["sign-off"], before: "begin" };
  const on: Rules = { ...EVERYTHING, gates: [...(EVERYTHING.gates ?? []), FORM] };
  const SAID: Partial<Record<Verb, readonly [string, string]>> = {
    ready: ["author", "ready"],
    superseded: ["author", "superseded by 7"],
    obsolete: ["author", "obsolete"],
    handover: ["author", "hand over to @dbkr"],
    disown: ["dbkr", "not an author"],
    shepherd: ["dbkr", "shepherd @uhoreg"],
    waive: ["dbkr", "waive implementation: it is fine"],
    implementation: ["dbkr", "implementation ok"],
    signoff: ["dbkr", "signoff private"],
    mine: ["dbkr", "mine"],
  };
  const chosen = VERBS.filter((verb) => COMMANDS[verb].offered !== undefined);

  test("act.once: every command that only some bodies have is here", () => {
    expect(Object.keys(SAID).sort()).toEqual([...chosen].sort());
  });

  test.each(chosen)("act.once: `%s` is judged once, also when its key comes into the config", (verb) => {
    const [login, words] = SAID[verb] ?? ["", ""];
    const said = (rules: Rules) => {
      const w = proposed({ rules });
      const comment = w.say(login, `@mscbot ${words}`);
      const code = refusalOf(w.decide(), login);
      w.reconcile();
      return { w, comment, code };
    };
    expect(said(on).code).not.toBe("unknown_command");
    const { w, comment, code } = said(MATRIX);
    expect(code).toBe(["dbkr", "uhoreg"].includes(login) ? "unknown_command" : "not_a_member");
    const [answer, count] = [answerTo(w, comment), replies(w).length];
    w.rules = on;
    w.reconcile();
    expect(w.decide().verdicts.filter(({ by }) => by?.login === login)).toEqual([]);
    expect(answerTo(w, comment)).toEqual(answer);
    expect(replies(w)).toHaveLength(count);
  });
});
