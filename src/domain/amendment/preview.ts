import type { Decision, PreviewLine } from "../model/decision.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";

/** Every open motion decided twice, by the rules there are and by those there would be. Nothing is written of either. */
export function preview(
  openMotions: readonly Snapshot[],
  base: Rules,
  head: Rules,
  now: Instant,
  decide: (snapshot: Snapshot, rules: Rules, now: Instant) => Decision,
): readonly PreviewLine[] {
  return [...openMotions]
    .sort((a, b) => a.pull.number - b.pull.number)
    .flatMap((snapshot): PreviewLine[] => {
      const before = decide(snapshot, base, now);
      if (before.phase !== "proposed" && before.phase !== "fcp") return [];
      const after = decide(snapshot, head, now);
      const [had, has] = [passed(before), passed(after)];
      const effect = before.phase === "fcp" || had === has ? "none" : has ? "passes" : "no_longer_passes";
      return [{ number: snapshot.pull.number, title: snapshot.pull.title, before, after, effect }];
    });
}

const passed = ({ tallies }: Decision): boolean =>
  tallies.length > 0 && tallies.every((tally) => tally.passed && !tally.belowMinimum);
