import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { neededYes, passes } from "../../src/domain/decide/tally.js";
import { decide } from "../../src/domain/decide.js";
import { desired } from "../../src/domain/desired/desired.js";
import { plan } from "../../src/domain/desired/plan.js";
import type { Decision } from "../../src/domain/model/decision.js";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import { DAY } from "../../src/domain/text/time.js";
import { inFcp, proposed, type World, world } from "../support/world.js";
import { history, MEMBERS, OUTSIDERS, play, played, step } from "./histories.js";

const STARTS = [
  world,
  proposed,
  inFcp,
  () => inFcp().wait(5 * DAY),
  () => world({ labels: ["proposal", "kind:governance"] }),
];
const start = fc.constantFrom(...STARTS);
/** The simulation goes through more, of the whole clerk. Whoever wants more of these says so. `PROPERTY_RUNS=300 npm run test:ci -- process/properties` */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 150);

const votes = ({ tallies, concerns, register }: Decision) => ({
  tallies: tallies.map(({ team, size, yes, needed, passed, seats }) => ({
    team,
    size,
    yes,
    needed,
    passed,
    seats: seats.map(({ member, choice, retracted }) => [member.login, choice, retracted]),
  })),
  concerns: concerns.map(({ number, text, resolved, blocks }) => ({
    number,
    text,
    open: resolved === null,
    blocks,
  })),
  motion: register.motion && {
    number: register.motion.number,
    disposition: register.motion.disposition,
    ended: register.motion.end?.kind,
  },
});

