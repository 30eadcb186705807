import { describe, expect, it } from "vitest";
import { differences } from "../../src/domain/amendment/differences.js";
import { approvedStep } from "../../src/domain/amendment/history.js";
import { decide } from "../../src/domain/decide.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY, HOUR, MINUTE } from "../../src/domain/text/time.js";
import {
  type AmendmentWorld,
  adding,
  amendment,
  confirming,
  leading,
  minimum,
  removing,
  threshold,
} from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { proposed, SCT, type WorldOptions, world } from "../support/world.js";

const both =
  (...changes: ((rules: Rules) => Rules)[]) =>
  (rules: Rules) =>
    changes.reduce((so, change) => change(so), rules);

/** Its author, a member, stands behind it once the clerk has seen it. */
function ownProposal(
  change: (rules: Rules) => Rules,
  options: WorldOptions & { author: string },
): AmendmentWorld {
  const w = amendment(change, options);
  w.reconcile();
  w.say(options.author, "@mscbot propose");
  w.reconcile();
  return w;
}

/** Its author stands behind it, and these say yes by command, one after the other; what the check shows after the last. */
function approvedBy(w: AmendmentWorld, ...logins: readonly string[]) {
  if (w.reconcile().register.motion === null) w.say(w.pull.author?.login ?? "", "@mscbot propose");
  for (const login of logins) w.say(login, "@mscbot reviewed");
  return w.reconcile();
}

describe("amend.add", () => {
  it("amend.add: a ninth member is added on the eighth of eight approvals and not on the seventh", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    const others = SCT.filter((login) => login !== "richvdh");
    expect(approvedBy(w, ...others.slice(0, 6)).check).toBe("in_progress");
    w.say(others[6] ?? "", "@mscbot reviewed");
    const decision = w.reconcile();
    expect(decision.check).toBe("success");
    expect(decision.reason).toEqual({ code: "amendment_passed" });
    expect(decision.phase).toBe("proposed");
  });

  it("amend.add: what else is pushed to the default branch since is no news, and the record of the votes stays as it was", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    const passed = approvedBy(w, ...SCT.filter((login) => login !== "richvdh"));
    expect(passed.reason).toEqual({ code: "amendment_passed" });
    const later = (rules: Rules) => decide({ ...w.snapshot(), rosterCommit: "d".repeat(40) }, rules, w.now);
    expect(later(w.rules).register).toEqual(passed.register);
    w.say("dbkr", "@mscbot reviewed");
    const again = later(w.rules).register;
    expect(again.lastSeen?.record?.rosterCommit).toBe("d".repeat(40));
  });

  it("amend.add: membership has to be proposed by a member; an outsider's wish waits for one to stand behind it", () => {
    const w = amendment(adding("clokep", 210), { author: "clokep" });
    w.ids.set("clokep", 210);
    expect(w.reconcile().reason).toEqual({ code: "amendment_unproposed" });
    w.say("clokep", "@mscbot propose");
    expect(w.reconcile().reason).toEqual({ code: "amendment_unproposed" });
    w.say("dbkr", "@mscbot propose");
    expect(w.reconcile().reason).toMatchObject({ code: "amendment_waits" });
  });

  it("amend.add: who adds themself and approves is no member and has no vote", () => {
    const w = amendment(adding("mallory", 666), { author: "mallory" });
    w.ids.set("mallory", 666);
    w.reconcile();
    w.say("mallory", "@mscbot propose\n@mscbot reviewed");
    const decision = w.reconcile();
    expect(decision.check).toBe("in_progress");
    expect(decision.amendment?.changes[0]?.routes[0]?.tallies[0]?.yes).toBe(0);
  });
});

describe("what was decided", () => {
  it("amend.add: merged as it was voted, its decision record keeps the votes", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    approvedBy(w, ...SCT.filter((login) => login !== "richvdh"));
    w.merge("richvdh");
    // From now on the config on the default branch is what the PR made of it: there is no difference left to weigh.
    w.rules = adding("clokep", 210)(w.rules);
    const end = w.reconcile().register.motion?.end;
    expect(end?.kind).toBe("concluded");
    const votes = end?.kind === "concluded" ? (end.record?.tallies[0]?.votes ?? []) : [];
    expect(votes.filter(({ choice }) => choice === "yes")).toHaveLength(8);
  });
});

