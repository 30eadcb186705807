import { UNKNOWN_HEAD } from "../acts/heads.js";
import { metadataIn } from "../acts/metadata.js";
import { periodOf } from "../acts/ratchet.js";
import { type ChangeSince, changesIn, standingOf } from "../decide/decided.js";
import type { ActVerdict, ChangeView, ConcernView, Decision, Seat, TeamTally } from "../model/decision.js";
import type { Provenance, RecordedVote } from "../model/register.js";
import { iso } from "../text/time.js";
import { refusalSentence } from "./amendmentRefusal.js";
import { changeSentence } from "./change.js";
import { PHASE_WORDS } from "./check.js";
import type { WordsContext } from "./context.js";
import { passedWords } from "./decided.js";
import { plain, shorten } from "./escape.js";
import { gateRow } from "./gates.js";
import { count, series } from "./grammar.js";
import { byWhich, countsShown, hasOneCount } from "./lawful.js";
import { shortCommit } from "./links.js";
import { countText, measureText, periodText } from "./measure.js";
import { nextStep } from "./nextStep.js";
import { notTakenOver } from "./notice.js";
import { statusSentence } from "./statusSentence.js";

/**
 * The whole decision as plain text for a terminal: every vote counted and not counted and why, the concerns, and what came of each
 * act judged this time. Everything people wrote is stripped of control characters.
 */
export function explain(decision: Decision, context: WordsContext): string {
  const { pull } = context;
  return [
    `#${pull.number} ${plain(pull.title)}`,
    plain(pull.url),
    "",
    ...facts(decision, context),
    ...section("Changes of the config", (decision.amendment?.changes ?? []).flatMap(changeLines)),
    ...section("It cannot pass as it is", (decision.amendment?.refusals ?? []).map(refusalSentence)),
    ...section("Votes", [
      ...decidedLines(decision),
      ...standingOf(decision, countsShown(decision)).open.flatMap((tally) =>
        tallyLines(tally, hasOneCount(decision, tally)),
      ),
    ]),
    ...section("Concerns", decision.concerns.map(concernLine)),
    ...section("What has to be in place", (decision.gates ?? []).map(gateRow)),
    ...section("Acts judged in this look", decision.verdicts.map(verdictLine)),
  ].join("\n");
}

function facts(decision: Decision, context: WordsContext): string[] {
  const { rules, pull } = context;
  const { motion } = decision.register;
  const rows: [string, string][] = [
    ["As of", iso(decision.at)],
    ["Phase", PHASE_WORDS[decision.phase]],
    ["Now", statusSentence(decision)],
    ["Check", decision.check],
  ];
  if (motion !== null) {
    rows.push([
      "Motion",
      `${motion.number}, to ${motion.disposition}, by ${plain(motion.mover.login)}, ${cameBy(motion.from)}`,
    ]);
    rows.push(["Rule", `${plain(motion.decision)}${periodText(periodOf(motion, rules), rules)}`]);
    rows.push(["Text", `${shortCommit(motion.head)} when it was opened`]);
    if (motion.fcp?.state === "running") {
      rows.push([
        "FCP",
        `from ${iso(motion.fcp.startedAt)} until ${iso(motion.fcp.endsAt)}, begun at ${shortCommit(motion.fcp.head)}`,
      ]);
    }
    if (motion.end !== null)
      rows.push(["Ended", `${motion.end.kind.replaceAll("_", " ")} ${iso(motion.end.at)}`]);
  }
  if (decision.after !== null) {
    const { from, head, moved, needed, approvedBy } = decision.after;
    const told = moved
      ? `another than ${from === UNKNOWN_HEAD ? "the one, not known," : shortCommit(from)} at which the FCP began; `
      : "";
    const yes = approvedBy.length;
    const said =
      yes < needed
        ? `${yes} of ${needed} members needed have said yes to it`
        : `${count(yes, "member")} ${yes === 1 ? "has" : "have"} said yes to it, ${needed} needed`;
    const by = approvedBy.length === 0 ? "" : ` (${approvedBy.map(({ login }) => plain(login)).join(", ")})`;
    rows.push(["Approval", `${shortCommit(head)}: ${told}${said}${by}`]);
  }
  const { signedOffPrivately } = decision.register;
  if (signedOffPrivately !== undefined)
    rows.push([
      "Sign-off",
      `in private, as ${plain(signedOffPrivately.by.login)} says ${iso(signedOffPrivately.at)}`,
    ]);
  if (decision.contestedLabels.length > 0) {
    rows.push([
      "Labels",
      `left alone today, changed by hand too often: ${decision.contestedLabels.join(", ")}`,
    ]);
  }
  const { config } = decision;
  if (config !== undefined)
    rows.push([
      "Config",
      config.kind === "lost"
        ? "which one is lawful is not known any more"
        : `changed without an approved amendment (${config.commit === null ? "not known where" : shortCommit(config.commit)}); the last lawful one${config.lawful === null ? "" : ` (${shortCommit(config.lawful)})`} is asked too`,
    ]);
  if (decision.notTakenOver) rows.push(["Older bot", plain(notTakenOver(decision.notTakenOver.why))]);
  for (const { label, by } of decision.idleLabels ?? [])
    rows.push([
      "Label",
      `“${plain(label)}” by ${plain(by?.login ?? "nobody known")}, who is on no team: adds nothing`,
    ]);
  const { authors = [], obsolete } = decision.register;
  if (authors.length > 0)
    rows.push([
      "Authors",
      authors
        .map(({ person, left }) => `${plain(person.login)}${left === null ? "" : " (no more)"}`)
        .join(", "),
    ]);
  if (rules.namedAuthors === true)
    for (const { name, text } of metadataIn(pull.description?.lines ?? []).notes)
      rows.push([name === "Documentation" ? "Docs" : name, plain(shorten(text, 200))]);
  if (decision.waiting !== undefined)
    rows.push([
      "Waits",
      `for the team since ${iso(decision.waiting.at)}, by the word of ${plain(decision.waiting.by.login)}`,
    ]);
  if (obsolete !== undefined)
    rows.push([
      "Obsolete",
      `${obsolete.supersededBy === null ? "" : `superseded by ${obsolete.supersededBy}, `}by the word of ${plain(obsolete.by.login)}`,
    ]);
  for (const { comment, until } of decision.withheld ?? [])
    rows.push(["Comment", `“${plain(comment)}” was deleted too often today: posted again ${iso(until)}`]);
  rows.push(["Next", nextStep(decision, context)]);
  return rows.map(([name, value]) => `${name.padEnd(9)}${value}`);
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];

