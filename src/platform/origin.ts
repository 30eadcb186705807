import { Course } from "./course.js";

/** What led to what is being done: it stands in every line of the log from a webhook's arrival to the last write. */
export interface Origin {
  /** Ids of the webhooks (`X-GitHub-Delivery`), the first first; of many, the first few. */
  readonly deliveries: readonly string[];
  /** How many webhooks there were in all. */
  readonly heard: number;
  /** Which round it belongs to; null: none. */
  readonly round: Round | null;
  /** `owner/name#n`; null: it is about more than one, or none. */
  readonly proposal: string | null;
}

/** The one at the start, that of every ten minutes, that of each night, and what a webhook or an earlier failure asks for in between. */
export type Round = "start" | "changes" | "night" | "asked";

export const NO_ORIGIN: Origin = { deliveries: [], heard: 0, round: null, proposal: null };

/** More than these are counted only. */
const TOLD = 5;

export const origin = new Course<Origin>();

export const ofDelivery = (delivery: string): Origin => ({ ...NO_ORIGIN, deliveries: [delivery], heard: 1 });

/** Of two that lead to the same. A round is named only where nothing else asked. */
export function joined(one: Origin, other: Origin): Origin {
  const deliveries = [...new Set([...one.deliveries, ...other.deliveries])];
  const known = one.deliveries.length + other.deliveries.length - deliveries.length;
  return {
    deliveries: deliveries.slice(0, TOLD),
    heard: one.heard + other.heard - known,
    round: one.round === null || other.round === null ? null : one.round,
    proposal: one.proposal ?? other.proposal,
  };
}

export const ofDeliveries = (deliveries: readonly string[]): Origin =>
  deliveries.map(ofDelivery).reduce(joined, NO_ORIGIN);

/** As they stand in the log. */
export const originFacts = ({ deliveries, heard, round, proposal }: Origin) => ({
  ...(proposal === null ? {} : { proposal }),
  ...(deliveries.length === 0 ? {} : { delivery: deliveries.join(" ") }),
  ...(heard > deliveries.length ? { deliveries: heard } : {}),
  ...(round === null ? {} : { round }),
});
