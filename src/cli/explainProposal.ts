import { spelledOut } from "../domain/messages/action.js";
import { explain } from "../domain/messages/explain.js";
import type { Rules } from "../domain/model/rules.js";
import type { ProposalRef } from "../github/ports.js";
import { NO_CLERK } from "../github/read/whoIsTheClerk.js";
import { proposalName } from "../github/refs.js";
import { type JudgedPull, judgedBy } from "./draft/asAdopted.js";
import { explainJson } from "./explainJson.js";
import { type CliResult, type Session, whyNot } from "./session.js";
import { validConfig } from "./validConfig.js";

/** Reads one proposal and tells its decision and plan. Writes nothing: it is given no writer. */
export async function explainProposal(
  wanted: Omit<ProposalRef, "installation">,
  session: Session,
): Promise<CliResult> {
  const { installation, clock, github } = session;
  const { reader } = github;
  const ref = { ...wanted, installation };
  const config = await validConfig(wanted, session);
  if (config.kind === "not") return config;
  // It has written nothing lately, so nothing can lag behind that.
  const read = await reader.proposal(ref, config, () => null);
  if (read.kind !== "read") {
    return { kind: "not", why: `${proposalName(ref)} cannot be read: ${whyNot(read, clock.now())}.` };
  }
  const judged = judgedBy(read.snapshot, config.rules, clock.now());
  return {
    kind: "told",
    text: explainText(judged, config.rules),
    json: explainJson(judged.decision, judged.snapshot, judged.actions),
  };
}

export function explainText({ snapshot, decision, actions }: JudgedPull, rules: Rules): string {
  const context = {
    ...{ rules, repository: snapshot.repository, pull: snapshot.pull },
    mention: rules.mentions[0] ?? snapshot.clerk.login,
  };
  const written = actions.length === 0 ? ["nothing"] : actions.flatMap(spelledOut);
  return [
    explain(decision, context),
    "",
    ...(snapshot.clerk.id === NO_CLERK.account.id
      ? []
      : [`By the record of ${snapshot.clerk.login}[bot] (account ${snapshot.clerk.id})`, ""]),
    "The clerk would write",
    ...written.map((line) => `  ${line}`),
  ].join("\n");
}
