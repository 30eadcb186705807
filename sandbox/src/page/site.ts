import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { count } from "msc-clerk/domain/messages/grammar.js";
import { HOUR, readable, SECOND } from "msc-clerk/domain/text/time.js";
import type { Html } from "msc-clerk/platform/html.js";
import type { By } from "../doings/by.js";
import { Refusal } from "../refusal.js";
import type { Account } from "../state.js";
import { doToPull, doToWritten, editFile, openProposalDeed, personBy } from "./deeds.js";
import { frame, type Notice } from "./frame.js";
import { indexPage } from "./indexPage.js";
import { comparePage, editPage, missingPage, newPage, workingPage } from "./otherPages.js";
import { proposalPage } from "./proposalPage.js";
import {
  base,
  cast,
  type FaultsView,
  type Kept,
  pagePath,
  pulls,
  type Scene,
  type Scenery,
} from "./scene.js";
import { SCRIPT } from "./script.js";
import { type FormAnswer, Notices, Sendings } from "./sendings.js";
import { STYLE } from "./style.js";
import {
  addressOf,
  byScript,
  cookie,
  decoded,
  fromHere,
  ownPath,
  readForm,
  redirect,
  sendPage,
  sendPlain,
  setCookie,
  tellFault,
  telling,
} from "./wire.js";

/** What the page stands on: the sandbox with the clerk in it. */
export interface Stage {
  /** In whose repository things are done; the page adds who does it. */
  readonly place: Omit<By, "actor">;
  scene(you: Account): Scenery;
  /** Lets a person do something; resolves when the clerk has done what follows from it, or after a few seconds. */
  act(doing: () => void): Promise<void>;
  moveClock(milliseconds: number): Promise<void>;
  setFaults(faults: FaultsView): void;
  /** Called whenever something has changed; returns what ends that. */
  onChange(listener: () => void): () => void;
}

const FIRST_PLAYED = "richvdh";
const MOST_HOURS = 24 * 366;
/** How long a form without a script waits for its answer before a page says that the clerk is at work. */
const PATIENCE = 1.5 * SECOND;
const WORKING = "/working/";

