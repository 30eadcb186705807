import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Failure, Faults } from "../faults.js";
import { GraphQLApi, operationOf } from "../graphql/api.js";
import { notFound, Refusal } from "../refusal.js";
import { appRoutes } from "../rest/apps.js";
import { checkRoutes } from "../rest/checks.js";
import { commentRoutes } from "../rest/comments.js";
import { gitRoutes } from "../rest/git.js";
import { hookRoutes } from "../rest/hook.js";
import { issueRoutes } from "../rest/issues.js";
import { labelRoutes } from "../rest/labels.js";
import { metaRoute } from "../rest/meta.js";
import { pullRoutes } from "../rest/pulls.js";
import { repositoryRoutes } from "../rest/repositories.js";
import { ruleRoutes } from "../rest/rules.js";
import type { State } from "../state.js";
import type { Store } from "../store.js";
import type { View } from "../view.js";
import type { Deliveries } from "../webhooks/delivery.js";
import { conditional, demandKnownVersion } from "./conditional.js";
import type { Answer, Caller, Exchange, Route } from "./exchange.js";
import { failureAnswer } from "./failures.js";
import { createsContent, type RateLimits, type Resource } from "./limits.js";
import type { RequestEntry, Requests } from "./requests.js";
import { Router } from "./router.js";
import type { Tokens } from "./tokens.js";

export interface ServerParts {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly requests: Requests;
  readonly limits: RateLimits;
  readonly deliveries: Deliveries;
  readonly view: (state?: State) => View;
}

const BODY_LIMIT = 10_000_000;
const DOCS = "https://docs.github.com/rest";
/** To ask for them is not counted. https://docs.github.com/rest/rate-limit/rate-limit */
const LIMITS = "/rate_limit";

/** The App's own requests, which it signs itself, have no hourly limit here. */
const isCounted = (path: string, authorization = ""): boolean =>
  path !== LIMITS && /^(?:token|bearer)\s+gh/i.test(authorization);

/** The HTTP side: reads a request, counts it, lets it fail if it is to, answers it. */
export class SandboxServer {
  readonly #parts: ServerParts;
  readonly #router: Router;
  readonly #graphql = new GraphQLApi();
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch((thrown: unknown) => {
      // Whatever was sent: the sandbox goes on, with all that was done in it.
      console.error("sandbox:", thrown);
      if (response.headersSent) response.destroy();
      else send(response, failed(thrown), {});
    });
  });

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#router = new Router([...routesOf(parts), this.#rateLimit()]);
  }

  listen(port: number): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", () => {
        const address = this.#server.address();
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = addressed(request);
    if (url === null) return void send(response, refusalAnswer(notFound()), {});
    const path =
      url.pathname === "/api/graphql" ? "/graphql" : url.pathname.replace(/^\/api\/v3(?=\/|$)/, "") || "/";
    let text: string;
    try {
      text = await bodyOf(request);
    } catch {
      request.destroy();
      return;
    }
    const method = request.method ?? "GET";
    const operation = path === "/graphql" ? operationOf(text) : null;
    const entry: RequestEntry = {
      method,
      path,
      kind: operation
        ? operation.kind
        : /\/access_tokens$/.test(path)
          ? "token"
          : method === "GET" || method === "HEAD"
            ? "read"
            : "write",
      operation: operation?.name ?? null,
      variables: operation?.variables ?? {},
      at: this.#parts.store.clock.now(),
      status: null,
    };
    const done = this.#parts.requests.begin(entry);
    response.once("close", done);
    const whole = this.#answer(request, url, path, text, entry);
    const answer = whole === "cut" || path === "/graphql" ? whole : conditional(request, whole);
    if (answer === "cut") {
      request.socket.destroy();
      done();
      return;
    }
    // What has not changed costs nothing.
    if (answer.status === 304 && isCounted(path, request.headers.authorization))
      this.#parts.limits.spend("core", -1);
    entry.status = answer.status;
    entry.bytes = send(response, answer, {
      ...this.#parts.limits.headers(path === "/graphql" ? "graphql" : "core"),
      // Of the sandbox's clock, not of this machine's.
      date: new Date(this.#parts.store.clock.now()).toUTCString(),
    });
  }

  #answer(
    request: IncomingMessage,
    url: URL,
    path: string,
    text: string,
    entry: RequestEntry,
  ): Answer | "cut" {
    const failure = entry.kind === "token" ? null : this.#parts.faults.take(entry);
    const resource: Resource = path === "/graphql" ? "graphql" : "core";
    try {
      if (path !== "/graphql") demandKnownVersion(request);
      const caller = this.#parts.tokens.callerOf(request.headers.authorization);
      if (path !== "/graphql" && this.#parts.tokens.isTooNew(request.headers.authorization))
        return failureAnswer({ kind: "forbidden" }, 0);
      const early = this.#failEarly(failure, resource, entry, caller);
      if (early) return early;
      const answer =
        path === "/graphql"
          ? this.#graphqlAnswer(caller, text, failure)
          : this.#restAnswer(request, url, path, text, caller, entry);
      if (failure?.kind === "cut" || answer === "cut") return "cut";
      return failure?.kind === "error" ? failureAnswer(failure, 0) : answer;
    } catch (thrown) {
      if (failure?.kind === "cut") return "cut";
      if (thrown instanceof Refusal) return refusalAnswer(thrown);
      console.error("sandbox:", thrown);
      return failed(thrown);
    }
  }

  /** What keeps a request from being carried out at all. */
  #failEarly(
    failure: Failure | null,
    resource: Resource,
    entry: RequestEntry,
    caller: Caller,
  ): Answer | "cut" | null {
    const { limits } = this.#parts;
    const signedIn = caller.kind === "installation" || caller.kind === "person";
    if (failure?.kind === "primary") limits.exhaust(resource, limits.now() + (failure.resetIn ?? 3_600_000));
    if (signedIn) {
      if (limits.remaining(resource) === 0)
        return failureAnswer({ kind: "primary" }, resource === "graphql" ? 200 : 403);
      if (resource === "core" && entry.path !== LIMITS) limits.spend("core", 1);
    }
    if (failure?.kind === "cut" && failure.carriedOut === false) return "cut";
    if (
      failure &&
      failure.kind !== "cut" &&
      failure.kind !== "partial" &&
      failure.kind !== "primary" &&
      !(failure.kind === "error" && failure.carriedOut === true)
    )
      return failureAnswer(failure, 0);
    const wait = createsContent(entry) ? limits.create() : 0;
    return wait > 0 ? failureAnswer({ kind: "secondary", retryAfter: wait }, 0) : null;
  }

  #read(): View {
    const { store, faults, view } = this.#parts;
    return faults.lagSeconds > 0 ? view(store.stateAt(store.clock.now() - faults.lagSeconds * 1000)) : view();
  }

  #restAnswer(
    request: IncomingMessage,
    url: URL,
    path: string,
    text: string,
    caller: Caller,
    entry: RequestEntry,
  ): Answer {
    const { store, view } = this.#parts;
    const found = this.#router.find(request.method ?? "GET", path);
    if (!found) throw notFound();
    const exchange: Exchange = {
      store,
      view: entry.kind === "read" ? this.#read() : view(),
      fresh: () => view(),
      caller,
      query: url.searchParams,
      body: parsed(text),
      headers: request.headers,
      url,
    };
    return found.route.answer(exchange, found.parts);
  }

  #graphqlAnswer(caller: Caller, text: string, failure: Failure | null): Answer | "cut" {
    if (caller.kind !== "installation" && caller.kind !== "person")
      throw new Refusal(401, "This endpoint requires you to be authenticated.");
    const { limits, store, view, faults } = this.#parts;
    let isCut = false;
    const part = (mutation: string, at: number) => {
      const fails = faults.part(mutation, at);
      isCut = fails?.kind === "stop";
      return fails;
    };
    const answer = this.#graphql.answer(
      { store, read: this.#read(), fresh: () => view(), actor: caller.actor, limits, part },
      parsed(text),
    );
    if (isCut) return "cut";
    return { status: 200, body: failure?.kind === "partial" ? partial(answer, failure) : answer };
  }

  #rateLimit(): Route {
    const { limits } = this.#parts;
    const rate = (resource: Resource) => {
      const { used, resetAt } = limits.window(resource);
      return {
        limit: limits.limits.perHour,
        used,
        remaining: limits.remaining(resource),
        reset: Math.floor(resetAt / 1000),
      };
    };
    return {
      method: "GET",
      path: LIMITS,
      answer: () => ({
        status: 200,
        body: {
          resources: { core: rate("core"), graphql: rate("graphql"), search: rate("core") },
          rate: rate("core"),
        },
      }),
    };
  }
}

