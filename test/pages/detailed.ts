import type {
  ProposalDetail,
  ProposalSummary,
  PublicEvent,
  RosterHistory,
  RosterTeam,
} from "../../src/domain/model/publicView.js";
import { DAY, HOUR, type Instant } from "../../src/domain/text/time.js";
import type { DecidedLine, ProposalEvent } from "../../src/pages/source.js";
import type { PlainFacts } from "./world.js";

/** Worlds with all that a proposal's page, the decisions, teams and figures can show: whole lives, not single facts. */

export const at = (text: string): Instant => Date.parse(text);
export const NOW = at("2026-03-09T12:00:00Z");
const HUB = "https://github.com/matrix-org/matrix-spec-proposals";

export const summaryOf = (number: number, over: Partial<ProposalSummary> = {}): ProposalSummary => ({
  number,
  title: `MSC${number}: Matrix spaces`,
  url: `${HUB}/pull/${number}`,
  author: "ara4n",
  authors: ["ara4n"],
  shepherd: null,
  documentation: [],
  labels: ["proposal"],
  state: "open",
  draft: false,
  createdAt: at("2025-06-02T09:00:00Z"),
  updatedAt: NOW,
  endedAt: null,
  known: "clerk",
  amendment: false,
  place: "proposed",
  sentence: "Waiting for 1 more approval from the Spec Core Team and for concern C2 to be resolved.",
  motion: null,
  teams: [],
  concerns: [],
  gates: [],
  fcp: null,
  turn: "team",
  since: NOW,
  ...over,
});

export const eventAt = (
  when: string | Instant,
  by: string | null,
  what: PublicEvent["what"],
  url: string | null = `${HUB}/pull/1772#issuecomment-1`,
): PublicEvent => {
  const moment = typeof when === "string" ? at(when) : when;
  return { id: `${what.kind}:${moment}:${by}:${JSON.stringify(what).length}`, at: moment, by, url, what };
};

const TEAM = "spec-core-team";

export const voteOf = (
  choice: "yes" | "abstain" | "retracted",
  text = "",
  via: "command" | "review" | "tick" | "motion" = "command",
): PublicEvent["what"] => ({ kind: "vote", motion: 1, team: TEAM, choice, via, text });

/** Nine months with everything in it: former votes, concerns that came and went, a period that runs. */
export const LONG: readonly PublicEvent[] = [
  eventAt("2025-06-02T09:00:00Z", "ara4n", { kind: "opened" }, null),
  eventAt("2025-06-20T10:00:00Z", "ara4n", { kind: "new_text", commit: "1f3a9c27be" }),
  eventAt("2025-07-02T10:00:00Z", "ara4n", { kind: "new_text", commit: "2f3a9c27be" }),
  eventAt("2025-07-03T09:30:00Z", "ara4n", { kind: "new_text", commit: "3f3a9c27be" }),
  eventAt("2025-09-14T08:00:00Z", "ara4n", { kind: "ready" }),
  eventAt("2025-10-01T16:00:00Z", "turt2live", {
    kind: "review",
    verdict: "changes_requested",
    dismissed: true,
    text: "The state keys are not namespaced.\n\nThis breaks bridges.",
  }),
  eventAt("2025-10-01T16:00:00Z", "turt2live", {
    kind: "concern",
    number: 1,
    text: "The state keys are not namespaced.",
    of: "changes_requested",
  }),
  eventAt("2025-10-28T09:00:00Z", "ara4n", { kind: "new_text", commit: "4f3a9c27be" }),
  eventAt("2025-11-03T09:00:00Z", "turt2live", { kind: "resolved", number: 1 }),
  eventAt("2026-01-12T09:00:00Z", "uhoreg", { kind: "motion", motion: 1, disposition: "merge" }),
  eventAt("2026-01-12T09:00:00Z", "uhoreg", voteOf("yes", "", "motion")),
  eventAt("2026-01-13T10:00:00Z", "dbkr", voteOf("abstain", "I wrote half of it.")),
  eventAt(
    "2026-01-13T15:00:00Z",
    "clokep",
    voteOf(
      "yes",
      "Looks right to me; the migration path for old rooms is what I had missed before, and it is there now.",
      "review",
    ),
  ),
  eventAt("2026-01-20T15:00:00Z", "richvdh", {
    kind: "concern",
    number: 2,
    text: "Restricted joins over federation need a size limit, or a server can be made to resolve for hours.",
    of: "spoken",
  }),
  eventAt("2026-01-21T15:00:00Z", "erikjohnston", voteOf("yes", "", "tick")),
  eventAt("2026-01-22T15:00:00Z", "erikjohnston", voteOf("retracted", "C2 has a point.")),
  eventAt("2026-02-02T15:00:00Z", "turt2live", voteOf("yes", "All of mine are dealt with. 👍", "review")),
  eventAt("2026-02-09T09:00:00Z", "ara4n", { kind: "new_text", commit: "5f3a9c27be" }),
  eventAt("2026-02-20T09:00:00Z", "erikjohnston", voteOf("yes", "With the limit in, yes.")),
  eventAt("2026-03-06T09:00:00Z", null, {
    kind: "fcp_begun",
    motion: 1,
    disposition: "merge",
    endsAt: at("2026-03-11T09:00:00Z"),
  }),
  eventAt("2026-03-07T09:00:00Z", "kegsay", {
    kind: "waived",
    gate: "implementation",
    reason: "Two are in use; the list is out of date.",
  }),
];

