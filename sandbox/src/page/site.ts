import type { IncomingMessage, ServerResponse } from "node:http";
import type { Html } from "msc-clerk/platform/html.js";
import type { By } from "../doings/by.js";
import { Refusal } from "../refusal.js";
import type { Account } from "../state.js";
import { doToPull, doToWritten, editFile, openProposalDeed, personBy } from "./deeds.js";
import { frame } from "./frame.js";
import { indexPage } from "./indexPage.js";
import { comparePage, editPage, missingPage, newPage } from "./otherPages.js";
import { proposalPage } from "./proposalPage.js";
import { base, type FaultsView, pagePath, pulls, type Scene } from "./scene.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";
import {
  cookie,
  fromHere,
  Notices,
  ownPath,
  readForm,
  redirect,
  sendPage,
  sendPlain,
  setCookie,
} from "./wire.js";

/** What the page stands on: the sandbox with the clerk in it. */
export interface Stage {
  /** In whose repository things are done; the page adds who does it. */
  readonly place: Omit<By, "actor">;
  scene(you: Account): Scene;
  /** Lets a person do something; resolves when the clerk has done what follows from it, or after a few seconds. */
  act(doing: () => void): Promise<void>;
  moveClock(milliseconds: number): Promise<void>;
  setFaults(faults: FaultsView): void;
  /** Called whenever something has changed; returns what ends that. */
  onChange(listener: () => void): () => void;
}

const FIRST_PLAYED = "richvdh";
const MOST_HOURS = 24 * 366;

