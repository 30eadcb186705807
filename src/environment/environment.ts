import type { MatrixSettings } from "../matrix/homeserver.js";
import { LOG_LEVELS, type LogLevel } from "../platform/pinoLog.js";
import type { StoreSettings } from "../store/open.js";
import { type Credentials, credentialsOf, hasNoCredentials, webhookSecretOf } from "./credentials.js";
import { baseUrlOf, isLoopback, organizationOf } from "./gitHubApi.js";
import { matrixOf } from "./matrixRoom.js";
import { given, type Variables, yesOrNo } from "./variables.js";

/** Everything the clerk takes from its environment, checked. Holds secrets: never log it. */
export interface Environment extends Credentials {
  /** `WEBHOOK_SECRET` as given: secrets parted by commas, newest first. */
  readonly webhookSecret: string;
  readonly server: ServerSettings;
  /** `PAGES_HOST` and `PAGES_PORT`: where people and their monitoring look, apart from GitHub's webhooks. */
  readonly pages: ServerSettings;
  /** `DATA_DIR` and `DATABASE_URL`. */
  readonly storage: StoreSettings;
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

/** For `store`, which needs no credentials. */
export function readStorage(
  variables: Variables,
): { readonly storage: StoreSettings } | { readonly faults: readonly string[] } {
  const faults: string[] = [];
  const storage = storageOf(variables, faults);
  return faults.length > 0 ? { faults } : { storage };
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
