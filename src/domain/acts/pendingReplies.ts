import { type Account, type PersonRef, sameLogin } from "../model/people.js";
import type { PendingReply, Reaction, Register, Reply } from "../model/register.js";
import type { Snapshot } from "../model/snapshot.js";
import { shortFingerprint } from "../text/fingerprint.js";
import { utf8Length } from "../text/fold.js";
import { formerFingerprint } from "../text/formerFingerprint.js";
import { onceFor } from "../text/onceFor.js";
import type { Act } from "./act.js";
import { isAuthor } from "./authors.js";
import { whoseIs } from "./commands.js";
import { isOnRoster } from "./needs.js";
import { type ActContext, mayAct, type Ruling, replyKey } from "./ruling.js";
import { utteranceOf } from "./timelineIndex.js";

/** The answers that the acts of one judging have earned, as they come about. */
export interface RepliesDraft {
  readonly add: (context: ActContext, ruling: Ruling) => void;
  readonly into: (register: Register) => Register;
}

/**
 * reply.always: writes down what answer an act has earned. The answers of one comment at one time go together: its reactions,
 * and one reply for all that was refused in it. They are pending until GitHub shows them, whatever kills the clerk in between.
 *
 * The list is a draft that belongs to one judging and is changed in place, with what is asked of it for every act beside it: where an entry
 * stands, what has said something, how many bytes it takes. It is handed out once, at the end.
 */
export function answering({ pendingReplies: before }: Register, snapshot: Snapshot): RepliesDraft {
  const draft = [...before];
  const standing = new Map<string, number>();
  /** Of what there are entries. */
  const subjects = new Set<string | null>();
  const outspoken = new Set<string>();
  const tell = ownWords(snapshot);
  let bytes = 0;
  let changed = false;

  const noted = (entry: PendingReply, place: number): void => {
    const name = nameOf(entry.key, entry.utterance);
    if (!standing.has(name)) standing.set(name, place);
    subjects.add(entry.utterance);
    if (entry.replies.length > 0) outspoken.add(entry.key);
    bytes += bytesOf(entry.replies);
  };
  for (const [place, entry] of draft.entries()) noted(entry, place);

  /** Adds what fits to what an answer says; instead of the rest, that there is more. */
  const saying = (had: readonly Reply[], says: readonly Reply[]): readonly Reply[] => {
    if (says.length === 0 || had.some(({ code }) => code === "and_more")) return had;
    return had.length + says.length > SAYS_LIMIT || bytes + bytesOf(says) > OWED_BYTES
      ? [...had, { code: "and_more" }]
      : [...had, ...says];
  };

  return {
    add: (context, { outcome, why }) => {
      const { act } = context;
      if (outcome === "ignored") return;
      if (act.kind === "closed" || act.kind === "merged" || act.kind === "latch" || act.kind === "review")
        return;
      if (act.kind === "asking_label" || act.kind === "dismissal" || act.kind === "concluded") return;
      const spoken = act.kind === "command" || act.kind === "reword";
      if (!spoken && outcome !== "refused") return;
      const once = tell.onceKey(context, why);
      const utterance = spoken ? act.utterance.id : null;
      const full = draft.length >= (once !== null ? OUTSIDERS_WAITING : ANYBODY_WAITING);
      if (full && !subjects.has(utterance)) return;
      const key = once ?? replyKey(spoken ? act.utterance.id : act.key, act.at);
      const reactions = spoken ? [reactionTo(act, outcome)] : [];
      const place = standing.get(nameOf(key, utterance));
      const same = place === undefined ? undefined : draft[place];
      if (same === undefined && full) return;
      const isAnswered = once !== null && (tell.hasTold(once, context) || outspoken.has(once));
      const says = isAnswered || why === null ? [] : saying([], [why]);
      if (same === undefined || place === undefined) {
        if (reactions.length + says.length === 0) return;
        const entry = {
          key,
          at: act.at,
          utterance,
          url: act.url,
          to: context.person,
          reactions,
          replies: says,
        };
        draft.push(entry);
        noted(entry, draft.length - 1);
      } else {
        const merged: PendingReply = {
          ...same,
          reactions: [...new Set([...same.reactions, ...reactions])],
          replies: once !== null ? same.replies : saying(same.replies, says),
        };
        draft[place] = merged;
        if (merged.replies.length > 0) outspoken.add(key);
        bytes += bytesOf(merged.replies) - bytesOf(same.replies);
      }
      changed = true;
    },
    into: (register) => (changed ? { ...register, pendingReplies: [...draft] } : register),
  };
}

const nameOf = (key: string, utterance: string | null): string => `${key} ${utterance ?? ""}`;

