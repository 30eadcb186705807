import type { Endpoints } from "@octokit/types";

export const GRAPHQL = "POST /graphql";

/** All that the clerk asks by REST: a few of a thousand, which the compiler would go through at every call. */
type Asked =
  | "GET /app"
  | "GET /app/hook/config"
  | "GET /app/hook/deliveries"
  | "POST /app/hook/deliveries/{delivery_id}/attempts"
  | "GET /app/installations"
  | "GET /apps/{app_slug}"
  | "GET /installation/repositories"
  | "GET /orgs/{org}/teams/{team_slug}/members"
  | "GET /rate_limit"
  | "GET /user"
  | "GET /users/{username}"
  | "GET /repos/{owner}/{repo}"
  | "GET /repos/{owner}/{repo}/branches/{branch}"
  | "GET /repos/{owner}/{repo}/rules/branches/{branch}"
  | "GET /repos/{owner}/{repo}/installation"
  | "GET /repos/{owner}/{repo}/collaborators/{username}/permission"
  | "GET /repos/{owner}/{repo}/contents/{path}"
  | "GET /repos/{owner}/{repo}/compare/{basehead}"
  | "GET /repos/{owner}/{repo}/labels"
  | "POST /repos/{owner}/{repo}/labels"
  | "GET /repos/{owner}/{repo}/issues"
  | "POST /repos/{owner}/{repo}/issues"
  | "PATCH /repos/{owner}/{repo}/issues/{issue_number}"
  | "GET /repos/{owner}/{repo}/issues/events"
  | "POST /repos/{owner}/{repo}/issues/{issue_number}/labels"
  | "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}"
  | "GET /repos/{owner}/{repo}/issues/comments"
  | "GET /repos/{owner}/{repo}/issues/comments/{comment_id}"
  | "GET /repos/{owner}/{repo}/issues/{issue_number}/comments"
  | "POST /repos/{owner}/{repo}/issues/{issue_number}/comments"
  | "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}"
  | "DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}"
  | "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions"
  | "GET /repos/{owner}/{repo}/pulls"
  | "GET /repos/{owner}/{repo}/pulls/{pull_number}"
  | "PATCH /repos/{owner}/{repo}/pulls/{pull_number}"
  | "GET /repos/{owner}/{repo}/pulls/{pull_number}/files"
  | "PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge"
  | "GET /repos/{owner}/{repo}/pulls/comments"
  | "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions"
  | "POST /repos/{owner}/{repo}/check-runs"
  | "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";

/** What each takes and brings, by GitHub's own description; types only. */
export interface Routes extends Pick<Endpoints, Asked> {
  readonly [GRAPHQL]: {
    readonly parameters: { readonly query: string; readonly variables: object };
    readonly response: { readonly data: unknown };
  };
}

export type Route = keyof Routes;

export type ParametersOf<R extends Route> = WithIds<Routes[R]["parameters"]>;

/** Ids of comments, check runs and deliveries have more digits than a number of JavaScript's holds: in addresses they may be text. */
type WithIds<P> = {
  [K in keyof P]: K extends "comment_id" | "check_run_id" | "delivery_id" ? P[K] | string : P[K];
};

export type DataOf<R extends Route> = Routes[R]["response"]["data"];

/** An entry of a list; of what is no list: never. */
export type ItemOf<R extends Route> = DataOf<R> extends readonly (infer Item)[] ? Item : never;
