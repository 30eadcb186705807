import { describe, expect, test } from "vitest";
import type { ConfigOutcome } from "../../src/config/outcome.js";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import { DAY, MINUTE } from "../../src/domain/text/time.js";
import type { ProposalRef, Reader, Writer } from "../../src/github/ports.js";
import type { ReadResult } from "../../src/github/readResult.js";
import { evaluate } from "../../src/runtime/reconcile/evaluate.js";
import { Reconciler } from "../../src/runtime/reconcile/reconciler.js";
import { FakeLog, records } from "../runtime/fakes.js";
import { changes, NO_HISTORY } from "../support/reader.js";
import { reconciling } from "../support/reconciling.js";
import { rules } from "../support/rules.js";
import { inFcp, proposed, type World, world } from "../support/world.js";
import { announced, votesOf } from "./reading.js";

const REF: ProposalRef = {
  installation: 7,
  owner: "matrix-org",
  name: "matrix-spec-proposals",
  number: 1234,
};
const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];

/** The clerk as it runs, core and all, over a proposal in memory. `config`: what looking for the config comes to. */
function clerkOf(w: World) {
  const valid = (): ConfigOutcome => ({
    kind: "valid",
    rules: w.rules,
    commit: "c".repeat(40),
    adoptedAt: w.adoptedAt,
    repository: 1,
    text: "",
  });
  let config: ConfigOutcome | null = null;
  let proposal: ReadResult<{ snapshot: Snapshot }> | null = null;
  let decided = 0;
  const reader: Reader = {
    config: async () => config ?? valid(),
    ...NO_HISTORY,
    proposal: async () => proposal ?? { kind: "read", snapshot: w.snapshot() },
    head: async () => ({
      kind: "read",
      head: w.pull.head,
      open: w.pull.state === "open",
      check: w.check && { ...w.check, verdict: w.check.verdict },
    }),
    openNumbers: async () => ({ kind: "read", numbers: [1234], next: null, upTo: w.now }),
    everyOpen: async () => ({ kind: "read", numbers: [1234], cutOff: false }),
    changed: async () => changes({ numbers: [1234], upTo: w.now }),
    besideConfig: async () => ({ kind: "read", paths: [] }),
    closedProposals: async () => ({ kind: "read", proposals: [] }),
    closedMotions: async () => ({ kind: "read", numbers: [], upTo: w.now }),
    forget: () => {},
    repositories: async () => ({ kind: "read", repositories: [REF], unread: [] }),
  };
  const writer: Writer = {
    apply: async (_ref, action) => {
      w.apply(action);
      return { kind: "done", id: null };
    },
    applyTogether: async (ref, [action]) => [await writer.apply(ref, action)],
    ensureLabels: async () => ({ kind: "done", id: null }),
    canKeep: () => "kept",
  };
  const clock = { now: () => w.now, sleep: async () => undefined };
  const reconciler = new Reconciler({
    ...reconciling(clock),
    reader,
    writer,
    records: records(clock),
    evaluate: (snapshot, by, now) => {
      decided += 1;
      return evaluate(snapshot, by, now);
    },
    log: new FakeLog(),
    lagWindow: 0,
  });
  return {
    async reconcile(
      found: ConfigOutcome | null = null,
      read: ReadResult<{ snapshot: Snapshot }> | null = null,
    ) {
      config = found;
      proposal = read;
      w.actions = [];
      decided = 0;
      const result = await reconciler.reconcile(REF, { forced: false });
      return { result, wrote: w.actions.map((action) => action.kind), decided };
    },
  };
}

const FAULTS = {
  kind: "invalid",
  repository: 1,
  commit: "d".repeat(40),
  faults: [
    { line: 3, column: 5, path: "teams", message: "No team is given." },
    { line: 9, column: 1, path: "quorum", message: "`quorum` is not known here." },
  ],
} as const satisfies ConfigOutcome;

/** Whatever would come next if the config could be read: a beginning, an end, a motion, a cancel. */
const ABOUT_TO: readonly (readonly [string, () => World])[] = [
  [
    "a motion",
    () => {
      const w = world();
      w.reconcile();
      w.say("richvdh", "@mscbot fcp merge");
      return w;
    },
  ],
  [
    "the beginning of FCP",
    () => {
      const w = proposed();
      for (const login of VOTERS) w.say(login, "@mscbot reviewed");
      return w;
    },
  ],
  ["the end of FCP", () => inFcp().wait(6 * DAY)],
  [
    "a cancel",
    () => {
      const w = inFcp();
      w.say("dbkr", "@mscbot fcp cancel");
      return w;
    },
  ],
];

