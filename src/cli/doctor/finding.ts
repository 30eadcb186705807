import { withFullStop } from "../../domain/messages/grammar.js";
import { type Instant, iso } from "../../domain/text/time.js";

/** `warning`: it works, and somebody should know. `wrong`: it does not, or not for long. `not_known`: it could not be looked at, and may be wrong. */
export type FindingState = "ok" | "warning" | "wrong" | "not_known";

/** One line of what the doctor tells. Each text is a sentence or more, for people. */
export interface DoctorFinding {
  /** For programs; stays. */
  readonly code: string;
  readonly state: FindingState;
  readonly what: string;
  /** Why it matters, and what to do about it; null where all is well. */
  readonly why: string | null;
  readonly fix: string | null;
}

export interface Section {
  readonly title: string;
  /** `OWNER/NAME`; null: it is about this machine, or about the App. */
  readonly repository: string | null;
  readonly findings: readonly DoctorFinding[];
}

export const ok = (code: string, what: string): DoctorFinding => ({
  code,
  state: "ok",
  what,
  why: null,
  fix: null,
});

type NotOk = (code: string, what: string, why: string, fix: string) => DoctorFinding;
const as =
  (state: FindingState): NotOk =>
  (code, what, why, fix) => ({ code, state, what, why, fix });
export const warning: NotOk = as("warning");
export const wrong: NotOk = as("wrong");
export const notKnown: NotOk = as("not_known");

/** What reading something came to, where it did not go well. */
export type Unread =
  | { readonly kind: "gone"; readonly why: string }
  | { readonly kind: "unreadable"; readonly why: string; readonly retryAt: Instant | null };

/** GitHub did not say it. */
export const unread = (code: string, what: string, read: Unread, why: string): DoctorFinding =>
  notKnown(
    code,
    withFullStop(`${what} cannot be read: ${read.why}`),
    why,
    read.kind === "unreadable" && read.retryAt !== null
      ? `Ask again after ${iso(read.retryAt)}.`
      : "Ask again in a minute; if it stays so, look at GitHub's own status page.",
  );
