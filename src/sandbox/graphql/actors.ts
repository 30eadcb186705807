import { nodeId } from "../ids.js";
import type { View } from "./view.js";

/** An account as GraphQL names it: a Bot without `[bot]`, and null for one that was deleted. */
export function actor(view: View, id: number | null): Record<string, unknown> | null {
  const account = id === null ? undefined : view.state.accounts.get(id);
  if (account === undefined) return null;
  const kind = { User: "account", Bot: "bot", Mannequin: "mannequin", Organization: "organization" } as const;
  return {
    __typename: account.type,
    id: nodeId(kind[account.type], account.id),
    login: account.login.replace(/\[bot\]$/, ""),
    databaseId: account.id,
    url: `${view.web}/${account.login}`,
  };
}
