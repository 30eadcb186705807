import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkConfig } from "../../src/config/warnings.js";
import { config, faultsOf, roster } from "./faults.js";

/** What counts as it stands, and would surprise whoever wrote it. */

const warned = (text: string): readonly string[] => {
  const checked = checkConfig(text);
  if (!checked.ok) throw new Error(checked.faults.map(({ message }) => message).join("\n"));
  return checked.warnings.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
};

const MEMBERS = "{ login: ann, id: 1 }, { login: bob, id: 2 }, { login: cat, id: 3 }, { login: dan, id: 4 }";
/** One team of four with ids, who decide by three quarters. */
const calm = (parts: Readonly<Record<string, string>> = {}) =>
  config({ teams: `teams:\n  core:\n    members: [${MEMBERS}]`, ...parts });
const decisions = (text: string) => ({ decisions: `decisions:\n${text}` });

test("a config with ids, and a threshold that some of a team reach, is warned of nothing", () => {
  expect(warned(calm())).toEqual([]);
});

describe("members without an id", () => {
  test("are told once for a team, by name, with where to find one", () => {
    expect(warned(roster("ann", "{ login: bob, id: 2 }", "cat", "dan", "{ login: eve }"))).toEqual([
      "4:5 teams.core.members: 4 members of the Core have no id (ann, cat, dan and 1 more): whoever takes such a login over has its vote; write { login: ann, id: … }, with the number from users/ann of GitHub’s API (https://api.github.com/users/ann on github.com)",
    ]);
  });

  test("is told to be written as YAML reads it, whatever the login looks like", () => {
    for (const login of ["1234", "1e3", "null", "True"]) {
      const [text = ""] = warned(roster(`"${login}"`, "{ login: bob, id: 2 }"));
      const advice = /write (\{.*?\}), with/.exec(text)?.[1] ?? "";
      expect(faultsOf(roster(advice.replace("…", "7"), "{ login: bob, id: 2 }"))).toEqual([]);
    }
  });

  test("one of them", () => {
    expect(warned(calm({ teams: `teams:\n  core:\n    members: [${MEMBERS}, eve]` }))[0]).toContain(
      "1 member of the Core has no id (eve): ",
    );
  });

  test("a lead is found among them by their id elsewhere", () => {
    const teams = `teams:\n  core:\n    lead: ann\n    members: [${MEMBERS}]\n  board:\n    members: [ann]\nguardians: board`;
    expect(warned(calm({ teams }))).toEqual([]);
  });
});

describe("minimum_members", () => {
  const least = (minimum: number) =>
    calm({ teams: `teams:\n  core:\n    minimum_members: ${minimum}\n    members: [${MEMBERS}]` });
  test("as many as there are will do", () => expect(warned(least(4))).toEqual([]));
  test("one more lets nothing begin", () => {
    expect(warned(least(5))).toEqual([
      "4:5 teams.core.minimum_members: the Core has 4 members, and with fewer than 5 no Final Comment Period begins that needs it",
    ]);
  });
});

describe("thresholds", () => {
  const share = (text: string) => calm(decisions(`  - name: change\n    approval: { core: ${text} }`));
  const one = `7:5 decisions[0].approval: "change" passes with the vote of any one of 4 members alone, on a proposal of their own too`;
  const all = (given: string) =>
    `7:17 decisions[0].approval.core: ${given} of 4 comes to all 4 of the Core: one who is away keeps "change" from passing`;

  test.each([
    ["1/4", [one]],
    ["1%", [one]],
    ["26%", []],
    ["75%", []],
    ["76%", [all("19/25")]],
    ["100%", []],
    ["{ threshold: 60%, of: present, quorum: 25% }", [one]],
    ["{ threshold: 60%, of: present, quorum: 26% }", []],
    ["{ threshold: 60%, of: present, quorum: 76% }", [all("60%")]],
  ])("%s of four", (text, expected) => {
    expect(warned(share(text)).map((line) => line.replace("76%", "19/25"))).toEqual(expected);
  });

  test("where several teams are asked, one person alone passes them only from a seat in each", () => {
    const two = (second: string) =>
      calm({
        teams: `teams:\n  core:\n    members: [${MEMBERS}]\n  board:\n    members: [${second}]`,
        ...decisions("  - name: change\n    approval: { core: 1/4, board: 1% }"),
      });
    expect(warned(two("{ login: ann, id: 1 }, { login: eve, id: 5 }"))).toEqual([
      expect.stringContaining('"change" passes with the vote of ann alone'),
    ]);
    expect(warned(two("{ login: eve, id: 5 }, { login: fay, id: 6 }"))).toEqual([]);
  });

  test("a team of one decides alone, and is told that and nothing else", () => {
    const alone = config({ teams: "teams:\n  core:\n    members: [{ login: ann, id: 1 }]" });
    expect(warned(alone)).toEqual([expect.stringContaining("with the vote of ann alone")]);
  });
});

