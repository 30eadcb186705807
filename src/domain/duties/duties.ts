import { leaver } from "../acts/ownWord.js";
import { EIGHT_WEEKS, isAway, type LastActs, lastSeen, quietSince } from "../amendment/absence.js";
import { differences, sameMeaning } from "../amendment/differences.js";
import { type ConfigVersion, lawfulState } from "../amendment/history.js";
import { type DigestFacts, digestIssue } from "../messages/digest.js";
import {
  absenceIssue,
  absenceUntoldIssue,
  confidenceIssue,
  lawfulLostIssue,
  resignationIssue,
  unlawfulIssue,
  vacancyIssue,
} from "../messages/duties.js";
import { type RegisterLine, registerPages } from "../messages/registerOfDecisions.js";
import { isMember, samePerson } from "../model/people.js";
import type { Rules, Team } from "../model/rules.js";
import { DAY, type Instant } from "../text/time.js";

/** What the standing duties are judged by: the config through time, and what its members did in the repository. */
export interface DutyFacts {
  readonly rules: Rules;
  /** Every version of the config on the default branch, oldest first. */
  readonly versions: readonly ConfigVersion[];
  /** config.lawful: the clerk does not know any more which of them is lawful. */
  readonly lost?: boolean;
  /**
   * The last act of each member anywhere in the repository; a member without an entry has none that GitHub still shows. null: it cannot be
   * told now.
   */
  readonly lastActs: LastActs | null;
  /** record.signed: every decision of this repository, and the checkpoint at the newest. */
  readonly decisions: { readonly lines: readonly RegisterLine[]; readonly checkpoint: string | null };
  /** remind.digest: what it is made of, where it is to be brought up to date now. Left out: it is not. */
  readonly digest?: DigestFacts;
  /** The clerk's own issues in this repository, known by their marker. */
  readonly issues: readonly OwnIssue[];
}

