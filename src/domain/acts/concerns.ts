import type { ConcernView } from "../model/decision.js";
import { samePerson } from "../model/people.js";
import type { Concern, Motion, NamedConcern, Register, Reply } from "../model/register.js";
import { fold, utf8Length } from "../text/fold.js";
import { onceFor } from "../text/onceFor.js";
import { type ActContext, accepted, ignored, mayAct, type Ruling, refused } from "./ruling.js";
import { whichConcerns } from "./whichConcerns.js";

/** The number a concern raised now belongs to: the motion that is open, or 0. */
const openMotion = (register: Register): number =>
  register.motion !== null && register.motion.end === null ? register.motion.number : 0;

function add(register: Register, concern: Omit<Concern, "number" | "motion" | "resolved">): Register {
  const number = Math.max(0, ...register.concerns.map((one) => one.number)) + 1;
  const raised: Concern = { ...concern, number, motion: openMotion(register), resolved: null };
  return { ...register, concerns: [...register.concerns, raised] };
}

const change = (register: Register, number: number, to: Partial<Concern>): Register => ({
  ...register,
  concerns: register.concerns.map((one) => (one.number === number ? { ...one, ...to } : one)),
});

/** What the register keeps of a concern's text. */
const TEXT_LIMIT = 500;

/** Cut where it is too long, never inside a character. Cutting again changes nothing. */
const kept = (text: string): string =>
  text.length <= TEXT_LIMIT ? text : [...text].slice(0, TEXT_LIMIT).join("").trimEnd();

/** As texts of concerns are compared. Every concern is, with every act, and there are many of both. */
const comparable = (text: string): string => fold(kept(text));
const comparableText = onceFor(({ text }: Concern) => comparable(text));
const bytesOf = onceFor(({ text }: Concern) => utf8Length(text));

/** Which of these have this text? */
const having = (text: string): ((concern: Concern) => boolean) => {
  const wanted = comparable(text);
  return (concern) => comparableText(concern) === wanted;
};

/** concern.raise: how many concerns a proposal keeps, resolved ones included, and how many bytes of UTF-8 their texts have in all: its record has to fit. */
export const MOST_CONCERNS = 100;
export const CONCERN_BYTES = 16_000;

/** Would one more concern with this text be more than the record holds? */
const isTooMuch = ({ concerns }: Register, text: string): boolean =>
  concerns.length >= MOST_CONCERNS ||
  concerns.reduce((sum, one) => sum + bytesOf(one), 0) + utf8Length(kept(text)) > CONCERN_BYTES;

/**
 * concern.raise, at any time before the end, whatever label stands (proposal.scope). A text that stands already stays as it is; a
 * resolved one is reopened.
 */
export function raise(context: ActContext, text: string, source: string): Ruling {
  const { register, person, act, commandText } = context;
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said: commandText });
  if (context.phase === "ended") return refused(context, { code: "ended", said: commandText });
  if (fold(text) === "") return refused(context, { code: "needs_text", said: commandText });
  const hasText = having(text);
  const same = register.concerns.find((one) => one.kind === "spoken" && hasText(one));
  if (same === undefined && isTooMuch(register, text))
    return refused(context, { code: "too_many_concerns", said: commandText });
  if (same === undefined) {
    return accepted(
      add(register, { text: kept(text), by: person, at: act.at, url: act.url, source, kind: "spoken" }),
    );
  }
  if (same.resolved === null) return accepted(register);
  return accepted(change(register, same.number, { resolved: null, motion: openMotion(register), source }));
}

/** act.durable: a reworded concern keeps its number. Where the old text is not on record, the new one is raised. */
export function reword(context: ActContext, from: string, to: string, source: string): Ruling {
  const { register, person } = context;
  const [hasOld, hasNew] = [having(from), having(to)];
  const own = register.concerns.find(
    (one) => one.source === source && samePerson(one.by, person) && hasOld(one),
  );
  const taken = register.concerns.some((one) => one !== own && one.kind === "spoken" && hasNew(one));
  if (own === undefined || taken || fold(to) === "") return raise(context, to, source);
  if (context.phase === "ended") return ignored(context);
  const without = { ...register, concerns: register.concerns.filter((one) => one !== own) };
  if (isTooMuch(without, to))
    return refused(context, { code: "too_many_concerns", said: context.commandText });
  return accepted(change(register, own.number, { text: kept(to) }));
}

