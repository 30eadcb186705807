import type { Endpoints } from "@octokit/types";

export const GRAPHQL = "POST /graphql";

/** What GitHub can be asked, by its own description of its REST API; types only. */
export interface Routes extends Endpoints {
  readonly [GRAPHQL]: {
    readonly parameters: { readonly query: string; readonly variables: object };
    readonly response: { readonly data: unknown };
  };
}

export type Route = keyof Routes;

export type ParametersOf<R extends Route> = WithIds<Routes[R]["parameters"]>;

/** Ids of comments and check runs have more digits than a number of JavaScript's holds: in addresses they may be text. */
type WithIds<P> = { [K in keyof P]: K extends "comment_id" | "check_run_id" ? P[K] | string : P[K] };

export type DataOf<R extends Route> = Routes[R]["response"]["data"];

/** An entry of a list; of what is no list: never. */
export type ItemOf<R extends Route> = DataOf<R> extends readonly (infer Item)[] ? Item : never;