const seat = (login: string, over: Partial<ProposalDetail["votes"][number]["seats"][number]> = {}) => ({
  login,
  lead: false,
  away: false,
  choice: null,
  cast: null,
  note: "",
  ...over,
});
const cast = (when: string, via: "command" | "review" | "tick" | "motion", onEarlierText = false) => ({
  via,
  at: at(when),
  url: `${HUB}/pull/1772#issuecomment-9`,
  head: "abc",
  onEarlierText,
});

export const DETAIL: ProposalDetail = {
  votes: [
    {
      team: TEAM,
      title: "Spec Core Team",
      measure: "75% of the Spec Core Team",
      decidedAt: null,
      seats: [
        seat("uhoreg", { lead: true, choice: "yes", cast: cast("2026-01-12T09:00:00Z", "motion", true) }),
        seat("clokep", { choice: "yes", cast: cast("2026-01-13T15:00:00Z", "review", true) }),
        seat("dbkr", { choice: "abstain", cast: cast("2026-01-13T10:00:00Z", "command") }),
        seat("turt2live", { choice: "yes", cast: cast("2026-02-02T15:00:00Z", "review", true) }),
        seat("erikjohnston", { choice: "yes", cast: cast("2026-02-20T09:00:00Z", "command") }),
        seat("richvdh", { note: "an approval of an earlier text" }),
        seat("kegsay", { away: true }),
        seat("anoadragon453"),
      ],
    },
  ],
  concerns: [
    {
      number: 1,
      text: "The state keys are not namespaced.",
      by: "turt2live",
      at: at("2025-10-01T16:00:00Z"),
      url: `${HUB}/pull/1772#pullrequestreview-1`,
      kind: "changes_requested",
      blocks: false,
      motion: 0,
      resolved: { by: "turt2live", at: at("2025-11-03T09:00:00Z"), url: `${HUB}/pull/1772#issuecomment-3` },
    },
    {
      number: 2,
      text: "Restricted joins over federation need a size limit, or a server can be made to resolve for hours.",
      by: "richvdh",
      at: at("2026-01-20T15:00:00Z"),
      url: `${HUB}/pull/1772#issuecomment-4`,
      kind: "spoken",
      blocks: true,
      motion: 1,
      resolved: null,
    },
  ],
  gates: [
    {
      name: "implementation",
      before: "begin",
      state: "waived",
      words: "",
      waiver: {
        by: "kegsay",
        reason: "Two are in use; the list is out of date.",
        url: `${HUB}/pull/1772#issuecomment-6`,
      },
    },
    {
      name: "checklist",
      before: "conclude",
      state: "unmet",
      words: "2 of 12 boxes of the checklist are not ticked",
      waiver: null,
    },
    { name: "review threads", before: "conclude", state: "met", words: "", waiver: null },
  ],
  head: "5f3a9c27be",
  approval: { needed: 2, by: ["erikjohnston"], met: false },
  holds: ["The text changed after three of the votes; they count all the same."],
  changes: [],
};

