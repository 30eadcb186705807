import { beyondAdoption, stageNow } from "./acts/stage.js";
import { decideAmendment } from "./amendment/decideAmendment.js";
import { preview } from "./amendment/preview.js";
import { decideProposal } from "./decide/decideProposal.js";
import { withPosts } from "./decide/posts.js";
import type { Decision } from "./model/decision.js";
import type { Rules } from "./model/rules.js";
import { CONFIG_FILE } from "./model/rules.js";
import type { Snapshot } from "./model/snapshot.js";
import type { Instant } from "./text/time.js";

/**
 * The heart of the clerk: from what GitHub shows, the rules in force and the present moment to everything that follows from them. Pure and
 * total; called again with the same facts and the register it returned, it returns the same (reconcile twice, change nothing).
 */
export const decide = (snapshot: Snapshot, rules: Rules, now: Instant): Decision => {
  const decision = decideAlone(snapshot, rules, now);
  const { amendment } = snapshot;
  return amendment?.head.kind === "valid"
    ? { ...decision, preview: preview(amendment.openMotions, rules, amendment.head.rules, now, decideAlone) }
    : decision;
};

/** The decision without its preview of other motions. */
const decideAlone = (snapshot: Snapshot, rules: Rules, now: Instant): Decision => {
  const decision = decideEither(snapshot, rules, now);
  return beyondAdoption(snapshot) || snapshot.repository.archived || snapshot.unkept
    ? decision
    : withPosts(decision, snapshot, now);
};

function decideEither(snapshot: Snapshot, rules: Rules, now: Instant): Decision {
  const { amendment } = snapshot;
  if (!amendment) return decideProposal(snapshot, rules, now, []);
  const proposal: Snapshot = { ...snapshot, amendment: null };
  return isProposal(proposal, rules)
    ? refusedAsMixed(decideProposal(proposal, rules, now, [MIXED]), snapshot)
    : decideAmendment(snapshot, amendment, rules, now);
}

/** An amendment stands alone. A proposal that also changes the config stays the proposal it is, and waits until that is taken out. */
function isProposal(snapshot: Snapshot, rules: Rules): boolean {
  const { register, files } = snapshot;
  const others = files.some(({ path }) => path !== CONFIG_FILE);
  const moved = register !== null && register.motion !== null;
  return others && register?.lastSeen === undefined && (moved || stageNow(snapshot, rules).inScope);
}

const MIXED = { code: "changes_the_rules" } as const;

/** The votes on it count as before; nothing begins or concludes (a hold), and its check fails. */
function refusedAsMixed(decision: Decision, { files, pull }: Snapshot): Decision {
  if (pull.state !== "open") return decision;
  const paths = files.map(({ path }) => path).filter((path) => path !== CONFIG_FILE);
  const refusals = [{ code: "not_alone", paths } as const];
  return { ...decision, reason: { code: "amendment_refused", refusals }, check: "failure" };
}
