import { accountNodeId, restLogin } from "../../rest/shapes/account.js";
import type { Account } from "../../state.js";
import { accountOf } from "../../view.js";
import type { Context, Node } from "../context.js";

/** null for a deleted account. An App's account is named without `[bot]`. */
export function actorNode(context: Context, id: number | null): Node | null {
  const account = accountOf(context.view, id);
  return account ? node(context, account, account.login) : null;
}

const node = (context: Context, account: Account, login: string): Node => ({
  __typename: account.type,
  id: accountNodeId(account),
  login,
  databaseId: account.id,
  name: null,
  url: `${context.view.html}/${account.type === "Bot" ? `apps/${account.login}` : account.login}`,
  resourcePath: `/${account.login}`,
  avatarUrl: `${context.view.html}/avatars/u/${account.id}`,
});

/** Whose token it is. Here GitHub names an App's account with `[bot]`, and calls it a user. */
export function viewerNode(context: Context): Node | null {
  const account = accountOf(context.view, context.viewerId);
  return account ? { ...node(context, account, restLogin(account)), __typename: "User" } : null;
}

/** Only of people. */
export function userNode(context: Context, id: number | null): Node | null {
  const account = accountOf(context.view, id);
  return account?.type === "User" ? node(context, account, account.login) : null;
}
