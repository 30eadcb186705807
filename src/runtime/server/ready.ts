import { SECOND } from "../../domain/text/time.js";
import type { Clock } from "../../platform/clock.js";
import { type Handler, pathOf } from "./http.js";

export interface ReadyParts {
  /** By the machine's clock. */
  readonly clock: Clock;
  readonly state: () => {
    readonly stopping: boolean;
    /** GitHub has answered since the start. */
    readonly gitHubAnswered: boolean;
    readonly firstRoundDone: boolean;
  };
  /** Writes, reads and takes away; null: it went well. */
  readonly proveStore: () => Promise<string | null>;
}

/** Anybody may ask: the store is proven again after this, and not for each who asks. */
const PROVEN_FOR = 10 * SECOND;
/** By real time, as whoever asks waits by it. */
const PATIENCE = 5 * SECOND;

/** What is missing, a plain sentence each. */
export function whatIsMissing(
  { stopping, gitHubAnswered, firstRoundDone }: ReturnType<ReadyParts["state"]>,
  storeTrouble: string | null,
): readonly string[] {
  return [
    ...(stopping ? ["The clerk is stopping: it takes no more webhooks."] : []),
    ...(storeTrouble === null
      ? []
      : [`The store cannot be read or written, so nothing is acted on: ${storeTrouble}`]),
    ...(gitHubAnswered ? [] : ["GitHub has not answered yet: the log says why, and it is asked again."]),
    ...(firstRoundDone ? [] : ["The first round, which looks at every open proposal, is not done yet."]),
  ];
}

/**
 * `GET /readyz`: 200 once the store can be read and written, GitHub has answered and the first round is done; else 503, with what is missing. Not
 * for deciding whether to start the clerk anew, which would not help: that is `/healthz`.
 */
export function readiness({ clock, state, proveStore }: ReadyParts): Handler {
  let proof: { readonly at: number; readonly trouble: Promise<string | null> } | null = null;
  const storeTrouble = (): Promise<string | null> => {
    const now = clock.now();
    if (proof === null || now >= proof.at + PROVEN_FOR || now < proof.at)
      proof = { at: now, trouble: within(proveStore()) };
    return proof.trouble;
  };
  return async (request, response) => {
    if ((request.method !== "GET" && request.method !== "HEAD") || pathOf(request) !== "/readyz")
      return false;
    const trouble = await storeTrouble();
    const lacks = whatIsMissing(state(), trouble);
    const ready = lacks.length === 0;
    response
      .writeHead(ready ? 200 : 503, { "content-type": "application/json", "cache-control": "no-store" })
      .end(`${JSON.stringify(ready ? { ready } : { ready, missing: lacks })}\n`);
    return true;
  };
}

async function within(proof: Promise<string | null>): Promise<string | null> {
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<string>((resolve) => {
    late = setTimeout(() => resolve(`it has not answered within ${PATIENCE / SECOND} seconds.`), PATIENCE);
    late.unref();
  });
  try {
    return await Promise.race([proof, tooLate]);
  } finally {
    clearTimeout(late);
  }
}
