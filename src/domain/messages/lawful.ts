import { countsOfTeam, sameCount } from "../amendment/counts.js";
import type { Decision, TeamTally } from "../model/decision.js";
import type { WordsContext } from "./context.js";
import { day } from "./grammar.js";
import { commitLink } from "./links.js";

/** The counts that texts show: one for each team, whichever config it is by (config.lawful). */
export const countsShown = ({
  config,
  tallies,
}: Pick<Decision, "config" | "tallies">): readonly TeamTally[] =>
  config?.kind === "unlawful" && config.counted.length > 0 ? config.counted : tallies;

/** In an amendment each change has its own counts; a team has one only where they all come to the same. */
export const hasOneCount = ({ amendment }: Pick<Decision, "amendment">, tally: TeamTally): boolean =>
  amendment === undefined ||
  countsOfTeam(amendment.changes, tally.team).every((other) => sameCount(tally, other));

/** Said with a count where the other config comes to another. */
export const byWhich = ({ countedBy }: Pick<TeamTally, "countedBy">): string =>
  countedBy === undefined ? "" : `, by the ${countedBy === "lawful" ? "last lawful" : "present"} config`;

/** config.lawful: which config is counted by, and why what is under way may wait although the votes are there. Empty where all is well. */
export function configNote(
  { config, amendment }: Pick<Decision, "config" | "amendment">,
  context: WordsContext,
): string {
  if (config === undefined) return "";
  if (config.kind === "lost")
    return "The clerk does not know any more which config is lawful. Until it is confirmed or amended, or the clerk’s store is restored, nothing here begins or concludes.";
  const which = config.commit === null ? "" : ` (${commitLink(context, config.commit)})`;
  const when = config.at === null ? "" : ` on ${day(config.at)}`;
  const came = `The config on the default branch was changed${when}${which} without an approved amendment.`;
  const lawful = `the last lawful one${config.lawful === null ? "" : ` (${commitLink(context, config.lawful)})`}`;
  if (amendment?.restores === true) return `${came} This brings back ${lawful}.`;
  if (amendment !== undefined)
    return `${came} Until it is ratified or reverted, what this changes is read from ${lawful}, and its votes are counted by that; by the present one it has to pass too.`;
  return `${came} Until it is ratified or reverted, votes are counted by ${lawful} and by the present one, and nothing here begins or concludes unless it would by both. Of each team the count that lacks more is shown.`;
}
