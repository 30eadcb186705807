import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { load } from "js-yaml";
import { ClerkOctokit } from "../../github/connect.js";
import { writeDotEnv } from "../../platform/dotEnv.js";
import { gitHubHost, webAddress } from "../../platform/gitHubAddress.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { SparingLog } from "../../platform/sparingLog.js";
import { type Handler, HttpServer, pathOf, refuse } from "./http.js";
import { ownNames, whyForeign } from "./sameSite.js";
import { credentialsIn, draftIn, readForm, slugOf, type TypedCredentials } from "./setUpForms.js";
import type { PageContext } from "./setUpFrame.js";
import { type AppDraft, confirmPage, importPage, nextPage, startingPage, startPage } from "./setUpPages.js";
import { NEW_CHANNEL, newChannel } from "./webhookChannel.js";
import { WEBHOOK_PATH } from "./webhooks.js";

export interface SetUpOptions {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  /** GitHub's REST API. */
  readonly baseUrl: string;
  /** The organisation that is to own the App, unless another one is typed; undefined: the account that registers it. */
  readonly organization: string | undefined;
  /** `WEBHOOK_PROXY_URL`. */
  readonly webhookProxyUrl: string | undefined;
  readonly log: Log;
  /** Where `.env` goes, and an `app.yml` of the operator's own can be. */
  readonly directory: string;
  /** Where channels come from; smee.io when left out. */
  readonly channels?: string;
}

export interface SetUp {
  readonly url: string;
  /** Resolves when the credentials are in `.env` and somebody has asked for the clerk. */
  readonly done: Promise<void>;
  readonly close: () => Promise<void>;
}

/** GitHub's own limit for the way there and back. */
const HOUR = 3_600_000;
const MOST_STATES = 100;
const POLICY = (nonce: string, gitHub: string) =>
  `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self' ${gitHub}; frame-ancestors 'none'; base-uri 'none'`;

const APP_YML = new URL("../../../app.yml", import.meta.url);
const EXAMPLE = new URL("../../../docs/examples/smallest.yml", import.meta.url);

/**
 * Without credentials: the pages that make the App from `app.yml`, or take the credentials of one that exists, write them to `.env`, and say what
 * comes next. Resolves once it listens.
 */
export async function serveSetUp(options: SetUpOptions): Promise<SetUp> {
  const { port, host, log } = options;
  const pages = new SetUpPages(options);
  const rooms = new HttpServer(() => [pages.handler], log);
  const url = await rooms.listen(port, host);
  log.info(
    `No credentials yet. Open http://${host}:${new URL(url).port}/setup to make the App or to enter them.`,
  );
  return { url, done: pages.done, close: () => rooms.close() };
}

/** The App whose credentials are in `.env`. */
interface Made {
  /** Its page on GitHub; null: GitHub did not say. */
  readonly page: string | null;
}

class SetUpPages {
  readonly #options: SetUpOptions;
  readonly #refusals: SparingLog;
  /** What the page has given to GitHub to send back, and until when it is good. */
  readonly #states = new Map<string, number>();
  /** null: nothing was typed yet. */
  #draft: AppDraft | null = null;
  #channel: string | null = null;
  #made: Made | null = null;
  #resolveDone: () => void = () => {};
  readonly done = new Promise<void>((resolve) => {
    this.#resolveDone = resolve;
  });

  constructor(options: SetUpOptions) {
    this.#options = options;
    this.#refusals = new SparingLog(options.log);
  }

