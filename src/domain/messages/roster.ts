import { sameMeaning } from "../amendment/differences.js";
import { type ConfigVersion, inForceBetween, lawfulWhen } from "../amendment/history.js";
import { isMember } from "../model/people.js";
import type { Member, Rules, Team } from "../model/rules.js";
import { type Instant, iso } from "../text/time.js";
import { plain } from "./escape.js";
import { count } from "./grammar.js";
import { decisionLines } from "./rulesText.js";

/**
 * Who could vote between two moments and under which rules, as plain text for a terminal: the config in force at the first, and
 * every one that came into force up to the second. Times are when a config reached the default branch.
 */
export function rosterText(versions: readonly ConfigVersion[], from: Instant, until: Instant): string {
  const told = inForceBetween(versions, from, until);
  const [first] = versions;
  if (told.length === 0) {
    return first === undefined
      ? "There has never been a config."
      : `There was no config yet: the first reached the default branch at ${iso(first.at)}.`;
  }
  return told.map((version) => versionText(version, versions)).join("\n\n");
}

/** Stands before the roster of now, where one of a day to come was asked for. */
export const futureRosterText = (asked: Instant): string =>
  `${iso(asked)} is still to come, and who is on the roster by then is not known. This is the roster of now.`;

function versionText(version: ConfigVersion, versions: readonly ConfigVersion[]): string {
  const { commit, at, pull, by, rules } = version;
  const came = `${pull === null ? "pushed directly" : `by #${pull}`}${by === null ? "" : `, ${pull === null ? "by" : "merged by"} ${plain(by)}`}`;
  const head = `Config of ${plain(commit).slice(0, 12)}, in force from ${iso(at)} (${came})`;
  if (rules === null) return `${head}\n  It was not valid, so nothing was decided.`;
  const { lawful, unlawful } = lawfulWhen(version, versions, sameMeaning);
  const note =
    unlawful.length === 0
      ? []
      : [
          `  It had not come through an approved amendment: a Final Comment Period began or concluded only where it would have by ${plain(lawful?.commit ?? "").slice(0, 12)} too.`,
        ];
  return [head, ...note, ...rulesLines(rules)].join("\n");
}

/** Who can vote by these rules, and what each kind of decision takes of them. */
const rulesLines = (rules: Rules): readonly string[] => [
  ...rules.teams.flatMap(teamLines),
  "  Decisions",
  ...decisionLines(rules).map((line) => `    ${line}`),
];

function teamLines(team: Team): readonly string[] {
  const { lead } = team;
  return [
    `  ${plain(team.title)} (${plain(team.slug)}), ${count(team.members.length, "member")}`,
    ...team.members.map((member) => `    ${memberLine(member, lead !== null && isMember(member, lead))}`),
  ];
}

function memberLine({ login, id, away }: Member, leads: boolean): string {
  const about = [
    ...(id === null ? [] : [`id ${id}`]),
    ...(leads ? ["lead"] : []),
    ...(away === null ? [] : [`away from ${iso(away.from)} until ${iso(away.until)}`]),
  ];
  return `${plain(login)}${about.length === 0 ? "" : ` (${about.join(", ")})`}`;
}
