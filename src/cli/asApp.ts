import { Probot } from "probot";
import { Meter } from "../github/client/meter.js";
import { connectGitHub } from "../github/connect.js";
import { RecordKeys } from "../github/record/keys.js";
import { type Clock, gitHubClock } from "../platform/clock.js";
import { errorMessage, silentLog } from "../platform/log.js";
import { forProbot, pinoLog } from "../platform/pinoLog.js";
import { RequestTracker } from "../runtime/server/requestTracker.js";
import { noMemory } from "./noMemory.js";
import type { SignedIn, Wanted } from "./session.js";

export interface AppCredentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly recordKeys: string | undefined;
  readonly baseUrl: string;
}

/** Signs in as the App for one question on the command line, and finds its installation on the repository. */
export async function asApp(wanted: Wanted, credentials: AppCredentials, machine: Clock): Promise<SignedIn> {
  const clock = gitHubClock(machine);
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    baseUrl: credentials.baseUrl,
    // It takes no webhook: this only keeps Probot from its well-known secret.
    secret: credentials.privateKey,
    log: forProbot(pinoLog("fatal", true)),
    Octokit: new RequestTracker(clock).octokit(),
  });
  const meter = new Meter();
  const github = connectGitHub({
    ...noMemory(clock),
    meter,
    jitter: Math.random,
    auth: (id) => probot.auth(id),
    appId: credentials.appId,
    keys: RecordKeys.from(credentials),
    clock: machine,
    gitHubClock: clock,
    log: silentLog,
  });
  const installation = await installationOf(probot, wanted);
  return typeof installation === "string"
    ? { kind: "not", why: installation }
    : { kind: "signed_in", session: { installation, github, clock, meter } };
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
