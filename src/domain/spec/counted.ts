import type { LabelKey } from "../model/labels.js";
import { type Account, canAct, isMember, personOf, sameAccount, sameLogin } from "../model/people.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { SpecPull } from "../model/spec.js";
import type { Instant } from "../text/time.js";

/** A pull request of the specification that counts, and since when what it shows does. */
export interface CountedPull extends SpecPull {
  readonly countsFrom: Instant;
}

/**
 * spec.linked: those that count for this proposal. Anybody can open one that names it, so its author has to be on the roster or the author
 * of the proposal; or somebody on the roster has approved or merged it as it reads now. What counted when it was merged counts for good,
 * whoever leaves the roster afterwards. In the order of their numbers.
 */
export function countedPulls({ spec, pull, events }: Snapshot, rules: Rules): readonly CountedPull[] {
  if (spec?.kind !== "read") return [];
  const told = toldMergedAt(events, rules);
  return spec.pulls
    .flatMap((one): readonly CountedPull[] => {
      const landed = one.state === "merged" && one.linked.includes(pull.number);
      const isKept = landed && Math.max(one.at, one.savedAt) <= told;
      if (isKept || isTheirs(one.author, pull, rules)) return [{ ...one, countsFrom: one.at }];
      const vouched = one.vouchers.filter(({ by, at }) => isOfATeam(by, rules) && at >= one.savedAt);
      if (vouched.length === 0) return [];
      const since = Math.min(...vouched.map(({ at }) => at));
      return [{ ...one, countsFrom: Math.max(one.at, since) }];
    })
    .sort((a, b) => a.number - b.number);
}

/** When the clerk itself last put on that it is merged there; before all time: never. */
const toldMergedAt = (events: Snapshot["events"], { labels: { merged } }: Rules): Instant =>
  events.reduce(
    (last, event) =>
      event.kind === "labeled" && event.byClerk && isNamed(event.label, merged)
        ? Math.max(last, event.at)
        : last,
    Number.NEGATIVE_INFINITY,
  );

const isNamed = (label: string | null, name: string | null): boolean =>
  label !== null && name !== null && sameLogin(label, name);

const isOfATeam = (account: Account | null, { teams }: Rules): boolean =>
  canAct(account) &&
  teams.some(({ members }) => members.some((member) => isMember(member, personOf(account))));

/** What they open there counts as it is: who is on the roster, and the author of the proposal. */
export const isTheirs = (
  account: Account | null,
  { author }: Pick<Snapshot["pull"], "author">,
  rules: Rules,
): boolean =>
  isOfATeam(account, rules) || (canAct(account) && author !== null && sameAccount(account, author));

/**
 * label.state, spec.linked: how far the specification has come with it, the furthest that any of them still is; and when one of them last
 * changed. null: none counts.
 */
export function specStep(
  snapshot: Snapshot,
  rules: Rules,
): { readonly key: LabelKey; readonly at: Instant } | null {
  const pulls = countedPulls(snapshot, rules);
  if (pulls.length === 0) return null;
  const some = (state: SpecPull["state"]) => pulls.some((one) => one.state === state);
  return {
    key: some("merged") ? "merged" : some("open") ? "spec_pr_in_review" : "spec_pr_missing",
    at: Math.max(...pulls.map(({ countsFrom }) => countsFrom)),
  };
}

/** spec.linked: the comment there says once which proposals it is for; nothing is written to one that came to nothing. */
export const lacksLink = ({ state, locked, linked }: SpecPull, proposal: number): boolean =>
  state !== "closed" && !locked && !linked.includes(proposal);
