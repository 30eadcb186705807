import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import type { MatrixSettings } from "./matrix/homeserver.js";
import { GITHUB_COM, isGitHubsCloud } from "./platform/gitHubAddress.js";
import { LOG_LEVELS, type LogLevel } from "./platform/pinoLog.js";
import { webhookSecrets } from "./runtime/server/webhookSecrets.js";
import type { StoreSettings } from "./store/open.js";

/** Everything the clerk takes from its environment, checked. Holds secrets: never log it. */
export interface Environment {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** `WEBHOOK_SECRET` as given: secrets parted by commas, newest first. */
  readonly webhookSecret: string;
  /** `RECORD_KEYS` as given: secrets parted by commas, newest first. */
  readonly recordKeys: string | undefined;
  readonly server: ServerSettings;
  /** `PAGES_HOST` and `PAGES_PORT`: where people and their monitoring look, apart from GitHub's webhooks. */
  readonly pages: ServerSettings;
  /** `DATA_DIR` and `DATABASE_URL`. */
  readonly storage: StoreSettings;
  /** GitHub's REST API: `GITHUB_API_URL`, `/api/v3` of `GHE_HOST`, or `https://api.github.com`. */
  readonly baseUrl: string;
  readonly logLevel: LogLevel;
  readonly readableLog: boolean;
  readonly dryRun: boolean;
  /** `RECORD`: the directory that what GitHub is asked and answers is written into. */
  readonly record: string | undefined;
  /** Where people reach this clerk, without a slash at the end. */
  readonly publicUrl: string | undefined;
  /** `WEBHOOK_PROXY_URL`: a channel of smee.io's to fetch webhooks from, for a trial. */
  readonly webhookProxyUrl: string | undefined;
  /** `MATRIX_HOMESERVER`, `MATRIX_TOKEN` and `MATRIX_ROOM`: the room that is told what happens; undefined: none is. */
  readonly matrix: MatrixSettings | undefined;
}

/** Where to listen; port 0 takes any free one. */
export interface ServerSettings {
  readonly port: number;
  readonly host: string;
}

export type Reading =
  | { readonly kind: "ready"; readonly environment: Environment }
  /** No credentials at all: the set-up page makes them. */
  | {
      readonly kind: "set_up";
      readonly server: ServerSettings;
      readonly logLevel: LogLevel;
      readonly readableLog: boolean;
      readonly publicUrl: string | undefined;
      readonly webhookProxyUrl: string | undefined;
      readonly baseUrl: string;
      /** `GH_ORG`: the organisation that is to own the App. */
      readonly organization: string | undefined;
    }
  /** Each fault is one plain sentence, and none shows a secret. */
  | { readonly kind: "faults"; readonly faults: readonly string[] };

export type Variables = Readonly<Record<string, string | undefined>>;

/** What needs GitHub, but no web server: `explain`. */
export type Credentials = Pick<Environment, "appId" | "privateKey" | "recordKeys" | "baseUrl">;

/** Anybody's who can read the repository, where there are no credentials of the App's. A secret too. */
export interface ReaderCredentials {
  readonly token: string;
  /** Which variable it stands in. */
  readonly variable: (typeof TOKEN_VARIABLES)[number];
  readonly baseUrl: string;
}

/** The first that is set is taken. */
const TOKEN_VARIABLES = ["GITHUB_TOKEN", "GH_TOKEN"] as const;

