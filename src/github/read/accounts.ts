import type { Account } from "../../domain/model/people.js";
import type { Actor, Viewer } from "./nodes.js";

/** An account as GraphQL tells it; `ghost`, the stand-in for deleted accounts, is null there. */
export function accountOf(actor: Actor): Account | null {
  if (actor === null) return null;
  const { __typename: type, login } = actor;
  return {
    type: type === "User" || type === "Bot" || type === "Mannequin" ? type : "Other",
    login: withoutSuffix(login),
    id: numberOf(actor),
  };
}

/** Users, bots and mannequins have a number; organizations are asked for none. */
export const numberOf = (actor: NonNullable<Actor>): number | null =>
  "databaseId" in actor ? (actor.databaseId ?? null) : null;

/** REST names an App's account with `[bot]`, GraphQL's viewer too; everywhere else in the clerk it goes without. */
export const withoutSuffix = (login: string): string => login.replace(/\[bot\]$/, "");

/**
 * Whether this actor is the account the clerk itself signs in as: an App's account, which GraphQL calls a `Bot`. The
 * number alone says nothing of that: a placeholder for somebody imported has one too.
 * https://docs.github.com/graphql/reference/interfaces#actor
 */
export function isViewer(actor: Actor, viewer: Viewer): boolean {
  if (actor === null || actor.__typename !== "Bot") return false;
  const number = numberOf(actor);
  return number !== null && viewer.databaseId !== null
    ? number === viewer.databaseId
    : withoutSuffix(actor.login) === withoutSuffix(viewer.login);
}
