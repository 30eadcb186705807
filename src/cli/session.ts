import { withoutFullStop } from "../domain/messages/grammar.js";
import { iso, MINUTE } from "../domain/text/time.js";
import type { Meter } from "../github/client/meter.js";
import type { AppConnection } from "../github/connect.js";
import type { RepositoryRef } from "../github/ports.js";
import type { Unreadable } from "../github/readResult.js";
import type { Clock } from "../platform/clock.js";

/** Where a question is about. */
export interface Wanted extends Omit<RepositoryRef, "installation"> {
  /** The pull request; left out: it is about the repository. */
  readonly number?: number;
}

/** Signed in for one question on the command line. There is nothing to write with. */
export interface Session {
  readonly installation: number;
  readonly github: Pick<AppConnection, "reader" | "evidence" | "checkup" | "people">;
  /** GitHub's time. */
  readonly clock: Clock;
  /** Counts the requests of what it is asked during. */
  readonly meter: Meter;
}

/** `why`: one plain sentence or more. */
export type SignedIn =
  | { readonly kind: "signed_in"; readonly session: Session }
  | { readonly kind: "not"; readonly why: string };

export type CliResult =
  | {
      readonly kind: "told";
      readonly text: string;
      /** The same for programs (`--json`). */
      readonly json: object;
    }
  | { readonly kind: "not"; readonly why: string };

/** Why something could not be read, and from when it may be again, where that is a while off. */
export function whyNot(read: { readonly why: string } | Unreadable, now: number): string {
  const retryAt = "retryAt" in read ? read.retryAt : null;
  const why = withoutFullStop(read.why);
  return retryAt === null || retryAt - now < A_WHILE ? why : `${why}, until ${iso(retryAt)}`;
}

const A_WHILE = MINUTE;
