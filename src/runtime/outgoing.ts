import type { ProbotOctokit } from "probot";
import { ClerkOctokit } from "../github/connect.js";

/** GitHub itself gives up on a query after 10 seconds; a connection that hangs must not hold up a proposal for ever. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Every request this instance makes to GitHub passes here: so that it is known when none is under way, none hangs for ever,
 * and none leaves after the instance was ended.
 */
export class Outgoing {
  #inFlight = 0;
  #closed = false;

  /** Requests under way, those for a token included. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** From now on no request leaves, and no answer comes back to whoever asked: as if the machine had gone. */
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
        options.request = {
          ...options.request,
          signal: options.request?.signal ?? AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        };
        const answered = Promise.resolve(request(options));
        const over = () => {
          this.#inFlight -= 1;
          return this.#closed ? never() : answered;
        };
        return answered.then(over, over);
      });
    });
  }
}

const never = (): Promise<never> => new Promise(() => {});
