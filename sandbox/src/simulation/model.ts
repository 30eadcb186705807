// One file: the rules side by side, as a member goes through them.

import type { Disposition } from "./story.js";

/*
 * The rules as a member would go through them by hand, from docs/process.md. Nothing here comes from the clerk's own code: it is what that is
 * compared with. Times are GitHub's, in milliseconds on whole seconds.
 */

/** Something that stands on GitHub, in GitHub's order. What the clerk did is taken from there too: whether it was due is asked apart. */
export type Fact = { readonly at: number; readonly by: string } & (
  | {
      readonly kind: "move";
      readonly disposition: Disposition;
      readonly texts: readonly string[];
      readonly byLabel: boolean;
    }
  /** `texts`: those it may be about, as nobody can tell when a push was seen. `review`: of a review, its id. */
  | { readonly kind: "yes"; readonly texts: readonly string[]; readonly review?: number }
  | {
      readonly kind:
        | "abstain"
        | "retract"
        | "concern"
        | "cancel"
        | "withdraw"
        | "draft"
        | "ready"
        | "close"
        | "reopen"
        | "merge";
    }
  | { readonly kind: "request changes"; readonly review: number }
  | { readonly kind: "dismiss"; readonly review: number }
  | { readonly kind: "resolve"; readonly which: number | "all" }
  | { readonly kind: "push"; readonly text: string }
  /** The label of a gate is put on, or taken off. */
  | { readonly kind: "gate"; readonly gate: Gate; readonly on: boolean }
  /** The clerk put on the label of the Final Comment Period; it wrote down that it is over. */
  | { readonly kind: "begun" | "concluded" }
);

/** What it holds: the beginning or the end of a Final Comment Period. */
export type Gate = "begin" | "conclude";

interface Vote {
  readonly choice: "yes" | "abstain";
  readonly review: number | null;
  readonly sure: boolean;
}

interface Motion {
  readonly mover: string;
  readonly disposition: Disposition;
  readonly votes: ReadonlyMap<string, Vote>;
  readonly begunAt: number | null;
  readonly end: "cancelled" | "concluded" | "merged undecided" | null;
}

interface Concern {
  readonly by: string;
  readonly open: boolean;
  /** Of a review that asks for changes, its id. */
  readonly review: number | null;
  /** Raised during which motion, counted from 1; 0: none. */
  readonly motion: number;
}

interface Yes {
  readonly texts: readonly string[];
  readonly sure: boolean;
}

/** What is the case with a proposal. */
export interface Reckoned {
  readonly head: string;
  readonly draft: boolean;
  readonly closedBy: string | null;
  readonly merged: boolean;
  readonly motions: readonly Motion[];
  readonly concerns: readonly Concern[];
  /** Those that are not met, by the last change of each that a member made. */
  readonly gates: readonly Gate[];
  /** Approving reviews that stand, since the last motion ended. */
  readonly approvals: ReadonlyMap<string, { readonly texts: readonly string[]; readonly review: number }>;
  /** What somebody has said yes to and not taken back (fcp.after). */
  readonly yeses: ReadonlyMap<string, readonly Yes[]>;
}

export interface Body {
  readonly members: readonly string[];
  /** Who sat in it when something was said. */
  readonly satIn: (who: string, at: number) => boolean;
  readonly author: string;
  /** So many yeses let a Final Comment Period begin. */
  readonly needed: number;
  readonly length: number;
}

/** Closes what was decided so. */
export const CLERK = "the clerk";

/** Between what the clerk read and what it wrote may lie as much. What people did meanwhile may be judged before or after. */
export const UNSEEN = 150_000;

const START = (head: string): Reckoned => ({
  head,
  draft: false,
  closedBy: null,
  merged: false,
  motions: [],
  concerns: [],
  gates: [],
  approvals: new Map(),
  yeses: new Map(),
});

