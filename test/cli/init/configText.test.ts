import fc from "fast-check";
import { dump, load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { type Answers, keyOf, MERGES } from "../../../src/cli/init/answers.js";
import { comesTo, configText } from "../../../src/cli/init/configText.js";
import { faultOf, NOTHING_SAID } from "../../../src/cli/init/questions.js";
import { parseConfig } from "../../../src/config/parse.js";
import { readThreshold } from "../../../src/config/threshold.js";
import { checkConfig } from "../../../src/config/warnings.js";
import { isByRule } from "../../../src/domain/acts/scope.js";
import type { Rules } from "../../../src/domain/model/rules.js";

const share = (text: string) => ({ text, value: readThreshold(text) ?? { numerator: 1, denominator: 1 } });
const FIVE = ["alice", "bob", "carol", "dora", "emil"].map((login, at) => ({ login, id: 101 + at }));
const said = (part: Partial<Answers>): Answers => ({
  ...NOTHING_SAID,
  name: "Working Group",
  members: FIVE,
  ...part,
});

function rulesOf(answers: Answers): Rules {
  const parsed = parseConfig(configText(answers));
  if (!parsed.ok) throw new Error(`${configText(answers)}\n${JSON.stringify(parsed.faults)}`);
  return parsed.rules;
}

describe("the config that `init` writes", () => {
  test("a working group of five: every line says why it is there", () => {
    expect(
      configText(
        said({
          threshold: share("2/3"),
          period: "10 days",
          mention: "wg-clerk",
          proposals: { by: "changed", path: "texts/**" },
        }),
      ),
    ).toBe(`# yaml-language-server: $schema=https://raw.githubusercontent.com/matrix-org/msc-clerk/main/docs/msc-clerk.schema.json
# Who decides here, and how. Whoever changes this file does so by a pull request, which the members vote on.
# What else can be said in it: https://github.com/matrix-org/msc-clerk/blob/main/docs/configuration.md
version: 1 # of the format of this file

teams:
  working-group: # what decisions call the team
    members: # who votes; the id says which account it is, as a login can change hands
      - { login: alice, id: 101 }
      - { login: bob, id: 102 }
      - { login: carol, id: 103 }
      - { login: dora, id: 104 }
      - { login: emil, id: 105 }

decisions: # what a proposal needs; kinds that need something else go before this one, each with a match
  - name: change
    approval: { working-group: 2/3 } # 4 of 5 have to say yes; whoever abstains counts like a no

final_comment_period: 10 days # from the last vote needed until it is decided: time for everybody to object

proposals: # whatever adds, changes or removes a text there is one, without a label
  label: false
  paths: [texts/**]
  changed: any

mentions: [wg-clerk] # members write “@wg-clerk reviewed”; the App’s own name works besides

labels: # of the clerk’s labels these are left out, as nothing is written elsewhere after the merge
  spec_pr_missing: false
  spec_pr_in_review: false
  merged: false
`);
  });

  test("a foundation with a quorum", () => {
    const text = configText(
      said({
        name: "Board",
        threshold: share("60%"),
        quorum: share("75%"),
        merge: "squash",
        proposals: { by: "all" },
      }),
    );
    expect(text).toContain(
      "    approval: { board: { threshold: 60%, of: present, quorum: 75% } } # 4 of 5 have to vote, and 60% of those who do not abstain say yes: 3 if nobody does\n",
    );
    expect(text).toContain("proposals: { all: true }");
    expect(text).toContain("conclude: { merge: squash }");
  });

  test("who has no id is written without one, with where to find it", () => {
    const answers = said({
      members: [
        { login: "1234", id: null },
        { login: "bob", id: null },
      ],
    });
    expect(configText(answers)).toContain(
      "      - '1234' # without an id yet: write { login: '1234', id: … }, from https://api.github.com/users/1234\n      - bob # without",
    );
    expect(configText(answers, "https://github.acme.example/api/v3")).toContain(
      "from https://github.acme.example/api/v3/users/bob",
    );
    expect(rulesOf(answers).teams[0]?.members.map(({ login, id }) => [login, id])).toEqual([
      ["1234", null],
      ["bob", null],
    ]);
  });

  test("what it comes to, at the limits", () => {
    const of = (size: number, threshold: string) =>
      comesTo({ members: Array(size).fill(FIVE[0]), threshold: share(threshold), quorum: null });
    expect(of(8, "75%")).toBe("6 of 8 have to say yes; whoever abstains counts like a no");
    expect(of(9, "75%")).toMatch(/^7 of 9 have/);
    expect(of(1, "1/2")).toMatch(/^1 of 1 has/);
    expect(of(3, "1%")).toMatch(/^1 of 3 has/);
    expect(of(3, "100%")).toMatch(/^3 of 3 have/);
  });

  test("a key for any name: letters, digits and hyphens, and never that of a second board", () => {
    expect(keyOf("Ständige Kommission №2")).toBe("standige-kommission-no2");
    expect(keyOf("仕様委員会")).toBe("team");
    expect(keyOf("5 Guys & Co.")).toBe("team-5-guys-co");
    expect(keyOf("Guardians")).toBe("guardians-team");
    expect(keyOf(`${"a".repeat(38)} b`)).toBe("a".repeat(38));
    expect(rulesOf(said({ name: "Guardians" })).guardians).toBeNull();
    expect(keyOf("__proto__")).toBe("proto");
    expect(rulesOf(said({ name: "constructor" })).teams[0]?.slug).toBe("constructor");
  });
});

const hardToQuote = fc.oneof(
  fc.constantFrom(
    "yes",
    "no",
    "null",
    "~",
    "1234",
    "75%",
    "# all",
    "a: b",
    "- x",
    "[x]",
    "{a: 1}",
    "it's",
    '"q"',
    "@x",
    "*a",
    "&a",
  ),
  fc.constantFrom(
    "!!str x",
    "%TAG",
    "a #b",
    "a, b",
    "| x",
    "> x",
    "?",
    "`",
    "\\n",
    "é\u0301",
    "🎉 Räte",
    "“Rat”",
    "2026-01-01",
    "0x1F",
    "1e3",
  ),
  fc.string({ minLength: 1, maxLength: 60 }),
  fc.string({ minLength: 1, maxLength: 60, unit: "grapheme" }),
);
const logins = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/), {
  ...{ minLength: 1, maxLength: 9 },
  selector: (login) => login.toLowerCase(),
});
const shares = fc.oneof(
  fc.integer({ min: 1, max: 100 }).map((percent) => share(`${percent}%`)),
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 }))
    .map(([a, b]) => share(`${a}/${a + b}`)),
);
const anyAnswers: fc.Arbitrary<Answers> = fc.record({
  name: hardToQuote.map((name) => name.trim()),
  members: fc
    .tuple(logins, fc.boolean())
    .map(([all, ids]) => all.map((login, at) => ({ login, id: ids ? 1000 + at : null }))),
  threshold: shares,
  quorum: fc.option(shares),
  period: fc.constantFrom("5 days", "5d", "1 week", "36 hours", "30 minutes", "366 days"),
  proposals: fc.oneof(
    fc.constant({ by: "all" } as const),
    hardToQuote.map((label) => ({ by: "label", label: label.trim() }) as const),
    fc
      .tuple(
        fc.constantFrom("added" as const, "changed" as const),
        fc.oneof(hardToQuote, fc.constantFrom("proposals/*.md", "spec/**", "a b/#c.md")),
      )
      .map(([by, path]) => ({ by, path: path.trim() })),
  ),
  specification: fc.boolean(),
  mention: fc.stringMatching(/^[a-z0-9-]{1,34}$/),
  merge: fc.constantFrom(...MERGES),
});

