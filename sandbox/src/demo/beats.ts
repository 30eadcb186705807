import { type Act, says } from "../seed.js";
import type { LiveStage } from "../stage.js";
import type { Changed, Sight } from "./sight.js";

/** Somebody does something, in words; and the doing. */
export interface Doing {
  readonly who: string;
  readonly what: string;
  readonly act: Act;
}

/** What `npm run demo` can play: about one proposal, with everything that must be seen on the way. */
export interface Story {
  readonly title: string;
  /** Told before the first chapter. */
  readonly opening: string;
  readonly chapters: readonly Chapter[];
  /** Told when all came out as told. */
  readonly closing: string;
  /** The number of the proposal, which a beat may have yet to open. */
  readonly number: number;
  /** Everything that is there before the clerk starts. */
  readonly prepare: (stage: LiveStage) => Promise<void>;
}

/** One thing people do (or do not), and what must be seen after it. */
export interface Beat {
  /** Told before it. */
  readonly tells?: string;
  /** Moves the clock to this long after the Final Comment Period began. */
  readonly at?: number;
  /** Who does what, in words; and the doing. Several are done in the same second. */
  readonly does: readonly Doing[];
  readonly expects: readonly Expectation[];
}

/** A sentence, and whether what is seen bears it out. */
export type Expectation = readonly [
  sentence: string,
  holds: (now: Sight, change: Changed, before: Sight) => boolean,
];

export interface Chapter {
  readonly title: string;
  readonly beats: readonly Beat[];
}

export const doing = (who: string, what: string, act: Act): Doing => ({ who, what, act });
/** Comments on the proposal of this number. */
export const sayingOn =
  (number: number) =>
  (who: string, body: string): Doing =>
    doing(who, `comments: ${body}`, says(who, number, body));

export const has = (label: string): Expectation => [
  `the label ${label} is on`,
  ({ labels }) => labels.includes(label),
];
export const lacks = (label: string): Expectation => [
  `the label ${label} is off`,
  ({ labels }) => !labels.includes(label),
];
export const sameLabels: Expectation = [
  "no label changes",
  (_now, { added, removed }) => added.length + removed.length === 0,
];
/** Of the eight of the sandbox's Spec Core Team, six must say yes. */
export const counts = (yes: number): Expectation => [
  `the status comment counts ${yes} of 6`,
  ({ clerkComments }) => clerkComments.some(({ body }) => body.includes(`**${yes} of 6 needed, of 8**`)),
];
export const comments = (count: number): Expectation => [
  `${count} new comment(s) of the clerk`,
  (_now, change) => change.comments.length === count,
];
export const saysSo = (words: RegExp): Expectation => [
  `the clerk comments ${words}`,
  (_now, change) => change.comments.some(({ body }) => words.test(body)),
];
export const checkIs = (word: "waiting" | "success"): Expectation => [
  `the check is ${word}`,
  ({ check }) => (word === "success" ? check?.conclusion === "success" : check?.status === "in_progress"),
];
