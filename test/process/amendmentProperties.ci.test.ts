import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "../../src/domain/amendment/differences.js";
import { lockouts } from "../../src/domain/amendment/lockout.js";
import { isMember } from "../../src/domain/model/people.js";
import {
  AMENDMENT_KEYS,
  type AmendmentRoute,
  type Member,
  type Need,
  type Rules,
  type Team,
  teamOf,
} from "../../src/domain/model/rules.js";
import { equal } from "../../src/domain/text/equal.js";
import { AmendmentWorld } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";

/** Twelve people and a stranger: small bodies, in which everything that can go wrong is near. */
const PEOPLE = Array.from({ length: 12 }, (_, at) => ({ login: `p${at}`, id: 700 + at }));
const STRANGER = "stranger";
const SLUGS = ["core", "board"] as const;

const member = (at: number): Member => {
  const { login, id } = PEOPLE[at % PEOPLE.length] ?? { login: "p0", id: 700 };
  return { login, id, since: null, domains: [], away: null };
};

const threshold = fc.constantFrom(
  { numerator: 1, denominator: 100 },
  { numerator: 1, denominator: 2 },
  { numerator: 2, denominator: 3 },
  { numerator: 3, denominator: 4 },
  { numerator: 1, denominator: 1 },
);
const need = (slugs: readonly string[]): fc.Arbitrary<Need> =>
  fc.record({ team: fc.constantFrom(...slugs), threshold });
const route = (slugs: readonly string[]): fc.Arbitrary<AmendmentRoute> =>
  fc.uniqueArray(need(slugs), { minLength: 1, maxLength: 2, selector: ({ team }) => team });

const team = (slug: string): fc.Arbitrary<Team> =>
  fc
    .record({
      seats: fc.uniqueArray(fc.nat(PEOPLE.length - 1), { minLength: 1, maxLength: 5 }),
      minimumMembers: fc.integer({ min: 1, max: 3 }),
      led: fc.boolean(),
    })
    .map(({ seats, minimumMembers, led }) => {
      const members = seats.map(member);
      const [first] = members;
      return {
        slug,
        title: slug,
        lead: led && first !== undefined ? { login: first.login, id: first.id } : null,
        leadConfirmed: null,
        minimumMembers: Math.min(minimumMembers, members.length),
        members,
      };
    });

const routesOf = (routes: fc.Arbitrary<readonly AmendmentRoute[]>) => ({
  add_member: routes,
  remove_member: routes,
  lead: routes,
  remove_lead: routes,
  confirm_lead: routes,
  add_guardian: routes,
  remove_guardian: routes,
  details: routes,
  rules: routes,
});

/** A constitution somebody could begin with: with or without a second board, with any routes to change it. */
const constitution: fc.Arbitrary<Rules> = fc
  .boolean()
  .chain((second) => {
    const slugs = second ? SLUGS : SLUGS.slice(0, 1);
    return fc.record({
      teams: fc.tuple(...slugs.map(team)),
      amendments: fc.record(routesOf(fc.array(route(slugs), { minLength: 1, maxLength: 2 }))),
      approval: route(slugs),
      guardians: fc.constant(second ? "board" : null),
    });
  })
  .map(({ approval, ...rest }) => ({
    ...MATRIX,
    ...rest,
    decisions: [{ name: "change", match: { labels: [], paths: [] }, approval }],
  }))
  .filter((rules) => lockouts(rules, []).length === 0);

type Edit = (rules: Rules) => Rules;

const onTeam =
  (at: number, change: (team: Team) => Team): Edit =>
  (rules) => {
    const slug = rules.teams[at % rules.teams.length]?.slug;
    return { ...rules, teams: rules.teams.map((each) => (each.slug === slug ? change(each) : each)) };
  };

/** Everything somebody may try, clever or not. */
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .tuple(fc.nat(1), fc.nat(11))
    .map(([at, who]) =>
      onTeam(at, (each) =>
        each.members.some(({ id }) => id === member(who).id)
          ? each
          : { ...each, members: [...each.members, member(who)] },
      ),
    ),
  fc.tuple(fc.nat(1), fc.nat(4)).map(([at, seat]) =>
    onTeam(at, (each) => {
      const gone = each.members[seat % Math.max(1, each.members.length)];
      return {
        ...each,
        members: each.members.filter((one) => one !== gone),
        lead: gone !== undefined && each.lead !== null && isMember(gone, each.lead) ? null : each.lead,
      };
    }),
  ),
  fc
    .tuple(fc.nat(1), fc.integer({ min: 1, max: 6 }))
    .map(([at, minimumMembers]) => onTeam(at, (each) => ({ ...each, minimumMembers }))),
  fc.tuple(fc.nat(1), fc.nat(12)).map(([at, who]) =>
    onTeam(at, (each) => ({
      ...each,
      lead: who === 12 ? null : { login: member(who).login, id: member(who).id },
    })),
  ),
  fc.tuple(fc.constantFrom(...AMENDMENT_KEYS), fc.array(route(SLUGS), { maxLength: 2 })).map(
    ([key, routes]): Edit =>
      (rules) => ({ ...rules, amendments: { ...rules.amendments, [key]: routes } }),
  ),
  route(SLUGS).map(
    (approval): Edit =>
      (rules) => ({ ...rules, decisions: rules.decisions.map((decision) => ({ ...decision, approval })) }),
  ),
  fc.nat(1).map(
    (at): Edit =>
      (rules) => ({ ...rules, teams: rules.teams.filter((_, index) => index !== at) }),
  ),
  fc.constantFrom<string | null>("board", "core", null).map(
    (guardians): Edit =>
      (rules) => ({
        ...rules,
        guardians: guardians !== null && teamOf(rules, guardians) === undefined ? null : guardians,
      }),
  ),
  fc.constant<Edit>((rules) => ({ ...rules, finalCommentPeriod: rules.finalCommentPeriod + 60_000 })),
);

