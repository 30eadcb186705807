import { sameLogin } from "../domain/model/people.js";
import type { ConcernLine, ProposalSummary, TeamLine } from "../domain/model/publicView.js";
import type { Instant } from "../domain/text/time.js";
import { grouped } from "./grouped.js";

/** One thing that waits for one person. */
export interface Wait {
  readonly login: string;
  readonly summary: ProposalSummary;
  readonly since: Instant;
  readonly what:
    | { readonly kind: "vote"; readonly team: TeamLine }
    /** Nothing hangs on it any more: the team has said yes, and they can still say what they think. */
    | { readonly kind: "may_vote"; readonly team: TeamLine }
    | { readonly kind: "concern"; readonly concern: ConcernLine }
    | { readonly kind: "merge" }
    | { readonly kind: "author" };
}

/** remind.mine, for all at once: what a proposal waits for, person by person. */
export function waitsIn(summary: ProposalSummary): readonly Wait[] {
  const { motion, teams, concerns, turn, authors } = summary;
  if (summary.state === "closed") return [];
  // An amendment asks the team from its first day on.
  const counts = motion === null ? summary.amendment && summary.state === "open" : motion.end === null;
  const votes = !counts
    ? []
    : teams.flatMap((team) =>
        team.missing.map(({ login }): Wait => {
          const kind = team.passed || summary.place === "fcp" ? "may_vote" : "vote";
          return { login, summary, since: motion?.at ?? summary.since, what: { kind, team } };
        }),
      );
  const own = concerns.map(
    (concern): Wait => ({
      login: concern.by,
      summary,
      since: concern.at,
      what: { kind: "concern", concern },
    }),
  );
  const turns: readonly Wait[] =
    turn === "mover" && motion !== null
      ? [{ login: motion.mover, summary, since: summary.since, what: { kind: "merge" } }]
      : turn === "author"
        ? authors.map((login) => ({ login, summary, since: summary.since, what: { kind: "author" } }))
        : [];
  return [...votes, ...own, ...turns];
}

/** Whether it is one that somebody waits for, and not only a chance to say something. */
export const isAwaited = ({ what }: Wait): boolean => what.kind !== "may_vote";

/** What waits for one person: what is awaited first, the longest first. */
export const waitsFor = (login: string, summaries: readonly ProposalSummary[]): readonly Wait[] =>
  summaries
    .flatMap(waitsIn)
    .filter((wait) => sameLogin(wait.login, login))
    .sort(
      (a, b) =>
        Number(isAwaited(b)) - Number(isAwaited(a)) ||
        a.since - b.since ||
        a.summary.number - b.summary.number,
    );

/** Everybody for whom something waits, by login in lower case. */
export const waitsByLogin = (summaries: readonly ProposalSummary[]): ReadonlyMap<string, readonly Wait[]> =>
  grouped(summaries.flatMap(waitsIn), ({ login }) => login.toLowerCase());
