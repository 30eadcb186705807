import type { Failure } from "../faults.js";
import type { Answer } from "./exchange.js";

const LIMIT_DOCS = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";

const DOCS = "https://docs.github.com/rest";

const GONE = {
  404: "Not Found",
  410: "Issues are disabled for this repo",
  451: "Repository access blocked",
} as const;

/** GitHub's own words for each. `primaryStatus`: GraphQL tells of a used-up limit with status 200. */
export function failureAnswer(
  failure: Exclude<Failure, { kind: "cut" | "partial" }>,
  primaryStatus: number,
): Answer {
  switch (failure.kind) {
    case "error":
      return failure.status === 502
        ? { status: 502, body: { message: "Server Error" } }
        : {
            status: failure.status,
            body: { message: "We couldn't respond to your request in time. Sorry about that." },
          };
    case "gone":
      return { status: failure.status, body: { message: GONE[failure.status], documentation_url: DOCS } };
    case "forbidden":
      return {
        status: 403,
        body: {
          message: "Resource not accessible by integration",
          documentation_url: DOCS,
          status: "403",
        },
      };
    case "too-many":
      return {
        status: 429,
        body: { message: "Too Many Requests" },
        ...(failure.retryAfter !== undefined && { headers: { "retry-after": String(failure.retryAfter) } }),
      };
    case "secondary":
      return {
        status: 403,
        headers: { "retry-after": String(failure.retryAfter) },
        body: {
          message:
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
          documentation_url: LIMIT_DOCS,
          status: "403",
        },
      };
    case "primary":
      return primaryStatus === 200
        ? {
            status: 200,
            body: {
              errors: [
                { type: "RATE_LIMITED", message: "API rate limit already exceeded for installation." },
              ],
            },
          }
        : {
            status: 403,
            body: {
              message: "API rate limit exceeded for installation.",
              documentation_url: LIMIT_DOCS,
              status: "403",
            },
          };
  }
}