describe("teams and decisions", () => {
  test("a team that no decision names has no vote on proposals; a second board is meant so", () => {
    const withBoard = (name: string) =>
      calm({ teams: `teams:\n  core:\n    members: [${MEMBERS}]\n  ${name}:\n    members: [${MEMBERS}]` });
    expect(warned(withBoard("board"))).toEqual([
      "5:3 teams.board: no decision names the Board, so it votes on no proposal, only on changes of this file",
    ]);
    expect(warned(withBoard("guardians"))).toEqual([]);
  });

  test("a decision that an earlier one always comes before", () => {
    const rule = (name: string, match: string) =>
      `  - name: ${name}\n    match: ${match}\n    approval: { core: 75% }`;
    const last = "  - name: change\n    approval: { core: 75% }";
    const both = (first: string, second: string) =>
      warned(calm(decisions([rule("one", first), rule("two", second), last].join("\n"))));
    expect(both("{ labels: [a, b] }", "{ labels: [B] }")).toEqual([
      `9:5 decisions[1]: "two" is never used: whatever it matches, "one" before it matches too; put it first`,
    ]);
    expect(both("{ labels: [a] }", "{ labels: [a, b] }")).toEqual([]);
    expect(both("{ labels: [a] }", "{ labels: [a], paths: [x/*] }")).toEqual([]);
  });
});

test("a period that is over within a day; none at all is meant", () => {
  const period = (text: string) =>
    warned(
      calm(decisions(`  - name: change\n    approval: { core: 75% }\n    final_comment_period: ${text}`)),
    );
  expect(period("23 hours")).toEqual([
    "8:5 decisions[0].final_comment_period: a Final Comment Period of 23 hours is over before people in other time zones have seen it",
  ]);
  expect(period("1 day")).toEqual([]);
  expect(period("0 days")).toEqual([]);
  expect(warned(calm({ fcp: "final_comment_period: 30 minutes" }))).toEqual([
    expect.stringContaining("final_comment_period: a Final Comment Period of 30 minutes"),
  ]);
});

test("a name of the clerk that is somebody's login", () => {
  expect(warned(calm({ mentions: "mentions: [clerk, Ann]" }))).toEqual([
    "8:19 mentions[1]: the clerk answers to @ann, who is a member: whoever calls them calls the clerk; name another",
  ]);
});

describe("a # that YAML reads as the beginning of a comment", () => {
  const titled = (title: string) =>
    config({
      teams: `teams:\n  core:\n    title: ${title}\n    members: [{ login: ann, id: 1 }, { login: bob, id: 2 }]`,
    });

  test.each([
    ["#1 team", '"#1 team"'],
    ["  #1 team   ", '"#1 team"'],
  ])("in place of a name (%j) is told as one", (title, quoted) => {
    expect(faultsOf(titled(title))).toEqual([
      `line 4, column 5: teams.core.title: is empty, as # begins a comment in YAML; if that is what is meant, put it in quotes: ${quoted}; else write a title, or take the line out`,
    ]);
  });

  test("in place of a member, and of a label", () => {
    expect(
      faultsOf(
        config({ teams: "teams:\n  core:\n    members:\n      - #ann\n", more: "labels:\n  fcp: #fcp\n" }),
      ),
    ).toEqual([
      expect.stringContaining(
        'is empty, as # begins a comment in YAML; if that is what is meant, put it in quotes: "#ann"',
      ),
      expect.stringContaining('put it in quotes: "#fcp"'),
    ]);
  });

  test("behind a name, with text right behind it, is warned of", () => {
    expect(warned(titled("Team #1"))).toContain(
      '4:12 teams.core.title: is read as "Team", as # begins a comment in YAML; if #1 belongs to it, put all of it in quotes: "Team #1"',
    );
  });

  test.each(['"Team #1"', "Team # one", "Team#1", "Team ## one"])(
    "that is none, or one as people write it, is not: %s",
    (title) => {
      expect(warned(titled(title)).filter((line) => line.includes("comment"))).toEqual([]);
    },
  );

  test("where no name is, neither", () => {
    const text =
      "version: 1 #one\nteams:\n  core:\n    members:\n      - ann #lead\n      - bob #second\ndecisions:\n  - name: change\n    approval: { core: 75% } #all\n";
    expect(warned(text).filter((line) => line.includes("comment"))).toEqual([]);
  });
});

