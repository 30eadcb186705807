import type { AmendmentAct } from "./amendment.js";
import { type Chance, chanceOf } from "./chance.js";
import {
  type DrawnAct,
  type DrawnStory,
  drawn,
  MAINTAINER,
  PLAYERS,
  pauseOf,
  SIZE,
  type Size,
  type StoryStep,
} from "./story.js";

/** The whole story of a seed. */
export function storyOf(seed: number, size: Size = SIZE): DrawnStory {
  const story = drawn(seed, size);
  return { ...story, steps: withGates(withAmendment(story.steps, seed, size), seed, size) };
}

/**
 * A story with an amendment in every second one: opened in the first part, proposed and voted on in the second, merged in the third. It is drawn
 * apart, so that the rest of a seed is the same with it and without.
 */
function withAmendment(steps: readonly StoryStep[], seed: number, size: Size): readonly StoryStep[] {
  const chance = chanceOf(seed + 7_000_003);
  if (chance.maybe(0.5)) return steps;
  const members = PLAYERS.slice(0, size.members);
  const change = chance.maybe(0.5) && size.members < PLAYERS.length ? "seat" : "unseat";
  const by = inAnyOrder(chance, members);
  const voted = chance.maybe(0.8) ? by.length : chance.below(by.length);
  const votes = by
    .slice(0, voted)
    .map(
      (login, at): AmendmentAct =>
        at === 0
          ? { kind: "propose", by: login }
          : { kind: "yes", by: login, way: chance.of(["command", "review"]) },
    );
  const [first] = by;
  if (chance.maybe(0.15) && first !== undefined) votes.push({ kind: "retract", by: first });
  const merge: AmendmentAct = {
    kind: "merge",
    method: chance.of(["merge", "squash"]),
    anyway: chance.maybe(0.3),
  };
  const [one = [], two = [], three = [], ...rest] = inParts(steps);
  return [
    ...woven(chance, one, [{ kind: "open", change }]),
    ...woven(chance, two, votes),
    ...woven(chance, three, [
      ...(chance.maybe(0.9) ? [merge] : []),
      ...(change === "seat" ? newcomersActs(chance, size) : []),
    ]),
    ...rest.flat(),
  ];
}

/** In every third story labels of gates are put on and taken off again, by members and by people whose doing opens and holds nothing. */
function withGates(steps: readonly StoryStep[], seed: number, size: Size): readonly StoryStep[] {
  const chance = chanceOf(seed + 9_000_011);
  if (chance.maybe(2 / 3)) return steps;
  const gate = chance.of<"begin" | "conclude">(["begin", "conclude"]);
  const moved = (on: boolean): DrawnAct => {
    const member = PLAYERS[chance.below(size.members)] ?? PLAYERS[0];
    return { kind: "gate", pull: 0, by: chance.maybe(0.7) ? member : MAINTAINER, gate, on };
  };
  return inParts(steps).flatMap((part, at) => {
    // The last part is for what is left to end.
    if (at > 2 || !part.some(({ kind }) => kind === "act")) return part;
    return woven(chance, part, [
      ...(chance.maybe(0.7) ? [moved(true)] : []),
      ...(chance.maybe(0.6) ? [moved(false)] : []),
    ]);
  });
}

/** What the newcomer does: nothing of it is done before they sit in the team (isSilenced). */
function newcomersActs(chance: Chance, size: Size): readonly DrawnAct[] {
  const by = PLAYERS[size.members];
  if (by === undefined) return [];
  return Array.from({ length: 1 + chance.below(4) }, () => {
    const pull = chance.below(size.proposals);
    return chance.weighed<DrawnAct>([
      [6, { kind: "vote", pull, by, choice: "yes", way: chance.of(["command", "review", "tick", "label"]) }],
      [1, { kind: "concern", pull, by }],
      [2, { kind: "move", pull, by, disposition: "merge", way: "command" }],
      [1, { kind: "resolve", pull, by, which: "all" }],
    ]);
  });
}

/** Each with its calm at the end. */
function inParts(steps: readonly StoryStep[]): readonly (readonly StoryStep[])[] {
  const parts: StoryStep[][] = [[]];
  for (const step of steps) {
    parts.at(-1)?.push(step);
    if (step.kind === "calm") parts.push([]);
  }
  return parts;
}

/** These in their order, at places by chance before the calm. */
function woven(
  chance: Chance,
  steps: readonly StoryStep[],
  acts: readonly (AmendmentAct | DrawnAct)[],
): readonly StoryStep[] {
  const places = acts.map(() => chance.below(steps.length)).sort((a, b) => a - b);
  return steps.flatMap((step, at) => [
    ...acts
      .filter((_, index) => places[index] === at)
      .map((act): StoryStep => {
        const pause = pauseOf(chance);
        return "pull" in act ? { kind: "act", pause, act } : { kind: "amendment", pause, act };
      }),
    step,
  ]);
}

function inAnyOrder<T>(chance: Chance, all: readonly T[]): readonly T[] {
  return all
    .map((one) => ({ one, drawn: chance.draw() }))
    .sort((a, b) => a.drawn - b.drawn)
    .map(({ one }) => one);
}
