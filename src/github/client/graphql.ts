import type { Instant } from "../../domain/text/time.js";
import type { Unreadable } from "../ports.js";
import { type Caller, GRAPHQL, SOON } from "./call.js";

/**
 * What a GraphQL query came to. Any `errors` in the answer make it unreadable, also beside data (config.unreadable): a list that
 * GitHub cut short would be a smaller electorate.
 */
export type Answered<T> =
  | { readonly kind: "data"; readonly data: T }
  /** What was asked for by name is not there, or not open to the App. */
  | { readonly kind: "gone"; readonly why: string }
  /** A node asked for by id is not there any more; the rest of the answer is not used. */
  | { readonly kind: "moved"; readonly why: string }
  /** `heavy`: GitHub gave up on it, and a smaller page may do. */
  | (Unreadable & { readonly heavy: boolean });

interface GraphqlError {
  readonly type?: string;
  readonly message?: string;
  readonly path?: readonly (string | number)[];
}

/**
 * https://docs.github.com/en/graphql/guides/using-graphql-clients; limits come with status 200 or 403 and partial data.
 * The shape of the data is the query's own, which a test holds against GitHub's published schema.
 */
export async function ask<T>(
  caller: Caller,
  installation: number,
  query: string,
  variables: Record<string, unknown>,
): Promise<Answered<T>> {
  const answer = await caller.call(
    installation,
    GRAPHQL,
    { query, variables },
    { repeatable: true, write: "no" },
  );
  switch (answer.kind) {
    case "later":
      return unreadable(answer.why, answer.retryAt);
    case "unclear":
      return unreadable(answer.why, caller.now() + SOON, true);
    case "no":
      if (answer.at === "sign-in") {
        return answer.status === 404 || answer.status === 403
          ? { kind: "gone", why: "the App is not installed there any more, or suspended" }
          : unreadable(`signing in failed: ${answer.why}`, caller.now() + SOON);
      }
      return unreadable(`GitHub answered ${answer.status}: ${answer.why}`, caller.now() + SOON);
    case "ok":
      break;
  }
  const body = answer.data as { readonly data?: T | null; readonly errors?: readonly GraphqlError[] } | null;
  const errors = body?.errors ?? [];
  if (Array.isArray(errors) && errors.length > 0) {
    const said = errors
      .map((error) => `${error.type ?? ""} ${error.message ?? ""}`.trim())
      .join("; ")
      .slice(0, 500);
    const until = caller.heldBy(installation, answer.status, answer.headers, said);
    if (until !== null) return unreadable("GitHub's rate limit is used up", until);
    if (errors.every(({ type }) => type === "NOT_FOUND")) {
      const named = errors.every(({ path }) => path?.[0] === "repository" && path.length <= 2);
      if (named) return { kind: "gone", why: said };
      return { kind: "moved", why: said };
    }
    const heavy = errors.some(({ message }) => /timed? ?out|something went wrong/i.test(message ?? ""));
    return unreadable(`GitHub answered in part: ${said}`, caller.now() + SOON, heavy);
  }
  if (body?.data === undefined || body.data === null)
    return unreadable("GitHub's answer was empty", caller.now() + SOON);
  return { kind: "data", data: body.data };
}

export const unreadable = (
  why: string,
  retryAt: Instant | null,
  heavy = false,
): Unreadable & { heavy: boolean } => ({
  kind: "unreadable",
  why,
  retryAt,
  heavy,
});