/** Every standing that these facts allow: one, but for what was done right before the clerk itself did something. */
export function standings(facts: readonly Fact[], body: Body, head: string): readonly Reckoned[] {
  let all: { readonly standing: Reckoned; readonly later: readonly Fact[] }[] = [
    { standing: START(head), later: [] },
  ];
  for (const [index, fact] of facts.entries()) {
    const isClerks = fact.kind === "begun" || fact.kind === "concluded";
    const unseen =
      !isClerks &&
      facts
        .slice(index + 1)
        .some(({ kind, at }) => (kind === "begun" || kind === "concluded") && at - fact.at <= UNSEEN);
    const next = all.flatMap(({ standing, later }) => {
      const done = after(standing, fact, body);
      if (isClerks) return [{ standing: later.reduce((now, one) => after(now, one, body), done), later: [] }];
      if (!unseen || later.length > 0)
        return unseen ? [{ standing, later: [...later, fact] }] : [{ standing: done, later }];
      return [
        { standing: done, later },
        { standing, later: [fact] },
      ];
    });
    all = distinct(next);
  }
  return all.map(({ standing, later }) => later.reduce((now, one) => after(now, one, body), standing));
}

function distinct<T extends { readonly standing: Reckoned; readonly later: readonly Fact[] }>(
  all: readonly T[],
): T[] {
  if (all.length < 2) return [...all];
  const seen = new Map<string, T>();
  for (const one of all) seen.set(printed(one), one);
  return [...seen.values()].slice(0, 64);
}

const printed = (of: unknown): string =>
  JSON.stringify(of, (_, value) => (value instanceof Map ? [...value.entries()] : value));

/** One fact more: the table “Every phase, every event”. */
function after(now: Reckoned, fact: Fact, body: Body): Reckoned {
  const { by } = fact;
  const isMember = body.satIn(by, fact.at);
  const motion = openMotion(now);
  const isOver = now.merged || (now.closedBy !== null && motion === null);
  switch (fact.kind) {
    case "draft":
      return { ...now, draft: true };
    case "ready":
      return { ...now, draft: false };
    case "push":
      return { ...now, head: fact.text };
    case "reopen":
      return { ...now, closedBy: null };
    case "close": {
      const closed = { ...now, closedBy: by };
      // motion.cancel: before the Final Comment Period, by the author or a member.
      const cancels = motion !== null && motion.begunAt === null && (isMember || by === body.author);
      return cancels ? ended(closed, "cancelled") : closed;
    }
    case "merge":
      return motion === null ? { ...now, merged: true } : { ...ended(now, "merged undecided"), merged: true };
    case "begun":
      return motion === null || motion.begunAt !== null
        ? now
        : withMotion(now, { ...motion, begunAt: fact.at });
    case "concluded":
      if (motion === null) return now;
      return { ...ended(now, "concluded"), closedBy: motion.disposition === "merge" ? now.closedBy : CLERK };
    case "withdraw":
      return by === body.author && motion !== null && motion.begunAt === null ? ended(now, "cancelled") : now;
    case "dismiss":
      return dismissed(now, fact.review, by, isMember);
    case "gate": {
      if (!isMember) return now;
      const others = now.gates.filter((gate) => gate !== fact.gate);
      return { ...now, gates: fact.on ? [...others, fact.gate] : others };
    }
    default:
  }
  if (!isMember || isOver) return now;
  switch (fact.kind) {
    case "move":
      return moved(now, fact, motion, body);
    case "cancel":
      return motion === null ? now : ended(now, "cancelled");
    case "yes":
      return yes(now, fact, motion);
    case "abstain":
      return motion === null
        ? now
        : voted(withoutYes(now, by), motion, by, { choice: "abstain", review: null, sure: true });
    case "retract":
      return motion === null ? now : voted(withoutYes(now, by), motion, by, null);
    case "concern":
      return raised(now, by, null);
    case "request changes": {
      const own = now.concerns.some(({ by: who, open, review }) => who === by && open && review !== null);
      const without = new Map(now.approvals);
      without.delete(by);
      const taken = withoutYes({ ...now, approvals: without }, by);
      const unvoted = motion === null ? taken : voted(taken, motion, by, null);
      return own ? unvoted : raised(unvoted, by, fact.review);
    }
    case "resolve":
      return {
        ...now,
        concerns: now.concerns.map((one, at) =>
          fact.which === "all" || fact.which === at + 1 ? { ...one, open: false } : one,
        ),
      };
  }
}

