import { appendFileSync } from "node:fs";
import { escaped } from "../../domain/messages/escape.js";
import { errorMessage } from "../../platform/log.js";
import { Misuse } from "../misuse.js";
import { actionCheck } from "./actionCheck.js";
import type { ActionResult } from "./actionResult.js";
import { actionRun } from "./actionRun.js";
import { annotation, quoted } from "./workflowCommands.js";

/** `action run|check`: what `action.yml` and `check/action.yml` run. Resolves with the exit code. */
export async function actionCommand(rest: readonly string[]): Promise<number> {
  const [which, ...more] = rest;
  if ((which !== "run" && which !== "check") || more.length > 0)
    throw new Misuse("It is called as: msc-clerk action run, or msc-clerk action check.");
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const log = quoted();
  say(log.begin);
  const result = await (which === "run" ? actionRun(process.env, say) : actionCheck(process.env)).catch(
    (thrown: unknown): ActionResult => ({ kind: "refused", faults: [errorMessage(thrown)] }),
  );
  say(log.end);
  if (result.kind === "refused") {
    for (const fault of result.faults) say(annotation("error", fault));
    summarize(`## msc-clerk does not begin\n\n${result.faults.map(escaped).join("\n\n")}\n`);
    return 1;
  }
  for (const line of result.annotations) say(line);
  summarize(result.summary);
  return result.code;
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary */
function summarize(markdown: string): void {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (file !== undefined && file !== "") appendFileSync(file, markdown);
}