/** The pages and forms of the sandbox. */
export class Site {
  readonly #stage: Stage;
  readonly #notices = new Notices();
  readonly #watching = new Set<ServerResponse>();
  readonly #unwatch: () => void;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#unwatch = stage.onChange(() => {
      for (const response of this.#watching) response.write("data: changed\n\n");
    });
  }

  /** Ends the streams, so that the server can close. */
  close(): void {
    this.#unwatch();
    for (const response of this.#watching) response.end();
    this.#watching.clear();
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!fromHere(request))
      return sendPlain(response, 403, "This page answers to 127.0.0.1 and to itself only.");
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (request.method === "POST") return this.#post(request, response, url);
    if (request.method !== "GET" && request.method !== "HEAD")
      return sendPlain(response, 405, "GET or POST.");
    if (url.pathname === "/live") return this.#watch(request, response);
    if (url.pathname === "/sandbox.css") return sendPlain(response, 200, STYLE, "text/css");
    if (url.pathname === "/sandbox.js") return sendPlain(response, 200, SCRIPT, "text/javascript");
    this.#show(request, response, url);
  }

  #you(request: IncomingMessage): Account {
    const { state } = this.#stage.place.store;
    const wanted = cookie(request, "you");
    const people = [...state.accounts.values()].filter((one) => one.type === "User");
    const you =
      people.find((one) => one.login === wanted) ??
      people.find((one) => one.login === FIRST_PLAYED) ??
      people[0];
    if (you === undefined) throw new Error("The sandbox has no people.");
    return you;
  }

  #watch(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": watching\n\n");
    this.#watching.add(response);
    request.on("close", () => this.#watching.delete(response));
  }

  #show(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const scene = this.#stage.scene(this.#you(request));
    const page = this.#page(scene, url.pathname);
    const { title, main, status } = page ?? { title: "Nothing here", main: missingPage(), status: 404 };
    const notice = this.#notices.take(url.searchParams.get("told"));
    sendPage(response, status, frame(scene, { title, path: url.pathname, notice, main }));
  }

  #page(scene: Scene, path: string): { title: string; main: Html; status: number } | null {
    const shown = (title: string, main: Html | null) => (main === null ? null : { title, main, status: 200 });
    if (path === "/" || path === base(scene)) return shown("Proposals", indexPage(scene));
    const [kind, ...rest] = this.#parts(scene, path);
    switch (kind) {
      case "pull": {
        const thread = pulls(scene).find((one) => one.number === Number(rest[0]));
        return thread === undefined || rest.length !== 1
          ? null
          : shown(thread.title, proposalPage(scene, thread));
      }
      case "new":
        return shown("New proposal", newPage(scene));
      case "edit":
        return rest.length === 0 ? null : shown(rest.join("/"), editPage(scene, rest.join("/")));
      case "blob":
        return rest.length < 2
          ? null
          : shown(rest.slice(1).join("/"), editPage(scene, rest.slice(1).join("/")));
      case "commit":
        return shown("Commit", comparePage(scene, parentOf(scene, rest[0] ?? ""), rest[0] ?? ""));
      case "compare": {
        const [from = "", to = ""] = (rest[0] ?? "").split("...");
        return shown("Comparison", comparePage(scene, from, to));
      }
      default:
        return null;
    }
  }

  /** What follows the repository's own address. */
  #parts(scene: Scene, path: string): readonly string[] {
    const home = `${base(scene)}/`;
    return path.startsWith(home) ? path.slice(home.length).split("/").map(decodeURIComponent) : [];
  }

  async #post(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const sent = await readForm(request);
    if (sent === null) return sendPlain(response, 413, "More than a form of this page ever sends.");
    const backTo = ownPath(sent.get("back"));
    switch (url.pathname) {
      case "/you":
        return redirect(response, backTo, [setCookie("you", sent.get("login") ?? "")]);
      case "/clock": {
        const hours = Number(sent.get("hours"));
        if (!(hours > 0 && hours <= MOST_HOURS))
          return sendPlain(response, 422, `Hours from 1 to ${MOST_HOURS}.`);
        await this.#stage.moveClock(hours * 3_600_000);
        return redirect(response, backTo);
      }
      case "/faults": {
        const lag = Number(sent.get("lag"));
        if (!(lag >= 0 && lag <= 60)) return sendPlain(response, 422, "Seconds from 0 to 60.");
        this.#stage.setFaults({ loseWebhooks: sent.get("lose") === "yes", lag });
        return redirect(response, backTo);
      }
      default:
        return this.#act(request, response, url, sent);
    }
  }

  async #act(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    sent: URLSearchParams,
  ): Promise<void> {
    const { place } = this.#stage;
    const you = this.#you(request);
    const scene = this.#stage.scene(you);
    let to: string | null = null;
    try {
      await this.#stage.act(() => {
        to = this.#do(scene, personBy(place, you), this.#parts(scene, url.pathname), sent);
      });
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      const told = this.#notices.add({ kind: "refused", text: inWords(thrown) });
      return redirect(response, `${pageOf(scene, this.#parts(scene, url.pathname))}?told=${told}`);
    }
    if (to === null) return sendPlain(response, 404, "There is no such form here.");
    redirect(response, to);
  }

  /** Where to go afterwards; null: there is no such form. */
  #do(scene: Scene, by: By, parts: readonly string[], sent: URLSearchParams): string | null {
    const [kind, first, second, ...rest] = parts;
    if (kind === "new" && first === undefined) return pagePath(scene, openProposalDeed(by, sent));
    if (kind === "edit" && first !== undefined) {
      const path = parts.slice(1).join("/");
      const number = editFile(by, path, sent);
      if (number !== null) return pagePath(scene, number);
      const told = this.#notices.add({
        kind: "told",
        text: `Pushed to ${scene.repository.defaultBranch}. The clerk looks at every open proposal again.`,
      });
      return `${base(scene)}/edit/${path}?told=${told}`;
    }
    const number = Number(first);
    if (kind !== "pull" || !Number.isInteger(number) || second === undefined) return null;
    const [id, name] = rest;
    const done =
      id === undefined
        ? doToPull(by, number, second, sent)
        : name !== undefined && doToWritten(by, second, Number(id), name, sent);
    return done ? pagePath(scene, number) : null;
  }
}

const pageOf = (scene: Scene, [kind, ...rest]: readonly string[]): string =>
  kind === "pull"
    ? pagePath(scene, Number(rest[0]))
    : kind === undefined
      ? "/"
      : `${base(scene)}/${[kind, ...rest].join("/")}`;

const parentOf = (scene: Scene, oid: string): string => scene.state.commits.get(oid)?.parents[0] ?? "";

/** GitHub's message, and what it says of each field. */
function inWords({ status, message, errors }: Refusal): string {
  const details = (errors ?? []).map((one) =>
    typeof one === "string"
      ? one
      : (one.message ?? `${one.resource} ${one.field ?? ""}: ${one.code.replaceAll("_", " ")}`),
  );
  return `${details.length > 0 ? details.join(". ") : message} (${status})`;
}
