import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DIGEST, duties, planIssues } from "../../src/domain/duties/duties.js";
import { outlineOf } from "../../src/domain/messages/outline.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { MOST_REMINDERS } from "../../src/domain/reminders/period.js";
import { withReminders } from "../../src/domain/reminders/reminders.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { evaluate } from "../../src/runtime/reconcile/evaluate.js";
import { MATRIX } from "../support/rules.js";
import { SCT, START, type World, world } from "../support/world.js";
import { announced } from "./reading.js";

const N = 14 * DAY;
const REMIND: Rules = { ...MATRIX, reminders: { digest: false, mentionAfter: N } };

const moved = (rules: Rules = REMIND): World => {
  const w = world({ rules });
  w.say("richvdh", "@mscbot fcp merge");
  w.reconcile();
  return w;
};

/** As if the moment had come at which the clerk said it would look again. */
const later = (w: World, ms: number): World => {
  w.wait(ms).reconcile();
  return w;
};

const reminders = (w: World) => w.comments("announce").filter(({ marker }) => marker.key.includes("remind"));
const mentioned = (body: string) =>
  [...(body.split("\n")[0] ?? "").matchAll(/@([\w-]+)/g)].map(([, login]) => login);

const away = (login: string, from: number, until: number): Rules => ({
  ...REMIND,
  teams: REMIND.teams.map((team) => ({
    ...team,
    members: team.members.map((member) =>
      member.login === login ? { ...member, away: { from, until } } : member,
    ),
  })),
});

/** Accepted, and left to people to merge. */
function accepted(): World {
  const w = moved();
  for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
    w.say(login, "@mscbot reviewed");
  w.reconcile();
  later(w, 5 * DAY);
  expect(w.decide().phase).toBe("concluded");
  return w;
}

describe("remind.vote", () => {
  test("remind.vote: members whose vote a motion has waited for are mentioned in a new comment, at that very moment and not a millisecond before", () => {
    const w = moved();
    const since = w.decide().register.motion?.from.at ?? 0;
    w.now = since + N - 1;
    w.reconcile();
    expect(reminders(w)).toEqual([]);
    expect(w.decide().nextCheckAt).toBe(since + N);
    w.now = since + N;
    w.reconcile();
    const [given] = reminders(w);
    expect(mentioned(given?.body ?? "")).toEqual(SCT.filter((login) => login !== "richvdh"));
    expect(given?.body).toContain(
      "the motion to **merge** this has waited for your vote since 2 March 2026.",
    );
    expect(given?.body).toContain(
      "The next reminder comes in 14 days at the earliest; there are 2 more at most.",
    );
  });

  test("remind.vote: once in a period, three times at most, and the last says so", () => {
    const w = moved();
    for (let days = 0; days < 100; days += 1) later(w, DAY);
    expect(announced(w)).toEqual(["1:remind-vote:1", "1:remind-vote:2", "1:remind-vote:3"]);
    const at = reminders(w).map(({ createdAt }) => createdAt);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(N);
    expect((at[2] ?? 0) - (at[1] ?? 0)).toBeGreaterThanOrEqual(N);
    expect(reminders(w).at(-1)?.body).toContain("This is the last reminder.");
  });

  test("remind.vote: nobody who has voted or abstained, is away, or has an open concern is mentioned", () => {
    const w = moved(away("uhoreg", START, START + 40 * DAY));
    w.say("ara4n", "@mscbot reviewed");
    w.say("dbkr", "@mscbot abstain");
    w.say("turt2live", "@mscbot concern it says nothing of rooms");
    w.reconcile();
    later(w, N);
    expect(mentioned(reminders(w)[0]?.body ?? "")).toEqual(["erikjohnston", "anoadragon453", "KitsuneRal"]);
  });

  test("remind.vote: where all who are missing are away, it waits until the first is back", () => {
    const until = START + 30 * DAY;
    const w = moved({ ...away("uhoreg", START, until), decisions: REMIND.decisions });
    for (const login of SCT.filter((one) => !["uhoreg", "richvdh"].includes(one)))
      w.say(login, "@mscbot abstain");
    w.reconcile();
    later(w, 20 * DAY);
    expect(reminders(w)).toEqual([]);
    expect(w.decide().nextCheckAt).toBeLessThanOrEqual(until + 1);
    w.now = until + 1;
    w.reconcile();
    expect(mentioned(reminders(w)[0]?.body ?? "")).toEqual(["uhoreg"]);
  });

  test("remind.vote: nobody is reminded of a draft, of what has passed, or where the config names no reminders", () => {
    const draft = moved();
    draft.draft();
    draft.reconcile();
    expect(reminders(later(draft, N))).toEqual([]);
    const off = moved(MATRIX);
    expect(reminders(later(off, 5 * N))).toEqual([]);
    expect(off.decide().register.reminded).toBeUndefined();
    const digestOnly = moved({ ...MATRIX, reminders: { digest: true, mentionAfter: null } });
    expect(reminders(later(digestOnly, 5 * N))).toEqual([]);
  });

  test("remind.vote: a reminder that somebody deleted is not said again", () => {
    const w = later(moved(), N);
    const [given] = reminders(w);
    w.removeOwn(given ?? { id: "" }, "dbkr");
    w.reconcile();
    later(w, HOUR);
    expect(reminders(w)).toEqual([]);
    expect(reminders(later(w, N)).map(({ marker }) => marker.key)).toEqual(["1:remind-vote:2"]);
  });

  test("remind.vote: stopped between writing it down and saying it, it is said by the next look, and once", () => {
    const w = moved();
    w.wait(N).reconcile(1);
    expect([w.decide().register.reminded?.length, reminders(w).length]).toEqual([1, 0]);
    w.reconcile();
    later(w, DAY);
    expect(announced(w)).toEqual(["1:remind-vote:1"]);
  });

  test("remind.vote: with every record lost, the reminders that stand count, and their time", () => {
    const w = later(moved(), N);
    const [first] = reminders(w);
    later(w, DAY);
    w.forget();
    w.reconcile();
    for (const login of SCT) w.say(login, "@mscbot confirm");
    w.reconcile();
    expect(w.decide().register.recovery).toBeNull();
    w.now = (first?.createdAt ?? 0) + N - 1;
    w.reconcile();
    expect(reminders(w)).toHaveLength(1);
    w.now += 1;
    w.reconcile();
    expect(reminders(w).map(({ marker }) => marker.key)).toEqual(["1:remind-vote:1", "1:remind-vote:2"]);
  });

  test("remind.vote: of a motion older than the clerk's coming it counts from then", () => {
    const w = moved();
    w.adoptedAt = w.now + 3 * DAY;
    expect(reminders(later(w, N))).toEqual([]);
    expect(w.decide().nextCheckAt).toBe(w.adoptedAt + N);
  });

  test("remind.vote: a new motion begins anew", () => {
    const w = later(moved(), N);
    w.say("richvdh", "@mscbot fcp cancel");
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    later(w, N - DAY);
    expect(reminders(w)).toHaveLength(1);
    later(w, 2 * DAY);
    expect(reminders(w).map(({ marker }) => marker.key)).toEqual(["1:remind-vote:1", "2:remind-vote:1"]);
  });
});

