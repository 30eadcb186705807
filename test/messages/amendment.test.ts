import { describe, expect, it } from "vitest";
import { differences } from "../../src/domain/amendment/differences.js";
import type { ConfigVersion } from "../../src/domain/amendment/history.js";
import { refusalSentence } from "../../src/domain/messages/amendmentRefusal.js";
import { changeSentence } from "../../src/domain/messages/change.js";
import { absenceIssue, confidenceIssue, vacancyIssue } from "../../src/domain/messages/duties.js";
import { explain } from "../../src/domain/messages/explain.js";
import { rosterText } from "../../src/domain/messages/roster.js";
import type { AmendmentRefusal } from "../../src/domain/model/decision.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY } from "../../src/domain/text/time.js";
import {
  adding,
  amendment,
  confirming,
  leading,
  minimum,
  removing,
  threshold,
} from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { byText } from "../support/titles.js";
import { proposed } from "../support/world.js";

const both =
  (...changes: ((rules: Rules) => Rules)[]) =>
  (rules: Rules) =>
    changes.reduce((so, change) => change(so), rules);
const said = (change: (rules: Rules) => Rules) =>
  differences(MATRIX, change(MATRIX), new Map([["dbkr", 104]])).map(changeSentence);
const HOSTILE = "@all [x](y) | <b>\nnew";

describe("what an amendment changes, in plain words", () => {
  it.each<[string, (rules: Rules) => Rules, readonly string[]]>([
    ["a member joins", adding("clokep", 210), ["add **clokep** (id 210) to spec-core-team"]],
    [
      "a member joins with a domain and a day",
      (rules) => ({
        ...rules,
        teams: adding(
          "clokep",
          210,
        )(rules).teams.map((team) => ({
          ...team,
          members: team.members.map((member) =>
            member.login === "clokep" ? { ...member, since: "2026-03-01", domains: ["a, b", "c"] } : member,
          ),
        })),
      }),
      ['add **clokep** (id 210) to spec-core-team, since: “2026-03-01”, domains: “"a, b", c”'],
    ],
    [
      "a new lead, and a vote of confidence",
      leading("dbkr", "2026-03-01"),
      ["make **dbkr** the lead of spec-core-team, in place of ara4n, confirmed as of 2026-03-01"],
    ],
    ["a member leaves", removing("dbkr"), ["remove **dbkr** from spec-core-team"]],
    ["a new lead", leading("dbkr"), ["make **dbkr** the lead of spec-core-team, in place of ara4n"]],
    ["no lead", leading(null), ["ara4n is no longer the lead of spec-core-team"]],
    [
      "a date",
      confirming("2026-03-01"),
      ["spec-core-team gives ara4n its confidence as lead, as of 2026-03-01"],
    ],
    ["a minimum", minimum(8), ["change **teams.spec-core-team.minimum\\_members** from “5” to “8”"]],
    [
      "a threshold, at its place in each decision",
      threshold(1, 2),
      [
        "change **decisions.governance change.approval.spec-core-team** from “75%” to “50%”",
        "change **decisions.spec change.approval.spec-core-team** from “75%” to “50%”",
      ],
    ],
    [
      "the length of the Final Comment Period, as people write it",
      (rules) => ({ ...rules, finalCommentPeriod: 3 * DAY }),
      ["change **final\\_comment\\_period** from “5 days” to “3 days”"],
    ],
    [
      "a route",
      (rules) => ({ ...rules, amendments: { ...rules.amendments, add_member: rules.amendments.rules } }),
      [
        "change **amendments.add\\_member** from “100% of spec-core-team, or 75% of guardians” to “75% of spec-core-team and 75% of guardians”",
      ],
    ],
    [
      "a decision that goes, and the order of those that stay",
      (rules) => ({ ...rules, decisions: rules.decisions.slice(1) }),
      [
        "remove **decisions.governance change**, which was “match: labels: kind:governance; paths: proposals/1779-\\*.md; approval: spec-core-team: 75%; guardians: 75%”",
      ],
    ],
    [
      "the order of decisions",
      (rules) => ({ ...rules, decisions: [...rules.decisions].reverse() }),
      [
        "change **decisions (order)** from “governance change, spec change” to “spec change, governance change”",
      ],
    ],
    [
      "a list of names",
      (rules) => ({ ...rules, mentions: ["mscbot", "clerk"] }),
      ["change **mentions** from “mscbot” to “mscbot, clerk”"],
    ],
    [
      "a choice",
      (rules) => ({ ...rules, reviews: { ...rules.reviews, beforeMotion: "any" } }),
      ["change **reviews.before\\_motion** from “head” to “any”"],
    ],
    [
      "no second board",
      (rules) => ({ ...rules, guardians: null }),
      ["remove **guardians**, which was “guardians”"],
    ],
  ])("amend.preview: %s", (_, change, sentences) => {
    expect(said(change)).toEqual(sentences);
  });

  it("amend.preview: names people gave are shown and do nothing", () => {
    const [sentence] = said((rules) => ({
      ...rules,
      teams: rules.teams.map((team) => (team.slug === "guardians" ? { ...team, title: HOSTILE } : team)),
    }));
    expect(sentence).not.toMatch(/@all|\[x\]|<b>|\n|[^\\]\|/);
  });

  it("amend.preview: of two long values the part that differs is shown", () => {
    const names = Array.from({ length: 60 }, (_, at) => `name${at}`);
    const base = { ...MATRIX, mentions: names };
    const [change] = differences(base, { ...base, mentions: [...names.slice(0, -1), "other"] }, new Map());
    if (change === undefined) throw new Error("nothing changed");
    expect(changeSentence(change)).toMatch(/name59” to “….*other”$/);
  });
});

