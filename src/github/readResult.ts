import type { Instant } from "../domain/text/time.js";

/** What reading something of GitHub came to; `T`: what was read. */
export type ReadResult<T> = Read<T> | NotRead;

export type Read<T> = { readonly kind: "read" } & Readonly<T>;

export type NotRead = Gone | Unreadable;

/** There is no such thing (any more), or it is archived, or not (any longer) open to the App. */
export interface Gone {
  readonly kind: "gone";
  readonly why: string;
}

/** Nothing is known now: decide nothing, and try again. */
export interface Unreadable {
  readonly kind: "unreadable";
  readonly why: string;
  readonly retryAt: Instant | null;
  /**
   * `changed`: something asked for by its id is not there any more, and the rest of the answer is not used. `too_expensive`: GitHub gave up on it,
   * and a smaller page may do.
   */
  readonly because?: "changed" | "too_expensive";
}

/** GitHub gave up on it: asked for in smaller parts it may go well. */
export const isTooExpensive = (read: { readonly kind: string }): read is Unreadable =>
  read.kind === "unreadable" && "because" in read && read.because === "too_expensive";

/** What answers is most likely not GitHub, but a portal or a proxy in its place. */
export const STRANGE = "GitHub's answer has a shape the clerk does not know";

export const unreadable = (
  why: string,
  retryAt: Instant | null,
  because?: Unreadable["because"],
): Unreadable => ({ kind: "unreadable", why, retryAt, ...(because === undefined ? {} : { because }) });