export const TEAM_LINE: ProposalSummary["teams"][number] = {
  team: TEAM,
  title: "Spec Core Team",
  yes: 5,
  needed: 6,
  size: 8,
  passed: false,
  count: "5 of 6 needed, of 8",
  missing: [{ login: "richvdh", away: false }],
  abstained: ["dbkr"],
};

export const SPACES = summaryOf(1772, { teams: [TEAM_LINE] });

const member = (login: string, id: number, over: Partial<RosterTeam["members"][number]> = {}) => ({
  login,
  id,
  lead: false,
  since: "2018-10-29",
  domains: [],
  away: null,
  ...over,
});

const CORE = (members: RosterTeam["members"]): RosterTeam => ({
  team: TEAM,
  title: "Spec Core Team",
  minimum: 5,
  members,
});
const TAKES = [
  { name: "proposal", takes: ["75% of the Spec Core Team"], period: "5 days" },
  { name: "clarification", takes: ["2 of the Spec Core Team"], period: "0 days" },
];
const [uhoreg, dbkr, clokep, rich, erik, kegsay, ara4n] = [
  member("uhoreg", 1, { lead: true, domains: ["Cryptography"] }),
  member("dbkr", 2, { domains: ["Clients", "VoIP"] }),
  member("clokep", 3, { since: "2021-05-04", domains: ["Servers"] }),
  member("richvdh", 4, { domains: ["Servers", "Federation"] }),
  member("erikjohnston", 5, { domains: ["Federation"] }),
  member("kegsay", 6, { away: { from: at("2026-03-01T00:00:00Z"), until: at("2026-03-20T00:00:00Z") } }),
  member("ara4n", 7, { lead: true, domains: ["Governance"] }),
];

export const ROSTER: RosterHistory = {
  versions: [
    {
      commit: "a".repeat(40),
      at: at("2025-01-06T10:00:00Z"),
      pull: null,
      by: "ara4n",
      valid: true,
      lawful: true,
      teams: [
        CORE(
          [ara4n, { ...uhoreg, lead: false }, dbkr, clokep, rich, erik].filter((one) => one !== undefined),
        ),
      ],
      decisions: TAKES,
    },
    {
      commit: "b".repeat(40),
      at: at("2025-08-11T10:00:00Z"),
      pull: 1650,
      by: "uhoreg",
      valid: true,
      lawful: true,
      teams: [CORE([uhoreg, dbkr, clokep, rich, erik, kegsay])],
      decisions: TAKES,
    },
    {
      commit: "c".repeat(40),
      at: at("2025-11-02T10:00:00Z"),
      pull: null,
      by: "dbkr",
      valid: false,
      lawful: false,
      teams: [],
      decisions: [],
    },
    {
      commit: "d".repeat(40),
      at: at("2025-11-02T11:00:00Z"),
      pull: null,
      by: "dbkr",
      valid: true,
      lawful: false,
      teams: [
        CORE([
          uhoreg,
          dbkr,
          rich,
          erik,
          kegsay,
          member("turt2live", 8, { since: "2025-11-02", domains: ["Clients"] }),
        ]),
      ],
      decisions: TAKES,
    },
    {
      commit: "e".repeat(40),
      at: at("2026-03-03T10:00:00Z"),
      pull: 1801,
      by: "uhoreg",
      valid: true,
      lawful: true,
      teams: [
        CORE([
          uhoreg,
          dbkr,
          { ...erik, domains: [] },
          kegsay,
          member("turt2live", 8, { since: "2025-11-02", domains: ["Clients"] }),
        ]),
        {
          team: "guardians",
          title: "Guardians",
          minimum: 3,
          members: [member("nico", 20), member("amandine", 21)],
        },
      ],
      decisions: [
        ...TAKES.slice(0, 1),
        { name: "clarification", takes: ["3 of the Spec Core Team"], period: "0 days" },
      ],
    },
  ],
};

const turnout = [{ team: TEAM, title: "Spec Core Team", yes: 6, abstained: 1, size: 8 }];