/** The pages and forms of the sandbox. */
export class Site {
  readonly #stage: Stage;
  readonly #notices = new Notices();
  readonly #sendings = new Sendings();
  readonly #watching = new Set<ServerResponse>();
  readonly #unwatch: () => void;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#unwatch = stage.onChange(() => this.#changed());
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
    const url = addressOf(request);
    if (url === null) return sendPlain(response, 400, "This is no address of this page.");
    if (request.method === "POST") return this.#post(request, response, url);
    if (request.method !== "GET" && request.method !== "HEAD")
      return sendPlain(response, 405, "GET or POST.");
    if (url.pathname === "/live") return this.#watch(request, response);
    if (url.pathname === "/sandbox.css") return sendPlain(response, 200, STYLE, "text/css");
    if (url.pathname === "/sandbox.js") return sendPlain(response, 200, SCRIPT, "text/javascript");
    if (url.pathname.startsWith(WORKING))
      return this.#working(request, response, url.pathname.slice(WORKING.length));
    this.#send(request, response, url.pathname, url.searchParams.get("told"));
  }

  /** Who can be played. */
  #people(): readonly Account[] {
    const { state } = this.#stage.place.store;
    const [anybody] = state.accounts.values();
    if (anybody === undefined) throw new Error("The sandbox has no people.");
    return cast(this.#stage.scene(anybody));
  }

  #you(request: IncomingMessage): Account {
    const wanted = cookie(request, "you");
    const people = this.#people();
    const you =
      people.find((one) => one.login === wanted) ??
      people.find((one) => one.login === FIRST_PLAYED) ??
      people[0];
    if (you === undefined) throw new Error("The sandbox has no people.");
    return you;
  }

  #scene(request: IncomingMessage, kept: Kept | null): Scene {
    return { ...this.#stage.scene(this.#you(request)), drawing: { once: randomUUID(), kept } };
  }

  #changed(): void {
    for (const response of this.#watching) response.write("data: changed\n\n");
  }

  #watch(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(": watching\n\n");
    this.#watching.add(response);
    request.on("close", () => this.#watching.delete(response));
  }

  #send(request: IncomingMessage, response: ServerResponse, path: string, told: string | null): void {
    const { notice, kept } = this.#notices.find(told);
    const scene = this.#scene(request, kept);
    const page = this.#page(scene, path);
    const { title, main, status } = page ?? { title: "Nothing here", main: missingPage(), status: 404 };
    sendPage(response, status, frame(scene, { title, path, notice, main }));
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
  #parts(scene: Scenery, path: string): readonly string[] {
    const home = `${base(scene)}/`;
    const parts = path.startsWith(home) ? path.slice(home.length).split("/").map(decoded) : [];
    return parts.every((part) => part !== null) ? parts : [];
  }

  async #post(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const sent = await readForm(request);
    if (sent === null) return sendPlain(response, 413, "More than a form of this page ever sends.");
    const cookieSays = this.#you(request);
    const { sending, before } = this.#sendings.send(url.pathname, sent, () =>
      this.#answer(cookieSays, url.pathname, sent),
    );
    if (!byScript(request) && !(await within(PATIENCE, sending.answer)))
      return redirect(response, `${WORKING}${sending.id}`);
    this.#give(response, await sending.answer, before);
  }

  #give(response: ServerResponse, answer: FormAnswer, before = false): void {
    if (answer.kind === "sentence") {
      sendPlain(response, answer.status, answer.text);
      return;
    }
    const { to, kept, cookies } = answer;
    const notice: Notice | null = before
      ? { kind: "told", text: "This was sent already, and done once." }
      : answer.notice;
    if (cookies.length > 0) response.once("finish", () => this.#changed());
    redirect(response, notice === null ? to : telling(to, this.#notices.add(notice, kept)), cookies);
  }

  /** Of what takes longer, where no script says so: the page that says it, and goes on by itself. */
  async #working(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const sending = this.#sendings.find(id);
    if (sending === null) return this.#send(request, response, "/", null);
    if (await within(SECOND, sending.answer)) return this.#give(response, await sending.answer);
    const scene = this.#scene(request, null);
    const page = {
      title: "The clerk is at work",
      path: "/",
      notice: null,
      main: workingPage(`${WORKING}${id}`),
    };
    sendPage(response, 200, frame(scene, page), { refresh: "1" });
  }

  async #answer(cookieSays: Account, path: string, sent: URLSearchParams): Promise<FormAnswer> {
    const backTo = ownPath(sent.get("back"));
    const go = (to: string, text: string | null = null): FormAnswer => {
      const notice: Notice | null = text === null ? null : { kind: "told", text };
      return { kind: "page", to, notice, kept: null, cookies: [] };
    };
    switch (path) {
      case "/you": {
        const login = sent.get("login") ?? "";
        if (!this.#people().some((one) => one.login === login))
          return { kind: "sentence", status: 422, text: `There is nobody here who is called “${login}”.` };
        return { kind: "page", to: backTo, notice: null, kept: null, cookies: [setCookie("you", login)] };
      }
      case "/clock": {
        const hours = Number(sent.get("hours"));
        if (!(hours > 0 && hours <= MOST_HOURS))
          return { kind: "sentence", status: 422, text: `Hours from 1 to ${MOST_HOURS}.` };
        await this.#stage.moveClock(hours * HOUR);
        const { now, clerk } = this.#stage.scene(cookieSays);
        return go(
          backTo,
          `The clock was moved on to ${readable(now)}. ${clerk.nextDeadline === "elsewhere" ? "The clerk learns of it with its next requests." : "The clerk has done what was due by then."}`,
        );
      }
      case "/faults": {
        const lag = Number(sent.get("lag"));
        if (!(lag >= 0 && lag <= 60)) return { kind: "sentence", status: 422, text: "Seconds from 0 to 60." };
        const loseWebhooks = sent.get("lose") === "yes";
        this.#stage.setFaults({ loseWebhooks, lag });
        return go(
          backTo,
          `Webhooks are ${loseWebhooks ? "lost" : "sent"}; answers ${lag === 0 ? "come at once" : `lag by ${count(lag, "second")}`}.`,
        );
      }
      default:
        return this.#act(cookieSays, path, sent);
    }
  }

  /** As whom the form names: a button does what it says, whoever was chosen meanwhile in another window. */
  async #act(cookieSays: Account, path: string, sent: URLSearchParams): Promise<FormAnswer> {
    const named = sent.get("as") ?? cookieSays.login;
    const scene = this.#stage.scene(cookieSays);
    const parts = this.#parts(scene, path);
    const again = (notice: Notice): FormAnswer => {
      const kept = { form: sent.get("form") ?? path, sent };
      return { kind: "page", to: pageOf(scene, parts), notice, kept, cookies: [] };
    };
    const you = this.#people().find((one) => one.login === named);
    if (you === undefined)
      return again({
        kind: "wrong",
        text: `There is nobody here who is called “${named}”: nothing was done.`,
      });
    const seen = this.#stage.scene(you);
    let done: Done | null = null;
    try {
      await this.#stage.act(() => {
        done = this.#do(seen, personBy(this.#stage.place, you), parts, sent);
      });
    } catch (thrown) {
      if (thrown instanceof Refusal) return again({ kind: "refused", text: inWords(thrown) });
      tellFault(thrown);
      return again({ kind: "wrong", text: "The sandbox could not do this; its terminal says why." });
    }
    const { to, told = null } = (done as Done | null) ?? {};
    if (to === undefined) return { kind: "sentence", status: 404, text: "There is no such form here." };
    const other =
      you.id === cookieSays.id
        ? null
        : `Done as ${you.login}, as the page said. You are ${cookieSays.login} now.`;
    const text = [told, other].filter((one) => one !== null).join(" ");
    return { kind: "page", to, notice: text === "" ? null : { kind: "told", text }, kept: null, cookies: [] };
  }

  /** null: there is no such form. */
  #do(scene: Scenery, by: By, parts: readonly string[], sent: URLSearchParams): Done | null {
    const [kind, first, second, ...rest] = parts;
    if (kind === "new" && first === undefined) return { to: pagePath(scene, openProposalDeed(by, sent)) };
    if (kind === "edit" && first !== undefined) {
      const path = parts.slice(1).join("/");
      const number = editFile(by, path, sent);
      if (number !== null) return { to: pagePath(scene, number) };
      const told = `Pushed to ${scene.repository.defaultBranch}. The clerk looks at every open proposal again.`;
      return { to: pageOf(scene, parts), told };
    }
    const number = Number(first);
    if (kind !== "pull" || !Number.isInteger(number) || second === undefined) return null;
    const [id, name] = rest;
    const done =
      id === undefined
        ? doToPull(by, number, second, sent)
        : name !== undefined && doToWritten(by, second, Number(id), name, sent);
    return done ? { to: pagePath(scene, number) } : null;
  }
}

/** Where to go when it is done, and what to tell there. */
interface Done {
  readonly to: string;
  readonly told?: string;
}

/** Whether it is there in time. A fault is there too. */
function within(milliseconds: number, answer: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    const there = () => {
      clearTimeout(timer);
      resolve(true);
    };
    answer.then(there, there);
  });
}

const pageOf = (scene: Scenery, [kind, ...rest]: readonly string[]): string =>
  kind === "pull"
    ? pagePath(scene, Number(rest[0]))
    : kind === undefined
      ? "/"
      : `${base(scene)}/${[kind, ...rest].map(encodeURIComponent).join("/")}`;

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