interface Attempt {
  readonly edits: readonly Edit[];
  /** 12: the stranger. */
  readonly author: number;
  /** Bit by bit: who votes for it, with every hat they have. */
  readonly voters: number;
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
  author: fc.nat(12),
  // Mostly everybody, so that something passes.
  voters: fc.oneof({ weight: 3, arbitrary: fc.constant(0xfff) }, { weight: 2, arbitrary: fc.nat(0xfff) }),
});

const changed = ({ edits }: Pick<Attempt, "edits">, rules: Rules): Rules =>
  edits.reduce((so, each) => each(so), rules);

/** One amendment from its opening to its last chance; the world as it stands then. */
function tried(rules: Rules, { edits, author, voters }: Attempt): AmendmentWorld {
  const w = new AmendmentWorld((now) => changed({ edits }, now), {
    rules,
    author: author === 12 ? STRANGER : member(author).login,
  });
  for (const { login, id } of PEOPLE) w.ids.set(login, id);
  w.reconcile();
  for (const [at, { login }] of PEOPLE.entries()) {
    if ((voters & (1 << at)) === 0) continue;
    w.say(login, "@mscbot propose");
    for (const slug of SLUGS) w.say(login, `@mscbot reviewed as ${slug}`);
  }
  w.reconcile();
  w.wait(rules.finalCommentPeriod + 60_000);
  w.reconcile();
  return w;
}

const passes = (rules: Rules, what: Attempt): boolean => tried(rules, what).decide().check === "success";

const everybody = { author: 12, voters: 0xfff } as const;
/** With everybody in favour: can the rules be changed, or at least somebody be seated, which a team below its minimum needs first? */
function canBeAmended(rules: Rules): boolean {
  const later: Edit = (now) => ({ ...now, finalCommentPeriod: now.finalCommentPeriod + 60_000 });
  if (passes(rules, { ...everybody, edits: [later] })) return true;
  return rules.teams.some(({ members }, at) => {
    const free = PEOPLE.findIndex(({ id }) => !members.some((one) => one.id === id));
    const added = member(free);
    return (
      free >= 0 &&
      passes(rules, {
        ...everybody,
        edits: [onTeam(at, (each) => ({ ...each, members: [...each.members, added] }))],
      })
    );
  });
}

/** Counted by hand and by the rules before the amendment alone: did this change have what it needed? */
function hadItsNeed(base: Rules, head: Rules, { author, voters }: Attempt): readonly string[] {
  const said = (one: Member) => {
    const at = PEOPLE.findIndex(({ id }) => id === one.id);
    return (at >= 0 && (voters & (1 << at)) !== 0) || (author < 12 && member(author).id === one.id);
  };
  return differences(base, head, new Map()).flatMap((change) => {
    if (change.kind === "remove_member" && author < 12 && change.member.id === member(author).id) return [];
    const second = change.key === "details" && "team" in change && change.team === base.guardians;
    const routes = second ? base.amendments.add_guardian : base.amendments[change.key];
    const met = routes.some((way) =>
      way.every(({ team: slug, threshold: { numerator, denominator } }) => {
        const seats = (teamOf(base, slug)?.members ?? []).filter(
          (one) =>
            change.key !== "remove_guardian" ||
            change.kind !== "remove_member" ||
            slug !== change.team ||
            one.id !== change.member.id,
        );
        const yes = seats.filter(said).length;
        return seats.length > 0 && yes * denominator >= numerator * seats.length;
      }),
    );
    return met ? [] : [change.kind];
  });
}

/** The same whatever order teams and members are written in: nothing follows from it. */
const unordered = (rules: Rules): Rules => ({
  ...rules,
  teams: [...rules.teams]
    .sort((a, b) => (a.slug < b.slug ? -1 : 1))
    .map((each) => ({ ...each, members: [...each.members].sort((a, b) => (a.id ?? 0) - (b.id ?? 0)) })),
});

describe("any constitution, and anything that is tried on it", () => {
  it("amend.rules: every difference is named, and nothing that is none", () => {
    const known = new Map(PEOPLE.map(({ login, id }) => [login, id]));
    fc.assert(
      fc.property(constitution, fc.array(edit, { maxLength: 5 }), (base, edits) => {
        const head = changed({ edits }, base);
        const same = equal(unordered(base), unordered(head));
        // A lead who leaves the team stops being lead without a word more.
        expect(differences(base, head, known).length === 0).toBe(same);
        expect(new Set(differences(base, head, known).map(({ fingerprint: print }) => print)).size).toBe(
          differences(base, head, known).length,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("amend.preview: no accepted sequence of amendments reaches a state from which no amendment can pass", () => {
    let accepted = 0;
    fc.assert(
      fc.property(constitution, fc.array(attempt, { minLength: 1, maxLength: 6 }), (start, attempts) => {
        let rules = start;
        for (const each of attempts) {
          if (!passes(rules, each)) continue;
          accepted += 1;
          rules = changed(each, rules);
          expect(canBeAmended(rules)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
    // Or nothing was shown.
    expect(accepted).toBeGreaterThan(20);
  });

  it("amend.rules: none lowers its own requirement in the act of passing", () => {
    let accepted = 0;
    fc.assert(
      fc.property(constitution, fc.array(attempt, { minLength: 1, maxLength: 4 }), (start, attempts) => {
        let rules = start;
        for (const each of attempts) {
          if (!passes(rules, each)) continue;
          accepted += 1;
          const after = changed(each, rules);
          expect(hadItsNeed(rules, after, each)).toEqual([]);
          rules = after;
        }
      }),
      { numRuns: 100 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});
