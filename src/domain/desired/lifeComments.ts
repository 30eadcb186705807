import { deletionsOf } from "../acts/loss.js";
import { decisionFor } from "../acts/needs.js";
import { periodOf } from "../acts/ratchet.js";
import { formFacts, formFindings } from "../form/formFindings.js";
import type { WordsContext } from "../messages/context.js";
import { findingWords } from "../messages/form.js";
import { placeholderFilled, welcomeComment } from "../messages/welcome.js";
import type { Decision } from "../model/decision.js";
import type { Rules } from "../model/rules.js";
import type { Marker, Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";

const opening = (snapshot: Snapshot, rules: Rules): string => decisionFor(rules, snapshot)?.name ?? "";

/** form.check, in words: each finding with the exact change. Empty: it is not on, or could not be read. */
function formSentences({ register }: Decision, snapshot: Snapshot, rules: Rules): readonly string[] {
  const facts = rules.form === undefined ? null : formFacts(snapshot, rules, register);
  if (facts === null || facts.read === null) return [];
  return formFindings(facts, rules.form).map((finding) => {
    const { sentence, change } = findingWords(finding, facts);
    return change === null ? sentence : `${sentence} ${change}.`;
  });
}

const said = (key: string): Marker => ({ kind: "announce", key });

interface LifeComment {
  readonly marker: Marker;
  readonly body: string;
  /** It is only asked for where it does not stand. */
  readonly standing: null;
}

/**
 * said.welcome, proposal.placeholder: said once, and not again where a maintainer has deleted it. GitHub does not say which of the clerk's
 * comments was deleted: any deletion since may have been of this one.
 */
export function lifeComments(
  decision: Decision,
  snapshot: Snapshot,
  context: WordsContext,
): readonly LifeComment[] {
  const { phase, register } = decision;
  const { welcome, placeholder } = register;
  const inReview = phase === "draft" || phase === "in_review";
  if (!inReview || register.motion !== null || snapshot.pull.state !== "open") return [];
  const once = (key: string, since: Instant | null | undefined, body: () => string) =>
    since == null ||
    snapshot.ownComments.some(({ marker }) => marker.kind === "announce" && marker.key === key) ||
    deletionsOf(snapshot).some(({ at }) => at >= since)
      ? []
      : [{ marker: said(key), body: body(), standing: null }];
  const { rules } = context;
  return [
    ...(rules.welcome === undefined
      ? []
      : once("welcome", welcome, () =>
          welcomeComment(
            decision,
            context,
            periodOf({ decision: opening(snapshot, rules) }, rules),
            formSentences(decision, snapshot, rules),
          ),
        )),
    ...(rules.filledPlaceholder === undefined
      ? []
      : once("placeholder-filled", placeholder?.filled, () => placeholderFilled(context))),
  ];
}
