import type { Client } from "msc-clerk/github/connect.js";
import type { GitHubClock } from "msc-clerk/platform/clock.js";
import type { Failure } from "../faults.js";
import type { Context } from "../graphql/context.js";
import { pullNode } from "../graphql/nodes/pull.js";
import type { Answer, Exchange } from "../http/exchange.js";
import { failureAnswer } from "../http/failures.js";
import { Router } from "../http/router.js";
import { refusalAnswer, routesOf } from "../http/server.js";
import { Tokens } from "../http/tokens.js";
import { notFound, Refusal } from "../refusal.js";
import type { Sandbox } from "../sandbox.js";
import { answerTo, operationIn } from "./lean.js";

/** One request as the faults see it. */
export interface WireRequest {
  readonly kind: "read" | "write";
  /** `POST /repos/…` by its route, or the name of the GraphQL operation. */
  readonly what: string;
  /** The text of what is written, where it has one. */
  readonly machine: number;
}

/** What becomes of one request. All times in milliseconds of the simulation's clock. */
export interface Fate {
  /** On its way for so long before GitHub sees it, and its answer so long after that. */
  readonly before: number;
  readonly after: number;
  /** What it reads is so old. */
  readonly lag: number;
  readonly failure: Failure | null;
}

export type Fates = (asked: WireRequest) => Fate;

/** Never answered: the line of a machine that has lost its power. */
export const never = <T>(): Promise<T> => new Promise(() => {});

/**
 * The sandbox's REST and GraphQL without HTTP: the clerk's own reader and writer ask through it, in this process. Whatever does not belong to
 * what a proposal is decided by (tokens, signatures, ETags) is left to the sandbox's server.
 */
export class Wire {
  readonly #sandbox: Sandbox;
  readonly #router: Router;
  readonly #found = new Map<string, NonNullable<ReturnType<Router["find"]>>>();
  readonly #fates: Fates;
  readonly #written: (asked: WireRequest) => void;

  /** `written`: told of each write that GitHub has done, before its answer leaves. */
  constructor(sandbox: Sandbox, privateKey: string, fates: Fates, written: (asked: WireRequest) => void) {
    this.#sandbox = sandbox;
    this.#fates = fates;
    this.#written = written;
    const tokens = new Tokens(sandbox.app.id, privateKey, () => sandbox.store.clock.now());
    this.#router = new Router(routesOf({ tokens, deliveries: sandbox.deliveries }));
  }

  /**
   * A client of one machine, of an installation or of the App itself. `alive`: the machine has power. `still`: it stands still so long. `clock`: what its answers tell GitHub's time to.
   */
  client(
    machine: number,
    installation: boolean,
    alive: () => boolean,
    still: () => Promise<void> | undefined,
    clock: Pick<GitHubClock, "asking">,
  ): Client {
    const request = async (route: string, parameters: Record<string, unknown> = {}): Promise<unknown> => {
      if (!alive()) return never();
      const told = clock.asking();
      const space = route.indexOf(" ");
      const method = route.slice(0, space);
      const isGraphQL = route.endsWith("/graphql");
      const operation = isGraphQL ? operationIn(String(parameters.query)) : null;
      const kind = operation?.kind ?? (method === "GET" ? "read" : "write");
      const asked: WireRequest = { kind, what: operation?.name ?? route, machine };
      const fate = this.#fates(asked);
      if (!alive()) return never();
      const { clock: time } = this.#sandbox.store;
      if (fate.before > 0) await time.sleep(fate.before);
      if (!alive()) return never();
      const answer = this.#answer(
        method,
        route.slice(space + 1),
        parameters,
        isGraphQL,
        installation,
        kind,
        fate,
      );
      if (kind === "write" && (answer === "cut" || answer.status < 400 || isCarriedOut(fate)))
        this.#written(asked);
      if (fate.after > 0) await time.sleep(fate.after);
      await still();
      if (!alive()) return never();
      if (answer === "cut") throw new Error("socket hang up");
      told(new Date(time.now()).toUTCString());
      const { status, body, headers = {} } = answer;
      if (status < 400) return { status, headers, data: body };
      throw Object.assign(new Error(`HttpError ${status}`), {
        status,
        response: { status, headers, data: body, url: route },
        request: { url: route },
      });
    };
    return {
      request: Object.assign(request, { endpoint: { DEFAULTS: { baseUrl: "https://api.github.com" } } }),
    };
  }

  /** The same few paths are asked for again and again. */
  #find(method: string, path: string): NonNullable<ReturnType<Router["find"]>> {
    const key = `${method} ${path}`;
    const found = this.#found.get(key) ?? this.#router.find(method, path);
    if (found === null) throw notFound();
    this.#found.set(key, found);
    return found;
  }

  #answer(
    method: string,
    template: string,
    parameters: Record<string, unknown>,
    isGraphQL: boolean,
    installation: boolean,
    kind: "read" | "write",
    fate: Fate,
  ): Answer | "cut" {
    const { failure } = fate;
    if (failure !== null && !isCarriedOut(fate)) {
      if (failure.kind === "cut") return "cut";
      if (failure.kind !== "partial") return failureAnswer(failure, isGraphQL ? 200 : 403);
      const error = {
        ...(failure.type !== undefined && { type: failure.type }),
        message: failure.message ?? "Something went wrong while executing your query.",
      };
      return { status: 200, body: { data: null, errors: [error] } };
    }
    const { store, app } = this.#sandbox;
    const now = store.clock.now();
    const state = kind === "read" && fate.lag > 0 ? store.stateAt(now - fate.lag) : store.state;
    const read = this.#sandbox.view(state);
    const fresh = () => this.#sandbox.view();
    const actor = { accountId: app.botId, app: app.permissions };
    let answer: Answer;
    try {
      if (isGraphQL) {
        const { limits } = this.#sandbox;
        const context: Context = {
          store,
          read,
          view: read,
          fresh,
          actor,
          limits,
          viewerId: app.botId,
          cost: 1,
          nodes: 1,
          pullNode,
        };
        const variables = parameters.variables as Readonly<Record<string, unknown>>;
        answer = { status: 200, body: answerTo(context, String(parameters.query), variables) };
      } else {
        const { path, rest } = filled(template, parameters);
        const found = this.#find(method, path);
        const query = new URLSearchParams();
        if (method === "GET")
          for (const [name, value] of Object.entries(rest)) query.set(name, String(value));
        const exchange: Exchange = {
          store,
          view: kind === "read" ? read : fresh(),
          fresh,
          caller: installation ? { kind: "installation", actor } : { kind: "app" },
          query,
          body: method === "GET" ? {} : rest,
          headers: {},
          // Hardly any answer has a link in it.
          get url() {
            return new URL(`https://api.github.com${path}?${query}`);
          },
        };
        answer = found.route.answer(exchange, found.parts);
      }
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      answer = refusalAnswer(thrown);
    }
    if (failure === null) return answer;
    return failure.kind === "error" ? failureAnswer(failure, 0) : "cut";
  }
}

const isCarriedOut = ({ failure }: Fate): boolean =>
  failure === null || ((failure.kind === "error" || failure.kind === "cut") && failure.carriedOut === true);

/** `/repos/{owner}/…` with its parts filled in, and what is left of the parameters. */
function filled(template: string, parameters: Record<string, unknown>) {
  const used = new Set(["request"]);
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    used.add(name);
    return encodeURIComponent(String(parameters[name]));
  });
  const rest: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parameters)) if (!used.has(name)) rest[name] = value;
  return { path, rest };
}
