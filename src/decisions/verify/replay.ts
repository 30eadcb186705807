import { explain } from "../../domain/messages/explain.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Instant } from "../../domain/text/time.js";
import { type InForce, type Replayed, replayUntil } from "./asOf.js";
import { differing, motionIn } from "./completeness.js";
import type { Evidence, Thread } from "./facts.js";
import { lawfulStanding, type Standing } from "./lawful.js";
import { madeBy } from "./made.js";

/** The clerk's own `decide`, on the saved thread, by the configs that the record names, at the times that it tells. */
export function replayOf(
  evidence: Evidence,
  {
    thread,
    rules,
    standing,
  }: { readonly thread: Thread; readonly rules: Rules; readonly standing: Standing },
): (until: Instant) => Replayed {
  const { record, configAt } = evidence;
  const { decided, end } = record.rules;
  const rulesAt = (commit: string | null): Rules | null => {
    const config = commit === null ? null : configAt(commit);
    return config?.kind === "rules" ? config.rules : null;
  };
  const later = rulesAt(end);
  const then: InForce = { rules: rulesAt(decided) ?? rules, commit: decided ?? end ?? "" };
  const last: InForce = later === null ? then : { rules: later, commit: end ?? "" };
  const begins = record.fcp === null ? Number.POSITIVE_INFINITY : Date.parse(record.fcp.begins);
  const lawful = standing.of(then.commit) === "unlawful" ? standing.lawfulAt(Date.parse(record.at)) : null;
  const parts = {
    ...{ thread, record },
    inForce: (at: Instant) => (at <= begins ? then : last),
    lawfulRules: lawful,
    made: madeBy(evidence),
  };
  return (until) => replayUntil(parts, until);
}

export interface Replay {
  /** As `explain` tells it. */
  readonly text: string;
  /** Does it come to what the record says? */
  readonly agrees: boolean;
  /** In what it does not, a sentence each. */
  readonly differences: readonly string[];
}

/** null: the thread or the config was not saved. `version`: of the clerk that replays. */
export function replayRecord(evidence: Evidence, version: string): Replay | null {
  const { record, thread, configAt } = evidence;
  const commit = record.rules.decided ?? record.rules.end;
  const config = commit === null ? null : configAt(commit);
  if (thread === null || config?.kind !== "rules") return null;
  const standing = lawfulStanding(evidence, version);
  const replayed = replayOf(evidence, { thread, rules: config.rules, standing })(Date.parse(record.at));
  const { decision, snapshot, rules } = replayed;
  const mention = rules.mentions[0] ?? snapshot.clerk.login;
  const text = explain(decision, { rules, repository: snapshot.repository, pull: snapshot.pull, mention });
  const differences = differing(record, motionIn(replayed, record.motion.number));
  return { text, agrees: differences.length === 0, differences };
}
