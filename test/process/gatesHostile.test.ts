import { describe, expect, test } from "vitest";
import type { Gate, GateMoment } from "../../src/domain/model/gates.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { AmendmentWorld, adding } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { OUTSIDER, type World, type WorldOptions, world } from "../support/world.js";

const label = (name: string, wanted: "absent" | "present", before: GateMoment = "begin"): Gate => ({
  kind: "label",
  name,
  label: name,
  wanted,
  before,
});
const gated = (...gates: readonly Gate[]): Rules => ({ ...MATRIX, gates });
const stateOf = (w: World, name: string) => w.decide().gates?.find(({ gate }) => gate.name === name)?.state;

function vote(w: World): void {
  w.say("richvdh", "@mscbot fcp merge");
  for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
    w.say(login, "@mscbot reviewed");
}
function voted(gates: readonly Gate[], options: WorldOptions = {}): World {
  const w = world({ rules: gated(...gates), ...options });
  vote(w);
  w.reconcile();
  return w;
}

describe("who opens a gate that must not", () => {
  test("gate.begin, act.once: an outsider's label that GitHub shows a look late opens no gate", () => {
    const w = world({ rules: gated(label("seen-working", "present")) });
    w.reconcile();
    w.label(OUTSIDER, "seen-working");
    const late = w.events.pop();
    if (late === undefined) throw new Error("no event");
    vote(w);
    w.reconcile();
    expect(stateOf(w, "seen-working")).toBe("unmet");
    w.events.push(late);
    w.events.sort((a, b) => a.at - b.at);
    w.reconcile();
    expect(stateOf(w, "seen-working")).toBe("unmet");
    expect(w.decide().phase).toBe("proposed");
  });

  test("gate.begin: an outsider's label that GitHub shows a look late holds none either", () => {
    const w = world({ rules: gated(label("blocked", "absent")) });
    w.reconcile();
    w.label(OUTSIDER, "blocked");
    const late = w.events.pop();
    if (late === undefined) throw new Error("no event");
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.events.push(late);
    w.events.sort((a, b) => a.at - b.at);
    w.reconcile();
    expect(stateOf(w, "blocked")).toBe("met");
  });

  test("gate.begin: `help` before the proposal label makes no outsider's label count", () => {
    const w = world({ rules: gated(label("seen-working", "present")), labels: [] });
    w.label(OUTSIDER, "seen-working");
    w.say(OUTSIDER, "@mscbot help");
    w.reconcile();
    w.label(OUTSIDER, "proposal");
    vote(w);
    w.reconcile();
    expect(stateOf(w, "seen-working")).toBe("unmet");
  });

  test("control: without `help` it does not", () => {
    const w = world({ rules: gated(label("seen-working", "present")), labels: [] });
    w.label(OUTSIDER, "seen-working");
    w.reconcile();
    w.label(OUTSIDER, "proposal");
    vote(w);
    w.reconcile();
    expect(stateOf(w, "seen-working")).toBe("unmet");
  });

  test("gate.begin, config: a gate taken out for a time and put back goes by what members did meanwhile", () => {
    const on = gated(label("needs-implementation", "absent"));
    const w = world({ rules: on });
    w.label("dbkr", "needs-implementation");
    w.reconcile();
    w.unlabel("dbkr", "needs-implementation");
    w.reconcile();
    w.rules = MATRIX;
    w.wait(DAY).reconcile();
    w.label("dbkr", "needs-implementation");
    w.say("dbkr", "@mscbot concern C");
    w.reconcile();
    w.wait(2 * DAY);
    w.say("dbkr", "@mscbot resolve all");
    w.reconcile();
    w.rules = on;
    w.wait(HOUR);
    vote(w);
    w.reconcile();
    expect(stateOf(w, "needs-implementation")).toBe("unmet");
    expect(w.decide().phase).toBe("proposed");
  });

  test("the same with nothing said in between, by when the config came alone", () => {
    const on = gated(label("needs-implementation", "absent"));
    const w = world({ rules: on });
    w.label("dbkr", "needs-implementation");
    w.reconcile();
    w.unlabel("dbkr", "needs-implementation");
    w.reconcile();
    w.rules = MATRIX;
    w.label("dbkr", "needs-implementation");
    w.reconcile();
    w.rules = on;
    vote(w);
    w.reconcile();
    expect(stateOf(w, "needs-implementation")).toBe("unmet");
  });

  test("gate.begin: a label that stood when the gate came counts as it stood, also where its last change was within the day", () => {
    const w = world();
    w.label("dbkr", "seen-working");
    w.unlabel(OUTSIDER, "seen-working");
    w.say("dbkr", "@mscbot concern C");
    w.reconcile();
    w.say("dbkr", "@mscbot resolve all");
    w.reconcile();
    const later = w.clone();
    w.rules = gated(label("seen-working", "present"));
    later.rules = gated(label("seen-working", "present"));
    w.reconcile();
    later.rules = MATRIX;
    later.wait(2 * DAY);
    later.say("dbkr", "@mscbot concern D");
    later.reconcile();
    later.rules = gated(label("seen-working", "present"));
    later.reconcile();
    expect(stateOf(w, "seen-working")).toBe(stateOf(later, "seen-working"));
  });

  test("gate.begin: an outsider's label of the same second as the newest judged act opens none", () => {
    const w = world({ rules: gated(label("seen-working", "present")) });
    vote(w);
    w.reconcile();
    const at = w.register.judgedUpTo;
    const now = w.now;
    w.now = at;
    w.still(() => w.label(OUTSIDER, "seen-working"));
    w.now = now;
    w.wait(HOUR).reconcile();
    expect(stateOf(w, "seen-working")).toBe("unmet");
  });

  test("gate.begin, by rule: an outsider's label under the placeholder label counts no more for the clerk having looked", () => {
    const rules: Rules = { ...gated(label("seen-working", "present")), proposals: "added" };
    const w = world({ rules, labels: ["proposal-placeholder"] });
    w.labels.clear();
    w.events = [];
    w.label("author", rules.labels.placeholder);
    w.reconcile();
    w.label(OUTSIDER, "seen-working");
    const once = w.clone();
    once.rules = rules;
    w.reconcile();
    for (const one of [w, once]) {
      one.unlabel("dbkr", rules.labels.placeholder);
      vote(one);
      one.reconcile();
    }
    expect(stateOf(once, "seen-working")).toBe("unmet");
    expect(stateOf(w, "seen-working")).toBe("unmet");
  });

  test("form: with more files than GitHub lists, what is not known is not met", () => {
    const gate: Gate = { kind: "form", name: "form", before: "begin", checks: ["sign-off"] };
    const w = world({ rules: gated(gate), files: [{ path: "a.md", change: "added" }], filesCutOff: true });
    vote(w);
    w.reconcile();
    expect(stateOf(w, "form")).not.toBe("met");
  });
});

