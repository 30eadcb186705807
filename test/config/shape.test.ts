import { describe, expect, test } from "vitest";
import { FORM_CHECK_KEYS } from "../../src/domain/model/form.js";
import { GATED_LABELS, LABEL_KEYS } from "../../src/domain/model/labels.js";
import { AMENDMENT_KEYS } from "../../src/domain/model/rules.js";
import { DAY, HOUR, MINUTE } from "../../src/domain/text/time.js";
import { config, faultsOf, roster, valid } from "./faults.js";

const threshold = (text: string) =>
  config({ decisions: `decisions:\n  - name: change\n    approval: { core: ${text} }` });
const atThreshold = (message: string) => [`line 7, column 23: decisions[0].approval.core: ${message}`];
const fcp = (text: string) => config({ fcp: `final_comment_period: ${text}` });
const atFcp = (message: string) => [`line 8, column 23: final_comment_period: ${message}`];
const NO_LENGTH =
  "is no length the clerk takes; write whole weeks, days, hours or minutes, such as 5 days, 5d, 120 hours or 1 week, from a minute to a year";

describe("tally.threshold: how a threshold is written", () => {
  test.each([
    ["75%", 3, 4],
    ["75 %", 3, 4],
    ["2/3", 2, 3],
    ["4 / 6", 2, 3],
    ["100%", 1, 1],
    ["1/1", 1, 1],
    ["1%", 1, 100],
    ["66%", 33, 50],
    ['"75%"', 3, 4],
  ])("%s is %i/%i, in whole numbers", (text, numerator, denominator) => {
    expect(valid(threshold(text)).decisions[0]?.approval).toEqual([
      { team: "core", threshold: { numerator, denominator } },
    ]);
  });

  test.each([
    ["75", "75 is only a number; write 75% if it is meant per cent"],
    ["0.75", "0.75 is only a number; write 75%"],
    ["101", "101 is no threshold; write one such as 75% or 2/3"],
    ["0", "0 is no threshold; write one such as 75% or 2/3"],
    ["0%", '"0%" would let anything pass; a threshold is above 0'],
    ["0/3", '"0/3" would let anything pass; a threshold is above 0'],
    ["101%", '"101%" could never be reached; a threshold is at most 100%'],
    ["4/3", '"4/3" could never be reached; a threshold is at most 100%'],
    ["3/0", '"3/0" could never be reached; a threshold is at most 100%'],
    ["0/0", '"0/0" is no threshold; write one such as 75% or 2/3'],
    [
      "75.5%",
      '"75.5%" has a fraction of a per cent; write a whole one such as 75%, or a fraction such as 2/3',
    ],
    ["-75%", '"-75%" is no threshold; write one such as 75% or 2/3'],
    ["majority", '"majority" is no threshold; write 51% for more than half, or another share such as 2/3'],
    [
      "simple majority",
      '"simple majority" is no threshold; write 51% for more than half, or another share such as 2/3',
    ],
    ["most", '"most" is no threshold; write one such as 75% or 2/3'],
    ["4 of 5", '"4 of 5" is no threshold; write 4/5'],
    [
      "2",
      "2 is only a number, and a threshold is a share of the team, however large it is by then; for 2 of the 2 it has now write 2/2, or 100%",
    ],
    ['"75"', "75 is only a number; write 75% if it is meant per cent"],
    ['"0.75"', "0.75 is only a number; write 75%"],
    [
      "2 votes",
      "2 is only a number, and a threshold is a share of the team, however large it is by then; for 2 of the 2 it has now write 2/2, or 100%",
    ],
    ["75 per cent", '"75 per cent" is no threshold; write 75%'],
    ["unanimous", '"unanimous" is no threshold; write 100% if everybody has to say yes'],
    [
      "more than half",
      '"more than half" is no threshold; write 51% for more than half, or another share such as 2/3',
    ],
    ['">50%"', '">50%" is no threshold; write 51% for more than half, or another share such as 2/3'],
    ["3", "3 is only a number, and a threshold is a share of the team; write one such as 4/5 or 80%"],
    ["20", "20 is only a number; write 20% if it is meant per cent"],
    [
      "true",
      "true is read as true or false; write a threshold such as 75% or 2/3, in quotes if it is spelt true",
    ],
    ["[75%]", "a list stands here; write a threshold such as 75% or 2/3"],
  ])("%s is refused, with a hint", (text, message) => {
    expect(faultsOf(threshold(text))).toEqual(atThreshold(message));
  });
});

