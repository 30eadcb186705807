import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { webhookSecrets } from "../runtime/server/webhookSecrets.js";
import { baseUrlOf } from "./gitHubApi.js";
import { given, type Variables } from "./variables.js";

/** What speaks with GitHub as the App. Secrets: never log them. */
export interface Credentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** `RECORD_KEYS` as given: secrets parted by commas, newest first. */
  readonly recordKeys: string | undefined;
  /** GitHub's REST API: `GITHUB_API_URL`, `/api/v3` of `GHE_HOST`, or `https://api.github.com`. */
  readonly baseUrl: string;
}

/** Anybody's who can read the repository, where there are no credentials of the App's. A secret too. */
export interface ReaderCredentials {
  readonly token: string;
  /** Which variable it stands in. */
  readonly variable: (typeof TOKEN_VARIABLES)[number];
  readonly baseUrl: string;
}

/** The first that is set is taken. */
const TOKEN_VARIABLES = ["GITHUB_TOKEN", "GH_TOKEN"] as const;

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

/** None of the App's at all. */
export const hasNoCredentials = (variables: Variables): boolean =>
  ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH"].every((name) => given(variables, name) === undefined);

/** null: one of `faults` says what is missing or wrong. */
export function credentialsOf(variables: Variables, faults: string[]): Credentials | null {
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

/** null as with `credentialsOf`. Probot falls back on the secret "development", which everybody knows. */
export function webhookSecretOf(secret: string | undefined, faults: string[]): string | null {
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
