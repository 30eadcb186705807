import type { RequestEntry } from "./requests.js";

const HOUR = 3_600_000;
const MINUTE = 60_000;

export interface Limits {
  /** Requests (REST) and points (GraphQL) an hour, each. */
  readonly perHour: number;
  /** Creations of content a minute and an hour. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
  readonly contentPerMinute: number;
  readonly contentPerHour: number;
}

export const GITHUB_LIMITS: Limits = { perHour: 5000, contentPerMinute: 80, contentPerHour: 500 };

interface Window {
  used: number;
  resetAt: number;
}

export type Resource = "core" | "graphql";

/** Counts against GitHub's limits, by the sandbox's clock. */
export class RateLimits {
  readonly #windows = new Map<Resource, Window>();
  #created: number[] = [];
  limits: Limits;

  constructor(
    limits: Limits,
    readonly now: () => number,
  ) {
    this.limits = limits;
  }

  window(resource: Resource): Window {
    let window = this.#windows.get(resource);
    if (!window || window.resetAt <= this.now()) {
      window = { used: 0, resetAt: Math.ceil((this.now() + HOUR) / 1000) * 1000 };
      this.#windows.set(resource, window);
    }
    return window;
  }

  remaining(resource: Resource): number {
    return Math.max(0, this.limits.perHour - this.window(resource).used);
  }

  spend(resource: Resource, points: number): void {
    this.window(resource).used += points;
  }

  /** Uses the window up, or opens it anew after `resetAt`. */
  exhaust(resource: Resource, resetAt: number): void {
    this.#windows.set(resource, { used: this.limits.perHour, resetAt: Math.ceil(resetAt / 1000) * 1000 });
  }

  /** Seconds to wait before content may be created again; 0: it may, and this one was counted. */
  create(): number {
    const now = this.now();
    this.#created = this.#created.filter((at) => at > now - HOUR);
    const minute = this.#created.filter((at) => at > now - MINUTE);
    const wait = (from: readonly number[], most: number, span: number) =>
      from.length < most
        ? 0
        : Math.max(1, Math.ceil(((from[from.length - most] ?? now) + span - now) / 1000));
    const seconds = Math.max(
      wait(minute, this.limits.contentPerMinute, MINUTE),
      wait(this.#created, this.limits.contentPerHour, HOUR),
    );
    if (seconds === 0) this.#created.push(now);
    return seconds;
  }

  headers(resource: Resource): Record<string, string> {
    const { used, resetAt } = this.window(resource);
    return {
      "x-ratelimit-limit": String(this.limits.perHour),
      "x-ratelimit-remaining": String(this.remaining(resource)),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(Math.floor(resetAt / 1000)),
      "x-ratelimit-resource": resource,
    };
  }
}

/** Comments, reviews, issues: what notifies people. */
export const createsContent = ({ method, path }: RequestEntry): boolean =>
  method === "POST" && /\/(comments|reviews|issues)$/.test(path);
