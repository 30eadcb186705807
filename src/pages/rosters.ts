import { plain } from "../domain/messages/escape.js";
import type { RosterHistory, RosterTeam, RosterVersion } from "../domain/model/publicView.js";
import { fold } from "../domain/text/fold.js";
import { DAY, type Instant } from "../domain/text/time.js";

type RosterMember = RosterTeam["members"][number];

/** null: there was none yet. One that is not valid is in force all the same: nobody could vote. */
export const inForceAt = ({ versions }: RosterHistory, at: Instant): RosterVersion | null =>
  versions.findLast((version) => version.at <= at) ?? null;

/** The last moment of a day in UTC, as `2026-03-01`; null: there is no such day. */
export function endOfDay(text: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const begins = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(begins) || dayOf(begins) !== text ? null : begins + DAY - 1;
}

/** `2026-03-01`, in UTC. */
export const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

/** What a version changed of the one before it that was valid. Sentences name people and titles as they stand in it. */
export interface RosterChange {
  readonly version: RosterVersion;
  readonly teams: readonly TeamChange[];
  /** What a decision takes was changed. */
  readonly rules: boolean;
  /** There was none before it. */
  readonly first: boolean;
}

interface TeamChange {
  readonly title: string;
  readonly was: "there" | "made" | "ended";
  readonly joined: readonly string[];
  readonly left: readonly string[];
  /** Said in words: a new lead, other domains, an absence, another name of an account, another minimum. */
  readonly notes: readonly string[];
}

/** Newest first. */
export function rosterChanges({ versions }: RosterHistory): readonly RosterChange[] {
  const changes: RosterChange[] = [];
  let before: RosterVersion | null = null;
  for (const version of versions) {
    changes.push(
      version.valid
        ? {
            version,
            teams: teamChanges(before?.teams ?? [], version.teams),
            rules: before !== null && JSON.stringify(before.decisions) !== JSON.stringify(version.decisions),
            first: before === null,
          }
        : { version, teams: [], rules: false, first: false },
    );
    if (version.valid) before = version;
  }
  return changes.reverse();
}

function teamChanges(before: readonly RosterTeam[], after: readonly RosterTeam[]): readonly TeamChange[] {
  const changed = after.map((team): TeamChange => {
    const old = before.find((other) => other.team === team.team);
    return old === undefined
      ? { title: team.title, was: "made", joined: team.members.map(loginOf), left: [], notes: [] }
      : { title: team.title, was: "there", ...membersChanged(old, team) };
  });
  const ended = before
    .filter((team) => !after.some((other) => other.team === team.team))
    .map(
      (team): TeamChange => ({
        title: team.title,
        was: "ended",
        joined: [],
        left: team.members.map(loginOf),
        notes: [],
      }),
    );
  return [...changed, ...ended].filter(
    ({ was, joined, left, notes }) => was !== "there" || joined.length + left.length + notes.length > 0,
  );
}

const loginOf = ({ login }: RosterMember): string => login;

/** An account keeps its number when it takes another name. */
const samePerson = (a: RosterMember, b: RosterMember): boolean =>
  a.id !== null && b.id !== null ? a.id === b.id : a.login.toLowerCase() === b.login.toLowerCase();

function membersChanged(old: RosterTeam, team: RosterTeam): Pick<TeamChange, "joined" | "left" | "notes"> {
  const stayed = team.members.flatMap((now) => {
    const then = old.members.find((other) => samePerson(other, now));
    return then === undefined ? [] : [{ then, now }];
  });
  return {
    joined: team.members.filter((now) => !stayed.some((both) => both.now === now)).map(loginOf),
    left: old.members.filter((then) => !stayed.some((both) => both.then === then)).map(loginOf),
    notes: [
      ...(old.title === team.title ? [] : [`its title was “${plain(old.title)}”`]),
      ...(old.minimum === team.minimum ? [] : [`at least ${team.minimum} members, before ${old.minimum}`]),
      ...stayed.flatMap(({ then, now }) => memberNotes(then, now)),
    ],
  };
}

function memberNotes(then: RosterMember, now: RosterMember): readonly string[] {
  const who = plain(now.login);
  const gained = now.domains.filter((domain) => !holds(then, domain));
  const lost = then.domains.filter((domain) => !holds(now, domain));
  return [
    ...(then.login.toLowerCase() === now.login.toLowerCase() ? [] : [`${plain(then.login)} is now ${who}`]),
    ...(then.lead === now.lead ? [] : [now.lead ? `${who} leads` : `${who} leads no more`]),
    ...(gained.length === 0 ? [] : [`${who} takes on ${gained.map(plain).join(", ")}`]),
    ...(lost.length === 0 ? [] : [`${who} gives up ${lost.map(plain).join(", ")}`]),
    ...(JSON.stringify(then.away) === JSON.stringify(now.away)
      ? []
      : [
          now.away === null
            ? `${who} is not away any more`
            : `${who} is away from ${dayOf(now.away.from)} until ${dayOf(now.away.until)}`,
        ]),
  ];
}

const holds = ({ domains }: RosterMember, domain: string): boolean =>
  domains.some((other) => fold(other) === fold(domain));

/** Who stands for a domain, or since when nobody does. */
export interface Coverage {
  readonly covered: readonly { readonly domain: string; readonly by: readonly string[] }[];
  readonly lost: readonly {
    readonly domain: string;
    readonly since: Instant;
    readonly last: readonly string[];
  }[];
}

/** As it was at a moment, by all that had been before. A member covers their domains in every team. */
export function coverageAt({ versions }: RosterHistory, at: Instant): Coverage {
  let covered = new Map<string, { readonly domain: string; readonly by: readonly string[] }>();
  const lost = new Map<string, Coverage["lost"][number]>();
  for (const version of versions) {
    if (version.at > at || !version.valid) continue;
    const now = held(version);
    for (const [key, { domain, by }] of covered)
      if (!now.has(key)) lost.set(key, { domain, since: version.at, last: by });
    for (const key of now.keys()) lost.delete(key);
    covered = now;
  }
  const byName = (a: { readonly domain: string }, b: { readonly domain: string }) =>
    a.domain < b.domain ? -1 : 1;
  return { covered: [...covered.values()].sort(byName), lost: [...lost.values()].sort(byName) };
}

function held(version: RosterVersion): Map<string, { domain: string; by: string[] }> {
  const found = new Map<string, { domain: string; by: string[] }>();
  for (const { members } of version.teams)
    for (const { login, domains } of members)
      for (const domain of domains) {
        const key = fold(domain);
        const entry = found.get(key) ?? { domain, by: [] };
        if (!entry.by.includes(login)) entry.by.push(login);
        found.set(key, entry);
      }
  return found;
}
