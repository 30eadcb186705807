import { decide } from "../decide.js";
import type { Decision } from "../decision.js";
import type { Rules } from "../rules.js";
import type { Snapshot } from "../snapshot.js";
import type { Instant } from "../time.js";

/** amend.preview: what one open motion is, and what it would be under the amended rules. */
export interface PreviewLine {
  readonly number: number;
  readonly title: string;
  readonly before: Decision;
  readonly after: Decision;
  /** The amendment brings it over its line, or takes it back behind it; a running FCP is untouched (fcp.latch). */
  readonly effect: "passes" | "no_longer_passes" | "none";
}

/** Every open motion decided twice, by the rules there are and by those there would be. Nothing is written of either. */
export function preview(
  openMotions: readonly Snapshot[],
  base: Rules,
  head: Rules,
  now: Instant,
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
