import { DAY, HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import type { AmendmentAct } from "./amendment.js";
import { type Chance, chanceOf } from "./chance.js";
import { HAND_LABELS } from "./config.js";

/** How much happens in one seed. */
export interface Size {
  readonly proposals: number;
  readonly members: number;
}

export const SIZE: Size = { proposals: 2, members: 6 };

export type Choice = "yes" | "abstain" | "retract";
export type Disposition = "merge" | "close" | "postpone";
export type Way = "command" | "review" | "tick" | "label" | "edit";

/** What somebody does; who cannot (there is nothing to tick, the label is on) does nothing. `pull`: the first, the second … */
export type DrawnAct = { readonly pull: number; readonly by: string } & (
  | { readonly kind: "move"; readonly disposition: Disposition; readonly way: "command" | "label" }
  | { readonly kind: "vote"; readonly choice: Choice; readonly way: Way }
  | {
      readonly kind:
        | "concern"
        | "request changes"
        | "cancel"
        | "withdraw"
        | "draft"
        | "ready"
        | "close"
        | "reopen";
    }
  | { readonly kind: "resolve"; readonly which: number | "all" }
  | { readonly kind: "push"; readonly text: "same" | "other"; readonly forced: boolean }
  /** Of the clerk's labels, by hand. */
  | { readonly kind: "put label" | "take label"; readonly label: string }
  | {
      readonly kind:
        | "delete comment of the clerk"
        | "spoil comment of the clerk"
        | "put words into a member's comment";
    }
  | { readonly kind: "gate"; readonly gate: "begin" | "conclude"; readonly on: boolean }
  | { readonly kind: "dismiss"; readonly whose: "own" | "other" }
  | { readonly kind: "lock" | "unlock" | "rerun the check" | "merge" | "talk" }
  | { readonly kind: "paste an old copy of the status" }
);

/** At the so many-th thing that a machine asks or keeps from now on, or right before or after it next keeps a register. */
export type StopAt = number | "putRegister" | "putRegister done";

export type StoryStep =
  | { readonly kind: "act"; readonly pause: number; readonly act: DrawnAct }
  | { readonly kind: "amendment"; readonly pause: number; readonly act: AmendmentAct }
  /** What goes wrong from now on; null: nothing. */
  | { readonly kind: "weather"; readonly weather: Weather | null }
  /** The power goes, and is back after a while. */
  | { readonly kind: "kill"; readonly machine: number; readonly at: StopAt; readonly back: number }
  /** It stands still there instead (its machine sleeps, say), and goes on after a while as if nothing had been. */
  | { readonly kind: "hang"; readonly machine: number; readonly at: StopAt; readonly back: number }
  /** Another instance on the same store, for so long. */
  | { readonly kind: "second instance"; readonly until: number }
  | { readonly kind: "machine's clock"; readonly machine: number; readonly ahead: number }
  | { readonly kind: "store lost" }
  /** Somebody pushes this to the default branch, and puts it right after so long. */
  | { readonly kind: "config"; readonly pushed: "broken" | "without approval"; readonly back: number }
  | { readonly kind: "wait"; readonly ms: number }
  /** Nothing goes wrong for long enough for the resync to find everything. Then all is compared. */
  | { readonly kind: "calm" };

/** Shares of all webhooks or requests; times in milliseconds. */
export interface Weather {
  readonly lost: number;
  readonly doubled: number;
  readonly late: number;
  /** Requests that fail, that take their time, and how old what they read may be. */
  readonly failing: number;
  readonly slow: number;
  readonly lag: number;
  /** Reads and writes of the store that it does not take, or whose answer is lost. */
  readonly store: number;
}

export interface DrawnStory {
  readonly seed: number;
  readonly size: Size;
  readonly steps: readonly StoryStep[];
}

export const PLAYERS = [
  "ada",
  "ben",
  "cleo",
  "dora",
  "emil",
  "fay",
  "gus",
  "hal",
  "ida",
  "jon",
  "kim",
  "lea",
] as const;
/** Opens the proposals, and is on no team. */
export const AUTHOR = "una";
/** May do everything in the repository, and is on no team. */
export const MAINTAINER = "tom";
export const STRANGER = "xan";

/** The story of a seed: what people do and what goes wrong, all of it drawn beforehand, so that a story can be told and made shorter. */
export function drawn(seed: number, size: Size): DrawnStory {
  const chance = chanceOf(seed);
  const steps: StoryStep[] = [];
  const stormy = (): Weather | null =>
    chance.maybe(0.2)
      ? null
      : {
          lost: chance.of([0, 0.2, 0.5, 1]),
          doubled: chance.of([0, 0.3]),
          late: chance.of([0, 0.3]),
          failing: chance.of([0, 0.02, 0.08]),
          slow: chance.of([0, 0.1]),
          lag: chance.of([0, 0, 3, 6]) * SECOND,
          store: chance.of([0, 0, 0.01, 0.1]),
        };
  const at = (): StopAt =>
    chance.weighed<StopAt>([
      [4, 1 + chance.below(14)],
      [1.5, "putRegister"],
      [1, "putRegister done"],
    ]);
  const fault = (): StoryStep | readonly StoryStep[] =>
    chance.weighed<() => StoryStep | readonly StoryStep[]>([
      [
        5,
        () => ({
          kind: "kill",
          machine: 0,
          at: at(),
          back: chance.span(SECOND, 10 * HOUR),
        }),
      ],
      [
        2,
        () => ({
          kind: "hang",
          machine: chance.below(2),
          at: at(),
          back: chance.span(2 * SECOND, HOUR),
        }),
      ],
      [2, () => ({ kind: "second instance", until: chance.span(MINUTE, DAY) })],
      [1, () => ({ kind: "kill", machine: 1, at: at(), back: chance.span(SECOND, HOUR) })],
      // The one stands still, the other takes over, and the one wakes up in the middle of what it was doing.
      [
        2,
        () => [
          { kind: "second instance", until: chance.span(HOUR, DAY) },
          { kind: "hang", machine: 0, at: at(), back: chance.span(30 * SECOND, HOUR) },
        ],
      ],
      [
        1,
        () => ({
          kind: "machine's clock",
          machine: 0,
          ahead: chance.of([-HOUR, -20 * SECOND, 0, 20 * SECOND, HOUR]),
        }),
      ],
      [1, () => ({ kind: "store lost" })],
      [
        0.7,
        () => ({
          kind: "config",
          pushed: chance.of(["broken", "without approval"]),
          back: chance.span(HOUR, DAY),
        }),
      ],
    ])();
  steps.push({ kind: "weather", weather: stormy() });
  for (let part = 0; part < 3; part += 1) {
    const acts = 2 + 3 * size.proposals + chance.below(4);
    for (let at = 0; at < acts; at += 1) {
      if (chance.maybe(0.18)) steps.push(...[fault()].flat());
      if (chance.maybe(0.04)) steps.push({ kind: "weather", weather: stormy() });
      const act =
        part === 0 && at < size.proposals && chance.maybe(0.8)
          ? moved(chance, size, at)
          : actOf(chance, size, part);
      steps.push({ kind: "act", pause: pauseOf(chance), act });
    }
    steps.push({ kind: "calm" });
    if (part > 0 && chance.maybe(0.7)) steps.push({ kind: "wait", ms: chance.span(HOUR, 2 * DAY) });
    steps.push({ kind: "weather", weather: stormy() });
  }
  steps.push({ kind: "wait", ms: 2 * DAY }, { kind: "calm" });
  return { seed, size, steps };
}

/** Somebody has to begin. */
const moved = (chance: Chance, size: Size, pull: number): DrawnAct => {
  const by = PLAYERS[chance.below(size.members)] ?? PLAYERS[0];
  return { kind: "move", pull, by, disposition: chance.maybe(0.8) ? "merge" : "postpone", way: "command" };
};

export const pauseOf = (chance: Chance): number =>
  chance.weighed([
    [5, chance.span(SECOND, 20 * SECOND)],
    [3, chance.span(20 * SECOND, 10 * MINUTE)],
    [1, chance.span(10 * MINUTE, 6 * HOUR)],
  ]);

function actOf(chance: Chance, size: Size, part: number): DrawnAct {
  const members = PLAYERS.slice(0, size.members) as unknown as readonly [string, ...string[]];
  const pull = chance.below(size.proposals);
  const member = chance.of(members);
  const anybody = chance.weighed([
    [8, member],
    [1, AUTHOR],
    [1, MAINTAINER],
    [1, STRANGER],
  ]);
  const early = part === 0 ? 4 : 1;
  const way = chance.weighed<Way>([
    [4, "command"],
    [3, "review"],
    [3, "tick"],
    [2, "label"],
    [1, "edit"],
  ]);
  const disposition = chance.weighed<Disposition>([
    [8, "merge"],
    [1, "close"],
    [1, "postpone"],
  ]);
  const label = chance.of(HAND_LABELS);
  return chance.weighed<() => DrawnAct>([
    [
      3 * early,
      () => ({ kind: "move", pull, by: anybody, disposition, way: chance.maybe(0.8) ? "command" : "label" }),
    ],
    [14, () => ({ kind: "vote", pull, by: anybody, choice: "yes", way })],
    [1, () => ({ kind: "vote", pull, by: anybody, choice: "abstain", way: chance.of(["command", "label"]) })],
    [
      1.5,
      () => ({
        kind: "vote",
        pull,
        by: anybody,
        choice: "retract",
        way: chance.of(["command", "label", "tick"]),
      }),
    ],
    [1.5, () => ({ kind: "concern", pull, by: anybody })],
    [
      3,
      () => ({ kind: "resolve", pull, by: anybody, which: chance.maybe(0.7) ? "all" : 1 + chance.below(3) }),
    ],
    [0.7, () => ({ kind: "request changes", pull, by: member })],
    [0.5, () => ({ kind: "cancel", pull, by: anybody })],
    [0.3, () => ({ kind: "withdraw", pull, by: AUTHOR })],
    [0.5, () => ({ kind: "draft", pull, by: AUTHOR })],
    [1.5, () => ({ kind: "ready", pull, by: AUTHOR })],
    [0.3, () => ({ kind: "close", pull, by: chance.of([member, MAINTAINER]) })],
    [1, () => ({ kind: "reopen", pull, by: MAINTAINER })],
    [
      1,
      () => ({
        kind: "push",
        pull,
        by: AUTHOR,
        text: chance.of(["same", "other"]),
        forced: chance.maybe(0.3),
      }),
    ],
    [1, () => ({ kind: chance.of(["put label", "take label"]), pull, by: MAINTAINER, label })],
    [0.6, () => ({ kind: "delete comment of the clerk", pull, by: MAINTAINER })],
    [0.6, () => ({ kind: "spoil comment of the clerk", pull, by: MAINTAINER })],
    [0.5, () => ({ kind: "paste an old copy of the status", pull, by: MAINTAINER })],
    [0.5, () => ({ kind: "put words into a member's comment", pull, by: MAINTAINER })],
    [
      0.6,
      () => ({
        kind: "dismiss",
        pull,
        by: chance.of([member, MAINTAINER]),
        whose: chance.of(["own", "other"]),
      }),
    ],
    [0.3, () => ({ kind: "lock", pull, by: MAINTAINER })],
    [0.6, () => ({ kind: "unlock", pull, by: MAINTAINER })],
    [0.4, () => ({ kind: "rerun the check", pull, by: MAINTAINER })],
    [part > 1 ? 0.5 : 0, () => ({ kind: "merge", pull, by: MAINTAINER })],
    [1, () => ({ kind: "talk", pull, by: anybody })],
  ])();
}
