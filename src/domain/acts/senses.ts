import { nearest } from "../text/editDistance.js";
import { spelled } from "./commandRow.js";

/*
 * What a word that is no command was meant to say (reply.always). Letters are a bad guide to that: `unapprove` is one slip from a word and its
 * very opposite. So the sense is asked first, and what says no is never taken for what it says no to.
 */

/** What people say for a command, by the command they mean. Hyphens are left out. */
const SENSES = spelled(
  [
    "retract",
    [
      ...[
        "unapprove",
        "unapproved",
        "disapprove",
        "disapproved",
        "deapprove",
        "unvote",
        "unvoted",
        "unabstain",
      ],
      ...["unabstained", "unack", "unaccept", "revoke", "revoked", "rescind", "rescinded"],
    ],
  ],
  [
    "fcp close",
    ["reject", "rejects", "rejected", "rejecting", "decline", "declined", "deny", "denied", "wontfix"],
  ],
  ["fcp merge", ["accept", "accepts", "accepted", "accepting", "adopt", "adopted", "ratify", "ratified"]],
  [
    "fcp postpone",
    ["defer", "defers", "defered", "deferred", "deferring", "delay", "delayed", "shelve", "shelved"],
  ],
  ["fcp cancel", ["abort", "aborted", "stop"]],
  [
    "reviewed",
    ["lgtm", "ack", "acked", "agree", "agreed", "yes", "aye", "yea", "vote", "endorse", "endorsed"],
  ],
  [
    "concern",
    [
      "object",
      "objection",
      "oppose",
      "opposed",
      "disagree",
      "veto",
      "block",
      "nack",
      "unresolve",
      "unresolved",
    ],
  ],
  ["resolve", ["unconcern", "unconcerned", "unblock", "unblocked", "addressed", "fixed", "solved"]],
);

/** What takes back or denies the word it begins. */
const NEGATED = /^(?:un|dis|de|non|anti|never)/u;
/** Words that deny the one behind them. */
const DENIALS: ReadonlySet<string> = new Set([
  ...["not", "no", "non", "un", "never", "dont", "don", "cannot", "cant", "undo", "without", "stop"],
]);

/** The command that these words mean; null: nothing that could be told. Both words in small letters, without marks; `two` may be empty. */
export function senseOf(one: string, two: string): string | null {
  const meant = SENSES.get(joined(one));
  if (meant !== undefined) return meant;
  // `fcp reject`, and `rfc reject`, which is near enough to it.
  return two !== "" && isNear(`${one} ${two}`, `fcp ${two}`) ? (SENSES.get(joined(two)) ?? null) : null;
}

/** Which of these may be offered for the words: what denies something is near only to what denies it too (`unreveiw` to `unreview`). */
export function offered(hints: readonly string[], one: string, two: string): readonly string[] {
  if (DENIALS.has(one)) return [];
  const denies = [one, two].some((word) => NEGATED.test(word));
  return denies ? hints.filter((hint) => NEGATED.test(hint)) : hints;
}

const joined = (word: string): string => word.replaceAll("-", "");
const isNear = (said: string, known: string): boolean => nearest(said, [known]) !== null;