export interface OwnIssue {
  readonly number: number;
  /** `absence`, `lead-confidence TEAM` …: from the marker in the clerk's own text. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
}

/** An issue as it should be. Not open: what it reports is no longer so, and it is closed if it was opened. */
export interface DesiredIssue {
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly open: boolean;
  /** Said once: people close it, and it is not opened again (a resignation). */
  readonly once: boolean;
}

export type IssueAction =
  | { readonly kind: "create_issue"; readonly key: string; readonly title: string; readonly body: string }
  | {
      readonly kind: "update_issue";
      readonly number: number;
      readonly key: string;
      readonly title: string;
      readonly body: string;
      readonly open: boolean;
    }
  | { readonly kind: "close_issue"; readonly number: number };

/** The key of the one issue about a config that nobody approved. */
export const UNLAWFUL_CONFIG = "unlawful-config";

const YEAR_MONTHS = 12;
const VACANCY = 14 * DAY;
/** A resignation older than this is history: it was reported, or happened before adoption. */
const NEWS = 30 * DAY;

/** The standing duties: what has to be reported now, and what no longer has to. A duty removes nobody; people decide. */
export function duties(facts: DutyFacts, now: Instant): readonly DesiredIssue[] {
  const { rules } = facts;
  return [
    ...(rules.duties.absence ? absence(facts, now) : []),
    ...rules.teams.flatMap((team) => [
      ...(rules.duties.lead_confidence ? confidence(team, facts, now) : []),
      ...(rules.duties.lead_vacancy ? vacancy(team, facts, now) : []),
    ]),
    ...(rules.duties.resignation ? resignations(facts, now) : []),
    ...(rules.duties.unlawful_config ? [unlawful(facts)] : []),
    ...digest(facts, now),
    // Last: where it cannot be written, the others are.
    ...registerOf(facts),
  ];
}

/** The key of the one issue that tells what waits for whom. */
export const DIGEST = "digest";

/** remind.digest: once a week; one that stands is closed where the config asks for none any more. */
function digest({ rules, digest: due, issues }: DutyFacts, now: Instant): readonly DesiredIssue[] {
  if (rules.reminders?.digest === true)
    return due === undefined ? [] : [{ key: DIGEST, ...digestIssue(due, now), open: true, once: false }];
  const stands = issues.some(({ key, open }) => key === DIGEST && open);
  return stands ? [{ key: DIGEST, title: "", body: "", open: false, once: false }] : [];
}

/** record.signed: the register of decisions, from the first one on. */
const registerOf = ({ decisions: { lines, checkpoint } }: DutyFacts): readonly DesiredIssue[] =>
  lines.length === 0
    ? []
    : registerPages(lines, checkpoint).map((page) => ({ ...page, open: true, once: false }));

/** Of several with one key, as somebody has written it into another: the one that is kept current. */
export function keptIssue(key: string, standing: readonly OwnIssue[]): OwnIssue | undefined {
  const same = standing.filter((one) => one.key === key).sort((a, b) => a.number - b.number);
  return same.find((one) => one.open) ?? same.at(-1);
}

/** Issues are opened once, kept current, and closed when met. */
export function planIssues(
  wanted: readonly DesiredIssue[],
  standing: readonly OwnIssue[],
): readonly IssueAction[] {
  return wanted.flatMap((issue): IssueAction[] => {
    const now = keptIssue(issue.key, standing);
    const { key, title, body } = issue;
    if (now === undefined) return issue.open ? [{ kind: "create_issue", key, title, body }] : [];
    if (!issue.open) return now.open ? [{ kind: "close_issue", number: now.number }] : [];
    if (!now.open && issue.once) return [];
    const current = now.open && now.title === title && now.body.trim() === body.trim();
    return current ? [] : [{ kind: "update_issue", number: now.number, key, title, body, open: true }];
  });
}

/** absence.eight-weeks. Where it cannot be told, nothing is reported anew; an issue that stands open does not go on naming people. */
function absence({ rules, lastActs, versions, issues }: DutyFacts, now: Instant): readonly DesiredIssue[] {
  const key = "absence";
  if (lastActs === null) {
    const stands = issues.some((issue) => issue.key === key && issue.open);
    return stands ? [{ key, ...absenceUntoldIssue(), open: true, once: false }] : [];
  }
  const absent = rules.teams.flatMap((team) =>
    team.members
      .filter((member) => !isAway(member, now))
      .filter((member) => now - (quietSince(team, member, lastActs, versions) ?? 0) > EIGHT_WEEKS)
      .map((member) => ({ team, member, last: lastSeen(member, lastActs) })),
  );
  return [{ key, ...absenceIssue(absent), open: absent.length > 0, once: false }];
}

/** amend.lead-confidence: every 12 months the lead needs 75% again. Without a date, since the roster has named this lead. */
function confidence(team: Team, { versions }: DutyFacts, now: Instant): readonly DesiredIssue[] {
  const { lead } = team;
  const key = `lead-confidence ${team.slug}`;
  if (lead === null) return [{ key, title: "", body: "", open: false, once: false }];
  let since: Instant | null = null;
  for (const { rules, at } of versions) {
    const then = rules?.teams.find((one) => one.slug === team.slug);
    if (then === undefined) continue;
    since = then.lead !== null && samePerson(then.lead, lead) ? (since ?? at) : null;
  }
  const from = team.leadConfirmed === null ? (since ?? now) : Date.parse(team.leadConfirmed);
  const due = monthsAfter(from, YEAR_MONTHS);
  return [{ key, ...confidenceIssue(team, lead, due), open: now >= due, once: false }];
}

function monthsAfter(at: Instant, months: number): Instant {
  const date = new Date(at);
  return Date.UTC(
    date.getUTCFullYear(),
    date.getUTCMonth() + months,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  );
}

/** amend.lead: a lead's seat that has been vacant for 14 days. A team that never had a lead has no vacancy. */
function vacancy(team: Team, { versions, rules: present }: DutyFacts, now: Instant): readonly DesiredIssue[] {
  const key = `lead-vacancy ${team.slug}`;
  let since: Instant | null = null;
  let led = false;
  for (const { rules, at } of versions) {
    const then = rules?.teams.find((one) => one.slug === team.slug);
    if (then === undefined) continue;
    if (then.lead !== null) led = true;
    since = then.lead === null && led ? (since ?? at) : null;
  }
  const open = team.lead === null && since !== null && now - since >= VACANCY;
  return [{ key, ...vacancyIssue(team, since ?? now, present), open, once: false }];
}

/** amend.resign, amend.lead: both boards are told, once. Somebody who was voted out by a pull request of their own has not resigned. */
function resignations({ versions, rules }: DutyFacts, now: Instant): readonly DesiredIssue[] {
  return versions.flatMap((version, index) => {
    const before = versions[index - 1]?.rules ?? null;
    if (before === null || version.rules === null || now - version.at > NEWS) return [];
    if (!version.approved || version.ownWord === false) return [];
    return differences(before, version.rules, new Map()).flatMap((change): DesiredIssue[] => {
      const person = leaver(change, version.author);
      if (person === null || !("team" in change)) return [];
      const lead = before.teams.find((team) => team.slug === change.team)?.lead ?? null;
      const from =
        change.kind === "remove_lead" ? "lead" : lead !== null && isMember(lead, person) ? "both" : "team";
      const what = change.kind === "remove_lead" ? "resignation-lead" : "resignation";
      return [
        {
          key: `${what} ${change.team} ${person.login.toLowerCase()} ${version.commit.slice(0, 12)}`,
          ...resignationIssue(person, change.team, from, version, rules),
          open: true,
          once: true,
        },
      ];
    });
  });
}

/** config.lawful: one issue while a version stands that nobody approved. */
function unlawful({ versions, lost = false }: DutyFacts): DesiredIssue {
  if (lost) return { key: UNLAWFUL_CONFIG, ...lawfulLostIssue(), open: true, once: false };
  const state = lawfulState(versions, sameMeaning);
  const from = state.lawful?.rules ?? null;
  const to = state.present?.rules ?? null;
  const changes = from !== null && to !== null ? differences(from, to, new Map()) : [];
  return {
    key: UNLAWFUL_CONFIG,
    ...unlawfulIssue(state, changes),
    open: state.unlawful.length > 0,
    once: false,
  };
}