describe("amend.appoint", () => {
  const board = (rules: Rules): Rules => ({
    ...rules,
    teams: rules.teams.map((team) =>
      team.slug === "guardians"
        ? {
            ...team,
            members: [
              ...team.members,
              ...["g3", "g4"].map((login, at) => ({
                login,
                id: 310 + at,
                since: null,
                domains: [],
                away: null,
              })),
            ],
          }
        : team,
    ),
  });

  it("amend.appoint: three of four Guardians appoint a member, stating why", () => {
    const rules = board(MATRIX);
    const w = ownProposal(adding("clokep", 210), { author: "AmandineLP", rules });
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(w.reconcile().check).toBe("in_progress");
    w.say("g3", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.appoint: without a reason the Guardians' route stays closed", () => {
    const w = ownProposal(adding("clokep", 210), { author: "AmandineLP", rules: board(MATRIX) });
    w.statesWhy = false;
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.say("g3", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("in_progress");
  });

  it("amend.appoint: a person on both boards votes once per hat", () => {
    const w = ownProposal(adding("clokep", 210), { author: "AmandineLP", rules: board(MATRIX) });
    w.say("ara4n", "@mscbot reviewed");
    const [sct, guardians] = (w.reconcile().amendment?.changes[0]?.routes ?? []).map(
      (route) => route.tallies[0]?.yes,
    );
    expect([sct, guardians]).toEqual([1, 1]);
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(w.reconcile().amendment?.changes[0]?.routes.map((route) => route.tallies[0]?.yes)).toEqual([1, 2]);
  });
});

describe("amend.remove", () => {
  it("amend.remove: six of eight remove a member, the member in question counted in the eight", () => {
    const w = amendment(removing("KitsuneRal"), { author: "richvdh" });
    expect(approvedBy(w, "ara4n", "erikjohnston", "dbkr", "uhoreg").check).toBe("in_progress");
    w.say("turt2live", "@mscbot reviewed");
    const decision = w.reconcile();
    expect(decision.check).toBe("success");
    expect(decision.amendment?.changes[0]?.routes[0]?.tallies[0]).toMatchObject({
      yes: 6,
      needed: 6,
      size: 8,
    });
  });

  it("amend.remove: the member in question has a vote in it", () => {
    const w = amendment(removing("KitsuneRal"), { author: "richvdh" });
    expect(approvedBy(w, "ara4n", "erikjohnston", "dbkr", "uhoreg", "KitsuneRal").check).toBe("success");
  });

  it("amend.remove: a member who was removed votes no more", () => {
    const w = proposed({ rules: removing("KitsuneRal")(MATRIX) });
    w.say("KitsuneRal", "@mscbot reviewed");
    expect(w.reconcile().tallies[0]).toMatchObject({ yes: 1, size: 7 });
  });
});

describe("amend.resign", () => {
  it("amend.resign: a member's own PR that takes them off needs no vote, and their own word", () => {
    const w = amendment(removing("KitsuneRal"), { author: "KitsuneRal" });
    const before = w.reconcile();
    expect(before).toMatchObject({ check: "in_progress", reason: { code: "amendment_unproposed" } });
    expect(before.amendment?.changes[0]).toMatchObject({ resignation: false, passed: false });
    expect(w.check?.summary).toContain(
      "KitsuneRal has to say `@mscbot propose` here to leave by their own word: nobody’s branch speaks for them.",
    );
    w.say("KitsuneRal", "@mscbot propose");
    const decision = w.reconcile();
    expect(decision.check).toBe("success");
    expect(decision.amendment?.changes[0]).toMatchObject({ resignation: true, unsaid: null });
    expect(w.check?.summary).not.toContain("nobody’s branch");
  });

  it("amend.resign: a lead who leaves stops being lead, without a vote on the lead", () => {
    const changes = differences(MATRIX, removing("ara4n")(MATRIX), new Map());
    expect(changes.map((change) => change.kind)).toEqual(["remove_member"]);
    expect(ownProposal(removing("ara4n"), { author: "ara4n" }).reconcile().check).toBe("success");
  });

  it("amend.resign: nobody's concern keeps a member who resigns", () => {
    const w = ownProposal(removing("KitsuneRal"), { author: "KitsuneRal" });
    w.say("dbkr", "@mscbot concern please stay");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.resign: a resignation that takes somebody else along is voted on", () => {
    const w = ownProposal(both(removing("KitsuneRal"), removing("dbkr")), { author: "KitsuneRal" });
    const decision = w.reconcile();
    expect(decision.check).toBe("in_progress");
    expect(decision.amendment?.changes.map(({ resignation, passed }) => [resignation, passed])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it("amend.resign: people may resign below the minimum of the team", () => {
    const w = ownProposal(removing("KitsuneRal"), { author: "KitsuneRal", rules: minimum(8)(MATRIX) });
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.resign: a Guardian resigns by their own word alike", () => {
    const w = amendment(removing("AmandineLP", "guardians"), { author: "AmandineLP" });
    expect(w.reconcile().check).toBe("in_progress");
    w.say("AmandineLP", "@mscbot propose");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.resign: a member whose team has no say in who sits there may still leave", () => {
    const guardiansOnly = [{ team: "guardians", threshold: { numerator: 3, denominator: 4 } }];
    const rules: Rules = {
      ...MATRIX,
      amendments: { ...MATRIX.amendments, remove_member: [guardiansOnly] },
    };
    const w = ownProposal(removing("KitsuneRal"), { author: "KitsuneRal", rules });
    expect(w.reconcile().check).toBe("success");
    w.say("KitsuneRal", "@mscbot retract");
    expect(w.reconcile().check).toBe("in_progress");
  });
});

describe("amend.lead", () => {
  it("amend.lead: a new lead needs 75% of the team", () => {
    const w = amendment(leading("richvdh"), { author: "richvdh" });
    expect(approvedBy(w, "ara4n", "erikjohnston", "dbkr", "uhoreg").check).toBe("in_progress");
    w.say("turt2live", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.lead: removing the lead has no route over the Guardians", () => {
    const w = amendment(leading(null), { author: "AmandineLP" });
    w.reconcile();
    w.say("AmandineLP", "@mscbot propose");
    w.say("richvdh", "@mscbot propose");
    expect(w.reconcile().amendment?.changes[0]?.routes).toHaveLength(1);
  });

  it("amend.lead: a lead steps down by their own pull request and their own word, and stays a member", () => {
    const w = amendment(leading(null), { author: "ara4n" });
    expect(w.reconcile().check).toBe("in_progress");
    w.say("ara4n", "@mscbot propose");
    expect(w.reconcile()).toMatchObject({
      check: "success",
      amendment: { changes: [{ change: { kind: "remove_lead" }, resignation: true }] },
    });
    const another = ownProposal(leading(null), { author: "richvdh" });
    another.say("ara4n", "@mscbot reviewed");
    expect(another.reconcile()).toMatchObject({
      check: "in_progress",
      amendment: { changes: [{ resignation: false }] },
    });
  });
});

describe("amend.lead-confidence", () => {
  it("amend.lead-confidence: renewing the date needs 75% of the team, and the date is never after its vote", () => {
    const w = amendment(confirming("2026-03-01"), { author: "richvdh" });
    expect(approvedBy(w, "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live").check).toBe("success");
    const later = amendment(confirming("2026-03-04"), { author: "richvdh" });
    expect(approvedBy(later, "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live").check).toBe("failure");
    later.wait(2 * DAY);
    expect(later.reconcile().check).toBe("success");
  });

  it("amend.lead-confidence: a date of tomorrow waits for tomorrow, and the clerk looks again then", () => {
    const w = amendment(confirming("2026-03-03"), { author: "richvdh" });
    const early = approvedBy(w, "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live");
    expect(early.check).toBe("failure");
    expect(early.nextCheckAt).toBe(Date.UTC(2026, 2, 3));
    w.now = Date.UTC(2026, 2, 3);
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.lead-confidence: taking the date away is a change of the rules", () => {
    const dated = confirming("2026-03-01")(MATRIX);
    expect(differences(dated, leading("ara4n")(dated), new Map()).map((change) => change.key)).toEqual([
      "rules",
    ]);
  });
});

describe("amend.guardian", () => {
  it("amend.guardian: removing one is decided by the other Guardians alone", () => {
    const w = ownProposal(removing("AmandineLP", "guardians"), { author: "ara4n" });
    const decision = w.reconcile();
    expect(decision.amendment?.changes[0]?.routes[0]?.tallies[0]).toMatchObject({ size: 1, needed: 1 });
    expect(decision.check).toBe("success");
    const self = amendment(removing("ara4n", "guardians"), { author: "richvdh" });
    self.reconcile();
    self.say("ara4n", "@mscbot propose");
    expect(self.reconcile().check).toBe("in_progress");
  });

  it("amend.guardian: adding one needs 75% of the Guardians", () => {
    const w = ownProposal(adding("jon", 410, "guardians"), { author: "AmandineLP" });
    expect(w.reconcile().check).toBe("in_progress");
    w.say("ara4n", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
  });
});

describe("amend.rules", () => {
  const everyone = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];

  it("amend.rules: lowering the threshold from 75% to 50% needs both boards at 75% and a Final Comment Period", () => {
    const w = amendment(threshold(1, 2), { author: "richvdh" });
    expect(approvedBy(w, ...everyone).phase).toBe("proposed");
    w.say("AmandineLP", "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("proposed");
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(w.reconcile()).toMatchObject({ phase: "fcp", check: "in_progress" });
    w.wait(5 * DAY);
    expect(w.reconcile()).toMatchObject({ phase: "concluded", check: "success" });
  });

  it("amend.rules: a push that changes another thing during the Final Comment Period ends it", () => {
    const w = amendment(threshold(1, 2), { author: "richvdh" });
    approvedBy(w, ...everyone, "AmandineLP");
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.reconcile();
    w.amend(threshold(1, 100), "b".repeat(40));
    expect(w.reconcile().phase).toBe("proposed");
    w.wait(6 * DAY);
    expect(w.reconcile().check).toBe("in_progress");
  });

  it("amend.rules: whatever differs and has no rule of its own is a change of the rules", () => {
    const changed: readonly ((rules: Rules) => Rules)[] = [
      (rules) => ({ ...rules, finalCommentPeriod: DAY }),
      (rules) => ({ ...rules, mentions: ["other"] }),
      (rules) => ({ ...rules, labels: { ...rules.labels, fcp: "last-call" } }),
      (rules) => ({ ...rules, guardians: null }),
      (rules) => ({
        ...rules,
        amendments: { ...rules.amendments, add_member: rules.amendments.remove_member },
      }),
      (rules) => ({ ...rules, teams: rules.teams.slice(0, 1) }),
      minimum(1),
    ];
    for (const change of changed) {
      const keys = differences(MATRIX, change(MATRIX), new Map()).map(({ key }) => key);
      expect(new Set(keys)).toEqual(new Set(["rules"]));
    }
  });

  it("amend.rules: reordering the roster is no change", () => {
    const shuffled = {
      ...MATRIX,
      teams: MATRIX.teams.map((team) => ({ ...team, members: [...team.members].reverse() })),
    };
    expect(differences(MATRIX, shuffled, new Map())).toEqual([]);
    expect(amendment(() => shuffled, { author: "richvdh" }).reconcile()).toMatchObject({
      check: "neutral",
      reason: { code: "changes_nothing" },
    });
  });

  it("amend.rules: a member's domains in another order are no change, one more of them is", () => {
    const knowing = (...domains: readonly string[]): Rules => ({
      ...MATRIX,
      teams: MATRIX.teams.map((team) => ({
        ...team,
        members: team.members.map((member) => (member.login === "dbkr" ? { ...member, domains } : member)),
      })),
    });
    const changes = (after: Rules) => differences(knowing("servers", "clients"), after, new Map());
    expect(changes(knowing("clients", "servers"))).toEqual([]);
    expect(changes(knowing("clients", "crypto", "servers"))).toMatchObject([
      { kind: "details", what: "domains", after: "clients, crypto, servers" },
    ]);
  });

  it("amend.rules: deleting the file, or putting a symbolic link in its place, is refused", () => {
    for (const kind of ["gone", "not_a_file"] as const) {
      const w = amendment((rules) => rules, { author: "richvdh" });
      w.config = { kind };
      expect(w.reconcile()).toMatchObject({ check: "failure", reason: { refusals: [{ code: kind }] } });
    }
  });

  it("amend.rules: an amendment stands alone: the roster is not changed in the same PR as a proposal", () => {
    const files = [
      { path: ".github/msc-clerk.yml", change: "modified" },
      { path: "proposals/1234-thing.md", change: "added" },
    ] as const;
    const w = amendment(adding("clokep", 210), { author: "richvdh", files, labels: ["proposal"] });
    expect(w.reconcile()).toMatchObject({ check: "failure", reason: { refusals: [{ code: "not_alone" }] } });
  });
});

describe("amend.identity", () => {
  it("amend.identity: the same numeric id with another login is a rename; the electorate is the same", () => {
    const renamed = {
      ...MATRIX,
      teams: MATRIX.teams.map((team) => ({
        ...team,
        members: team.members.map((member) => (member.id === 104 ? { ...member, login: "dbkr2" } : member)),
      })),
    };
    expect(differences(MATRIX, renamed, new Map()).map(({ kind }) => kind)).toEqual(["rename"]);
  });

  it("amend.identity: swapping a member's id is a removal and an addition, not a correction", () => {
    const swapped = {
      ...MATRIX,
      teams: MATRIX.teams.map((team) => ({
        ...team,
        members: team.members.map((member) => (member.id === 104 ? { ...member, id: 666 } : member)),
      })),
    };
    expect(differences(MATRIX, swapped, new Map([["dbkr", 104]])).map(({ kind }) => kind)).toEqual([
      "remove_member",
      "add_member",
    ]);
    const w = amendment(() => swapped, { author: "richvdh" });
    w.ids.set("dbkr", 104);
    const decision = approvedBy(w, ...SCT.filter((login) => login !== "richvdh"));
    expect(decision).toMatchObject({
      check: "failure",
      reason: { refusals: [{ code: "wrong_id", actual: 104 }] },
    });
  });

  it("amend.identity: an id that is taken away could hand the seat to the next owner of the login", () => {
    const bare = {
      ...MATRIX,
      teams: MATRIX.teams.map((team) => ({
        ...team,
        members: team.members.map((member) => (member.id === 104 ? { ...member, id: null } : member)),
      })),
    };
    expect(differences(MATRIX, bare, new Map([["dbkr", 104]])).map(({ kind }) => kind)).toEqual([
      "remove_member",
      "add_member",
    ]);
  });

  it("amend.identity: so do the members of a team that is new", () => {
    const team = {
      slug: "third",
      title: "Third",
      lead: null,
      leadConfirmed: null,
      minimumMembers: 1,
      members: [
        { login: "jon", id: null, since: null, domains: [], away: null },
        { login: "dbkr", id: 666, since: null, domains: [], away: null },
      ],
    };
    const w = amendment((rules) => ({ ...rules, teams: [...rules.teams, team] }), { author: "richvdh" });
    w.ids.set("dbkr", 104);
    expect(w.reconcile()).toMatchObject({
      check: "failure",
      reason: {
        refusals: [
          { code: "no_id", actual: null },
          { code: "wrong_id", actual: 104 },
        ],
      },
    });
  });

  it("amend.identity: added members carry an id", () => {
    const w = amendment(adding("clokep", null), { author: "richvdh" });
    w.ids.set("clokep", 40000022);
    expect(w.reconcile()).toMatchObject({
      check: "failure",
      reason: { refusals: [{ code: "no_id", actual: 40000022 }] },
    });
    expect(w.check?.summary).toContain("write id: 40000022");
    expect(w.check?.title).toContain("write id: 40000022");
    w.amend(adding("clokep", 40000022), "b".repeat(40));
    expect(w.reconcile().check).toBe("in_progress");
  });
});

describe("amend.preview", () => {
  it("amend.preview: an amendment that adds four members and un-passes two open motions says so before it is merged", () => {
    const motion = (number: number) => {
      const w = proposed();
      for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
        w.say(login, "@mscbot reviewed");
      // Held, so that it has passed and has not begun.
      w.draft();
      w.reconcile();
      w.pull.number = number;
      w.pull.title = `MSC${number}: A thing`;
      return w.snapshot();
    };
    const four = both(adding("n1", 501), adding("n2", 502), adding("n3", 503), adding("n4", 504));
    const w = amendment(four, { author: "richvdh" });
    w.openMotions = [motion(2001), motion(2002)];
    w.reconcile();
    expect(w.check?.summary).toContain("MSC2001");
    expect(w.check?.summary.match(/would no longer reach its threshold/g)).toHaveLength(2);
  });

  it("amend.preview: it says which open motion would reach its threshold", () => {
    const open = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg"]) open.say(login, "@mscbot reviewed");
    open.reconcile();
    const w = amendment(both(removing("KitsuneRal"), removing("anoadragon453")), { author: "richvdh" });
    w.openMotions = [open.snapshot()];
    w.reconcile();
    expect(w.check?.summary).toContain("would reach its threshold");
  });

  it("amend.preview: an amendment that locks the body out is refused with the reason", () => {
    const w = amendment(minimum(9), { author: "richvdh" });
    expect(w.reconcile()).toMatchObject({
      check: "failure",
      reason: { refusals: [{ code: "lockout", lockout: { code: "below_minimum", size: 8, minimum: 9 } }] },
    });
    const empty = amendment(both(removing("ara4n", "guardians"), removing("AmandineLP", "guardians")), {
      author: "richvdh",
    });
    expect(empty.reconcile()).toMatchObject({ check: "failure" });
  });
});

describe("amend.absent", () => {
  const watched = { ...MATRIX, duties: { ...MATRIX.duties, absence: true } };
  const EIGHT_WEEKS = 56 * DAY;
  const nine: Rules = { ...adding("clokep", 210)(watched) };
  function removal(rules: Rules = nine) {
    const w = ownProposal(removing("KitsuneRal"), { author: "richvdh", rules });
    w.quiet.set("KitsuneRal", w.now - EIGHT_WEEKS - DAY);
    return w;
  }
  const counted = (w: AmendmentWorld) => w.reconcile().amendment?.changes[0]?.routes[0]?.tallies[0];

  it("amend.absent: whoever is absent is counted in no route of their removal", () => {
    const w = removal();
    // 75% of nine are seven, of the eight without the absent one six.
    expect(counted(w)).toMatchObject({ size: 8, needed: 6, yes: 1 });
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg"]) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().check).toBe("in_progress");
    expect(w.check?.summary).toContain("counted without them: not seen since 4 January 2026 (amend.absent)");
    // What they do elsewhere causes no look here.
    expect(w.decide().nextCheckAt).toBe(w.now + HOUR);
    w.say("turt2live", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.absent: one member's proposal and any number of days remove nobody", () => {
    const w = removal();
    for (const days of [14, 15, 365]) {
      w.now += days * DAY;
      expect(w.reconcile().check).toBe("in_progress");
    }
  });

  it("amend.absent: any act of theirs stops that: they are counted again, also when the votes were there", () => {
    const w = removal();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
    w.quiet.set("KitsuneRal", w.now);
    const decision = w.reconcile();
    expect(decision.check).toBe("in_progress");
    expect(decision.amendment?.changes[0]).toMatchObject({ absence: null });
    expect(counted(w)).toMatchObject({ size: 9, needed: 7, yes: 6 });
  });

  it("amend.absent: where it cannot be told nobody is absent, which is said, and all else is decided", () => {
    const w = removal();
    w.untold = true;
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    const decision = w.reconcile();
    expect(decision).toMatchObject({ check: "in_progress", nextCheckAt: w.now + HOUR });
    expect(counted(w)).toMatchObject({ size: 9, needed: 7, yes: 6 });
    expect(w.check?.summary).toContain("them included: it cannot be told now whether they are absent");
    w.say("anoadragon453", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.absent: what could be merged is asked for again within ten minutes", () => {
    const w = removal();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    expect(w.reconcile()).toMatchObject({ check: "success", nextCheckAt: w.now + 10 * MINUTE });
  });

  it.each([
    ["a comment that is no command", (w: AmendmentWorld) => void w.say("KitsuneRal", "I am still here.")],
    ["a vote for it", (w: AmendmentWorld) => void w.say("KitsuneRal", "@mscbot reviewed")],
    ["a review without a word", (w: AmendmentWorld) => void w.review("KitsuneRal", "approved")],
    ["a label", (w: AmendmentWorld) => w.label("KitsuneRal", "client-server")],
    ["a tick", (w: AmendmentWorld) => w.tick("KitsuneRal")],
    ["a concern", (w: AmendmentWorld) => void w.say("KitsuneRal", "@mscbot concern you might have asked")],
    [
      "a comment that is deleted once it was seen",
      (w: AmendmentWorld) => {
        const said = w.say("KitsuneRal", "@mscbot abstain");
        w.reconcile();
        w.remove(said, "dbkr");
      },
    ],
    [
      "an edit of somebody else's words",
      (w: AmendmentWorld) => w.edit(w.say("dbkr", "they left long ago"), "KitsuneRal", "they did not"),
    ],
  ])("amend.absent: on the amendment itself %s is seen at once", (_what, act) => {
    const w = removal();
    expect(counted(w)).toMatchObject({ size: 8 });
    act(w);
    expect(counted(w)).toMatchObject({ size: 9, needed: 7 });
    // Eight weeks later they are absent again.
    w.now += EIGHT_WEEKS + DAY;
    expect(counted(w)).toMatchObject({ size: 8, needed: 6 });
  });

  it("amend.absent: what others do and say of them there is no act of theirs", () => {
    const w = removal();
    w.say("dbkr", "KitsuneRal, are you there?");
    w.say("kitsuneral-bot", "@KitsuneRal is on holiday");
    w.edit(w.say("mallory", "bye"), "mallory", "@mscbot reviewed as KitsuneRal");
    expect(counted(w)).toMatchObject({ size: 8 });
  });

  it("amend.absent: of two absent ones each is counted for the other's removal, as nobody has removed them yet", () => {
    const w = ownProposal(both(removing("KitsuneRal"), removing("dbkr")), { author: "richvdh", rules: nine });
    w.quiet.set("KitsuneRal", 0);
    w.quiet.set("dbkr", null);
    w.reconcile();
    for (const login of ["ara4n", "erikjohnston", "uhoreg", "turt2live"]) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().amendment?.changes.map(({ routes }) => routes[0]?.tallies[0])).toMatchObject([
      { size: 8, needed: 6, yes: 5 },
      { size: 8, needed: 6, yes: 5 },
    ]);
    w.say("anoadragon453", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
  });

  it("amend.absent: in a team that is left below its minimum without them, what is missing is votes", () => {
    const w = removal({ ...minimum(9)(nine) });
    // The removal itself would leave it below that, which is told; the table tells of votes.
    w.reconcile();
    expect(w.check?.summary).toContain("5 of the Spec Core Team");
    expect(w.check?.summary).not.toContain("to have 9 members");
  });

  it("amend.absent: one comment tells one count of it", () => {
    const w = removal();
    w.reconcile();
    const body = w.status()?.body ?? "";
    expect(body).toContain("6 of 8 of the Spec Core Team");
    expect(body).not.toContain("of 9");
  });

  it("amend.absent: eight weeks to the moment are no absence, a moment more is, and the clerk looks then", () => {
    const w = removal();
    w.quiet.set("KitsuneRal", w.now - EIGHT_WEEKS);
    const decision = w.reconcile();
    expect(decision.amendment?.changes[0]?.absence).toBeNull();
    expect(decision.nextCheckAt).toBe(w.now + 1);
    w.now += 1;
    expect(counted(w)).toMatchObject({ size: 8 });
  });

  it("amend.absent: nobody is absent while the duty is off, or who is away by agreement; back from it they are", () => {
    const off = removal(adding("clokep", 210)(MATRIX));
    expect(counted(off)).toMatchObject({ size: 9 });
    const until = off.now + DAY;
    const away = removal({
      ...nine,
      teams: nine.teams.map((team) => ({
        ...team,
        members: team.members.map((member) =>
          member.login === "KitsuneRal" ? { ...member, away: { from: off.now - 60 * DAY, until } } : member,
        ),
      })),
    });
    expect(counted(away)).toMatchObject({ size: 9 });
    expect(away.decide().nextCheckAt).toBe(until + 1);
    away.now = until + 1;
    expect(counted(away)).toMatchObject({ size: 8 });
  });

  it("amend.absent: with the Guardians deciding, an absent Guardian is not counted there either", () => {
    const w = ownProposal(removing("ara4n"), { author: "AmandineLP", rules: watched });
    w.quiet.set("ara4n", null);
    expect(w.reconcile().amendment?.changes[0]?.routes.map(({ tallies }) => tallies[0]?.size)).toEqual([
      7, 1,
    ]);
    expect(w.decide().amendment?.changes[0]?.absence).toEqual({ quietSince: null });
  });

  it("amend.absent: only the removal of the absent one is counted without them", () => {
    const w = ownProposal(both(removing("KitsuneRal"), removing("dbkr")), { author: "richvdh", rules: nine });
    w.quiet.set("KitsuneRal", 0);
    w.quiet.set("dbkr", w.now - DAY);
    const sizes = w.reconcile().amendment?.changes.map(({ routes }) => routes[0]?.tallies[0]?.size);
    expect(sizes).toEqual([9, 8]);
  });

  it("amend.absent: an outsider proposes nobody's removal", () => {
    const w = amendment(removing("KitsuneRal"), { author: "mallory", rules: watched });
    w.quiet.set("KitsuneRal", null);
    w.reconcile();
    w.wait(30 * DAY);
    expect(w.reconcile().reason).toEqual({ code: "amendment_unproposed" });
  });
});

describe("tally.minimum on amendments", () => {
  it("tally.minimum: a team below its minimum changes no rules, and can still seat the members it lacks", () => {
    const small = minimum(9)(MATRIX);
    const others = SCT.filter((login) => login !== "richvdh");
    expect(
      approvedBy(amendment(adding("clokep", 210), { author: "richvdh", rules: small }), ...others).check,
    ).toBe("success");
    const rules = amendment(threshold(1, 2), { author: "richvdh", rules: small });
    approvedBy(rules, ...others, "AmandineLP");
    rules.say("ara4n", "@mscbot reviewed as guardians");
    expect(rules.reconcile().phase).toBe("proposed");
  });
});

describe("an amendment and the default branch", () => {
  it("amend.rules: out of date it shows its own changes, keeps its votes, and cannot pass until it is brought up to date", () => {
    const w = amendment(removing("KitsuneRal"), { author: "richvdh" });
    expect(approvedBy(w, "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live").check).toBe("success");
    // Another amendment lands: the branch does not know of it.
    w.forkedFrom = w.rules;
    w.rules = leading("richvdh")(w.rules);
    w.upToDate = false;
    const old = w.reconcile();
    expect(old).toMatchObject({ check: "failure", reason: { refusals: [{ code: "out_of_date" }] } });
    expect(old.amendment?.changes.map(({ change }) => change.kind)).toEqual(["remove_member"]);
    w.upToDate = true;
    w.forkedFrom = null;
    w.amend(removing("KitsuneRal"), "b".repeat(40));
    expect(w.reconcile().check).toBe("success");
  });
});

describe("an amendment that lands", () => {
  /** Its very config stands on the default branch, and GitHub shows it open. */
  function landed(w: AmendmentWorld) {
    w.forkedFrom = w.rules;
    if (w.config.kind === "valid") w.rules = w.config.rules;
    w.upToDate = false;
  }
  const passing = () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    approvedBy(w, ...SCT.filter((login) => login !== "richvdh"));
    return w;
  };

  it("amend.rules: where the branch shows the merge before the pull request does, what was approved stays approved", () => {
    const w = passing();
    landed(w);
    const between = w.reconcile();
    expect(between).toMatchObject({ check: "success", register: { lastSeen: { passed: true } } });
    w.merge("dbkr");
    const merged = w.reconcile();
    expect(merged.register.motion?.end?.kind).toBe("concluded");
    expect(approvedStep(merged.register, w.pull.head, MATRIX, w.rules)).toBe(true);
  });

  it("amend.rules: who takes back a vote meanwhile takes the approval with it, and what had none gets none", () => {
    const w = passing();
    landed(w);
    w.say("dbkr", "@mscbot retract");
    expect(w.reconcile().register.lastSeen?.passed).toBe(false);
    const without = amendment(adding("clokep", 210), { author: "richvdh" });
    approvedBy(without, "dbkr");
    landed(without);
    expect(without.reconcile()).toMatchObject({
      check: "failure",
      reason: { refusals: [{ code: "out_of_date" }] },
    });
  });
});

describe("labels of amendments", () => {
  it("label.state: a people change carries no label of a Final Comment Period, and none of a proposal", () => {
    const w = amendment(removing("KitsuneRal"), { author: "richvdh" });
    approvedBy(w, "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live");
    expect([...w.labels]).toEqual([]);
    w.say("KitsuneRal", "@mscbot concern this is not about the principles");
    w.reconcile();
    expect([...w.labels]).toEqual(["unresolved-concerns"]);
    w.say("KitsuneRal", "@mscbot resolve C1");
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    expect([...w.labels]).toEqual([]);
    expect(
      w
        .comments("announce")
        .map((one) => one.body)
        .join(),
    ).toContain("amendment is **adopted**");
  });

  it("label.state: a change of the rules carries those of its Final Comment Period, until it is merged", () => {
    const w = ownProposal(threshold(1, 2), { author: "richvdh" });
    expect([...w.labels].sort()).toEqual(["disposition-merge", "proposed-final-comment-period"]);
    approvedBy(w, "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live", "AmandineLP");
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.reconcile();
    expect([...w.labels].sort()).toEqual(["disposition-merge", "final-comment-period"]);
    w.wait(5 * DAY);
    w.reconcile();
    expect([...w.labels]).toEqual(["finished-final-comment-period"]);
    w.merge("richvdh");
    w.reconcile();
    expect([...w.labels]).toEqual([]);
  });
});

describe("what an amendment waits for", () => {
  it("amend.preview: a draft that nobody has proposed waits for its author", () => {
    const w = amendment(adding("clokep", 210), { draft: true });
    expect(w.reconcile().reason).toEqual({ code: "draft" });
  });

  it("amend.rules: with every vote it needs its period is about to begin, until the label is on; held, it is held", () => {
    const ready = () => {
      const w = ownProposal(threshold(1, 2), { author: "richvdh" });
      approvedBy(w, "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live", "AmandineLP");
      w.say("ara4n", "@mscbot reviewed as guardians");
      return w;
    };
    const w = ready();
    expect(w.decide().reason).toEqual({ code: "beginning" });
    w.reconcile();
    expect(w.decide().phase).toBe("fcp");
    const draft = ready();
    draft.draft();
    expect(draft.reconcile().reason).toEqual({ code: "held" });
  });

  it("amend.own-word: merged, what the clerk had seen of it stays on record; taken back while it is open, it goes", () => {
    for (const merged of [true, false]) {
      const w = ownProposal(adding("clokep", 210), { author: "richvdh" });
      if (merged) w.merge("richvdh");
      const snapshot = { ...w.snapshot(), amendment: null };
      expect(snapshot.register?.lastSeen).toBeDefined();
      expect(decide(snapshot, w.rules, w.now).register.lastSeen?.fingerprints).toHaveLength(merged ? 1 : 0);
    }
  });
});

describe("a proposal that also changes the config", () => {
  it("amend.rules: its votes count, nothing begins, and it goes on when the change is taken out", () => {
    const w = proposed();
    const config = { path: ".github/msc-clerk.yml", change: "modified" } as const;
    const alone = w.files;
    const whole = w.snapshot.bind(w);
    const { amendment: facts = null } = amendment(adding("mallory", 666)).snapshot();
    w.files = [...alone, config];
    w.snapshot = () => ({ ...whole(), amendment: w.files.length > 1 ? facts : null });
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    const mixed = w.reconcile();
    expect(mixed).toMatchObject({
      phase: "proposed",
      check: "failure",
      holds: [{ code: "changes_the_rules" }],
    });
    expect(mixed.tallies[0]).toMatchObject({ yes: 6, passed: true });
    w.files = alone;
    expect(w.reconcile().phase).toBe("fcp");
  });
});

describe("ballots on amendments", () => {
  it("reply.always: words about an amendment that the clerk had not seen yet are no vote, and are answered so", () => {
    const w = amendment(adding("clokep", 210), { author: "clokep" });
    w.ids.set("clokep", 210);
    w.say("dbkr", "@mscbot propose");
    const decision = w.reconcile();
    expect(decision.register.motion).toBeNull();
    expect(
      w
        .comments("reply")
        .map((one) => one.body)
        .join(),
    ).toContain("say it again");
    w.say("dbkr", "@mscbot propose");
    expect(w.reconcile().amendment?.changes[0]?.routes[0]?.tallies[0]?.yes).toBe(1);
  });

  it("fcp.latch: the period of a proposal is not one of the amendment it is turned into", () => {
    const w = amendment(threshold(1, 2), { author: "richvdh" });
    const { register } = (() => {
      const p = proposed();
      for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
        p.say(login, "@mscbot reviewed");
      return p.reconcile();
    })();
    expect(register.motion?.fcp?.state).toBe("running");
    const turned = decide({ ...w.snapshot(), register }, w.rules, w.now + 4 * DAY);
    expect(turned.register.motion?.fcp).toBeNull();
    expect(turned.phase).toBe("proposed");
  });

  it("ballot.latest: pushing another change voids the ballots on it; the same change keeps them", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    const others = SCT.filter((login) => login !== "richvdh");
    approvedBy(w, ...others);
    w.amend(adding("clokep", 210), "b".repeat(40));
    expect(w.reconcile().check).toBe("success");
    w.amend(adding("mallory", 666), "c".repeat(40));
    w.ids.set("mallory", 666);
    const decision = w.reconcile();
    expect(decision.check).toBe("in_progress");
    expect(decision.amendment?.changes[0]?.routes[0]?.tallies[0]?.yes).toBe(0);
  });

  it("ballot.review: an approval given on the commit before a push is no vote for what was pushed", () => {
    const w = ownProposal(adding("clokep", 210), { author: "richvdh" });
    w.review("ara4n", "approved");
    w.amend(adding("mallory", 666), "c".repeat(40));
    w.ids.set("mallory", 666);
    expect(w.reconcile().amendment?.changes[0]?.routes[0]?.tallies[0]?.yes).toBe(0);
  });

  it("ballot.command: words said before a push the clerk had not seen are no vote for what was pushed", () => {
    const w = ownProposal(adding("clokep", 210), { author: "richvdh" });
    w.say("ara4n", "@mscbot reviewed");
    w.amend(adding("mallory", 666), "c".repeat(40));
    w.ids.set("mallory", 666);
    expect(w.reconcile().amendment?.changes[0]?.routes[0]?.tallies[0]?.yes).toBe(0);
  });

  it("concern.blocks: an amendment waits while a concern is open", () => {
    const w = amendment(removing("KitsuneRal"), { author: "richvdh" });
    approvedBy(w, "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live");
    w.say("KitsuneRal", "@mscbot concern this is not about the principles");
    expect(w.reconcile().check).toBe("in_progress");
    w.say("KitsuneRal", "@mscbot resolve C1");
    expect(w.reconcile().check).toBe("success");
  });
});

describe("config.lawful", () => {
  const packed = both(adding("n1", 501), adding("n2", 502), adding("n3", 503), adding("n4", 504))(MATRIX);
  const newcomers = ["n1", "n2", "n3", "n4"];

  it("config.lawful: people added by a direct push carry no motion over the line", () => {
    const w = proposed({ rules: packed });
    w.lawfulRules = MATRIX;
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", ...newcomers])
      w.say(login, "@mscbot reviewed");
    const held = w.reconcile();
    expect(held.tallies[0]).toMatchObject({ yes: 9, needed: 9, passed: true });
    expect(held).toMatchObject({
      phase: "proposed",
      holds: [{ code: "unlawful_config" }],
      reason: { code: "held" },
    });
    w.say("turt2live", "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("fcp");
  });

  it("config.lawful: people taken off by a direct push do not lower the line", () => {
    const w = proposed({
      rules: both(removing("anoadragon453"), removing("KitsuneRal"), removing("turt2live"))(MATRIX),
    });
    w.lawfulRules = MATRIX;
    for (const login of ["ara4n", "erikjohnston", "dbkr"]) w.say(login, "@mscbot reviewed");
    expect(w.reconcile()).toMatchObject({ phase: "proposed", holds: [{ code: "unlawful_config" }] });
    w.lawfulRules = null;
    expect(w.reconcile().phase).toBe("fcp");
  });

  it("config.lawful: what a direct push made every proposal need is needed while it stands, and forgotten when it is reverted", () => {
    const board = [{ team: "guardians", threshold: { numerator: 1, denominator: 1 } }] as const;
    const harder = {
      ...MATRIX,
      decisions: MATRIX.decisions.map((each) => ({ ...each, approval: [...each.approval, ...board] })),
    };
    const w = world({ rules: harder });
    w.lawfulRules = MATRIX;
    w.say("richvdh", "@mscbot fcp merge");
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    const held = w.reconcile();
    expect(held.phase).toBe("proposed");
    expect(held.tallies.map(({ team, passed }) => [team, passed])).toEqual([
      ["spec-core-team", true],
      ["guardians", false],
    ]);
    w.rules = MATRIX;
    w.lawfulRules = null;
    expect(w.reconcile()).toMatchObject({ phase: "fcp", tallies: [{ team: "spec-core-team" }] });
  });

  it("config.lawful: whoever an unlawful config seated does not ratify it", () => {
    const w = amendment(removing("dbkr"), { author: "richvdh", rules: packed });
    w.lawfulRules = MATRIX;
    const six = approvedBy(w, "ara4n", "erikjohnston", "uhoreg", "turt2live", "anoadragon453", ...newcomers);
    // Of the lawful config it removes one, for which six of eight do, and adds four, for which all eight are needed.
    expect(six.amendment?.changes.map(({ change, passed }) => [change.kind, passed])).toEqual([
      ["remove_member", true],
      ...newcomers.map(() => ["add_member", false]),
    ]);
    expect(six.check).toBe("in_progress");
    w.say("dbkr", "@mscbot reviewed");
    w.say("KitsuneRal", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
  });

  it("config.lawful: an unlawful config is ratified as it stands by whatever its changes would have needed", () => {
    const w = amendment((rules) => rules, { author: "richvdh", rules: packed });
    w.lawfulRules = MATRIX;
    expect(w.reconcile().amendment?.changes.map(({ change }) => change.kind)).toEqual(
      newcomers.map(() => "add_member"),
    );
    expect(approvedBy(w, ...SCT.filter((login) => login !== "richvdh").slice(1)).check).toBe("in_progress");
    w.say("ara4n", "@mscbot reviewed");
    // All eight of the lawful team; of the twelve of the present one nothing is asked, as nothing of it changes.
    expect(w.reconcile().check).toBe("success");
  });

  it("config.lawful: by the present rules it has to pass too", () => {
    // It takes the four off again, and dbkr with them.
    const w = amendment(() => removing("dbkr")(MATRIX), { author: "richvdh", rules: packed });
    w.lawfulRules = MATRIX;
    const six = approvedBy(w, "ara4n", "erikjohnston", "uhoreg", "turt2live", "anoadragon453");
    expect(six.amendment?.changes.map(({ passed }) => passed)).toEqual([true]);
    expect(six).toMatchObject({ check: "in_progress", holds: [{ code: "unlawful_config" }] });
    for (const login of ["dbkr", "KitsuneRal", "n1"]) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
  });

  it("config.lawful: what brings the last lawful config back needs no vote, whoever proposes it", () => {
    const w = amendment(() => MATRIX, { author: "mallory", rules: packed });
    w.lawfulRules = MATRIX;
    expect(w.reconcile()).toMatchObject({ check: "success", amendment: { restores: true, refusals: [] } });
    expect(w.check?.summary).toContain("needs no vote");
  });

  it("config.lawful: a Final Comment Period that a direct push made shorter lasts as long as it lawfully does", () => {
    const w = proposed({ rules: { ...MATRIX, finalCommentPeriod: HOUR } });
    w.lawfulRules = MATRIX;
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("fcp");
    w.wait(2 * HOUR);
    expect(w.reconcile().phase).toBe("fcp");
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
  });

  it("config.lawful: only the very step that was approved is lawful: this head, from that config to this one", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    approvedBy(w, ...SCT.filter((login) => login !== "richvdh"));
    const { register } = w.decide();
    const { head } = w.pull;
    const after = adding("clokep", 210)(MATRIX);
    expect(approvedStep(register, head, MATRIX, after)).toBe(true);
    expect(approvedStep(register, "f".repeat(40), MATRIX, after)).toBe(false);
    expect(approvedStep(register, head, minimum(8)(MATRIX), minimum(8)(after))).toBe(false);
    // A merge made by hand, with something else put into it.
    expect(approvedStep(register, head, MATRIX, adding("mallory", 666)(after))).toBe(false);
    expect(approvedStep(register, head, MATRIX, null)).toBe(false);
    expect(approvedStep(null, head, MATRIX, after)).toBe(false);
  });
});

describe("what comes with a change", () => {
  const dbkrsDomains = (domains: readonly string[]) => (rules: Rules) => ({
    ...rules,
    teams: rules.teams.map((team) => ({
      ...team,
      members: team.members.map((member) => (member.login === "dbkr" ? { ...member, domains } : member)),
    })),
  });
  const ninth = (details: object) => (rules: Rules) => ({
    ...rules,
    teams: rules.teams.map((team) => ({
      ...team,
      members: team.members.map((member) => (member.login === "clokep" ? { ...member, ...details } : member)),
    })),
  });
  const later = both(adding("clokep", 210), ninth({ domains: ["lead"] }));

  it.each<[string, (rules: Rules) => Rules, (rules: Rules) => Rules]>([
    ["amend.add: a new member's domains", adding("clokep", 210), later],
    [
      "amend.add: a new member's absence",
      adding("clokep", 210),
      both(adding("clokep", 210), ninth({ away: { from: 0, until: 100_000 * DAY } })),
    ],
    ["amend.add: a new member's day of joining", later, both(later, ninth({ since: "1999-01-01" }))],
    ["amend.lead: a new lead's vote of confidence", leading("dbkr"), leading("dbkr", "2026-03-01")],
    ["amend.identity: a domain with a comma", dbkrsDomains(["a, b"]), dbkrsDomains(["a", "b"])],
  ])("%s written otherwise after the votes has none of them", (_, before, after) => {
    const w = amendment(before, { author: "mallory" });
    w.reconcile();
    for (const login of SCT) w.say(login, "@mscbot propose");
    expect(w.reconcile().check).toBe("success");
    w.amend(after, "b".repeat(40));
    const decision = w.reconcile();
    expect(decision.check).toBe("in_progress");
    expect(decision.amendment?.changes[0]?.routes[0]?.tallies[0]?.yes).toBe(0);
  });

  it("amend.lead-confidence: a new lead's vote of confidence is not dated after it either", () => {
    const w = amendment(leading("dbkr", "2099-01-01"), { author: "mallory" });
    expect(w.reconcile().amendment?.refusals).toEqual([{ code: "future_confidence", date: "2099-01-01" }]);
  });
});

describe("an amendment that was cancelled", () => {
  it("motion.cancel: no push brings back what was cancelled in its Final Comment Period", () => {
    const w = amendment(threshold(1, 100), { author: "mallory" });
    w.reconcile();
    for (const login of [...SCT, "AmandineLP"]) w.say(login, "@mscbot propose");
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(w.reconcile().phase).toBe("fcp");
    w.say("dbkr", "@mscbot fcp cancel");
    w.reconcile();
    const pushes = [both(threshold(1, 100), adding("clokep", 210)), threshold(1, 100)];
    for (const [at, change] of pushes.entries()) {
      w.amend(change, String(at).repeat(40));
      w.wait(HOUR);
      expect(w.reconcile()).toMatchObject({ register: { motion: { end: { kind: "cancelled" } } } });
    }
  });
});
