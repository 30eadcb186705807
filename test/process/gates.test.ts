import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Gate, GateMoment, ThreadFacts } from "../../src/domain/model/gates.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";
import { CLERK, OUTSIDER, type World, type WorldOptions, world } from "../support/world.js";
import { announced, refusalOf, replies } from "./reading.js";

const label = (name: string, wanted: "absent" | "present", before: GateMoment = "begin"): Gate => ({
  kind: "label",
  name,
  label: name,
  wanted,
  before,
});
const threads = (before: GateMoment = "begin"): Gate => ({
  kind: "review_threads",
  name: "review_threads",
  before,
});
const dependencies = (before: GateMoment = "begin"): Gate => ({
  kind: "dependencies",
  name: "dependencies",
  before,
});

const gated = (...gates: readonly Gate[]): Rules => ({ ...MATRIX, gates });

/** A motion to merge with every vote it needs. */
function voted(gates: readonly Gate[], options: WorldOptions = {}, before?: (w: World) => void): World {
  const w = world({ rules: gated(...gates), ...options });
  before?.(w);
  w.say("richvdh", "@mscbot fcp merge");
  for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
    w.say(login, "@mscbot reviewed");
  w.reconcile();
  return w;
}

const stateOf = (w: World, name: string) => w.decide().gates?.find(({ gate }) => gate.name === name)?.state;

const thread = (w: World, by: string, over: Partial<ThreadFacts> = {}): ThreadFacts => ({
  url: `${w.pull.url}#discussion_r${w.now}`,
  by: w.account(by),
  at: w.now,
  resolved: false,
  resolvedBy: null,
  ...over,
});

