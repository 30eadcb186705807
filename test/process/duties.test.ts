import { describe, expect, it } from "vitest";
import type { ConfigVersion } from "../../src/domain/amendment/history.js";
import { asOf, lawfulState } from "../../src/domain/amendment/history.js";
import {
  type DesiredIssue,
  type DutyFacts,
  duties,
  type OwnIssue,
  planIssues,
} from "../../src/domain/duties/duties.js";
import type { Rules, Team } from "../../src/domain/model/rules.js";
import { equal } from "../../src/domain/text/equal.js";
import { DAY, HOUR, type Instant } from "../../src/domain/text/time.js";
import { adding, confirming, leading, removing, threshold } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";

const START: Instant = Date.UTC(2026, 0, 1, 12);
const WEEK = 7 * DAY;

const version = (rules: Rules | null, at: Instant, more: Partial<ConfigVersion> = {}): ConfigVersion => ({
  commit: `${at}`.padEnd(40, "0"),
  at,
  rules,
  pull: null,
  mergedHead: null,
  author: null,
  by: "ara4n",
  approved: false,
  ...more,
});

const facts = (versions: readonly ConfigVersion[], more: Partial<DutyFacts> = {}): DutyFacts => ({
  rules: versions.at(-1)?.rules ?? MATRIX,
  versions,
  lastActs: [],
  decisions: { lines: [], checkpoint: null },
  issues: [],
  ...more,
});

const one = (issues: readonly DesiredIssue[], key: string): DesiredIssue | undefined =>
  issues.find((issue) => issue.key === key || issue.key.startsWith(`${key} `));

describe("the lead's yearly confidence", () => {
  const due = (rules: Rules, now: Instant, since = START) =>
    one(duties(facts([version(rules, since)]), now), "lead-confidence spec-core-team")?.open;

  it.each([
    [
      "it is not due a day before twelve months from the date of confidence",
      confirming("2026-03-01"),
      Date.UTC(2027, 1, 28),
      false,
    ],
    [
      "it is due twelve months after the date of confidence",
      confirming("2026-03-01"),
      Date.UTC(2027, 2, 1),
      true,
    ],
    ["it stays due a year and more after that", confirming("2026-03-01"), Date.UTC(2029, 0, 1), true],
    [
      "without a date it is not due a day before twelve months on the roster",
      (rules: Rules) => rules,
      Date.UTC(2026, 11, 31, 12),
      false,
    ],
    [
      "without a date it is due after twelve months on the roster",
      (rules: Rules) => rules,
      Date.UTC(2027, 0, 1, 12),
      true,
    ],
    ["without a lead it is never due", leading(null), Date.UTC(2029, 0, 1), false],
  ])("amend.lead-confidence: %s", (_, change, now, open) => {
    expect(due(change(MATRIX), now)).toBe(open);
  });

  it("amend.lead-confidence: who led before and leads again has twelve months from then", () => {
    const versions = [
      version(MATRIX, START),
      version(leading("richvdh")(MATRIX), START + 100 * DAY),
      version(MATRIX, START + 300 * DAY),
    ];
    const open = (now: Instant) => one(duties(facts(versions), now), "lead-confidence spec-core-team")?.open;
    expect(open(START + 400 * DAY)).toBe(false);
    expect(open(START + 670 * DAY)).toBe(true);
  });

  it("amend.lead-confidence: switched off, nothing is said", () => {
    const rules = { ...MATRIX, duties: { ...MATRIX.duties, lead_confidence: false } };
    expect(
      one(duties(facts([version(rules, START)]), START + 900 * DAY), "lead-confidence spec-core-team"),
    ).toBeUndefined();
  });
});

describe("a lead's seat that is vacant", () => {
  const left = START + 10 * DAY;
  const versions = [version(MATRIX, START), version(leading(null)(MATRIX), left)];
  const open = (known: readonly ConfigVersion[], now: Instant) =>
    one(duties(facts(known), now), "lead-vacancy spec-core-team")?.open;

  it.each([
    ["the vacancy is not told of an hour before fourteen days", versions, left + 14 * DAY - HOUR, false],
    ["the vacancy is told of after fourteen days", versions, left + 14 * DAY, true],
    [
      "it is told of no more once a lead is named",
      [...versions, version(leading("richvdh")(MATRIX), left + 20 * DAY)],
      left + 21 * DAY,
      false,
    ],
    [
      "it is not told of in a team that never had a lead",
      [version(leading(null)(MATRIX), START)],
      START + 900 * DAY,
      false,
    ],
    [
      "the days count from the vacancy, not from other changes since",
      [...versions, version(adding("clokep", 210)(leading(null)(MATRIX)), left + 13 * DAY)],
      left + 14 * DAY,
      true,
    ],
  ])("amend.lead: %s", (_, known, now, wanted) => {
    expect(open(known, now)).toBe(wanted);
  });
});

