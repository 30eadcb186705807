import { strictest } from "../decide/checkVerdict.js";
import type { CheckVerdict } from "../model/snapshot.js";
import { VERDICT_WORDS } from "./check.js";
import { escaped, shorten } from "./escape.js";
import { fitting } from "./fitting.js";

/** A pull request of a merge group, as its last reconcile found it. */
export interface GroupMember {
  readonly number: number;
  readonly verdict: CheckVerdict;
  /** Plain text. */
  readonly sentence: string;
}

/** check.queue: what the check on a merge group's own commit says. */
export function mergeGroupCheck(members: readonly GroupMember[]): {
  readonly verdict: CheckVerdict;
  readonly title: string;
  readonly summary: string;
} {
  const verdict = strictest(members.map((one) => one.verdict));
  const first = members.find((one) => one.verdict === verdict);
  const clear = verdict === "success" || verdict === "neutral";
  // The number alone: `#1` would show in the timeline of that pull request.
  const title =
    clear || first === undefined
      ? "Everything in this merge group may be merged"
      : shorten(`Pull request ${first.number}: ${first.sentence}`, 120);
  const summary = fitting([
    () =>
      [
        "The strictest result of the pull requests in this merge group:",
        members
          .map((one) => `- ${one.number} (${VERDICT_WORDS[one.verdict]}): ${escaped(one.sentence)}`)
          .join("\n"),
      ].join("\n\n"),
  ]);
  return { verdict, title, summary };
}
