import { Probot } from "probot";
import { faultLine } from "../config/faultText.js";
import { decide } from "../domain/decide.js";
import { desired } from "../domain/desired.js";
import { plan } from "../domain/plan.js";
import { describeAction } from "../domain/words/action.js";
import { explain } from "../domain/words/explain.js";
import { connectGitHub } from "../github/connect.js";
import type { ProposalRef } from "../github/ports.js";
import { RecordKeys } from "../github/record/keys.js";
import { systemClock } from "./clock.js";
import { Constitution } from "./constitution.js";
import { proposalName } from "./keys.js";
import { said, silentLog } from "./log.js";
import { Outgoing } from "./outgoing.js";
import { forProbot, pinoLog } from "./pinoLog.js";

export interface AppCredentials {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly recordKeys: string | undefined;
  readonly baseUrl: string;
}

export type Explained =
  | { readonly kind: "told"; readonly text: string }
  /** One plain sentence or more. */
  | { readonly kind: "not"; readonly why: string };

/** Reads one proposal as the App and tells its decision and plan. Writes nothing: it is given no writer. */
export async function explainProposal(
  wanted: Omit<ProposalRef, "installation">,
  credentials: AppCredentials,
): Promise<Explained> {
  const probot = new Probot({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    baseUrl: credentials.baseUrl,
    // It takes no webhook: this only keeps Probot from its well-known secret.
    secret: credentials.privateKey,
    log: forProbot(pinoLog("fatal", true)),
    Octokit: new Outgoing().octokit(),
  });
  const { reader, constitution } = connectGitHub({
    auth: (id) => probot.auth(id),
    appId: credentials.appId,
    keys: RecordKeys.from(credentials),
    clock: systemClock,
    log: silentLog,
  });
  const installation = await installationOf(probot, wanted);
  if (typeof installation === "string") return { kind: "not", why: installation };

  const ref = { ...wanted, installation };
  const config = await reader.config(ref);
  switch (config.kind) {
    case "absent":
      return {
        kind: "not",
        why: `${wanted.owner}/${wanted.name} has no config file, so the clerk does nothing there.`,
      };
    case "unreadable":
      return {
        kind: "not",
        why: `The config of ${wanted.owner}/${wanted.name} cannot be read: ${config.why}.`,
      };
    case "invalid": {
      const faults = config.faults.map((fault) => `  ${faultLine(fault)}`);
      return {
        kind: "not",
        why: ["The config file is not right, so nothing is decided:", ...faults].join("\n"),
      };
    }
    case "valid":
      break;
  }
  const read = await reader.proposal(ref, config.rules, config.adoptedAt);
  const whole =
    read.kind === "read" && constitution !== undefined
      ? await new Constitution(reader, constitution).complete(ref, read.snapshot, config)
      : read;
  if (whole.kind !== "read") {
    return { kind: "not", why: `${proposalName(ref)} cannot be read: ${whole.why}.` };
  }
  const snapshot = { ...whole.snapshot, rosterCommit: config.commit };
  const decision = decide(snapshot, config.rules, systemClock.now());
  const actions = plan(desired(decision, snapshot, config.rules), snapshot);
  const context = {
    rules: config.rules,
    repository: snapshot.repository,
    pull: snapshot.pull,
    mention: config.rules.mentions[0] ?? snapshot.clerk.login,
  };
  const written =
    actions.length === 0 ? ["  nothing"] : actions.map((action) => `  ${describeAction(action)}`);
  return {
    kind: "told",
    text: [explain(decision, context), "", "The clerk would write", ...written].join("\n"),
  };
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
    const why = status === 404 ? "the App is not installed there" : said(thrown);
    return `${owner}/${name} cannot be read: ${why}.`;
  }
}
