import { Probot } from "probot";
import { Meter } from "../github/client/meter.js";
import { type Connection, connectGitHub } from "../github/connect.js";
import type { RepositoryRef } from "../github/ports.js";
import { RecordKeys } from "../github/record/keys.js";
import { type Clock, gitHubClock } from "../platform/clock.js";
import { errorMessage, silentLog } from "../platform/log.js";
import { forProbot, pinoLog } from "../platform/pinoLog.js";
import { systemClock } from "../platform/systemClock.js";
import { Records } from "../runtime/reconcile/records.js";
import { RequestTracker } from "../runtime/server/requestTracker.js";
import { inMemoryStore } from "../store/inMemory.js";

export interface AppCredentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly recordKeys: string | undefined;
  readonly baseUrl: string;
}

export type CliResult =
  | { readonly kind: "told"; readonly text: string }
  /** One plain sentence or more. */
  | { readonly kind: "not"; readonly why: string };

type AsApp =
  | {
      readonly kind: "app";
      readonly installation: number;
      readonly github: Connection;
      readonly clock: Clock;
    }
  | { readonly kind: "not"; readonly why: string };

/** Signs in as the App for one question on the command line, and finds its installation on the repository. */
export async function asApp(
  wanted: Omit<RepositoryRef, "installation">,
  credentials: AppCredentials,
): Promise<AsApp> {
  const clock = gitHubClock(systemClock);
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    baseUrl: credentials.baseUrl,
    // It takes no webhook: this only keeps Probot from its well-known secret.
    secret: credentials.privateKey,
    log: forProbot(pinoLog("fatal", true)),
    Octokit: new RequestTracker(clock).octokit(),
  });
  // What the clerk's own store keeps is not at hand here: what was judged, and what is lawful, is told by the signed records.
  const store = inMemoryStore();
  const github = connectGitHub({
    memory: new Records({ store, clock, log: silentLog, instance: "cli" }),
    lawful: store,
    meter: new Meter(),
    jitter: Math.random,
    auth: (id) => probot.auth(id),
    appId: credentials.appId,
    keys: RecordKeys.from(credentials),
    clock: systemClock,
    gitHubClock: clock,
    log: silentLog,
  });
  const installation = await installationOf(probot, wanted);
  return typeof installation === "string"
    ? { kind: "not", why: installation }
    : { kind: "app", installation, github, clock };
}

/** The number of the installation, or why there is none in one sentence. */
async function installationOf(
  probot: Probot,
  { owner, name }: { readonly owner: string; readonly name: string },
): Promise<number | string> {
  try {
    const asApp = await probot.auth();
    const { data } = await asApp.rest.apps.getRepoInstallation({ owner, repo: name });
    return data.id;
  } catch (thrown) {
    const status = typeof thrown === "object" && thrown !== null && "status" in thrown ? thrown.status : null;
    const why = status === 404 ? "the App is not installed there" : errorMessage(thrown);
    return `${owner}/${name} cannot be read: ${why}.`;
  }
}
