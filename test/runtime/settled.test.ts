import { describe, expect, test } from "vitest";
import type { ValidConfig } from "../../src/config/outcome.js";
import { codeFingerprint } from "../../src/platform/package.js";
import { type Ended, Settled } from "../../src/runtime/reconcile/settled.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import type { ProposalRow, Store } from "../../src/store/port.js";
import { VALID } from "./fakes.js";

const REPOSITORY = 7;
const CONFIG = { ...VALID, repository: REPOSITORY } as ValidConfig;
const MINUTE = 60_000;
const READ = Date.UTC(2026, 2, 2, 12);

const ROW: ProposalRow = {
  pull: 1,
  title: "MSC1: One",
  author: "somebody",
  labels: [],
  state: "open",
  createdAt: READ - 100 * MINUTE,
  updatedAt: READ - 50 * MINUTE,
  head: "a".repeat(40),
  nextCheckAt: null,
  readAt: READ,
  settled: " judge print",
  members: false,
  outline: "",
};

async function keptAs(store: Store): Promise<string | undefined> {
  const read = await store.proposals(REPOSITORY);
  return read.kind === "stored" ? read.kept[0]?.settled : undefined;
}

describe("what stops being settled before anything is written", () => {
  test("memory.kept: a store that did not take it the first time is told again", async () => {
    const store = inMemoryStore();
    await store.putProposals(REPOSITORY, [ROW]);
    let fails = true;
    const failing: Store = Object.assign(Object.create(store) as Store, {
      unsettle: async (...of: Parameters<Store["unsettle"]>) => {
        if (!fails) return store.unsettle(...of);
        fails = false;
        return { kind: "unavailable", why: "the disk is full" } as const;
      },
    });
    const settled = new Settled({ store: failing, judge: [] });
    expect(await settled.unsettle(REPOSITORY, [1])).toBe(false);
    expect(await settled.unsettle(REPOSITORY, [1])).toBe(true);
    expect(await keptAs(store)).toBe("");
  });

  test("memory.kept: what another instance has settled meanwhile is told, too", async () => {
    const store = inMemoryStore();
    const settled = new Settled({ store, judge: [] });
    expect((await settled.rowsOf(REPOSITORY))?.size).toBe(0);
    await store.putProposals(REPOSITORY, [ROW]);
    expect(await settled.unsettle(REPOSITORY, [1])).toBe(true);
    expect(await keptAs(store)).toBe("");
  });
});

describe("what a reconcile has seen of a list of changes", () => {
  const settled = new Settled({ store: inMemoryStore(), judge: [] });

  test("resync: what its own time stamp shows is seen; what moves none, as an edited inline comment, only after GitHub's longest lag", () => {
    const shown = { ...ROW, updatedAt: READ - 2 * MINUTE };
    expect(settled.hasSeen(shown, READ - 2 * MINUTE)).toBe(true);
    expect(settled.hasSeen(ROW, READ - 2 * MINUTE)).toBe(false);
    expect(settled.hasSeen(ROW, READ - 20 * MINUTE)).toBe(true);
  });
});

describe("what proposals are judged by", () => {
  test("memory.kept: another build of the clerk, of whatever version, takes none for settled that the one before left", async () => {
    const store = inMemoryStore();
    const note = { number: 1, fingerprint: "print", commit: "c".repeat(40), text: "", adoptedAt: 0 };
    await store.putLawful(REPOSITORY, note, null);
    const by = (code: string) => new Settled({ store, judge: [code] }).judgedBy(CONFIG);
    expect(await by(codeFingerprint())).not.toBeNull();
    expect(await by(codeFingerprint())).not.toBe(await by("another"));
    expect(codeFingerprint()).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("a reconcile that is under way while a list tells of its proposal", () => {
  const ended = (readAt: number): Ended => {
    const { settled: _, members: _m, outline: _o, pull: number, nextCheckAt, ...seen } = ROW;
    const { rules } = CONFIG;
    const clear = { amendment: null, lawfulRules: null, lawfulLost: null, unlawful: null, check: null };
    const snapshot = {
      ...clear,
      ...{ unkept: false, siblings: [], siblingsCutOff: false, utterances: [], events: [], ownComments: [] },
      ...{ labels: [], register: null, files: [], lawful: { number: 1, fingerprint: "print" } },
      repository: { id: REPOSITORY },
      pull: { number, author: null, description: null },
    } as unknown as Ended["snapshot"];
    const sight = { ...seen, print: "print", readAt };
    const config = { ...CONFIG, rules };
    return { snapshot, sight, evaluation: {}, config, actions: [], nextCheckAt };
  };

  test("resync: settles nothing where it read before; the next one does", async () => {
    const store = inMemoryStore();
    const settled = new Settled({ store, judge: [] });
    await settled.toldOf(REPOSITORY, [1], READ + MINUTE);
    await settled.settle(ended(READ));
    expect(await keptAs(store)).toBe("");
    await settled.settle(ended(READ + 2 * MINUTE));
    expect(await keptAs(store)).not.toBe("");
  });
});
