import { describe, expect, it } from "vitest";
import { lawfulState, marked } from "../../src/domain/amendment/history.js";
import { lawfulChain, type PassedStep, passedStep } from "../../src/domain/amendment/lawful.js";
import { countedByBoth } from "../../src/domain/decide/lawfulConfig.js";
import { decide } from "../../src/domain/decide.js";
import { explain } from "../../src/domain/messages/explain.js";
import type { TeamTally } from "../../src/domain/model/decision.js";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type { LawfulNote, Register } from "../../src/domain/model/register.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { equal } from "../../src/domain/text/equal.js";
import { adding, amendment, removing } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { inFcp, proposed, SCT, START, type World, world } from "../support/world.js";

const HALF = { numerator: 1, denominator: 2 };

const place = (number: number, fingerprint: string) => ({ number, fingerprint });

/** A step from one print to another, judged by the lawful config of that number; merged in the order of the numbers. */
function step(number: number, from: string, makes: string, more: Partial<PassedStep> = {}): PassedStep {
  return {
    pull: 100 + number,
    at: number,
    judgedBy: place(number, from),
    base: from,
    makes,
    landed: true,
    ...more,
  };
}

const led = (from: { number: number; fingerprint: string }, steps: readonly PassedStep[], present: string) =>
  lawfulChain(from, steps, present).map(({ makes }) => makes);

describe("from the lawful config on", () => {
  it("config.lawful: passed amendments lead to the present config, print to print, in whatever order they are told", () => {
    const steps = [step(3, "c", "d"), step(1, "a", "b"), step(2, "b", "c")];
    expect(led(place(1, "a"), steps, "d")).toEqual(["b", "c", "d"]);
    expect(led(place(2, "b"), steps, "d")).toEqual(["c", "d"]);
  });

  it("config.lawful: what no amendment leads to is not lawful, however near one comes", () => {
    expect(led(place(1, "a"), [], "x")).toEqual([]);
    expect(led(place(1, "a"), [step(1, "a", "b")], "x")).toEqual(["b"]);
    expect(led(place(1, "a"), [step(1, "z", "x")], "x")).toEqual([]);
  });

  it("config.lawful: nothing is approved twice: what led to a config once leads there no second time", () => {
    const there = step(1, "a", "b");
    const back = step(2, "b", "a");
    expect(led(place(1, "a"), [there, back], "a")).toEqual(["b", "a"]);
    expect(led(place(3, "a"), [there, back], "b")).toEqual([]);
    expect(led(place(3, "a"), [there, back, step(3, "a", "b")], "b")).toEqual(["b"]);
  });

  it("config.lawful: of two approved on the same config the one that was merged first was a step, and the other is none", () => {
    const first = step(1, "a", "b", { at: 10, pull: 7 });
    const second = step(1, "a", "c", { at: 11, pull: 3, landed: false });
    expect(led(place(1, "a"), [second, first], "bc")).toEqual(["b"]);
    // Also where somebody has then put in by hand just what the second would have made.
    expect(led(place(1, "a"), [second, first], "c")).toEqual(["b"]);
    expect(led(place(1, "a"), [second, { ...first, at: 12 }], "c")).toEqual(["c"]);
  });

  it("config.lawful: a merge that made something else is a step only if the present config is what was approved", () => {
    const altered = step(1, "a", "b", { landed: false });
    expect(led(place(1, "a"), [altered], "x")).toEqual([]);
    expect(led(place(1, "a"), [altered], "b")).toEqual(["b"]);
  });

  it("config.lawful: on top of what nobody approved an amendment leads on from the lawful config it was judged by", () => {
    const ratified = step(4, "a", "c", { base: "unlawful" });
    expect(led(place(4, "a"), [ratified], "c")).toEqual(["c"]);
    expect(led(place(5, "unlawful"), [ratified], "c")).toEqual([]);
  });

  it("config.lawful: what brings the lawful config back is no step, and what was judged by it holds", () => {
    const back = step(1, "a", "a", { at: 5, base: "unlawful" });
    expect(led(place(1, "a"), [back, step(1, "a", "b", { at: 6 })], "b")).toEqual(["b"]);
  });

  it("config.lawful: a record of before goes from print to print by what it was judged on", () => {
    const former = step(1, "a", "b", { judgedBy: null });
    expect(led(place(9, "a"), [former], "b")).toEqual(["b"]);
    expect(led(place(9, "x"), [former], "b")).toEqual([]);
  });
});