describe("config.source", () => {
  test("config.source: the rules of the default branch decide, whatever the PR itself changes", async () => {
    const w = proposed({ files: [{ path: ".github/msc-clerk.yml", change: "modified" }] });
    for (const login of VOTERS.slice(1)) w.say(login, "@mscbot reviewed");
    await clerkOf(w).reconcile();
    expect(w.decide().tallies[0]).toMatchObject({ size: 8, needed: 6, yes: 5 });
    expect(w.decide().phase).toBe("proposed");
  });

  test("config.source: a change of the default branch's config counts at the next look", async () => {
    const w = proposed();
    const clerk = clerkOf(w);
    for (const login of VOTERS.slice(1)) w.say(login, "@mscbot reviewed");
    await clerk.reconcile();
    w.leave("spec-core-team", "KitsuneRal");
    w.leave("spec-core-team", "anoadragon453");
    await clerk.reconcile();
    expect(w.decide().phase).toBe("fcp");
  });
});

describe("config.absent", () => {
  test.each(ABOUT_TO)("config.absent: dormant, nothing is written: before %s", async (_what, start) => {
    const w = start();
    const { result, wrote, decided } = await clerkOf(w).reconcile({ kind: "absent" });
    expect([result.kind, wrote, decided]).toEqual(["done", [], 0]);
  });
});

describe("config.unreadable", () => {
  test.each(ABOUT_TO)(
    "config.unreadable: nothing is decided, it is tried again later: before %s",
    async (_what, start) => {
      const w = start();
      const clerk = clerkOf(w);
      const { result, wrote, decided } = await clerk.reconcile({
        kind: "unreadable",
        why: "502",
        retryAt: w.now + MINUTE,
      });
      expect([result.kind, wrote, decided]).toEqual(["again", [], 0]);
    },
  );

  test.each(ABOUT_TO)(
    "config.unreadable: a proposal served in part decides nothing either: before %s",
    async (_what, start) => {
      const w = start();
      const { result, wrote, decided } = await clerkOf(w).reconcile(null, {
        kind: "unreadable",
        why: "partial",
        retryAt: null,
      });
      expect([result.kind, wrote, decided]).toEqual(["again", [], 0]);
    },
  );

  test("config.unreadable: never a smaller electorate: what was about to begin begins when it can be read, counted in full", async () => {
    const w = proposed();
    const clerk = clerkOf(w);
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    await clerk.reconcile({ kind: "unreadable", why: "502", retryAt: null });
    expect([...w.labels]).toContain("proposed-final-comment-period");
    await clerk.reconcile();
    expect(w.decide()).toMatchObject({ phase: "fcp", tallies: [{ size: 8, yes: 6 }] });
  });
});

describe("config.invalid", () => {
  test.each(ABOUT_TO)("config.invalid: no transition: before %s", async (_what, start) => {
    const w = start();
    const labels = [...w.labels];
    const comments = structuredClone(w.ownComments);
    const { wrote, decided } = await clerkOf(w).reconcile(FAULTS);
    expect(wrote).toEqual(["put_check"]);
    expect(decided).toBe(0);
    expect([...w.labels]).toEqual(labels);
    expect(w.ownComments).toEqual(comments);
    expect(w.pull.state).toBe("open");
  });

  test("config.invalid: the check fails and says every fault at once, with line and column", async () => {
    const w = proposed();
    await clerkOf(w).reconcile(FAULTS);
    expect(w.check?.verdict).toBe("failure");
    for (const part of ["3", "5", "No team is given.", "9", "quorum"])
      expect(w.check?.summary).toContain(part);
  });

  test("config.invalid: an accepted proposal is green no longer", async () => {
    const w = inFcp();
    w.wait(5 * DAY);
    const clerk = clerkOf(w);
    await clerk.reconcile();
    expect(w.check?.verdict).toBe("success");
    await clerk.reconcile(FAULTS);
    expect(w.check?.verdict).toBe("failure");
  });

  test("config.invalid: once it is put right, what was about to happen happens, and no vote is lost", async () => {
    const w = proposed();
    const clerk = clerkOf(w);
    for (const login of VOTERS) w.say(login, "@mscbot reviewed");
    await clerk.reconcile(FAULTS);
    await clerk.reconcile(FAULTS);
    await clerk.reconcile();
    expect(w.decide().phase).toBe("fcp");
    expect(votesOf(w.decide())).toHaveLength(6);
    expect(announced(w)).toEqual(["1:fcp_begun"]);
    expect(w.check?.verdict).toBe("in_progress");
  });

  test("config.invalid: a running FCP whose time ran out meanwhile concludes once it is put right, once", async () => {
    const w = inFcp();
    const clerk = clerkOf(w);
    w.wait(6 * DAY);
    await clerk.reconcile(FAULTS);
    expect(announced(w)).toEqual(["1:fcp_begun"]);
    await clerk.reconcile();
    await clerk.reconcile();
    expect(w.decide().phase).toBe("concluded");
    expect(announced(w)).toEqual(["1:fcp_begun", "1:concluded"]);
  });
});

test("config.source: the aliases the clerk answers to come from there too", async () => {
  const w = world({ rules: rules({ mentions: ["spec-bot"] }) });
  w.say("richvdh", "@mscbot fcp merge");
  await clerkOf(w).reconcile();
  expect(w.decide().phase).toBe("in_review");
  w.say("richvdh", "@spec-bot fcp merge");
  await clerkOf(w).reconcile();
  expect(w.decide().phase).toBe("proposed");
});
