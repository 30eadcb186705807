import type { Outline, QuietReason } from "../model/outline.js";
import { type PersonRef, samePerson } from "../model/people.js";
import type { Disposition, Rules } from "../model/rules.js";
import type { Instant } from "../text/time.js";

/** What waits for one person on one proposal: at least one thing. */
export interface Mine {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly since: Instant;
  /** The motion waits for their vote; null: it does not. */
  readonly vote: Disposition | null;
  /** It is accepted, and they moved it. */
  readonly merge: boolean;
  /** Numbers of their own concerns that are open and stand in the way. */
  readonly concerns: readonly number[];
  /** Gates they could clear, in plain text. */
  readonly gates: readonly string[];
  /** It is theirs, and what it waits for is up to its author; null: no. */
  readonly turn: QuietReason | null;
}

/** What waits for one person on these, the longest first. */
export function mineOf(
  outlines: readonly Outline[],
  who: PersonRef,
  { teams }: Pick<Rules, "teams">,
): readonly Mine[] {
  const onRoster = teams.some(({ members }) => members.some((one) => samePerson(one, who)));
  return outlines
    .flatMap((outline) => mineIn(outline, who, onRoster) ?? [])
    .sort((a, b) => a.since - b.since || a.number - b.number);
}

/** @param onRoster they sit in a team, so that labels and threads are theirs to clear */
function mineIn(outline: Outline, who: PersonRef, onRoster: boolean): Mine | null {
  const { number, title, url, since, waits } = outline;
  const isAuthor = outline.author !== null && samePerson(outline.author, who);
  const missing =
    waits.kind === "votes" &&
    waits.teams.some((team) => team.missing.some(({ member }) => samePerson(member, who)));
  const mine: Mine = {
    ...{ number, title, url, since },
    vote: missing ? waits.disposition : null,
    merge: waits.kind === "merge" && samePerson(waits.mover, who),
    concerns: outline.concerns.filter(({ by }) => samePerson(by, who)).map((one) => one.number),
    gates: outline.gates
      .filter(
        ({ by }) =>
          (onRoster && (by === "members" || by === "both")) ||
          (isAuthor && (by === "author" || by === "both")),
      )
      .map(({ words }) => words),
    turn: isAuthor && waits.kind === "quiet" && waits.turn === "author" ? waits.why : null,
  };
  const nothing =
    mine.vote === null &&
    !mine.merge &&
    mine.concerns.length === 0 &&
    mine.gates.length === 0 &&
    mine.turn === null;
  return nothing ? null : mine;
}