/** null: it is no address of this server, whoever made it up. */
function addressed({ url = "/", headers: { host = "127.0.0.1" } }: IncomingMessage): URL | null {
  const whole = `http://${host}${url}`;
  return url.startsWith("/") && URL.canParse(whole) ? new URL(whole) : null;
}

const failed = (thrown: unknown): Answer => ({
  status: 500,
  body: {
    message: `The sandbox itself failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
  },
});

/** All of REST that the sandbox has, but for the limits. */
export const routesOf = ({
  tokens,
  deliveries,
}: Pick<ServerParts, "tokens" | "deliveries">): readonly Route[] => [
  ...appRoutes(tokens),
  ...hookRoutes(deliveries),
  metaRoute,
  ...ruleRoutes,
  ...repositoryRoutes,
  ...labelRoutes,
  ...commentRoutes,
  ...issueRoutes,
  ...pullRoutes,
  ...gitRoutes,
  ...checkRoutes,
];

/** GitHub gives what it has, and says what went wrong beside it: here the lists of the pull request are missing. */
function partial(
  answer: { readonly data?: unknown },
  failure: Extract<Failure, { kind: "partial" }>,
): unknown {
  const data = structuredClone(answer.data) as
    | Record<string, Record<string, unknown> | null>
    | null
    | undefined;
  const repository = data?.repository;
  if (repository && "pullRequest" in repository) repository.pullRequest = null;
  const message = failure.message ?? "Something went wrong while executing your query.";
  return {
    data: data ?? null,
    errors: [
      {
        ...(failure.type !== undefined && { type: failure.type }),
        path: ["repository", "pullRequest"],
        message,
      },
    ],
  };
}

export function refusalAnswer({ status, message, errors, accepted }: Refusal): Answer {
  return {
    status,
    ...(accepted && { headers: { "x-accepted-github-permissions": accepted } }),
    body: { message, ...(errors && { errors }), documentation_url: DOCS, status: String(status) },
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {}
  throw new Refusal(422, "Problems parsing JSON");
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_LIMIT) reject(new Error("too much"));
      else chunks.push(chunk);
    });
    request.once("end", () => resolve(Buffer.concat(chunks).toString()));
    request.once("error", reject);
  });
}

function send(
  response: ServerResponse,
  { status, body, headers }: Answer,
  standing: Record<string, string>,
): number {
  const text = body === undefined ? "" : JSON.stringify(body);
  const bytes = Buffer.byteLength(text);
  response.writeHead(status, {
    ...(text !== "" && { "content-type": "application/json; charset=utf-8" }),
    "content-length": bytes,
    "x-github-request-id": randomUUID(),
    "x-github-media-type": "github.v3; format=json",
    ...standing,
    ...headers,
  });
  response.end(text);
  return bytes;
}