test("gate.waive: a label with a colon and a space in its name can be waived", () => {
  const w = voted([label("kind: blocked", "present")]);
  w.say("dbkr", "@mscbot waive kind: blocked: it is fine");
  w.reconcile();
  expect(w.register.gates?.waivers).toHaveLength(1);
});
test("the same in quotes", () => {
  const w = voted([label("kind: blocked", "present")]);
  w.say("dbkr", '@mscbot waive "kind: blocked": it is fine');
  w.reconcile();
  expect(w.register.gates?.waivers).toHaveLength(1);
});

test("dependencies: an author's edits do not make the record grow without end", () => {
  const deps: Gate = { kind: "dependencies", name: "dependencies", before: "begin" };
  const w = world({ rules: gated(deps) });
  w.say("richvdh", "@mscbot fcp close");
  w.reconcile();
  for (let edit = 0; edit < 30; edit += 1) {
    const named = Array.from({ length: 20 }, (_, at) => 100_000_000 + edit * 7919 * 20 + at * 6007);
    w.gates = { dependencies: { named, known: [] } };
    w.wait(60_000).reconcile();
  }
  expect(w.register.gates?.dependencies.length ?? 0).toBeLessThanOrEqual(100);
});

test("gate.begin: what a member labels while the author has made it an amendment for a time counts afterwards", () => {
  class Both extends AmendmentWorld {
    amends = false;
    override snapshot() {
      const shown = super.snapshot();
      return this.amends ? shown : { ...shown, amendment: null };
    }
  }
  const rules = gated(label("blocked", "absent"));
  const w = new Both(adding("clokep", 210), {
    rules,
    labels: ["proposal"],
    files: [{ path: "proposals/1234-thing.md", change: "added" }],
  });
  w.label("dbkr", "blocked");
  w.reconcile();
  w.unlabel("dbkr", "blocked");
  w.reconcile();
  const own = w.files;
  w.amends = true; // the author pushes a change of the config
  w.files = [{ path: ".github/msc-clerk.yml", change: "modified" }]; // and, for a time, nothing else
  w.push("b".repeat(40));
  w.reconcile();
  w.label("dbkr", "blocked");
  w.reconcile();
  w.amends = false; // and takes it back
  w.files = own;
  w.push("c".repeat(40));
  w.reconcile();
  vote(w);
  w.reconcile();
  expect(stateOf(w, "blocked")).toBe("unmet");
});

