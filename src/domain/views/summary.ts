import { type Metadata, metadataIn } from "../acts/metadata.js";
import { isAway } from "../amendment/absence.js";
import { decidedTeams } from "../decide/decided.js";
import { recordedTally } from "../decide/recorded.js";
import { countOf, neededOf, quorumOf } from "../decide/tally.js";
import { holding } from "../gates/gates.js";
import { untilGate } from "../messages/gates.js";
import { countsShown } from "../messages/lawful.js";
import { countText } from "../messages/measure.js";
import { outlineOf } from "../messages/outline.js";
import { statusSentence } from "../messages/statusSentence.js";
import type { ConcernView, Decision, TeamTally } from "../model/decision.js";
import { GATE_MOMENTS } from "../model/gates.js";
import type { Outline } from "../model/outline.js";
import { sameLogin } from "../model/people.js";
import type { ConcernLine, MotionLine, ProposalSummary, TeamLine } from "../model/publicView.js";
import type { Motion, RecordedTally } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { PullFacts, Snapshot } from "../model/snapshot.js";
import { cutTo } from "../text/cut.js";
import type { Instant } from "../text/time.js";
import { hiddenIn, unlessHidden } from "./hidden.js";
import { placeByLabels, placeOf } from "./place.js";

/** Of a title, a text, a label: GitHub allows 256 characters of a title, and nobody reads more in a list. */
export const LINE_LENGTH = 500;
/** More are not shown in a line. */
const MOST_LABELS = 50;
const MOST_NOTED = 20;

/** @param updatedAt as GitHub says it; null: not known */
export function summaryOf(
  decision: Decision,
  snapshot: Snapshot,
  rules: Rules,
  updatedAt: Instant | null,
): ProposalSummary {
  const { pull, labels } = snapshot;
  const { register } = decision;
  const outline = outlineOf(decision, snapshot, rules);
  const { motion } = register;
  const running = motion?.fcp?.state === "running" && motion.end === null ? motion.fcp : null;
  return {
    number: pull.number,
    title: cutTo(pull.title, LINE_LENGTH),
    url: pull.url,
    author: pull.author?.login ?? null,
    ...peopleOf(decision, pull),
    labels: labelsOf(labels),
    state: pull.state,
    draft: pull.draft,
    createdAt: pull.createdAt,
    updatedAt: updatedAt ?? lastChange(snapshot),
    endedAt: pull.mergedAt ?? pull.closedAt,
    known: isFromBefore(decision, snapshot) ? "labels" : "clerk",
    amendment: decision.amendment !== undefined,
    place: placeOf(decision, snapshot, rules),
    sentence: isFromBefore(decision, snapshot) ? "" : statusSentence(decision),
    motion: motion === null ? null : motionLine(motion),
    teams: teamLines(decision),
    concerns: decision.concerns
      .filter(({ resolved }) => resolved === null)
      .map((concern) => concernLine(concern, hiddenIn(snapshot))),
    gates: gateLines(decision),
    fcp: running === null ? null : { startedAt: running.startedAt, endsAt: running.endsAt },
    turn: outline === null ? null : turnOf(outline),
    since: outline?.since ?? motion?.end?.at ?? pull.closedAt ?? pull.createdAt,
  };
}

/** act.adoption: it had ended before the clerk came. */
const isFromBefore = ({ register }: Decision, { pull, adoptedAt }: Snapshot): boolean =>
  register.motion === null &&
  pull.state !== "open" &&
  (pull.mergedAt ?? pull.closedAt ?? adoptedAt) < adoptedAt;

/** author.named, author.shepherd, and what the description names as its documentation. */
function peopleOf({ register }: Decision, { author, about }: PullFacts) {
  const said = metadataIn(about ?? []);
  const named = register.authors ?? [];
  const opener = author === null ? [] : [author.login];
  const authors = [...opener, ...named.map(({ person }) => person.login)].filter(
    (login, index, all) =>
      all.findIndex((other) => sameLogin(other, login)) === index &&
      !named.some((one) => sameLogin(one.person.login, login) && one.left !== null),
  );
  return {
    authors: authors.slice(0, MOST_NOTED),
    shepherd: register.shepherd?.person.login ?? said.shepherd,
    documentation: documentationIn(said),
  };
}

/** A closed proposal of before the clerk came, as its labels tell of it (act.adoption). */
export const listedSummary = (listed: Listed, rules: Rules): ProposalSummary => {
  const { description, author, ...known } = listed;
  const said = metadataIn(description);
  return {
    ...known,
    title: cutTo(listed.title, LINE_LENGTH),
    author,
    authors: (said.authors.length > 0 ? said.authors : author === null ? [] : [author]).slice(0, MOST_NOTED),
    shepherd: said.shepherd,
    documentation: documentationIn(said),
    labels: labelsOf(listed.labels),
    known: "labels",
    amendment: false,
    place: placeByLabels(listed.labels, listed, rules),
    sentence: "",
    motion: null,
    teams: [],
    concerns: [],
    gates: [],
    fcp: null,
    turn: null,
    since: listed.endedAt ?? listed.createdAt,
  };
};

