import { describe, expect, test } from "vitest";
import { dependenciesNamed } from "../../src/domain/gates/named.js";
import { specLink } from "../../src/domain/messages/spec.js";
import type { SpecFacts, SpecPull } from "../../src/domain/model/spec.js";
import { countedPulls } from "../../src/domain/spec/counted.js";
import { MOST_NAMED, proposalsNamed } from "../../src/domain/spec/named.js";
import { DAY, HOUR, MINUTE } from "../../src/domain/text/time.js";
import { rules } from "../support/rules.js";
import { CLERK, inFcp, type World, world } from "../support/world.js";

const NAMING = {
  prefix: "MSC",
  repository: "matrix-org/matrix-spec-proposals",
  repositoryUrl: "https://github.com/matrix-org/matrix-spec-proposals",
  words: [] as readonly string[],
};
const LINK = "https://github.com/matrix-org/matrix-spec-proposals/pull/1772";

test("gate.begin, spec.linked: a repository with a hyphen in its name is named as any other", () => {
  expect(dependenciesNamed("Depends on: matrix-org/matrix-spec-proposals#12", NAMING)).toEqual([12]);
  expect(proposalsNamed("", "For matrix-org/matrix-spec-proposals#12", NAMING)).toEqual([12]);
});

describe("spec.linked: what names a proposal in the specification", () => {
  test.each([
    ["MSC1772: Matrix spaces", [1772]],
    ["Add spaces (msc1772)", [1772]],
    ["MSC 1772 and MSC#1773", [1772, 1773]],
    [`Spec for [spaces](${LINK}#issuecomment-1)`, [1772]],
    ["Fix #1772", []],
    ["XMSC1772, MSC1772a, MSC-1772x, other/matrix-spec-proposals#1772", []],
    ["my-matrix-org/matrix-spec-proposals#1772", []],
    ["`\u200b`", []],
  ])("spec.linked: %s", (title, numbers) => {
    expect(proposalsNamed(title, "", NAMING)).toEqual(numbers);
    expect(proposalsNamed("", title, NAMING)).toEqual(numbers);
  });

  test("spec.linked: nothing in code, and nothing in the hints of a template", () => {
    const text = "```\nMSC1\n```\n<!-- such as MSC2\nMSC3 -->\n\n    MSC4\n\nMSC5";
    expect(proposalsNamed("", text, NAMING)).toEqual([5]);
  });

  test("spec.linked: what names more than ten names none", () => {
    const names = (n: number) => Array.from({ length: n }, (_, at) => `MSC${at + 1}`).join("\n");
    expect(proposalsNamed("", names(MOST_NAMED), NAMING)).toHaveLength(10);
    expect(proposalsNamed("", names(MOST_NAMED + 1), NAMING)).toEqual([]);
  });

  test("spec.linked: with words, only what they stand before", () => {
    const naming = { ...NAMING, words: ["implements", "spec for"] };
    const named = (text: string) => proposalsNamed("", text, naming);
    expect(named("Implements: MSC1, MSC2 and [MSC3](https://example.org). See MSC4.")).toEqual([1, 2, 3]);
    expect(named(`Spec for ${LINK}`)).toEqual([1772]);
    expect(named(`**Implements** [MSC1772](${LINK}), unlike MSC9`)).toEqual([1772]);
    expect(named("Reimplements MSC1, as MSC2 does")).toEqual([]);
  });

  test("spec.linked: without a prefix only links and full names", () => {
    expect(proposalsNamed("MSC1772 1772", LINK, { ...NAMING, prefix: null })).toEqual([1772]);
  });
});

const user = (login: string, id: number) => ({ type: "User", login, id }) as const;
const pull = (made: Partial<SpecPull> = {}): SpecPull => ({
  number: 7,
  url: "https://github.com/matrix-org/matrix-spec/pull/7",
  state: "open",
  locked: false,
  author: user("stranger", 99),
  at: 1000,
  savedAt: 1000,
  vouchers: [],
  linked: [],
  ...made,
});
const spec = (pulls: readonly SpecPull[], made = {}) => ({
  kind: "read" as const,
  ...{ installation: 1, owner: "matrix-org", name: "matrix-spec", isPublic: true, proposalsArePublic: true },
  pulls,
  ...made,
});

