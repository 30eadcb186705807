import type { AmendmentView, ChangeView, TeamShortfall, TeamTally } from "../model/decision.js";
import { plain } from "./escape.js";
import { count, series, theTeam } from "./grammar.js";
import { countText, lackingVotes } from "./measure.js";

/** `brief`: without the particulars, for what is read at a glance. */
export type Detail = "full" | "brief";

/** What each team lacks, in plain text behind “Waiting for”. */
export function approvals(teams: readonly TeamShortfall[], detail: Detail): string[] {
  return teams.flatMap((team) => {
    const title = theTeam(plain(team.title));
    if (team.size === 0) return [`${title} to have members again`];
    const { approvals: more, votes } = lackingVotes(team);
    const parts = [
      ...(more > 0 ? [`${more} more ${more === 1 ? "approval" : "approvals"}`] : []),
      ...(votes > 0 ? [`${count(votes, "more vote")} for the quorum`] : []),
    ];
    if (parts.length === 0) return [];
    const measure = detail === "full" ? ` (${countText(team)})` : "";
    return [`${series(parts)} from ${title}${measure}`];
  });
}

/** Of more the table of the changes tells. */
const MOST_TOLD = 3;

/** What the changes of an amendment lack that have not passed, in plain text behind “Waiting for”. */
export function changesLack({ changes }: AmendmentView, detail: Detail): string {
  const waiting = changes.filter(({ passed }) => !passed);
  const lacks = [...new Set(waiting.map((view) => changeLacks(view, detail)))];
  const [only] = lacks;
  if (lacks.length === 1 && only !== undefined) return only;
  const particulars = detail === "full" && lacks.length <= MOST_TOLD ? `: ${lacks.join("; ")}` : "";
  const all = changes.length === 2 ? "both" : `all ${changes.length}`;
  const which = waiting.length === changes.length ? all : `${waiting.length} of ${changes.length}`;
  return `the approvals that ${which} changes need${particulars}`;
}

function changeLacks({ change, routes, unsaid }: ChangeView, detail: Detail): string {
  const ways = routes.map(({ tallies, lacksReason }) =>
    series([
      ...tallies.flatMap((tally) =>
        isTooSmall(tally, change)
          ? [`${theTeam(plain(tally.title))} to have ${tally.minimum} members`]
          : tally.passed
            ? []
            : approvals([tally], detail),
      ),
      ...(lacksReason ? ["the reason, in the description"] : []),
    ]),
  );
  return series([...ways, ...(unsaid === null ? [] : [`${plain(unsaid.login)}’s own word`])], "or");
}

/** Who sits in a team is decided whatever its size (tally.minimum), also by those who are left when somebody absent is not counted. */
export const isTooSmall = ({ belowMinimum }: TeamTally, { key }: ChangeView["change"]): boolean =>
  belowMinimum && key === "rules";
