import type { Clock } from "../../src/platform/clock.js";
import { LAG_WINDOW } from "../../src/runtime/reconcile/apply.js";
import type { Evaluation } from "../../src/runtime/reconcile/evaluate.js";
import { PendingWebhookFacts } from "../../src/runtime/reconcile/pendingWebhookFacts.js";

const nobody = () => {};

/** What a reconciler has besides what it reads, decides and writes by: nobody listens, and no webhook has announced anything. */
export const reconciling = (clock: Clock) => ({
  clock,
  gitHubClock: clock,
  dryRun: false,
  lagWindow: LAG_WINDOW,
  expected: new PendingWebhookFacts(),
  setDeadline: nobody,
  onEvaluated: nobody,
  onWritten: nobody,
  enqueue: nobody,
});

/** As production has them. */
export const queueing = (clock: Clock) => ({
  clock,
  concurrency: 4,
  debounce: 500,
  mayReconcileAt: () => clock.now(),
});

export const resyncing = (clock: Clock) => ({
  clock,
  gitHubClock: clock,
  every: 10 * 60_000,
  fullEvery: 24 * 60 * 60_000,
  enqueue: nobody,
  onFullSync: nobody,
  onConfig: async () => {},
});

/** An evaluation by which nothing is written. */
export const NOTHING_TO_WRITE: Evaluation = {
  actions: [],
  nextCheckAt: null,
  register: null,
  lost: false,
  phase: "in_review",
  notices: [],
  summary: "",
};