describe("fcp.length: how a length is written", () => {
  test.each([
    ["5 days", 5 * DAY],
    ["5d", 5 * DAY],
    ["1 day", DAY],
    ["120 hours", 5 * DAY],
    ["120h", 5 * DAY],
    ["1 week", 7 * DAY],
    ["2 Weeks", 14 * DAY],
    ["36 hours", 36 * HOUR],
    ["30 minutes", 30 * MINUTE],
    ["10min", 10 * MINUTE],
    ["1 minute", MINUTE],
    ["366 days", 366 * DAY],
  ])("%s is a length", (text, length) => {
    expect(valid(fcp(text)).finalCommentPeriod).toBe(length);
  });

  test("left out, it is five days", () => {
    expect(valid(config()).finalCommentPeriod).toBe(5 * DAY);
  });

  test.each([
    ["5", "5 of what? Write 5 days or 5 hours"],
    ['"5"', "5 of what? Write 5 days or 5 hours"],
    ["5m", '"5m": write minutes out, as in 30 minutes'],
    ["five days", `"five days" ${NO_LENGTH}`],
    ["5.5 days", `"5.5 days" ${NO_LENGTH}`],
    ["P5D", `"P5D" ${NO_LENGTH}`],
    ["5 days 2 hours", `"5 days 2 hours" ${NO_LENGTH}`],
    ["-5 days", `"-5 days" ${NO_LENGTH}`],
    ["0 days", `"0 days" ${NO_LENGTH}`],
    ["367 days", `"367 days" ${NO_LENGTH}`],
    ["53 weeks", `"53 weeks" ${NO_LENGTH}`],
    ["[5 days]", "a list stands here; write a length such as 5 days"],
  ])("%s is refused, with a hint", (text, message) => {
    expect(faultsOf(fcp(text))).toEqual(atFcp(message));
  });
});

