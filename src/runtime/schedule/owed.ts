import type { Changes, ListOfChanges } from "../../github/ports.js";

/** Of the open ones, or of the closed ones, what is to be looked at: of the open ones a glance tells what has changed. */
export type Extent = "none" | "changed" | "all";
const EXTENTS: readonly Extent[] = ["none", "changed", "all"];

/** What is to be read yet. `whole`: it was due, and its end is told. */
export interface Owed {
  readonly whole: boolean;
  readonly open: Extent;
  readonly closed: Extent;
}

export const NOTHING_OWED: Owed = { whole: false, open: "none", closed: "none" };
export const WHOLE: Owed = { whole: true, open: "changed", closed: "changed" };

const moreOf = (one: Extent, other: Extent): Extent =>
  EXTENTS.indexOf(one) >= EXTENTS.indexOf(other) ? one : other;
export const more = (one: Owed, other: Owed): Owed => ({
  whole: one.whole || other.whole,
  open: moreOf(one.open, other.open),
  closed: moreOf(one.closed, other.closed),
});

/** Those whose changes are not, or not all, among what was read, and that are not waited for. */
export const lostIn = ({ cutOff, missing, failed }: Changes, givesUp: boolean): ReadonlySet<ListOfChanges> =>
  new Set([...cutOff, ...missing.map(({ list }) => list), ...(givesUp ? (failed?.lists ?? []) : [])]);

/** What makes up for them. What the lists of issues and of comments tell of open PRs shows in a glance too: their time stamps, texts and counts. */
export const insteadOf = (lost: ReadonlySet<ListOfChanges>): Extent =>
  lost.size === 0 ? "none" : lost.has("pulls/comments") || lost.has("issues/events") ? "all" : "changed";
