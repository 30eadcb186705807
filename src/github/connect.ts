import { ProbotOctokit } from "probot";
import { DIGEST } from "../domain/duties/duties.js";
import type { Clock } from "../platform/clock.js";
import { graphqlAddress } from "../platform/gitHubAddress.js";
import { errorMessage, type Log } from "../platform/log.js";
import { type Answer, Caller, type Request, type RequestFor } from "./client/call.js";
import { HoursLeft } from "./client/hours.js";
import type { Headers } from "./client/limits.js";
import type { Meter } from "./client/meter.js";
import { readOne } from "./client/rest.js";
import { GRAPHQL } from "./client/routes.js";
import { type DutyConnection, GitHubIssues } from "./issues.js";
import { NodeIds } from "./nodeIds.js";
import type { LawfulMemory, Reader, RegisterMemory, RepositoryRef, Writer } from "./ports.js";
import { askAgain, type CheckupReader, checkupReader } from "./read/checkup.js";
import { type EvidenceReader, evidenceReader } from "./read/evidence.js";
import { OwnForms } from "./read/ownForms.js";
import { OwnReactions } from "./read/ownReactions.js";
import { type PeopleReader, peopleReader } from "./read/people.js";
import { readingParts } from "./readingParts.js";
import type { RecordKeys } from "./record/keys.js";
import { GitHubWriter } from "./write/writer.js";

/** The little of an Octokit that is used. `probot.auth(installation)` gives one. */
export interface Client {
  request: ((route: string, parameters?: Record<string, unknown>) => Promise<unknown>) & {
    readonly endpoint: { readonly DEFAULTS: { readonly baseUrl: string } };
  };
}

export interface ConnectParts {
  /** Without an installation: signed in as the App itself. `anew`: with no token of before, as that is void. */
  readonly auth: (installation?: number, anew?: boolean) => Promise<Client>;
  readonly appId: number;
  readonly keys: RecordKeys;
  readonly clock: Clock;
  /** GitHub's time, the one that decides. */
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** What the clerk keeps itself: of registers, and of which config is lawful. */
  readonly memory: RegisterMemory;
  readonly lawful: LawfulMemory;
  /** Counts what each reconcile costs. */
  readonly meter: Meter;
  /** Told what each answer leaves of the hour; left out: nobody is. */
  readonly hours?: HoursLeft;
  /** Milliseconds after which a call is given up; null: never. */
  readonly timeout?: number | null;
  /** A number from 0 up to 1, spreading calls that are made again. */
  readonly jitter: () => number;
  /** Signed in with the token of one installation; left out: as the App. */
  readonly alone?: AloneWithToken | undefined;
}

/**
 * Who has a token of the App's installation and not its key. GitHub answers it neither who the App is nor where it is installed
 * (https://docs.github.com/en/rest/apps/apps): both are known before, and it works for this repository alone.
 */
export interface AloneWithToken {
  readonly app: AppName;
  readonly repository: RepositoryRef;
}

/** `slug` is its name in mentions, `slug[bot]` its login in webhooks. */
export interface AppName {
  readonly id: number;
  readonly slug: string;
}

/** What became of the App's webhooks. */
export interface AppWebhooks extends Pick<CheckupReader, "deliveries"> {
  /** Asks GitHub to send one once more. */
  readonly askAgain: (delivery: string) => Promise<Answer>;
}

export interface Connection {
  readonly reader: Reader;
  readonly writer: Writer;
  /** The clerk's own issues, of the standing duties. */
  readonly issues: DutyConnection;
  readonly webhooks: AppWebhooks;
  /** Who the clerk is. Null: GitHub did not say. */
  identify(): Promise<AppName | null>;
}

type ClientOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;

const quiet = () => {};

/**
 * Probot's Octokit for the clerk, to be passed to `new Probot({ Octokit: ClerkOctokit, … })`. Probot's retries would send a POST
 * again, and its throttling would hold calls back unseen: both are off, as `Caller` does both by the clerk's own rules. Its
 * log would hold request bodies at the level `debug`, and is silent below warnings.
 */
export const ClerkOctokit: typeof ProbotOctokit = ProbotOctokit.defaults((options: ClientOptions) => ({
  ...options,
  throttle: { ...(options.throttle as object | undefined), enabled: false },
  retry: { enabled: false },
  log: {
    debug: quiet,
    info: quiet,
    warn: options.log?.warn?.bind(options.log) ?? quiet,
    error: quiet, // failures are told by whoever made the call, without the request
  },
})).plugin((octokit) => {
  // REST alone has versions; for GraphQL the header means nothing.
  octokit.hook.before("request", ({ headers }) => {
    headers["x-github-api-version"] = API_VERSION;
  });
});

