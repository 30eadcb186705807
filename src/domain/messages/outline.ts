import { isAway } from "../amendment/absence.js";
import { holding } from "../gates/gates.js";
import type { Decision } from "../model/decision.js";
import type { Gate } from "../model/gates.js";
import type { Outline, OutlinedGate, QuietReason, Waits, WhoseTurn } from "../model/outline.js";
import { type Account, personOf } from "../model/people.js";
import type { Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { missingIn } from "../reminders/awaited.js";
import type { Instant } from "../text/time.js";
import { untilGate } from "./gates.js";

/** remind.digest: what a proposal waits for now; null: for nothing, or it is none. */
export function outlineOf(decision: Decision, snapshot: Snapshot, rules: Rules): Outline | null {
  const { number, title, url, author } = snapshot.pull;
  const gates = gatesIn(decision);
  const found = waitsOf(decision, snapshot, rules, gates);
  if (found === null) return null;
  const concerns = decision.concerns
    .filter((one) => one.resolved === null && (one.blocks || found.waits.kind === "quiet"))
    .map(({ number: its, by }) => ({ number: its, by }));
  return {
    ...{ number, title, url, ...found, concerns, gates },
    author: author === null ? null : personOf(author),
  };
}

function waitsOf(
  decision: Decision,
  snapshot: Snapshot,
  rules: Rules,
  gates: readonly OutlinedGate[],
): Pick<Outline, "since" | "waits"> | null {
  const { phase, amendment, reason, register, at } = decision;
  const { motion } = register;
  const quiet = (turn: WhoseTurn, why: QuietReason) =>
    ({ since: quietSince(snapshot, register), waits: { kind: "quiet", turn, why } }) as const;
  if (amendment !== undefined) return reason.code === "amendment_waits" ? quiet("team", "amendment") : null;
  switch (phase) {
    case "out_of_scope":
    case "ended":
      return null;
    case "draft":
      return quiet("author", "draft");
    case "in_review": {
      if (decision.concerns.some((one) => one.resolved === null)) return quiet("author", "concerns");
      if (gates.some(({ by }) => by === "author" || by === "both")) return quiet("author", "gates");
      return gates.some(({ by }) => by === "nobody")
        ? quiet("nobody", "dependencies")
        : quiet("team", "motion");
    }
    case "proposed":
      return motion === null
        ? null
        : { since: motion.from.at, waits: votesOf(decision, motion.disposition, at) };
    case "fcp":
      return motion?.fcp?.state !== "running"
        ? null
        : {
            since: motion.fcp.startedAt,
            waits: { kind: "fcp", disposition: motion.disposition, endsAt: motion.fcp.endsAt },
          };
    case "concluded": {
      const merges = motion?.disposition === "merge" && rules.conclude.merge === "manual";
      if (!merges || motion.end?.kind !== "concluded") return null;
      return { since: motion.end.at, waits: { kind: "merge", mover: motion.mover } };
    }
  }
}

const votesOf = (
  { tallies, holds }: Decision,
  disposition: Extract<Waits, { kind: "votes" }>["disposition"],
  at: Instant,
): Waits => ({
  kind: "votes",
  disposition,
  teams: tallies
    .filter(({ passed }) => !passed)
    .map((tally) => ({
      title: tally.title,
      lacks: Math.max(0, tally.needed - tally.yes),
      missing: missingIn(tally).map((seat) => ({ member: seat.member, away: isAway(seat, at) })),
    })),
  held: holds.length > 0,
});

function gatesIn({ phase, gates = [] }: Decision): readonly OutlinedGate[] {
  const moments =
    phase === "concluded" ? ["merge" as const] : phase === "fcp" ? ["conclude" as const] : ["begin" as const];
  return moments
    .flatMap((moment) => holding(gates, moment))
    .map((view) => ({ words: untilGate(view), by: clearedBy(view.gate) }));
}

function clearedBy({ kind }: Gate): OutlinedGate["by"] {
  switch (kind) {
    case "label":
    case "checklist":
      return "members";
    case "implementation":
    case "review_threads":
      return "both";
    case "form":
      return "author";
    case "dependencies":
      return "nobody";
  }
}

/** The newest thing that people did: what a bot does is no sign of life. A push is dated by when the clerk saw it. */
function quietSince({ pull, utterances, events }: Snapshot, { heads }: Register): Instant {
  const byPeople = (account: Account | null) => account?.type !== "Bot";
  const done = [
    ...utterances.filter(({ author }) => byPeople(author)).map(({ createdAt }) => createdAt),
    ...events.filter(({ actor }) => byPeople(actor)).map(({ at }) => at),
    // The first was there before the clerk came.
    ...heads.slice(1).map(({ at }) => at),
  ];
  return done.reduce((newest, at) => Math.max(newest, at), pull.createdAt);
}
