import { readCredentials } from "../../environment/credentials.js";
import { readBaseUrl } from "../../environment/gitHubApi.js";
import { strayVariables } from "../../environment/strayVariables.js";
import { checkupByToken } from "../../github/connectByToken.js";
import { gitHubClock } from "../../platform/clock.js";
import { addDotEnv, namesInDotEnv } from "../../platform/dotEnv.js";
import { silentLog } from "../../platform/log.js";
import { readPackage } from "../../platform/package.js";
import { systemClock } from "../../platform/systemClock.js";
import { RequestTracker } from "../../runtime/server/requestTracker.js";
import { connectAsApp } from "../asApp.js";
import type { Wanted } from "../session.js";
import type { Paint } from "../terminal.js";
import { doctorJson, doctorText, isWrong } from "./doctorText.js";
import type { Section } from "./finding.js";
import { asAReader, asTheApp } from "./gather.js";
import { environmentFindings } from "./machineFindings.js";

export interface DoctorQuestion {
  readonly wanted: Wanted | null;
  readonly redeliver: boolean;
}

export type DoctorAnswer =
  | { readonly kind: "told"; readonly text: string; readonly json: object; readonly wrong: boolean }
  /** It was called wrongly; a sentence. */
  | { readonly kind: "misuse"; readonly why: string };

/** Everything that can be looked at of how the clerk is set up, by whoever signs in with what the environment or `.env` says. */
export async function doctor(asked: DoctorQuestion, paint: Paint): Promise<DoctorAnswer> {
  const dotEnvFault = addDotEnv(process.env, ".env");
  const credentials = readCredentials(process.env);
  const machine = systemClock;
  if ("faults" in credentials) {
    const stray = strayVariables(process.env, namesInDotEnv(".env"));
    const faults = [...(dotEnvFault === null ? [] : [dotEnvFault]), ...stray.faults, ...credentials.faults];
    const findings = environmentFindings({
      ...{ faults, stray: stray.warnings, webhookSecrets: 0, unsigned: false, rights: null },
    });
    const sections = [{ title: "This machine", repository: null, findings }];
    return told(sections, "nobody", readBaseUrl(process.env), machine.now(), paint);
  }
  const { baseUrl } = credentials;
  if ("token" in credentials) {
    if (asked.wanted === null)
      return { kind: "misuse", why: "With a token, name the repository: msc-clerk doctor OWNER/REPO." };
    if (asked.redeliver)
      return {
        kind: "misuse",
        why: "Only the App can ask for its webhooks again, with APP_ID and PRIVATE_KEY.",
      };
    const clock = gitHubClock(machine);
    const Octokit = new RequestTracker(clock).octokit();
    const client = new Octokit({ auth: { token: credentials.token }, baseUrl });
    const checkup = checkupByToken({ client, clock: machine, gitHubClock: clock, log: silentLog });
    const { variable } = credentials;
    const sections = await asAReader(asked.wanted, checkup, { clock, baseUrl, variable });
    return told(sections, `a reader with ${variable}`, baseUrl, clock.now(), paint);
  }
  const { github, clock } = connectAsApp(credentials, machine);
  const variables = process.env;
  const sections = await asTheApp(asked.wanted, {
    github,
    clock,
    baseUrl,
    variables,
    redeliver: asked.redeliver,
  });
  return told(sections, `the App ${credentials.appId}`, baseUrl, clock.now(), paint);
}

function told(
  sections: readonly Section[],
  by: string,
  baseUrl: string,
  at: number,
  paint: Paint,
): DoctorAnswer {
  const diagnosis = { at, version: readPackage().version, by, baseUrl, sections };
  return {
    kind: "told",
    text: doctorText(diagnosis, paint),
    json: doctorJson(diagnosis),
    wrong: isWrong(sections),
  };
}
