import { type Account, sameLogin } from "../model/people.js";
import type { PendingReply, Reaction, Register, Reply } from "../model/register.js";
import type { OwnComment, Snapshot } from "../model/snapshot.js";
import { shortFingerprint } from "../text/fingerprint.js";
import { utf8Length } from "../text/fold.js";
import { formerFingerprint } from "../text/formerFingerprint.js";
import type { Act } from "./act.js";
import { isAuthor } from "./authors.js";
import { whoseIs } from "./commands.js";
import { isOnRoster } from "./needs.js";
import { type ActContext, mayAct, type Ruling, replyKey } from "./ruling.js";

/**
 * reply.always: writes down what answer an act has earned. The answers of one comment at one time go together: its reactions,
 * and one reply for all that was refused in it. They are pending until GitHub shows them, whatever kills the clerk in between.
 */
export function answer(context: ActContext, ruling: Ruling): Register {
  const { act } = context;
  const { register, outcome, why } = ruling;
  if (outcome === "ignored") return register;
  if (act.kind === "closed" || act.kind === "merged" || act.kind === "latch" || act.kind === "review")
    return register;
  if (act.kind === "asking_label") return register;
  if (act.kind === "dismissal" || act.kind === "concluded") return register;
  const spoken = act.kind === "command" || act.kind === "reword";
  if (!spoken && outcome !== "refused") return register;
  const once = onceKey(context, why);
  const says: readonly Reply[] = why === null ? [] : [why];
  const entry: PendingReply = {
    key: once ?? replyKey(spoken ? act.utterance.id : act.key, act.at),
    at: act.at,
    utterance: spoken ? act.utterance.id : null,
    url: act.url,
    to: context.person,
    reactions: spoken ? [reactionTo(act, outcome)] : [],
    replies: once !== null && answered(once, context, register) ? [] : saying([], says, register),
  };
  const same = register.pendingReplies.find(
    (one) => one.key === entry.key && one.utterance === entry.utterance,
  );
  if (same === undefined) {
    if (register.pendingReplies.length >= (once !== null ? OUTSIDERS_WAITING : ANYBODY_WAITING))
      return register;
    return entry.reactions.length + entry.replies.length === 0
      ? register
      : { ...register, pendingReplies: [...register.pendingReplies, entry] };
  }
  const merged: PendingReply = {
    ...same,
    reactions: [...new Set([...same.reactions, ...entry.reactions])],
    replies: once !== null ? same.replies : saying(same.replies, entry.replies, register),
  };
  return { ...register, pendingReplies: register.pendingReplies.map((one) => (one === same ? merged : one)) };
}

/**
 * The key of an answer that one person gets once on a pull request, by its kind: that they are on no team, what makes a proposal, the
 * help where they only mentioned the clerk or nothing is decided, that the description is not heard, and what waits for them where they are on no
 * team and it is not theirs. null: any other answer.
 */
function onceKey(context: ActContext, why: Reply | null): string | null {
  if (isToOutsider(context, why)) return outsiderKey(context);
  if (why?.code === "no_proposal") return personKey("scope", context);
  if (why?.code === "mine" && !isTheirs(context)) return personKey("mine", context);
  if (why?.code === "in_description") return personKey("description", context);
  const unasked = context.phase === "out_of_scope" || context.commandText === "";
  return why?.code === "help" && unasked ? personKey("help", context) : null;
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

/** Adds what fits to what an answer says; instead of the rest, that there is more. */
function saying(had: readonly Reply[], says: readonly Reply[], register: Register): readonly Reply[] {
  if (says.length === 0 || had.some(({ code }) => code === "and_more")) return had;
  const pending = register.pendingReplies.reduce((sum, one) => sum + bytesOf(one.replies), 0);
  return had.length + says.length > SAYS_LIMIT || pending + bytesOf(says) > OWED_BYTES
    ? [...had, { code: "and_more" }]
    : [...had, ...says];
}

const bytesOf = (says: readonly Reply[]): number => utf8Length(JSON.stringify(says));

const personKey = (kind: string, { person }: ActContext): string =>
  shortFingerprint(kind, person.id ?? person.login.toLowerCase());

/** A non-member gets one reply per person and proposal. */
const outsiderKey = (context: ActContext): string => personKey("outsider", context);

/** A reply to an outsider by a clerk of before fingerprints were SHA-256 is one all the same. */
const isOutsiderReply = (context: ActContext, { kind, key }: OwnComment["marker"]): boolean =>
  kind === "reply" &&
  (key === outsiderKey(context) ||
    key === formerFingerprint(`outsider\n${context.person.id ?? context.person.login.toLowerCase()}`));

/** Has this person been told already that commands here are for members? */
export const toldAsOutsider = (context: ActContext): boolean =>
  context.snapshot.ownComments.some(({ marker }) => isOutsiderReply(context, marker));

const answered = (once: string, context: ActContext, register: Register): boolean =>
  (once === outsiderKey(context) && toldAsOutsider(context)) ||
  context.snapshot.ownComments.some(({ marker }) => marker.kind === "reply" && marker.key === once) ||
  register.pendingReplies.some((one) => one.key === once && one.replies.length > 0);

function reactionTo(act: Act, outcome: Ruling["outcome"]): Reaction {
  if (outcome === "refused") return "confused";
  return act.kind === "command" && whoseIs(act.command) === "anyone" ? "eyes" : "thumbsUp";
}

export const isClerk = (author: Account | null, { login, id }: Snapshot["clerk"]): boolean =>
  author?.type === "Bot" && (author.id === null ? sameLogin(author.login, login) : author.id === id);

export function missingReactions(pending: PendingReply, snapshot: Snapshot): readonly Reaction[] {
  const utterance = snapshot.utterances.find((one) => one.id === pending.utterance);
  return utterance === undefined
    ? []
    : pending.reactions.filter((reaction) => !utterance.reactions[reaction]);
}

/** remind.mine: what it says is known only with the other proposals. */
export const needsOverview = ({ replies }: PendingReply): boolean =>
  replies.some(({ code }) => code === "mine");

export function missingReply(pending: PendingReply, snapshot: Snapshot): boolean {
  if (pending.replies.length === 0) return false;
  if (pending.utterance !== null && !snapshot.utterances.some((one) => one.id === pending.utterance))
    return false;
  return !snapshot.ownComments.some(({ marker }) => marker.kind === "reply" && marker.key === pending.key);
}
