import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { load } from "js-yaml";
import { ClerkOctokit } from "../../github/connect.js";
import { writeDotEnv } from "../../platform/dotEnv.js";
import { webAddress } from "../../platform/gitHubAddress.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { SparingLog } from "../../platform/sparingLog.js";
import { Bodies } from "./bodies.js";
import { type Handler, HttpServer, pathOf, refuse } from "./http.js";
import { ownNames, whyForeign } from "./sameSite.js";
import { importPage, type PageContext, registerPage, successPage } from "./setUpPages.js";
import { WEBHOOK_PATH } from "./webhooks.js";

export interface SetUpOptions {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  /** GitHub's REST API. */
  readonly baseUrl: string;
  /** The organisation that is to own the App; undefined: the account that registers it. */
  readonly organization: string | undefined;
  readonly log: Log;
  /** Where `.env` goes, and an `app.yml` of the operator's own can be. */
  readonly directory: string;
}

/** GitHub's own limit for the way there and back. */
const HOUR = 3_600_000;
const MOST_STATES = 100;
const MOST_BYTES = 64 * 1024;
const POLICY = (nonce: string, gitHub: string) =>
  `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; ` +
  `form-action ${gitHub}; frame-ancestors 'none'; base-uri 'none'`;

const APP_YML = new URL("../../../app.yml", import.meta.url);

/**
 * Without credentials: the page that makes the App from `app.yml`, or takes the credentials of one that exists, and writes them
 * to `.env`. Resolves with the address once it listens, and with what ends it.
 */
export async function serveSetUp(
  options: SetUpOptions,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const { port, host, log } = options;
  const handler = new SetUp(options).handler;
  const rooms = new HttpServer(() => [handler], log);
  const url = await rooms.listen(port, host);
  log.info(
    `No credentials yet. Open http://${host}:${new URL(url).port} to make the App or to enter them, then start again.`,
  );
  return { url, close: () => rooms.close() };
}

