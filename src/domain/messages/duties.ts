import type { ConfigVersion, LawfulState } from "../amendment/history.js";
import { routesFor } from "../amendment/weigh.js";
import type { Change } from "../model/change.js";
import type { PersonRef } from "../model/people.js";
import { type Member, type Rules, type Team, teamOf } from "../model/rules.js";
import type { Instant } from "../text/time.js";
import { changeSentence } from "./change.js";
import { escaped, plain } from "./escape.js";
import { day, sentenceCase, series, theTeam } from "./grammar.js";
import { shareOf } from "./measure.js";
import { mention } from "./people.js";

/** The texts of the clerk's issues. Titles are plain text, bodies Markdown. */
interface IssueText {
  readonly title: string;
  readonly body: string;
}

const ABSENCE = "Members not seen for eight weeks";

interface Absent {
  readonly team: Team;
  readonly member: Member;
  readonly last: Instant | null;
}

export function absenceIssue(absent: readonly Absent[]): IssueText {
  const lines = absent.map(
    ({ team, member, last }) =>
      `- ${mention(member)} (${escaped(team.title)}): ${last === null ? "nothing seen in this repository" : `last seen on ${day(last)}`}`,
  );
  return {
    title: ABSENCE,
    body: [
      "The process takes members who are absent for more than eight weeks without prior agreement to have left. The clerk has seen nothing of these members in this repository for that long, and the roster holds no `away` entry for them:",
      lines.join("\n"),
      "People decide what to make of it: write to them, agree on an `away` entry, or propose a change of the roster. Any act of theirs takes them off this list.",
    ].join("\n\n"),
  };
}

/** absence.eight-weeks: who it named before may have been seen since. */
export const absenceUntoldIssue = (): IssueText => ({
  title: ABSENCE,
  body: "When the members were last seen in this repository cannot be told now: GitHub does not show it, or more has happened here than the clerk reads. Until it can be told, nobody counts as absent. The clerk tries again by itself.",
});

export const confidenceIssue = (team: Team, lead: PersonRef, due: Instant): IssueText => ({
  title: `The lead of ${theTeam(plain(team.title))} is due for a vote of confidence`,
  body: [
    `${mention(lead)} leads ${escaped(theTeam(team.title))}. The role is reviewed every twelve months and needs the confidence of the team again; that has been due since ${day(due)}.`,
    "To give it, open a pull request that renews the date of confidence in the config. It passes when the team has approved it, and this issue closes when it is merged.",
  ].join("\n\n"),
});

export function vacancyIssue(team: Team, since: Instant, rules: Rules): IssueText {
  const board = rules.guardians === team.slug ? undefined : teamOf(rules, rules.guardians ?? "");
  const others = board === undefined ? "" : `, and ${escaped(theTeam(board.title))} in a deadlock`;
  return {
    title: `${sentenceCase(theTeam(plain(team.title)))} has no lead`,
    body: [
      `${sentenceCase(escaped(theTeam(team.title)))} has been without a lead since ${day(since)}, which is more than fourteen days.`,
      `A new lead is a member of the team, named by a pull request that changes the config; the team decides${others}. This issue closes when a lead is named.`,
    ].join("\n\n"),
  };
}

export function resignationIssue(
  member: PersonRef,
  slug: string,
  from: "team" | "lead" | "both",
  version: ConfigVersion,
  rules: Rules,
): IssueText {
  const team = teamOf(rules, slug);
  const boards = rules.teams.map(
    (each) => `**${escaped(each.title)}**: ${each.members.map(mention).join(", ") || "nobody"}`,
  );
  const by = `by their own pull request${version.pull === null ? "" : ` #${version.pull}`} on ${day(version.at)}`;
  return {
    title:
      from === "lead"
        ? `${plain(member.login)} has stepped down as lead of ${theTeam(plain(team?.title ?? slug))}`
        : `${plain(member.login)} has resigned from ${theTeam(plain(team?.title ?? slug))}`,
    body: [
      from === "lead"
        ? `${escaped(member.login)} leads ${escaped(theTeam(team?.title ?? slug))} no longer, ${by}, and stays a member.`
        : `${escaped(member.login)} has left ${escaped(theTeam(team?.title ?? slug))} ${by}.${from === "both" ? " They led the team, so that role is vacant too." : ""}`,
      `Everybody on the roster is told:\n\n${boards.map((each) => `- ${each}`).join("\n")}`,
      "Close this issue when it has been read. The clerk does not open it again.",
    ].join("\n\n"),
  };
}

export function unlawfulIssue(
  { lawful, present, unlawful }: LawfulState,
  changes: readonly Change[],
): IssueText {
  const came = unlawful.map(
    ({ commit, by, pull, at }) =>
      `- \`${plain(commit).slice(0, 12)}\` on ${day(at)}${by === null ? "" : `, by ${escaped(by)}`}${pull === null ? ", pushed directly" : `, by #${pull}`}`,
  );
  const needs = lawful?.rules == null ? [] : needsText(changes, lawful.rules);
  return {
    title: "The config was changed without an approved amendment",
    body: [
      `The last config that came by the rules is \`${plain(lawful?.commit ?? "").slice(0, 12)}\`. Since then it was changed by:`,
      came.join("\n"),
      present?.rules == null
        ? "As it stands it is not valid, so nothing is decided."
        : `What changed:\n\n${changes.map((change) => `- ${sentenceCase(changeSentence(change))}`).join("\n") || "- nothing that counts"}`,
      needs.length === 0
        ? ""
        : needs.length === 1
          ? `By the rules it would have needed ${needs[0] ?? ""}.`
          : `By the rules it would have needed, change by change:\n\n${needs.map((need) => `- ${need}`).join("\n")}`,
      "Until it is ratified by an amendment or reverted, a Final Comment Period begins or concludes only where it would under both configs: it elects nobody.",
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  };
}

export const lawfulLostIssue = (): IssueText => ({
  title: "The clerk does not know any more which config is lawful",
  body: [
    "It has been at work here before, and both its copies of what it knew to be lawful are lost: that in its own store, and that in its signed records. Until it knows again, no Final Comment Period begins or concludes.",
    "Any of these tells it:\n\n- its operator restores the store from a backup;\n- members confirm what was rebuilt of a proposal (`confirm`, as asked for there): with it they confirm the config as it is;\n- an amendment is approved by the rules as they are, and merged.",
    "Look at the history of the config first: whoever could push to it may have changed it meanwhile.",
  ].join("\n\n"),
});

/** What the changes would have needed: once, where all need the same; else a line each. */
function needsText(changes: readonly Change[], rules: Rules): readonly string[] {
  const lines = changes.map((change) => {
    const routes = routesFor(change, rules).map((route) =>
      series(
        route.map((need) =>
          shareOf(need, escaped(theTeam(plain(teamOf(rules, need.team)?.title ?? need.team)))),
        ),
      ),
    );
    return { change, needs: routes.length === 0 ? "what nobody can give" : routes.join(", or ") };
  });
  const same = new Set(lines.map(({ needs }) => needs));
  return same.size <= 1
    ? [...same]
    : lines.map(({ change, needs }) => `${sentenceCase(changeSentence(change))}: ${needs}`);
}