describe("why an amendment cannot pass", () => {
  it.each(
    byText<AmendmentRefusal>([
      [
        { code: "not_alone", paths: ["a.md", "b.md", "c.md", "d.md", "e.md"] },
        "an amendment stands alone, and this also changes a.md, b.md, c.md and 2 more files",
      ],
      [{ code: "invalid", faults: 1 }, "the config file would not be valid (1 fault, shown on the diff)"],
      [{ code: "gone" }, "it takes the config file away, and nothing could be decided or amended without it"],
      [{ code: "not_a_file" }, "the config would no longer be a plain file"],
      [
        { code: "out_of_date" },
        "the config on the default branch has changed since: bring this branch up to date",
      ],
      [
        { code: "too_many", what: "people", count: 1000, limit: 40 },
        "it seats or renames 1000 people at once, and at most 40 are looked into: split it into several amendments",
      ],
      [
        { code: "too_many", what: "changes", count: 201, limit: 200 },
        "it makes 201 changes at once, and at most 200 are weighed: split it into several amendments",
      ],
      [
        { code: "no_id", member: { login: "jon", id: null }, actual: 7 },
        "jon is added without a numeric id: write id: 7 (a login can change hands, an id cannot)",
      ],
      [
        { code: "no_id", member: { login: "jon", id: null }, actual: null },
        "jon is added without a numeric id, and GitHub knows no person’s account of that name",
      ],
      [
        { code: "wrong_id", member: { login: "jon", id: 5 }, actual: 7 },
        "5 is not the id of jon, which is 7",
      ],
      [{ code: "wrong_id", member: { login: "jon", id: 5 }, actual: null }, "GitHub knows no account jon"],
      [
        { code: "future_confidence", date: "2026-05-01" },
        "the date of confidence, 2026-05-01, is later than the vote on it",
      ],
      [
        { code: "lockout", lockout: { code: "team_gone", team: "a", neededBy: "amendments.rules" } },
        "there would be no team a, which amendments.rules needs",
      ],
      [
        { code: "lockout", lockout: { code: "team_empty", team: "a", neededBy: "amendments.rules" } },
        "nobody would be left in a, which amendments.rules needs",
      ],
      [
        { code: "lockout", lockout: { code: "below_minimum", team: "a", size: 1, minimum: 2 } },
        "the team a would have 1 member, fewer than its minimum of 2, and could begin nothing",
      ],
      [
        { code: "lockout", lockout: { code: "no_route", change: "rules" } },
        "amendments.rules would have no route anybody could go",
      ],
      [
        { code: "lockout", lockout: { code: "lead_not_a_member", team: "a", lead: "jon" } },
        "the lead of a, jon, would not be a member of it",
      ],
    ]),
  )("amend.preview: refused, as %s", (sentence, refusal) => {
    expect(refusalSentence(refusal)).toBe(sentence);
  });
});

