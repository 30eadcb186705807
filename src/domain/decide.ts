import { beyondAdoption, stageNow } from "./acts/stage.js";
import { decideAmendment } from "./amendment/decideAmendment.js";
import { changesNothing } from "./amendment/meaning.js";
import { preview } from "./amendment/preview.js";
import { decideProposal } from "./decide/decideProposal.js";
import { withPosts } from "./decide/posts.js";
import type { Decision } from "./model/decision.js";
import type { Rules } from "./model/rules.js";
import { CONFIG_FILE } from "./model/rules.js";
import type { Snapshot } from "./model/snapshot.js";
import { withReminders } from "./reminders/reminders.js";
import type { Instant } from "./text/time.js";

/**
 * The heart of the clerk: from what GitHub shows, the rules in force and the present moment to everything that follows from them. Pure and
 * total; called again with the same facts and the register it returned, it returns the same (reconcile twice, change nothing).
 */
export const decide = (snapshot: Snapshot, rules: Rules, now: Instant): Decision => {
  const decision = decideAlone(snapshot, rules, now);
  const { amendment } = snapshot;
  return amendment?.head.kind === "valid" && !changesNothing(snapshot, amendment, rules)
    ? { ...decision, preview: preview(amendment.openMotions, rules, amendment.head.rules, now, decideAlone) }
    : decision;
};

/** The decision without its preview of other motions. */
const decideAlone = (snapshot: Snapshot, rules: Rules, now: Instant): Decision => {
  const decision = decideEither(snapshot, rules, now);
  return beyondAdoption(snapshot) || snapshot.repository.archived || snapshot.unkept
    ? decision
    : withReminders(withPosts(decision, snapshot, now), snapshot, rules, now);
};

function decideEither(snapshot: Snapshot, rules: Rules, now: Instant): Decision {
  const { amendment } = snapshot;
  if (!amendment) return decideProposal(snapshot, rules, now, []);
  const proposal: Snapshot = { ...snapshot, amendment: null };
  const others = snapshot.files.filter(({ path }) => path !== CONFIG_FILE);
  if (others.length === 0) return decideAmendment(snapshot, amendment, rules, now);
  const isOne = isProposal(proposal, rules);
  if (changesNothing(snapshot, amendment, rules))
    return decideProposal(isOne ? proposal : { ...proposal, files: others }, rules, now, []);
  const refused = isOne && snapshot.register?.lastSeen === undefined;
  return refused
    ? refusedAsMixed(decideProposal(proposal, rules, now, [MIXED]), others, snapshot)
    : decideAmendment(snapshot, amendment, rules, now);
}

/**
 * An amendment stands alone. A proposal that also changes the config stays the proposal it is, and waits until that is taken out; where it
 * only writes the file otherwise, it changes no rules and waits for nothing.
 */
function isProposal(snapshot: Snapshot, rules: Rules): boolean {
  const { register } = snapshot;
  return (register !== null && register.motion !== null) || stageNow(snapshot, rules).inScope;
}

const MIXED = { code: "changes_the_rules" } as const;

/** The votes on it count as before; nothing begins or concludes (a hold), and its check fails. */
function refusedAsMixed(decision: Decision, others: Snapshot["files"], { pull }: Snapshot): Decision {
  if (pull.state !== "open") return decision;
  const refusals = [{ code: "not_alone", paths: others.map(({ path }) => path) } as const];
  return { ...decision, reason: { code: "amendment_refused", refusals }, check: "failure" };
}
