import { LRUCache } from "lru-cache";
import { atMost } from "../platform/atMost.js";
import type { RepositoryRef } from "./ports.js";
import { repositoryKey } from "./refs.js";

/** Of a thousand proposals what each is written by. */
const REMEMBERED = 20_000;

/** What has an id of GraphQL's own: by its number, its database id or its name. */
type Identified =
  | { readonly kind: "repository" }
  | { readonly kind: "pull" | "comment" | "run"; readonly id: string | number | bigint }
  | { readonly kind: "label"; readonly name: string };

/**
 * GraphQL's ids of what the clerk writes to, as reads and answers showed them last. Nothing hangs on one that is missing: what it is for is then
 * written by REST.
 */
export class NodeIds {
  readonly #ids = new LRUCache<string, string>(atMost(REMEMBERED));

  note(ref: RepositoryRef, what: Identified, id: unknown): void {
    if (typeof id === "string" && id !== "") this.#ids.set(keyOf(ref, what), id);
  }

  of(ref: RepositoryRef, what: Identified): string | null {
    return this.#ids.get(keyOf(ref, what)) ?? null;
  }

  forget(ref: RepositoryRef, what: Identified): void {
    this.#ids.delete(keyOf(ref, what));
  }
}

function keyOf(ref: RepositoryRef, what: Identified): string {
  const own = what.kind === "repository" ? "" : what.kind === "label" ? what.name.toLowerCase() : what.id;
  return `${repositoryKey(ref)} ${what.kind} ${own}`;
}