describe("the check of an amendment", () => {
  it("amend.preview: the whole of it: changes with rule, need, votes and what is missing, and every open motion", () => {
    const open = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg"]) open.say(login, "@mscbot reviewed");
    open.reconcile();
    const w = amendment(both(removing("KitsuneRal"), removing("anoadragon453")), { author: "KitsuneRal" });
    w.openMotions = [open.snapshot()];
    w.reconcile();
    w.say("KitsuneRal", "@mscbot propose");
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.reconcile();
    expect(w.check?.title).toBe(
      "Waiting for 5 more approvals from the Spec Core Team or 1 more approval from the Guardians.",
    );
    expect(w.check?.summary).toBe(
      `Waiting for 5 more approvals from the Spec Core Team (1 of 6 needed, of 8) or 1 more approval from the Guardians (1 of 2 needed, of 2).

**What it changes**

| Change | Rule | Needed | Given by | Missing |
|---|---|---|---|---|
| Remove **anoadragon453** from spec-core-team | amend.remove, amend.appoint ([MSC1779](https://github.com/matrix-org/matrix-spec-proposals/blob/main/proposals/1779-open-governance.md)) | 6 of 8 of the Spec Core Team (75%) **or** 2 of 2 of the Guardians (75%) | Spec Core Team: KitsuneRal; Guardians: ara4n | 5 of the Spec Core Team or 1 of the Guardians |
| Remove **KitsuneRal** from spec-core-team | amend.remove, amend.appoint ([MSC1779](https://github.com/matrix-org/matrix-spec-proposals/blob/main/proposals/1779-open-governance.md)) | no vote: a resignation |  | nothing |

**What it would do to every open motion**

- [MSC1234: A thing](https://github.example/matrix-org/matrix-spec-proposals/pull/1234) **would reach its threshold**: 5 of 5 (now 5 of 6). Every needed team has approved: the Final Comment Period begins now.`,
    );
  });

  it("amend.preview: one sentence says what the changes lack, each that lacks something else; the title how many wait", () => {
    const w = amendment(both(removing("anoadragon453"), minimum(3)), { author: "turt2live" });
    w.reconcile();
    w.say("turt2live", "@mscbot propose");
    w.reconcile();
    expect([w.check?.title, w.check?.summary?.split("\n")[0]]).toEqual([
      "Waiting for the approvals that both changes need.",
      "Waiting for the approvals that both changes need: 5 more approvals from the Spec Core Team (1 of 6 needed, of 8) or 2 more approvals from the Guardians (0 of 2 needed, of 2); 5 more approvals from the Spec Core Team (1 of 6 needed, of 8) and 2 more approvals from the Guardians (0 of 2 needed, of 2).",
    ]);
  });

  it("amend.own-word: whose word is missing, and how it is given", () => {
    const w = amendment(removing("KitsuneRal"), { author: "KitsuneRal" });
    w.reconcile();
    expect(w.check?.summary).toBe(
      `An amendment: a member has to stand behind it with the command propose.

**What it changes**

| Change | Rule | Needed | Given by | Missing |
|---|---|---|---|---|
| Remove **KitsuneRal** from spec-core-team | amend.remove, amend.appoint ([MSC1779](https://github.com/matrix-org/matrix-spec-proposals/blob/main/proposals/1779-open-governance.md)) | 6 of 8 of the Spec Core Team (75%) **or** 2 of 2 of the Guardians (75%) **or** KitsuneRal’s own word |  | 6 of the Spec Core Team, 2 of the Guardians or KitsuneRal’s own word |

KitsuneRal has to say \`@mscbot propose\` here to leave by their own word: nobody’s branch speaks for them.

**What it would do to every open motion**

No motion is open: the amendment changes nothing that is being voted on.`,
    );
  });

  it("amend.absent: that somebody is not counted, and since when nothing was seen of them", () => {
    const rules = { ...MATRIX, duties: { ...MATRIX.duties, absence: true } };
    const w = amendment(removing("KitsuneRal"), { author: "richvdh", rules });
    w.quiet.set("KitsuneRal", Date.UTC(2025, 11, 1));
    w.reconcile();
    expect(w.check?.summary).toContain(
      "| 6 of 7 of the Spec Core Team (75%) **or** 2 of 2 of the Guardians (75%), counted without them: not seen since 1 December 2025 (amend.absent) |",
    );
    w.quiet.set("KitsuneRal", null);
    w.reconcile();
    expect(w.check?.summary).toContain("counted without them: nothing is known to have been seen of them");
    w.untold = true;
    w.reconcile();
    expect(w.check?.summary).toContain(
      "| 6 of 8 of the Spec Core Team (75%) **or** 2 of 2 of the Guardians (75%), them included: it cannot be told now whether they are absent (amend.absent) |",
    );
  });

  it("config.invalid: every fault at its place, in the summary and on the diff", () => {
    const w = amendment((rules) => rules, { author: "richvdh" });
    w.config = { kind: "invalid", faults: [{ line: 3, column: 5, message: "teams.x: @all is no team" }] };
    w.reconcile();
    expect(w.check?.summary).toBe(
      `Refused: the config file would not be valid (1 fault, shown on the diff).

**It cannot pass as it is**

- The config file would not be valid (1 fault, shown on the diff).

- line 3, column 5: teams.x: @&#8203;all is no team`,
    );
    const put = w.actions.findLast((action) => action.kind === "put_check");
    expect(put).toMatchObject({
      verdict: "failure",
      annotations: [
        { path: ".github/msc-clerk.yml", line: 3, column: 5, message: "teams.x: @all is no team" },
      ],
    });
  });
});

