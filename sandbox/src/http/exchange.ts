import type { IncomingHttpHeaders } from "node:http";
import type { By } from "../doings/by.js";
import { type Actor, type AppNeed, grants, inaccessible, sees } from "../permissions.js";
import { invalid, notFound, Refusal } from "../refusal.js";
import type { Repository } from "../state.js";
import type { Store } from "../store.js";
import { findRepository, type View } from "../view.js";

/** Whom a request is from: the App itself (its JWT), an installation of it, a person, or nobody. */
export type Caller =
  | { readonly kind: "app" }
  | { readonly kind: "installation"; readonly actor: Actor }
  | { readonly kind: "person"; readonly actor: Actor }
  | { readonly kind: "nobody" };

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One REST request, with what answering it needs. */
export interface Exchange {
  readonly store: Store;
  /** What reads see; older than the store when reads lag. */
  readonly view: View;
  /** What answers to writes are made from. */
  readonly fresh: () => View;
  readonly caller: Caller;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingHttpHeaders;
  /** The address as asked for, with query. */
  readonly url: URL;
}

/** `{name}` parts of a route's path, decoded. */
export type Parts = Readonly<Record<string, string>>;

export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** `/repos/{owner}/{repo}/labels/{name}`; a part written `{path+}` takes slashes too. */
  readonly path: string;
  readonly answer: (exchange: Exchange, parts: Parts) => Answer;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const noContent: Answer = { status: 204 };

export function part(parts: Parts, name: string): string {
  const value = parts[name];
  if (value === undefined) throw notFound();
  return value;
}

export function numberPart(parts: Parts, name: string): number {
  const value = part(parts, name);
  if (!/^\d+$/.test(value)) throw notFound();
  return Number(value);
}

/** The repository a read is about. An installation sees only what it is installed on, a read without the permission is a 403. */
export function readable(exchange: Exchange, parts: Parts, need: AppNeed): Repository {
  return visible(exchange, exchange.view, parts, need);
}

function visible(exchange: Exchange, view: View, parts: Parts, need: AppNeed): Repository {
  const { caller } = exchange;
  if (caller.kind === "app") throw new Refusal(403, "Resource not accessible by integration");
  const repository = findRepository(view, part(parts, "owner"), part(parts, "repo"));
  if (!repository || !sees(caller.kind === "nobody" ? null : caller.actor, repository)) throw notFound();
  if (caller.kind === "installation" && caller.actor.app) {
    if (!repository.installed) throw notFound();
    if (need.length > 0 && !grants(caller.actor.app, need)) throw inaccessible(need);
  }
  return repository;
}

/** Who writes, and where; always about the present state. */
export function writing(exchange: Exchange, parts: Parts): By {
  const { caller, store } = exchange;
  const repository = visible(exchange, exchange.fresh(), parts, []);
  if (caller.kind === "nobody") throw new Refusal(401, "Requires authentication");
  if (caller.kind === "app") throw new Refusal(403, "Resource not accessible by integration");
  return { store, actor: caller.actor, repositoryId: repository.id };
}

/** The repository as it is after a write. */
export const after = (exchange: Exchange, by: By): Repository => exchange.store.repository(by.repositoryId);

export function textField(body: Exchange["body"], field: string, resource: string): string {
  const value = optionalText(body, field, resource);
  if (value === undefined) throw invalid({ resource, code: "missing_field", field });
  return value;
}

export function optionalText(body: Exchange["body"], field: string, resource: string): string | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalid({ resource, code: "invalid", field });
  return value;
}

const DEFAULT_PER_PAGE = 30;
const MOST_PER_PAGE = 100;

/** One page of a list, with the Link header. https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export function paged<T>(exchange: Exchange, items: readonly T[], shape: (page: T[]) => unknown): Answer {
  const { query } = exchange;
  const asked = (name: string, otherwise: number) =>
    Math.max(1, Number.parseInt(query.get(name) ?? "", 10) || otherwise);
  const perPage = Math.min(asked("per_page", DEFAULT_PER_PAGE), MOST_PER_PAGE);
  const page = asked("page", 1);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  const link = (to: number, rel: string) => {
    const target = new URL(exchange.url);
    target.searchParams.set("page", String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links: string[] = [];
  if (page > 1) links.push(link(page - 1, "prev"));
  if (page < last) links.push(link(page + 1, "next"), link(last, "last"));
  if (page > 1) links.push(link(1, "first"));
  return {
    status: 200,
    body: shape(items.slice((page - 1) * perPage, page * perPage)),
    ...(links.length > 0 && { headers: { link: links.join(", ") } }),
  };
}

/** The `since` of a list, as a moment; those before it are left out. */
export function since(exchange: Exchange): number {
  const value = exchange.query.get("since");
  if (value === null) return Number.NEGATIVE_INFINITY;
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw invalid({ resource: "Issue", code: "invalid", field: "since" });
  return at;
}
