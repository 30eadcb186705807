import type { Change } from "../model/change.js";
import { isMember, type PersonRef, sameLogin } from "../model/people.js";
import {
  type DecisionRule,
  type Measure,
  type Member,
  type Rules,
  type Team,
  teamOf,
} from "../model/rules.js";
import { equal } from "../text/equal.js";
import { fingerprint } from "../text/fingerprint.js";
import { formerCanonical, formerFingerprint } from "../text/formerFingerprint.js";
import { onceFor } from "../text/onceFor.js";
import { iso } from "../text/time.js";

/** Numeric ids as GitHub itself gives them, by lower-case login: what tells an id added from an id slipped in. */
export type KnownIds = ReadonlyMap<string, number>;

/** A change before it has its fingerprint. */
type Draft = Change extends infer C ? (C extends Change ? Omit<C, "fingerprint"> : never) : never;

/**
 * What head changes of base, by meaning: both are normalised rules, so order and comments are no change. Every difference is
 * named, whatever it is: what has no kind of its own is a change of the rules (amend.rules).
 */
export function differences(base: Rules, head: Rules, known: KnownIds): readonly Change[] {
  const drafts: Draft[] = [...teamChanges(base, head, known), ...ruleChanges(base, head)];
  return drafts.map((draft) => ({ ...draft, fingerprint: fingerprint("change", draft) }) as Change);
}

function teamChanges(base: Rules, head: Rules, known: KnownIds): readonly Draft[] {
  return base.teams.flatMap((before) => {
    const after = teamOf(head, before.slug);
    if (after === undefined) return [];
    const guardian = base.guardians === before.slug;
    return [
      ...memberChanges(before, after, guardian, known),
      ...leadChanges(before, after),
      ...teamRules(before, after),
    ];
  });
}

function memberChanges(before: Team, after: Team, guardian: boolean, known: KnownIds): readonly Draft[] {
  const drafts: Draft[] = [];
  const team = before.slug;
  const left = new Set(after.members);
  // One id and one login stand for one seat of a team, so there is one candidate to compare with.
  const byId = new Map(after.members.map((member) => [member.id, member]));
  const byLogin = new Map(after.members.map((member) => [member.login.toLowerCase(), member]));
  const person = ({ login, id }: Member): PersonRef => ({ login, id });
  for (const member of before.members) {
    const same = member.id !== null ? byId.get(member.id) : byLogin.get(member.login.toLowerCase());
    if (same === undefined || !left.has(same) || !samePersonIn(member, same, known)) {
      drafts.push({
        key: guardian ? "remove_guardian" : "remove_member",
        kind: "remove_member",
        team,
        member: person(member),
      });
      continue;
    }
    left.delete(same);
    if (member.id !== null && !sameLogin(member.login, same.login)) {
      drafts.push({
        key: "details",
        kind: "rename",
        team,
        id: member.id,
        from: member.login,
        to: same.login,
      });
    }
    if (member.id === null && same.id !== null) {
      drafts.push({ key: "details", kind: "identify", team, login: same.login, id: same.id });
    }
    for (const [what, text] of DETAILS) {
      if (text(member) !== text(same))
        drafts.push({ key: "details", kind: "details", team, member: person(same), what, after: text(same) });
    }
  }
  for (const member of left) {
    drafts.push({
      key: guardian ? "add_guardian" : "add_member",
      kind: "add_member",
      team,
      member: person(member),
      ...detailsOf(member),
    });
  }
  return drafts;
}

const DETAILS = [
  ["away", ({ away }: Member) => (away === null ? "" : `${iso(away.from)} to ${iso(away.until)}`)],
  ["since", ({ since }: Member) => since ?? ""],
  ["domains", ({ domains }: Member) => [...domains].sort().map(apart).join(", ")],
] as const;

