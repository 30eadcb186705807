import type { Act } from "../../domain/acts/act.js";
import { actsOf } from "../../domain/acts/acts.js";
import { isMember, type PersonRef, samePerson } from "../../domain/model/people.js";
import type { PublicConcern, PublicRecord, PublicVote } from "../../domain/model/publicRecord.js";
import type { Choice } from "../../domain/model/register.js";
import type { Rules } from "../../domain/model/rules.js";
import { iso } from "../../domain/text/time.js";
import type { Thread } from "./facts.js";
import { contradicted, type LevelFinding, missing, onItsWord, proven } from "./level.js";
import { words } from "./words.js";

/** One thing somebody is said to have done. */
interface Claim {
  readonly who: PersonRef;
  readonly at: string;
  /** `comment:123`; null: a label, or not known. */
  readonly source: string | null;
  /** For people: `the vote of dbkr`. */
  readonly what: string;
  /** Does this act say it? */
  readonly says: (act: Act) => boolean;
}

/** Each vote, motion, concern and second, held against what GitHub shows: said there, by that person, at that time. */
export function seenSources(record: PublicRecord, thread: Thread, rules: Rules): readonly LevelFinding[] {
  const claims = claimsOf(record);
  const acts = actsBy(record, thread, rules);
  const findings = claims.map((claim) => heldAgainst(claim, acts, thread));
  const seen = findings.filter(({ outcome }) => outcome === "proven").length;
  const told = proven(words.seen(seen, claims.length));
  return [told, ...findings.filter(({ outcome }) => outcome !== "proven"), ...takenOver(record)];
}

/** Every act on the thread; the clerk is spoken to by the name it had then, too. */
function actsBy(record: PublicRecord, thread: Thread, rules: Rules): readonly Act[] {
  const mentions = [...rules.mentions, record.clerk.login.toLowerCase()];
  const snapshot = {
    ...{ ...thread, lawfulRules: null, register: null, registerFrom: "github" as const },
    ...{ carriers: { comment: null, check: null, newest: null, newestRun: null, erased: 0 } },
    ...{ rosterCommit: null, check: null, siblings: [], siblingsCutOff: false, unkept: false },
    ...{ unlawful: null, lawful: null, lawfulLost: null, published: [], amendment: null },
  };
  return actsOf(snapshot, { ...rules, mentions }, 0);
}

function claimsOf({ motion, teams, concerns, override, outcome, at }: PublicRecord): readonly Claim[] {
  const votes = teams.flatMap((team) => [...(team.votes ?? []), ...(team.since?.votes ?? [])]);
  const moved: readonly Claim[] =
    motion.via === "takeover" || motion.via === "override"
      ? []
      : [
          {
            ...{
              who: motion.mover,
              at: motion.at,
              source: motion.source,
              what: words.theMotion(motion.mover.login),
            },
            says: (act) => moves(act, motion.disposition),
          },
        ];
  return [
    ...moved,
    ...votes.flatMap((vote) => voteClaim(vote, motion.disposition)),
    ...concerns.filter((concern) => concern.at <= at).flatMap(concernClaims),
    ...(override === null
      ? []
      : [
          {
            ...{
              who: override.by,
              at: override.at,
              source: override.source,
              what: words.theOverride(override.by.login),
            },
            says: (act: Act) =>
              act.kind === "command" &&
              act.command.verb === "override" &&
              `override ${act.command.outcome}` === outcome,
          },
          ...override.seconds.map(
            ({ member, at: seconded }): Claim => ({
              ...{ who: member, at: seconded, source: null, what: words.theSecond(member.login) },
              says: (act) => act.kind === "command" && act.command.verb === "second",
            }),
          ),
        ]),
  ];
}

function moves(act: Act, disposition: string): boolean {
  switch (act.kind) {
    case "command":
      return (
        act.command.verb === "propose" ||
        (act.command.verb === "move" && act.command.disposition === disposition)
      );
    case "disposition_label":
      return act.disposition === disposition;
    default:
      return false;
  }
}

function voteClaim({ member, choice, cast, voided }: PublicVote, disposition: string): readonly Claim[] {
  if (cast === null || cast.via === "takeover") return [];
  const given = voided ?? choice;
  const says = (act: Act) => givenBy(act, member, disposition).includes(given);
  return [{ who: member, at: cast.at, source: cast.source, what: words.theVote(member.login), says }];
}

