import type { RequestEntry } from "./http/requests.js";
import type { Delivery } from "./webhooks/delivery.js";

/** What goes wrong with a request. `carriedOut`: GitHub did it all the same, and only the answer is lost. */
export type Failure =
  | { readonly kind: "error"; readonly status: 500 | 502 | 503 | 504; readonly carriedOut?: boolean }
  /** It is not there, switched off, or blocked for legal reasons. */
  | { readonly kind: "gone"; readonly status: 404 | 410 | 451 }
  /** No permission after all; not a limit. */
  | { readonly kind: "forbidden" }
  | { readonly kind: "too-many"; readonly retryAfter?: number }
  /** A secondary limit: 403 with `retry-after` seconds. */
  | { readonly kind: "secondary"; readonly retryAfter: number }
  /** The hour's limit is used up until `resetIn` milliseconds from now (default: the hour's end), for all requests of the resource. */
  | { readonly kind: "primary"; readonly resetIn?: number }
  /** GraphQL only: status 200, with part of the data and `errors`. */
  | { readonly kind: "partial"; readonly type?: string; readonly message?: string }
  /** The connection ends without an answer; the write was carried out unless `carriedOut` is false. */
  | { readonly kind: "cut"; readonly carriedOut?: boolean };

/** A query takes more than GitHub lets one have. https://github.blog/changelog/2025-09-01-graphql-api-resource-limits/ */
export const TOO_DEAR: Failure = {
  kind: "partial",
  type: "RESOURCE_LIMITS_EXCEEDED",
  message: "Resource limits for this query exceeded.",
};
/** It took more than ten seconds; a 502 comes for the same. https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#timeouts */
export const TIMED_OUT: Failure = {
  kind: "partial",
  message:
    "Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug.",
};

/** What goes wrong with one mutation of a document. `stop`: GitHub breaks off before it, and no answer comes. */
export type PartFailure =
  | { readonly kind: "refused"; readonly type: string; readonly message: string }
  | { readonly kind: "stop" };

interface Planned {
  readonly failure: Failure;
  readonly when: (request: RequestEntry) => boolean;
  left: number;
}

/** GitHub's bad days, on demand. */
export class Faults {
  /** Reads show the state of this many seconds ago (of the sandbox's clock). */
  lagSeconds = 0;
  /** Webhooks that get lost. */
  lose: (delivery: Delivery) => boolean = () => false;
  /** Webhooks that come twice. */
  double: (delivery: Delivery) => boolean = () => false;
  /** Webhooks wait until `Sandbox.deliverHeld` sends them, in any order. */
  holdWebhooks = false;
  /** Asked for every request after the planned ones: for faults by chance. */
  byChance: (request: RequestEntry) => Failure | null = () => null;
  /** Asked for every mutation, with its place in the document. */
  part: (mutation: string, at: number) => PartFailure | null = () => null;
  #planned: Planned[] = [];

  /** The next `times` requests (1 when not given; those that fit `when`) fail in this way. */
  fail(
    failure: Failure,
    { times = 1, when = () => true }: { times?: number; when?: (request: RequestEntry) => boolean } = {},
  ): void {
    this.#planned.push({ failure, when, left: times });
  }

  /** For the server: what is to go wrong with this request. */
  take(request: RequestEntry): Failure | null {
    const planned = this.#planned.find(({ left, when }) => left > 0 && when(request));
    if (!planned) return this.byChance(request);
    planned.left--;
    this.#planned = this.#planned.filter(({ left }) => left > 0);
    return planned.failure;
  }

  /** All is well again. */
  clear(): void {
    this.#planned = [];
    this.lagSeconds = 0;
    this.lose = () => false;
    this.double = () => false;
    this.byChance = () => null;
    this.part = () => null;
    this.holdWebhooks = false;
  }
}
