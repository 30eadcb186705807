import { isLegacyName, sameAccount } from "../../domain/model/people.js";
import type { Rules } from "../../domain/model/rules.js";
import type { LegacyComment, LegacyRevision } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";
import { accountOf } from "./accounts.js";
import type { Facts } from "./facts.js";
import { type BodyNode, fullIdOf, instant } from "./nodes.js";
import { compareIds } from "./own.js";
import { versionsOf } from "./revisions.js";

/** By the name alone: what an account of another type says under it is told, and not believed. */
const isLegacy = ({ author, viewerDidAuthor }: BodyNode, rules: Rules): boolean => {
  const account = accountOf(author);
  return account !== null && !viewerDidAuthor && isLegacyName(account.login, rules);
};

/** Is its present text not the one the bot itself saved before adoption? Then its revisions are read. */
export function hasLegacyPast(node: BodyNode, rules: Rules, adoptedAt: Instant): boolean {
  return node.lastEditedAt !== null && isLegacy(node, rules) && !isOwnText(node, adoptedAt);
}

function isOwnText({ author, editor, lastEditedAt }: BodyNode, adoptedAt: Instant): boolean {
  const [wrote, saved] = [accountOf(author), accountOf(editor)];
  return (
    lastEditedAt === null ||
    (wrote !== null && saved !== null && sameAccount(wrote, saved) && instant(lastEditedAt) < adoptedAt)
  );
}

/** takeover.legacy: comments of older bots, with who saved which text of them. */
export function legacyCommentsOf(facts: Facts, rules: Rules, adoptedAt: Instant): readonly LegacyComment[] {
  return [...facts.comments.values()]
    .filter((node) => isLegacy(node, rules))
    .map((node) => {
      const { url, body } = node;
      const [author, createdAt] = [accountOf(node.author), instant(node.createdAt)];
      const asCreated: LegacyRevision = { editor: author, at: createdAt, body };
      const revisions = isOwnText(node, adoptedAt) ? [asCreated] : revisionsOf(node, facts);
      return { id: fullIdOf(node), url, author, createdAt, body, revisions };
    })
    .sort((a, b) => a.createdAt - b.createdAt || compareIds(a.id, b.id));
}

function revisionsOf(node: BodyNode, facts: Facts): readonly LegacyRevision[] {
  const list = facts.edits.get(node.id);
  if (list === undefined) return [];
  return versionsOf(node, list, instant(node.createdAt)).map(({ actor, at, body }) => ({
    editor: accountOf(actor),
    at,
    body,
  }));
}
