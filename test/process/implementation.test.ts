import { describe, expect, test } from "vitest";
import { LABEL_NAMES } from "../../src/domain/model/labels.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";
import { OUTSIDER, type World, world } from "../support/world.js";
import { refusalOf, replies } from "./reading.js";

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"] as const;
const NEEDS = "needs-implementation";
const CHECKING = "implementation-needs-checking";
const ADDRESS = "https://github.com/matrix-org/synapse/pull/1234";

const gated = (needed = 1): Rules => ({
  ...MATRIX,
  labels: {
    ...MATRIX.labels,
    needs_implementation: LABEL_NAMES.needs_implementation,
    implementation_needs_checking: LABEL_NAMES.implementation_needs_checking,
  },
  gates: [{ kind: "implementation", name: "implementation", needed, before: "begin" }],
});

function voted(needed = 1): World {
  const w = world({ rules: gated(needed) });
  w.reconcile();
  w.say("richvdh", "@mscbot fcp merge");
  for (const login of VOTERS) w.say(login, "@mscbot reviewed");
  w.reconcile();
  return w;
}

const labels = (w: World): readonly string[] => [NEEDS, CHECKING].filter((name) => w.labels.has(name));

describe("gate.begin: implementations", () => {
  test("gate.begin: links alone clear nothing, a member’s word does, and the labels follow", () => {
    const w = voted();
    expect(labels(w)).toEqual([NEEDS]);
    expect(w.check?.title).toBe("Waiting for 1 implementation to be linked.");
    w.say("author", `@mscbot implementation ${ADDRESS}`);
    w.reconcile();
    expect(labels(w)).toEqual([CHECKING]);
    expect(w.check?.title).toBe("Waiting for a member to say that its implementation is in order.");
    expect(w.status()?.body).toContain(
      `Linked: [implementation 1](${ADDRESS}). A member who has seen that it works says \`@mscbot implementation ok\`.`,
    );
    w.say("uhoreg", "@mscbot implementation ok");
    expect(w.reconcile().phase).toBe("fcp");
    expect(labels(w)).toEqual([]);
    expect(w.status()?.body).toContain("[uhoreg found this in order](");
  });

  test("gate.begin: what the description links under its heading counts too, each page once", () => {
    const w = voted(2);
    w.gates = { implementations: [ADDRESS, `${ADDRESS}/#discussion_r1`] };
    w.reconcile();
    expect(labels(w)).toEqual([NEEDS]);
    expect(w.status()?.body).toContain("1 of 2 is linked.");
    w.say(
      "author",
      "@mscbot implementations: <https://gitlab.example/other>, [this](https://github.com/matrix-org/synapse/pull/1234).",
    );
    w.reconcile();
    expect(labels(w)).toEqual([CHECKING]);
  });

  test("gate.begin: what cannot be told is not taken for nothing: it holds, the labels stay, and a member’s word counts", () => {
    const w = voted();
    w.gates = { implementations: [ADDRESS] };
    w.reconcile();
    w.gates = { implementations: null };
    w.wait(HOUR).reconcile();
    expect(labels(w)).toEqual([CHECKING]);
    expect(w.decide()).toMatchObject({
      phase: "proposed",
      gates: [{ state: "unknown" }],
      nextCheckAt: w.now + HOUR,
    });
    expect(w.check?.title).toBe("Waiting for GitHub to tell which implementations are linked.");
    w.say("uhoreg", "@mscbot implementation ok");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("gate.begin: a member takes back that it is in order, and what is linked later opens nothing that is cleared", () => {
    const w = voted();
    w.gates = { implementations: [ADDRESS] };
    w.say("uhoreg", "@mscbot implementation okay.");
    expect(w.reconcile().phase).toBe("fcp");
    w.gates = { implementations: [] };
    w.reconcile();
    expect(labels(w)).toEqual([]);
    w.gates = { implementations: [ADDRESS] };
    w.say("dbkr", "@mscbot implementation not ok: it fails its tests");
    w.reconcile();
    expect(labels(w)).toEqual([CHECKING]);
    expect(w.decide().gates?.[0]?.state).toBe("unmet");
  });

  test("gate.begin: nobody else links, no outsider finds in order, and there is nothing in order where nothing is linked", () => {
    const refusal = (by: string, words: string) => {
      const w = voted();
      w.say(by, words);
      const code = refusalOf(w.decide(), by);
      w.reconcile();
      expect(labels(w)).toEqual([NEEDS]);
      return [code, replies(w).at(-1)];
    };
    expect(refusal(OUTSIDER, `@mscbot implementation ${ADDRESS}`)[0]).toBe("link_by_author");
    expect(refusal("dbkr", `@mscbot implementation ${ADDRESS}`)[0]).toBe("link_by_author");
    expect(refusal(OUTSIDER, "@mscbot implementation ok")[0]).toBe("not_a_member");
    expect(refusal("author", "@mscbot implementation ok")[0]).toBe("not_a_member");
    const [code, answer] = refusal("dbkr", "@mscbot implementation ok");
    expect(code).toBe("no_implementation");
    expect(answer).toContain(
      "0 of 1 are linked. The author links one by saying `@mscbot implementation URL`",
    );
    expect(refusal("author", `@mscbot implementation https://x.example/${"a".repeat(300)}`)[0]).toBe(
      "links_not_kept",
    );
  });

  test.each([
    ["implementation ok?", "unknown_command"],
    ["implementation ok once the tests pass", "unknown_command"],
    ["implementation is missing", "unknown_command"],
    ["fcp implementation ok", "unknown_command"],
  ])("gate.begin: “%s” clears nothing", (words, code) => {
    const w = voted();
    w.say("author", `@mscbot implementation ${ADDRESS}`);
    w.say("dbkr", `@mscbot ${words}`);
    expect(refusalOf(w.decide(), "dbkr")).toBe(code);
    expect(w.decide().phase).toBe("proposed");
  });

  test("act.once, act.durable: a link and a member’s word stay when their comments are deleted or their author leaves", () => {
    const w = voted();
    const link = w.say("author", `@mscbot implementation ${ADDRESS}`);
    w.reconcile();
    w.remove(link, "author");
    w.say("dbkr", "@mscbot concern something else");
    const said = w.say("KitsuneRal", "@mscbot implementation ok");
    w.reconcile();
    w.remove(said, OUTSIDER);
    w.leave("spec-core-team", "KitsuneRal");
    w.wait(DAY).reconcile();
    expect(w.decide().gates?.[0]?.state).toBe("met");
  });

  test("gate.begin: it is kept from one motion to the next", () => {
    const w = voted();
    w.say("author", `@mscbot implementation ${ADDRESS}`);
    w.say("uhoreg", "@mscbot implementation ok");
    w.reconcile();
    w.say("uhoreg", "@mscbot fcp cancel");
    w.reconcile();
    w.say("uhoreg", "@mscbot fcp merge");
    w.reconcile();
    expect(w.decide().gates?.[0]?.state).toBe("met");
  });

  test("memory.lost: with the record lost it is read again from the comments", () => {
    const w = voted();
    w.say("author", `@mscbot implementation ${ADDRESS}`);
    w.say("uhoreg", "@mscbot implementation ok");
    w.say("dbkr", "@mscbot concern something else");
    w.reconcile();
    w.forget();
    w.wait(HOUR).reconcile();
    expect(w.register.gates?.implementation).toMatchObject({
      links: [{ address: ADDRESS }],
      checked: { by: { login: "uhoreg" } },
    });
  });
});

describe("label.state: the labels of implementations", () => {
  test("label.state: one that somebody sets or takes off by hand is put right, also from before the clerk’s time", () => {
    const w = world({ rules: gated(), labels: ["proposal", CHECKING], adoptedAt: Date.UTC(2026, 2, 2, 11) });
    w.reconcile();
    expect(labels(w)).toEqual([NEEDS]);
    w.unlabel("dbkr", NEEDS);
    w.label("dbkr", CHECKING);
    w.reconcile();
    expect(labels(w)).toEqual([NEEDS]);
  });

  test("label.state: what is merged needs none, and one that was closed keeps what it had", () => {
    const w = voted();
    w.close("author");
    w.reconcile();
    expect(labels(w)).toEqual([NEEDS]);
    const merged = voted();
    merged.merge("dbkr");
    merged.reconcile();
    expect(labels(merged)).toEqual([]);
  });

  test("label.state: without the gate the clerk touches none of them, and the words are no command", () => {
    const w = world({ labels: ["proposal", NEEDS, CHECKING] });
    w.say("richvdh", "@mscbot fcp merge");
    w.say("dbkr", "@mscbot implementation ok");
    w.say("author", `@mscbot implementation ${ADDRESS}`);
    expect(refusalOf(w.decide(), "dbkr")).toBe("unknown_command");
    expect(refusalOf(w.decide(), "author")).toBe("not_a_member");
    w.reconcile();
    expect(labels(w)).toEqual([NEEDS, CHECKING]);
    expect(w.register.gates).toBeUndefined();
  });
});