describe("spec.linked: which pull requests count", () => {
  const w = world();
  const author = w.snapshot().pull.author;
  const member = rules().teams[0]?.members[0] ?? { login: "", id: null };
  const seated = user(member.login, member.id ?? 1);
  const counts = (made: Partial<SpecPull>) =>
    countedPulls({ ...w.snapshot(), spec: spec([pull(made)]) }, rules()).length === 1;

  test.each([
    ["of a stranger", {}, false],
    ["of nobody any more", { author: null }, false],
    ["of a bot with a member's name and number", { author: { ...seated, type: "Bot" as const } }, false],
    ["of somebody with a member's name", { author: { ...seated, id: 5 } }, member.id === null],
    ["of a member", { author: seated }, true],
    ["of the proposal's author", { author }, true],
    ["approved by a stranger", { vouchers: [{ by: user("other", 98), at: 2000 }] }, false],
    ["approved by a member, as it reads now", { vouchers: [{ by: seated, at: 1000 }] }, true],
    ["approved by a member, and edited since", { vouchers: [{ by: seated, at: 999 }] }, false],
  ])("spec.linked: one %s", (_, made, is) => expect(counts(made)).toBe(is));
});

describe("label.state, spec.linked: the label after the merge", () => {
  const merged = () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    return w;
  };
  const STEPS = ["spec-pr-missing", "spec-pr-in-review", "merged"];
  const step = (w: ReturnType<typeof merged>) => [...w.labels].filter((label) => STEPS.includes(label));
  const show = (w: ReturnType<typeof merged>, ...states: readonly SpecPull["state"][]) => {
    w.wait(HOUR);
    const author = w.snapshot().pull.author;
    w.spec = spec(states.map((state, at) => pull({ number: at + 1, state, author, at: w.now })));
    w.reconcile();
    return step(w);
  };

  test.each([
    [["open"], "spec-pr-in-review"],
    [["closed"], "spec-pr-missing"],
    [["merged"], "merged"],
    [["open", "closed"], "spec-pr-in-review"],
    [["open", "merged"], "merged"],
    [["merged", "closed"], "merged"],
    [["closed", "closed"], "spec-pr-missing"],
    [[], "spec-pr-missing"],
  ] as const)("label.state, spec.linked: of %j the furthest shows: %s", (states, label) => {
    expect(show(merged(), ...states)).toEqual([label]);
  });

  test("label.state, spec.linked: what somebody puts on stands until the next change there, and exactly one stands", () => {
    const w = merged();
    expect(show(w, "open")).toEqual(["spec-pr-in-review"]);
    w.wait(HOUR);
    w.label("triager", "spec-pr-missing");
    w.reconcile();
    expect(step(w)).toEqual(["spec-pr-missing"]);
    expect(show(w, "open")).toEqual(["spec-pr-in-review"]);
    expect(show(w, "merged")).toEqual(["merged"]);
  });

  test.each([
    ["its author", (w: World) => ({ author: w.account("dbkr") })],
    ["who merged it", (w: World) => ({ vouchers: [{ by: w.account("dbkr"), at: w.now }] })],
  ])("label.state, spec.linked: what was merged there stays so when %s leaves the roster", (_, made) => {
    const w = merged();
    w.wait(HOUR);
    const [at, savedAt] = [w.now, w.now];
    w.spec = spec([pull({ state: "merged", at, savedAt, ...made(w) })]);
    w.reconcile();
    w.leave("spec-core-team", "dbkr");
    w.wait(DAY).reconcile();
    expect(step(w)).toEqual(["merged"]);
    expect(w.comments("spec")[0]?.body).toContain("matrix-spec#7");
  });

  test("spec.linked: an outsider’s that was never told of counts no more for another’s having been merged", () => {
    const w = merged();
    w.wait(HOUR);
    const [at, savedAt, author] = [w.now, w.now, w.account("dbkr")];
    w.spec = spec([
      pull({ number: 7, state: "merged", at, savedAt, author }),
      pull({ number: 8, state: "merged", at, savedAt }),
    ]);
    w.reconcile();
    expect(w.comments("spec")[0]?.body).not.toContain("matrix-spec#8");
  });

  test("label.state, spec.linked: an approval by a member is a change, though it was opened before somebody's label", () => {
    const w = merged();
    const opened = w.now;
    w.wait(HOUR);
    w.label("triager", "merged");
    w.wait(HOUR);
    const by = w.account("dbkr");
    w.spec = spec([pull({ at: opened, savedAt: opened })]);
    w.reconcile();
    expect(step(w)).toEqual(["merged"]);
    w.spec = spec([pull({ at: opened, savedAt: opened, vouchers: [{ by, at: w.now }] })]);
    w.reconcile();
    expect(step(w)).toEqual(["spec-pr-in-review"]);
  });

  test("label.state, spec.linked: while nothing is known of it, what stands stays", () => {
    const w = merged();
    show(w, "open");
    for (const retryAt of [w.now + HOUR, null]) {
      w.spec = { kind: "unread", retryAt };
      w.reconcile();
      expect(step(w)).toEqual(["spec-pr-in-review"]);
    }
    w.wait(HOUR);
    w.label("triager", "merged");
    w.reconcile();
    expect(step(w)).toEqual(["merged"]);
    w.unlabel("triager", "merged");
    w.reconcile();
    expect(step(w)).toEqual(["spec-pr-in-review"]);
    w.spec = spec([]);
    w.reconcile();
    expect(step(w)).toEqual(["spec-pr-missing"]);
  });

  test("memory.kept, spec.linked: the comment is posted again three times a day, and then withheld", () => {
    const w = merged();
    show(w, "open");
    const standing = [0, 1, 2, 3].map(() => {
      w.wait(MINUTE);
      w.ownComments = w.ownComments.filter((one) => one.marker.kind !== "spec");
      w.happen("ara4n", { kind: "comment_deleted", author: CLERK });
      w.reconcile();
      return w.ownComments.filter((one) => one.marker.kind === "spec").length;
    });
    expect(standing).toEqual([1, 1, 1, 0]);
    w.wait(DAY);
    w.reconcile();
    expect(w.ownComments.filter((one) => one.marker.kind === "spec")).toHaveLength(1);
  });

  test("label.state, spec.linked: whatever happens there and by hand, exactly one stands", () => {
    const w = merged();
    const author = w.snapshot().pull.author;
    let seed = 7;
    const draw = (n: number) => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return Math.floor(seed / 65536) % n;
    };
    for (let turn = 0; turn < 60; turn += 1) {
      w.wait(9 * HOUR);
      const label = STEPS[draw(3)] ?? "merged";
      const what = draw(12);
      if (what < 4) w.label("triager", label);
      else if (what < 6 && step(w).includes(label)) w.unlabel("triager", label);
      else if (what < 7) w.spec = { kind: "unread", retryAt: null };
      else {
        const state = (["open", "closed", "merged"] as const)[draw(3)] ?? "open";
        w.spec = spec([pull({ state, author, at: w.now })]);
      }
      w.reconcile();
      expect(step(w), `turn ${turn}`).toHaveLength(1);
    }
  });

  test("spec.linked: with the key and nothing there, what the clerk writes is what it writes without it", () => {
    const written = (facts: SpecFacts | null) => {
      const w = inFcp();
      w.spec = facts;
      w.wait(5 * DAY);
      w.reconcile();
      w.merge("richvdh");
      w.reconcile();
      return [[...w.labels], w.ownComments.map(({ marker, body }) => ({ marker, body })), w.check];
    };
    expect(written(spec([]))).toEqual(written(null));
    expect(written({ kind: "unread", retryAt: null })).toEqual(written(null));
    // Of a stranger's nothing shows either.
    expect(written(spec([pull()]))).toEqual(written(null));
  });

  test("spec.linked: what was merged without being accepted is told nothing of", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.merge("richvdh");
    expect(show(w, "open")).toEqual([]);
    expect(w.snapshot().ownComments.map(({ marker }) => marker.kind)).not.toContain("spec");
  });

  test("spec.linked: one comment on the proposal, edited in place; of a private specification none", () => {
    const w = merged();
    const told = () => w.snapshot().ownComments.filter(({ marker }) => marker.kind === "spec");
    show(w, "open");
    expect(told().map(({ body }) => body)).toEqual([
      "**The change to the specification**\n\n- [`matrix-org/matrix-spec#1`](https://github.com/matrix-org/matrix-spec/pull/7): in review\n\nThe labels “spec-pr-missing”, “spec-pr-in-review” and “merged” follow what happens there. One that somebody puts on by hand stands until the next change there.",
    ]);
    show(w);
    expect(told().map(({ body }) => body.split("\n")[2])).toEqual([
      "No pull request in matrix-org/matrix-spec is for this proposal any more.",
    ]);
    const hidden = merged();
    const author = hidden.snapshot().pull.author;
    hidden.spec = spec([pull({ author })], { isPublic: false });
    hidden.reconcile();
    expect(hidden.snapshot().ownComments.map(({ marker }) => marker.kind)).not.toContain("spec");
  });
});

test("spec.linked: the words on a pull request of the specification, for one proposal and for several", () => {
  const from = { name: "matrix-org/p", url: "https://github.com/matrix-org/p" };
  expect(specLink([12], from)).toBe(
    "This pull request brings an accepted proposal into the specification: [`matrix-org/p#12`](https://github.com/matrix-org/p/pull/12). What becomes of it, the label of the proposal follows.",
  );
  expect(specLink([34, 12], from)).toBe(
    "This pull request brings accepted proposals into the specification: [`matrix-org/p#12`](https://github.com/matrix-org/p/pull/12) and [`matrix-org/p#34`](https://github.com/matrix-org/p/pull/34). What becomes of it, the labels of the proposals follow.",
  );
});