/** concern.resolve: what is meant is found by `whichConcerns`. Of several, those that are resolved already are named. */
export function resolve(context: ActContext, what: string): Ruling {
  const { register, person, act, commandText } = context;
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said: commandText });
  if (what === "") return refused(context, { code: "needs_text", said: commandText });
  if (context.phase === "ended") return refused(context, { code: "ended", said: commandText });
  const meant = whichConcerns(register.concerns, kept(what));
  if (meant.kind === "none") {
    const open = register.concerns.filter((one) => one.resolved === null).map(line);
    return refused(context, { code: "no_such_concern", said: commandText, open });
  }
  if (meant.kind === "several")
    return refused(context, { code: "several_concerns", said: commandText, open: meant.concerns.map(line) });
  const already = meant.concerns.flatMap(({ number, resolved }) =>
    resolved === null ? [] : [{ number, by: resolved.by }],
  );
  const why: Reply = { code: "already_resolved", said: commandText, concerns: already };
  if (already.length === meant.concerns.length) return refused(context, why);
  const next = meant.concerns
    .filter((one) => one.resolved === null)
    .reduce(
      (so, { number }) => resolveNumber(so, number, { by: person, at: act.at, url: act.url }),
      register,
    );
  return already.length === 0 ? accepted(next) : { ...accepted(next), why };
}

export const resolveNumber = (
  register: Register,
  number: number,
  by: NonNullable<Concern["resolved"]>,
): Register => change(register, number, { resolved: by });

/** What a reply says of a concern, cut short: a reply to a dozen wrong guesses must not outgrow the register. */
const line = onceFor(
  ({ number, text }: Concern): NamedConcern => ({ number, text: [...text].slice(0, 100).join("") }),
);

/** ballot.review.changes: "Request changes" stands as one concern a member, until it is resolved. */
export function requestChanges(context: ActContext, source: string): Register {
  const { register, person, act } = context;
  const standing = register.concerns.find(
    (one) => one.kind === "changes_requested" && one.resolved === null && samePerson(one.by, person),
  );
  // Asked again: one concern still, and from now on the newer review is the one to dismiss.
  if (standing) return change(register, standing.number, { source, url: act.url });
  const text = `changes requested by ${person.login}`;
  // A request for changes is never refused: where the record has no room for one more, the member's own earlier one is reopened.
  const earlier = isTooMuch(register, text)
    ? register.concerns.findLast((one) => one.kind === "changes_requested" && samePerson(one.by, person))
    : undefined;
  if (earlier !== undefined) {
    const motion = openMotion(register);
    return change(register, earlier.number, { source, url: act.url, at: act.at, motion, resolved: null });
  }
  return add(register, { text, by: person, at: act.at, url: act.url, source, kind: "changes_requested" });
}

/** The member's own later approval ends the concern that their requested changes raised. */
export function resolveChangesOf(context: ActContext): Register {
  const { register, person, act } = context;
  return register.concerns
    .filter((one) => one.kind === "changes_requested" && one.resolved === null && samePerson(one.by, person))
    .filter((one) => one.at <= act.at)
    .reduce((so, one) => resolveNumber(so, one.number, { by: person, at: act.at, url: act.url }), register);
}

/**
 * concern.scope: every open concern blocks a motion to merge, also one carried over; a motion to close or postpone is blocked
 * only by concerns raised during it, and never by requested changes, which are against merging.
 */
export const blocks = (concern: Concern, motion: Motion): boolean =>
  concern.resolved === null &&
  (motion.disposition === "merge" || (concern.kind === "spoken" && concern.motion === motion.number));
export function concernView(concern: Register["concerns"][number], motion: Motion | null): ConcernView {
  return {
    ...concern,
    blocks: motion !== null && blocks(concern, motion),
    carriedOver: motion !== null && concern.resolved === null && concern.motion !== motion.number,
  };
}