describe("the step that a merged amendment was", () => {
  const seen: NonNullable<Register["lastSeen"]> = {
    head: "h",
    base: "a",
    makes: "b",
    fingerprints: [],
    since: [],
    own: [],
    judgedBy: place(1, "a"),
    passed: true,
    record: null,
  };
  const record = (more: Partial<typeof seen>, head = "h") => ({
    register: { ...emptyRegister, lastSeen: { ...seen, ...more } },
    head,
    at: 5,
  });
  const of = { pull: 7, landedAs: "b" };

  it("config.lawful: it had passed, at the very head that was merged", () => {
    expect(passedStep(record({}), of)).toEqual({
      pull: 7,
      at: 5,
      judgedBy: place(1, "a"),
      base: "a",
      makes: "b",
      landed: true,
    });
    expect(passedStep(record({ passed: false }), of)).toBeNull();
    expect(passedStep(record({}, "another"), of)).toBeNull();
    expect(passedStep(record({ makes: "" }), { ...of, landedAs: "" })).toBeNull();
    expect(passedStep({ register: null, head: "h", at: 5 }, of)).toBeNull();
    expect(passedStep({ register: emptyRegister, head: "h", at: 5 }, of)).toBeNull();
  });

  it("config.lawful: what its merge made is told apart from what was approved", () => {
    expect(passedStep(record({}), { ...of, landedAs: "x" })?.landed).toBe(false);
    expect(passedStep(record({}), { ...of, landedAs: null })?.landed).toBe(false);
  });
});

describe("what is written down", () => {
  const note: LawfulNote = { number: 3, fingerprint: "p", commit: "c".repeat(40), adoptedAt: START };

  it("config.lawful: every record holds which config was lawful when it was written, and an amendment which it was judged by", () => {
    const w = proposed();
    const plain = w.snapshot.bind(w);
    w.snapshot = () => ({ ...plain(), lawful: note });
    // Alone it is no reason to write.
    expect(w.reconcile().register.lawful).toBeNull();
    w.say("dbkr", "@mscbot reviewed");
    expect(w.reconcile().register.lawful).toEqual(note);
    const a = amendment(adding("clokep", 210), { author: "richvdh" });
    const facts = a.snapshot.bind(a);
    let lawful = note;
    a.snapshot = () => ({ ...facts(), lawful });
    expect(a.reconcile().register).toMatchObject({
      lawful: note,
      lastSeen: { judgedBy: { number: 3, fingerprint: "p" } },
    });
    lawful = { ...note, number: 5 };
    expect(a.reconcile().register).toMatchObject({
      lawful: { number: 5 },
      lastSeen: { judgedBy: { number: 5 } },
    });
  });

  it("config.lawful: what it was judged by stays what it was when it is merged", () => {
    const w = amendment(removing("KitsuneRal"), { author: "KitsuneRal" });
    const facts = w.snapshot.bind(w);
    let lawful = note;
    w.snapshot = () => ({ ...facts(), lawful });
    w.reconcile();
    w.say("KitsuneRal", "@mscbot propose");
    w.reconcile();
    w.merge("dbkr");
    lawful = { ...note, number: 4 };
    w.rules = removing("KitsuneRal")(w.rules);
    expect(w.reconcile().register).toMatchObject({
      lawful: { number: 4 },
      lastSeen: { judgedBy: { number: 3 } },
    });
  });
});

