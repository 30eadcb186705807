import fc from "fast-check";
import { LABEL_KEYS } from "../../src/domain/model/labels.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { SCT, type World, world } from "../support/world.js";

/* Random histories of a proposal: people of all sorts act on it, time passes, the clerk looks, or is killed while it writes. */

export const MEMBERS = [...SCT, "AmandineLP"] as const;
export const OUTSIDERS = ["mallory", "trudy", "author"] as const;
const EVERYBODY = [...MEMBERS, ...OUTSIDERS, "maintainer", "helper-bot"] as const;

const COMMANDS = [
  "reviewed",
  "reviewed as guardians",
  "approve",
  "retract",
  "abstain",
  "fcp merge",
  "fcp close",
  "fcp postpone",
  "fcp cancel",
  "concern A",
  "concern B",
  "resolve A",
  "resolve C1",
  "resolve C2",
  "concern",
  "make tea",
  "status",
  "help",
  "override finished: elsewhere",
  "override cancelled: elsewhere",
  "second",
  "propose",
] as const;

const KINDS = [
  "say",
  "say",
  "say",
  "say",
  "say two",
  "vote",
  "vote",
  "vote",
  "move",
  "review",
  "review",
  "edit",
  "remove",
  "dismiss",
  "label",
  "unlabel",
  "tick",
  "untick",
  "tick stale",
  "push",
  "draft or ready",
  "close or reopen",
  "merge",
  "rebase",
  "join or leave",
  "wait hours",
  "wait days",
  "chatter",
  "look",
  "look",
  "look",
  "killed look",
] as const;

export interface Step {
  readonly kind: (typeof KINDS)[number] | "forget";
  readonly who: number;
  readonly what: number;
  readonly other: number;
  /** In the same second as the step before. */
  readonly atOnce: boolean;
}

export const step = (kinds: readonly Step["kind"][] = KINDS): fc.Arbitrary<Step> =>
  fc.record({
    kind: fc.constantFrom(...kinds),
    who: fc.nat(1000),
    what: fc.nat(1000),
    other: fc.nat(1000),
    atOnce: fc.boolean(),
  });

export const history = (maxLength = 40, kinds?: readonly Step["kind"][]): fc.Arbitrary<readonly Step[]> =>
  fc.array(step(kinds), { maxLength });

const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(1, from.length)];

/** Plays one step. What is not possible now (reopening an open PR) is passed over. */
export function play(w: World, one: Step): void {
  if (one.atOnce && !["look", "killed look", "wait hours", "wait days"].includes(one.kind))
    w.still(() => act(w, one));
  else act(w, one);
}

function act(w: World, { kind, who, what, other }: Step): void {
  const person = pick(EVERYBODY, who) ?? "mallory";
  const member = pick(MEMBERS, who) ?? "ara4n";
  const command = (at: number) => `@mscbot ${pick(COMMANDS, at)}`;
  const label = () => {
    const keyed = LABEL_KEYS.map((key) => w.name(key));
    return pick([...keyed, "kind:governance", "kind:core"], what) ?? "kind:core";
  };
  const open = w.pull.state === "open";
  switch (kind) {
    case "say":
      w.say(person, command(what), pick(["comment", "comment", "inline"] as const, other));
      return;
    case "say two":
      w.say(person, `${command(what)}\n${command(other)}`);
      return;
    case "vote":
      w.say(member, "@mscbot reviewed");
      return;
    case "move":
      w.say(member, command(5 + (what % 3)));
      return;
    case "review": {
      const submitted =
        pick(["approved", "approved", "changes_requested", "commented"] as const, what) ?? "approved";
      w.review(person, submitted, "", pick([...w.texts.keys()], other) ?? w.pull.head);
      return;
    }
    case "edit": {
      const utterance = pick(w.utterances, what);
      if (utterance === undefined) return;
      const editor = other % 3 === 0 ? person : (utterance.author?.login ?? person);
      const lines = utterance.revisions.at(-1)?.lines ?? [];
      w.edit(
        utterance,
        editor,
        pick([command(other), [...lines, command(other)].join("\n"), "", null], who) ?? null,
      );
      return;
    }
    case "remove": {
      // GitHub deletes comments, and no review that was submitted.
      const utterance = pick(
        w.utterances.filter((one) => one.kind !== "review"),
        what,
      );
      if (utterance) w.remove(utterance, person);
      return;
    }
    case "dismiss": {
      const review = pick(
        w.utterances.filter((one) => one.review !== null && !one.review.dismissed),
        what,
      );
      if (review)
        w.dismiss(review, other % 3 === 0 ? (review.author?.login ?? person) : person, other % 5 === 0);
      return;
    }
    case "label":
      w.label(person, label());
      return;
    case "unlabel": {
      const standing = pick([...w.labels], what);
      if (standing) w.unlabel(person, standing);
      return;
    }
    case "tick":
    case "untick":
    case "tick stale": {
      const status = w.status();
      if (status === undefined) return;
      const stale = kind === "tick stale" ? pick(status.trail, what)?.body : null;
      const whose = other % 4 === 0 ? (pick(MEMBERS, what) ?? member) : member;
      w.tick(member, whose, { untick: kind === "untick", ...(stale == null ? {} : { from: stale }) });
      return;
    }
    case "push":
      w.push(
        what.toString(16).padStart(40, "0"),
        other % 3 === 0 ? w.texts.get(w.pull.head) : other % 7 === 0 ? null : undefined,
      );
      return;
    case "draft or ready":
      if (!open) return;
      if (w.pull.draft) w.ready();
      else w.draft();
      return;
    case "close or reopen":
      if (open) w.close(person);
      else if (w.pull.state === "closed") w.reopen(person);
      return;
    case "merge":
      if (open && !w.pull.draft) w.merge(person);
      return;
    case "rebase":
      if (open) w.rebase(w.pull.base === "main" ? "old-branch" : "main");
      return;
    case "join or leave": {
      const on = w.rules.teams[0]?.members.some((one) => one.login === member);
      if (on) w.leave("spec-core-team", member);
      else w.join("spec-core-team", member);
      return;
    }
    case "wait hours":
      w.wait((1 + (what % 20)) * HOUR);
      return;
    case "wait days":
      w.wait((1 + (what % 14)) * DAY);
      return;
    case "chatter":
      w.say(person, "I have read this with interest. See also #1234 and @somebody.");
      return;
    case "look":
      w.reconcile();
      return;
    case "killed look":
      w.reconcile(what % 5);
      return;
    case "forget":
      w.forget();
      return;
  }
}

/** A proposal after this history. */
export function played(steps: readonly Step[], start: () => World = world): World {
  const w = start();
  for (const one of steps) play(w, one);
  return w;
}
