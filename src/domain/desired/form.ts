import { formFacts, formFindings } from "../form/formFindings.js";
import { findingLine, formSummary, formTitle } from "../messages/form.js";
import type { PutForm } from "../model/action.js";
import type { Decision } from "../model/decision.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";

export type DesiredForm = Pick<PutForm, "verdict" | "title" | "summary" | "annotations">;

/** GitHub takes so many in one request. The summary names every finding, so that the same summary has the same annotations. */
const MOST_ANNOTATIONS = 50;

/** form.check: advice, so that it is never a failure; and what is not known is no success. */
export function desiredForm(
  { register }: Pick<Decision, "register">,
  snapshot: Snapshot,
  rules: Rules,
): DesiredForm | null {
  const { form: checks } = rules;
  const facts =
    checks === undefined || snapshot.form === undefined ? null : formFacts(snapshot, rules, register);
  if (checks === undefined || facts === null) return null;
  // Of what is merged only the link can still be put right.
  if (facts.merged && !checks.includes("rendered")) return null;
  const findings = formFindings(facts, checks);
  return {
    verdict: findings.length === 0 ? "success" : "neutral",
    title: formTitle(findings),
    summary: formSummary(findings, facts, checks),
    annotations: findings
      .flatMap((finding) => {
        const { path, line } = finding;
        return path === null || line === null ? [] : [{ path, line, message: findingLine(finding, facts) }];
      })
      .slice(0, MOST_ANNOTATIONS),
  };
}
