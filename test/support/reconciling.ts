import { SigningKeys } from "../../src/decisions/signingKeys.js";
import type { Clock } from "../../src/platform/clock.js";
import { LAG_WINDOW } from "../../src/runtime/reconcile/apply.js";
import { Decisions } from "../../src/runtime/reconcile/decisions.js";
import type { Evaluation } from "../../src/runtime/reconcile/evaluate.js";
import { PendingWebhookFacts } from "../../src/runtime/reconcile/pendingWebhookFacts.js";
import { Settled } from "../../src/runtime/reconcile/settled.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import { alone } from "../../src/store/ownership.js";
import type { Store } from "../../src/store/port.js";

const nobody = () => {};

/** Gives decisions their numbers in a store of its own, unsigned. */
export const decisions = (store: Store = inMemoryStore()): Decisions =>
  new Decisions({
    store,
    keys: SigningKeys.from(undefined),
    host: "github.com",
    version: "0.0.0",
    recover: async () => ({ kind: "lines", lines: [] }),
    onPublished: nobody,
  });

/** Nothing is settled yet. */
export const nothingSettled = (): Settled => new Settled({ store: inMemoryStore(), judge: [] });

/** What a reconciler has besides what it reads, decides and writes by: nobody listens, and no webhook has announced anything. */
export const reconciling = (clock: Clock) => ({
  clock,
  gitHubClock: clock,
  dryRun: false,
  lagWindow: LAG_WINDOW,
  expected: new PendingWebhookFacts(),
  setDeadline: nobody,
  decisions: decisions(),
  views: { judged: async () => true },
  settled: nothingSettled(),
  onEvaluated: nobody,
  overview: () => ({ outlines: [], unread: [], more: true }),
  onWritten: nobody,
  enqueue: nobody,
  heldSince: () => Number.NEGATIVE_INFINITY,
});

/** As production has them. */
export const queueing = (clock: Clock) => ({
  clock,
  concurrency: 4,
  together: 1,
  debounce: 500,
  mayReconcileAt: () => clock.now(),
  isOurs: () => true,
  onDone: nobody,
});

export const resyncing = (clock: Clock) => ({
  clock,
  gitHubClock: clock,
  every: 10 * 60_000,
  fullEvery: 24 * 60 * 60_000,
  settled: nothingSettled(),
  ownership: alone(),
  enqueue: nobody,
  onOpen: async () => {},
  onRead: async () => {},
  onPresent: async () => {},
  onSettled: nobody,
  onFullSync: nobody,
  onRound: async () => undefined,
  onConfig: async () => {},
  onBegun: nobody,
});

/** An evaluation by which nothing is written. */
export const NOTHING_TO_WRITE: Evaluation = {
  actions: [],
  nextCheckAt: null,
  register: null,
  lost: false,
  phase: "in_review",
  reason: "awaiting_motion",
  holds: [],
  verdict: "in_progress",
  sentence: "",
  dependence: { waitsFor: [], done: false },
  asksForOverview: false,
  notices: [],
  unpublished: [],
  view: () => null,
  summary: "",
};