function moved(
  now: Reckoned,
  fact: Fact & { readonly kind: "move" },
  motion: Motion | null,
  body: Body,
): Reckoned {
  const { by, disposition, texts, byLabel } = fact;
  const saidYes = (to: Reckoned) => withYes(to, by, { texts, sure: texts.length === 1 });
  if (motion !== null) {
    // Another member's is a yes. A label that is put on again restores it, and is none.
    if (motion.begunAt !== null || motion.disposition !== disposition || byLabel || motion.mover === by)
      return now;
    return voted(saidYes(now), motion, by, { choice: "yes", review: null, sure: true });
  }
  if (now.draft || now.closedBy !== null) return now;
  const votes = new Map<string, Vote>();
  // ballot.review: an approval before the motion, of the text that stood at it.
  if (disposition === "merge")
    for (const [who, { texts: approved, review }] of now.approvals)
      if (body.satIn(who, fact.at) && approved.some((text) => texts.includes(text)))
        votes.set(who, { choice: "yes", review, sure: approved.length === 1 && texts.length === 1 });
  votes.set(by, { choice: "yes", review: null, sure: true });
  return {
    ...saidYes(now),
    motions: [...now.motions, { mover: by, disposition, votes, begunAt: null, end: null }],
  };
}

function yes(now: Reckoned, fact: Fact & { readonly kind: "yes" }, motion: Motion | null): Reckoned {
  const { by, texts, review } = fact;
  const said = { texts, sure: texts.length === 1 };
  const isConcluded = now.motions.at(-1)?.end === "concluded";
  if (review === undefined) {
    if (motion === null) return isConcluded ? withYes(now, by, said) : now;
    return voted(withYes(now, by, said), motion, by, { choice: "yes", review: null, sure: true });
  }
  // An approval takes back that the same member asked for changes.
  const concerns = now.concerns.map((one) =>
    one.by === by && one.review !== null ? { ...one, open: false } : one,
  );
  const kept = { ...withYes(now, by, said), concerns };
  if (motion === null) return { ...kept, approvals: new Map(now.approvals).set(by, { texts, review }) };
  if (motion.disposition !== "merge") return { ...kept, yeses: now.yeses };
  return voted(kept, motion, by, { choice: "yes", review, sure: true });
}

function raised(now: Reckoned, by: string, review: number | null): Reckoned {
  const motion = openMotion(now) === null ? 0 : now.motions.length;
  return { ...now, concerns: [...now.concerns, { by, open: true, review, motion }] };
}

function dismissed(now: Reckoned, review: number, by: string, isMember: boolean): Reckoned {
  const motion = openMotion(now);
  // Somebody's own approval: they take it back. Anybody else's dismissal changes no vote.
  if (now.approvals.get(by)?.review === review) {
    const approvals = new Map(now.approvals);
    approvals.delete(by);
    now = withoutYes({ ...now, approvals }, by);
  }
  if (motion?.votes.get(by)?.review === review) now = voted(withoutYes(now, by), motion, by, null);
  if (!isMember) return now;
  return {
    ...now,
    concerns: now.concerns.map((one) => (one.review === review ? { ...one, open: false } : one)),
  };
}

export const openMotion = ({ motions }: Reckoned): Motion | null => {
  const last = motions.at(-1);
  return last === undefined || last.end !== null ? null : last;
};