describe("an amendment on the command line", () => {
  it("amend.preview: each change, whether it has what it needs, and by which routes", () => {
    const w = amendment(both(removing("KitsuneRal"), threshold(1, 2)), { author: "KitsuneRal" });
    w.reconcile();
    w.say("KitsuneRal", "@mscbot propose");
    const decision = w.reconcile();
    const text = explain(decision, {
      rules: w.rules,
      repository: w.snapshot().repository,
      pull: w.snapshot().pull,
      mention: "mscbot",
    });
    expect(text).toContain(`Changes of the config
  remove KitsuneRal from spec-core-team: has what it needs
    no vote: a resignation
    1 of 6 needed, of 8 of Spec Core Team
    or 0 of 2 needed, of 2 of Guardians
  change decisions.governance change.approval.spec-core-team from “75%” to “50%”: waits
    1 of 6 needed, of 8 of Spec Core Team and 0 of 2 needed, of 2 of Guardians`);
  });
});

describe("the clerk's issues", () => {
  const [team] = MATRIX.teams;
  if (team === undefined) throw new Error("there is no team");
  const [member] = team.members;
  if (member === undefined) throw new Error("there is no member");
  const at = Date.UTC(2026, 2, 1);

  it("absence.eight-weeks: who, in which team, and when they were last seen", () => {
    expect(
      absenceIssue([
        { team, member, last: at },
        { team, member: { ...member, login: "dbkr" }, last: null },
      ]),
    ).toEqual({
      title: "Members not seen for eight weeks",
      body: `The process takes members who are absent for more than eight weeks without prior agreement to have left. The clerk has seen nothing of these members in this repository for that long, and the roster holds no \`away\` entry for them:

- @ara4n (Spec Core Team): last seen on 1 March 2026
- @dbkr (Spec Core Team): nothing seen in this repository

People decide what to make of it: write to them, agree on an \`away\` entry, or propose a change of the roster. Any act of theirs takes them off this list.`,
    });
  });

  it("amend.lead-confidence: since when it is due, and how it is given", () => {
    expect(confidenceIssue(team, member, at)).toEqual({
      title: "The lead of the Spec Core Team is due for a vote of confidence",
      body: `@ara4n leads the Spec Core Team. The role is reviewed every twelve months and needs the confidence of the team again; that has been due since 1 March 2026.

To give it, open a pull request that renews the date of confidence in the config. It passes when the team has approved it, and this issue closes when it is merged.`,
    });
  });

  it("amend.lead: since when there is none, and who names one", () => {
    expect(vacancyIssue(team, at, MATRIX)).toEqual({
      title: "The Spec Core Team has no lead",
      body: `The Spec Core Team has been without a lead since 1 March 2026, which is more than fourteen days.

A new lead is a member of the team, named by a pull request that changes the config; the team decides, and the Guardians in a deadlock. This issue closes when a lead is named.`,
    });
  });
});