describe("remind.merge", () => {
  test("remind.merge: who moved an accepted proposal that is not merged is mentioned, once in a period and three times at most", () => {
    const w = accepted();
    for (let days = 0; days < 80; days += 1) later(w, DAY);
    const given = reminders(w);
    expect(given.map(({ marker }) => marker.key)).toEqual([
      "1:remind-merge:1",
      "1:remind-merge:2",
      "1:remind-merge:3",
    ]);
    expect(given[0]?.body).toMatch(
      /^@richvdh: this proposal has been accepted since 7 March 2026, and is not merged yet\. Please merge it/,
    );
  });

  test("remind.merge: nobody is reminded once it is merged, or where the clerk merges", () => {
    const w = accepted();
    w.merge("richvdh");
    w.reconcile();
    expect(reminders(later(w, 3 * N))).toEqual([]);
    const waits = accepted();
    waits.rules = { ...REMIND, conclude: { ...REMIND.conclude, merge: "squash" } };
    expect(waits.wait(N).decide().register.reminded).toBeUndefined();
  });
});

test("remind.vote: whatever the order of votes, looks, restarts and lost registers, nobody is mentioned twice in a period or after a vote", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ kind: fc.constant("vote" as const), who: fc.constantFrom(...SCT.slice(3)) }),
    fc.record({ kind: fc.constant("abstain" as const), who: fc.constantFrom(...SCT.slice(3)) }),
    fc.record({ kind: fc.constant("stop" as const), after: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ kind: fc.constant("forget" as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const w = moved();
      const voted = new Map<string, number>();
      let forgotten = 0;
      for (const each of steps) {
        switch (each.kind) {
          case "wait":
            later(w, each.days * DAY);
            break;
          case "vote":
          case "abstain":
            w.say(each.who, each.kind === "vote" ? "@mscbot reviewed" : "@mscbot abstain");
            voted.set(each.who, voted.get(each.who) ?? w.now);
            break;
          case "stop":
            w.reconcile(each.after);
            break;
          case "forget":
            // Store, key and every record are gone, and members confirm what was rebuilt.
            w.forget();
            w.reconcile();
            for (const login of SCT) w.say(login, "@mscbot confirm");
            w.reconcile();
            forgotten += 1;
        }
        w.wait(1000);
      }
      w.reconcile();
      const given = reminders(w);
      if (forgotten > 0) expect(w.decide().register.recovery).toBeNull();
      expect(given.length).toBeLessThanOrEqual(MOST_REMINDERS);
      for (const [at, { createdAt, body }] of given.entries()) {
        const before = given[at - 1]?.createdAt ?? START;
        expect(createdAt - before).toBeGreaterThanOrEqual(N);
        for (const login of mentioned(body))
          expect(voted.get(login ?? "") ?? createdAt).toBeGreaterThanOrEqual(createdAt);
      }
    }),
    { numRuns: 25 },
  );
});