function changeLines({ change, resignation, unsaid, routes, absence, passed }: ChangeView): string[] {
  const state = passed ? "has what it needs" : "waits";
  return [
    `${unmarked(changeSentence(change))}: ${state}`,
    ...(resignation ? ["  no vote: a resignation"] : []),
    ...routes.map(
      ({ tallies, lacksReason }, at) =>
        `  ${at === 0 ? "" : "or "}${series(tallies.map((tally) => `${countText(tally)} of ${plain(tally.title)}`))}${lacksReason ? "; the description does not say why" : ""}`,
    ),
    ...(unsaid === null ? [] : [`  or the own word of ${plain(unsaid.login)}: propose`]),
    ...absenceLine(absence),
  ];
}

/** amend.absent */
function absenceLine(absence: ChangeView["absence"]): readonly string[] {
  if (absence === null) return [];
  if (absence === "untold") return ["  them included: it cannot be told now whether they are absent"];
  const since = absence.quietSince;
  return [
    `  counted without them: ${since === null ? "nothing is known to have been seen of them" : `not seen since ${iso(since)}`}`,
  ];
}

/** Markdown of one line as the text it shows. */
export const unmarked = (text: string): string =>
  text
    .replace(/\*\*/g, "")
    .replace(/\\(.)/g, "$1")
    .replace(/&#8203;/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&amp;/g, "&");

const yesText = ({ yes, size, needed, quorum }: TeamTally): string =>
  quorum === undefined
    ? `${yes} yes of ${size}, ${needed} needed`
    : `${yes} yes of ${quorum.present} who do not abstain, ${needed} needed, ${quorum.voted} voted of ${size}, ${quorum.needed} needed`;

/** record.decided: by which votes, and what has changed since. */
const decidedLines = (decision: Decision): string[] =>
  standingOf(decision, countsShown(decision)).decided.flatMap((team) => {
    const { title, need, votes, standing, since } = team;
    const tally = votes ?? standing;
    const changes = votes === null || since === null ? [] : changesIn(votes, since);
    return [
      `${plain(title)} (${plain(need.team)}): ${passedWords(team)} (${measureText(need)})`,
      ...(tally?.votes ?? []).map((vote) => `  ${voteLine(vote)}`),
      ...changes.map((change) => `  since: ${changeLine(change)}`),
      ...(votes === null || since === null || since.size === votes.size
        ? []
        : [`  since: ${votes.size} members when it was decided, then ${since.size}`]),
    ];
  });

function voteLine({ member, choice, url, cast, voided }: RecordedVote): string {
  const by = url === null || cast === null ? "" : `, ${cameBy({ via: cast.via, at: cast.at, url })}`;
  const given = voided ?? choice;
  if (given === null) return `  ${plain(member.login)}: ${cast === null ? "no vote" : "retracted"}${by}`;
  const sign = choice === "yes" ? "+" : choice === "abstain" ? "0" : "-";
  return `${sign} ${plain(member.login)}: ${given}${by}${voided === undefined ? "" : "; voided by a push"}`;
}

function changeLine(change: ChangeSince): string {
  const who = plain(change.member.login);
  const by =
    change.kind === "left" || change.vote.cast === null || change.vote.url === null
      ? ""
      : `, ${cameBy({ via: change.vote.cast.via, at: change.vote.cast.at, url: change.vote.url })}`;
  switch (change.kind) {
    case "taken_back":
      return `${who}: ${change.had} retracted${by}`;
    case "given":
      return `${who}: ${change.choice}${by}`;
    case "changed":
      return `${who}: ${change.choice} in place of ${change.had}${by}`;
    case "joined":
      return `${who}: joined the team, ${change.choice ?? "no vote"}${by}`;
    case "left":
      return `${who}: ${change.had ?? "no vote"}; no longer on the team`;
  }
}

function tallyLines(tally: TeamTally, counted: boolean): string[] {
  const state = tally.passed ? "passed" : tally.size === 0 ? "no members" : "not passed";
  const minimum = tally.belowMinimum ? `, fewer than its minimum of ${count(tally.minimum, "member")}` : "";
  const has = `: ${yesText(tally)} (${measureText(tally.need)})${byWhich(tally)}: ${state}${minimum}`;
  return [
    `${plain(tally.title)} (${plain(tally.team)})${counted ? has : ""}`,
    ...tally.seats.map((seat) => `  ${seatLine(seat)}`),
    ...tally.notCounted.map(
      (vote) =>
        `  - ${plain(vote.person.login)}: ${vote.choice}, ${cameBy(vote.from)}; not counted: ${vote.why === "left_the_team" ? "no longer on the team" : "on it only by a change of the config that nobody approved"}`,
    ),
  ];
}

function seatLine(seat: Seat): string {
  const about = [
    ...(seat.lead ? ["lead"] : []),
    ...(seat.away === null ? [] : [`away from ${iso(seat.away.from)} until ${iso(seat.away.until)}`]),
  ];
  const who = `${plain(seat.member.login)}${about.length > 0 ? ` (${about.join(", ")})` : ""}`;
  const not =
    seat.uncounted === undefined ? "" : `; ${UNCOUNTED[seat.uncounted.why]}, ${cameBy(seat.uncounted.from)}`;
  const by = seat.from === null ? "" : `, ${cameBy(seat.from)}`;
  if (seat.choice !== null) {
    const earlier =
      seat.onEarlier === null ? "" : `; given on the earlier text ${shortCommit(seat.onEarlier)}`;
    return `${seat.choice === "yes" ? "+" : "0"} ${who}: ${seat.choice}${by}${earlier}${not}`;
  }
  if (seat.retracted) return `  ${who}: retracted${by}${not}`;
  if (seat.earlierApproval !== null) {
    const { commit, url, at } = seat.earlierApproval;
    return `- ${who}: approved another text (${shortCommit(commit)}) before the motion, ${iso(at)} ${plain(url)}; not counted`;
  }
  return `  ${who}: no vote${not}`;
}

const UNCOUNTED = {
  only_to_merge: "not counted: an approving review is a yes to merging only",
  changed: "not counted: on changes that a push has made into others since",
  partly: "counts only for what a push has left as it was",
} as const;

const cameBy = ({ via, url, at }: Provenance): string => `by ${VIA[via]} ${iso(at)} ${plain(url)}`;

const VIA: Readonly<Record<Provenance["via"], string>> = {
  command: "command",
  review: "review",
  tick: "tick",
  label: "label",
  motion: "proposing it",
  override: "override",
  takeover: "the older bot’s comment",
};

function concernLine(concern: ConcernView): string {
  const kind = concern.kind === "changes_requested" ? "changes requested" : "raised";
  const state =
    concern.resolved !== null
      ? `resolved by ${plain(concern.resolved.by.login)} ${iso(concern.resolved.at)} ${plain(concern.resolved.url)}`
      : concern.blocks
        ? `open${concern.carriedOver ? ", carried over" : ""}`
        : "open, does not block this motion";
  return `C${concern.number} “${plain(concern.text)}”: ${kind} by ${plain(concern.by.login)} ${iso(concern.at)} ${plain(concern.url)}; ${state}`;
}

const verdictLine = ({ at, by, said, url, outcome, why }: ActVerdict): string =>
  `${iso(at)} ${by === null ? "(nobody)" : plain(by.login)}: “${plain(said)}”: ${outcome}${why === null ? "" : ` (${why.code.replaceAll("_", " ")})`} ${plain(url)}`;
