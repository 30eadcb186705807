import type { Instant } from "../text/time.js";
import type { Account } from "./people.js";

/** spec.linked: what the specification's repository shows of one proposal. Facts only: which of them counts is `spec/counted.ts`. */
export type SpecFacts =
  | {
      readonly kind: "read";
      readonly installation: number;
      readonly owner: string;
      readonly name: string;
      /** Anybody may see that repository, so that the proposal may tell of it; and the proposals', the other way round. */
      readonly isPublic: boolean;
      readonly proposalsArePublic: boolean;
      readonly pulls: readonly SpecPull[];
    }
  /** Nothing is known of it now, so what the clerk said last holds. `retryAt` null: it may not look there, and nobody knows for how long. */
  | { readonly kind: "unread"; readonly retryAt: Instant | null };

/** A pull request of the specification that names the proposal. */
export interface SpecPull {
  readonly number: number;
  readonly url: string;
  readonly state: "open" | "closed" | "merged";
  readonly locked: boolean;
  readonly author: Account | null;
  /** When it was opened, opened again, closed or merged: the last of these. */
  readonly at: Instant;
  /** When its title or its description was last saved. */
  readonly savedAt: Instant;
  /** Who approved it in a review that still stands, and who merged it. */
  readonly vouchers: readonly { readonly by: Account | null; readonly at: Instant }[];
  /** The proposals that the clerk's comment there names; none: there is no such comment. */
  readonly linked: readonly number[];
}

/** A pull request of another repository, as the App reaches it. */
export interface ElsewhereRef {
  readonly installation: number;
  readonly owner: string;
  readonly name: string;
  readonly number: number;
}
