import type { ProbotOctokit } from "probot";
import { ClerkOctokit } from "../../github/connect.js";
import type { GitHubClock } from "../../platform/clock.js";
import type { Recorder } from "./recorder.js";

/** GitHub itself gives up on a query after 10 seconds; a connection that hangs must not hold up a proposal for ever. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Every request this instance makes to GitHub passes here: so that it is known when none is under way, none hangs for ever,
 * none leaves after the instance was ended, and each answer tells GitHub's time.
 */
export class RequestTracker {
  readonly #clock: GitHubClock | null;
  readonly #recorder: Recorder | null;
  #inFlight = 0;
  #closed = false;

  constructor(clock: GitHubClock | null = null, recorder: Recorder | null = null) {
    this.#clock = clock;
    this.#recorder = recorder;
  }

  /** Requests under way, those for a token included. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** From now on no request leaves, and no answer comes back to its caller, as if the machine had lost its power. */
  close(): void {
    this.#closed = true;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The clerk's client, with its way out through here. */
  octokit(): typeof ProbotOctokit {
    return ClerkOctokit.plugin((octokit) => {
      octokit.hook.wrap("request", async (request, options) => {
        if (this.#closed) return never();
        this.#inFlight += 1;
        const tellTime = this.#clock?.asking();
        const out: typeof fetch = options.request?.fetch ?? fetch;
        options.request = {
          ...options.request,
          ...(this.#recorder !== null && { fetch: this.#recorder.fetching(out) }),
          signal: options.request?.signal ?? AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        };
        const answered = Promise.resolve(request(options));
        const over = (response: unknown) => {
          this.#inFlight -= 1;
          if (this.#closed) return never();
          tellTime?.(gitHubDateIn(response));
          return answered;
        };
        return answered.then(over, (thrown: unknown) =>
          over(
            typeof thrown === "object" && thrown !== null && "response" in thrown ? thrown.response : null,
          ),
        );
      });
    });
  }
}

/** The `Date` of an answer, also of an error or a 304, that is GitHub's own: what a proxy answers by itself has no request id. */
function gitHubDateIn(response: unknown): string | undefined {
  const { headers } = (response ?? {}) as { readonly headers?: Readonly<Record<string, unknown>> };
  const date = headers?.["x-github-request-id"] === undefined ? undefined : headers.date;
  return typeof date === "string" ? date : undefined;
}

const never = (): Promise<never> => new Promise(() => {});
