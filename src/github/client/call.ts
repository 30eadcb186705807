import { cutTo } from "../../domain/text/cut.js";
import type { Instant } from "../../domain/text/time.js";
import { SECOND } from "../../domain/text/time.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import { HoursLeft } from "./hours.js";
import { KnownAnswers } from "./knownAnswers.js";
import { type Headers, limitIn, scarce, usedUp } from "./limits.js";
import { mayStillWrite, NOT_OURS } from "./mayStillWrite.js";
import type { Meter } from "./meter.js";
import { Pace, type Precedence } from "./pace.js";
import { type DataOf, GRAPHQL, type ParametersOf, type Route } from "./routes.js";
import { TOKEN_LAG, Tokens } from "./tokens.js";

/** What the clerk needs of an Octokit: `octokit.request`, with its own retries and throttling turned off. */
export type Request = (
  route: string,
  parameters: Record<string, unknown>,
) => Promise<{ readonly status: number; readonly headers: Headers; readonly data: unknown }>;

/**
 * An authenticated client: of an installation, or of the App itself (null). Remembers its token until that runs out. `spent`: the client whose token
 * GitHub takes for void, in whose place another one signs in.
 */
export type RequestFor = (installation: number | null, spent?: Request) => Promise<Request>;

/** What one call came to. Never thrown. */
export type Answer<Data = unknown> =
  | { readonly kind: "ok"; readonly status: number; readonly headers: Headers; readonly data: Data }
  /** Nothing happened: it was not sent, or GitHub turned it away for now. */
  | { readonly kind: "later"; readonly why: string; readonly retryAt: Instant | null }
  /** GitHub refused it: a 4xx that is no rate limit. `at`: the call itself, or signing in as the installation before it. */
  | {
      readonly kind: "no";
      readonly status: number;
      readonly why: string;
      readonly needs: string | null;
      readonly at: "call" | "sign-in";
    }
  /** Time-out, 5xx or a broken line: it may have happened. */
  | { readonly kind: "unclear"; readonly why: string };

type Refused = Extract<Answer, { kind: "no" }>;

interface Asked {
  readonly route: string;
  readonly parameters: object;
  readonly mayLeave: () => boolean;
}

export interface CallOptions {
  /** May be sent again when it is unclear whether it went through: reads, and writes that are the same twice. */
  readonly repeatable: boolean;
  /**
   * A write waits for its turn; `creates` counts it against the limits for new content: what notifies people, as comments and issues
   * do. GitHub marks these in its own description of the API (`triggersNotification`, which is where Octokit's throttling has its
   * list from: https://github.com/octokit/plugin-throttling.js); check runs, labels and reactions are none.
   */
  readonly write: "no" | "changes" | "creates";
}

export interface CallerParts {
  readonly requestFor: RequestFor;
  readonly clock: Clock;
  /** GitHub's time, for what is compared with GitHub's time stamps. */
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** Counts what each reconcile costs. */
  readonly meter: Meter;
  /** Told what each answer leaves of the hour. */
  readonly hours?: HoursLeft;
  /** A number from 0 up to 1, spreading repeated calls. */
  readonly jitter: () => number;
  /** Milliseconds after which a call is given up; null: never, where it is not over a network. */
  readonly timeout?: number | null;
}

export const REQUEST_TIMEOUT = 10 * SECOND;
/** How long to wait before a read or write that failed for GitHub's reasons is tried again by its caller. */
export const SOON = 30 * SECOND;
const ATTEMPTS = 3;

/** Every call to GitHub goes through here: one place for time-outs, limits, pacing and what may be repeated. */
export class Caller {
  readonly #parts: Required<CallerParts>;
  readonly #paces = new Map<number | null, Pace>();
  readonly #tokens = new Tokens();
  readonly #known = new KnownAnswers();

  constructor(parts: CallerParts) {
    this.#parts = { timeout: REQUEST_TIMEOUT, hours: new HoursLeft(), ...parts };
  }

  /** By the machine's clock: for waiting. */
  now(): Instant {
    return this.#parts.clock.now();
  }

  /** For what is compared with GitHub's time stamps. */
  gitHubNow(): Instant {
    return this.#parts.gitHubClock.now();
  }

