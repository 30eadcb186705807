import { randomUUID } from "node:crypto";
import { type Logger, Probot } from "probot";
import { DAY, MINUTE, SECOND } from "./domain/text/time.js";
import { Meter } from "./github/client/meter.js";
import { type Connection, type ConnectParts, connectGitHub } from "./github/connect.js";
import type { ProposalRef } from "./github/ports.js";
import { RecordKeys } from "./github/record/keys.js";
import type { Clock } from "./platform/clock.js";
import { type GitHubClock, gitHubClock } from "./platform/clock.js";
import type { Log } from "./platform/log.js";
import { forProbot, logThrough } from "./platform/pinoLog.js";
import { clockSentence } from "./platform/systemClock.js";
import { LAG_WINDOW } from "./runtime/reconcile/apply.js";
import { Budgets, type Sender } from "./runtime/reconcile/budget.js";
import { type Evaluate, evaluate } from "./runtime/reconcile/evaluate.js";
import { PendingWebhookFacts } from "./runtime/reconcile/pendingWebhookFacts.js";
import { ReconcileQueue } from "./runtime/reconcile/queue.js";
import { Reconciler } from "./runtime/reconcile/reconciler.js";
import { Records } from "./runtime/reconcile/records.js";
import { Deadlines } from "./runtime/schedule/deadlines.js";
import { DutyScheduler } from "./runtime/schedule/duties.js";
import { Previews } from "./runtime/schedule/previews.js";
import { Resync } from "./runtime/schedule/resync.js";
import type { Trigger } from "./runtime/server/events.js";
import { health } from "./runtime/server/health.js";
import { type Handler, HttpServer, pathOf } from "./runtime/server/http.js";
import { RequestTracker } from "./runtime/server/requestTracker.js";
import { newsIn } from "./runtime/server/webhookNews.js";
import { webhookHandler } from "./runtime/server/webhooks.js";
import type { Store } from "./store/port.js";

export { WEBHOOK_PATH } from "./runtime/server/webhooks.js";

export interface ClerkOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** GitHub's REST API: `https://api.github.com`, or a sandbox's address. */
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly dryRun: boolean;
  /** `RECORD_KEYS`; without it records are signed with a key derived from the App's private key. */
  readonly recordKeys?: string | undefined;
  /** The clerk's own memory. Whoever opened it closes it, after `stop`. */
  readonly store: Store;
  /** GitHub at `baseUrl`, or another one (tests). */
  readonly connect: Connect;
  readonly evaluate: Evaluate;
  readonly timing: ClerkTiming;
}

export type Connect = (parts: ConnectParts) => Connection;

/** In milliseconds, but for `concurrency`. */
interface Timing {
  /** How long a first trigger waits for others of the same burst. */
  readonly debounce: number;
  /** How long GitHub's answers may lag behind what was written. */
  readonly lagWindow: number;
  /** Between two rounds that ask what has changed. */
  readonly resyncEvery: number;
  /** Between two rounds that reconcile every open PR. */
  readonly fullResyncEvery: number;
  /** How many proposals are reconciled at the same time. */
  readonly concurrency: number;
  /** How long `stop` waits for the actions in hand, by the machine's own clock. */
  readonly grace: number;
}

/** What is left out is as in {@link TIMING}. */
export type ClerkTiming = Partial<Timing>;

const TIMING: Timing = {
  debounce: SECOND / 2,
  lagWindow: LAG_WINDOW,
  resyncEvery: 10 * MINUTE,
  fullResyncEvery: DAY,
  concurrency: 4,
  // Less than the ten seconds that containers are commonly given.
  grace: 8 * SECOND,
};

/**
 * The clerk, whole: the same one in production, in the sandbox and in tests; only the address of GitHub differs.
 * Nothing happens before {@link Clerk.start}.
 */
export class Clerk {
  readonly #options: ClerkOptions;
  readonly #grace: number;
  readonly #log: Log;
  readonly #gitHubClock: GitHubClock;
  readonly #outgoing: RequestTracker;
  readonly #probot: Probot;
  readonly #github: Connection;
  readonly #http: HttpServer;
  readonly #reconciler: Reconciler;
  readonly #queue: ReconcileQueue;
  readonly #deadlines: Deadlines;
  readonly #resync: Resync;
  readonly #expected = new PendingWebhookFacts();
  readonly #duties: DutyScheduler;
  readonly #previews: Previews;
  readonly #budgets: Budgets;
  #handlers: readonly Handler[] = [];
  #self: string | null = null;
  #selfAskedAt: number | null = null;
  #stopping = false;
  #stopped: Promise<void> | null = null;

