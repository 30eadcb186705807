import { plain } from "../../domain/messages/escape.js";
import { HOUR, type Instant, MINUTE, readable } from "../../domain/text/time.js";
import type { Clock } from "../../platform/clock.js";

/** Whoever waits for many reads. */
export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told why it stands still, and until when. */
  readonly waits: (why: string, until: Instant) => void;
}

/** So often a read is tried before it is told as unreadable. */
const TRIES = 3;
/** GitHub's limits are renewed within an hour. */
const LONGEST_WAIT = HOUR + 5 * MINUTE;

/** GitHub is asked again from when on it wants to be. */
export async function patient<T extends { readonly kind: string }>(
  ask: () => Promise<T>,
  { clock, signal, waits }: Patience,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    const read = await ask();
    const until = "retryAt" in read && typeof read.retryAt === "number" ? read.retryAt : null;
    if (read.kind !== "unreadable" || until === null || tried === TRIES || signal.aborted) return read;
    const wait = until - clock.now();
    if (wait > LONGEST_WAIT) return read;
    waits("why" in read ? String(read.why) : "", until);
    await clock.sleep(Math.max(0, wait), signal);
  }
}

/** Why it stands still. */
export const waitingText = (why: string, until: Instant): string =>
  `GitHub asks for patience (${plain(why)}): going on ${readable(until)}.`;