/** What an act comes to as a vote of this member; null among them: none (any more). */
function givenBy(act: Act, member: PersonRef, disposition: string): readonly (Choice | null)[] {
  const choiceOf = (choice: "yes" | "abstain" | "retract") => (choice === "retract" ? null : choice);
  switch (act.kind) {
    case "command":
      if (act.command.verb === "vote") return [choiceOf(act.command.choice)];
      return moves(act, disposition) ? ["yes"] : [];
    case "disposition_label":
      return act.disposition === disposition ? ["yes"] : [];
    case "ballot_label":
      return [choiceOf(act.choice)];
    case "review":
      return [act.submitted === "approved" ? "yes" : null];
    case "dismissal":
      return [null];
    case "ticks":
      return act.changes
        .filter(({ login }) => login.toLowerCase() === member.login.toLowerCase() || act.by?.id === member.id)
        .map(({ ticked }) => (ticked ? "yes" : null));
    case "reword":
    case "unsaid":
    case "asking_label":
    case "gate_label":
    case "checklist_ticks":
    case "description":
    case "closed":
    case "merged":
    case "latch":
    case "concluded":
      return [];
  }
}

function concernClaims({ number, by, at, source, resolved }: PublicConcern): readonly Claim[] {
  const raises = (act: Act) =>
    act.kind === "reword" ||
    (act.kind === "command" && act.command.verb === "concern") ||
    (act.kind === "review" && act.submitted === "changes_requested");
  const resolves = (act: Act) =>
    (act.kind === "command" && act.command.verb === "resolve") ||
    act.kind === "review" ||
    act.kind === "dismissal";
  return [
    { who: by, at, source, what: words.theConcern(number), says: raises },
    ...(resolved === null
      ? []
      : [
          {
            ...{ who: resolved.by, at: resolved.at, source: resolved.source },
            ...{ what: words.theResolving(number), says: resolves },
          },
        ]),
  ];
}

/** Acts that stand in a source, or may. */
const standsIn = (act: Act, source: string, thread: Thread): boolean => {
  if ("utterance" in act) return act.utterance.id === source;
  if (act.kind === "dismissal") return act.review === source;
  const own = thread.ownComments.find(({ url }) => url === act.url);
  return act.kind === "ticks" && own !== undefined && source === `comment:${own.id}`;
};

function heldAgainst(
  { who, at, source, what, says }: Claim,
  acts: readonly Act[],
  thread: Thread,
): LevelFinding {
  const named = words.claim(what, source, at);
  const then = acts.filter((act) => iso(act.at) === at && act.by !== null && isMember(who, act.by));
  const there = source === null ? then : then.filter((act) => standsIn(act, source, thread));
  if (there.some(says)) return proven(named);
  if (source === null) {
    const visible = then.some(says);
    return visible ? proven(named) : missing(words.noEvent(named));
  }
  if (thread.legacyComments.some(({ id }) => source === `comment:${id}`))
    return onItsWord(words.byOlderBot(named));
  const found = thread.utterances.find(({ id }) => id === source);
  const own = thread.ownComments.find(({ id }) => source === `comment:${id}`);
  if (found === undefined && own === undefined) return missing(words.gone(named, deletedBy(who, thread)));
  if (found !== undefined && found.author === null) return missing(words.accountGone(named));
  if (found?.author && !samePerson(found.author, who))
    return contradicted(words.saidByAnother(named, found.author.login));
  const hidden =
    (found ?? own)?.revisions.some((one) => ("lines" in one ? one.lines : one.body) === null) ?? false;
  if (hidden) return missing(words.textDeleted(named));
  if (own !== undefined && own.revisions.length === 0) return missing(words.editsNotShown(named));
  return contradicted(words.saysOtherwise(named));
}

/** Does GitHub tell that somebody deleted a comment of theirs? */
const deletedBy = (who: PersonRef, { events }: Thread): string | null => {
  const event = events.find(
    (one) => one.kind === "comment_deleted" && one.author !== null && samePerson(one.author, who),
  );
  return event === undefined ? null : words.deletion(event.actor?.login ?? "somebody", iso(event.at));
};

/** takeover.legacy: the older bot's list is all there is. */
const takenOver = ({ teams }: PublicRecord): readonly LevelFinding[] => {
  const votes = teams.flatMap((team) => (team.votes ?? []).filter(({ cast }) => cast?.via === "takeover"));
  return votes.length === 0 ? [] : [onItsWord(words.takenOver(votes.map(({ member }) => member.login)))];
};
