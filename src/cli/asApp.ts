import { Probot } from "probot";
import { withFullStop } from "../domain/messages/grammar.js";
import { Meter } from "../github/client/meter.js";
import { type AppConnection, connectGitHub } from "../github/connect.js";
import { RecordKeys } from "../github/record/keys.js";
import { type Clock, type GitHubClock, gitHubClock } from "../platform/clock.js";
import { silentLog } from "../platform/log.js";
import { forProbot, pinoLog } from "../platform/pinoLog.js";
import { RequestTracker } from "../runtime/server/requestTracker.js";
import { noMemory } from "./noMemory.js";
import { type SignedIn, type Wanted, whyNot } from "./session.js";

export interface AppCredentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly recordKeys: string | undefined;
  readonly baseUrl: string;
}

/** Signs in as the App for one question on the command line, and finds its installation on the repository. */
export async function asApp(wanted: Wanted, credentials: AppCredentials, machine: Clock): Promise<SignedIn> {
  const { github, clock, meter } = connectAsApp(credentials, machine);
  const { owner, name } = wanted;
  const read = await github.checkup.installationOn(owner, name);
  if (read.kind === "read")
    return { kind: "signed_in", session: { installation: read.installation.id, github, clock, meter } };
  const why = read.kind === "gone" ? "the App is not installed there" : whyNot(read, clock.now());
  return { kind: "not", why: withFullStop(`${owner}/${name} cannot be read: ${why}`) };
}

export function connectAsApp(
  credentials: AppCredentials,
  machine: Clock,
): { readonly github: AppConnection; readonly clock: GitHubClock; readonly meter: Meter } {
  const clock = gitHubClock(machine);
  const meter = new Meter();
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    baseUrl: credentials.baseUrl,
    // It takes no webhook: this only keeps Probot from its well-known secret.
    secret: credentials.privateKey,
    log: forProbot(pinoLog("fatal", true)),
    Octokit: new RequestTracker(clock).octokit(),
  });
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
  return { github, clock, meter };
}