/**
 * What the clerk was written for. GitHub answers in it for two years after the next one, an Enterprise Server from 3.9 on.
 * https://docs.github.com/en/rest/about-the-rest-api/api-versions
 */
export const API_VERSION = "2022-11-28";

/** What the command line asks besides. */
export interface AppConnection extends Connection {
  readonly evidence: EvidenceReader;
  readonly checkup: CheckupReader;
  readonly people: PeopleReader;
}

export function connectGitHub(parts: ConnectParts): AppConnection {
  const { appId, keys, clock, gitHubClock, log, meter, jitter, hours = new HoursLeft() } = parts;
  const caller = new Caller({
    requestFor: requestsThrough(parts.auth),
    clock,
    gitHubClock,
    log,
    jitter,
    meter,
    hours,
    ...(parts.timeout !== undefined && { timeout: parts.timeout }),
  });
  const shared = {
    ...{ caller, keys, log, reacted: new OwnReactions(), forms: new OwnForms() },
    repositoryIds: new Map<string, number>(),
    nodeIds: new NodeIds(),
  };
  const issues = new GitHubIssues(caller);
  const { alone } = parts;
  /** `slug[bot]`, once GitHub has said it: without it the clerk's own issues cannot be told from others'. */
  let login = alone === undefined ? null : `${alone.app.slug}[bot]`;
  const hasIssues = async (ref: RepositoryRef) => {
    if (login === null) return { kind: "read", any: false } as const;
    const read = await issues.issues(ref, login);
    if (read.kind === "unreadable") return read;
    // The digest stands where nothing was ever decided, and is to hold nothing (remind.digest).
    const reports = read.kind === "read" ? read.issues.filter(({ key }) => key !== DIGEST) : [];
    return { kind: "read", any: reports.length > 0 } as const;
  };
  const identify: Connection["identify"] = async () => {
    if (alone !== undefined) return alone.app;
    const answer = await readOne(caller, null, "GET /app", {});
    if (answer.kind !== "read") {
      log.warn("GitHub does not say yet who the App is.", { why: answer.why });
      return null;
    }
    const { id, slug } = answer.data ?? {};
    if (id === undefined || slug === undefined) return null;
    login = `${slug}[bot]`;
    return { id: Number(id), slug };
  };
  const { memory, lawful } = parts;
  const only = alone?.repository;
  const reading = { ...shared, appId, memory, lawful, clock, gitHubClock, meter, hasIssues, only };
  const { parse, configs, pulls, reader } = readingParts(reading);
  const checkup = checkupReader(caller, configs);
  return {
    reader,
    writer: new GitHubWriter(shared),
    issues,
    evidence: evidenceReader({
      ...{ caller, pulls, parse },
      whoAsks: async () => "the App itself",
      clerk: async () => (await identify())?.slug ?? null,
    }),
    identify,
    checkup,
    people: peopleReader(caller),
    webhooks: {
      deliveries: (since) => checkup.deliveries(since),
      askAgain: (delivery) => askAgain(caller, delivery),
    },
  };
}

/** Clients by installation. A client signs in when it must, and renews its token by itself. */
export function requestsThrough(auth: ConnectParts["auth"]): RequestFor {
  const clients = new Map<number | null, Promise<Request>>();
  return async (installation, spent) => {
    const known = clients.get(installation);
    if (known !== undefined) {
      if (spent === undefined || (await known) !== spent) return known;
      // Of several requests that met a void token at once the first signs in anew.
      const present = clients.get(installation);
      if (present !== undefined && present !== known) return present;
    }
    const made = (installation === null ? auth() : auth(installation, spent !== undefined)).then(requestOf);
    clients.set(installation, made);
    made.catch(() => clients.delete(installation));
    return made;
  };
}

function requestOf(client: Client): Request {
  const graphql = `POST ${graphqlAddress(client.request.endpoint.DEFAULTS.baseUrl)}`;
  return async (route, parameters) => {
    const answer = await client.request(route === GRAPHQL ? graphql : route, parameters);
    if (!isAnswer(answer))
      throw new Error(`GitHub's answer could not be understood (${errorMessage(typeof answer)})`);
    return answer;
  };
}

const isAnswer = (answer: unknown): answer is { status: number; headers: Headers; data: unknown } =>
  typeof answer === "object" &&
  answer !== null &&
  "status" in answer &&
  "headers" in answer &&
  "data" in answer;