describe("who could vote on a day", () => {
  const small = (...logins: readonly string[]): Rules => ({
    ...MATRIX,
    teams: MATRIX.teams.map((team) => ({
      ...team,
      members: team.members.filter(({ login }) => logins.includes(login)),
    })),
  });
  const version = (rules: Rules | null, at: number, more: Partial<ConfigVersion> = {}): ConfigVersion => ({
    commit: String(at).padEnd(40, "0"),
    at,
    rules,
    pull: null,
    mergedHead: null,
    author: null,
    by: "ara4n",
    approved: false,
    ...more,
  });
  const first = version(small("ara4n", "dbkr", "AmandineLP"), Date.UTC(2027, 0, 1));
  const second = version(small("ara4n", "AmandineLP"), Date.UTC(2027, 2, 3, 14), { pull: 7, approved: true });
  const day = Date.UTC(2027, 2, 3);

  it("config.lawful: the config in force, and every one that came into force that day", () => {
    expect(rosterText([first, second], day, day + DAY - 1)).toBe(
      `Config of ${first.commit.slice(0, 12)}, in force from 2027-01-01T00:00:00Z (pushed directly, by ara4n)
  Spec Core Team (spec-core-team), 2 members
    ara4n (id 101, lead)
    dbkr (id 104)
  Guardians (guardians), 2 members
    ara4n (id 101)
    AmandineLP (id 109)
  Decisions
    governance change (label kind:governance or files at proposals/1779-*.md): 2 of 2 of the Spec Core Team (75%, rounded up) and 2 of 2 of the Guardians (75%, rounded up); Final Comment Period 5 days
    spec change (all others): 2 of 2 of the Spec Core Team (75%, rounded up); Final Comment Period 5 days

Config of ${second.commit.slice(0, 12)}, in force from 2027-03-03T14:00:00Z (by #7, merged by ara4n)
  Spec Core Team (spec-core-team), 1 member
    ara4n (id 101, lead)
  Guardians (guardians), 2 members
    ara4n (id 101)
    AmandineLP (id 109)
  Decisions
    governance change (label kind:governance or files at proposals/1779-*.md): 1 of 1 of the Spec Core Team (75%, rounded up) and 2 of 2 of the Guardians (75%, rounded up); Final Comment Period 5 days
    spec change (all others): 1 of 1 of the Spec Core Team (75%, rounded up); Final Comment Period 5 days`,
    );
  });

  it("config.lawful: before the first, where there is none, and where it was not valid", () => {
    expect(rosterText([], day, day)).toBe("There has never been a config.");
    expect(rosterText([first], first.at - 1, first.at - 1)).toBe(
      "There was no config yet: the first reached the default branch at 2027-01-01T00:00:00Z.",
    );
    expect(rosterText([first, version(null, day)], day, day)).toContain(
      "It was not valid, so nothing was decided.",
    );
  });
});
