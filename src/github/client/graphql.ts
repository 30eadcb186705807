import { cutTo } from "../../domain/text/cut.js";
import { type ReadResult, unreadable } from "../readResult.js";
import { type Caller, SOON } from "./call.js";
import { GRAPHQL } from "./routes.js";

/** The text of a GraphQL document, with the types of what it brings and takes (made by scripts/graphql-types.mjs). */
export type Query<Answer, Variables> = string & {
  readonly answer?: Answer;
  readonly variables?: Variables;
};

interface GraphqlError {
  readonly type?: string;
  readonly message?: string;
  readonly path?: readonly (string | number)[];
}

interface AskOptions {
  /** false: whoever asks has something smaller to ask for, where GitHub gives up on this. */
  readonly repeatable?: boolean;
}

/**
 * https://docs.github.com/en/graphql/guides/using-graphql-clients; limits come with status 200 or 403 and partial data.
 *
 * Any `errors` in the answer make it unreadable, also beside data (config.unreadable): a list that GitHub cut short would be a smaller
 * electorate. But for those that say no more than that a label is gone.
 */
export async function ask<Answer, Variables extends object>(
  caller: Caller,
  installation: number,
  query: Query<Answer, Variables>,
  variables: NoInfer<Variables>,
  { repeatable = true }: AskOptions = {},
): Promise<ReadResult<{ data: Answer }>> {
  const answer = await caller.call(installation, GRAPHQL, { query, variables }, { repeatable, write: "no" });
  const soon = caller.now() + SOON;
  switch (answer.kind) {
    case "later":
      return unreadable(answer.why, answer.retryAt);
    case "unclear":
      return unreadable(answer.why, soon, "too_expensive");
    case "no":
      if (answer.at === "sign-in") {
        return answer.status === 404 || answer.status === 403
          ? { kind: "gone", why: "the App is not installed there any more, or suspended" }
          : unreadable(`signing in failed: ${answer.why}`, soon);
      }
      return unreadable(`GitHub answered ${answer.status}: ${answer.why}`, soon);
    case "ok":
      break;
  }
  const body = answer.data as {
    readonly data?: Answer | null;
    readonly errors?: readonly GraphqlError[];
  } | null;
  const given = Array.isArray(body?.errors) ? (body.errors as readonly GraphqlError[]) : [];
  const errors = given.filter((error) => !isOfLostLabel(error, body?.data));
  if (errors.length > 0) {
    const said = cutTo(
      errors.map((error) => `${error.type ?? ""} ${error.message ?? ""}`.trim()).join("; "),
      500,
    );
    const until = caller.heldBy(installation, answer.status, answer.headers, said);
    if (until !== null) return unreadable("GitHub's rate limit is used up", until);
    if (errors.every(({ type }) => type === "NOT_FOUND")) {
      const named = errors.every(({ path }) => path?.[0] === "repository" && path.length <= 2);
      return named ? { kind: "gone", why: notThere(errors, said) } : unreadable(said, soon, "changed");
    }
    const gaveUp = errors.some(
      ({ type, message }) => type === TOO_MUCH || /timed? ?out|something went wrong/i.test(message ?? ""),
    );
    return unreadable(`GitHub answered in part: ${said}`, soon, gaveUp ? "too_expensive" : undefined);
  }
  if (body?.data === undefined || body.data === null) return unreadable("GitHub's answer was empty", soon);
  return { kind: "read", data: body.data };
}

/** In people's words, where it is what they have named. */
function notThere(errors: readonly GraphqlError[], said: string): string {
  if (errors.some(({ path }) => path?.length === 1)) return "there is no such repository";
  return errors.every(({ path }) => path?.[1] === "pullRequest") ? "there is no such pull request" : said;
}

/** The query takes more than GitHub lets one have. https://github.blog/changelog/2025-09-01-graphql-api-resource-limits/ */
const TOO_MUCH = "RESOURCE_LIMITS_EXCEEDED";

/**
 * The event of a label that was deleted since has none, though the schema says that it has: GitHub shows null there, and an error may stand
 * beside it (https://docs.github.com/graphql/reference/objects#labeledevent). Such an event is known to happen and read as it is.
 */
function isOfLostLabel({ type, path = [] }: GraphqlError, data: unknown): boolean {
  if (type !== undefined && type !== "NOT_FOUND") return false;
  const [list, nodes, at, field] = path.slice(-4);
  if (list !== "timelineItems" || nodes !== "nodes" || typeof at !== "number" || field !== "label")
    return false;
  let shown = data;
  for (const step of path) {
    if (typeof shown !== "object" || shown === null) return false;
    const found = Object.entries(shown).find(([name]) => name === String(step));
    if (found === undefined) return false;
    shown = found[1];
  }
  return shown === null;
}

type Numbered<Variables> = {
  [K in keyof Variables as K extends `${infer Name}0` ? Name : never]: Variables[K];
};
type Unnumbered<Variables> = { [K in keyof Variables as K extends `${string}0` ? never : K]: Variables[K] };

/**
 * A query whose numbered part (`part0` with its variables `$id0`, …) is asked for once for each of `parts`, and none of them at all where
 * there are none. In the text what is numbered stands in every second line.
 */
export function numbered<Answer, Variables extends object>(
  query: Query<Answer, Variables>,
  parts: readonly NoInfer<Numbered<Variables>>[],
): { readonly query: Query<Answer, Unnumbered<Variables>>; readonly variables: object } {
  const lines = query
    .split("\n")
    .map((line, index) =>
      index % 2 === 0
        ? line
        : parts.map((_, at) => line.replace(/(\$[a-z]+|\bpart)0\b/g, (_, name) => `${name}${at}`)).join(" "),
    );
  const variables = parts.flatMap((part, at) =>
    Object.entries(part).map(([name, value]) => [`${name}${at}`, value]),
  );
  return { query: lines.join(""), variables: Object.fromEntries(variables) };
}

/** What came of each part; undefined: the answer has none. */
export const numberedParts = <Part>(
  answer: { readonly part0: Part } | null | undefined,
  count: number,
): readonly (Part | undefined)[] =>
  Array.from(
    { length: count },
    (_, at) => (answer as Record<string, Part> | null | undefined)?.[`part${at}`],
  );
