import { parseConfig } from "../config/parse.js";
import { cutTo } from "../domain/text/cut.js";
import type { Instant } from "../domain/text/time.js";
import type { Clock } from "../platform/clock.js";
import type { Log } from "../platform/log.js";
import { Caller } from "./client/call.js";
import { type Headers, limitIn } from "./client/limits.js";
import { Meter } from "./client/meter.js";
import { type Client, requestsThrough } from "./connect.js";
import { NodeIds } from "./nodeIds.js";
import type { LawfulMemory, Reader, RegisterMemory } from "./ports.js";
import { type CheckupReader, checkupReader } from "./read/checkup.js";
import { Configs } from "./read/config.js";
import { type EvidenceReader, evidenceReader, whoseToken } from "./read/evidence.js";
import { OwnForms } from "./read/ownForms.js";
import { OwnReactions } from "./read/ownReactions.js";
import { type PeopleReader, peopleReader } from "./read/people.js";
import { type FoundClerk, type KnownClerk, type WhereToLook, whoIsTheClerk } from "./read/whoIsTheClerk.js";
import { readingParts } from "./readingParts.js";
import { type Read, unreadable } from "./readResult.js";
import { byAuthorship } from "./record/trust.js";

interface TokenParts {
  /** Signed in with a token of anybody's who can read the repository. */
  readonly client: Client;
  readonly clock: Clock;
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** Counts what reading costs. */
  readonly meter: Meter;
  readonly memory: RegisterMemory;
  readonly lawful: LawfulMemory;
}

/** What reading takes, and nothing to write with. */
export interface ReadingConnection {
  readonly reader: Reader;
  readonly evidence: EvidenceReader;
  readonly checkup: CheckupReader;
  readonly people: PeopleReader;
}

export type ByToken =
  | Read<{ connection: ReadingConnection }>
  /** GitHub does not take the token, or refuses what it asks for. */
  | { readonly kind: "denied"; readonly why: string }
  /** GitHub hides what a token may not see: it is as if it were not there. */
  | { readonly kind: "hidden" }
  | Exclude<FoundClerk, Read<KnownClerk>>;

/** Reads as somebody who is not the clerk and has no key of it. Nothing can be written or signed by it: it is given neither a writer nor a key. */
export async function connectByToken(parts: TokenParts, where: WhereToLook): Promise<ByToken> {
  const { client, clock, gitHubClock, log, meter } = parts;
  const requestFor = requestsThrough(async () => client);
  const caller = new Caller({ requestFor, clock, gitHubClock, log, meter, jitter: Math.random });
  const refused = await refusal(client, where, clock.now());
  if (refused !== null) return refused;
  const clerk = await whoIsTheClerk(caller, where);
  if (clerk.kind !== "read") return clerk;
  const { memory, lawful } = parts;
  const { parse, configs, pulls, reader } = readingParts({
    ...{ caller, log, memory, lawful, clock, gitHubClock, meter },
    appId: clerk.appId,
    clerk: clerk.account,
    keys: byAuthorship,
    reacted: new OwnReactions(),
    forms: new OwnForms(),
    repositoryIds: new Map(),
    nodeIds: new NodeIds(),
    hasIssues: async () => ({ kind: "read", any: false }),
  });
  const evidence = evidenceReader({
    ...{ caller, pulls, parse },
    whoAsks: () => whoseToken(caller),
    clerk: async () => clerk.account.login,
  });
  const [checkup, people] = [checkupReader(caller, configs), peopleReader(caller)];
  return { kind: "read", connection: { reader, evidence, checkup, people } };
}

/** The same, for looking after how the clerk is set up: it need not be known which App it is. */
export function checkupByToken({ client, clock, gitHubClock, log }: CheckupParts): CheckupReader {
  const requestFor = requestsThrough(async () => client);
  const parts = { requestFor, clock, gitHubClock, log, meter: new Meter(), jitter: Math.random };
  const caller = new Caller(parts);
  return checkupReader(caller, new Configs(caller, parseConfig));
}

type CheckupParts = Pick<TokenParts, "client" | "clock" | "gitHubClock" | "log">;

/** Asked once before everything else, as only here it is plain that it is the token that is at fault. null: the repository can be read. */
async function refusal(
  { request }: Client,
  { owner, name: repo }: WhereToLook,
  now: Instant,
): Promise<Exclude<ByToken, { kind: "read" }> | null> {
  try {
    await request("GET /repos/{owner}/{repo}", { owner, repo });
    return null;
  } catch (thrown) {
    const { status, response } = thrown as { readonly status?: unknown; readonly response?: RefusedAnswer };
    const said = cutTo((response?.data?.message ?? "").replace(/\s+/g, " "), 300);
    if (response === undefined || typeof status !== "number" || status >= 500)
      return unreadable("GitHub does not answer", null);
    const limit = limitIn(status, response.headers ?? {}, said, now);
    if (limit !== null) return unreadable(limit.why, limit.until);
    if (status === 401) return { kind: "denied", why: "it is mistyped, was revoked, or has run out" };
    return status === 404 ? { kind: "hidden" } : { kind: "denied", why: said || `it answered ${status}` };
  }
}

/** Of Octokit's `RequestError`. */
interface RefusedAnswer {
  readonly headers?: Headers;
  readonly data?: { readonly message?: string } | null;
}
