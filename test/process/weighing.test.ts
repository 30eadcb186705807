import { describe, expect, it } from "vitest";
import { newestOf, quietSince } from "../../src/domain/amendment/absence.js";
import { differences, formerFingerprintOf } from "../../src/domain/amendment/differences.js";
import { lockouts } from "../../src/domain/amendment/lockout.js";
import { changedNothing } from "../../src/domain/amendment/meaning.js";
import { mergedAsVoted } from "../../src/domain/amendment/period.js";
import { preview } from "../../src/domain/amendment/preview.js";
import { nextConfidence } from "../../src/domain/amendment/refusals.js";
import { needsOf, routesFor } from "../../src/domain/amendment/weigh.js";
import { decide } from "../../src/domain/decide.js";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { adding, amendment, leading, minimum, removing, threshold } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { proposed, SCT } from "../support/world.js";

const SCT_NEED = { team: "spec-core-team", threshold: { numerator: 3, denominator: 4 } };

describe("what each change is weighed by", () => {
  const base = MATRIX;
  const changesTo = (change: (rules: Rules) => Rules, from = base) =>
    differences(from, change(from), new Map());
  const editing = (slug: string, login: string, since: string) => (from: Rules) => ({
    ...from,
    teams: from.teams.map((team) => ({
      ...team,
      members: team.members.map((one) =>
        team.slug === slug && one.login === login ? { ...one, since } : one,
      ),
    })),
  });

  it("amend.guardian: a detail of a Guardian's is decided as the Guardians are elected, a member's as details are", () => {
    const routes = (slug: string) =>
      changesTo(editing(slug, "ara4n", "2019-01-01")).map((change) => routesFor(change, base));
    const elected = [[{ ...SCT_NEED, team: "guardians" }], [SCT_NEED]];
    const own = { ...base, amendments: { ...base.amendments, add_guardian: elected } };
    const guardians = changesTo(editing("guardians", "ara4n", "2019-01-01"), own);
    expect(guardians.map((change) => routesFor(change, own))).toEqual([elected]);
    const removed = changesTo(removing("AmandineLP", "guardians"), own);
    expect(removed.map((change) => routesFor(change, own))).toEqual([base.amendments.remove_guardian]);
    expect(routes("spec-core-team")).toEqual([base.amendments.details]);
  });

  it("amend.guardian: the Guardians who decide about their own are in nobody's place, and state no reason", () => {
    const w = amendment(removing("AmandineLP", "guardians"));
    w.statesWhy = false;
    expect(w.reconcile().amendment?.changes[0]?.routes[0]).toMatchObject({ lacksReason: false });
    const other = amendment(removing("dbkr"));
    other.statesWhy = false;
    expect(other.reconcile().amendment?.changes[0]?.routes.map(({ lacksReason }) => lacksReason)).toEqual([
      ...[false, true],
    ]);
  });

  it("ballot.team: a team that an amendment would need, and that is not there, has no say", () => {
    const ghost = { ...SCT_NEED, team: "ghosts" };
    const own = { ...base, amendments: { ...base.amendments, details: [[ghost, SCT_NEED]] } };
    const changes = changesTo(editing("spec-core-team", "dbkr", "2019-01-01"), own);
    expect(needsOf(changes, own)).toEqual([SCT_NEED]);
  });

  it("amend.rules: a decision or a team that comes in changes the order of none", () => {
    const added = { name: "one more", match: { labels: ["x"], paths: [] }, approval: [SCT_NEED] };
    const paths = (change: (rules: Rules) => Rules) =>
      changesTo(change).map((one) => (one.kind === "rules" ? one.path : one.kind));
    expect(paths((from) => ({ ...from, decisions: [added, ...from.decisions] }))).toEqual([
      "decisions.one more",
    ]);
    expect(paths((from) => ({ ...from, decisions: [...from.decisions].reverse() }))).toEqual([
      "decisions (order)",
    ]);
  });

  it("memory.kept: what a record of before called a change knew nothing of what comes with a new member", () => {
    const joins = (details: boolean) =>
      changesTo((from) => {
        const joined = adding("clokep", 210)(from);
        return details ? editing("spec-core-team", "clokep", "2026-01-01")(joined) : joined;
      });
    const [plain, detailed] = [joins(false), joins(true)].map((changes) => changes.map(formerFingerprintOf));
    expect(joins(true)[0]).toHaveProperty("details");
    expect(detailed).toEqual(plain);
    const leads = (date: string | null) => changesTo(leading("dbkr", date)).map(formerFingerprintOf);
    expect(leads("2026-01-01")).toEqual(leads(null));
    expect(leads(null)).not.toEqual(plain);
  });

  it("amend.preview: a team below its minimum locks out where the amendment made it so, and a lead who is no member", () => {
    const short: Rules = minimum(9)(base);
    const codes = (head: Rules, change: (rules: Rules) => Rules) =>
      lockouts(head, changesTo(change)).map(({ code }) => code);
    expect(codes(short, minimum(9))).toEqual(["below_minimum"]);
    expect(codes(short, removing("dbkr"))).toEqual(["below_minimum"]);
    expect(codes(short, removing("AmandineLP", "guardians"))).toEqual([]);
    expect(codes(short, threshold(1, 2))).toEqual([]);
    expect(codes(base, removing("dbkr"))).toEqual([]);
    const led = base.teams.map((team) => ({ ...team, lead: { login: "mallory", id: 666 } }));
    expect(codes({ ...base, teams: led }, threshold(1, 2))).toEqual([
      "lead_not_a_member",
      "lead_not_a_member",
    ]);
  });

  it("amend.preview: without a second board nothing about it needs a route; everything else does", () => {
    const none = { ...base, guardians: null };
    const without = (key: keyof Rules["amendments"], from: Rules) =>
      lockouts({ ...from, amendments: { ...from.amendments, [key]: [] } }, []);
    for (const key of ["add_guardian", "remove_guardian"] as const) {
      expect(without(key, none)).toEqual([]);
      expect(without(key, base)).toEqual([{ code: "no_route", change: key }]);
    }
    expect(without("rules", none)).toEqual([{ code: "no_route", change: "rules" }]);
  });

  it("amend.preview: merged, it changed nothing where that was seen of the very head", () => {
    const seen = { head: "h", base: "b", makes: "b", fingerprints: [], since: [], own: [], judgedBy: null };
    const changed = (more: object, head = "h") =>
      changedNothing({ ...emptyRegister, lastSeen: { ...seen, passed: false, record: null, ...more } }, head);
    expect([
      changed({}),
      changed({}, "other"),
      changed({ makes: "m" }),
      changed({ base: "", makes: "" }),
    ]).toEqual([...[true, false, false, false]]);
    expect(changedNothing(emptyRegister, "h")).toBe(false);
  });

  it("amend.rules: merged as it was voted for, it is adopted; another head, or what did not pass, is not", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    w.reconcile();
    w.merge("richvdh");
    const { register } = w.reconcile();
    const { motion, lastSeen } = register;
    if (motion === null || lastSeen === undefined) throw new Error("it was seen");
    const merged = { ...motion, end: { kind: "merged_undecided", at: 5 } as const };
    const kind = (passed: boolean, head: string, landed = true) =>
      mergedAsVoted(
        { ...register, motion: merged, lastSeen: { ...lastSeen, passed } },
        { landed, head, now: 9 },
      ).motion?.end;
    expect(kind(true, lastSeen.head)).toMatchObject({ kind: "concluded", at: 5 });
    expect(kind(true, "other")?.kind).toBe("merged_undecided");
    expect(kind(false, lastSeen.head)?.kind).toBe("merged_undecided");
    expect(kind(true, lastSeen.head, false)?.kind).toBe("merged_undecided");
  });

  it("amend.lead: the clerk looks again on the first day of confidence that is still to come", () => {
    const dated = (...dates: (string | null)[]) => dates.flatMap((date) => changesTo(leading("dbkr", date)));
    const now = Date.parse("2026-06-01");
    expect(nextConfidence(dated("2026-05-01", "2026-08-01", "2026-07-01", null), now)).toBe(
      Date.parse("2026-07-01"),
    );
    expect(nextConfidence(dated("2026-05-01", null), now)).toBeNull();
  });

  it("amend.preview: an open motion passes where every team has what it needs, not where one has", () => {
    const w = proposed({ labels: ["proposal", "kind:governance"] });
    for (const login of SCT.slice(0, 5)) w.say(login, "@mscbot reviewed");
    const snapshot = w.snapshot();
    const [line] = preview(
      [snapshot],
      MATRIX,
      removing("turt2live")(removing("KitsuneRal")(MATRIX)),
      w.now,
      decide,
    );
    expect(line?.effect).toBe("none");
    expect(line?.after.tallies.map(({ passed }) => passed)).toEqual([true, false]);
  });

  it("absence.eight-weeks: of each person the newest act counts, by id or else by login; and a seat in another team is another seat", () => {
    const act = (login: string, id: number | null, at: number) => ({ person: { login, id }, at });
    expect(
      newestOf([act("A", null, 1), act("b", null, 3), act("a", null, 2), act("c", 7, 4), act("d", 7, 5)]),
    ).toEqual([...[act("d", 7, 5), act("b", null, 3), act("a", null, 2)]]);
    const at = 50;
    const version = {
      ...{ commit: "c", pull: null, mergedHead: null, author: null, by: null, approved: true },
      ...{ at, rules: MATRIX },
    };
    const person = { login: "AmandineLP", id: 109 };
    expect(quietSince({ slug: "guardians" }, person, [], [version])).toBe(at);
    expect(quietSince({ slug: "spec-core-team" }, person, [], [version])).toBeNull();
  });
});