/** For the server. An empty variable counts as not set. */
export function readEnvironment(variables: Variables): Reading {
  const faults: string[] = [];
  const value = (name: string) => given(variables, name);
  const server = { port: portOf("PORT", value("PORT"), 3000, faults), host: value("HOST") ?? "localhost" };
  const pages = {
    port: portOf("PAGES_PORT", value("PAGES_PORT"), 3001, faults),
    host: value("PAGES_HOST") ?? "127.0.0.1",
  };
  const storage = storageOf(variables, faults);
  const logLevel = logLevelOf(value("LOG_LEVEL"), faults);
  const readableLog = readableOf(value("LOG_FORMAT"), value("NODE_ENV"), faults);
  const publicUrl = publicUrlOf(value("PUBLIC_URL"), faults);
  const webhookProxyUrl = webhookProxyUrlOf(value("WEBHOOK_PROXY_URL"), value("NODE_ENV"), faults);
  const dryRun = yesOrNo("DRY_RUN", value("DRY_RUN"), faults);
  const record = recordOf(value("RECORD"), faults);
  const matrix = matrixOf(variables, faults);
  if (hasNoCredentials(variables)) {
    const baseUrl = baseUrlOf(variables, faults);
    const organization = organizationOf(value("GH_ORG"), faults);
    if (value("NODE_ENV") === "production") {
      faults.push(
        "APP_ID and PRIVATE_KEY (or PRIVATE_KEY_PATH) are not set, and with NODE_ENV=production the set-up page that makes them is not served.",
      );
    }
    return faults.length > 0
      ? { kind: "faults", faults }
      : { kind: "set_up", server, logLevel, readableLog, publicUrl, webhookProxyUrl, baseUrl, organization };
  }
  const credentials = credentialsOf(variables, faults);
  const webhookSecret = webhookSecretOf(value("WEBHOOK_SECRET"), faults);
  if (credentials === null || webhookSecret === null || faults.length > 0) return { kind: "faults", faults };
  return {
    kind: "ready",
    environment: {
      ...credentials,
      webhookSecret,
      server,
      pages,
      storage,
      logLevel,
      readableLog,
      dryRun,
      record,
      publicUrl,
      webhookProxyUrl,
      matrix,
    },
  };
}

/** The App's where anything of the App's is set; else a reader's token. */
export function readCredentials(
  variables: Variables,
): Credentials | ReaderCredentials | { readonly faults: readonly string[] } {
  const faults: string[] = [];
  if (hasNoCredentials(variables)) {
    const reader = readerOf(variables, faults);
    return reader === null || faults.length > 0 ? { faults } : reader;
  }
  const credentials = credentialsOf(variables, faults);
  return credentials === null || faults.length > 0 ? { faults } : credentials;
}

/** Neither the App's credentials nor a token: what is public can be read all the same. */
export const hasNothingToSignInWith = (variables: Variables): boolean =>
  hasNoCredentials(variables) && TOKEN_VARIABLES.every((name) => given(variables, name) === undefined);

/** A reader's token, for what can be asked without one too; null: there is none. */
export function readToken(variables: Variables): string | null {
  const faults: string[] = [];
  const reader = readerOf(variables, faults);
  return faults.length > 0 ? null : (reader?.token ?? null);
}

/** For `store`, which needs no credentials. */
export function readStorage(
  variables: Variables,
): { readonly storage: StoreSettings } | { readonly faults: readonly string[] } {
  const faults: string[] = [];
  const storage = storageOf(variables, faults);
  return faults.length > 0 ? { faults } : { storage };
}

/** Where GitHub's API is; faults are told where somebody signs in. */
export const readBaseUrl = (variables: Variables): string => baseUrlOf(variables, []);

const given = (variables: Variables, name: string): string | undefined => {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  return value === undefined || value.trim() === "" ? undefined : value;
};

const hasNoCredentials = (variables: Variables): boolean =>
  ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH"].every((name) => given(variables, name) === undefined);

function credentialsOf(variables: Variables, faults: string[]): Credentials | null {
  const value = (name: string) => given(variables, name);
  const appId = appIdOf(value("APP_ID"), faults);
  const privateKey = privateKeyOf(value("PRIVATE_KEY"), value("PRIVATE_KEY_PATH"), faults);
  const recordKeys = recordKeysOf(value("RECORD_KEYS"), faults);
  const baseUrl = baseUrlOf(variables, faults);
  if (appId === null || privateKey === null) return null;
  return { appId, privateKey, recordKeys, baseUrl };
}

function readerOf(variables: Variables, faults: string[]): ReaderCredentials | null {
  const variable = TOKEN_VARIABLES.find((name) => given(variables, name) !== undefined);
  if (variable === undefined) {
    faults.push(
      "There is nothing to sign in with: set GITHUB_TOKEN (or GH_TOKEN) to a token that can read the repository, or APP_ID and PRIVATE_KEY (or PRIVATE_KEY_PATH) of the App.",
    );
    return null;
  }
  const token = (given(variables, variable) ?? "").trim();
  // It goes into a header: what cannot stand in one would be told by the error, and the token with it.
  if (!/^[\x21-\x7e]{1,1000}$/.test(token))
    faults.push(`${variable} is no token: give it alone, in one line, without blanks.`);
  const baseUrl = baseUrlOf(variables, faults);
  return { token, variable, baseUrl };
}