  /** The shape of the data is as GitHub describes it: whoever could decide something wrong by another one looks at it. */
  async call<R extends Route>(
    installation: number | null,
    route: R,
    parameters: ParametersOf<R>,
    { repeatable, write }: CallOptions,
  ): Promise<Answer<DataOf<R>>> {
    const { clock, jitter, log } = this.#parts;
    const pace = this.#pace(installation);
    const resource = route === GRAPHQL ? "graphql" : "core";
    const mayLeave = (write === "no" ? null : mayStillWrite.current) ?? (() => true);
    const attempt = () => this.#once<DataOf<R>>(installation, pace, { route, parameters, mayLeave });
    const spending = this.#parts.meter.current;
    if (write !== "no" && spending !== null) {
      const at = spending.mayWriteAt(spending);
      if (at !== null) return { kind: "later", why: "its share of requests is used up for now", retryAt: at };
    }
    const rank = (): Precedence =>
      spending?.outsiders === true ? "outsiders" : spending?.background === true ? "background" : "people";
    let mayBeTooNew = true;
    for (let tried = 1; ; tried += 1) {
      const asked = pace.ask(resource, rank());
      if (asked.kind === "wait") return { kind: "later", why: asked.why, retryAt: asked.until };
      const answer =
        write === "no" ? await attempt() : await pace.write(write === "creates", resource, attempt, rank());
      if (answer.kind === "wait") return { kind: "later", why: answer.why, retryAt: answer.until };
      if (mayBeTooNew && answer.kind === "no" && this.#isTooNew(installation, answer)) {
        mayBeTooNew = false;
        // It was refused, so it did not happen: this repeats nothing.
        log.debug("GitHub does not know yet what a new token may do; trying again.", { route });
        await clock.sleep(TOKEN_LAG);
        continue;
      }
      if (answer.kind !== "unclear" || !repeatable || tried >= ATTEMPTS) return answer;
      log.debug("GitHub did not answer; trying again.", { route, tried, why: answer.why });
      await clock.sleep(SECOND * 2 ** (tried - 1) * (1 + jitter()));
    }
  }

  /** Holds back later calls: GitHub told of a limit in the body of an answer (GraphQL does). */
  heldBy(installation: number | null, status: number, headers: Headers, message: string): Instant | null {
    const limit = limitIn(status, headers, message, this.now());
    if (limit === null) return null;
    this.#pace(installation).hold(limit);
    return limit.until;
  }

  #pace(installation: number | null): Pace {
    const known = this.#paces.get(installation);
    if (known !== undefined) return known;
    const made = new Pace(this.#parts.clock);
    this.#paces.set(installation, made);
    return made;
  }

