import { deletionsOf } from "../acts/loss.js";
import { decisionFor } from "../acts/needs.js";
import { periodOf } from "../acts/ratchet.js";
import type { WordsContext } from "../messages/context.js";
import { placeholderFilled, welcomeComment } from "../messages/welcome.js";
import type { Decision } from "../model/decision.js";
import type { Rules } from "../model/rules.js";
import type { Marker, Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import type { DesiredComment } from "./desired.js";

const opening = (snapshot: Snapshot, rules: Rules): string => decisionFor(rules, snapshot)?.name ?? "";

const said = (key: string): Marker => ({ kind: "announce", key });

/**
 * said.welcome, proposal.placeholder: said once, and not again where a maintainer has deleted it. GitHub does not say which of the clerk's
 * comments was deleted: any deletion since may have been of this one.
 */
export function lifeComments(
  decision: Decision,
  snapshot: Snapshot,
  context: WordsContext,
): readonly DesiredComment[] {
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
          welcomeComment(decision, context, periodOf({ decision: opening(snapshot, rules) }, rules), []),
        )),
    ...(rules.filledPlaceholder === undefined
      ? []
      : once("placeholder-filled", placeholder?.filled, () => placeholderFilled(context))),
  ];
}