test("a member who seconds by two names: an entry by id and one by login are one person", () => {
  const w = voted([label("seen", "present")]);
  w.say("dbkr", "@mscbot waive seen: it is fine");
  w.reconcile();
  w.rename("dbkr", "dbkr2");
  w.rules = {
    ...w.rules,
    teams: w.rules.teams.map((team) => ({
      ...team,
      members: team.members.map((one) => (one.login === "dbkr" ? { ...one, login: "dbkr2" } : one)),
    })),
  };
  w.say("dbkr2", "@mscbot second");
  w.reconcile();
  expect(stateOf(w, "seen")).toBe("unmet");
});

test("order: events and utterances in any order, and twice, decide the same", () => {
  const w = voted([label("seen", "present"), label("blocked", "absent")]);
  w.label(OUTSIDER, "seen");
  w.label("dbkr", "blocked");
  w.atOnce(() => {
    w.unlabel(OUTSIDER, "blocked");
    w.label("dbkr", "blocked");
    w.unlabel("dbkr", "blocked");
  });
  const one = w.decide();
  w.events = [...w.events, ...w.events].reverse();
  w.utterances = [...w.utterances].reverse();
  expect(w.decide()).toEqual(one);
});

test("a waiver whose words another person has edited away still waits; its author's own edit takes it back", () => {
  const w = voted([label("seen", "present")]);
  const said = w.say("dbkr", "@mscbot waive seen: it is fine");
  w.reconcile();
  w.edit(said, "dbkr", "never mind");
  w.reconcile();
  w.say("uhoreg", "@mscbot second");
  w.reconcile();
  expect(stateOf(w, "seen")).toBe("unmet");
});

test("memory.lost: in FCP under an unmet gate before the beginning, the rebuilt motion stays in FCP", () => {
  const w = voted([label("seen", "present")]);
  w.label("dbkr", "seen");
  expect(w.reconcile().phase).toBe("fcp");
  w.unlabel("dbkr", "seen");
  w.reconcile();
  w.forget();
  expect(w.reconcile().phase).toBe("fcp");
});

test("memory.lost: a waiver that was granted is granted again", () => {
  const w = voted([label("seen", "present", "conclude")]);
  w.say("dbkr", "@mscbot waive seen: it is fine");
  w.reconcile();
  w.say("uhoreg", "@mscbot second");
  w.reconcile();
  expect(stateOf(w, "seen")).toBe("waived");
  w.forget();
  w.reconcile();
  expect(stateOf(w, "seen")).toBe("waived");
});

test("dependencies: an author who names others during the motion does not keep it unknown for ever, all of them merged", () => {
  const deps: Gate = { kind: "dependencies", name: "dependencies", before: "begin" };
  const w = world({ rules: gated(deps) });
  vote(w);
  const named = (from: number) => Array.from({ length: 20 }, (_, at) => from + at);
  // As the reader does: the first thirty of those kept and named are looked at.
  const facts = (list: readonly number[]) => {
    const kept = w.ownComments.length === 0 ? [] : (w.register.gates?.dependencies ?? []);
    const all = [...new Set([...kept, ...list])].slice(0, 30);
    return { named: list, known: all.map((number) => ({ number, state: "merged" as const, dependsOn: [] })) };
  };
  w.gates = { dependencies: { named: named(100), known: [] } };
  w.reconcile();
  w.gates = { dependencies: facts(named(200)) };
  w.reconcile();
  w.gates = { dependencies: facts(named(200)) };
  w.reconcile();
  expect(stateOf(w, "dependencies")).toBe("met");
});

test("act.once: taken off and put on again in one second, by GitHub's own ids (UNLE_… is longer than LE_…), a label stands", () => {
  const w = voted([label("blocked", "absent")]);
  w.label("dbkr", "blocked");
  w.reconcile();
  w.atOnce(() => {
    w.unlabel("dbkr", "blocked");
    w.label("dbkr", "blocked");
  });
  let serial = 0;
  w.events = w.events.map((one) => {
    serial += 1;
    const id = `lADOABCDEF8AAAAB${String(serial).padStart(8, "0")}`;
    return one.kind === "unlabeled"
      ? { ...one, id: `UNLE_${id}` }
      : one.kind === "labeled"
        ? { ...one, id: `LE_${id}` }
        : one;
  });
  const shown = { ...w.snapshot(), register: null, ownComments: [] };
  void shown;
  w.reconcile();
  expect(stateOf(w, "blocked")).toBe("unmet");
});