describe("config.invalid: keys", () => {
  test.each([
    [
      "at the top",
      { more: "final_coment_period: 5 days" },
      "line 8, column 1: final_coment_period",
      "final_comment_period",
    ],
    [
      "in a team",
      { teams: "teams:\n  core: { members: [alice], leed: alice }" },
      "line 3, column 29: teams.core.leed",
      "lead",
    ],
    [
      "in a lead",
      { teams: "teams:\n  core: { members: [alice], lead: { login: alice, confirmd: x } }" },
      "line 3, column 51: teams.core.lead.confirmd",
      "confirmed",
    ],
    [
      "in a member",
      { teams: "teams:\n  core:\n    members: [{ login: alice, domain: [x] }]" },
      "line 4, column 31: teams.core.members[0].domain",
      "domains",
    ],
    [
      "in an absence",
      {
        teams:
          "teams:\n  core:\n    members: [{ login: alice, away: { from: 2026-01-01, until: 2026-01-02, untl: x } }]",
      },
      "line 4, column 76: teams.core.members[0].away.untl",
      "until",
    ],
    [
      "in a match",
      {
        decisions:
          "decisions:\n  - { name: a, match: { label: [x] }, approval: { core: 75% } }\n  - { name: b, approval: { core: 75% } }",
      },
      "line 6, column 25: decisions[0].match.label",
      "labels",
    ],
    ["in labels", { more: "labels: { in_reviw: x }" }, "line 8, column 11: labels.in_reviw", "in_review"],
    [
      "in amendments",
      { more: "amendments: { add_membr: [{ core: 75% }] }" },
      "line 8, column 15: amendments.add_membr",
      "add_member",
    ],
  ])("a misspelt key %s is refused naming the nearest known one", (_, parts, place, near) => {
    const key = /[a-z_]+$/.exec(place)?.[0];
    expect(faultsOf(config(parts))).toEqual([
      `${place}: "${key}" is not known here; did you mean "${near}"?`,
    ]);
  });

  test("a key like none is refused with the list of those that are", () => {
    expect(faultsOf(config({ more: "reviews: { quorum: 5 }" }))).toEqual([
      'line 8, column 12: reviews.quorum: "quorum" is not known here; known are before_motion, changes_requested',
    ]);
  });

  test("what must be there and is not", () => {
    expect(faultsOf("mentions: [a]\n")).toEqual([
      "line 1, column 1: version: is missing; write version: 1",
      "line 1, column 1: teams: is missing; write teams by name, such as spec-core-team: { members: [ara4n] }",
      "line 1, column 1: decisions: is missing; write a list",
    ]);
    expect(faultsOf(config({ teams: "teams:\n  core: {}", decisions: "decisions: [{}]" }))).toEqual([
      "line 3, column 3: teams.core.members: is missing; write a list of logins, such as [alice, { login: bob, id: 1234 }]",
      "line 4, column 13: decisions[0].name: is missing; write a name for this decision",
      "line 4, column 13: decisions[0].approval: is missing; write teams with their thresholds, such as { spec-core-team: 75% }",
    ]);
  });

  test("a key without a value is refused: emptying a line is no way to get a default", () => {
    expect(faultsOf(config({ more: "legacy_bots:\nlabels:\n  fcp:\n" }))).toEqual([
      "line 8, column 1: legacy_bots: is empty; write a list, or take the key out",
      "line 10, column 3: labels.fcp: is empty; write a label's name, or take the line out",
    ]);
  });

  test("nothing at all in teams, decisions, an approval, a route", () => {
    expect(faultsOf("version: 1\nteams: {}\ndecisions: []\namendments: { rules: [], lead: [{}] }\n")).toEqual(
      [
        "line 2, column 8: teams: is empty; write at least one team",
        "line 3, column 12: decisions: is empty; write at least one decision, the last without a match",
        "line 4, column 22: amendments.rules: an empty list would let nobody make this change; name a route, or take the key out",
        "line 4, column 33: amendments.lead[0]: names no team; write at least one with its threshold, such as { spec-core-team: 75% }",
      ],
    );
  });

  test("a list where a mapping belongs, and the other way round", () => {
    const text = config({
      teams: "teams: [core]",
      decisions: "decisions:\n  name: change",
      more: "reviews: head\nmentions: mscbot\namendments: { rules: { core: 75% } }",
    });
    expect(faultsOf(text)).toEqual([
      "line 2, column 8: teams: a list stands here; write teams by name, such as spec-core-team: { members: [ara4n] }",
      "line 4, column 3: decisions: a mapping (keys with values) stands here; write a list",
      "line 5, column 10: reviews: head stands here; write keys with values: before_motion, changes_requested",
      "line 6, column 11: mentions: mscbot is one value; write a list: [mscbot]",
      "line 7, column 22: amendments.rules: one route stands here; write a list of routes: put - before it, or [ ] around it",
    ]);
  });

  test("a choice that is none, with the nearest", () => {
    const text = config({
      more: "conclude: { merge: sqash, close: no, postpone: 1 }\nreviews: { before_motion: heads }",
    });
    expect(faultsOf(text)).toEqual([
      'line 8, column 20: conclude.merge: "sqash" is not one of manual, merge, squash, rebase; did you mean "squash"?',
      'line 8, column 34: conclude.close: "no" is not one of close, nothing',
      "line 8, column 48: conclude.postpone: 1 is not one of close, nothing",
      'line 9, column 27: reviews.before_motion: "heads" is not one of head, any, none; did you mean "head"?',
    ]);
  });

  test("a duty is switched with true or false, not with the words of the older YAML", () => {
    expect(
      faultsOf(config({ more: 'duties: { absence: yes, resignation: "false", lead_vacancy: [] }' })),
    ).toEqual([
      "line 8, column 20: duties.absence: yes is text in YAML; write true, without quotes",
      "line 8, column 38: duties.resignation: false is text in YAML; write false, without quotes",
      "line 8, column 61: duties.lead_vacancy: a list is neither true nor false; write one of them, without quotes",
    ]);
    expect(valid(config({ more: "duties: { absence: true }" })).duties).toMatchObject({
      absence: true,
      resignation: true,
    });
  });

  test.each([
    ["version: 2", "2 is no version the clerk knows; write version: 1"],
    ['version: "1"', "write 1 without quotes"],
    ["version: latest", "latest is no version the clerk knows; write version: 1"],
    ["version: [1]", "a list is no version the clerk knows; write version: 1"],
  ])("%s", (version, message) => {
    expect(faultsOf(config({ version }))).toEqual([`line 1, column 10: version: ${message}`]);
  });

  test.each([
    ["2026-02-30", '"2026-02-30" is no day of the calendar; write year-month-day, such as 2026-03-01'],
    ["2027-02-29", '"2027-02-29" is no day of the calendar; write year-month-day, such as 2026-03-01'],
    ["2026-13-01", '"2026-13-01" is no day of the calendar; write year-month-day, such as 2026-03-01'],
    ["1 March 2026", '"1 March 2026" is no day of the calendar; write year-month-day, such as 2026-03-01'],
    ["2026-3-1", '"2026-3-1" is no day of the calendar; write year-month-day, such as 2026-03-01'],
    [
      "2026-03-01T00:00:00Z",
      '"2026-03-01T00:00:00Z" is no day of the calendar; write year-month-day, such as 2026-03-01',
    ],
    ["2018", '"2018" is no day of the calendar; write year-month-day, such as 2026-03-01'],
    ["true", "true is read as true or false; write a day such as 2026-03-01, in quotes if it is spelt true"],
  ])("%s is no day", (day, message) => {
    expect(faultsOf(roster(`{ login: alice, since: ${day} }`))).toEqual([
      `line 5, column 32: teams.core.members[0].since: ${message}`,
    ]);
  });

  test("29 February of a leap year is one", () => {
    expect(valid(roster("{ login: alice, since: 2028-02-29 }")).teams[0]?.members[0]?.since).toBe(
      "2028-02-29",
    );
  });

  test.each([
    ["{ login: alice, id: 0 }", "column 29: teams.core.members[0].id: 0 is no numeric GitHub id"],
    ["{ login: alice, id: 1.5 }", "column 29: teams.core.members[0].id: 1.5 is no numeric GitHub id"],
    ["{ login: alice, id: alice }", "column 29: teams.core.members[0].id: alice is no numeric GitHub id"],
    [
      "{ login: alice, id: '101' }",
      "column 29: teams.core.members[0].id: write the numeric id without quotes: 101",
    ],
    [
      "mscbot[bot]",
      'column 9: teams.core.members[0]: "mscbot[bot]" is a bot, and only people have a seat and a vote',
    ],
    ["Matthew Hodgson", 'column 9: teams.core.members[0]: "Matthew Hodgson" is no GitHub login'],
    ["{ id: 101 }", "column 9: teams.core.members[0].login: is missing; write a login"],
    ["[alice]", "column 9: teams.core.members[0]: a list stands here; write a login, or a mapping"],
  ])("act.identity: a member that is none: %s", (member, fault) => {
    const faults = faultsOf(roster(member));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`line 5, ${fault}`);
  });

  test.each([
    ["Spec Core Team", "spec-core-team"],
    ["1st", "st"],
    ["core_team", "core-team"],
  ])("a team's short name %s is refused with one that would do", (name, near) => {
    expect(faultsOf(config({ teams: `teams:\n  ${name}: { members: [alice] }` }))[0]).toBe(
      `line 3, column 3: ${/^\w+$/.test(name) ? `teams.${name}` : `teams["${name}"]`}: "${name}" will not do as a team's name: small letters, digits and hyphens, beginning with a letter, such as ${near}`,
    );
  });

  test.each([
    "/proposals/*.md",
    "./x.md",
    "a/../b",
    "a//b",
    "a/{b,c}.md",
    "a/[bc].md",
    "!a",
    "a\\b",
    "a/",
    "",
  ])("the path %j is refused", (path) => {
    expect(faultsOf(config({ more: `proposal_paths: [${JSON.stringify(path)}]` }))).toEqual([
      expect.stringMatching(
        /^line 8, column 18: proposal_paths\[0\]: ".*" will not do as a path: paths start at the root/,
      ),
    ]);
  });

  test.each(["proposals/*.md", "**/*.md", ".github/x.yml", "a/.b/c?.md", "README.md", "docs/**"])(
    "the path %s is taken as it is",
    (path) => {
      expect(valid(config({ more: `proposal_paths: [${JSON.stringify(path)}]` })).proposalPaths).toEqual([
        path,
      ]);
    },
  );

  test.each(['""', '" x"', '"x "', '"a\\nb"', '"a\\u0007b"', `"${"x".repeat(51)}"`])(
    "the label name %s is refused",
    (name) => {
      expect(faultsOf(config({ more: `labels: { fcp: ${name} }` }))).toEqual([
        expect.stringMatching(/^line 8, column 16: labels.fcp: ".*" is no label name GitHub takes/),
      ]);
    },
  );

  test.each(["labels: { fcp: %s }", "labels: { unresolved_concerns: %s }", "proposals: { label: %s }"])(
    "label.state: a name with a comma is refused in %s, as GitHub would not find the label in its lists",
    (more) => {
      expect(faultsOf(config({ more: more.replace("%s", '"last, call"') }))).toEqual([
        expect.stringMatching(/: "last, call" has a comma; GitHub lists pull requests by labels with commas/),
      ]);
    },
  );

  test("faults of every stage are told at once, in the order of the file", () => {
    const text = [
      "version: 2",
      "teams:",
      "  core:",
      "    lead: carol",
      "    members: [alice, &x bob, 7]",
      "  board: { members: [dave, DAVE] }",
      "decisions:",
      "  - name: change",
      "    approval: { coer: 75, board: 2/3 }",
      "mentions: [a]",
      "mentions: [b]",
      "verzion: 1",
      "",
    ].join("\n");
    expect(faultsOf(text).map((fault) => fault.split(": ").slice(0, 2).join(": "))).toEqual([
      "line 1, column 10: version",
      "line 5, column 22: teams.core.members[1]",
      "line 5, column 30: teams.core.members[2]",
      "line 6, column 28: teams.board.members[1]",
      "line 9, column 17: decisions[0].approval.coer",
      "line 9, column 23: decisions[0].approval.coer",
      "line 11, column 1: mentions",
      "line 12, column 1: verzion",
    ]);
  });

  test("more than a hundred faults are told as a hundred and a number", () => {
    const faults = faultsOf(config({ more: `mentions:\n${"  - 7\n".repeat(250)}` }));
    expect(faults).toHaveLength(101);
    expect(faults.at(-1)).toBe("line 108, column 5: and 150 more faults");
  });

  test("a fault quotes no more than a line of what it found, and no control characters", () => {
    const [fault] = faultsOf(config({ more: `mentions: ["${"x".repeat(5000)}\\n\\u001b[31m"]` }));
    expect(fault?.length).toBeLessThan(250);
    expect(fault).not.toMatch(/\p{Cc}/u);
  });
});