/** The same facts listed in another order, some of them more than once, none of them the same object. */
function shuffled(snapshot: Snapshot, seed: number): Snapshot {
  let state = seed + 1;
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state / 2 ** 32;
  };
  const mix = <T>(items: readonly T[]): T[] =>
    [...items, ...items.filter(() => next() < 0.3)]
      .map((item) => ({ item: structuredClone(item), at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  return {
    ...structuredClone(snapshot),
    labels: mix(snapshot.labels),
    utterances: mix(snapshot.utterances),
    events: mix(snapshot.events),
    files: mix(snapshot.files),
    ownComments: mix(snapshot.ownComments),
    legacyComments: mix(snapshot.legacyComments),
    siblings: mix(snapshot.siblings),
  };
}

describe("same decision for any order and repetition of the same facts", () => {
  test("act.once: however GitHub orders and repeats its lists, the decision is the same", () => {
    fc.assert(
      fc.property(start, history(), fc.nat(), (begin, steps, seed) => {
        const w = played(steps, begin);
        const facts = w.snapshot();
        expect(decide(shuffled(facts, seed), w.rules, w.now)).toEqual(decide(facts, w.rules, w.now));
      }),
      { numRuns: RUNS },
    );
  });

  test("comment.once: and so is the plan", () => {
    fc.assert(
      fc.property(start, history(), fc.nat(), (begin, steps, seed) => {
        const w = played(steps, begin);
        const planned = (facts: Snapshot) =>
          plan(desired(decide(facts, w.rules, w.now), facts, w.rules), facts);
        const told = (actions: ReturnType<typeof planned>) =>
          actions.map((action) => JSON.stringify(action)).sort();
        expect(told(planned(shuffled(w.snapshot(), seed)))).toEqual(told(planned(w.snapshot())));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("who is not on the roster", () => {
  const doing = step([
    "say",
    "say two",
    "review",
    "edit",
    "remove",
    "dismiss",
    "label",
    "tick",
    "untick",
    "tick stale",
    "chatter",
  ]);

  test("tally.threshold: non-members' doings never change a tally, a concern or a motion", () => {
    fc.assert(
      fc.property(
        start,
        history(30),
        fc.array(doing, { minLength: 1, maxLength: 8 }),
        (begin, steps, doings) => {
          const w = played(steps, begin);
          const first = w.reconcile();
          // Merged without a motion it is over, and nothing is kept of it any more.
          fc.pre(w.pull.state !== "merged" || first.register.motion !== null);
          const before = votes(first);
          for (const one of doings) asOutsider(w, one.what, () => play(w, one));
          expect(votes(w.decide())).toEqual(before);
          expect(votes(w.reconcile())).toEqual(before);
        },
      ),
      { numRuns: RUNS },
    );
  });

  /** Whoever the history names in this step, an outsider does it; the labels that decide what is needed are left alone. */
  function asOutsider(w: World, which: number, doings: () => void): void {
    const stranger = OUTSIDERS[which % OUTSIDERS.length] ?? "mallory";
    const { account, label } = w;
    w.account = (login) => account.call(w, login === "msc-clerk" ? login : stranger);
    w.label = (login, name) => {
      const own = Object.values(w.rules.labels).includes(name);
      if (own && !["proposal", "proposal-placeholder"].includes(name)) label.call(w, login, name);
    };
    w.still(doings);
    w.account = account;
    w.label = label;
  }
});

describe("rest", () => {
  test("comment.once: after a look there is nothing left to write, in any state; what is said is said once", () => {
    fc.assert(
      fc.property(start, history(50), (begin, steps) => {
        const w = begin();
        for (const one of steps) {
          play(w, one);
          if (one.kind !== "look") continue;
          expect(w.plan()).toEqual([]);
          lawful(w);
        }
        w.reconcile();
        expect(w.plan()).toEqual([]);
        lawful(w);
      }),
      { numRuns: RUNS },
    );
  });

  test("comment.once: with the register lost at any moment the clerk still comes to rest, and says nothing twice", () => {
    const kinds = [
      "say",
      "vote",
      "vote",
      "move",
      "review",
      "label",
      "close or reopen",
      "wait days",
      "look",
      "forget",
    ] as const;
    fc.assert(
      fc.property(start, history(40, kinds), (begin, steps) => {
        const w = played(steps, begin);
        w.reconcile();
        expect(w.plan()).toEqual([]);
        lawful(w);
      }),
      { numRuns: RUNS },
    );
  });

  test("comment.once: a look at what changes nothing plans nothing", () => {
    fc.assert(
      fc.property(
        start,
        history(30),
        fc.array(step(["chatter"]), { minLength: 1, maxLength: 5 }),
        (begin, steps, chatter) => {
          const w = played(steps, begin);
          w.reconcile();
          w.still(() => {
            for (const one of chatter) play(w, one);
            w.review("mallory", "commented", "Reading.");
            w.label("mallory", "kind:core");
          });
          expect(w.plan()).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  });

  /** What must hold whenever the clerk rests. */
  function lawful(w: World): void {
    const decision = w.decide();
    const { contestedLabels: contested, phase, register } = decision;
    const carries = (key: "proposed_fcp" | "fcp" | "finished_fcp" | "postponed") => w.labels.has(w.name(key));
    const states = (["proposed_fcp", "fcp", "finished_fcp", "postponed"] as const).filter(carries);
    if (phase !== "out_of_scope" && register.motion !== null && contested.length === 0) {
      expect(states.length).toBeLessThanOrEqual(1);
      expect(carries("fcp")).toBe(phase === "fcp");
      expect(carries("proposed_fcp")).toBe(phase === "proposed");
    }
    const said = w.ownComments.map(
      ({ marker }) =>
        `${marker.kind} ${Number.parseInt(marker.key, 10)} ${marker.kind === "status" ? "" : marker.key}`,
    );
    expect(new Set(said).size).toBe(said.length);
    if (decision.check === "success") {
      const { motion } = register;
      expect(motion).toMatchObject({ disposition: "merge", end: { kind: "concluded" } });
      expect(["concluded", "ended"]).toContain(phase);
      expect(decision.concerns.filter((one) => one.resolved === null && phase === "concluded")).toEqual([]);
    }
    if (w.pull.state === "open") expect(w.check?.own).toBe(decision.check);
    expect(JSON.stringify(register).length).toBeLessThan(60_000);
  }
});

describe("killed at any moment", () => {
  const seen = (w: World) => {
    // When answers that were given are crossed off depends on how often the clerk wrote.
    const { seq: _, pendingReplies: __, ...register } = w.decide().register;
    return {
      labels: [...w.labels].sort(),
      comments: w.ownComments
        .map(({ marker, body }) => ({ marker, body }))
        .sort((a, b) => (JSON.stringify(a.marker) < JSON.stringify(b.marker) ? -1 : 1)),
      check: w.check && {
        verdict: w.check.verdict,
        own: w.check.own,
        title: w.check.title,
        summary: w.check.summary,
      },
      reactions: w.utterances.map(({ id, reactions }) => ({ id, reactions })),
      pull: w.pull.state,
      register,
    };
  };

  test("comment.once: killed after any action and run again, it ends in the same state", () => {
    fc.assert(
      fc.property(start, history(25), (begin, steps) => {
        const w = played(steps, begin);
        const whole = w.clone();
        const before = whole.actions.length;
        whole.still(() => whole.reconcile());
        const writes = whole.actions.length - before;
        for (let killedAfter = 0; killedAfter < writes; killedAfter++) {
          const killed = w.clone();
          killed.still(() => {
            killed.reconcile(killedAfter);
            killed.reconcile();
          });
          expect(seen(killed)).toEqual(seen(whole));
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("comment.once: killed again and again, one write at a time, it ends in the same state", () => {
    fc.assert(
      fc.property(start, history(25), (begin, steps) => {
        const w = played(steps, begin);
        const whole = w.clone();
        whole.still(() => whole.reconcile());
        w.still(() => {
          for (let time = 0; time < 60 && w.plan().length > 0; time++) w.reconcile(1);
        });
        expect(w.plan()).toEqual([]);
        expect(seen(w)).toEqual(seen(whole));
      }),
      { numRuns: RUNS },
    );
  });
});

describe("time", () => {
  test("fcp.conclude: between now and the next moment to look at, the decision is constant and there is nothing to write", () => {
    fc.assert(
      fc.property(start, history(30), fc.double({ min: 0, max: 1, noNaN: true }), (begin, steps, share) => {
        const w = played(steps, begin);
        const { nextCheckAt, at, ...decision } = w.reconcile();
        const last = (nextCheckAt ?? at + 400 * DAY) - 1;
        w.now = Math.floor(at + (last - at) * share);
        const { at: _, nextCheckAt: again, ...later } = w.decide();
        expect(later).toEqual(decision);
        expect(again).toBe(nextCheckAt);
        expect(w.plan()).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test("fcp.conclude: looking again only when it said, the clerk comes to rest within a few looks, and waits for something then", () => {
    fc.assert(
      fc.property(start, history(30), (begin, steps) => {
        const w = played(steps, begin);
        let { nextCheckAt } = w.reconcile();
        for (let time = 0; time < 4 && nextCheckAt !== null; time++) {
          expect(nextCheckAt).toBeGreaterThan(w.now);
          w.now = nextCheckAt;
          nextCheckAt = w.reconcile().nextCheckAt;
        }
        expect(w.plan()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("counting", () => {
  test("tally.threshold: one more yes never takes anything away", () => {
    fc.assert(
      fc.property(start, history(30), fc.nat(), (begin, steps, who) => {
        const w = played(steps, begin);
        const before = w.decide().tallies;
        w.still(() => w.say(MEMBERS[who % MEMBERS.length] ?? "ara4n", "@mscbot reviewed"));
        for (const [index, tally] of w.decide().tallies.entries()) {
          expect(tally.yes).toBeGreaterThanOrEqual(before[index]?.yes ?? 0);
          expect(tally.passed || !before[index]?.passed).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("tally.threshold: a yes more passes wherever one fewer did; a member more never needs fewer", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 100 }),
        (size, a, b) => {
          const threshold = { numerator: Math.min(a, b), denominator: Math.max(a, b) };
          const needed = neededYes(size, threshold);
          expect(Number.isInteger(needed)).toBe(true);
          expect(needed).toBeLessThanOrEqual(size);
          for (let yes = 0; yes <= size; yes++) expect(passes(yes, size, threshold)).toBe(yes >= needed);
          expect(neededYes(size + 1, threshold)).toBeGreaterThanOrEqual(needed);
        },
      ),
    );
  });
});

describe("looking late", () => {
  test("act.once: looked at after every word or only at the end, the votes and concerns are the same", () => {
    const kinds = [
      ...(["say", "say", "say two", "vote", "move", "chatter", "review", "dismiss", "edit"] as const),
      ...(["draft or ready", "close or reopen"] as const),
    ];
    const all = {
      ...world().rules,
      decisions: [
        {
          name: "all",
          match: { labels: [], paths: [] },
          approval: [{ team: "spec-core-team", threshold: { numerator: 1, denominator: 1 } }],
        },
      ],
    };
    fc.assert(
      fc.property(history(30, kinds), (steps) => {
        const often = world({ rules: all });
        const once = world({ rules: all });
        // Nobody begins an FCP here: when that happens depends on when the clerk looks.
        for (const w of [often, once]) w.join("spec-core-team", "silent");
        for (const one of steps) {
          play(often, { ...one, atOnce: false });
          play(once, { ...one, atOnce: false });
          // The clerk's own writes take no time here, so that both worlds keep the same clock.
          often.still(() => often.reconcile());
        }
        expect(votes(once.reconcile())).toEqual(votes(often.decide()));
      }),
      { numRuns: RUNS },
    );
  });
});
