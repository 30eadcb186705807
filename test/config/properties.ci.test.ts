import fc from "fast-check";
import { type DumpOptions, dump } from "js-yaml";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse.js";
import { LABEL_KEYS } from "../../src/domain/model/labels.js";
import { faultsOf, valid } from "./faults.js";

/** Whatever comes: rules, or faults that each have a place and a sentence on one line. */
function clearOutcome(text: string): void {
  const parsed = parseConfig(text);
  if (parsed.ok) return;
  expect(parsed.faults.length).toBeGreaterThan(0);
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  for (const fault of parsed.faults) {
    expect(fault.line).toBeGreaterThanOrEqual(1);
    expect(fault.line).toBeLessThanOrEqual(lines.length);
    expect(fault.column).toBeGreaterThanOrEqual(1);
    expect(fault.column).toBeLessThanOrEqual((lines[fault.line - 1]?.length ?? 0) + 2);
    expect(fault.message).toMatch(/^\S.*\S$/u);
    expect(fault.message).not.toMatch(/\p{Cc}|undefined|\[object/u);
  }
}

/** Pieces of YAML and of the config, in any order: far more of it parses than of random characters. */
const PIECES = [
  ..."{}[]:,-?&*!|>'\"%@`#~<\t\n\r ",
  "\n  ",
  "\n    ",
  ": ",
  "- ",
  "&a ",
  "*a",
  "<<: ",
  "!!str ",
  "---\n",
  "...\n",
  "\uFEFF",
  "null",
  "true",
  "75%",
  "12345",
  "2026-03-01",
  "__proto__",
  "constructor",
  "version: 1\n",
  "teams:\n",
  "  core:\n",
  "    members: [alice]\n",
  "decisions:\n",
  "  - name: a\n",
  "    approval: { core: 75% }\n",
  "labels: { fcp: x }\n",
  "amendments:\n",
];
const yamlish = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(""));

/** Any value at all, with keys the config knows among others. */
const anything = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      "alice",
      "75%",
      "75",
      75,
      0,
      true,
      null,
      "5 days",
      "2026-03-01",
      "",
      "core",
      "any",
      "x\ny",
      -0,
      1e21,
    ),
    fc.string(),
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        "version",
        "teams",
        "core",
        "members",
        "login",
        "id",
        "lead",
        "away",
        "from",
        "until",
        "decisions",
        "name",
        "match",
        "labels",
        "fcp",
        "paths",
        "approval",
        "amendments",
        "rules",
        "guardians",
        "toString",
        "x y",
      ),
      tie("node"),
      { maxKeys: 6 },
    ),
  ),
})).node;

/** A valid config as plain data. */
const validConfig = fc
  .record({
    logins: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), { minLength: 2, maxLength: 8 }),
    minimum: fc.integer({ min: 1, max: 9 }),
    share: fc.constantFrom("75%", "2/3", "100%", "1%"),
    length: fc.constantFrom("5 days", "1w", "36 hours"),
    board: fc.boolean(),
    renamed: fc.subarray([...LABEL_KEYS]),
    domains: fc.array(fc.constantFrom("Servers", "Clients"), { maxLength: 2 }),
  })
  .map(({ logins, minimum, share, length, board, renamed, domains }) => ({
    version: 1,
    teams: {
      core: {
        lead: { login: logins[0], confirmed: "2026-03-01" },
        minimum_members: minimum,
        members: logins.map((login, index) =>
          index % 2 === 0
            ? login
            : { login, id: 100 + index, domains, away: { from: "2026-12-01", until: "2026-12-09" } },
        ),
      },
      ...(board ? { guardians: { title: "The Board", members: [logins[1]] } } : {}),
    },
    decisions: [
      { name: "first", match: { labels: ["x"], paths: ["proposals/1*.md"] }, approval: { core: share } },
      { name: "last", approval: { core: share } },
    ],
    final_comment_period: length,
    amendments: { rules: [{ core: share }], lead: [{ core: "2/3" }] },
    reviews: { before_motion: "any", changes_requested: "ignore" },
    conclude: { merge: "squash", close: "nothing" },
    labels: Object.fromEntries(renamed.map((key) => [key, `my ${key}`])),
    mentions: ["clerk"],
  }));