describe("with both copies of what is lawful lost", () => {
  const present: LawfulNote = {
    number: 1_772_452_800,
    fingerprint: "p",
    commit: "c".repeat(40),
    adoptedAt: START,
  };

  it("config.lawful: nothing begins, and nothing concludes", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    const held = decide({ ...w.snapshot(), lawfulLost: present }, w.rules, w.now);
    expect(held).toMatchObject({
      phase: "proposed",
      holds: [{ code: "lawful_lost" }],
      reason: { code: "held" },
    });
    const running = inFcp();
    const over = { ...running.snapshot(), lawfulLost: present };
    expect(decide(over, running.rules, running.now + 6 * 86_400_000)).toMatchObject({
      phase: "fcp",
      holds: [{ code: "lawful_lost" }],
    });
    expect(decide(running.snapshot(), running.rules, running.now + 6 * 86_400_000).phase).toBe("concluded");
  });

  it("config.lawful: an amendment goes on by the present rules: it is a way out", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    const facts = w.snapshot.bind(w);
    w.snapshot = () => ({ ...facts(), lawfulLost: present });
    w.reconcile();
    for (const login of SCT) w.say(login, login === "ara4n" ? "@mscbot propose" : "@mscbot reviewed");
    expect(w.reconcile()).toMatchObject({ check: "success", register: { lastSeen: { judgedBy: null } } });
  });

  it("config.lawful: who confirms what was rebuilt of a proposal confirms the config with it", () => {
    const w = proposed();
    w.forget();
    const whole = w.snapshot.bind(w);
    w.snapshot = () => ({ ...whole(), lawfulLost: present });
    w.reconcile();
    w.wait(60_000);
    w.say("dbkr", "@mscbot confirm");
    expect(w.reconcile()).toMatchObject({
      register: { lawful: { number: 0 } },
      holds: expect.arrayContaining([{ code: "lawful_lost" }]),
    });
    w.say("uhoreg", "@mscbot confirm");
    const decision = decide(w.snapshot(), w.rules, w.now);
    expect(decision.register).toMatchObject({ recovery: null, lawful: present });
    expect(decision.holds).toEqual([]);
  });
});

