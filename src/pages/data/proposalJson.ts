import { type EventProposal, eventSentence } from "../../domain/messages/eventSentence.js";
import type {
  Cast,
  ConcernLine,
  Happening,
  MotionLine,
  ProposalDetail,
  ProposalSummary,
  PublicEvent,
  RosterVersion,
  SeatLine,
  TeamLine,
} from "../../domain/model/publicView.js";
import { type Instant, iso } from "../../domain/text/time.js";
import type { ProposalEvent } from "../source.js";
import type { DocumentOf } from "./schemas.js";
import { isTransition } from "./transitions.js";

// Written out field by field, so that no change inside the clerk changes what is published unseen; the types are those of the published schema.

type SummaryJson = DocumentOf<"board">["proposals"][number];
type DetailJson = NonNullable<DocumentOf<"proposal">["detail"]>;
type EventJson = DocumentOf<"proposal">["events"][number];
type EventOfJson = DocumentOf<"events">["events"][number];
type RosterVersionJson = DocumentOf<"roster">["versions"][number];

const isoOrNone = (at: Instant | null): string | null => (at === null ? null : iso(at));

export const boardLineJson = (summary: ProposalSummary): SummaryJson => ({
  number: summary.number,
  title: summary.title,
  url: summary.url,
  author: summary.author,
  authors: [...summary.authors],
  shepherd: summary.shepherd,
  documentation: [...summary.documentation],
  labels: [...summary.labels],
  state: summary.state,
  draft: summary.draft,
  createdAt: iso(summary.createdAt),
  updatedAt: iso(summary.updatedAt),
  endedAt: isoOrNone(summary.endedAt),
  known: summary.known,
  amendment: summary.amendment,
  place: summary.place,
  sentence: summary.sentence,
  motion: summary.motion === null ? null : motionLineJson(summary.motion),
  teams: summary.teams.map(teamLineJson),
  concerns: summary.concerns.map(concernLineJson),
  gates: summary.gates.map(({ words, before }) => ({ words, before })),
  fcp:
    summary.fcp === null ? null : { startedAt: iso(summary.fcp.startedAt), endsAt: iso(summary.fcp.endsAt) },
  turn: summary.turn,
  since: iso(summary.since),
});

const motionLineJson = ({ number, disposition, mover, at, url, end }: MotionLine) => ({
  number,
  disposition,
  mover,
  at: iso(at),
  url,
  end,
});

const teamLineJson = (line: TeamLine): SummaryJson["teams"][number] => ({
  team: line.team,
  title: line.title,
  yes: line.yes,
  needed: line.needed,
  size: line.size,
  passed: line.passed,
  count: line.count,
  missing: line.missing.map(({ login, away }) => ({ login, away })),
  abstained: [...line.abstained],
});

const concernLineJson = ({ number, text, by, at, url, kind, blocks }: ConcernLine) => ({
  number,
  text,
  by,
  at: iso(at),
  url,
  kind,
  blocks,
});

export const detailJson = (detail: ProposalDetail): DetailJson => ({
  votes: detail.votes.map(({ team, title, measure, decidedAt, seats }) => ({
    team,
    title,
    measure,
    decidedAt: isoOrNone(decidedAt),
    seats: seats.map(seatLineJson),
  })),
  concerns: detail.concerns.map(({ motion, resolved, ...concern }) => ({
    ...concernLineJson(concern),
    motion,
    resolved: resolved === null ? null : { by: resolved.by, at: iso(resolved.at), url: resolved.url },
  })),
  gates: detail.gates.map(({ name, before, state, words, waiver }) => ({
    name,
    before,
    state,
    words,
    waiver: waiver === null ? null : { by: waiver.by, reason: waiver.reason, url: waiver.url },
  })),
  head: detail.head,
  approval:
    detail.approval === null
      ? null
      : { needed: detail.approval.needed, by: [...detail.approval.by], met: detail.approval.met },
  holds: [...detail.holds],
  changes: [...detail.changes],
});

const seatLineJson = ({ login, lead, away, choice, cast, note }: SeatLine) => ({
  login,
  lead,
  away,
  choice,
  cast: cast === null ? null : castJson(cast),
  note,
});

const castJson = ({ via, at, url, head, onEarlierText }: Cast) => ({
  via,
  at: iso(at),
  url,
  head,
  onEarlierText,
});

export const eventJson = (event: PublicEvent, proposal: EventProposal): EventJson => ({
  id: event.id,
  at: iso(event.at),
  by: event.by,
  url: event.url,
  transition: isTransition(event),
  sentence: eventSentence(event, proposal),
  what: happeningJson(event.what),
});

export const eventOfJson = (event: ProposalEvent, proposal: EventProposal): EventOfJson => ({
  number: event.number,
  ...eventJson(event, proposal),
});

function happeningJson(what: Happening): EventJson["what"] {
  switch (what.kind) {
    case "opened":
    case "ready":
    case "closed":
    case "reopened":
    case "merged":
    case "spec_missing":
    case "spec_in_review":
    case "spec_merged":
      return { kind: what.kind };
    case "motion":
      return { kind: what.kind, motion: what.motion, disposition: what.disposition };
    case "vote": {
      const { kind, motion, team, choice, via, text } = what;
      return { kind, motion, team, choice, via, text };
    }
    case "review":
      return { kind: what.kind, verdict: what.verdict, dismissed: what.dismissed, text: what.text };
    case "concern":
      return { kind: what.kind, number: what.number, text: what.text, of: what.of };
    case "resolved":
      return { kind: what.kind, number: what.number };
    case "fcp_begun": {
      const { kind, motion, disposition, endsAt } = what;
      return { kind, motion, disposition, endsAt: iso(endsAt) };
    }
    case "fcp_blocked": {
      const { kind, motion, disposition } = what;
      return { kind, motion, disposition };
    }
    case "concluded": {
      const { kind, motion, disposition } = what;
      const turnout = what.turnout.map(({ team, title, yes, abstained, size }) => ({
        team,
        title,
        yes,
        abstained,
        size,
      }));
      return { kind, motion, disposition, turnout };
    }
    case "cancelled":
      return { kind: what.kind, motion: what.motion, how: what.how };
    case "overridden":
      return { kind: what.kind, motion: what.motion, outcome: what.outcome, reason: what.reason };
    case "merged_undecided":
      return { kind: what.kind, motion: what.motion };
    case "corrected":
      return { kind: what.kind, motion: what.motion, reason: what.reason };
    case "waived":
      return { kind: what.kind, gate: what.gate, reason: what.reason };
    case "new_text":
      return { kind: what.kind, commit: what.commit };
    case "obsolete":
      return { kind: what.kind, by: what.by };
  }
}

export const rosterVersionJson = (version: RosterVersion): RosterVersionJson => ({
  commit: version.commit,
  at: iso(version.at),
  pull: version.pull,
  by: version.by,
  valid: version.valid,
  lawful: version.lawful,
  teams: version.teams.map(({ team, title, minimum, members }) => ({
    team,
    title,
    minimum,
    members: members.map(({ login, id, lead, since, domains, away }) => ({
      login,
      id,
      lead,
      since,
      domains: [...domains],
      away: away === null ? null : { from: iso(away.from), until: iso(away.until) },
    })),
  })),
  decisions: version.decisions.map(({ name, takes, period }) => ({ name, takes: [...takes], period })),
});
