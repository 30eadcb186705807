import type { Decision, NotTakenOver } from "../model/decision.js";
import { readable } from "../text/time.js";

/** What the person who runs the clerk should know of this decision, beyond what it says on GitHub: a line each, for the log. */
export const notices = (decision: Decision): readonly string[] => [
  ...(decision.withheld ?? []).map(
    ({ comment, until }) =>
      `Somebody keeps deleting the clerk’s comment “${comment}”: it is not posted again before ${readable(until)}.`,
  ),
  ...(decision.notTakenOver ? [notTakenOver(decision.notTakenOver.why)] : []),
];

/** takeover.legacy: why what an older bot seems to have carried does not go on, and what can be done. */
export const notTakenOver = (why: NotTakenOver): string =>
  `What an older bot had under way here is not taken over: ${REASONS[why]}. Its votes do not count; to go on, a member proposes it anew.`;

const REASONS: Readonly<Record<NotTakenOver, string>> = {
  label_by_another: "the label that tells of it was put on last by somebody else than that bot",
  namesake: "its comment is by an account of another type than the config names",
  unreadable: "what that bot itself wrote last in its comment cannot be read any more",
  deleted: "somebody else has deleted a comment of that bot’s",
  no_motion: "neither that bot’s label nor its comment tells of a motion that lives",
};