const warned = (answers: Answers): readonly string[] => {
  const checked = checkConfig(configText(answers));
  return checked.ok ? checked.warnings.map(({ code }) => code) : ["wrong"];
};
/** What was answered itself, and not how it is written: a share that everybody or one member meets, a period of minutes, a member's own login as the App's name. */
const ANSWERED: ReadonlySet<string> = new Set([
  ...["no_id", "one_decides", "all_needed", "short_period", "mention_is_member"],
]);

describe("what `check` says of it", () => {
  test("nothing, of a working group and of a foundation", () => {
    expect(warned(said({ threshold: share("2/3"), period: "10 days", mention: "wg-clerk" }))).toEqual([]);
    expect(warned(said({ threshold: share("60%"), quorum: share("75%"), merge: "squash" }))).toEqual([]);
  });

  test("that somebody has no id, where nobody knows it", () => {
    expect(warned(said({ members: FIVE.map(({ login }) => ({ login, id: null })) }))).toEqual(["no_id"]);
  });
});

describe("whatever is answered", () => {
  test("what no config takes is refused when it is said, and everything else is written so that it says just that", () => {
    let written = 0;
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        if (faultOf(answers) !== null) return;
        written += 1;
        const rules = rulesOf(answers);
        expect(warned(answers).filter((code) => !ANSWERED.has(code))).toEqual([]);
        const [team] = rules.teams;
        expect(rules.teams).toHaveLength(1);
        expect(team).toMatchObject({ slug: keyOf(answers.name), title: answers.name });
        expect(team?.members.map(({ login, id }) => ({ login, id }))).toEqual(answers.members);
        expect(rules.decisions).toEqual([
          expect.objectContaining({
            match: { labels: [], paths: [] },
            approval: [
              {
                ...{ team: keyOf(answers.name), threshold: answers.threshold.value },
                ...(answers.quorum === null ? {} : { quorum: answers.quorum.value }),
              },
            ],
          }),
        ]);
        expect(rules.mentions).toEqual([answers.mention]);
        expect(rules.conclude).toEqual({ merge: answers.merge, close: "close", postpone: "close" });
        expect(rules.labels.merged).toBe(answers.specification ? "merged" : null);
        const { proposals } = answers;
        expect(isByRule(rules)).toBe(proposals.by !== "label");
        if (proposals.by === "label") expect(rules.labels.proposal).toBe(proposals.label);
        else expect(rules.proposals).toBe(proposals.by);
        if ("path" in proposals) expect(rules.proposalPaths).toEqual([proposals.path]);
      }),
      { numRuns: 150 },
    );
    expect(written).toBeGreaterThan(40);
  });

  test("no key stands there that could be left out", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        if (faultOf(answers) !== null) return;
        const whole = JSON.stringify(rulesOf(answers));
        const data = load(configText(answers)) as Record<string, unknown>;
        for (const less of without(data)) {
          const parsed = parseConfig(dump(less));
          if (parsed.ok) expect(JSON.stringify(parsed.rules), dump(less)).not.toBe(whole);
        }
      }),
      { numRuns: 25 },
    );
  });
});

/** The same with one key fewer, each in turn, at any depth. */
function without(data: unknown): readonly unknown[] {
  if (Array.isArray(data))
    return data.flatMap((one, at) =>
      without(one).map((less) => data.map((other, index) => (index === at ? less : other))),
    );
  if (typeof data !== "object" || data === null) return [];
  const entries = Object.entries(data);
  return entries.flatMap(([key, value]) => [
    Object.fromEntries(entries.filter(([other]) => other !== key)),
    ...without(value).map((less) => ({ ...data, [key]: less })),
  ]);
}