function appIdOf(text: string | undefined, faults: string[]): number | null {
  if (text === undefined) {
    faults.push("APP_ID is not set: give the number on the App's settings page.");
    return null;
  }
  const id = /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : 0;
  if (id > 0) return id;
  faults.push("APP_ID is not a whole number: give the number on the App's settings page.");
  return null;
}

const WEBHOOK_SECRET_ADVICE =
  "give the webhook secret from the App's settings page, for example one made with `openssl rand -hex 32`";

/** Probot falls back on the secret "development", which everybody knows. */
function webhookSecretOf(secret: string | undefined, faults: string[]): string | null {
  if (secret === undefined) {
    faults.push(`WEBHOOK_SECRET is not set, so anybody could send webhooks: ${WEBHOOK_SECRET_ADVICE}.`);
    return null;
  }
  const secrets = webhookSecrets(secret);
  if (secrets.includes("development")) {
    const is = secrets.length === 1 ? "is" : "has";
    faults.push(`WEBHOOK_SECRET ${is} "development", which everybody knows: ${WEBHOOK_SECRET_ADVICE}.`);
    return null;
  }
  if (secrets.includes("")) {
    faults.push(
      "WEBHOOK_SECRET has an empty part, by which anybody could sign: give secrets parted by commas, newest first. A secret cannot have a comma in it.",
    );
    return null;
  }
  return secret;
}

const KEY_ADVICE =
  "give the whole PEM file GitHub made for the App, with line ends, with \\n for them, or in base64";

function privateKeyOf(inline: string | undefined, path: string | undefined, faults: string[]): string | null {
  if (inline !== undefined) return pemOf("PRIVATE_KEY", inline, faults);
  if (path === undefined) {
    faults.push("PRIVATE_KEY is not set, and neither is PRIVATE_KEY_PATH: give the App's private key.");
    return null;
  }
  try {
    return pemOf("The file at PRIVATE_KEY_PATH", readFileSync(path, "utf8"), faults);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    faults.push(`The file at PRIVATE_KEY_PATH (${path}) cannot be read (${code}).`);
    return null;
  }
}

function pemOf(where: string, text: string, faults: string[]): string | null {
  let pem = text.trim();
  if (!pem.includes("-----BEGIN")) pem = Buffer.from(pem, "base64").toString("utf8").trim();
  pem = pem.replace(/\\n/g, "\n").replace(/\r\n/g, "\n");
  if (!pem.includes("\n")) pem = unfolded(pem);
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "rsa") return pem;
    faults.push(`${where} is no RSA key, and GitHub Apps have RSA keys: ${KEY_ADVICE}.`);
  } catch {
    faults.push(`${where} is no private key that can be read: ${KEY_ADVICE}.`);
  }
  return null;
}

/** Some environments turn line ends into spaces. */
const unfolded = (pem: string): string =>
  pem.replace(/^(-----BEGIN [A-Z ]+-----)\s*(.*?)\s*(-----END [A-Z ]+-----)$/, (_all, begin, middle, end) =>
    [begin, ...String(middle).split(/\s+/), end].join("\n"),
  );

/** Says what `github/record` would say, at the start and with the rest. */
function recordKeysOf(text: string | undefined, faults: string[]): string | undefined {
  if (text?.split(",").some((key) => key.trim().length < 16)) {
    faults.push(
      "RECORD_KEYS has a key of fewer than 16 characters: give secrets parted by commas, newest first, for example from `openssl rand -hex 32`.",
    );
  }
  return text;
}

function portOf(name: string, text: string | undefined, usual: number, faults: string[]): number {
  if (text === undefined) return usual;
  const port = /^\s*\d{1,5}\s*$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  faults.push(`${name} is not a port: give a whole number from 0 (any free port) to 65535.`);
  return usual;
}

function logLevelOf(text: string | undefined, faults: string[]): LogLevel {
  const level = LOG_LEVELS.find((known) => known === (text ?? "info").trim().toLowerCase());
  if (level !== undefined) return level;
  faults.push(`LOG_LEVEL is none of ${LOG_LEVELS.join(", ")}.`);
  return "info";
}

