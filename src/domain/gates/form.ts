import { formFacts, formFindings } from "../form/formFindings.js";
import type { Gate } from "../model/gates.js";
import type { GateView } from "../model/gateView.js";
import type { Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";

/** gate.begin, gate.end: checks of form that hold. Warnings do not; a pull request that adds no text has no form to look at. */
export function formView(
  gate: Gate & { readonly kind: "form" },
  snapshot: Snapshot,
  rules: Rules,
  register: Register,
): Omit<GateView, "waiver"> {
  const facts = formFacts(snapshot, rules, register);
  const findings = facts === null ? [] : formFindings(facts, gate.checks);
  const problems = findings.filter(({ severity }) => severity === "problem");
  const unknown = findings.filter(({ severity }) => severity === "unknown");
  const left = problems.length > 0 ? problems : unknown;
  // Among more files than GitHub lists there may be a text.
  if (facts === null && snapshot.filesCutOff)
    return { gate, state: "unknown", since: null, found: { kind: "unread" } };
  return {
    gate,
    state: left.length === 0 ? "met" : problems.length > 0 ? "unmet" : "unknown",
    since: null,
    found:
      facts === null || left.length === 0
        ? { kind: "form", left: null }
        : { kind: "form", left, facts: { ...facts, read: null } },
  };
}