describe("members not seen for eight weeks", () => {
  const watched = (change: (rules: Rules) => Rules = (rules) => rules): Rules => {
    const rules = change(MATRIX);
    return { ...rules, duties: { ...rules.duties, absence: true } };
  };
  const now = START + 365 * DAY;
  const everybodyElse = (rules: Rules, ...without: readonly string[]) =>
    rules.teams
      .flatMap((team: Team) => team.members)
      .filter(({ login }) => !without.includes(login))
      .map(({ login, id }) => ({ person: { login, id }, at: now - DAY }));
  const listed = (rules: Rules, last: Instant | null, versions = [version(rules, START)]) => {
    const lastActs = [
      ...everybodyElse(rules, "KitsuneRal"),
      ...(last === null ? [] : [{ person: { login: "KitsuneRal", id: 108 }, at: last }]),
    ];
    return one(duties(facts(versions, { rules, lastActs }), now), "absence");
  };
  const away = (from: Instant, until: Instant) => (rules: Rules) => ({
    ...rules,
    teams: rules.teams.map((team) => ({
      ...team,
      members: team.members.map((member) =>
        member.login === "KitsuneRal" ? { ...member, away: { from, until } } : member,
      ),
    })),
  });

  it.each([
    ["who was seen exactly eight weeks ago is not named", watched(), now - 8 * WEEK, false],
    ["who was seen a second longer ago is named", watched(), now - 8 * WEEK - 1000, true],
    ["who was never seen is named", watched(), null, true],
    [
      "who was never seen and is away by agreement is not named",
      watched(away(now - 90 * DAY, now + DAY)),
      null,
      false,
    ],
    [
      "who was never seen and is back from an agreed absence is named",
      watched(away(now - 90 * DAY, now - DAY)),
      null,
      true,
    ],
  ])("absence.eight-weeks: %s", (_, rules, last, open) => {
    const issue = listed(rules, last);
    expect(issue?.open).toBe(open);
    expect(issue?.body.includes("KitsuneRal")).toBe(open);
  });

  it("absence.eight-weeks: off unless switched on", () => {
    expect(listed(MATRIX, null)).toBeUndefined();
  });

  it("absence.eight-weeks: who has only just joined has been seen joining", () => {
    const rules = watched();
    const versions = [version(watched(removing("KitsuneRal")), START), version(rules, now - 3 * WEEK)];
    expect(listed(rules, null, versions)?.open).toBe(false);
  });

  it("absence.eight-weeks: where it cannot be told nobody is named, in an issue that stands neither", () => {
    const rules = watched();
    const standing: OwnIssue = {
      number: 7,
      key: "absence",
      title: "Members not seen for eight weeks",
      body: "KitsuneRal",
      open: true,
    };
    const untold = (issues: readonly OwnIssue[]) =>
      one(duties(facts([version(rules, START)], { rules, lastActs: null, issues }), now), "absence");
    expect(untold([])).toBeUndefined();
    expect(untold([{ ...standing, open: false }])).toBeUndefined();
    const issue = untold([standing]);
    expect(issue).toMatchObject({ title: standing.title, open: true });
    expect(issue?.body).toContain("cannot be told now");
    expect(issue?.body).not.toContain("@");
  });

  it("absence.eight-weeks: one issue, kept current, closed when everybody has been seen again", () => {
    const issue = listed(watched(), null);
    if (issue === undefined) throw new Error("there is no such issue");
    expect(planIssues([issue], [])).toMatchObject([{ kind: "create_issue", key: "absence" }]);
    const standing: OwnIssue = {
      number: 7,
      key: "absence",
      title: issue.title,
      body: issue.body,
      open: true,
    };
    expect(planIssues([issue], [standing])).toEqual([]);
    expect(planIssues([issue], [{ ...standing, body: "old" }])).toMatchObject([
      { kind: "update_issue", number: 7, open: true },
    ]);
    expect(planIssues([{ ...issue, open: false }], [standing])).toEqual([{ kind: "close_issue", number: 7 }]);
    expect(planIssues([issue], [{ ...standing, open: false }])).toMatchObject([
      { kind: "update_issue", number: 7, open: true },
    ]);
  });
});