describe("gate.begin: labels", () => {
  test("gate.begin: a label that must be absent keeps FCP from beginning with every vote there, until a member takes it off", () => {
    const w = voted([label("blocked", "absent")], {}, (before) => before.label("dbkr", "blocked"));
    expect(w.decide()).toMatchObject({ phase: "proposed", reason: { code: "gated" }, check: "in_progress" });
    expect(w.check?.title).toBe("Waiting for the label “blocked” to be taken off.");
    w.unlabel("dbkr", "blocked");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("gate.begin: a label that must be present counts from a member’s hand", () => {
    const w = voted([label("seen-working", "present")]);
    expect(w.check?.title).toBe("Waiting for the label “seen-working” to be put on.");
    w.label("uhoreg", "seen-working");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("gate.begin: nobody who is on no team holds one by a label, or opens one by taking it off", () => {
    const w = voted([label("blocked", "absent"), label("seen-working", "present")]);
    w.label(OUTSIDER, "seen-working");
    w.label(OUTSIDER, "blocked");
    w.reconcile();
    expect([stateOf(w, "blocked"), stateOf(w, "seen-working")]).toEqual(["met", "unmet"]);
    w.label("dbkr", "blocked-too");
    w.unlabel(OUTSIDER, "blocked");
    w.label("dbkr", "blocked");
    w.reconcile();
    w.unlabel(OUTSIDER, "blocked");
    w.reconcile();
    expect(stateOf(w, "blocked")).toBe("unmet");
    expect(w.status()?.body).toContain(
      "It is gone now by the hand of mallory, on no team, which changes nothing: a member puts it on and takes it off again.",
    );
  });

  test("gate.begin: what somebody on no team did stays nothing when they join a team later, however long ago it was", () => {
    const w = voted([label("seen-working", "present")]);
    w.label(OUTSIDER, "seen-working");
    w.reconcile();
    w.say("dbkr", "@mscbot concern something else");
    w.wait(3 * DAY).reconcile();
    w.say("dbkr", "@mscbot resolve all");
    w.join("spec-core-team", OUTSIDER);
    w.reconcile();
    expect(stateOf(w, "seen-working")).toBe("unmet");
  });

  test("gate.begin: a member’s label holds when they have left the team", () => {
    const w = voted([label("blocked", "absent")], {}, (before) => before.label("KitsuneRal", "blocked"));
    w.leave("spec-core-team", "KitsuneRal");
    w.wait(2 * DAY).reconcile();
    expect(stateOf(w, "blocked")).toBe("unmet");
  });

  test("gate.begin: the clerk’s own label counts", () => {
    const w = voted([label("blocked", "absent")]);
    const fresh = voted([label("blocked", "absent")], {}, (before) => before.label(CLERK.login, "blocked"));
    expect([stateOf(w, "blocked"), stateOf(fresh, "blocked")]).toEqual(["met", "unmet"]);
  });

  test("gate.begin: a label that stood before there was a gate for it holds, whoever had put it on", () => {
    const w = world();
    w.label(OUTSIDER, "blocked");
    w.say("dbkr", "@mscbot concern something");
    w.reconcile();
    w.say("dbkr", "@mscbot resolve all");
    w.wait(2 * DAY).reconcile();
    w.rules = gated(label("blocked", "absent"));
    expect(w.reconcile().gates?.[0]).toMatchObject({ state: "unmet", found: { stands: true, by: null } });
    w.unlabel("dbkr", "blocked");
    w.reconcile();
    expect(stateOf(w, "blocked")).toBe("met");
  });

  test("gate.begin: a label put on before the proposal was one, or before the config came, counts as it stood", () => {
    const early = world({ rules: gated(label("blocked", "absent")), labels: [] });
    early.label("dbkr", "blocked");
    early.label("author", "proposal");
    early.reconcile();
    expect(stateOf(early, "blocked")).toBe("unmet");
    const before = world({
      rules: gated(label("blocked", "absent")),
      labels: ["blocked", "proposal"],
      adoptedAt: Date.UTC(2026, 2, 2, 11),
    });
    before.reconcile();
    expect(stateOf(before, "blocked")).toBe("unmet");
  });

  test("gate.begin: with the register lost it is read again from the events, by today’s roster", () => {
    const w = voted([label("blocked", "absent")], {}, (before) => before.label("dbkr", "blocked"));
    w.forget();
    w.wait(HOUR).reconcile();
    expect(w.register.gates?.labels).toMatchObject([{ label: "blocked", stands: true }]);
  });
});

describe("gate.begin: review threads", () => {
  test("gate.begin: an open thread holds, and a resolved one does not", () => {
    const w = voted([threads()], {}, (before) => {
      before.gates = { threads: [thread(before, "dbkr")] };
    });
    expect(w.check?.title).toBe("Waiting for 1 review thread to be resolved.");
    w.gates = { threads: [thread(w, "dbkr", { resolved: true, resolvedBy: w.account("dbkr") })] };
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("gate.begin: the author who resolves a member’s thread opens nothing; another member does", () => {
    const w = voted([threads()], {}, (before) => {
      before.gates = {
        threads: [thread(before, "dbkr", { resolved: true, resolvedBy: before.account("author") })],
      };
    });
    expect(stateOf(w, "review_threads")).toBe("unmet");
    w.gates = { threads: [thread(w, "dbkr", { resolved: true, resolvedBy: w.account("uhoreg") })] };
    expect(stateOf(w, "review_threads")).toBe("met");
    w.gates = { threads: [thread(w, "dbkr", { resolved: true, resolvedBy: null })] };
    expect(stateOf(w, "review_threads")).toBe("unmet");
  });

  test("gate.begin: a thread of somebody on no team, begun before the motion, is resolved by whoever may", () => {
    const w = world({ rules: gated(threads()) });
    const at = w.now;
    w.gates = { threads: [thread(w, OUTSIDER)] };
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect(stateOf(w, "review_threads")).toBe("unmet");
    w.gates = { threads: [thread(w, OUTSIDER, { at, resolved: true, resolvedBy: w.account("author") })] };
    expect(stateOf(w, "review_threads")).toBe("met");
  });

  test("gate.end: threads begun during FCP by nobody on the roster are listed and hold nothing, a member’s hold the end", () => {
    const w = voted([threads("conclude")], {}, (before) => {
      before.gates = { threads: [] };
    });
    expect(w.decide().phase).toBe("fcp");
    w.wait(DAY);
    w.gates = { threads: [thread(w, OUTSIDER)] };
    expect(w.reconcile().gates?.[0]).toMatchObject({
      state: "met",
      found: { idle: [{ by: { login: OUTSIDER } }] },
    });
    expect(w.status()?.body).toContain("1 thread begun since the motion by people on no team holds nothing");
    w.gates = { threads: [thread(w, OUTSIDER), thread(w, "dbkr")] };
    w.wait(5 * DAY);
    expect(w.reconcile()).toMatchObject({ phase: "fcp", reason: { code: "fcp_over" } });
    expect(announced(w)).toContain("1:fcp_blocked");
    w.gates = { threads: [thread(w, OUTSIDER)] };
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("gate.begin: without a motion it is only shown, and nobody looks again for it by the hour", () => {
    const w = world({ rules: { ...MATRIX, gates: [threads()] } });
    w.gates = { threads: [thread(w, "dbkr")] };
    w.reconcile();
    expect(w.decide().gates).toMatchObject([{ state: "unmet" }]);
    expect(w.decide().nextCheckAt).toBeGreaterThan(w.now + DAY);
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect(w.decide().nextCheckAt).toBe(w.now + HOUR);
  });

  test("gate.begin: what GitHub does not tell holds, says so, and is looked at again within the hour", () => {
    const w = voted([threads()]);
    expect(w.decide()).toMatchObject({
      phase: "proposed",
      gates: [{ state: "unknown" }],
      nextCheckAt: w.now + HOUR,
    });
    expect(w.check?.title).toBe("Waiting for GitHub to tell its review threads.");
  });
});

describe("gate.begin: dependencies", () => {
  const facts = (
    named: readonly number[],
    known: readonly (readonly [number, "open" | "merged" | "accepted" | "closed", (readonly number[])?])[],
  ) => ({
    dependencies: {
      named,
      known: known.map(([number, state, dependsOn = []]) => ({ number, state, dependsOn })),
    },
  });

  test("gate.begin: what it depends on has to be accepted or merged", () => {
    const w = voted([dependencies()], {}, (before) => {
      before.gates = facts(
        [1, 2, 3],
        [
          [1, "merged"],
          [2, "accepted"],
          [3, "open"],
        ],
      );
    });
    expect(w.check?.title).toBe("Waiting for proposal 3 to be accepted.");
    w.gates = facts(
      [1, 2, 3],
      [
        [1, "merged"],
        [2, "accepted"],
        [3, "accepted"],
      ],
    );
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("gate.begin: a circle is named and holds nothing, however long it is", () => {
    const w = voted([dependencies()], {}, (before) => {
      before.gates = facts(
        [1],
        [
          [1, "open", [2]],
          [2, "open", [1234]],
        ],
      );
    });
    expect(w.decide().phase).toBe("fcp");
    expect(w.decide().gates?.[0]?.found).toMatchObject({ circle: [1], open: [] });
  });

  test("gate.begin: a circle among others is not this one’s, and holds", () => {
    const w = voted([dependencies()], {}, (before) => {
      before.gates = facts(
        [1],
        [
          [1, "open", [2]],
          [2, "open", [1]],
        ],
      );
    });
    expect(stateOf(w, "dependencies")).toBe("unmet");
  });

  test("gate.begin: during a motion the author takes nothing away from what it waits for", () => {
    const w = voted([dependencies()], {}, (before) => {
      before.gates = facts([1], [[1, "open"]]);
    });
    w.gates = facts([], [[1, "open"]]);
    w.wait(HOUR).reconcile();
    expect(stateOf(w, "dependencies")).toBe("unmet");
    w.say("richvdh", "@mscbot fcp cancel");
    w.reconcile();
    expect(stateOf(w, "dependencies")).toBe("met");
  });

  test("gate.end: nor does the author of what is decided, where a gate holds the merge alone", () => {
    const w = voted([dependencies("merge")], {}, (before) => {
      before.gates = facts([1], [[1, "open"]]);
    });
    w.wait(5 * DAY).reconcile();
    expect([w.decide().phase, w.check?.verdict]).toEqual(["concluded", "in_progress"]);
    w.gates = facts([], [[1, "open"]]);
    w.wait(HOUR).reconcile();
    expect([stateOf(w, "dependencies"), w.check?.verdict]).toEqual(["unmet", "in_progress"]);
    w.gates = facts([], [[1, "accepted"]]);
    w.wait(HOUR).reconcile();
    expect(w.check?.verdict).toBe("success");
  });

  test("gate.begin: one that is no proposal is named, and not laid at GitHub’s door", () => {
    const w = voted([dependencies()], {}, (before) => {
      before.gates = facts([99], []);
    });
    expect(w.check?.title).toContain("99 to be accepted");
  });

  test("gate.begin: one that was closed, or of which nothing is known, holds", () => {
    const w = voted([dependencies()], {}, (before) => {
      before.gates = facts([1, 9], [[1, "closed"]]);
    });
    expect(stateOf(w, "dependencies")).toBe("unmet");
    expect(w.status()?.body).toContain(
      "1](https://github.example/matrix-org/matrix-spec-proposals/pull/1), which is closed",
    );
  });
});

describe("gate.end", () => {
  test("gate.end: a gate before the conclusion lets FCP begin, holds its end without moving it, and then concludes at once", () => {
    const w = voted([label("blocked", "absent", "conclude")], {}, (before) =>
      before.label("dbkr", "blocked"),
    );
    expect(w.decide().phase).toBe("fcp");
    const ends = w.register.motion?.fcp?.state === "running" ? w.register.motion.fcp.endsAt : 0;
    w.now = ends - 1000;
    expect(w.reconcile().reason.code).toBe("fcp_running");
    w.now = ends;
    expect(w.reconcile().reason).toMatchObject({ code: "fcp_over", endedAt: ends });
    w.unlabel("dbkr", "blocked");
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("gate.end: a gate before the beginning holds no end, and one before the merge holds the check alone", () => {
    const w = voted([label("blocked", "absent", "begin"), label("requires-room-version", "absent", "merge")]);
    w.label("dbkr", "blocked");
    w.label("dbkr", "requires-room-version");
    w.wait(6 * DAY);
    expect(w.reconcile()).toMatchObject({
      phase: "concluded",
      reason: { code: "accepted_waiting" },
      check: "in_progress",
    });
    expect(w.check?.title).toBe(
      "Accepted; merging waits for the label “requires-room-version” to be taken off.",
    );
    w.unlabel("dbkr", "requires-room-version");
    expect(w.reconcile()).toMatchObject({ reason: { code: "accepted" }, check: "success" });
  });

  test("gate.end: one that never holds is shown, and nothing waits for it", () => {
    const w = voted([label("blocked", "absent", "never")], {}, (before) => before.label("dbkr", "blocked"));
    expect(w.decide().phase).toBe("fcp");
    expect(w.status()?.body).toContain("**Not met** (shown only, it holds nothing): no label “blocked”.");
  });

  test("gate.begin: a motion to close or to postpone needs nothing in place", () => {
    for (const disposition of ["close", "postpone"]) {
      const w = world({ rules: gated(label("blocked", "absent")) });
      w.label("dbkr", "blocked");
      w.say("richvdh", `@mscbot fcp ${disposition}`);
      for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
        w.say(login, "@mscbot reviewed");
      expect(w.reconcile()).toMatchObject({ phase: "fcp" });
      expect(w.decide().gates).toBeUndefined();
    }
  });

  test("gate.begin: it is shown while the proposal is in review", () => {
    const w = world({ rules: gated(label("blocked", "absent")) });
    w.label("dbkr", "blocked");
    w.reconcile();
    expect(w.check?.summary).toContain(
      "**Not met** (before the Final Comment Period begins): no label “blocked”.",
    );
    expect(w.ownComments).toEqual([]);
  });

  test("gate.begin, config.lawful: a gate that an unapproved config takes out still holds", () => {
    const w = voted([label("blocked", "absent")], {}, (before) => before.label("dbkr", "blocked"));
    w.lawfulRules = w.rules;
    w.rules = MATRIX;
    expect(w.reconcile().reason.code).toBe("gated");
  });

  test("gate.begin, gate.end: gates and votes are independent: in any order the end is the same", () => {
    const steps: readonly ((w: World) => void)[] = [
      ...["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"].map(
        (login) => (w: World) => void w.say(login, "@mscbot reviewed"),
      ),
      (w) => w.label("KitsuneRal", "seen-working"),
      (w) => {
        w.gates = { threads: [] };
      },
    ];
    const order = fc.shuffledSubarray([...steps.keys()], { minLength: steps.length });
    fc.assert(
      fc.property(
        order,
        fc.array(fc.boolean(), { minLength: steps.length, maxLength: steps.length }),
        (sequence, looks) => {
          const w = world({
            rules: gated(label("blocked", "absent"), label("seen-working", "present"), threads()),
          });
          w.gates = { threads: [thread(w, "dbkr")] };
          w.label(OUTSIDER, "blocked");
          w.say("richvdh", "@mscbot fcp merge");
          for (const [at, step] of sequence.entries()) {
            expect(w.decide().phase).not.toBe("fcp");
            steps[step]?.(w);
            if (looks[at]) w.reconcile();
          }
          expect(w.reconcile().phase).toBe("fcp");
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe("gate.waive", () => {
  const blocked = () =>
    voted([label("blocked", "absent"), threads("conclude")], {}, (w) => {
      w.label("dbkr", "blocked");
      w.gates = { threads: [] };
    });

  test("gate.waive: a member waives a gate with a reason, another seconds it, and the record says so", () => {
    const w = blocked();
    w.say("erikjohnston", "@mscbot waive blocked: it is about words only");
    w.reconcile();
    expect(w.decide().reason.code).toBe("gated");
    expect(replies(w).at(-1)).toContain(
      "It takes effect when another member of the Spec Core Team says `@mscbot second waive blocked` after this answer.",
    );
    w.say("uhoreg", "@mscbot second");
    expect(w.reconcile().phase).toBe("fcp");
    w.wait(6 * DAY).reconcile();
    const told = w.comments("announce", "1:concluded")[0]?.body ?? "";
    expect(told).toContain("Gate “blocked”: [Waived](");
    expect(told).toContain("“it is about words only”; seconded by [uhoreg](");
  });

  test("gate.waive: nobody seconds their own, before it is answered, or without a seat", () => {
    const w = blocked();
    w.say("erikjohnston", "@mscbot waive blocked: words only");
    w.say("uhoreg", "@mscbot second");
    expect(refusalOf(w.decide(), "uhoreg")).toBe("second_too_early");
    w.reconcile();
    w.say("erikjohnston", "@mscbot second");
    w.say(OUTSIDER, "@mscbot second waive blocked");
    expect(refusalOf(w.decide(), "erikjohnston")).toBe("second_yourself");
    expect(refusalOf(w.decide(), OUTSIDER)).toBe("not_a_member");
    expect(w.reconcile().reason.code).toBe("gated");
  });

  test("gate.waive: it takes a reason, a seat, and a gate of the config by its name however it is written", () => {
    const refusal = (words: string, by = "dbkr") => {
      const w = blocked();
      w.say(by, words);
      const code = refusalOf(w.decide(), by);
      w.reconcile();
      return [code, replies(w).at(-1)];
    };
    expect(refusal("@mscbot waive blocked")[0]).toBe("needs_text");
    expect(refusal("@mscbot waive blocked: words only", OUTSIDER)[0]).toBe("not_a_member");
    const [code, answer] = refusal("@mscbot waive checklist: no need");
    expect(code).toBe("no_such_gate");
    expect(answer).toContain("It asks for “blocked” and “review\\_threads”.");
    expect(refusal("@mscbot waive “Review Threads”: what is left is about words")[1]).toContain(
      "`@mscbot second waive review_threads`",
    );
  });

  test.each([
    ["blocked: words only", "words only"],
    ["blocked - words only", "words only"],
    ["blocked because it is done", "because it is done"],
    ["blocked, since it is done", "since it is done"],
    ["blocked. It is done", "It is done"],
    ["“blocked” as agreed in the meeting", "as agreed in the meeting"],
    ["blocked: if only for today", "if only for today"],
    ["blocked.", "needs_text"],
    ["blocked: ", "needs_text"],
    ["blocked, once the tests pass", "no_such_gate"],
    ["blocked as soon as the tests pass", "no_such_gate"],
    ["blocked it is done", "no_such_gate"],
    ["blockedby: it is done", "no_such_gate"],
  ])("gate.waive: the reason in “%s”", (words, expected) => {
    const w = blocked();
    w.say("dbkr", `@mscbot waive ${words}`);
    const { register } = w.decide();
    expect(register.gates?.waivers[0]?.reason ?? refusalOf(w.decide(), "dbkr")).toBe(expected);
  });

  test("config.lawful, gate.waive: a gate that was taken out of the config by a direct push holds, and can be waived", () => {
    const w = blocked();
    w.lawfulRules = w.rules;
    w.rules = MATRIX;
    expect(w.reconcile().reason.code).toBe("gated");
    w.say("erikjohnston", "@mscbot waive blocked: it is about words only");
    w.reconcile();
    w.say("uhoreg", "@mscbot second");
    w.reconcile();
    expect(stateOf(w, "blocked")).toBe("waived");
  });

  test("gate.waive: where several wait, `second` has to name one", () => {
    const w = blocked();
    w.say("dbkr", "@mscbot waive blocked: one");
    w.say("uhoreg", "@mscbot waive review threads: two");
    w.reconcile();
    w.say("erikjohnston", "@mscbot second");
    w.reconcile();
    expect(replies(w).at(-1)).toContain(
      "`@mscbot second waive blocked` or `@mscbot second waive review_threads`",
    );
    w.say("erikjohnston", "@mscbot second waive blocked");
    expect(w.reconcile().phase).toBe("fcp");
    expect(w.register.gates?.waivers.map(({ granted }) => granted !== null)).toEqual([true, false]);
  });

  test("gate.waive: it is for one motion, and a new one waits again", () => {
    const w = blocked();
    w.say("dbkr", "@mscbot waive blocked: words only");
    w.reconcile();
    w.say("uhoreg", "@mscbot second");
    w.reconcile();
    w.say("dbkr", "@mscbot fcp cancel");
    w.reconcile();
    expect(stateOf(w, "blocked")).toBe("unmet");
    w.say("dbkr", "@mscbot fcp merge");
    w.reconcile();
    expect(stateOf(w, "blocked")).toBe("unmet");
  });

  test("gate.waive: what was waived for the merge, after the conclusion, is told in the status comment for good", () => {
    const w = voted([label("seen-working", "present", "merge")]);
    w.wait(5 * DAY).reconcile();
    w.say("dbkr", "@mscbot waive seen-working: words only");
    w.reconcile();
    w.say("uhoreg", "@mscbot second");
    w.reconcile();
    expect(w.check?.verdict).toBe("success");
    w.merge("richvdh");
    w.reconcile();
    expect(w.status()?.body).toMatch(
      /- Gate “seen-working”: \[Waived\].* by dbkr .*“words only”; seconded by/,
    );
  });

  test("gate.waive: said before the motion it is for the one that comes", () => {
    const w = world({ rules: gated(label("blocked", "absent")) });
    w.label("dbkr", "blocked");
    w.say("dbkr", "@mscbot waive blocked: words only");
    w.reconcile();
    w.say("uhoreg", "@mscbot second waive blocked.");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect(stateOf(w, "blocked")).toBe("waived");
  });

  test.each(["close", "postpone"] as const)(
    "gate.waive: after a decision to %s it is for the motion that comes, and not for the one that has ended",
    (disposition) => {
      const w = voted([label("blocked", "absent")], {}, (before) => before.label("dbkr", "blocked"));
      w.say("richvdh", "@mscbot fcp cancel");
      w.reconcile();
      w.say("richvdh", `@mscbot fcp ${disposition}`);
      for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
        w.say(login, "@mscbot reviewed");
      w.reconcile();
      w.wait(6 * DAY).reconcile();
      w.reopen("author");
      w.reconcile();
      w.say("dbkr", "@mscbot waive blocked: words only");
      w.reconcile();
      w.say("uhoreg", "@mscbot second");
      w.reconcile();
      expect(stateOf(w, "blocked")).toBe("waived");
      w.say("richvdh", "@mscbot fcp merge");
      w.reconcile();
      expect(stateOf(w, "blocked")).toBe("waived");
    },
  );

  test("gate.waive: said while a motion to close is open, it is for the one to merge that comes", () => {
    const w = world({ rules: gated(label("blocked", "absent")) });
    w.label("dbkr", "blocked");
    w.say("richvdh", "@mscbot fcp close");
    w.say("dbkr", "@mscbot waive blocked: words only");
    w.reconcile();
    w.say("uhoreg", "@mscbot second");
    w.say("richvdh", "@mscbot fcp cancel");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect(stateOf(w, "blocked")).toBe("waived");
  });

  test("gate.waive: reworded, it waits for nobody any more", () => {
    const w = blocked();
    const said = w.say("dbkr", "@mscbot waive blocked: words only");
    w.reconcile();
    w.edit(said, "dbkr", "@mscbot waive blocked: something else");
    w.say("uhoreg", "@mscbot second");
    expect(refusalOf(w.decide(), "uhoreg")).toBe("second_too_early");
    expect(w.reconcile().reason.code).toBe("gated");
  });
});