describe("what a proposal tells of the config", () => {
  const present: LawfulNote = { number: 9, fingerprint: "p", commit: "c".repeat(40), adoptedAt: START };
  const LOST =
    "The clerk does not know any more which config is lawful. Until it is confirmed or amended, or the clerk’s store is restored, nothing here begins or concludes.";
  const REPOSITORY = "https://github.example/matrix-org/matrix-spec-proposals";
  const CAME = `The config on the default branch was changed on 1 March 2026 ([\`ddddddd\`](${REPOSITORY}/commit/${"d".repeat(40)})) without an approved amendment.`;
  const BOTH = `${CAME} Until it is ratified or reverted, votes are counted by the last lawful one ([\`ccccccc\`](${REPOSITORY}/commit/${"c".repeat(40)})) and by the present one, and nothing here begins or concludes unless it would by both. Of each team the count that lacks more is shown.`;
  const packed = adding("n2", 502)(adding("n1", 501)(MATRIX));
  /** Every count that a text tells, as it stands there. */
  const counts = (text = "") => text.match(/\d+ of \d+ needed, of \d+/g) ?? [];

  function unlawful<W extends World>(w: W, lawful: Rules = MATRIX): W {
    w.lawfulRules = lawful;
    w.unlawful = { commit: "d".repeat(40), at: START - 86_400_000 };
    w.lawful = { ...present, number: 1 };
    return w;
  }

  it("config.lawful: while the present config is not lawful, every proposal says so, with links to it and to the lawful one", () => {
    for (const w of [proposed(), inFcp()]) {
      unlawful(w, removing("dbkr")(MATRIX)).reconcile();
      expect(w.check?.summary).toContain(BOTH);
      expect(w.status()?.body).toContain(BOTH);
      w.lawfulRules = null;
      w.reconcile();
      expect(w.check?.summary).not.toContain("approved amendment");
      expect(w.status()?.body).not.toContain("approved amendment");
    }
    const w = proposed();
    const plain = w.snapshot.bind(w);
    w.snapshot = () => ({ ...plain(), lawfulLost: present });
    w.reconcile();
    expect(w.check?.summary).toContain(LOST);
    expect(w.status()?.body).toContain(LOST);
  });

  it("config.lawful: so does the check of a proposal nobody has moved yet, of a draft, and of one accepted; of what is no proposal it does not", () => {
    const checkOf = (w: World) => {
      unlawful(w).reconcile();
      return w.check?.summary;
    };
    expect(checkOf(world())).toContain(BOTH);
    expect(checkOf(world({ draft: true }))).toContain(BOTH);
    const accepted = inFcp();
    accepted.wait(6 * 86_400_000);
    accepted.reconcile();
    expect(checkOf(accepted)).toContain(BOTH);
    expect(accepted.check?.verdict).toBe("success");
    const files = [{ path: "README.md", change: "modified" }] as const;
    expect(checkOf(world({ labels: [], files }))).not.toContain("approved amendment");
  });

  it("config.lawful: what was enough for the Final Comment Period to begin by the lawful config is not asked for again by it", () => {
    const w = unlawful(inFcp());
    for (const login of ["dbkr", "anoadragon453", "KitsuneRal"]) w.leave("spec-core-team", login);
    for (const login of ["ara4n", "dbkr"]) w.say(login, "@mscbot retract");
    // Four of the present five, which would be enough anew, and of the lawful eight, which would not.
    expect(w.reconcile().holds).toEqual([]);
  });

  it("config.lawful: a motion needs by the lawful config what its own labels ask for, also once they are off", () => {
    const w = proposed({ labels: ["proposal", "kind:governance"] });
    w.unlabel("author", "kind:governance");
    unlawful(w).rules = removing("AmandineLP", "guardians")(MATRIX);
    for (const login of SCT) w.say(login, "@mscbot reviewed");
    w.say("ara4n", "@mscbot reviewed as guardians");
    expect(w.reconcile()).toMatchObject({ phase: "proposed", holds: [{ code: "unlawful_config" }] });
  });

  it("config.lawful: of two counts with a quorum the one that more people have to vote for lacks more", () => {
    const count = (voted: number, needed: number): TeamTally => ({
      ...{ team: "spec-core-team", title: "", need: { team: "spec-core-team", threshold: HALF } },
      ...{ size: 8, minimum: 1, yes: 1, needed: 2, passed: false, belowMinimum: false, seats: [] },
      ...{ notCounted: [], quorum: { present: 8, voted, needed } },
    });
    const by = (present: TeamTally, lawful: TeamTally) =>
      countedByBoth([present], [lawful], MATRIX).map(({ countedBy }) => countedBy);
    expect(by(count(1, 6), count(3, 6))).toEqual(["present"]);
    expect(by(count(3, 6), count(1, 6))).toEqual(["lawful"]);
    expect(by(count(2, 7), count(6, 8))).toEqual(["present"]);
  });

  it("config.lawful: where the history does not tell what came, the commit in force is linked", () => {
    const w = proposed();
    w.lawfulRules = removing("dbkr")(MATRIX);
    w.reconcile();
    expect(w.check?.summary).toContain(`was changed ([\`ccccccc\`](${REPOSITORY}/commit/`);
  });

  it("config.lawful: of the two counts the one that lacks more is shown, by whichever config, and never both", () => {
    const w = unlawful(proposed({ rules: packed }));
    for (const login of ["ara4n", "erikjohnston", "dbkr", "n1"]) w.say(login, "@mscbot reviewed");
    // The present ten need eight and have five; of the lawful eight six are needed, and four have voted.
    const early = w.reconcile();
    expect(new Set(counts(w.status()?.body))).toEqual(new Set(["5 of 8 needed, of 10"]));
    expect(early.reason).toMatchObject({ teams: [{ yes: 5, needed: 8, size: 10 }] });
    for (const login of ["n2", "uhoreg", "anoadragon453"]) w.say(login, "@mscbot reviewed");
    w.reconcile();
    expect(w.decide().phase).toBe("fcp");

    const packing = adding("n4", 504)(adding("n3", 503)(packed));
    const few = unlawful(proposed({ rules: packing }));
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "n1", "n2", "n3", "n4"])
      few.say(login, "@mscbot reviewed");
    expect(few.reconcile()).toMatchObject({ phase: "proposed", holds: [{ code: "unlawful_config" }] });
    const body = few.status()?.body ?? "";
    expect(counts(body)).toEqual(["5 of 6 needed, of 8"]);
    expect(body).toContain("**5 of 6 needed, of 8** (75%), by the last lawful config.");
    expect(body).toContain("n1: approval by");
    expect(body).toContain("on the team only by a change of the config that nobody approved");
    expect(few.check?.summary).toContain(
      "| Spec Core Team | 5 | 6 (75%) | 8 | 1 more, by the last lawful config |",
    );
    expect(few.check?.summary).not.toContain("| 12 |");
  });

  it("config.lawful: who was taken off by nobody's decision is still counted, where that lacks more", () => {
    const small = removing("turt2live")(removing("KitsuneRal")(removing("anoadragon453")(MATRIX)));
    const w = unlawful(proposed({ rules: small }));
    for (const login of ["ara4n", "erikjohnston"]) w.say(login, "@mscbot reviewed");
    w.reconcile();
    expect(new Set(counts(w.status()?.body))).toEqual(new Set(["3 of 6 needed, of 8"]));
    expect(w.check?.title).toBe(
      "Waiting for 3 more approvals from the Spec Core Team (3 of 6 needed, of 8).",
    );
  });

  it("config.lawful: an amendment says that it is read from the lawful config, and each change has its own count alone", () => {
    const w = unlawful(amendment(adding("clokep", 210), { author: "richvdh", rules: packed }));
    w.reconcile();
    for (const login of ["richvdh", "n1"]) w.say(login, "@mscbot propose");
    w.reconcile();
    const body = w.status()?.body ?? "";
    expect(body).toContain(`${CAME} Until it is ratified or reverted, what this changes is read from`);
    // The lawful eight, in sentence, heading and table alike.
    const [team, guardians] = ["1 of 8 needed, of 8", "0 of 2 needed, of 2"];
    expect(counts(body)).toEqual([team, guardians, team, guardians]);
    expect(body).toContain("8 of 8 of the Spec Core Team");
    expect(body).not.toContain("of 10");
    // Whoever that config seated has no box in it.
    expect(body).not.toContain("@n1 ");
    // It keeps the two, for whom all eight are needed, and takes one off, for whom six are: the team has no one count.
    const more = unlawful(
      amendment((rules) => removing("dbkr")(rules), { author: "richvdh", rules: packed }),
    );
    more.reconcile();
    more.say("richvdh", "@mscbot propose");
    more.reconcile();
    const [headings = ""] = (more.status()?.body ?? "").split("### Where it stands");
    expect(counts(headings).filter((one) => one.endsWith("of 8"))).toEqual([]);
    const back = unlawful(amendment(() => MATRIX, { author: "mallory", rules: packed }));
    expect(back.reconcile().check).toBe("success");
    expect(back.check?.summary).toContain(`${CAME} This brings back the last lawful one`);
  });

  it("config.lawful: explain tells it too, with the same counts", () => {
    const w = unlawful(proposed({ rules: packed }));
    w.reconcile();
    const { pull, repository } = w.snapshot();
    const text = explain(w.decide(), { rules: w.rules, repository, pull, mention: "mscbot" });
    expect(text).toContain("changed without an approved amendment (ddddddd); the last lawful one (ccccccc)");
    expect(text).toContain("1 yes of 10, 8 needed (75%), by the present config: not passed");
    expect(text).not.toContain("yes of 8");
  });
});