  readonly handler: Handler = async (request, response) => {
    const { host, publicUrl } = this.#options;
    const route = `${request.method} ${pathOf(request)}`;
    const foreign = whyForeign(
      request.headers,
      request.method !== "GET" && request.method !== "HEAD",
      ownNames(host, publicUrl),
    );
    if (foreign !== null) this.#refuse(request, response, 403, foreign);
    else if (this.#made !== null) return this.#afterwards(route, request, response, this.#made);
    else if (route === "GET /" || route === "GET /setup/next") goTo(response, "/setup");
    else if (route === "GET /setup") this.#start(request, response, []);
    else if (route === "POST /setup") await this.#typed(request, response);
    else if (route === "GET /setup/app") this.#confirm(request, response);
    else if (route === "GET /setup/created") await this.#created(request, response);
    else if (route === "GET /setup/import") this.#import(request, response, "", []);
    else if (route === "POST /setup/import") await this.#imported(request, response);
    else return false;
    return true;
  };

  /** The credentials are there: nothing takes their place any more, and every way leads to what comes next. */
  #afterwards(route: string, request: IncomingMessage, response: ServerResponse, { page }: Made): boolean {
    const facts = {
      installUrl: page === null ? null : `${page}/installations/new`,
      // Its notes are for those who have it beside its schema.
      example: existsSync(EXAMPLE) ? readFileSync(EXAMPLE, "utf8").replace(/^#.*\n/gm, "") : null,
    };
    if (route === "GET /setup/next") this.#page(response, 200, (context) => nextPage(context, facts));
    else if (route === "POST /setup/start") {
      response.once("close", this.#resolveDone).setHeader("connection", "close");
      this.#page(response, 200, (context) => startingPage(context, facts));
    } else if (/^GET \/(setup(\/app|\/created|\/import)?)?$/.test(route)) goTo(response, "/setup/next");
    else if (/^POST \/setup(\/import)?$/.test(route))
      this.#refuse(
        request,
        response,
        409,
        "the credentials are in .env already; take APP_ID, PRIVATE_KEY and WEBHOOK_SECRET out of it and start again to enter others",
      );
    else return false;
    return true;
  }

  #refuse(request: IncomingMessage, response: ServerResponse, status: number, why: string): void {
    this.#refusals.warn(`The set-up page refused a request: ${why}.`, {
      status,
      from: request.socket.remoteAddress ?? null,
    });
    refuse(response, status, `Refused: ${why}.`);
  }

  #page(response: ServerResponse, status: number, render: (context: PageContext) => string): void {
    const nonce = randomBytes(16).toString("base64url");
    response
      .writeHead(status, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": POLICY(nonce, new URL(this.#gitHub()).origin),
        "referrer-policy": "strict-origin",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      })
      .end(render({ nonce }));
  }

  #start(request: IncomingMessage, response: ServerResponse, faults: readonly string[]): void {
    const { publicUrl, webhookProxyUrl } = this.#options;
    const facts = {
      draft: this.#drafted(),
      webhookUrl: `${publicUrl ?? this.#here(request)}${WEBHOOK_PATH}`,
      webhookUrlIsPublic: publicUrl !== undefined,
      channelIsSet: webhookProxyUrl !== undefined,
      faults,
    };
    this.#page(response, faults.length === 0 ? 200 : 422, (context) => startPage(context, facts));
  }

  /** The App's name, its owner, and the way of its webhooks. */
  async #typed(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await readForm(request);
    if (sent.kind === "gone") return;
    if (sent.kind === "refused") return this.#refuse(request, response, sent.status, sent.why);
    const { draft, faults } = draftIn(sent.form);
    this.#draft = draft;
    const more = faults.length > 0 ? faults : await this.#unmet(draft);
    if (more.length > 0) return this.#start(request, response, more);
    goTo(response, "/setup/app");
  }

  /** What only others can tell of it. */
  async #unmet(draft: AppDraft): Promise<readonly string[]> {
    const { channels = NEW_CHANNEL } = this.#options;
    if (draft.webhooks === "channel") this.#channel ??= await newChannel(channels);
    const noChannel = draft.webhooks === "channel" && this.#channel === null;
    return [
      ...((await this.#isTaken(draft.name))
        ? [`There is an App of the name ${draft.name} on ${gitHubHost(this.#options.baseUrl)} already.`]
        : []),
      ...(noChannel
        ? [
            "smee.io gives no channel: see that this machine reaches https://smee.io, or let GitHub send webhooks to this clerk.",
          ]
        : []),
    ];
  }

  /** Every App has an account of this form. Where GitHub does not say, it says so itself when the App is made. */
  async #isTaken(name: string): Promise<boolean> {
    const slug = slugOf(name);
    if (slug === "") return false;
    try {
      const client = new ClerkOctokit({ baseUrl: this.#options.baseUrl });
      const { data } = await client.request("GET /users/{username}", {
        username: `${slug}[bot]`,
        request: { signal: AbortSignal.timeout(5_000) },
      });
      return data.type === "Bot";
    } catch {
      return false;
    }
  }

  #confirm(request: IncomingMessage, response: ServerResponse): void {
    const { name, organization } = this.#drafted();
    const owner = organization === "" ? "" : `/organizations/${organization}`;
    const facts = {
      name,
      owner: organization,
      webhookUrl: this.#webhookUrl(request),
      gitHub: gitHubHost(this.#options.baseUrl),
      createUrl: `${this.#gitHub()}${owner}/settings/apps/new?state=${this.#newState()}`,
      manifest: JSON.stringify(this.#manifest(request)),
    };
    this.#page(response, 200, (context) => confirmPage(context, facts));
  }

  #newState(): string {
    const now = Date.now();
    for (const [state, until] of this.#states) {
      if (until > now && this.#states.size < MOST_STATES) break;
      this.#states.delete(state);
    }
    const state = randomBytes(32).toString("base64url");
    this.#states.set(state, now + HOUR);
    return state;
  }

  /** https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest#github-app-manifest-parameters */
  #manifest(request: IncomingMessage): object {
    const here = this.#here(request);
    return {
      url: here,
      public: false,
      ...this.#appYml(),
      name: this.#drafted().name,
      hook_attributes: { url: this.#webhookUrl(request) },
      redirect_url: `${here}/setup/created`,
    };
  }

  /** One beside `.env` is the operator's own; else it is the program's, wherever that is started: without one the App would have no permissions. */
  #appYml(): { readonly name?: unknown } {
    const theirs = join(this.#options.directory, "app.yml");
    const own: unknown = load(readFileSync(existsSync(theirs) ? theirs : APP_YML, "utf8"));
    return typeof own === "object" && own !== null ? own : {};
  }

  /** GitHub has made the App and sent the browser back. */
  async #created(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { baseUrl, log } = this.#options;
    const query = new URL(request.url ?? "/", "http://localhost").searchParams;
    const state = query.get("state") ?? "";
    const until = this.#states.get(state) ?? 0;
    this.#states.delete(state);
    if (until <= Date.now()) {
      return this.#refuse(
        request,
        response,
        403,
        "it does not answer to this page; open /setup and begin again",
      );
    }
    const code = query.get("code") ?? "";
    if (!/^[A-Za-z0-9_-]{1,200}$/.test(code)) {
      return this.#refuse(request, response, 400, "GitHub's code is missing or is none");
    }
    try {
      const { data } = await new ClerkOctokit({ baseUrl }).request("POST /app-manifests/{code}/conversions", {
        code,
      });
      const fault = this.#keep(
        { appId: String(data.id), privateKey: data.pem, secret: data.webhook_secret ?? "" },
        data.html_url,
      );
      if (fault !== null) return this.#refuse(request, response, 500, fault);
      goTo(response, "/setup/next");
    } catch (thrown) {
      log.warn("GitHub did not give the credentials of the new App.", { error: errorMessage(thrown) });
      refuse(
        response,
        502,
        "GitHub did not give the credentials of the new App. Open /setup and begin again; an App that is there already has to be deleted on its settings page, or have its credentials entered at /setup/import.",
      );
    }
  }

  #import(
    request: IncomingMessage,
    response: ServerResponse,
    appId: string,
    faults: readonly string[],
  ): void {
    const facts = { webhookUrl: this.#webhookUrl(request), appId, faults };
    this.#page(response, faults.length === 0 ? 200 : 422, (context) => importPage(context, facts));
  }

  /** The credentials of an App that exists. */
  async #imported(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await readForm(request);
    if (sent.kind === "gone") return;
    if (sent.kind === "refused") return this.#refuse(request, response, sent.status, sent.why);
    const { credentials, faults } = await credentialsIn(sent.form);
    if (faults.length > 0) return this.#import(request, response, credentials.appId, faults);
    const known = await this.#knownTo(credentials);
    if (known.kind === "refused") return this.#import(request, response, credentials.appId, [known.why]);
    const fault = this.#keep(credentials, known.page);
    if (fault !== null) return this.#refuse(request, response, 500, fault);
    goTo(response, "/setup/next");
  }

  /** Whether GitHub takes them. Where it cannot be asked they are kept all the same: the start says what is wrong. */
  async #knownTo({
    appId,
    privateKey,
  }: TypedCredentials): Promise<
    | { readonly kind: "known"; readonly page: string | null }
    | { readonly kind: "refused"; readonly why: string }
  > {
    const { baseUrl, log } = this.#options;
    try {
      const client = new ClerkOctokit({ baseUrl, auth: { appId: Number(appId), privateKey } });
      const { data } = await client.request("GET /app", { request: { signal: AbortSignal.timeout(10_000) } });
      return { kind: "known", page: data?.html_url ?? null };
    } catch (thrown) {
      const status = thrown instanceof Error && "status" in thrown ? thrown.status : null;
      if (status === 401 || status === 404)
        return {
          kind: "refused",
          why: "GitHub does not know this App ID with this private key: both must be of the same App, and the key one that was not deleted.",
        };
      log.warn("GitHub could not be asked whether the credentials are right.", {
        error: errorMessage(thrown),
      });
      return { kind: "known", page: null };
    }
  }

  /** null: they are in `.env`. */
  #keep({ appId, privateKey, secret }: TypedCredentials, page: string | null): string | null {
    const channel = this.#chosenChannel();
    const fault = writeDotEnv(`${this.#options.directory}/.env`, {
      APP_ID: appId,
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: secret,
      ...(channel === null ? {} : { WEBHOOK_PROXY_URL: channel }),
    });
    if (fault !== null) return fault.replace(/\.$/, "");
    this.#made = { page };
    this.#options.log.info(
      "The credentials are in .env. Start the clerk: on the page, or by starting this again.",
    );
    return null;
  }

  #drafted(): AppDraft {
    const { organization = "" } = this.#options;
    if (this.#draft !== null) return this.#draft;
    const { name } = this.#appYml();
    return { name: typeof name === "string" ? name : "msc-clerk", organization, webhooks: "direct" };
  }

  /** The address by which the page was opened: one of its own names, as that is checked first for every request. */
  #here({ headers }: IncomingMessage): string {
    const { publicUrl } = this.#options;
    const host = headers.host ?? "localhost";
    return publicUrl !== undefined && new URL(publicUrl).host === host ? publicUrl : `http://${host}`;
  }

  #chosenChannel(): string | null {
    return this.#drafted().webhooks === "channel" ? this.#channel : null;
  }

  #webhookUrl(request: IncomingMessage): string {
    const { publicUrl, webhookProxyUrl } = this.#options;
    const channel = webhookProxyUrl ?? this.#chosenChannel();
    return channel ?? `${publicUrl ?? this.#here(request)}${WEBHOOK_PATH}`;
  }

  #gitHub(): string {
    return webAddress(this.#options.baseUrl);
  }
}

const goTo = (response: ServerResponse, location: string): void => {
  response.writeHead(303, { location, "cache-control": "no-store" }).end();
};
