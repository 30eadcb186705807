import { describe, expect, test } from "vitest";
import {
  MAX_BYTES,
  MAX_DECISIONS,
  MAX_DOMAINS,
  MAX_FAULTS,
  MAX_GLOBS,
  MAX_LABELS,
  MAX_MEMBERS,
  MAX_NAMES,
  MAX_NODES,
  MAX_ROUTES,
  MAX_STARS,
  MAX_TEAMS,
} from "../../src/config/limits.js";
import { parseConfig } from "../../src/config/parse.js";
import { costOf, expectLinear } from "../support/growth.js";
import { HOSTILE_CONFIGS } from "../support/hostileConfigs.js";
import { config, faultsOf, valid } from "./faults.js";

const many = (count: number, piece: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => piece(at)).join(", ");
const team = (members: string) => config({ teams: `teams: { core: { members: [${members}] } }` });

describe("config.invalid: how much a config may hold", () => {
  test("a file of exactly 65,536 bytes is read, one of a byte more is refused unread", () => {
    const padded = (bytes: number) => `${config()}#${"x".repeat(bytes - config().length - 1)}`;
    expect(MAX_BYTES).toBe(65_536);
    expect(faultsOf(padded(MAX_BYTES))).toEqual([]);
    expect(faultsOf(padded(MAX_BYTES + 1))).toEqual([
      "line 1, column 1: the file has 65537 bytes; more than 65536 are not read",
    ]);
  });

  test("bytes are counted, not characters", () => {
    const text = `${config()}# ${"é".repeat(40_000)}`;
    expect(text.length).toBeLessThan(MAX_BYTES);
    expect(faultsOf(text)).toEqual([
      expect.stringMatching(/^line 1, column 1: the file has 80\d\d\d bytes; /),
    ]);
    // No YAML either, and nobody is told: the size was checked first.
    expect(faultsOf(`[${"é".repeat(40_000)}`)).toEqual([
      expect.stringMatching(/more than 65536 are not read$/),
    ]);
  });

  test("the byte order mark counts as the bytes it is", () => {
    const padded = (bytes: number) => `\uFEFF${config()}#${"x".repeat(bytes - config().length - 4)}`;
    expect(faultsOf(padded(MAX_BYTES))).toEqual([]);
    expect(faultsOf(padded(MAX_BYTES + 1))).toHaveLength(1);
  });

  test("keys, values, lists and mappings are counted together", () => {
    // Of the small config, the key and the list itself.
    const list = (values: number) => `${config()}x: [${"1,".repeat(values)}]\n`;
    const around = 22;
    const [at, over] = [list(MAX_NODES - around), list(MAX_NODES - around + 1)].map(faultsOf);
    expect(at).toEqual([expect.stringMatching(/"x" is not known here/)]);
    expect(over).toEqual([
      `line 1, column 1: the file has ${MAX_NODES + 1} keys, values, lists and mappings in all; more than ${MAX_NODES} are not read`,
    ]);
  });

  test.each([
    [
      "members of a team",
      MAX_MEMBERS,
      (count: number) => team(many(count, (at) => `m${at}`)),
      /members: too many members: at most 1000 are taken here$/,
    ],
    [
      "domains of a member",
      MAX_DOMAINS,
      (count: number) => team(`{ login: a, domains: [${many(count, (at) => `d${at}`)}] }`),
      /domains: too many domains: at most 20/,
    ],
    [
      "decisions",
      MAX_DECISIONS,
      (count: number) =>
        config({
          decisions: `decisions: [${many(count, (at) => `{ name: d${at}, ${at < count - 1 ? "match: { labels: [x] }, " : ""}approval: { core: 75% } }`)}]`,
        }),
      /decisions: too many decisions: at most 50/,
    ],
    [
      "labels of a decision",
      MAX_LABELS,
      (count: number) =>
        config({
          decisions: `decisions: [{ name: a, match: { labels: [${many(count, (at) => `l${at}`)}] }, approval: { core: 75% } }, { name: b, approval: { core: 75% } }]`,
        }),
      /labels: too many labels: at most 50/,
    ],
    [
      "routes of a change",
      MAX_ROUTES,
      (count: number) => config({ more: `amendments: { rules: [${many(count, () => "{ core: 75% }")}] }` }),
      /rules: too many routes: at most 20/,
    ],
    [
      "names",
      MAX_NAMES,
      (count: number) => config({ more: `mentions: [${many(count, (at) => `n${at}`)}]` }),
      /mentions: too many names: at most 256/,
    ],
    [
      "older bots",
      MAX_NAMES,
      (count: number) => config({ more: `legacy_bots: [${many(count, (at) => `n${at}`)}]` }),
      /legacy_bots: too many names: at most 256/,
    ],
    [
      "paths",
      MAX_GLOBS,
      (count: number) => config({ more: `proposal_paths: [${many(count, (at) => `p${at}`)}]` }),
      /proposal_paths\[100\]: the file has 101 paths, .* at most 100 are taken$/,
    ],
    [
      "stars of a path",
      MAX_STARS,
      (count: number) => config({ more: `proposal_paths: ["${"*a".repeat(count)}"]` }),
      /has more than 8 stars; a path has at most 8, each \* counted$/,
    ],
    [
      "teams",
      MAX_TEAMS,
      (count: number) =>
        config({
          teams: `teams: { ${many(count, (at) => `${at === 0 ? "core" : `t${at}`}: { members: [a] }`)} }`,
        }),
      /teams: too many teams: at most 50/,
    ],
  ] as const)("as many %s as allowed are taken, one more is told", (_, limit, text, fault) => {
    expect(faultsOf(text(limit))).toEqual([]);
    expect(faultsOf(text(limit + 1))).toEqual([expect.stringMatching(fault)]);
  });

  test("paths of all decisions and those of proposals count together, stars one by one", () => {
    const paths = (here: number, there: number) =>
      config({
        decisions: `decisions: [{ name: a, match: { paths: [${many(here, (at) => `a${at}`)}] }, approval: { core: 75% } }, { name: b, approval: { core: 75% } }]`,
        more: `proposal_paths: [${many(there, (at) => `b${at}`)}]`,
      });
    expect(faultsOf(paths(60, 40))).toEqual([]);
    expect(faultsOf(paths(60, 41))).toHaveLength(1);
    expect(faultsOf(config({ more: 'proposal_paths: ["**/**/**/**"]' }))).toEqual([]);
    expect(faultsOf(config({ more: 'proposal_paths: ["**/**/**/***"]' }))).toHaveLength(1);
  });

  test("a team of a thousand with ids and dates fits, and is read", () => {
    const members = Array.from(
      { length: MAX_MEMBERS },
      (_, at) => `      - { login: m${at}, id: ${10_000_000 + at}, since: 2018-10-29 }`,
    );
    const { teams } = valid(config({ teams: `teams:\n  core:\n    members:\n${members.join("\n")}` }));
    expect(teams[0]?.members).toHaveLength(MAX_MEMBERS);
  });

  test("only the faults that are told are put into words, and the rest are counted", () => {
    const faults = faultsOf(team(many(900, () => "'!'")));
    expect(faults).toHaveLength(MAX_FAULTS + 1);
    expect(faults.at(-1)).toMatch(/: and 800 more faults$/);
  });
});

