import { isAccepted } from "../acts/motionOutcome.js";
import { isWithheld, SPEC } from "../decide/posts.js";
import type { WordsContext } from "../messages/context.js";
import { specComment } from "../messages/spec.js";
import type { LinkSpecPull } from "../model/action.js";
import type { Decision } from "../model/decision.js";
import type { Rules } from "../model/rules.js";
import type { Marker, OwnComment, Snapshot } from "../model/snapshot.js";
import { type CountedPull, countedPulls, lacksLink } from "../spec/counted.js";

/** spec.linked: an accepted proposal that was merged; of no other anything is told. */
function pullsFor(decision: Decision, snapshot: Snapshot, rules: Rules): readonly CountedPull[] | null {
  const { motion } = decision.register;
  const accepted = isAccepted(motion) && decision.reason.code !== "merged_undecided";
  return accepted && snapshot.pull.state === "merged" ? countedPulls(snapshot, rules) : null;
}

/** spec.linked: one comment, kept up to date. Of a repository that not everybody may see nothing is told. */
export function specComments(
  decision: Decision,
  snapshot: Snapshot,
  context: WordsContext,
): readonly { readonly marker: Marker; readonly body: string; readonly standing: OwnComment | null }[] {
  const { spec } = snapshot;
  const pulls = pullsFor(decision, snapshot, context.rules);
  if (pulls === null || spec?.kind !== "read" || !spec.isPublic) return [];
  const standing =
    snapshot.ownComments.find(({ marker }) => marker.kind === "spec" && marker.key === SPEC.key) ?? null;
  if (standing === null && (pulls.length === 0 || isWithheld(decision, SPEC))) return [];
  return [{ marker: SPEC, body: specComment(spec, pulls, context), standing }];
}

/** spec.linked: nothing else is written there. */
export function linksOf(decision: Decision, snapshot: Snapshot, rules: Rules): readonly LinkSpecPull[] {
  const { spec, pull, repository } = snapshot;
  const pulls = pullsFor(decision, snapshot, rules);
  if (pulls === null || spec?.kind !== "read" || !spec.proposalsArePublic) return [];
  const { installation, owner, name } = spec;
  const from = {
    id: repository.id,
    name: `${repository.owner}/${repository.name}`,
    url: pull.url.replace(/\/pull\/\d+.*$/u, ""),
  };
  return pulls
    .filter((one) => lacksLink(one, pull.number))
    .map(({ number }) => ({
      kind: "link_spec_pull",
      to: { installation, owner, name, number },
      proposal: pull.number,
      from,
    }));
}