  #isTooNew(installation: number | null, { status, at, why }: Refused): boolean {
    const is = status === 403 && at === "call" && /not accessible by integration/i.test(why);
    return is && this.#tokens.isNew(installation, this.now());
  }

  /** `spent`: the client that this is asked with again in whose place, its token being void. */
  async #once<Data>(
    installation: number | null,
    pace: Pace,
    asked: Asked,
    spent?: Request,
  ): Promise<Answer<Data>> {
    const { requestFor, timeout, clock, meter } = this.#parts;
    const { route, parameters, mayLeave } = asked;
    // Real time, not the clock's: how long a line stays silent does not change when a rehearsal moves its clock.
    const signal = timeout === null ? null : AbortSignal.timeout(timeout);
    let request: Request | undefined;
    try {
      request = await within(requestFor(installation, spent), signal);
      if (!mayLeave())
        return {
          kind: "later",
          why: NOT_OURS,
          retryAt: clock.now() + SECOND,
        };
      meter.asked();
      // `retries: 0`: also where a client comes with Octokit's retry plugin, which would repeat a POST.
      const options = {
        ...(signal !== null && { signal }),
        retries: 0,
        fetch: this.#sending(installation, route),
      };
      const answer = await within(request(route, { ...parameters, request: options }), signal);
      this.#parts.hours.answered(installation, answer.headers);
      const used = usedUp(answer.headers, clock.now());
      if (used !== null) pace.hold(used);
      pace.spare(route === GRAPHQL ? "graphql" : "core", scarce(answer.headers, clock.now()));
      meter.answered(answer.data);
      return { kind: "ok", status: answer.status, headers: answer.headers, data: answer.data as Data };
    } catch (thrown) {
      if (signal?.aborted)
        return { kind: "unclear", why: `no answer within ${Math.round((timeout ?? 0) / SECOND)} seconds` };
      // A token can be void before its hour is over: signed in anew once. A 401 was not carried out, so this repeats nothing.
      if (installation !== null && request !== undefined && spent === undefined && isVoidToken(thrown))
        return this.#once(installation, pace, asked, request);
      return this.#failure(thrown, installation, pace);
    }
  }

  /** Of the App itself nothing is known again: each of its requests is signed anew. */
  #sending(installation: number | null, route: string): typeof fetch {
    const send = installation !== null && route.startsWith("GET ") ? this.#known.asking(installation) : fetch;
    return this.#tokens.noting(installation, this.now(), send);
  }

  #failure(thrown: unknown, installation: number | null, pace: Pace): Exclude<Answer, { kind: "ok" }> {
    const failed = failureOf(thrown);
    if (!failed.url.includes("/access_tokens")) this.#parts.hours.answered(installation, failed.headers);
    const at = failed.url.includes("/access_tokens") ? "sign-in" : "call";
    if (failed.status === 401) {
      // Its new token too: a thousand reconciles that wait must not each find that out again.
      const until = this.now() + SOON;
      const why = `GitHub does not accept the App's credentials: ${failed.message}`;
      pace.hold({ until, resource: null, why });
      return { kind: "later", why, retryAt: until };
    }
    if (failed.status === null || failed.status >= 500) {
      if (at === "sign-in")
        return { kind: "later", why: "signing in as the installation failed", retryAt: this.now() + SOON };
      if (NOT_SENT.has(failed.code ?? "")) {
        return { kind: "later", why: "GitHub cannot be reached", retryAt: this.now() + SOON };
      }
      return {
        kind: "unclear",
        why: failed.status === null ? "the line broke" : `GitHub answered ${failed.status}`,
      };
    }
    const limit = limitIn(failed.status, failed.headers, failed.message, this.now());
    if (limit !== null) {
      pace.hold(limit);
      return { kind: "later", why: limit.why, retryAt: limit.until };
    }
    return {
      kind: "no",
      status: failed.status,
      why: failed.message,
      needs: failed.headers["x-accepted-github-permissions"]?.toString() ?? null,
      at,
    };
  }
}

/** The call itself was answered so: not the signing in before it, which a new token would not help. */
function isVoidToken(thrown: unknown): boolean {
  const { status, url } = failureOf(thrown);
  return status === 401 && !url.includes("/access_tokens");
}

/** Failures of the connection before anything was sent. */
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

interface Failure {
  readonly status: number | null;
  readonly headers: Headers;
  /** What GitHub says, without links and request data. */
  readonly message: string;
  readonly url: string;
  readonly code: string | null;
}

/** Octokit's `RequestError`, or whatever else was thrown. Of the request only the address is read. */
function failureOf(thrown: unknown): Failure {
  const error = fieldsOf(thrown);
  const response = fieldsOf(error.response);
  const body = fieldsOf(response.data);
  const details = Array.isArray(body.errors) ? body.errors.map(detailOf).filter((text) => text !== "") : [];
  const said = [body.message ?? error.message, ...details].join("; ");
  const answered = error.response !== undefined && typeof error.status === "number";
  return {
    status: answered ? Number(error.status) : null,
    headers: fieldsOf(response.headers) as Headers,
    message: cutTo(said.replace(/\s+/g, " "), 300),
    url: String(fieldsOf(error.request).url ?? response.url ?? ""),
    code: codeOf(thrown),
  };
}

/** What is wrong with one field: `already_exists`, say. https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
function detailOf(error: unknown): string {
  if (typeof error === "string") return error;
  const { field, code, message } = fieldsOf(error);
  return [field, message ?? code].filter((part) => typeof part === "string").join(": ");
}

function codeOf(thrown: unknown): string | null {
  let error = fieldsOf(thrown);
  for (let depth = 0; depth < 5; depth += 1) {
    if (typeof error.code === "string") return error.code;
    if (error.cause === undefined) return null;
    error = fieldsOf(error.cause);
  }
  return null;
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** Also for calls that do not heed the signal themselves, such as signing in. */
async function within<T>(promise: Promise<T>, signal: AbortSignal | null): Promise<T> {
  if (signal === null) return promise;
  signal.throwIfAborted();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