describe("config.source: what the file comes to", () => {
  test("names the clerk answers to, and older bots, are kept in small letters, once; an App is named with [bot]", () => {
    const rules = valid(
      config({ more: 'mentions: [MSCbot, mscbot, Clerk]\nlegacy_bots: ["MSCBot[bot]", mscbot]' }),
    );
    expect(rules.mentions).toEqual(["mscbot", "clerk"]);
    expect(rules.legacyBots).toEqual(["mscbot[bot]", "mscbot"]);
    expect(valid(config({ more: "mentions: []" })).mentions).toEqual([]);
  });

  test("a team's title is made of its short name unless it says another", () => {
    const teams = (title: string) =>
      valid(
        config({
          teams: `teams:\n  spec-core-team: { members: [alice]${title} }`,
          decisions: "decisions: [{ name: a, approval: { spec-core-team: 75% } }]",
        }),
      ).teams[0]?.title;
    expect(teams("")).toBe("Spec Core Team");
    expect(teams(", title: The SCT")).toBe("The SCT");
  });

  test("act.identity: the lead has the member's id and spelling; who has an id in one team has it in all", () => {
    const rules = valid(
      config({
        teams:
          "teams:\n  core: { lead: { login: ALICE, confirmed: 2026-03-01 }, members: [{ login: alice, id: 101 }, bob] }\n  board: { lead: bob, members: [Alice, bob] }",
      }),
    );
    const [core, board] = rules.teams;
    expect(core?.lead).toEqual({ login: "alice", id: 101 });
    expect(core?.leadConfirmed).toBe("2026-03-01");
    expect(board?.members.map(({ login, id }) => [login, id])).toEqual([
      ["Alice", 101],
      ["bob", null],
    ]);
    expect(board?.lead).toEqual({ login: "bob", id: null });
    expect(board?.leadConfirmed).toBeNull();
  });

  test("days of joining, domains and absences are kept; days of absence begin at midnight UTC", () => {
    const [member] =
      valid(
        roster(
          "{ login: alice, id: 101, since: 2018-10-29, domains: [Servers, IS API], away: { from: 2026-12-01, until: 2027-01-15 } }",
        ),
      ).teams[0]?.members ?? [];
    expect(member).toEqual({
      login: "alice",
      id: 101,
      since: "2018-10-29",
      domains: ["Servers", "IS API"],
      away: { from: Date.UTC(2026, 11, 1), until: Date.UTC(2027, 0, 15) },
    });
  });

  test("one label renamed leaves the others as they were", () => {
    const { labels } = valid(config({ more: "labels: { fcp: last-call }" }));
    expect(Object.keys(labels).sort()).toEqual(
      LABEL_KEYS.filter((key) => GATED_LABELS.every((row) => row.key !== key)).sort(),
    );
    expect(labels.fcp).toBe("last-call");
    expect(labels.proposed_fcp).toBe("proposed-final-comment-period");
  });

  test("decision.needs: the order of an approval is kept, since a plain vote counts for the first team", () => {
    const approval = (text: string) =>
      valid(
        config({
          teams: "teams: { core: { members: [alice] }, board: { members: [bob] } }",
          decisions: `decisions: [{ name: a, approval: ${text} }]`,
        }),
      ).decisions[0]?.approval.map((need) => need.team);
    expect(approval("{ core: 75%, board: 75% }")).toEqual(["core", "board"]);
    expect(approval("{ board: 75%, core: 75% }")).toEqual(["board", "core"]);
  });

  test("amend.rules: with nothing said about amendments, every kind has its routes by MSC1779", () => {
    const { amendments, guardians } = valid(
      config({ teams: "teams: { core: { members: [alice] }, guardians: { members: [bob] } }" }),
    );
    expect(guardians).toBe("guardians");
    expect(Object.keys(amendments).sort()).toEqual([...AMENDMENT_KEYS].sort());
    expect(amendments.add_member).toEqual([
      [{ team: "core", threshold: { numerator: 1, denominator: 1 } }],
      [{ team: "guardians", threshold: { numerator: 3, denominator: 4 } }],
    ]);
    expect(amendments.rules).toEqual([
      [
        { team: "core", threshold: { numerator: 3, denominator: 4 } },
        { team: "guardians", threshold: { numerator: 3, denominator: 4 } },
      ],
    ]);
  });

  test("amend.add: where several ordinary teams stand side by side, all of them seat a member by default", () => {
    const { amendments } = valid(
      config({
        teams: "teams: { core: { members: [alice] }, docs: { members: [bob] }, later: { members: [] } }",
      }),
    );
    expect(amendments.add_member.map((route) => route.map((need) => need.team))).toEqual([["core", "docs"]]);
    expect(amendments.add_guardian).toEqual([]);
  });

  test("amend.guardian: the second board may have any name", () => {
    const { amendments, guardians } = valid(
      config({
        teams: "teams: { core: { members: [alice] }, board: { members: [bob] } }",
        more: "guardians: board",
      }),
    );
    expect(guardians).toBe("board");
    expect(amendments.add_guardian).toEqual([
      [{ team: "board", threshold: { numerator: 3, denominator: 4 } }],
    ]);
  });

  test("routes that are said replace those of their kind only", () => {
    const { amendments } = valid(config({ more: "amendments: { add_member: [{ core: 2/3 }] }" }));
    expect(amendments.add_member).toEqual([[{ team: "core", threshold: { numerator: 2, denominator: 3 } }]]);
    expect(amendments.rules).toEqual([[{ team: "core", threshold: { numerator: 3, denominator: 4 } }]]);
  });
});

