import { gitHubClock } from "../platform/clock.js";
import { silentLog } from "../platform/log.js";
import { systemClock } from "../platform/systemClock.js";
import { Caller } from "./client/call.js";
import { Meter } from "./client/meter.js";
import { ClerkOctokit, requestsThrough } from "./connect.js";
import { commentsOn, type EvidenceReader } from "./read/evidence.js";
import { type PeopleReader, peopleReader } from "./read/people.js";

/** What anybody may read, by REST. Without a token GitHub allows 60 requests an hour. */
export function connectPublicly(
  baseUrl: string,
  token: string | null = null,
): Pick<EvidenceReader, "commentsOn"> & { readonly people: PeopleReader } {
  const client = new ClerkOctokit({ baseUrl, ...(token === null ? {} : { auth: { token } }) });
  const caller = new Caller({
    requestFor: requestsThrough(async () => client),
    clock: systemClock,
    gitHubClock: gitHubClock(systemClock),
    log: silentLog,
    jitter: Math.random,
    meter: new Meter(),
  });
  return { commentsOn: commentsOn(caller), people: peopleReader(caller) };
}