function readableOf(format: string | undefined, nodeEnv: string | undefined, faults: string[]): boolean {
  if (format === undefined) return nodeEnv !== "production";
  if (format === "pretty" || format === "json") return format === "pretty";
  faults.push("LOG_FORMAT is neither pretty nor json.");
  return true;
}

/** What is neither is a fault, and stands for no. */
export function yesOrNo(name: string, text: string | undefined, faults: string[]): boolean {
  const word = (text ?? "false").trim().toLowerCase();
  if (["1", "true", "yes", "on"].includes(word)) return true;
  // A dry run that was meant and not understood would write.
  if (!["0", "false", "no", "off"].includes(word)) faults.push(`${name} is neither true nor false.`);
  return false;
}

/** A directory: who writes `true` would else find their recordings in one of that name. */
function recordOf(text: string | undefined, faults: string[]): string | undefined {
  if (text === undefined || !/^(?:1|0|true|false|yes|no|on|off)$/i.test(text.trim())) return text;
  faults.push("RECORD is not a directory: give the one to write recordings into, such as ./recordings.");
  return undefined;
}

const storageOf = (variables: Variables, faults: string[]): StoreSettings => ({
  dataDirectory: given(variables, "DATA_DIR") ?? "./data",
  databaseUrl: databaseUrlOf(given(variables, "DATABASE_URL"), faults),
});

/** Holds a password, so no word of it is repeated. */
function databaseUrlOf(text: string | undefined, faults: string[]): string | undefined {
  const url = text?.trim();
  if (url === undefined || (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url))) return url;
  faults.push(
    "DATABASE_URL is not the address of a PostgreSQL database: give it as postgresql://USER:PASSWORD@HOST/NAME, with %40 for an @ and %2F for a / in the password, or leave it out to keep the store in DATA_DIR.",
  );
  return undefined;
}

const MATRIX_VARIABLES = ["MATRIX_HOMESERVER", "MATRIX_TOKEN", "MATRIX_ROOM"] as const;

const ALIAS_IN_DOT_ENV = " In .env an alias has to stand in quotes, as # begins a comment there.";

/** All three, or none. */
function matrixOf(variables: Variables, faults: string[]): MatrixSettings | undefined {
  const [homeserver, token, room] = MATRIX_VARIABLES.map((name) => given(variables, name)?.trim());
  if (homeserver === undefined && token === undefined && room === undefined) return undefined;
  const missing = MATRIX_VARIABLES.filter((name) => given(variables, name) === undefined);
  if (missing.length > 0)
    faults.push(
      `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set, and a Matrix room is told nothing without: give MATRIX_HOMESERVER, MATRIX_TOKEN and MATRIX_ROOM, or none of them.${missing.includes("MATRIX_ROOM") ? ALIAS_IN_DOT_ENV : ""}`,
    );
  const address = homeserver === undefined ? "" : homeserverOf(homeserver, faults);
  // It goes into a header: what cannot stand in one would be told by the error, and the token with it.
  if (token !== undefined && !/^[\x21-\x7e]{1,4000}$/.test(token))
    faults.push("MATRIX_TOKEN is no access token: give it alone, in one line, without blanks.");
  // https://spec.matrix.org/latest/appendices/#identifier-grammar
  if (room !== undefined && !/^(?:![^\s\p{Cc}]{1,254}|#[^\s:\p{Cc}]{1,200}:[^\s\p{Cc}]{1,250})$/u.test(room))
    faults.push(
      "MATRIX_ROOM is no room: give its alias, such as #decisions:example.org, or its id, which begins with an exclamation mark.",
    );
  return { homeserver: address, token: token ?? "", room: room ?? "" };
}

function homeserverOf(text: string, faults: string[]): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && url.username + url.password + url.search + url.hash === "";
  if (url === null || !plain || (url.protocol !== "https:" && url.protocol !== "http:")) {
    // It may hold a password, so no word of it is repeated.
    faults.push(
      "MATRIX_HOMESERVER is not the address of a homeserver: give its base URL, such as https://matrix-client.matrix.org, without a name, a password, a ? or a #.",
    );
    return "";
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname))
    faults.push(
      "MATRIX_HOMESERVER begins with http://, so everybody on the way could read MATRIX_TOKEN: give it with https://. Only on this machine itself (localhost) http:// will do.",
    );
  return url.href.replace(/\/+$/, "").replace(/\/_matrix(?:\/client(?:\/v3)?)?$/, "");
}