class SetUp {
  readonly #options: SetUpOptions;
  readonly #refusals: SparingLog;
  readonly #bodies = new Bodies(1024 * 1024);
  /** What the page has given to GitHub to send back, and until when it is good. */
  readonly #states = new Map<string, number>();

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
    else if (route === "GET /") response.writeHead(302, { location: "/probot" }).end();
    else if (route === "GET /probot") this.#page(response, (context) => this.#register(context, request));
    else if (route === "GET /probot/setup") await this.#registered(request, response);
    else if (route === "GET /probot/import")
      this.#page(response, (context) => importPage(context, this.#webhookUrl(request)));
    else if (route === "POST /probot/import") await this.#imported(request, response);
    else if (route === "GET /probot/success") this.#page(response, successPage);
    else return false;
    return true;
  };

  #refuse(request: IncomingMessage, response: ServerResponse, status: number, why: string): void {
    this.#refusals.warn(`The set-up page refused a request: ${why}.`, {
      status,
      from: request.socket.remoteAddress ?? null,
    });
    refuse(response, status, `Refused: ${why}.`);
  }

  #page(response: ServerResponse, render: (context: PageContext) => string): void {
    const nonce = randomBytes(16).toString("base64url");
    const text = render({ name: "msc-clerk", nonce });
    response
      .writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": POLICY(nonce, new URL(this.#gitHub()).origin),
        "referrer-policy": "strict-origin",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      })
      .end(text);
  }

  #register(context: PageContext, request: IncomingMessage): string {
    const { organization } = this.#options;
    const now = Date.now();
    for (const [state, until] of this.#states) {
      if (until > now && this.#states.size < MOST_STATES) break;
      this.#states.delete(state);
    }
    const state = randomBytes(32).toString("base64url");
    this.#states.set(state, now + HOUR);
    const owner = organization === undefined ? "" : `/organizations/${organization}`;
    return registerPage(context, {
      createUrl: `${this.#gitHub()}${owner}/settings/apps/new?state=${state}`,
      manifest: JSON.stringify(this.#manifest(request)),
    });
  }

  /** https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest#github-app-manifest-parameters */
  #manifest(request: IncomingMessage): object {
    const here = this.#here(request);
    // One beside `.env` is the operator's own; else it is the program's, wherever that is started: without one the App would have no
    // permissions.
    const theirs = join(this.#options.directory, "app.yml");
    const own: unknown = load(readFileSync(existsSync(theirs) ? theirs : APP_YML, "utf8"));
    return {
      name: "msc-clerk",
      url: here,
      public: false,
      hook_attributes: { url: this.#webhookUrl(request) },
      ...(typeof own === "object" ? own : {}),
      redirect_url: `${here}/probot/setup`,
    };
  }

  /** GitHub has made the App and sent the browser back. */
  async #registered(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
        "it does not answer to this page; open /probot and begin again",
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
      const kept = this.#keep({
        APP_ID: String(data.id),
        PRIVATE_KEY: data.pem,
        WEBHOOK_SECRET: data.webhook_secret ?? "",
      });
      if (kept !== null) return this.#refuse(request, response, 500, kept);
      response.writeHead(302, { location: `${data.html_url}/installations/new` }).end();
    } catch (thrown) {
      log.warn("GitHub did not give the credentials of the new App.", { error: errorMessage(thrown) });
      refuse(
        response,
        502,
        "GitHub did not give the credentials of the new App. Open /probot and begin again.",
      );
    }
  }

  /** The credentials of an App that exists, as the page's own script sends them. */
  async #imported(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers } = request;
    if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) {
      return this.#refuse(request, response, 415, "it is not application/json");
    }
    const length = Number(headers["content-length"] ?? Number.NaN);
    if (headers["transfer-encoding"] !== undefined || !Number.isSafeInteger(length)) {
      return this.#refuse(request, response, 411, "it does not say how long it is");
    }
    if (length > MOST_BYTES) return this.#refuse(request, response, 413, "it is too long");
    const body = await this.#bodies.read(request, length, () => {});
    if (body.kind === "gone") return;
    if (body.kind === "refused") return this.#refuse(request, response, body.status, body.why);
    const values = credentialsIn(body.bytes.toString("utf8"));
    body.release();
    if (values === null) {
      return this.#refuse(request, response, 400, "appId, pem or webhook_secret is missing");
    }
    const kept = this.#keep(values);
    if (kept !== null) return this.#refuse(request, response, 500, kept);
    response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
  }

  /** null: they are in `.env`. */
  #keep(values: Readonly<Record<string, string>>): string | null {
    const fault = writeDotEnv(`${this.#options.directory}/.env`, values);
    if (fault !== null) return fault.replace(/\.$/, "");
    this.#options.log.info("The credentials are in .env. Start the clerk again.");
    return null;
  }

  /** The address by which the page was opened: one of its own names, as that is checked first for every request. */
  #here({ headers }: IncomingMessage): string {
    const { publicUrl } = this.#options;
    const host = headers.host ?? "localhost";
    return publicUrl !== undefined && new URL(publicUrl).host === host ? publicUrl : `http://${host}`;
  }

  #webhookUrl(request: IncomingMessage): string {
    return `${this.#options.publicUrl ?? this.#here(request)}${WEBHOOK_PATH}`;
  }

  #gitHub(): string {
    return webAddress(this.#options.baseUrl);
  }
}

function credentialsIn(text: string): Readonly<Record<string, string>> | null {
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof sent !== "object" || sent === null) return null;
  const { appId, pem, webhook_secret } = sent as Readonly<Record<string, unknown>>;
  const id = typeof appId === "number" ? String(appId) : appId;
  if (typeof id !== "string" || typeof pem !== "string" || typeof webhook_secret !== "string") return null;
  if (id === "" || pem === "" || webhook_secret === "") return null;
  return { APP_ID: id, PRIVATE_KEY: pem, WEBHOOK_SECRET: webhook_secret };
}