describe("the history beside what is kept", () => {
  const version = (rules: typeof MATRIX | null, at: number, more = {}) => ({
    commit: String(at).padEnd(40, "0"),
    at,
    rules,
    pull: null,
    mergedHead: null,
    author: null,
    by: "mallory",
    approved: false,
    ...more,
  });
  const kept = { note: { commit: "k".repeat(40), adoptedAt: 5 }, rules: MATRIX };
  const weaker = removing("dbkr")(MATRIX);

  it("config.lawful: what came after the lawful config is told by the history, whatever was said of it", () => {
    const state = lawfulState(
      marked([version(MATRIX, 10), version(weaker, 20, { approved: true })], kept),
      equal,
    );
    expect(state.lawful?.at).toBe(10);
    expect(state.unlawful.map(({ at }) => at)).toEqual([20]);
  });

  it("config.lawful: a history that does not know the lawful config came after it, all of it", () => {
    const state = lawfulState(marked([version(weaker, 20), version(null, 30)], kept), equal);
    expect(state.lawful).toMatchObject({ commit: "k".repeat(40), rules: MATRIX });
    expect(state.unlawful.map(({ at }) => at)).toEqual([20, 30]);
  });

  it("config.lawful: the present config is lawful where it is the kept one, also when the history has it twice", () => {
    const state = lawfulState(
      marked([version(MATRIX, 10), version(weaker, 20), version(MATRIX, 30)], kept),
      equal,
    );
    expect(state.unlawful).toEqual([]);
  });
});
