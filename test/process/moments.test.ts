import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/domain/text/time.js";
import { adding, amendment } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { inFcp, OUTSIDER, proposed, type World, world } from "../support/world.js";
import { announced, answerTo, openConcerns, refusalOf, replies, seatOf, votesOf } from "./reading.js";

/* Nothing is hidden by a moment: what somebody on no team does for a second voids no vote, holds no period and swallows no word. */

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];
const NEW = "b".repeat(40);
const teams = (w: World) => w.reconcile().tallies.map(({ team }) => team);

/** Off and on again, or on and off, with a look in between or not. */
const FLIPS: Readonly<Record<string, (w: World, look: () => void) => void>> = {
  "the proposal label off": (w, look) => {
    w.unlabel("tina", "proposal");
    look();
    w.label("tina", "proposal");
  },
  "the placeholder label on": (w, look) => {
    w.label("tina", "proposal-placeholder");
    look();
    w.unlabel("tina", "proposal-placeholder");
  },
  "the governance label on": (w, look) => {
    w.label("tina", "kind:governance");
    look();
    w.unlabel("tina", "kind:governance");
  },
  "the FCP label on": (w, look) => {
    w.label("tina", "final-comment-period");
    look();
    w.unlabel("tina", "final-comment-period");
  },
  "the labels of the motion off": (w, look) => {
    w.unlabel("tina", "proposed-final-comment-period");
    w.unlabel("tina", "disposition-merge");
    look();
  },
  "another disposition on": (w, look) => {
    w.label("tina", "disposition-close");
    look();
  },
  "closed and reopened": (w, look) => {
    if (w.pull.state !== "open") return;
    w.close("tina");
    look();
    w.reopen("tina");
  },
  "closed and reopened by a bot": (w, look) => {
    if (w.pull.state !== "open") return;
    w.close("stale-bot");
    look();
    w.reopen("stale-bot");
  },
};

const DEEDS: Readonly<Record<string, (w: World) => void>> = {
  move: (w) => void w.say("richvdh", "@mscbot fcp merge"),
  "the others vote": (w) => {
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
  },
  approve: (w) => void w.review("KitsuneRal", "approved"),
  "request changes": (w) => void w.review("anoadragon453", "changes_requested"),
  "approve after all": (w) => void w.review("anoadragon453", "approved"),
  concern: (w) => void w.say("dbkr", "@mscbot concern A"),
  resolve: (w) => void w.say("uhoreg", "@mscbot resolve C1"),
  retract: (w) => void w.say("ara4n", "@mscbot retract"),
  tick: (w) => {
    if (w.decide().register.motion?.end === null && w.status()) w.tick("KitsuneRal");
  },
  wait: (w) => void w.wait(5 * DAY),
};

describe("flips of labels and of the pull request's state", () => {
  const outcome = (w: World) => {
    const { phase, tallies, concerns, register, check } = w.reconcile();
    const { motion } = register;
    return {
      phase,
      check,
      tallies: tallies.map(({ team, yes, seats }) => [team, yes, seats.map(({ choice }) => choice)]),
      concerns: concerns.map(({ number, text, resolved }) => [number, text, resolved === null]),
      motion: motion && [motion.number, motion.disposition, motion.needs, motion.end?.kind ?? null],
      begun: motion?.fcp?.state === "running",
    };
  };

  test("proposal.scope: whatever an outsider flips between what members do, tallies, concerns and the end are as without it", () => {
    const story = fc.array(
      fc.record({
        deed: fc.constantFrom(...Object.keys(DEEDS)),
        flip: fc.constantFrom(...Object.keys(FLIPS)),
        looked: fc.boolean(),
        atOnce: fc.boolean(),
      }),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(story, (steps) => {
        const plain = world();
        const flipped = world();
        for (const { deed, flip, looked, atOnce } of steps) {
          for (const w of [plain, flipped]) DEEDS[deed]?.(w);
          for (const w of [plain, flipped]) w.still(() => w.reconcile());
          const flips = () => FLIPS[flip]?.(flipped, () => (looked ? void flipped.reconcile() : undefined));
          const before = flipped.now;
          if (atOnce) flipped.still(flips);
          else flips();
          flipped.still(() => flipped.reconcile());
          // The clocks go on together.
          plain.now += flipped.now - before;
          flipped.now = plain.now = Math.max(plain.now, flipped.now);
        }
        expect(outcome(flipped)).toEqual(outcome(plain));
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 200) },
    );
  });
});