/** Without the anchors that `dump` makes of an object that occurs twice. */
const yaml = (value: unknown, options: DumpOptions = {}): string => dump(value, { noRefs: true, ...options });

/** The mappings in which order means nothing: not the teams, and not an approval, whose first team takes a plain vote. */
const ORDERED = new Set(["teams", "approval", "rules", "lead[]"]);
function shuffled(value: unknown, order: (length: number) => number[], under = ""): unknown {
  if (Array.isArray(value))
    return value.map((item) => shuffled(item, order, under === "rules" || under === "approval" ? under : ""));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, shuffled(inner, order, key)] as const);
  if (ORDERED.has(under)) return Object.fromEntries(entries);
  return Object.fromEntries(order(entries.length).flatMap((index) => entries.slice(index, index + 1)));
}

describe("config.invalid: properties", () => {
  test("no text makes the parser throw, and every fault has a place inside the file", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), clearOutcome), {
      numRuns: 1500,
    });
  });

  test("no pile of YAML does either", () => {
    fc.assert(fc.property(yamlish, clearOutcome), { numRuns: 3000 });
  });

  test("no well-formed YAML of the wrong shape does either", () => {
    fc.assert(
      fc.property(anything, (value) => clearOutcome(yaml(value))),
      { numRuns: 1500 },
    );
  });

  test("a valid config with one value replaced is valid still or has faults, never an exception", () => {
    fc.assert(
      fc.property(validConfig, anything, fc.nat(), (config, value, pick) => {
        const paths: (readonly string[])[] = [];
        const walk = (node: unknown, path: readonly string[]) => {
          paths.push(path);
          if (typeof node === "object" && node !== null)
            for (const [key, inner] of Object.entries(node)) walk(inner, [...path, key]);
        };
        walk(config, []);
        const target = paths[pick % paths.length] ?? [];
        const replace = (node: unknown, path: readonly string[]): unknown => {
          const [head, ...rest] = path;
          if (head === undefined) return value;
          if (Array.isArray(node))
            return node.map((item, index) => (String(index) === head ? replace(item, rest) : item));
          if (typeof node !== "object" || node === null) return node;
          return Object.fromEntries(
            Object.entries(node).map(([key, inner]) => [key, key === head ? replace(inner, rest) : inner]),
          );
        };
        clearOutcome(yaml(replace(config, target)));
      }),
      { numRuns: 500 },
    );
  });

  test("config.source: the order of keys, quoting and flow style change nothing", () => {
    fc.assert(
      fc.property(
        validConfig,
        fc.infiniteStream(fc.nat(1000)),
        fc.constantFrom(-1, 0, 1, 2),
        (config, dice, flowLevel) => {
          const order = (length: number) => {
            const indices = Array.from({ length }, (_, index) => index);
            return indices
              .map((index) => ({ index, weight: dice.next().value ?? 0 }))
              .sort((a, b) => a.weight - b.weight)
              .map(({ index }) => index);
          };
          const text = yaml(config);
          expect(faultsOf(text)).toEqual([]);
          expect(valid(yaml(shuffled(config, order), { flowLevel, lineWidth: -1 }))).toEqual(valid(text));
        },
      ),
      { numRuns: 150 },
    );
  });

  test("comments and blank lines change nothing", () => {
    fc.assert(
      fc.property(validConfig, fc.nat(100), (config, every) => {
        const text = yaml(config);
        const commented = text
          .split("\n")
          .flatMap((line, index) => (index % (every + 1) === 0 ? ["# a word", "", line] : [line]))
          .join("\n");
        expect(valid(commented)).toEqual(valid(text));
      }),
      { numRuns: 100 },
    );
  });
});