describe("config.invalid: numbers are written the way people read them", () => {
  const id = (text: string) => team(`{ login: a, id: ${text} }`);

  test.each([
    "0x1F",
    "0o17",
    "1e3",
    "1.0",
    "+5",
    "1_000",
    "007",
    "0b11",
    "9007199254740993",
    "1.0e+3",
    "-5",
    "0",
    "5.",
    ".5",
    "0X1F",
    "1E3",
    ".inf",
    "００７",
    "٣",
    "1e0",
    "-0",
    "00",
  ])("%s is no id", (text) => {
    expect(faultsOf(id(text))).toHaveLength(1);
  });

  test("what was meant is named", () => {
    expect(faultsOf(id("0x1F"))).toEqual([
      "line 2, column 44: teams.core.members[0].id: 0x1F is not written the way people read numbers; write it in plain digits: 31",
    ]);
  });

  test.each(["1", "10", "1294269", "9007199254740991"])("%s is one", (text) => {
    expect(valid(id(text)).teams[0]?.members[0]?.id).toBe(Number(text));
  });

  test.each([
    ["the version", config({ version: "version: 1.0" })],
    ["the version in another base", config({ version: "version: 0x1" })],
    ["a minimum", config({ teams: "teams: { core: { minimum_members: 0x2, members: [a, b] } }" })],
    [
      "a minimum with a zero before it",
      config({ teams: "teams: { core: { minimum_members: 02, members: [a, b] } }" }),
    ],
    ["a length with a zero before it", config({ more: "final_comment_period: 05 days" })],
    [
      "a threshold with a zero before it",
      config({ decisions: "decisions: [{ name: d, approval: { core: 075% } }]" }),
    ],
    [
      "a fraction with a zero before it",
      config({ decisions: "decisions: [{ name: d, approval: { core: 02/3 } }]" }),
    ],
  ])("so is %s", (_, text) => {
    expect(faultsOf(text)).toHaveLength(1);
  });

  test("two ids that are not written in plain digits are two faults, and not one id given twice", () => {
    const faults = faultsOf(team("{ login: a, id: 0x1F }, { login: b, id: 0o17 }"));
    expect(faults.map((fault) => /way people read numbers/.test(fault))).toEqual([true, true]);
  });
});

describe("config.invalid: characters nobody sees", () => {
  test.each([
    ["a zero-width space in a label", 'labels: { fcp: "final\u200b" }', "U+200B"],
    ["an override of direction in a comment", "# \u202enimda", "U+202E"],
    ["a soft hyphen in a title", 'mentions: ["a"] # \u00ad', "U+00AD"],
    ["a tag", "# \u{e0041}", "U+E0041"],
    ["a Hangul filler", "# \u3164", "U+3164"],
  ])("%s is told by its number", (_, line, number) => {
    expect(faultsOf(config({ more: line }))).toEqual([
      expect.stringMatching(new RegExp(`${number.replace("+", "\\+")} stands here and is not seen`)),
    ]);
  });

  test("emoji that are joined, and words that need a non-joiner, are seen", () => {
    expect(faultsOf(config({ more: 'labels: { fcp: "🏳️‍🌈 می‌خواهم" }' }))).toEqual([]);
  });
});

describe("reading any text of the largest size", () => {
  test.each(Object.entries(HOSTILE_CONFIGS))("takes time in proportion to its length: %s", (_, make) => {
    expectLinear(make, parseConfig, MAX_BYTES);
  });

  test("also just below the number of values at which it is not looked at", () => {
    const worst = Object.values(HOSTILE_CONFIGS).map((make) => {
      let [low, high] = [1000, MAX_BYTES];
      while (high - low > 500) {
        const size = (low + high) >> 1;
        if (/^the file has \d+ keys/.test(outcome(make(size)))) high = size;
        else low = size;
      }
      return costOf(() => parseConfig(make(low)));
    });
    expect(Math.max(...worst)).toBeLessThan(1000);
  }, 120_000);
});

const outcome = (text: string): string => {
  const parsed = parseConfig(text);
  return parsed.ok ? "" : (parsed.faults[0]?.message ?? "");
};