const withMotion = (now: Reckoned, motion: Motion): Reckoned => ({
  ...now,
  motions: [...now.motions.slice(0, -1), motion],
});

const ended = (now: Reckoned, end: NonNullable<Motion["end"]>): Reckoned => {
  const last = now.motions.at(-1);
  return last === undefined ? now : { ...withMotion(now, { ...last, end }), approvals: new Map() };
};

function voted(now: Reckoned, _: Motion, by: string, vote: Vote | null): Reckoned {
  const motion = openMotion(now);
  if (motion === null) return now;
  const votes = new Map(motion.votes);
  if (vote === null) votes.delete(by);
  else votes.set(by, vote);
  return withMotion(now, { ...motion, votes });
}

const withYes = (now: Reckoned, by: string, said: Yes): Reckoned => ({
  ...now,
  yeses: new Map(now.yeses).set(by, [
    ...(now.yeses.get(by) ?? []).map((one) => ({ ...one, sure: false })),
    said,
  ]),
});

function withoutYes(now: Reckoned, by: string): Reckoned {
  const yeses = new Map(now.yeses);
  yeses.delete(by);
  return { ...now, yeses };
}

/** concern.scope */
export function blocking(now: Reckoned): readonly Concern[] {
  const motion = now.motions.at(-1);
  const isMerge = motion === undefined || motion.disposition === "merge";
  return now.concerns.filter(
    ({ open, motion: during, review }) =>
      open && (isMerge || (during === now.motions.length && review === null)),
  );
}

/** motion.hold */
export const isHeld = (now: Reckoned): boolean =>
  now.draft || now.merged || (now.closedBy !== null && openMotion(now)?.disposition === "merge");

/** gate.begin, gate.end: only what is to be merged waits for them. */
const waitsFor = (now: Reckoned, gate: Gate): boolean =>
  openMotion(now)?.disposition === "merge" && now.gates.includes(gate);

/** fcp.begin: may it, or must it? `certain`: with the votes of which nobody can be in doubt. */
export function mayBegin(now: Reckoned, body: Body, certain: boolean): boolean {
  const motion = openMotion(now);
  if (motion === null || motion.begunAt !== null || isHeld(now) || blocking(now).length > 0) return false;
  if (waitsFor(now, "begin")) return false;
  // Who leaves the team takes their vote along.
  const count = [...motion.votes].filter(
    ([who, { choice, sure }]) => body.members.includes(who) && choice === "yes" && (sure || !certain),
  );
  return count.length >= body.needed;
}

/** fcp.conclude */
export function mayConclude(now: Reckoned, body: Body, at: number): boolean {
  const motion = openMotion(now);
  if (motion === null || motion.begunAt === null || isHeld(now) || blocking(now).length > 0) return false;
  if (waitsFor(now, "conclude")) return false;
  return at >= motion.begunAt + body.length;
}

/** fcp.after: two members have said yes to what the proposal says now. */
export function isApprovedAsItIs(now: Reckoned, body: Body, certain: boolean): boolean {
  const saidYes = [...now.yeses].filter(
    ([who, all]) =>
      body.members.includes(who) &&
      who !== body.author &&
      all.some(({ texts, sure }) => texts.includes(now.head) && (sure || !certain)),
  );
  return saidYes.length >= 2;
}

/** The labels that tell how far it has come; `unresolved-concerns` apart. */
export function rightLabels(now: Reckoned): readonly string[] {
  const motion = now.motions.at(-1);
  if (motion === undefined || motion.end === "cancelled") return [];
  if (motion.end === "merged undecided") return [];
  if (motion.end === "concluded") {
    if (motion.disposition === "close") return ["rejected"];
    if (motion.disposition === "postpone") return ["proposal-postponed"];
    return [now.merged ? "spec-pr-missing" : "finished-final-comment-period"];
  }
  return [
    motion.begunAt === null ? "proposed-final-comment-period" : "final-comment-period",
    `disposition-${motion.disposition}`,
  ];
}
