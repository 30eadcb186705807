import { leaver } from "../acts/ownWord.js";
import { type Change, MAX_CHANGES, MAX_SEATS, seated } from "../model/change.js";
import type { AmendmentRefusal } from "../model/decision.js";
import type { PersonRef } from "../model/people.js";
import type { AmendmentFacts, ChangedFile } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { lockouts } from "./lockout.js";

/** Everything that keeps an amendment from passing as it is, all at once. `restores`: it brings back the last lawful config. */
export function refusalsOf(
  changes: readonly Change[],
  facts: AmendmentFacts,
  files: readonly ChangedFile[],
  { configPath, author, restores, excess, now }: Circumstances,
): readonly AmendmentRefusal[] {
  const found: AmendmentRefusal[] = [];
  const others = files.filter(({ path }) => path !== configPath).map(({ path }) => path);
  if (others.length > 0) found.push({ code: "not_alone", paths: others });
  switch (facts.head.kind) {
    case "gone":
    case "not_a_file":
      return [...found, { code: facts.head.kind }];
    case "invalid":
      return [...found, { code: "invalid", faults: facts.head.faults.length }];
    case "valid":
      break;
  }
  if (!facts.upToDate) found.push({ code: "out_of_date" });
  if (restores) return found;
  if (excess !== null) return [...found, excess];
  for (const change of changes) {
    found.push(...identityFaults(change, facts));
    const date = confidence(change);
    // The date of a vote of confidence is never after the vote: it passes on that day (UTC) at the earliest.
    if (date !== null && Date.parse(date) > now) found.push({ code: "future_confidence", date });
  }
  // Where the branch does not hold the present config, nobody wrote the text that a merge would make, so its effects are not checked.
  if (!facts.upToDate) return found;
  // People may resign whenever they want, also below the minimum (amend.resign).
  const forced = changes.filter((change) => leaver(change, author) === null);
  return [
    ...found,
    ...lockouts(facts.head.rules, forced).map((lockout) => ({ code: "lockout", lockout }) as const),
  ];
}

interface Circumstances {
  readonly configPath: string;
  readonly author: PersonRef | null;
  readonly restores: boolean;
  /** There are too many changes at once: `changes` are not examined. */
  readonly excess: Excess | null;
  readonly now: Instant;
}

export type Excess = AmendmentRefusal & { readonly code: "too_many" };

/** Anybody can open a pull request with any number of changes, so the number that is examined is bounded. */
export function excessOf(
  { tooManySeats }: Pick<AmendmentFacts, "tooManySeats">,
  changes: readonly Change[],
): Excess | null {
  if (tooManySeats !== null)
    return { code: "too_many", what: "people", count: tooManySeats, limit: MAX_SEATS };
  return changes.length > MAX_CHANGES
    ? { code: "too_many", what: "changes", count: changes.length, limit: MAX_CHANGES }
    : null;
}

const confidence = (change: Change): string | null =>
  change.kind === "confirm_lead" || change.kind === "lead" ? (change.date ?? null) : null;

/** When a date of confidence that is still to come will have come; null where there is none. */
export function nextConfidence(changes: readonly Change[], now: Instant): Instant | null {
  const days = changes.map((change) => Date.parse(confidence(change) ?? "")).filter((day) => day > now);
  return days.length === 0 ? null : Math.min(...days);
}

/** amend.identity: added members carry an id, and it is the one GitHub knows by that login. */
function identityFaults(change: Change, { accounts }: AmendmentFacts): readonly AmendmentRefusal[] {
  return seated(change).flatMap((member): readonly AmendmentRefusal[] => {
    const actual = accounts.find(({ login }) => login === member.login.toLowerCase())?.id ?? null;
    if (member.id === null) return [{ code: "no_id", member, actual }];
    return actual === member.id ? [] : [{ code: "wrong_id", member, actual }];
  });
}