describe("remind.digest: what a proposal waits for", () => {
  const waitsOf = (w: World) => {
    const found = outlineOf(w.decide(), w.snapshot(), w.rules);
    return found === null
      ? null
      : found.waits.kind === "quiet"
        ? `${found.waits.turn}: ${found.waits.why}`
        : found.waits.kind;
  };
  const blocked: Rules = {
    ...MATRIX,
    gates: [
      { kind: "review_threads", name: "review_threads", before: "begin" },
      { kind: "dependencies", name: "dependencies", before: "begin" },
    ],
  };

  test("remind.digest: whose turn it is without a motion: author, team, nobody", () => {
    expect(waitsOf(world({ draft: true }))).toBe("author: draft");
    expect(waitsOf(world())).toBe("team: motion");
    expect(waitsOf(world({ labels: [] }))).toBeNull();
    const raised = world();
    raised.say("dbkr", "@mscbot concern what of rooms?");
    raised.reconcile();
    expect(waitsOf(raised)).toBe("author: concerns");
    const threads = world({ rules: blocked });
    const open = {
      url: "https://github.example/t",
      by: threads.account("dbkr"),
      at: START,
      resolved: false,
      resolvedBy: null,
    };
    threads.gates = { threads: [open], dependencies: { named: [], known: [] } };
    expect(waitsOf(threads)).toBe("author: gates");
    threads.gates = {
      threads: [],
      dependencies: { named: [7], known: [{ number: 7, state: "open", dependsOn: [] }] },
    };
    expect(waitsOf(threads)).toBe("nobody: dependencies");
  });

  test("remind.digest: quiet is what people have left alone, whatever bots do, and a push is theirs", () => {
    const w = world();
    const since = () => outlineOf(w.decide(), w.snapshot(), w.rules)?.since;
    w.say("author", "@mscbot status");
    w.reconcile();
    const said = since();
    w.wait(DAY);
    w.say("preview-bot", "Here is a preview.");
    w.label("preview-bot", "previewed");
    w.reconcile();
    expect(since()).toBe(said);
    w.wait(DAY).push("b".repeat(40));
    w.reconcile();
    expect(since()).toBe(w.register.heads.at(-1)?.at);
    expect(since()).toBeGreaterThan(said ?? 0);
  });

  test("remind.digest: with a motion, what it lacks; then its period; then who merges; then nothing", () => {
    const w = moved(MATRIX);
    expect(outlineOf(w.decide(), w.snapshot(), w.rules)).toMatchObject({
      since: w.decide().register.motion?.from.at,
      waits: { kind: "votes", teams: [{ title: "Spec Core Team", lacks: 5, missing: { length: 7 } }] },
    });
    for (const login of SCT.slice(3)) w.say(login, "@mscbot reviewed");
    w.reconcile();
    expect(waitsOf(w)).toBe("fcp");
    later(w, 5 * DAY);
    expect(waitsOf(w)).toBe("merge");
    w.merge("richvdh");
    w.reconcile();
    expect(waitsOf(w)).toBeNull();
  });
});

test("remind.digest, remind.vote: with the key off a decision is left as it is, and nothing is outlined, listed or closed", () => {
  const w = moved(MATRIX).wait(100 * DAY);
  const decision = w.decide();
  expect(withReminders(decision, w.snapshot(), MATRIX, w.now)).toBe(decision);
  expect(evaluate(w.snapshot(), MATRIX, w.now)).not.toHaveProperty("outline");
  const facts = { rules: MATRIX, versions: [], lastActs: [], decisions: { lines: [], checkpoint: null } };
  expect(duties({ ...facts, issues: [] }, w.now).map(({ key }) => key)).not.toContain(DIGEST);
  const stands = { number: 5, key: DIGEST, title: "What waits for whom", body: "", open: true };
  expect(planIssues(duties({ ...facts, issues: [stands] }, w.now), [stands])).toContainEqual({
    kind: "close_issue",
    number: 5,
  });
});
