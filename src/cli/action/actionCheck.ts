import { checkConfig } from "../../config/warnings.js";
import { withFullStop } from "../../domain/messages/grammar.js";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import type { Variables } from "../../environment/variables.js";
import { Caller } from "../../github/client/call.js";
import { ask } from "../../github/client/graphql.js";
import { Meter } from "../../github/client/meter.js";
import { ClerkOctokit, requestsThrough } from "../../github/connect.js";
import { placeFault, textOf } from "../../github/read/config.js";
import { isOfAnotherKind } from "../../github/read/nodes.js";
import { CONFIG_AT, type ConfigFileFragment } from "../../github/read/queries/generated.js";
import { NO_INSTALLATION } from "../../github/read/whoIsTheClerk.js";
import type { ReadResult } from "../../github/readResult.js";
import { silentLog } from "../../platform/log.js";
import { systemClock } from "../../platform/systemClock.js";
import { type ActionEnvironment, actionEnvironment } from "./actionEnvironment.js";
import type { ActionResult } from "./actionResult.js";
import { type ConfigAtHead, checkAnnotations, configSummary } from "./words.js";

/**
 * Checks the config as it stands at the head of the pull request that the event is about, or at the commit the workflow runs for. It is read through
 * the API: nothing of the pull request is checked out, and nothing of it is run.
 */
export async function actionCheck(variables: Variables): Promise<ActionResult> {
  const asked = actionEnvironment(variables);
  if (asked.kind === "faults") return { kind: "refused", faults: asked.faults };
  const at = commitOf(asked.environment) ?? variables.GITHUB_SHA ?? "";
  if (!/^[0-9a-f]{40,64}$/.test(at))
    return {
      kind: "refused",
      faults: ["Neither the event nor GITHUB_SHA says of which commit the config is to be checked."],
    };
  const read = await configAt(asked.environment, at);
  if (read.kind === "unreadable")
    return { kind: "refused", faults: [withFullStop(`The config cannot be read: ${read.why}`)] };
  const checked = checkedOf(read.kind === "gone" ? { file: null } : read);
  return {
    kind: "done",
    summary: configSummary(checked, at.slice(0, 10)),
    annotations: checkAnnotations(checked),
    code: checked.kind === "valid" ? 0 : 1,
  };
}

function commitOf({ payload }: ActionEnvironment): string | null {
  const { pull_request: pull } = payload as {
    readonly pull_request?: { readonly head?: { readonly sha?: unknown } };
  };
  return typeof pull?.head?.sha === "string" ? pull.head.sha : null;
}

function checkedOf({ file }: AtHead): ConfigAtHead {
  if (file === null) return { kind: "absent" };
  // As the clerk reads it: what it takes for no file of text is none here either, such as a link to one that is right.
  const fault = placeFault(file);
  if (fault !== null) return { kind: "invalid", faults: [fault] };
  const checked = checkConfig(textOf(file) ?? "");
  return checked.ok ? { ...checked, kind: "valid" } : { kind: "invalid", faults: checked.faults };
}

/** null: there is none, or no such commit. */
interface AtHead {
  readonly file: ConfigFileFragment | null;
}

/** A commit of a fork is in the base repository too, as that of its pull request. */
async function configAt(
  { owner, name: repo, token, baseUrl }: ActionEnvironment,
  commit: string,
): Promise<ReadResult<AtHead>> {
  const client = new ClerkOctokit({ auth: { token }, baseUrl });
  const caller = new Caller({
    requestFor: requestsThrough(async () => client),
    ...{
      clock: systemClock,
      gitHubClock: systemClock,
      log: silentLog,
      meter: new Meter(),
      jitter: Math.random,
    },
  });
  const read = await ask(caller, NO_INSTALLATION, CONFIG_AT, { owner, repo, config: CONFIG_FILE, commit });
  if (read.kind !== "read") return read;
  const at = read.data.repository?.at;
  return { kind: "read", file: at && !isOfAnotherKind(at) ? at.file : null };
}