  constructor(options: ClerkOptions) {
    const { clock, logger, store, dryRun } = options;
    const timing: Timing = { ...TIMING, ...options.timing };
    this.#options = options;
    this.#grace = timing.grace;
    this.#log = logThrough(logger);
    this.#gitHubClock = gitHubClock(clock, (news) => this.#log.warn(clockSentence(news)));
    this.#outgoing = new RequestTracker(this.#gitHubClock);
    this.#probot = new Probot({
      appId: options.appId,
      privateKey: options.privateKey,
      secret: options.webhookSecret,
      baseUrl: options.baseUrl,
      log: forProbot(logger),
      Octokit: this.#outgoing.octokit(),
    });
    const records = new Records({
      store,
      clock: this.#gitHubClock,
      log: this.#log,
      instance: randomUUID(),
    });
    const meter = new Meter();
    this.#github = options.connect({
      memory: records,
      lawful: store,
      meter,
      jitter: Math.random,
      auth: (installation) => this.#probot.auth(installation),
      appId: options.appId,
      keys: RecordKeys.from(options),
      clock,
      gitHubClock: this.#gitHubClock,
      log: this.#log,
    });
    const { reader, writer, issues } = this.#github;
    this.#budgets = new Budgets(clock, meter);
    const enqueue = (ref: ProposalRef, background = false) =>
      this.#queue.trigger(ref, { background, by: this.#budgets.isMembers(ref) ? "roster" : "outsiders" });
    const enqueueInBackground = (ref: ProposalRef) => enqueue(ref, true);
    this.#previews = new Previews({ reader, clock, enqueue: enqueueInBackground });
    this.#duties = new DutyScheduler({
      reader,
      issues,
      records,
      clock,
      gitHubClock: this.#gitHubClock,
      log: this.#log,
      login: () => this.#self,
      dryRun,
      lagWindow: timing.lagWindow,
    });
    this.#deadlines = new Deadlines(this.#gitHubClock, (ref) => enqueue(ref));
    this.#reconciler = new Reconciler({
      reader,
      writer,
      records,
      clock,
      gitHubClock: this.#gitHubClock,
      evaluate: options.evaluate,
      onEvaluated: (ref, snapshot, { phase }, rules) => {
        this.#budgets.judged(ref, snapshot, rules);
        this.#previews.judged(ref, snapshot, phase, rules);
      },
      onWritten: (ref) => this.#previews.written(ref),
      log: this.#log,
      dryRun,
      lagWindow: timing.lagWindow,
      expected: this.#expected,
      setDeadline: (ref, at) => this.#deadlines.set(ref, at),
      enqueue: enqueueInBackground,
    });
    this.#queue = new ReconcileQueue({
      clock,
      log: this.#log,
      reconcile: (ref, cause, by) =>
        this.#budgets.measure(ref, by, () => this.#reconciler.reconcile(ref, cause)),
      mayReconcileAt: (ref) => this.#budgets.mayReconcileAt(ref),
      debounce: timing.debounce,
      concurrency: timing.concurrency,
    });
    this.#resync = new Resync({
      reader,
      clock,
      gitHubClock: this.#gitHubClock,
      log: this.#log,
      enqueue: enqueueInBackground,
      onConfig: (repository, config) => this.#reconciler.makeLabels(repository, config),
      onFullSync: (repository) => this.#duties.want(repository),
      every: timing.resyncEvery,
      fullEvery: timing.fullResyncEvery,
    });
    this.#http = new HttpServer(() => this.#handlers, this.#log);
  }

  /**
   * Listens, and begins the first resync. Resolves with the address once webhooks are taken; GitHub need not be reachable.
   * Rejects with a plain sentence when it cannot listen.
   */
  async start({ port, host }: { readonly port: number; readonly host: string }): Promise<string> {
    const webhooks = webhookHandler({
      secret: this.#options.webhookSecret,
      log: this.#log,
      onWebhook: (name, payload) => {
        void this.#learnSelf();
        const { triggers, announced, sender, push } = newsIn(name, payload, this.#self);
        for (const trigger of triggers) {
          if (trigger.kind === "reconcile" && announced !== null) {
            this.#expected.note(trigger.ref, announced, this.#options.clock.now());
          }
          this.#pull(trigger, sender, push);
        }
      },
      stopping: () => this.#stopping,
    });
    this.#handlers = [webhooks, health(() => this.#state()), greeting];
    const url = await this.#http.listen(port, host);
    this.#log.info(`Listening on ${url}`);
    void this.#learnSelf().then(() => this.#resync.start());
    return url;
  }

  /**
   * Takes no new webhook, begins no new reconcile, finishes the actions in hand, and resolves within seconds: what is not done by then
   * is dropped, and the next start finishes it.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** For tests: ends the way a machine does when it loses its power. No request leaves any more, and nothing is finished. */
  kill(): void {
    this.#stopping = true;
    this.#outgoing.close();
    this.#reconciler.stop();
    this.#deadlines.stop();
    void this.#queue.stop();
    void this.#resync.stop();
    void this.#duties.stop();
    this.#previews.stop();
    this.#http.kill();
  }

  /** No proposal waits to be reconciled, no resync is due or under way, and no request is: only deadlines are left. */
  idle(): boolean {
    return (
      this.#queue.idle() &&
      this.#resync.idle() &&
      this.#duties.idle() &&
      this.#previews.idle() &&
      this.#outgoing.inFlight === 0
    );
  }

  /**
   * Resolves when no request to GitHub is under way and nothing goes on without the clock moving. Whoever drives a clock by
   * hand: while not `idle()`, await this, then move the clock to its next wake.
   */
  async settled(): Promise<void> {
    for (let calm = 0; calm < 4; calm += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      while (this.#outgoing.inFlight > 0 && !this.#outgoing.closed) {
        calm = 0;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  }

  /** When the next deadline of any proposal is; null: none is known. */
  nextDeadline(): number | null {
    return this.#deadlines.next();
  }

  async #stop(): Promise<void> {
    if (this.#outgoing.closed) return;
    this.#stopping = true;
    this.#log.info("Stopping: finishing what is in hand.");
    this.#reconciler.stop();
    this.#deadlines.stop();
    this.#previews.stop();
    const finished = Promise.all([
      this.#queue.stop(),
      this.#resync.stop(),
      this.#duties.stop(),
      this.#http.close(),
    ]).then(() => "finished");
    let late: NodeJS.Timeout | undefined;
    const grace = new Promise<string>((resolve) => {
      late = setTimeout(() => resolve("late"), this.#grace);
    });
    const how = await Promise.race([finished, grace]);
    clearTimeout(late);
    this.#outgoing.close();
    if (how === "late") {
      this.#http.kill();
      this.#log.warn("Stopped before everything in hand was finished; the next start finishes it.");
    } else {
      this.#log.info("Stopped.");
    }
  }

  #pull(trigger: Trigger, sender: Sender | null, push: boolean): void {
    switch (trigger.kind) {
      case "reconcile": {
        const { ref, forced } = trigger;
        this.#queue.trigger(ref, { forced, by: this.#budgets.askerOf(ref, sender), push });
        break;
      }
      case "repository":
        if (trigger.labels) this.#reconciler.forgetLabels(trigger.repository);
        this.#resync.wantRepository(trigger.repository);
        break;
      case "installation":
        this.#resync.wantInstallation(trigger.installation);
        break;
    }
  }

  /**
   * The App's name, by which it recognises what it did itself. While GitHub cannot tell it, the clerk's own webhooks cause reconciles that find
   * nothing to do; it is asked again after a minute.
   */
  async #learnSelf(): Promise<void> {
    const now = this.#options.clock.now();
    if (this.#self !== null || (this.#selfAskedAt !== null && now < this.#selfAskedAt + 60_000)) return;
    this.#selfAskedAt = now;
    const app = await this.#github.identify();
    if (app !== null) this.#self = `${app.slug}[bot]`;
  }

  #state() {
    return {
      stopping: this.#stopping,
      lastResyncEndedAt: this.#resync.endedAt,
      waiting: this.#queue.length,
      running: this.#queue.running,
      deadlines: this.#deadlines.size,
      clockAheadSeconds: this.#gitHubClock.aheadSeconds,
    };
  }
}

const greeting: Handler = (request, response) => {
  if (request.method !== "GET" || pathOf(request) !== "/") return false;
  response
    .writeHead(200, { "content-type": "text/plain; charset=utf-8" })
    .end("msc-clerk is at work here. /healthz tells how it does.\n");
  return true;
};

/** The clerk against the GitHub at `baseUrl`, by the rules. */
export const createClerk = (
  options: Omit<ClerkOptions, "connect" | "evaluate" | "timing"> & Partial<ClerkOptions>,
): Clerk => new Clerk({ connect: connectGitHub, evaluate, timing: {}, ...options });