type Listed = Pick<
  ProposalSummary,
  "number" | "title" | "url" | "author" | "labels" | "state" | "draft" | "createdAt" | "updatedAt" | "endedAt"
> & { readonly description: readonly string[] };

const labelsOf = (labels: readonly string[]): readonly string[] =>
  labels.slice(0, MOST_LABELS).map((label) => cutTo(label, LINE_LENGTH));

const documentationIn = ({ notes }: Pick<Metadata, "notes">): readonly string[] =>
  notes
    .filter(({ name }) => name === "Documentation")
    .flatMap(({ text }) => text.split(","))
    .map((text) => cutTo(text.trim(), LINE_LENGTH))
    .filter((text) => text !== "")
    .slice(0, MOST_NOTED);

const lastChange = ({ pull, utterances, events }: Snapshot): Instant =>
  [...utterances.map(({ createdAt }) => createdAt), ...events.map(({ at }) => at)].reduce(
    (last, at) => Math.max(last, at),
    Math.max(pull.createdAt, pull.closedAt ?? 0),
  );

const motionLine = ({ number, disposition, mover, from, end }: Motion): MotionLine => ({
  ...{ number, disposition, mover: mover.login, at: from.at, url: from.url },
  end: end?.kind ?? null,
});

/** How each team stands now; of what is decided, how it stood then (record.decided). */
function teamLines(decision: Decision): readonly TeamLine[] {
  const shown = countsShown(decision);
  const { motion } = decision.register;
  // What a motion would need is asked of nobody before there is one.
  if (motion === null && decision.amendment === undefined) return [];
  const decided =
    motion === null || decision.amendment !== undefined ? [] : decidedTeams(motion, shown.map(recordedTally));
  const open = shown.map((tally) => teamLine(tally, decision.at));
  const then = decided.flatMap(({ votes, standing }) => {
    const tally = votes ?? standing;
    return tally === null ? [] : [recordedLine(tally, open)];
  });
  if (motion !== null && motion.end !== null) return then;
  // While the period runs a vote can still be cast, though the count is decided.
  const running = then.map((line) => ({
    ...line,
    missing: open.find(({ team }) => team === line.team)?.missing ?? [],
  }));
  return [...running, ...open.filter(({ team }) => !then.some((line) => line.team === team))];
}

function teamLine(tally: TeamTally, now: Instant): TeamLine {
  const { team, title, yes, needed, size, passed, seats } = tally;
  return {
    ...{ team, title: cutTo(title, LINE_LENGTH), yes, needed, size, passed },
    count: countText(tally),
    missing: seats
      .filter(({ choice }) => choice === null)
      .map((seat) => ({ login: seat.member.login, away: isAway(seat, now) })),
    abstained: seats.filter(({ choice }) => choice === "abstain").map(({ member }) => member.login),
  };
}

/** What decided is over: nobody is missing in it any more. `present`: the counts of now, which tell how many were needed while the team is as it was. */
function recordedLine(
  { team, title, need, size, votes }: RecordedTally,
  present: readonly TeamLine[],
): TeamLine {
  const abstained = votes.flatMap(({ choice, member }) => (choice === "abstain" ? [member.login] : []));
  const count = { ...countOf(votes), size };
  const line = { yes: count.yes, needed: neededOf(count, need), size };
  return {
    ...{ team, title: cutTo(present.find((one) => one.team === team)?.title ?? title, LINE_LENGTH) },
    ...line,
    passed: true,
    count: countText({ ...line, ...quorumOf(count, need) }),
    missing: [],
    abstained,
  };
}

export const concernLine = (
  { number, text, by, at, url, kind, blocks }: ConcernView,
  hidden: ReadonlySet<string>,
): ConcernLine => ({
  ...{
    number,
    text: unlessHidden(cutTo(text, LINE_LENGTH), url, hidden),
    by: by.login,
    at,
    url,
    kind,
    blocks,
  },
});

/** What is not met of the gates, each once, before the first thing that it holds. */
const gateLines = ({ gates = [], phase }: Decision): ProposalSummary["gates"] =>
  phase === "ended"
    ? []
    : GATE_MOMENTS.filter((moment) => moment !== "never")
        .flatMap((moment) => holding(gates, moment))
        .filter((view, index, all) => all.indexOf(view) === index)
        .map((view) => ({ words: untilGate(view), before: view.gate.before }));

/** Whose doing is waited for. */
function turnOf({ waits, concerns, gates }: Outline): ProposalSummary["turn"] {
  switch (waits.kind) {
    case "fcp":
      return concerns.length > 0 ? "team" : null;
    case "merge":
      return "mover";
    case "quiet":
      return waits.turn === "nobody" ? "others" : waits.turn;
    case "votes":
      if (waits.teams.length > 0 || concerns.length > 0 || gates.some(({ by }) => by === "members"))
        return "team";
      return waits.held || gates.some(({ by }) => by !== "nobody") ? "author" : "others";
  }
}
