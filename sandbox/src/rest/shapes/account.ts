import type { components } from "@octokit/openapi-types";
import { nodeId } from "../../ids.js";
import { levelOf } from "../../permissions.js";
import type { Account, Repository } from "../../state.js";
import { accountOf, time, type View } from "../../view.js";

export type SimpleUser = components["schemas"]["simple-user"];

/** The account that stands for all deleted ones. https://github.com/ghost */
const GHOST: Account = { id: 10137, login: "ghost", type: "User" };

/** REST names an App's account with `[bot]`. */
export const restLogin = (account: Account): string =>
  account.type === "Bot" ? `${account.login}[bot]` : account.login;

export const accountNodeId = ({ type, id }: Account): string =>
  nodeId(
    type === "Bot"
      ? "bot"
      : type === "Mannequin"
        ? "mannequin"
        : type === "Organization"
          ? "organization"
          : "account",
    id,
  );

export function userShape(view: View, id: number | null): SimpleUser {
  const account = accountOf(view, id) ?? GHOST;
  const login = restLogin(account);
  const url = `${view.api}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id: account.id,
    node_id: accountNodeId(account),
    avatar_url: `${view.html}/avatars/u/${account.id}`,
    gravatar_id: "",
    url,
    html_url: account.type === "Bot" ? `${view.html}/apps/${account.login}` : `${view.html}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}

/** An account's own page, of which the sandbox knows no more than the name. */
export function profileShape(view: View, id: number): components["schemas"]["public-user"] {
  const since = time(view.app.createdAt);
  return {
    ...userShape(view, id),
    name: null,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: since,
    updated_at: since,
  };
}

export type Association =
  | "COLLABORATOR"
  | "CONTRIBUTOR"
  | "FIRST_TIMER"
  | "FIRST_TIME_CONTRIBUTOR"
  | "MANNEQUIN"
  | "MEMBER"
  | "NONE"
  | "OWNER";

export function associationOf(view: View, repository: Repository, accountId: number | null): Association {
  const account = accountOf(view, accountId);
  if (!account) return "NONE";
  if (account.id === repository.ownerId) return "OWNER";
  if (account.type === "Mannequin") return "MANNEQUIN";
  if (["triage", "write", "maintain", "admin"].includes(levelOf(repository, account.id))) return "MEMBER";
  for (const thread of repository.threads.values())
    if (thread.pull?.mergedAt != null && thread.authorId === account.id) return "CONTRIBUTOR";
  return "NONE";
}
