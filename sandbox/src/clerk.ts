import { generateKeyPairSync, randomBytes } from "node:crypto";
import { type Clerk, type ClerkTiming, createClerk, WEBHOOK_PATH } from "msc-clerk/app.js";
import { HOUR } from "msc-clerk/domain/text/time.js";
import type { MatrixSettings } from "msc-clerk/matrix/homeserver.js";
import type { Clock } from "msc-clerk/platform/clock.js";
import type { Recorder } from "msc-clerk/runtime/server/recorder.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import type { Store } from "msc-clerk/store/port.js";
import type { Logger } from "probot";
import { Sandbox, type SandboxOptions } from "./sandbox.js";

/** What GitHub and the App share. Made anew each time, and worth nothing outside this process. */
export interface Secrets {
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

export function newSecrets(): Secrets {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return { privateKey, webhookSecret: randomBytes(32).toString("hex") };
}

export interface ClerkInSandbox {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly logger: Logger;
  readonly timing?: ClerkTiming;
  /** `RECORD_KEYS`; left out: the sandbox's own, which its config lists. */
  readonly recordKeys?: string;
  /** The clerk's own memory, where it is to outlive this clerk. */
  readonly store?: Store;
  readonly recorder?: Recorder;
  /** Serve the pages' port too, on a free one. */
  readonly pages?: boolean;
  /** Ask for webhooks again that did not arrive; left out: nothing may be lost without that. */
  readonly redeliver?: boolean;
  readonly dryRun?: boolean;
  /** The Matrix room that is told what happens. */
  readonly matrix?: MatrixSettings;
}

/** What records are signed with in a sandbox: everybody knows it, and it is worth nothing outside. */
export const RECORD_KEYS = "the sandbox signs with what everybody knows";

/** Days pass in a second here: asking for changes every ten minutes of the clock would be most of the work. */
const TIMING: ClerkTiming = { resyncEvery: 6 * HOUR };

/**
 * Starts the clerk against the sandbox as it is started against GitHub: with an App's id and key, over HTTP on loopback, with
 * signed webhooks. Only the address differs.
 */
export async function startClerk({
  sandbox,
  clock,
  secrets,
  logger,
  timing,
  recordKeys = RECORD_KEYS,
  store,
  recorder,
  pages = false,
  redeliver = false,
  dryRun = false,
  matrix,
}: ClerkInSandbox): Promise<Clerk> {
  const clerk = createClerk({
    ...secrets,
    recordKeys,
    appId: sandbox.app.id,
    baseUrl: sandbox.url,
    clock,
    logger,
    timing: { ...TIMING, ...timing },
    store: store ?? inMemoryStore(),
    recorder,
    dryRun,
    redeliver,
    matrix,
  });
  const place = { port: 0, host: "127.0.0.1" };
  const url = await clerk.start({ ...place, pages: pages ? place : null });
  sandbox.webhooksTo(`${url}${WEBHOOK_PATH}`);
  return clerk;
}

export const newSandbox = (secrets: Secrets, options: Omit<SandboxOptions, keyof Secrets>): Sandbox =>
  new Sandbox({ ...options, ...secrets });
