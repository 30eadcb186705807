import { DAY, HOUR, type Instant } from "../text/time.js";

const WEEK = 7 * DAY;
/** 1970 began on a Thursday: Mondays at eight in the morning, UTC. */
const FIRST = 4 * DAY + 8 * HOUR;

/** remind.digest: when it was last due. One that was missed is made up for by the next look, once. */
export const digestDue = (now: Instant): Instant => FIRST + Math.floor((now - FIRST) / WEEK) * WEEK;

/** When it is due next. */
export const nextDigest = (now: Instant): Instant => digestDue(now) + WEEK;
