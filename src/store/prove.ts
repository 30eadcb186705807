import type { Instant } from "../domain/text/time.js";
import type { Store } from "./port.js";

/** No repository of GitHub's has this number. */
const NOWHERE = { repository: 0, pull: 0 };
/** The same for all: what a process that was killed left is replaced. */
const SUBJECT = "proof";

/**
 * Writes a line, reads it and takes it away: a disk that is full can be read and not written. null: it went well; else why not, in plain words,
 * without a secret. `by`: this process.
 */
export async function proveStore(store: Store, by: string, at: Instant): Promise<string | null> {
  const written = await store.intend(NOWHERE, { subject: SUBJECT, at: Math.floor(at), by });
  if (written.kind === "unavailable") return written.why;
  const read = await store.intents(NOWHERE);
  if (read.kind === "unavailable") return read.why;
  const settled = await store.settle(NOWHERE, SUBJECT);
  return settled.kind === "unavailable" ? settled.why : null;
}