describe("a resignation", () => {
  const resigned = version(removing("ara4n")(MATRIX), START + DAY, {
    pull: 12,
    author: { login: "ara4n", id: 101 },
    approved: true,
  });
  const known = [version(MATRIX, START), resigned];

  it("amend.resign: both boards are told, and that the lead's role is vacant too", () => {
    const issue = one(duties(facts(known), START + 2 * DAY), "resignation");
    expect(issue).toMatchObject({
      open: true,
      once: true,
      title: "ara4n has resigned from the Spec Core Team",
    });
    expect(issue?.body).toContain("They led the team");
    expect(issue?.body).toContain("@AmandineLP");
    expect(issue?.body).toContain("@KitsuneRal");
  });

  it("amend.resign: said once: people close it, and it is not opened again", () => {
    const [issue] = duties(facts(known), START + 2 * DAY).filter(({ key }) => key.startsWith("resignation"));
    if (issue === undefined) throw new Error("there is no such issue");
    const standing = { number: 3, key: issue.key, title: issue.title, body: issue.body, open: false };
    expect(planIssues([issue], [standing])).toEqual([]);
  });

  it("amend.lead: both boards are told of a lead who steps down and stays a member", () => {
    const down = { ...resigned, rules: leading(null)(MATRIX), ownWord: true };
    const issue = one(duties(facts([version(MATRIX, START), down]), START + 2 * DAY), "resignation-lead");
    expect(issue).toMatchObject({ open: true, once: true });
    expect(issue?.title).toBe("ara4n has stepped down as lead of the Spec Core Team");
    expect(issue?.body).toContain(
      "ara4n leads the Spec Core Team no longer, by their own pull request #12 on 2 January 2026, and stays a member.",
    );
    expect(issue?.body).toContain("@AmandineLP");
  });

  it.each([
    ["a removal by others", [version(MATRIX, START), { ...resigned, author: { login: "dbkr", id: 104 } }]],
    [
      "a removal that was voted on, without the author's own word",
      [version(MATRIX, START), { ...resigned, ownWord: false }],
    ],
    ["a removal nobody approved", [version(MATRIX, START), { ...resigned, approved: false }]],
    ["a removal by a push", [version(MATRIX, START), { ...resigned, author: null, pull: null }]],
    [
      "a resignation of last year",
      [version(MATRIX, START - 400 * DAY), { ...resigned, at: START - 300 * DAY }],
    ],
  ])("amend.resign: %s is none to tell of", (_, versions) => {
    expect(one(duties(facts(versions), START + 2 * DAY), "resignation")).toBeUndefined();
  });
});

describe("a config that nobody approved", () => {
  const first = version(MATRIX, START);
  const packed = version(adding("mallory", 666)(MATRIX), START + DAY, { by: "mallory" });
  const issueOf = (...versions: readonly ConfigVersion[]) =>
    one(duties(facts(versions), START + 10 * DAY), "unlawful-config");

  it.each([
    ["the first config is lawful", [first], false],
    ["one pushed directly is not", [first, packed], true],
    ["one reverted to, by a push, is again", [first, packed, version(MATRIX, START + 2 * DAY)], false],
    [
      "one ratified by an amendment is",
      [first, packed, version(threshold(1, 2)(MATRIX), START + 2 * DAY, { pull: 9, approved: true })],
      false,
    ],
    [
      "one changed again without approval is not",
      [first, packed, version(adding("n2", 667)(MATRIX), START + 2 * DAY)],
      true,
    ],
    ["one brought by an approved amendment is", [first, { ...packed, pull: 8, approved: true }], false],
    ["one brought by a pull request that was not approved is not", [first, { ...packed, pull: 8 }], true],
  ])("config.lawful: %s", (_, versions, open) => {
    expect(issueOf(...versions)?.open).toBe(open);
  });

  it("config.lawful: the issue says what changed, by whom, and what it would have needed", () => {
    const issue = issueOf(first, packed);
    expect(issue?.title).toBe("The config was changed without an approved amendment");
    expect(issue?.body).toBe(
      [
        `The last config that came by the rules is \`${first.commit.slice(0, 12)}\`. Since then it was changed by:`,
        "",
        `- \`${packed.commit.slice(0, 12)}\` on 2 January 2026, by mallory, pushed directly`,
        "",
        "What changed:",
        "",
        "- Add **mallory** (id 666) to spec-core-team",
        "",
        "By the rules it would have needed 100% of the Spec Core Team, or 75% of the Guardians.",
        "",
        "Until it is ratified by an amendment or reverted, a Final Comment Period begins or concludes only where it would under both configs: it elects nobody.",
      ].join("\n"),
    );
  });

  it("config.lawful: who could vote on a day follows when a config reached the default branch", () => {
    expect(asOf([first, packed], START - 1)).toBeNull();
    expect(asOf([first, packed], START + DAY - 1)).toBe(first);
    expect(asOf([first, packed], START + DAY)).toBe(packed);
  });

  it("config.lawful: an invalid version in between changes nothing about what is lawful", () => {
    const state = lawfulState([first, version(null, START + DAY), packed], equal);
    expect(state.lawful).toBe(first);
    expect(state.unlawful).toHaveLength(2);
  });
});
