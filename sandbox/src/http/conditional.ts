import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal.js";
import type { Answer } from "./exchange.js";

/** https://docs.github.com/rest/about-the-rest-api/api-versions */
const API_VERSIONS = ["2022-11-28", "2026-03-10"];

export function demandKnownVersion({ headers }: IncomingMessage): void {
  const asked = headers["x-github-api-version"];
  if (asked !== undefined && !API_VERSIONS.includes(String(asked)))
    throw new Refusal(400, `The API version ${asked} is not supported.`);
}

/**
 * What GitHub answers to a GET: the whole with an ETag, or that it is the same as the one that was named. Tags differ by who asks, by the very token
 * (https://github.com/github/docs/issues/34689).
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests
 */
export function conditional({ method, headers }: IncomingMessage, answer: Answer): Answer {
  if (method !== "GET" || answer.status !== 200) return answer;
  const of = [headers.authorization, headers.accept, JSON.stringify(answer.body), answer.headers?.link];
  const etag = `W/"${createHash("sha256").update(JSON.stringify(of)).digest("hex")}"`;
  const standing = { etag, "cache-control": "private, max-age=60, s-maxage=60" };
  const named = (headers["if-none-match"] ?? "").split(/\s*,\s*/);
  return named.includes(etag)
    ? { status: 304, headers: standing }
    : { ...answer, headers: { ...answer.headers, ...standing } };
}