/** Where GitHub's REST API is. Where GraphQL and people's pages are follows from it (platform/gitHubAddress.ts). */
function baseUrlOf(variables: Variables, faults: string[]): string {
  const api = apiUrlOf(given(variables, "GITHUB_API_URL"), faults);
  const server = serverOf(given(variables, "GHE_HOST"), given(variables, "GHE_PROTOCOL"), faults);
  if (api !== null && server !== null && api !== server) {
    faults.push(
      `GITHUB_API_URL (${api}) and GHE_HOST (which means ${server}) name two different GitHubs: drop GHE_HOST, and set GITHUB_API_URL to the one that is meant.`,
    );
  }
  return api ?? server ?? GITHUB_COM;
}

function apiUrlOf(text: string | undefined, faults: string[]): string | null {
  if (text === undefined) return null;
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const plain = url !== null && url.username + url.password + url.search + url.hash === "";
  if (url === null || !plain || (url.protocol !== "https:" && url.protocol !== "http:")) {
    // It may hold a password, so no word of it is repeated.
    faults.push(
      "GITHUB_API_URL is not the address of an API: give it as https://api.SUB.ghe.com or https://HOST/api/v3, without a name, a password, a ? or a #.",
    );
    return GITHUB_COM;
  }
  const address = url.href.replace(/\/+$/, "");
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    faults.push(
      "GITHUB_API_URL begins with http://, so everybody on the way could read the App's tokens: give it with https://. Only on this machine itself (localhost) http:// will do.",
    );
  }
  const api = `https://api.${url.host}`;
  if (isGitHubsCloud(api) && url.pathname === "/")
    faults.push(`GITHUB_API_URL is ${address}, where people look: its API is ${api}.`);
  return address;
}

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host);

/** `GHE_HOST` means `/api/v3`, as on every Enterprise Server. */
function serverOf(host: string | undefined, protocol: string | undefined, faults: string[]): string | null {
  if (protocol !== undefined && protocol !== "http" && protocol !== "https") {
    faults.push("GHE_PROTOCOL is neither http nor https.");
  }
  if (host === undefined) return null;
  if (!/^[a-z0-9.-]+(:\d{1,5})?$/i.test(host)) {
    faults.push(
      "GHE_HOST is not a host: give the name alone, such as github.example.org, without https:// and without a path.",
    );
  } else if (/\.ghe\.com$/i.test(host)) {
    const api = `https://api.${host.replace(/^api\./i, "").toLowerCase()}`;
    faults.push(
      `GHE_HOST is for a GitHub Enterprise Server, and ${host} is none: drop it, and set GITHUB_API_URL to ${api}.`,
    );
  }
  return `${protocol ?? "https"}://${host}/api/v3`;
}

function organizationOf(text: string | undefined, faults: string[]): string | undefined {
  if (text !== undefined && !/^[a-z0-9-]{1,39}$/i.test(text)) {
    faults.push(
      "GH_ORG is not the name of an organisation: give the name alone, as it stands in its address.",
    );
  }
  return text;
}

function publicUrlOf(text: string | undefined, faults: string[]): string | undefined {
  if (text === undefined) return undefined;
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text.replace(/\/+$/, "");
  faults.push("PUBLIC_URL is not a web address: give it as https://clerk.example.org.");
  return undefined;
}

/** Everybody who knows the channel sees what is sent to it, so no word of it is repeated. */
function webhookProxyUrlOf(
  text: string | undefined,
  nodeEnv: string | undefined,
  faults: string[],
): string | undefined {
  const url = text?.trim();
  if (url === undefined) return undefined;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (
    parsed === null ||
    !(parsed.protocol === "https:" || (parsed.protocol === "http:" && isLoopback(parsed.hostname)))
  )
    faults.push(
      "WEBHOOK_PROXY_URL is not the address of a channel: give it as https://smee.io/CHANNEL, or leave it out.",
    );
  if (nodeEnv === "production")
    faults.push(
      "WEBHOOK_PROXY_URL is for a trial, as everybody who knows the channel sees what GitHub sends, and it is not taken with NODE_ENV=production: leave it out, and set the webhook URL on the App's settings page to the clerk's own.",
    );
  return url;
}
