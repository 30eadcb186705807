import { type Account, canAct, type PersonRef, personOf, sameLogin } from "../model/people.js";
import { type DecisionRule, type Need, type Rules, teamOf } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { globMatcher } from "../text/glob.js";
import { onceFor } from "../text/onceFor.js";
import { stricter } from "./measure.js";

/** decision.needs: the first decision of the config that fits the proposal's labels or changed paths. */
export function decisionFor(rules: Rules, snapshot: Changed): DecisionRule | null {
  return rules.decisions.find((rule) => fits(rule, snapshot)) ?? null;
}

/** The labels that can ask for teams by these rules, in small letters. */
export const labelsAskedFor = onceFor(
  ({ decisions }: Rules): ReadonlySet<string> =>
    new Set(decisions.flatMap(({ match }) => match.labels.map((label) => label.toLowerCase()))),
);

/** Can a label of this name ask for teams? */
export function isAskedFor(label: string, { lawfulRules }: Snapshot, rules: Rules): boolean {
  const name = label.toLowerCase();
  return labelsAskedFor(rules).has(name) || (lawfulRules !== null && labelsAskedFor(lawfulRules).has(name));
}

type Changed = Pick<Snapshot, "labels" | "files" | "filesCutOff">;

/** Where the list of files is cut off, every path rule fits: no file can hide among three thousand others. */
function fits({ match }: DecisionRule, { labels, files, filesCutOff }: Changed): boolean {
  if (match.labels.length === 0 && match.paths.length === 0) return true;
  return (
    match.labels.some((wanted) => labels.some((label) => sameLogin(wanted, label))) ||
    (filesCutOff && match.paths.length > 0) ||
    fitsPath(match.paths, files)
  );
}

function fitsPath(globs: readonly string[], files: Snapshot["files"]): boolean {
  const matchers = globs.map(globMatcher);
  return files.some(({ path, previous }) =>
    [path, ...(previous === undefined ? [] : [previous])].some((name) => {
      const characters = [...name];
      return matchers.some((fitsGlob) => fitsGlob(characters));
    }),
  );
}

/** decision.ratchet: what was needed stays needed, by the stricter measure of the two; new teams come last. */
export function growNeeds(had: readonly Need[], now: readonly Need[]): readonly Need[] {
  const grown = had.map((need) => {
    const other = now.find((candidate) => candidate.team === need.team);
    return other === undefined ? need : stricter(need, other);
  });
  const added = now.filter((need) => !had.some((old) => old.team === need.team));
  return added.length === 0 && grown.every((need, index) => need === had[index]) ? had : [...grown, ...added];
}

/** The needed teams this person sits in, in the order of the needs. */
export const seatsOf = (rules: Rules, needs: readonly Need[], person: PersonRef): readonly string[] =>
  needs.flatMap(({ team: slug }) => {
    const team = teamOf(rules, slug);
    return team !== undefined && isAmong(team.members)(person) ? [slug] : [];
  });

/** Tells of many people whether one of these members means them: the same answer as asking `isMember` of each (act.identity). */
const isAmong = onceFor((members: readonly PersonRef[]): ((person: PersonRef) => boolean) => {
  const ids = new Set(members.flatMap(({ id }) => id ?? []));
  const logins = new Set(members.flatMap(({ id, login }) => (id === null ? [login.toLowerCase()] : [])));
  return ({ id, login }) => (id !== null && ids.has(id)) || logins.has(login.toLowerCase());
});

/** Tells of many people whether they are on any team of the roster. */
export const rosterOf = onceFor((rules: Rules): ((person: PersonRef) => boolean) =>
  isAmong(rules.teams.flatMap((team) => team.members)),
);

/** Is this person on any team of the roster? */
export const isOnRoster = (rules: Rules, person: PersonRef): boolean => rosterOf(rules)(person);

/** Is it the doing of somebody on a team? A bot, a placeholder and an account that is gone are on none. */
export const isMembers = (actor: Account | null, rules: Rules): boolean =>
  canAct(actor) && isOnRoster(rules, personOf(actor));