/** Two fields are never taken for one with a comma in its name. */
const apart = (domain: string): string => (/[",]/.test(domain) ? JSON.stringify(domain) : domain);

/** What comes in with a new member is part of what is voted on. */
function detailsOf(member: Member): Pick<Extract<Change, { kind: "add_member" }>, "details"> {
  const details = DETAILS.map(([what, text]) => ({ what, after: text(member) })).filter(
    ({ after }) => after !== "",
  );
  return details.length === 0 ? {} : { details };
}

/**
 * amend.identity: the same id is the same person. Where one side has no id, the login is the person only if the id that appears
 * is the one GitHub knows by that login; an id that goes away could hand the seat to whoever takes the login next.
 */
function samePersonIn(before: Member, after: Member, known: KnownIds): boolean {
  if (before.id !== null) return before.id === after.id;
  if (!sameLogin(before.login, after.login)) return false;
  return after.id === null || known.get(after.login.toLowerCase()) === after.id;
}

function leadChanges(before: Team, after: Team): readonly Draft[] {
  const team = before.slug;
  const [from, to] = [before.lead, after.lead];
  const same = from !== null && to !== null && (isMember(from, to) || isMember(to, from));
  if (from !== null && to === null) {
    // A lead who leaves the team stops being lead: no change of its own (amend.resign).
    const stays = after.members.some((member) => isMember(from, member) || isMember(member, from));
    return stays ? [{ key: "remove_lead", kind: "remove_lead", team, from }] : [];
  }
  if (to !== null && !same) {
    const date = after.leadConfirmed;
    return [{ key: "lead", kind: "lead", team, from, to, ...(date === null ? {} : { date }) }];
  }
  if (to !== null && before.leadConfirmed !== after.leadConfirmed) {
    // A vote of confidence writes a date; taking one away only hides when the next is due.
    if (after.leadConfirmed === null)
      return difference(`teams.${team}.lead.confirmed`, before.leadConfirmed, null);
    return [{ key: "confirm_lead", kind: "confirm_lead", team, lead: to, date: after.leadConfirmed }];
  }
  return [];
}

function teamRules(before: Team, after: Team): readonly Draft[] {
  const path = `teams.${before.slug}`;
  return [
    ...difference(`${path}.title`, before.title, after.title),
    ...difference(`${path}.minimum_members`, before.minimumMembers, after.minimumMembers),
  ];
}

/** Everything of the rules but the teams that stand on both sides: a new key of `Rules` is compared without being named here. */
function ruleChanges(base: Rules, head: Rules): readonly Draft[] {
  const { teams: teamsBefore, decisions: decisionsBefore, ...before } = base;
  const { teams: teamsAfter, decisions: decisionsAfter, ...after } = head;
  const gone = teamsBefore.filter((team) => teamOf(head, team.slug) === undefined);
  const come = teamsAfter.filter((team) => teamOf(base, team.slug) === undefined);
  return [
    ...gone.flatMap((team) => difference(`teams.${team.slug}`, team, null)),
    ...come.flatMap((team) =>
      difference(`teams.${team.slug}`, null, team).map((draft) => ({
        ...draft,
        seats: team.members.map(({ login, id }) => ({ login, id })),
      })),
    ),
    ...decisionChanges(decisionsBefore, decisionsAfter),
    ...entries("", before, after),
  ];
}

/**
 * Decisions are known by their names, and each names its teams. The order of both is a rule too: the first decision that matches is
 * taken, and a plain act counts for the first team its author sits in.
 */
function decisionChanges(before: Rules["decisions"], after: Rules["decisions"]): readonly Draft[] {
  const changed = [...new Set([...before, ...after].map(({ name }) => name))].flatMap((name) => {
    const [was, is] = [before, after].map((decisions) => decisions.find((each) => each.name === name));
    const path = `decisions.${name}`;
    return was === undefined || is === undefined
      ? difference(path, was === undefined ? null : partsOf(was), is === undefined ? null : partsOf(is))
      : [
          ...entries(`${path}.`, partsOf(was), partsOf(is)),
          ...order(`${path}.approval`, was.approval, is.approval, ({ team }) => team),
        ];
  });
  return [...changed, ...order("decisions", before, after, ({ name }) => name)];
}

const partsOf = ({ name: _, match, approval, ...rest }: DecisionRule) => ({
  ...rest,
  match,
  approval: Object.fromEntries(approval.map(({ team, ...measure }) => [team, measureOf(measure)])),
});

/** A share of the whole team is what it always was: fingerprints of such changes are in records. No team's name makes the other form. */
const measureOf = (measure: Measure) =>
  measure.quorum === undefined ? measure.threshold : { of: "present", ...measure };

/** What stands on both sides in another order. */
function order<T>(
  path: string,
  before: readonly T[],
  after: readonly T[],
  name: (one: T) => string,
): readonly Draft[] {
  const [was, is] = [before.map(name), after.map(name)];
  return difference(
    `${path} (order)`,
    was.filter((each) => is.includes(each)),
    is.filter((each) => was.includes(each)),
  );
}

/** Field by field, down to what is no record of fields: a threshold with or without a quorum, a list of routes, a number. */
const entries = (prefix: string, before: object, after: object): readonly Draft[] => {
  const left = new Map<string, unknown>(Object.entries(before));
  const right = new Map<string, unknown>(Object.entries(after));
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.flatMap((name) => {
    const [was, is] = [left.get(name) ?? null, right.get(name) ?? null];
    return isRecord(was) && isRecord(is)
      ? entries(`${prefix}${name}.`, was, is)
      : difference(`${prefix}${name}`, was, is);
  });
};

const isRecord = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !("numerator" in value) &&
  !("of" in value && value.of === "present");

const difference = (path: string, before: unknown, after: unknown): readonly Draft[] =>
  equal(before, after)
    ? []
    : [{ key: "rules", kind: "rules", path, before: JSON.stringify(before), after: JSON.stringify(after) }];

/** A fingerprint of a whole config: the same whatever its comments and its layout are. Order counts, as in what the fingerprint was given to. */
export const rulesFingerprint = onceFor((rules: Rules): string => fingerprint("rules", rules));

/** Do both configs say the same, however each is written (amend.preview)? Names of accounts in other letters, and members in another order, do. */
export function sameMeaning(a: Rules, b: Rules): boolean {
  if (a === b) return true;
  const before = meant(a).get(b);
  if (before !== undefined) return before;
  const same = differences(a, b, new Map()).length === 0 && differences(b, a, new Map()).length === 0;
  meant(a).set(b, same);
  return same;
}

/** Each reconcile asks it of the same configs again. */
const meant = onceFor((_: Rules) => new WeakMap<Rules, boolean>());

/** The fingerprint this change had in records of version 1, which knew nothing of what comes with a new member or a new lead. */
export function formerFingerprintOf({ fingerprint: _, ...draft }: Change): string {
  if (draft.kind === "add_member") {
    const { details: _, ...added } = draft;
    return formerFingerprint(formerCanonical(added));
  }
  if (draft.kind === "lead") {
    const { date: _, ...made } = draft;
    return formerFingerprint(formerCanonical(made));
  }
  return formerFingerprint(formerCanonical(draft));
}