/** Who was told what already, and by which key. What hangs on the person alone is worked out once for each. */
function ownWords(snapshot: Snapshot) {
  const keys = new Map<string, string>();
  const keyOf = (kind: string, { person }: ActContext): string => {
    const name = `${kind} ${person.id ?? person.login.toLowerCase()}`;
    const key = keys.get(name) ?? personKey(kind, person);
    keys.set(name, key);
    return key;
  };
  return {
    /**
     * The key of an answer that one person gets once on a pull request, by its kind: that they are on no team, what makes a proposal, the
     * help where they only mentioned the clerk or nothing is decided, that the description is not heard, and what waits for them where they are
     * on no team and it is not theirs. null: any other answer.
     */
    onceKey: (context: ActContext, why: Reply | null): string | null => {
      if (isToOutsider(context, why)) return keyOf("outsider", context);
      if (why?.code === "no_proposal") return keyOf("scope", context);
      if (why?.code === "mine" && !isTheirs(context)) return keyOf("mine", context);
      if (why?.code === "in_description") return keyOf("description", context);
      const unasked = context.phase === "out_of_scope" || context.commandText === "";
      return why?.code === "help" && unasked ? keyOf("help", context) : null;
    },
    hasTold: (once: string, context: ActContext): boolean =>
      replyKeys(snapshot.ownComments).has(once) ||
      (once === keyOf("outsider", context) && toldByFormerClerk(context)),
  };
}

/** Is somebody on the roster here, or an author on their own proposal? */
const isTheirs = (context: ActContext): boolean =>
  isOnRoster(context.rules, context.person) || (context.phase !== "out_of_scope" && isAuthor(context));

/** Is this a refusal that the same person is told only once on a proposal? That of `withdraw` is one too, where they are in no needed team. */
function isToOutsider(context: ActContext, why: Reply | null): boolean {
  if (why?.code === "checklist_by_outsider") return true;
  if (why?.code === "not_a_member" || why?.code === "label_by_outsider" || why?.code === "for_authors")
    return !mayAct(context) || why.code !== "for_authors";
  const { act } = context;
  return why !== null && act.kind === "command" && act.command.verb === "withdraw" && !mayAct(context);
}

/** While this many answers wait to be given, further commands of outsiders get none: a flood of them must not outgrow the register. */
const OUTSIDERS_WAITING = 100;

/** And so many of anybody's: one member's flood must not make the record outgrow what holds it, which would hold the proposal for good. */
const ANYBODY_WAITING = 300;

/** How many refusals one reply tells: a comment with more of them has one problem, not many. */
const SAYS_LIMIT = 20;

/** How many bytes of unsent replies are kept in all: the record has to fit what carries it. */
const OWED_BYTES = 12_000;

const bytesOf = (says: readonly Reply[]): number => utf8Length(JSON.stringify(says));

const personKey = (kind: string, { id, login }: PersonRef): string =>
  shortFingerprint(kind, id ?? login.toLowerCase());

/** The keys of all replies that stand. */
const replyKeys = onceFor(
  (ownComments: Snapshot["ownComments"]): ReadonlySet<string> =>
    new Set(ownComments.flatMap(({ marker }) => (marker.kind === "reply" ? [marker.key] : []))),
);

/** Has this person been told already that commands here are for members? A non-member gets one reply per person and proposal. */
export const toldAsOutsider = (context: ActContext): boolean =>
  replyKeys(context.snapshot.ownComments).has(personKey("outsider", context.person)) ||
  toldByFormerClerk(context);

/** A reply to an outsider by a clerk of before fingerprints were SHA-256 is one all the same. */
function toldByFormerClerk({ snapshot: { ownComments }, person }: ActContext): boolean {
  const told = replyKeys(ownComments);
  return told.size > 0 && told.has(formerFingerprint(`outsider\n${person.id ?? person.login.toLowerCase()}`));
}

function reactionTo(act: Act, outcome: Ruling["outcome"]): Reaction {
  if (outcome === "refused") return "confused";
  return act.kind === "command" && whoseIs(act.command) === "anyone" ? "eyes" : "thumbsUp";
}

export const isClerk = (author: Account | null, { login, id }: Snapshot["clerk"]): boolean =>
  author?.type === "Bot" && (author.id === null ? sameLogin(author.login, login) : author.id === id);

export function missingReactions(pending: PendingReply, snapshot: Snapshot): readonly Reaction[] {
  const utterance = utteranceOf(snapshot, pending.utterance);
  return utterance === undefined
    ? []
    : pending.reactions.filter((reaction) => !utterance.reactions[reaction]);
}

/** remind.mine: what it says is known only with the other proposals. */
export const needsOverview = ({ replies }: PendingReply): boolean =>
  replies.some(({ code }) => code === "mine");

export function missingReply(pending: PendingReply, snapshot: Snapshot): boolean {
  if (pending.replies.length === 0) return false;
  if (pending.utterance !== null && utteranceOf(snapshot, pending.utterance) === undefined) return false;
  return !replyKeys(snapshot.ownComments).has(pending.key);
}
