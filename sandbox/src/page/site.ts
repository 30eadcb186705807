import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { count } from "msc-clerk/domain/messages/grammar.js";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { HOUR, readable, SECOND } from "msc-clerk/domain/text/time.js";
import type { About } from "../about.js";
import type { By } from "../doings/by.js";
import { Refusal } from "../refusal.js";
import type { Account } from "../state.js";
import { personBy } from "./deeds.js";
import { frame, type Notice } from "./frame.js";
import { missingPage, workingPage } from "./otherPages.js";
import { type Done, doAt, pageAt, type Shows } from "./routes.js";
import {
  base,
  cast,
  editPath,
  type FaultsView,
  type Kept,
  pagePath,
  type Scene,
  type Scenery,
} from "./scene.js";
import { SCRIPT } from "./script.js";
import { type FormAnswer, Notices, Sendings } from "./sendings.js";
import { doToState, type States, statePage, statesPage } from "./statePage.js";
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
  readonly about: About;
  /** null: it cannot be brought into another state, as its clerk is somebody else's. */
  readonly states: States | null;
  scene(you: Account): Scenery;
  /** Lets a person do something; resolves when the clerk has done what follows from it, or after a few seconds. */
  act(doing: () => void): Promise<void>;
  moveClock(milliseconds: number): Promise<void>;
  setFaults(faults: FaultsView): void;
  /** Called whenever something has changed; returns what ends that. */
  onChange(listener: () => void): () => void;
}

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
    const saved = /^\/state\/([^/]+)\.json$/.exec(url.pathname)?.[1];
    const text = saved === undefined ? null : (this.#stage.states?.text(saved) ?? null);
    if (text !== null) return sendPlain(response, 200, text.trimEnd(), "application/json");
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
      people.find((one) => one.login === this.#stage.about.firstPlayed) ??
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
    if (page?.kind === "elsewhere") {
      redirect(response, page.path);
      return;
    }
    const { title, main } = page ?? { title: "Nothing here", main: missingPage() };
    const savable = this.#stage.states !== null;
    sendPage(response, page === null ? 404 : 200, frame(scene, { title, path, notice, main, savable }));
  }

  #page(scene: Scene, path: string): Shows | null {
    const { states } = this.#stage;
    if (path === "/") return pageAt(scene, []);
    if (path === "/state" && states !== null)
      return { kind: "page", title: "Save, or begin again", main: statesPage(scene, states) };
    const saved = /^\/state\/([^/.]+)$/.exec(path)?.[1];
    if (saved !== undefined && states !== null) {
      const main = statePage(scene, states, saved);
      return main === null ? null : { kind: "page", title: saved, main };
    }
    const parts = this.#parts(scene, path);
    return parts.length === 0 && path !== base(scene) ? null : pageAt(scene, parts);
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
      savable: this.#stage.states !== null,
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
        return this.#stage.states !== null && path.startsWith("/state/")
          ? this.#toState(this.#stage.states, path, sent)
          : this.#act(cookieSays, path, sent);
    }
  }

  async #toState(states: States, path: string, sent: URLSearchParams): Promise<FormAnswer> {
    const done = await doToState(states, path, sent);
    if (done === null) return { kind: "sentence", status: 404, text: "There is no such form here." };
    const { to, told: text, wrong } = done;
    const kept = wrong ? { form: sent.get("form") ?? path, sent } : null;
    return { kind: "page", to, notice: { kind: wrong ? "wrong" : "told", text }, kept, cookies: [] };
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
    let done: Done | null = null;
    try {
      await this.#stage.act(() => {
        done = doAt(this.#stage.scene(you), personBy(this.#stage.place, you), parts, sent);
      });
    } catch (thrown) {
      if (thrown instanceof Refusal) return again({ kind: "refused", text: inWords(thrown) });
      tellFault(thrown);
      return again({ kind: "wrong", text: "The sandbox could not do this; its terminal says why." });
    }
    const { to, told } = (done as Done | null) ?? {};
    if (to === undefined) return { kind: "sentence", status: 404, text: "There is no such form here." };
    const other =
      you.id === cookieSays.id
        ? null
        : `Done as ${you.login}, as the page said. You are ${cookieSays.login} now.`;
    const text = [told?.(this.#stage.scene(you)) ?? null, other].filter((one) => one !== null).join(" ");
    return { kind: "page", to, notice: text === "" ? null : { kind: "told", text }, kept: null, cookies: [] };
  }
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
  (kind === "pull" || kind === "issues") && rest.length > 0
    ? pagePath(scene, Number(rest[0]))
    : kind === "propose-config"
      ? editPath(scene, CONFIG_FILE)
      : kind === undefined
        ? "/"
        : `${base(scene)}/${[kind, ...rest].map(encodeURIComponent).join("/")}`;

/** GitHub's message, and what it says of each field. */
function inWords({ status, message, errors }: Refusal): string {
  const details = (errors ?? []).map((one) =>
    typeof one === "string"
      ? one
      : (one.message ?? `${one.resource} ${one.field ?? ""}: ${one.code.replaceAll("_", " ")}`),
  );
  return `${details.length > 0 ? details.join(". ") : message} (${status})`;
}