describe("motion.cancel: closing", () => {
  test.each(["maintainer", "stale-bot", "KitsuneRal-bot"])(
    "motion.cancel: closed and reopened by %s, six votes stand and FCP begins with the sixth",
    (who) => {
      const w = proposed();
      for (const login of VOTERS.slice(1)) w.say(login, "@mscbot reviewed");
      w.reconcile();
      w.close(who);
      expect(w.reconcile()).toMatchObject({ phase: "proposed", holds: [{ code: "closed" }] });
      w.reopen(who);
      expect(w.reconcile().holds).toEqual([]);
      w.say("ara4n", "@mscbot reviewed");
      expect(w.reconcile().phase).toBe("fcp");
      expect(announced(w)).toEqual(["1:fcp_begun"]);
    },
  );

  test("motion.cancel: the sixth vote while it is closed counts, and FCP begins when it is reopened", () => {
    const w = proposed();
    w.close(OUTSIDER);
    w.reconcile();
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    const held = w.reconcile();
    expect(held).toMatchObject({ phase: "proposed", reason: { code: "held" } });
    expect(votesOf(held)).toHaveLength(6);
    expect([...w.labels]).not.toContain("final-comment-period");
    w.reopen(OUTSIDER);
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("motion.cancel: closed by others in the second of the last vote, it is held, and begins at the reopening", () => {
    const w = proposed();
    for (const login of VOTERS.slice(1)) w.say(login, "@mscbot reviewed");
    w.atOnce(() => {
      w.say("ara4n", "@mscbot reviewed");
      w.close(OUTSIDER);
    });
    expect(w.reconcile().phase).toBe("proposed");
    w.reopen(OUTSIDER);
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("motion.cancel: closed by others between the decision to begin and its label, it begins after the reopening", () => {
    const w = proposed();
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    w.reconcile(w.plan().findIndex((action) => action.kind === "add_label" && action.latch));
    w.close(OUTSIDER);
    w.reconcile();
    w.reopen(OUTSIDER);
    expect(w.reconcile().phase).toBe("fcp");
    expect(announced(w)).toEqual(["1:fcp_begun"]);
  });

  test("motion.cancel: closed by others and by its author in one second, the author's closing cancels", () => {
    const w = proposed();
    w.atOnce(() => {
      w.close(OUTSIDER);
      w.reopen(OUTSIDER);
      w.close("author");
    });
    expect(w.reconcile().register.motion?.end).toMatchObject({ kind: "cancelled", by: { login: "author" } });
  });

  test("motion.cancel: its author's closing and reopening in one second, before the clerk looks, cancels", () => {
    const w = proposed();
    w.atOnce(() => {
      w.close("author");
      w.reopen("author");
    });
    expect(w.reconcile()).toMatchObject({
      phase: "in_review",
      register: { motion: { end: { kind: "cancelled" } } },
    });
  });

  test("motion.cancel: an author is known by number: one who took the author's old login is somebody else", () => {
    const w = proposed();
    const { author } = w.pull;
    w.pull.author = author && { ...author, id: 4711 };
    w.close("author");
    expect(w.reconcile().register.motion?.end).toBeNull();
  });

  test("motion.cancel: a pull request opened by a bot is not closed by its author: bots do not act", () => {
    const w = proposed({ author: "maker-bot" });
    w.close("maker-bot");
    expect(w.reconcile()).toMatchObject({ phase: "proposed", holds: [{ code: "closed" }] });
  });

  test("motion.cancel: closed by nobody known, with its author gone too, it is held", () => {
    const w = proposed();
    w.pull.author = null;
    w.happen(null, { kind: "closed" });
    w.pull.state = "closed";
    expect(w.reconcile()).toMatchObject({ phase: "proposed", holds: [{ code: "closed" }] });
  });

  test("motion.cancel: a Guardian cancels by closing where the Guardians are needed, and holds where they are not", () => {
    const needed = proposed({ labels: ["proposal", "kind:governance"] });
    needed.close("AmandineLP");
    expect(needed.reconcile().register.motion?.end?.kind).toBe("cancelled");
    const other = proposed();
    other.close("AmandineLP");
    expect(other.reconcile().register.motion?.end).toBeNull();
  });

  test("motion.cancel: who has left the team by the look that sees it closes as anybody else", () => {
    const w = proposed();
    w.close("dbkr");
    w.leave("spec-core-team", "dbkr");
    expect(w.reconcile().register.motion?.end).toBeNull();
  });

  test("motion.cancel: the status comment says that the motion stands, and what can be done", () => {
    const w = proposed();
    w.close(OUTSIDER);
    w.reconcile();
    const body = w.status()?.body ?? "";
    expect(body).toMatch(/the pull request to be reopened/);
    expect(body).toMatch(/the motion and its votes stand/);
    expect(body).toContain("`@mscbot fcp cancel`");
    expect(body).toContain("`@mscbot withdraw`");
    expect(w.check?.title).toMatch(/the pull request to be reopened/);
  });

  test("motion.cancel: while it is closed a member's cancel ends the motion", () => {
    const w = proposed();
    w.close(OUTSIDER);
    w.reconcile();
    w.say("dbkr", "@mscbot fcp cancel");
    expect(w.reconcile()).toMatchObject({
      phase: "ended",
      register: { motion: { end: { kind: "cancelled" } } },
    });
    w.reopen(OUTSIDER);
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("motion.cancel: merged while it was closed by others a moment ago, it ends without a decision", () => {
    const w = proposed();
    w.close(OUTSIDER);
    w.reopen(OUTSIDER);
    w.merge("maintainer");
    expect(w.reconcile().reason.code).toBe("merged_undecided");
    expect(announced(w)).toEqual(["1:merged_undecided"]);
  });

  test("motion.merged: merged with a motion open it is undecided, whatever label was taken off just before", () => {
    const w = proposed({ files: [{ path: "README.md", change: "modified" }] });
    w.unlabel("author", "proposal");
    w.merge("maintainer");
    expect(w.reconcile().reason.code).toBe("merged_undecided");
  });

  test("motion.cancel: a motion to close goes on and concludes on a pull request that others have closed", () => {
    const w = proposed({}, "close");
    w.close(OUTSIDER);
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("fcp");
    w.wait(5 * DAY);
    expect(w.reconcile()).toMatchObject({ phase: "ended", reason: { code: "decided_close" } });
    expect(announced(w)).toEqual(["1:fcp_begun", "1:concluded"]);
  });
});

describe("amendments", () => {
  const voted = () => {
    const w = amendment(adding("clokep", 210), { author: "author" });
    w.reconcile();
    w.wait(MINUTE);
    w.say("richvdh", "@mscbot propose");
    w.reconcile();
    for (const login of [...VOTERS, "anoadragon453"]) w.say(login, "@mscbot reviewed");
    w.reconcile();
    return w;
  };
  const yesOn = (w: World) => w.decide().register.motion?.ballots.filter(({ choice }) => choice === "yes");

  test("motion.cancel: an amendment closed and reopened by somebody on no team keeps its votes, and passes with the last", () => {
    const w = voted();
    w.close("tina");
    expect(w.reconcile()).toMatchObject({ phase: "proposed", check: "in_progress" });
    expect(w.status()?.body).toMatch(/the pull request to be reopened/);
    w.reopen("tina");
    w.reconcile();
    expect(yesOn(w)).toHaveLength(7);
    w.say("KitsuneRal", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
  });

  test("motion.cancel: the last vote on a closed amendment turns nothing green before it is reopened", () => {
    const w = voted();
    w.close("tina");
    w.say("KitsuneRal", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("in_progress");
    w.reopen("tina");
    expect(w.reconcile().check).toBe("success");
  });

  test("motion.cancel: its author's closing, or a member's, cancels an amendment's motion", () => {
    for (const who of ["author", "dbkr"]) {
      const w = voted();
      w.close(who);
      expect(w.reconcile().register.motion?.end).toMatchObject({ kind: "cancelled", how: "closed" });
    }
  });

  test("decision.ratchet: no label adds a team to an amendment", () => {
    const w = voted();
    w.label("dbkr", "kind:governance");
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
    w.say("KitsuneRal", "@mscbot reviewed");
    expect(w.reconcile().check).toBe("success");
    expect(w.plan()).toEqual([]);
  });
});

describe("withdraw", () => {
  test("motion.cancel: the author's withdraw ends what is proposed, and is answered 👍", () => {
    const w = proposed();
    const said = w.say("author", "@mscbot withdraw");
    const decision = w.reconcile();
    expect(decision).toMatchObject({ phase: "in_review" });
    expect(answerTo(w, said)).toMatchObject({ thumbsUp: true, confused: false });
    expect(w.status()?.body).toMatch(/\*\*Cancelled\*\* by author/);
    expect(announced(w)).toEqual(["1:cancelled"]);
  });

  test("motion.cancel: during FCP the author does not withdraw any more, and is told who ends it", () => {
    const w = inFcp();
    const said = w.say("author", "@mscbot withdraw");
    expect(w.reconcile().phase).toBe("fcp");
    expect(answerTo(w, said)).toMatchObject({ confused: true });
    expect(replies(w)[0]).toMatch(/fcp cancel/);
  });

  test.each([OUTSIDER, "dbkr"])("motion.cancel: withdraw is nobody's but the author's (%s)", (login) => {
    const w = proposed();
    w.say(login, "@mscbot withdraw");
    const decision = w.decide();
    expect(refusalOf(decision, login)).toBe("not_the_author");
    expect(w.reconcile().phase).toBe("proposed");
    expect(replies(w)).toHaveLength(1);
  });

  test("reply.always: an author who is no member is told once what they cannot withdraw", () => {
    const w = world();
    for (let n = 0; n < 3; n++) w.say("author", "@mscbot withdraw");
    w.reconcile();
    expect(replies(w)).toHaveLength(1);
  });

  test("motion.cancel: after a withdrawal the next motion starts without ballots, and concerns stay", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed\n@mscbot concern A");
    w.say("author", "@mscbot withdraw");
    w.reconcile();
    w.say("uhoreg", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["uhoreg"]);
    expect(openConcerns(decision)).toEqual(["A"]);
  });
});

describe("decision.ratchet: labels", () => {
  const GOVERNANCE = "kind:governance";
  const open = (w: World) => {
    w.say("richvdh", "@mscbot fcp merge");
    return teams(w);
  };

  test("decision.ratchet: what stands at the motion counts, whoever put it on", () => {
    const w = world();
    w.label("tina", GOVERNANCE);
    expect(open(w)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: put on and taken off before the motion it adds nothing, whoever did it", () => {
    const w = world();
    w.label("dbkr", GOVERNANCE);
    w.unlabel("tina", GOVERNANCE);
    expect(open(w)).toEqual(["spec-core-team"]);
  });

  test("decision.ratchet: taken off after the motion and before the clerk looks, it counts", () => {
    const w = world({ labels: ["proposal", GOVERNANCE] });
    w.say("richvdh", "@mscbot fcp merge");
    w.unlabel("tina", GOVERNANCE);
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: taken off in the very second of the motion, it counts", () => {
    const w = world({ labels: ["proposal", GOVERNANCE] });
    w.atOnce(() => {
      w.unlabel("tina", GOVERNANCE);
      w.say("richvdh", "@mscbot fcp merge");
    });
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: taken off a second before the motion, it does not", () => {
    const w = world({ labels: ["proposal", GOVERNANCE] });
    w.unlabel("tina", GOVERNANCE);
    w.now += SECOND - (w.now % SECOND);
    expect(open(w)).toEqual(["spec-core-team"]);
  });

  test("decision.ratchet: put on and off within the second of the motion, it was never there", () => {
    const w = world();
    w.atOnce(() => {
      w.label("tina", GOVERNANCE);
      w.say("richvdh", "@mscbot fcp merge");
      w.unlabel("tina", GOVERNANCE);
    });
    expect(teams(w)).toEqual(["spec-core-team"]);
  });

  test("decision.ratchet: put on by somebody else after the motion and before the clerk looks, it adds nothing", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    w.label("tina", GOVERNANCE);
    expect(teams(w)).toEqual(["spec-core-team"]);
  });

  test("decision.ratchet: put on by a member for a second during the motion, it adds its team for good", () => {
    const w = proposed();
    w.label("dbkr", GOVERNANCE);
    w.unlabel("tina", GOVERNANCE);
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
    w.wait(2 * DAY);
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: also by a member of a team that is not needed yet", () => {
    const w = proposed();
    w.label("AmandineLP", GOVERNANCE);
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: anybody else's is shown, with who put it on and who can add it, and holds nothing", () => {
    const w = inFcp();
    w.label("tina", GOVERNANCE);
    const decision = w.reconcile();
    expect(decision.idleLabels).toMatchObject([{ label: GOVERNANCE, by: { login: "tina" } }]);
    for (const text of [w.status()?.body, w.check?.summary])
      expect(text).toMatch(/“kind:governance”, put on by tina, who is on no team.*A member can add it/);
    w.wait(5 * DAY);
    expect(w.reconcile()).toMatchObject({ phase: "concluded", check: "success" });
  });

  test("decision.ratchet: a member adds what somebody else put on by putting it on anew", () => {
    const w = proposed();
    w.label("tina", GOVERNANCE);
    w.reconcile();
    w.unlabel("dbkr", GOVERNANCE);
    w.label("dbkr", GOVERNANCE);
    const decision = w.reconcile();
    expect(decision.tallies.map(({ team }) => team)).toEqual(["spec-core-team", "guardians"]);
    expect(decision.idleLabels).toEqual([]);
  });

  test("decision.ratchet: who puts it on and joins the team later has added nothing", () => {
    const w = proposed();
    w.label("tina", GOVERNANCE);
    w.reconcile();
    w.join("spec-core-team", "tina");
    expect(teams(w)).toEqual(["spec-core-team"]);
    w.wait(3 * DAY);
    w.say("dbkr", "@mscbot reviewed");
    expect(teams(w)).toEqual(["spec-core-team"]);
  });

  test("decision.ratchet: a member who put it on and leaves the team has added it", () => {
    const w = proposed();
    w.label("dbkr", GOVERNANCE);
    w.reconcile();
    w.leave("spec-core-team", "dbkr");
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: what an outsider put on hides nothing that a member adds", () => {
    // The first rule that fits decides: a light one, put on by somebody else, would come before the governance.
    const light = {
      name: "light",
      match: { labels: ["light"], paths: [] },
      approval: [{ team: "spec-core-team", threshold: { numerator: 1, denominator: 8 } }],
    };
    const w = proposed({ rules: { ...MATRIX, decisions: [light, ...MATRIX.decisions] } });
    w.label("tina", "light");
    w.label("dbkr", GOVERNANCE);
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: a member who puts one label in the place of another adds what it asks for", () => {
    const light = {
      name: "light",
      match: { labels: ["light"], paths: [] },
      approval: [{ team: "spec-core-team", threshold: { numerator: 1, denominator: 8 } }],
    };
    const rules = { ...MATRIX, decisions: [light, ...MATRIX.decisions] };
    const w = proposed({ rules, labels: ["proposal", "light"] });
    w.unlabel("dbkr", "light");
    w.label("dbkr", GOVERNANCE);
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
    // What somebody else takes off is a moment.
    const other = proposed({ rules, labels: ["proposal", "light", GOVERNANCE] });
    other.unlabel("tina", "light");
    expect(teams(other)).toEqual(["spec-core-team"]);
  });

  test("decision.ratchet: a label deleted from the repository, or renamed, during the motion sheds nothing", () => {
    const w = proposed({ labels: ["proposal", GOVERNANCE] });
    w.labels.delete(GOVERNANCE);
    w.events = w.events.map((event) =>
      "label" in event && event.label === GOVERNANCE ? { ...event, label: null } : event,
    );
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: a record that did not keep the labels goes by those that stood at the motion", () => {
    const w = proposed({ labels: ["proposal", GOVERNANCE] });
    for (const one of w.ownComments)
      if (one.record?.motion) {
        const { labels: _, needs: __, ...motion } = one.record.motion;
        one.record = { ...one.record, motion: { ...motion, needs: [] } };
      }
    w.checkRecord = null;
    w.unlabel("tina", GOVERNANCE);
    expect(teams(w)).toEqual(["spec-core-team", "guardians"]);
  });

  test("decision.ratchet: the labels of an ended motion are nobody's any more", () => {
    const w = proposed({ labels: ["proposal", GOVERNANCE] });
    w.say("dbkr", "@mscbot fcp cancel");
    w.reconcile();
    w.unlabel("tina", GOVERNANCE);
    w.wait(SECOND);
    expect(open(w)).toEqual(["spec-core-team"]);
  });

  test("decision.ratchet: five hundred flips of a label by somebody on no team drown no member's vote", () => {
    const w = proposed();
    w.still(() => {
      for (let n = 0; n < 250; n++) {
        w.label("tina", GOVERNANCE);
        w.unlabel("tina", GOVERNANCE);
      }
    });
    w.reconcile();
    w.say("dbkr", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    expect(w.plan()).toEqual([]);
  });
});

describe("proposal.scope: the label off for a second", () => {
  const OFF: readonly [string, (w: World) => void, (w: World) => void][] = [
    ["the proposal label off", (w) => w.unlabel("tina", "proposal"), (w) => w.label("tina", "proposal")],
    [
      "the placeholder label on",
      (w) => w.label("tina", "proposal-placeholder"),
      (w) => w.unlabel("tina", "proposal-placeholder"),
    ],
  ];

  test.each(OFF)("proposal.scope: with %s, a concern is raised and answered", (_what, off, on) => {
    const w = world();
    off(w);
    const said = w.say("dbkr", "@mscbot concern A");
    expect(w.reconcile().phase).toBe("out_of_scope");
    expect(answerTo(w, said)).toMatchObject({ thumbsUp: true });
    on(w);
    expect(openConcerns(w.reconcile())).toEqual(["A"]);
    w.say("richvdh", "@mscbot fcp merge");
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().reason).toEqual({ code: "blocked", concerns: [1] });
  });

  test.each(OFF)("proposal.scope: with %s in the very second, before the clerk looks", (_what, off, on) => {
    const w = world();
    w.atOnce(() => {
      off(w);
      w.say("dbkr", "@mscbot concern A");
      on(w);
    });
    expect(openConcerns(w.reconcile())).toEqual(["A"]);
  });

  test.each(OFF)(
    "proposal.scope: with %s, one is resolved, and requested changes are recorded",
    (_what, off, on) => {
      const w = world();
      w.say("dbkr", "@mscbot concern A");
      w.reconcile();
      off(w);
      w.say("uhoreg", "@mscbot resolve C1");
      w.review("turt2live", "changes_requested");
      w.reconcile();
      on(w);
      expect(openConcerns(w.reconcile())).toEqual(["changes requested by turt2live"]);
    },
  );

  test.each(OFF)(
    "proposal.scope: with %s, an approval of the head is kept for the motion",
    (_what, off, on) => {
      const w = world();
      off(w);
      w.review("dbkr", "approved");
      w.reconcile();
      on(w);
      w.say("richvdh", "@mscbot fcp merge");
      expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    },
  );

  test.each(OFF)("proposal.scope: with %s, a reworded concern keeps its number", (_what, off, on) => {
    const w = world();
    const said = w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    off(w);
    w.edit(said, "dbkr", "@mscbot concern B");
    w.reconcile();
    on(w);
    expect(w.reconcile().concerns).toMatchObject([{ number: 1, text: "B" }]);
  });

  test.each(OFF)("proposal.scope: with %s, a vote on an open motion counts", (_what, off) => {
    const w = proposed();
    off(w);
    w.say("dbkr", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("reply.scope: an outsider's commands out of scope are answered once, and do nothing", () => {
    const w = world();
    w.unlabel("tina", "proposal");
    w.say(OUTSIDER, "@mscbot concern A\n@mscbot resolve");
    w.reconcile();
    expect(replies(w)).toHaveLength(1);
    expect(w.decide().concerns).toEqual([]);
  });

  test("proposal.scope: what never was a proposal has no concerns", () => {
    const w = world({ labels: [], files: [] });
    w.say("dbkr", "@mscbot concern A");
    expect(w.reconcile().concerns).toEqual([]);
  });

  test("proposal.scope: the proposal label deleted from the repository swallows no concern of what has one", () => {
    const w = world();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.labels.delete("proposal");
    w.events = w.events.map((event) =>
      "label" in event && event.label === "proposal" ? { ...event, label: null } : event,
    );
    w.say("uhoreg", "@mscbot concern B");
    expect(openConcerns(w.reconcile())).toEqual(["A", "B"]);
  });
});

describe("reviews on a closed pull request", () => {
  test.each([
    ["an approval counts", false],
    ["an approval counts, also when the clerk looked meanwhile", true],
  ] as const)("ballot.review: given while somebody else has closed it for a moment, %s", (_, looked) => {
    const w = world();
    w.close("tina");
    w.review("dbkr", "approved");
    w.review("uhoreg", "changes_requested");
    if (looked) w.reconcile();
    w.reopen("tina");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(openConcerns(decision)).toEqual(["changes requested by uhoreg"]);
  });

  test("ballot.review: while it stays closed nothing of it is recorded", () => {
    const w = world();
    w.close("author");
    w.review("dbkr", "approved");
    w.wait(HOUR);
    expect(w.reconcile().register.approvals).toEqual([]);
    expect(w.plan()).toEqual([]);
  });

  test("act.once: an outsider's review on it does not wake up when they join and it is reopened", () => {
    const w = world();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.close("tina");
    w.review("newcomer", "approved");
    w.reconcile();
    w.join("spec-core-team", "newcomer");
    w.reopen("tina");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("fcp.after: closed by others for a moment after the decision, an approval of the new text counts", () => {
    const w = inFcp();
    w.wait(5 * DAY).reconcile();
    w.push(NEW);
    expect(w.reconcile().check).toBe("in_progress");
    w.close("tina");
    w.review("KitsuneRal", "approved");
    w.review("dbkr", "approved");
    w.reconcile();
    w.reopen("tina");
    expect(w.reconcile()).toMatchObject({ phase: "concluded", check: "success" });
    expect(seatOf(w.decide(), "richvdh")?.choice).toBe("yes");
  });
});