describe("form.check: which checks of form are named, and the word before a number", () => {
  const form = (text: string) => config({ fcp: `form: ${text}` });
  const at = (message: string) => [`line 8, column 7: form: ${message}`];
  const CHECKS = FORM_CHECK_KEYS.join(", ");

  test("all of them, or a list; in one order and once each, so that no list differs from another that says the same", () => {
    expect(valid(form("all")).form).toEqual(FORM_CHECK_KEYS);
    expect(valid(form("[title, file-name, title]")).form).toEqual(["file-name", "title"]);
    expect(valid(form(`[${CHECKS}]`))).toEqual(valid(form("all")));
  });

  test("left out, there is neither: the fingerprint of every config stays what it was", () => {
    expect(Object.keys(valid(config()))).not.toContain("form");
    expect(Object.keys(valid(config()))).not.toContain("prefix");
  });

  test.each([
    ["[]", at(`is empty; name a check, or take the key out: ${CHECKS}`)],
    ["some", at(`some stands here; write all, or a list of checks, such as [file-name, title, heading]`)],
    ["true", at("true stands here; write all, or a list of checks, such as [file-name, title, heading]")],
    [
      "[titel]",
      [
        `line 8, column 8: form[0]: "titel" is not one of file-name, title, heading, rendered, sign-off, one-proposal, images, line-length; did you mean "title"?`,
      ],
    ],
  ])("%s is refused", (text, faults) => {
    expect(faultsOf(form(text))).toEqual(faults);
  });

  const prefix = (text: string) => config({ fcp: `proposals: { prefix: ${text} }` });
  test.each([
    ["MSC", "MSC"],
    ['"PEP "', "PEP "],
    ["BIP-", "BIP-"],
  ])("the word %s", (text, word) => {
    expect(valid(prefix(text)).prefix).toBe(word);
  });

  test.each(['"MSC1"', '" MSC"', '""', '"a".repeat', "[MSC]", "1"])(
    "%s is no word before a number",
    (text) => {
      expect(faultsOf(prefix(text))).toHaveLength(1);
    },
  );
});
