import type { PersonRef } from "./people.js";
import type { AmendmentKey } from "./rules.js";

/**
 * One thing an amendment changes, by its meaning. `key` names the rule it is judged by; `fingerprint` is the same as long as the
 * change is the same, so that a ballot given on it is known again after a push (and void after a push of another).
 */
export type Change = {
  readonly key: AmendmentKey;
  readonly fingerprint: string;
} & (
  | {
      readonly kind: "add_member";
      readonly team: string;
      readonly member: PersonRef;
      /** What else is written down about them; left out: nothing. */
      readonly details?: readonly { readonly what: DetailName; readonly after: string }[];
    }
  | { readonly kind: "remove_member"; readonly team: string; readonly member: PersonRef }
  /** amend.identity: the same numeric id with another login. */
  | {
      readonly kind: "rename";
      readonly team: string;
      readonly id: number;
      readonly from: string;
      readonly to: string;
    }
  /** A member written down by login alone is given the numeric id GitHub says is theirs. */
  | { readonly kind: "identify"; readonly team: string; readonly login: string; readonly id: number }
  | {
      readonly kind: "lead";
      readonly team: string;
      readonly from: PersonRef | null;
      readonly to: PersonRef;
      /** Of the vote of confidence that is written down with it; left out: none. */
      readonly date?: string;
    }
  | { readonly kind: "remove_lead"; readonly team: string; readonly from: PersonRef }
  | { readonly kind: "confirm_lead"; readonly team: string; readonly lead: PersonRef; readonly date: string }
  | {
      readonly kind: "details";
      readonly team: string;
      readonly member: PersonRef;
      readonly what: DetailName;
      readonly after: string;
    }
  /** Anything else: where in the file, and the two values as JSON. `seats`: the members of a team that is new. */
  | {
      readonly kind: "rules";
      readonly path: string;
      readonly before: string;
      readonly after: string;
      readonly seats?: readonly PersonRef[];
    }
);

type DetailName = "away" | "since" | "domains";

/** Whom a change seats, or gives another name: their ids have to be those GitHub knows (amend.identity). */
export function seated(change: Change): readonly PersonRef[] {
  switch (change.kind) {
    case "add_member":
      return [change.member];
    case "rename":
      return [{ login: change.to, id: change.id }];
    case "rules":
      return change.seats ?? [];
    default:
      return [];
  }
}

/**
 * How many people an amendment can seat at once. Each has to be looked up on GitHub (amend.identity), whoever wrote the names, and each
 * is a vote of its own: more of them are several amendments. The first config is none, and may seat whom it wants.
 */
export const MAX_SEATS = 40;

/** How many changes an amendment can make at once: every vote on it is counted for each of them. */
export const MAX_CHANGES = 200;