test.each(["foundation", "matrix", "msc1779-draft", "smallest", "working-group"])(
  "docs/examples/%s.yml is warned of nothing but what its made-up logins and small teams bring",
  (name) => {
    const checked = checkConfig(readFileSync(`docs/examples/${name}.yml`, "utf8"));
    const codes = checked.ok ? checked.warnings.map(({ code }) => code) : ["wrong"];
    expect(codes.filter((code) => code !== "no_id" && code !== "all_needed")).toEqual([]);
  },
);

describe("config.invalid: what people of GitHub write", () => {
  const TEAM =
    "is a team of GitHub, and this file names people one by one, so that whoever may vote is changed here and nowhere else; `msc-clerk init --team acme/core-team` writes its members";
  test.each([
    [
      "as the whole list",
      "acme/core-team",
      `line 4, column 14: teams.core.members: "acme/core-team" ${TEAM}`,
    ],
    [
      "in the list",
      "[ann, acme/core-team]",
      `line 4, column 20: teams.core.members[1]: "acme/core-team" ${TEAM}`,
    ],
    [
      "as it is mentioned",
      "['@acme/core-team']",
      `line 4, column 15: teams.core.members[0]: "@acme/core-team" ${TEAM}`,
    ],
    [
      "as it is mentioned, which is no YAML",
      "[ann, @acme/core-team]",
      `line 4, column 20: "@acme/core-team" ${TEAM}`,
    ],
    [
      "by the address of its page",
      "https://github.com/orgs/acme/teams/core-team",
      `line 4, column 14: teams.core.members: "https://github.com/orgs/acme/teams/core-team" ${TEAM}`,
    ],
  ])("a team of GitHub %s", (_, members, fault) => {
    expect(faultsOf(config({ teams: `teams:\n  core:\n    members: ${members}` }))).toEqual([fault]);
  });

  test("a team of GitHub under a key of its own; what is a path elsewhere is none", () => {
    expect(
      faultsOf(config({ teams: "teams:\n  core:\n    members: [{ login: ann, team: acme/core-team }]" })),
    ).toEqual([`line 4, column 29: teams.core.members[0].team: "acme/core-team" ${TEAM}`]);
    expect(faultsOf(config({ teams: "teams:\n  core:\n    members: [ann]\n    path: a/b" }))).toEqual([
      expect.stringMatching(/: "path" is not known here/),
    ]);
  });

  test("the address of a person's page", () => {
    expect(faultsOf(config({ teams: "teams:\n  core:\n    members: ['https://github.com/ann']" }))).toEqual([
      "line 4, column 15: teams.core.members[0]: write the login alone, without its address: ann",
    ]);
  });

  test("a name of the clerk or of an older bot as it is mentioned, or by the address of its page", () => {
    expect(faultsOf(config({ mentions: "mentions: ['@clerk', 'https://github.com/clerk']" }))).toEqual([
      expect.stringMatching(/mentions\[0\]: write the name alone, without the @: clerk$/),
      expect.stringMatching(/mentions\[1\]: write the name alone, without its address: clerk$/),
    ]);
  });

  test("ids by login, which is no list", () => {
    expect(faultsOf(config({ teams: "teams:\n  core:\n    members: { ann: 12 }" }))).toEqual([
      "line 4, column 14: teams.core.members: a mapping (keys with values) stands here; write a list of logins, such as [alice, { login: bob, id: 1234 }]",
    ]);
  });

  test("members as a sentence", () => {
    expect(faultsOf(config({ teams: "teams:\n  core:\n    members: '@ann bob, cat'" }))).toEqual([
      "line 4, column 14: teams.core.members: @ann bob, cat is one value; write a list: [ann, bob, cat]",
    ]);
  });
});