/** Proposals of three years, in which everything that can end a motion has ended one. */
export function busyWorld(): {
  summaries: ProposalSummary[];
  events: ProposalEvent[];
  decisions: DecidedLine[];
} {
  const summaries: ProposalSummary[] = [SPACES];
  const events: ProposalEvent[] = LONG.map((event) => ({ ...event, number: 1772 }));
  const decisions: DecidedLine[] = [];
  const titles = [
    "Reactions",
    "Threads, more or less",
    "Extensible events",
    "Sliding sync",
    "Knocking",
    "Restricted rooms",
  ];
  for (let index = 0; index < 48; index += 1) {
    const number = 1000 + index * 7;
    const opened = at("2024-02-01T09:00:00Z") + index * 15 * DAY;
    const moved = opened + (3 + ((index * 37) % 140)) * DAY;
    const begun = moved + (1 + ((index * 13) % 30)) * DAY;
    const ended = begun + 5 * DAY;
    const push = (when: number, what: PublicEvent["what"], by: string | null = "uhoreg") => {
      if (when < NOW) events.push({ ...eventAt(when, by, what), number });
    };
    push(opened, { kind: "opened" });
    push(moved, { kind: "motion", motion: 1, disposition: index % 9 === 4 ? "close" : "merge" });
    for (let voter = 0; voter < 6; voter += 1)
      push(moved + voter * 20 * HOUR, voteOf("yes"), `voter${voter}`);
    if (index % 3 === 0) {
      push(moved + DAY, {
        kind: "concern",
        number: 1,
        text: "Too long",
        of: index % 2 === 0 ? "spoken" : "changes_requested",
      });
      if (index % 4 !== 0) push(begun, { kind: "resolved", number: 1 });
    }
    const isCancelled = index % 11 === 3;
    if (isCancelled) push(moved + 2 * DAY, { kind: "cancelled", motion: 1, how: "command" });
    else {
      push(begun, { kind: "fcp_begun", motion: 1, disposition: "merge", endsAt: ended }, null);
      push(
        ended,
        { kind: "concluded", motion: 1, disposition: index % 9 === 4 ? "close" : "merge", turnout },
        null,
      );
      if (index === 40)
        push(ended + 3 * DAY, { kind: "corrected", motion: 1, reason: "It counted a vote twice." });
    }
    const isOver = !isCancelled && ended < NOW;
    if (isOver) push(ended + (2 + (index % 20)) * DAY, { kind: "merged" });
    if (isOver)
      decisions.push({
        number: decisions.length + 1,
        pull: number,
        motion: 1,
        outcome: index % 9 === 4 ? "close" : "merge",
        at: ended,
        hash: "0".repeat(64),
        url: `${HUB}/pull/${number}#issuecomment-77`,
      });
    summaries.push(
      summaryOf(number, {
        title: `MSC${number}: ${titles[index % titles.length] ?? ""}`,
        createdAt: opened,
        state: isOver ? (index % 9 === 4 ? "closed" : "merged") : "open",
        endedAt: isOver ? Math.min(NOW, ended + (2 + (index % 20)) * DAY) : null,
        place: isOver ? (index % 9 === 4 ? "rejected" : "spec_missing") : "proposed",
      }),
    );
  }
  events.push({
    ...eventAt("2026-02-11T09:00:00Z", "ara4n", {
      kind: "overridden",
      motion: 1,
      outcome: "finished",
      reason: "Decided by the Foundation’s board on 10 February.",
    }),
    number: 1700,
  });
  summaries.push(summaryOf(1700, { title: "MSC1700: Moderation", place: "finished" }));
  for (let number = 20; number < 60; number += 1)
    summaries.push(
      summaryOf(number, {
        title: `MSC${number}: An early idea`,
        known: "labels",
        sentence: "",
        labels: ["proposal", number % 3 === 0 ? "rejected" : "merged"],
        state: number % 8 === 0 ? "open" : "closed",
        createdAt: at("2019-01-01T00:00:00Z") + number * 20 * DAY,
        endedAt: number % 8 === 0 ? null : at("2022-06-01T00:00:00Z") + number * 20 * DAY,
        place: number % 8 === 0 ? "in_review" : number % 3 === 0 ? "rejected" : "merged",
      }),
    );
  return { summaries, events: events.sort((a, b) => a.at - b.at), decisions };
}

/** All of it together. */
export const BUSY: PlainFacts = {
  ...busyWorld(),
  details: new Map([[1772, DETAIL]]),
  roster: ROSTER,
};
