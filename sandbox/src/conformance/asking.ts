import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { COLD, type ColdQueryVariables } from "msc-clerk/github/read/queries/generated.js";
import { masked } from "./observation.js";
import type { AnswerSeen, RepositoryName } from "./place.js";

export const GRAPHQL = "POST /graphql";

/** What the clerk asks for first of a pull request. */
export const cold = (appId: number, where: RepositoryName & { readonly number: number }, page = 100) => ({
  query: COLD,
  variables: {
    ...where,
    config: CONFIG_FILE,
    appId,
    page,
    threadPage: Math.min(page, 20),
    ...{ head: true, comments: true, reviews: true, threads: true, events: true, files: true },
    status: [],
    edits: 1,
  } satisfies ColdQueryVariables & RepositoryName & { readonly number: number },
});

interface GraphqlBody {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly type?: string;
    readonly message?: string;
    readonly path?: readonly (string | number)[];
  }[];
}

/** What stands in `errors`, without what differs from run to run. */
export const errorsIn = ({ data }: AnswerSeen): readonly unknown[] =>
  ((data as GraphqlBody | null)?.errors ?? []).map(({ type, message, path }) => ({
    type: type ?? null,
    message: masked(message ?? ""),
    path: path?.map((step) => (typeof step === "number" ? "N" : step)).join(".") ?? null,
  }));

/** What stands at a path of GraphQL's data; undefined: nothing. A step `[]` goes into every entry of a list. */
export function at(answer: AnswerSeen, path: string): unknown {
  const walk = (value: unknown, steps: readonly string[]): unknown => {
    const [step, ...rest] = steps;
    if (step === undefined) return value;
    if (step === "[]") return Array.isArray(value) ? value.map((one) => walk(one, rest)) : undefined;
    if (typeof value !== "object" || value === null) return undefined;
    return walk(Object.entries(value).find(([name]) => name === step)?.[1], rest);
  };
  return walk((answer.data as GraphqlBody | null)?.data, path.split("."));
}

/** Of a list that GraphQL brought. */
export const listAt = (answer: AnswerSeen, path: string): readonly Readonly<Record<string, unknown>>[] => {
  const found = at(answer, path);
  return Array.isArray(found) ? (found as Readonly<Record<string, unknown>>[]) : [];
};
