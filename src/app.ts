import { type Assembly, assemble, type ClerkOptions } from "./assemble.js";
import { type Instant, SECOND } from "./domain/text/time.js";
import type { ServerSettings } from "./environment/environment.js";
import { connectGitHub } from "./github/connect.js";
import type { RepositoryRef } from "./github/ports.js";
import { proposalName } from "./github/refs.js";
import { pagesFromStore } from "./pages/fromStore.js";
import { pagesHandler } from "./pages/http.js";
import { everyRoute, outerFiles, pageAround } from "./pages/routes.js";
import type { LogFacts } from "./platform/log.js";
import { ofDeliveries, origin } from "./platform/origin.js";
import { readPackage } from "./platform/package.js";
import { evaluate } from "./runtime/reconcile/evaluate.js";
import type { Trigger } from "./runtime/server/events.js";
import { health } from "./runtime/server/health.js";
import { type HeardNews, heardIn, subjectOf } from "./runtime/server/heard.js";
import { type Handler, HttpServer, PAGES_PORT, pathOf, WEBHOOKS_PORT } from "./runtime/server/http.js";
import { metricsHandler } from "./runtime/server/metrics.js";
import { readiness } from "./runtime/server/ready.js";
import { newsIn } from "./runtime/server/webhookNews.js";
import { webhookSecrets } from "./runtime/server/webhookSecrets.js";
import { webhookHandler } from "./runtime/server/webhooks.js";
import { wellKnown } from "./runtime/server/wellKnown.js";
import { proveStore } from "./store/prove.js";

export type { ClerkOptions, ClerkTiming } from "./assemble.js";
export { WEBHOOK_PATH } from "./runtime/server/webhooks.js";

/**
 * The clerk, whole: the same one in production, in the sandbox and in tests; only the address of GitHub differs.
 * Nothing happens before {@link Clerk.start}. What it is made of is in assemble.ts; here is how it begins, hears and ends.
 */
export class Clerk {
  readonly #options: ClerkOptions;
  readonly #parts: Assembly;
  /** For GitHub. */
  readonly #http: HttpServer;
  /** For people and their monitoring. */
  readonly #pages: HttpServer;
  #handlers: readonly Handler[] = [];
  #pagesHandlers: readonly Handler[] = [];
  #pagesAddress: string | null = null;
  readonly #startedAt: Instant;
  #stopping = false;
  #stopped: Promise<void> | null = null;

  constructor(options: ClerkOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#parts = assemble(options);
    this.#http = new HttpServer(() => this.#handlers, this.#parts.log, WEBHOOKS_PORT);
    this.#pages = new HttpServer(() => this.#pagesHandlers, this.#parts.log, PAGES_PORT);
  }

  /** Where the pages are; null: nowhere. */
  get pagesAddress(): string | null {
    return this.#pagesAddress;
  }

  /**
   * Listens, and begins the first resync. Resolves with the address once webhooks are taken; GitHub need not be reachable.
   * Rejects with a plain sentence when it cannot listen. `pages`: null: none are served.
   */
  async start({
    port,
    host,
    pages = null,
  }: ServerSettings & { readonly pages?: ServerSettings | null }): Promise<string> {
    const { clock, webhookSecret, baseUrl, store } = this.#options;
    const { ownName, log, metrics, instance } = this.#parts;
    const webhooks = webhookHandler({
      secrets: webhookSecrets(webhookSecret),
      clock,
      log,
      onWebhook: (name, payload, delivery) => this.hear(name, payload, delivery),
      onAnswer: (status, bySecret) => metrics.delivered(status, bySecret),
      stopping: () => this.#stopping,
    });
    const alive = health(() => this.#state());
    const ready = readiness({
      clock,
      state: () => ({
        stopping: this.#stopping,
        gitHubAnswered: ownName.login !== null || this.#parts.resync.begun,
        firstRoundDone: this.#parts.resync.begun,
      }),
      proveStore: () => proveStore(store, instance, this.#parts.gitHubClock.now()),
    });
    // On both, as a proxy hands everything but the webhooks to the pages.
    const onBoth = [alive, ready, wellKnown(this.#parts.publicKeys)];
    this.#handlers = [webhooks, ...onBoth, greeting];
    this.#pagesHandlers = [...onBoth, metricsHandler(metrics), ...this.#publicPages(pages)];
    const { version } = readPackage();
    log.info("msc-clerk starts.", { version, gitHub: baseUrl, store: this.#options.storedIn ?? null });
    if (this.#options.dryRun)
      log.warn("A dry run, by DRY_RUN: what would be written is said here, and nothing is written.");
    if (pages !== null) {
      metrics.withProcess();
      this.#pagesAddress = await this.#pages.listen(pages.port, pages.host);
    }
    const url = await this.#http.listen(port, host).catch((thrown: unknown) => {
      this.#pages.kill();
      throw thrown;
    });
    log.info(`Listening on ${url}`);
    if (this.#pagesAddress !== null)
      log.info(`The pages are on ${this.#pagesAddress}, metrics on ${this.#pagesAddress}/metrics`);
    this.begin();
    return url;
  }

  /** Begins the first resync. `start` does; by itself it is for whoever brings the webhooks otherwise than by HTTP ({@link hear}). */
  begin(): void {
    const { ownName, log, resync } = this.#parts;
    this.#parts.ownership.start({
      gained: (installation) => {
        this.#parts.settled.forget();
        this.#parts.outlines.forget(installation);
        this.#parts.views.forget();
        this.#parts.publicFacts.forget();
        this.#parts.resync.wantInstallation(installation);
      },
      heard: ({ subject, news }) =>
        origin.during(ofDeliveries(news.deliveries), () => this.#carryOut(subject, news)),
    });
    void ownName.learn().then(() => {
      if (ownName.login !== null) log.info("GitHub knows the App.", { login: ownName.login });
      resync.start();
    });
  }

  /** Takes a webhook that is GitHub's. Does nothing that GitHub would have to wait for. */
  hear(name: string, payload: unknown, delivery: string): void {
    const { ownName, ownership, log, views } = this.#parts;
    origin.during(ofDeliveries([delivery]), () => {
      this.#options.recorder?.webhook(name, delivery, payload);
      void ownName.learn();
      for (const heard of heardIn(newsIn(name, payload, ownName.login), delivery)) {
        const { trigger } = heard.news;
        log.debug("The webhook asks for something.", triggerFacts(trigger));
        // At once, whoever will look at it, and although GitHub may not answer for a while.
        if (trigger.kind === "repository" && trigger.hide === true) void views.hidden(trigger.repository);
        ownership.hand(heard);
      }
    });
  }

  /**
   * For a process that looks at everything once and ends, after {@link begin}: resolves when nothing is left that would be done before `until`.
   * Whatever is left undone, what was decided stands in the register of decisions (record.signed) before it resolves, as nothing else knows of
   * it later. `reached` false: not everything could be read. `left`: so many proposals are not finished.
   */
  async restOnce(
    repository: RepositoryRef,
    until: Instant,
  ): Promise<{ readonly reached: boolean; readonly left: number }> {
    const { clock, duties, queue, reconciler, resync } = this.#parts;
    // GitHub asks to wait longer than there is time: nothing comes of staying.
    const waitsInVain = () =>
      this.#parts.outgoing.inFlight === 0 &&
      queue.running === 0 &&
      (resync.next() ?? until) > until &&
      (queue.length === 0 || (queue.next() ?? until) > until);
    while (!this.idle() && clock.now() < until && !waitsInVain()) await clock.sleep(LOOKS_EVERY);
    const reached = resync.endedAt !== null;
    const left = queue.length;
    reconciler.stop();
    // What they were shown before everything was reconciled was not all of it: the digest waits for that.
    duties.want(repository, false);
    const latest = clock.now() + DUTIES_ROOM;
    const comesSoon = () => (duties.next() ?? latest) < latest;
    while ((!duties.idle() || comesSoon()) && clock.now() < latest) await clock.sleep(LOOKS_EVERY);
    return { reached, left };
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
    this.#parts.outgoing.close();
    this.#parts.reconciler.stop();
    this.#parts.deadlines.stop();
    for (const part of this.#background()) void part.stop();
    this.#parts.room?.close();
    this.#http.kill();
    this.#pages.kill();
  }

  /** No proposal waits to be reconciled, no resync is due or under way, and no request is: only deadlines are left. */
  idle(): boolean {
    return this.#inFlight === 0 && this.#background().every((part) => part.idle());
  }

  /**
   * Resolves when no request is under way and nothing goes on without the clock moving. Whoever drives a clock by
   * hand: while not `idle()`, await this, then move the clock to its next wake.
   */
  async settled(): Promise<void> {
    for (let calm = 0; calm < 4; calm += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      while (this.#inFlight > 0 && !this.#parts.outgoing.closed) {
        calm = 0;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  }

  /** When the next deadline of any proposal is; null: none is known. */
  nextDeadline(): number | null {
    return this.#parts.deadlines.next();
  }

  /** The pages for everybody. Without an address for everybody they are this machine's: nobody is to find by chance what was not published. */
  #publicPages(pages: ServerSettings | null): readonly Handler[] {
    const { store, publicUrl } = this.#options;
    const { gitHubClock, log, timing, views } = this.#parts;
    if (pages === null) return [];
    if (publicUrl === undefined && !LOOPBACK.includes(pages.host)) {
      log.info(
        `The pages are not served on ${pages.host}, as PUBLIC_URL does not say where they are reached.`,
      );
      return [];
    }
    const now = () => gitHubClock.now();
    const source = pagesFromStore({
      store,
      reading: (id) => views.reading(id),
      lookedAt: (id) => views.lookedAt(id),
      now,
      roundEvery: timing.resyncEvery,
    });
    return [
      pagesHandler({
        source,
        routes: everyRoute,
        now,
        publicUrl: publicUrl ?? null,
        page: pageAround,
        files: outerFiles,
      }),
    ];
  }

  async #stop(): Promise<void> {
    if (this.#parts.outgoing.closed) return;
    this.#stopping = true;
    this.#parts.log.info("Stopping: finishing what is in hand.");
    this.#parts.reconciler.stop();
    this.#parts.deadlines.stop();
    const { notices } = this.#parts;
    // A notice in hand is not waited for: where its answer does not come, the next start looks for it in the room.
    void notices?.stop();
    const finished = Promise.all([
      ...this.#background()
        .filter((part) => part !== notices)
        .map((part) => part.stop()),
      this.#http.close(),
      this.#pages.close(),
    ]).then(() => "finished");
    let late: NodeJS.Timeout | undefined;
    const grace = new Promise<string>((resolve) => {
      late = setTimeout(() => resolve("late"), this.#parts.timing.grace);
    });
    const how = await Promise.race([finished, grace]);
    clearTimeout(late);
    this.#parts.outgoing.close();
    this.#parts.room?.close();
    await this.#options.recorder?.close();
    if (how === "late") {
      this.#http.kill();
      this.#pages.kill();
      this.#parts.log.warn("Stopped before everything in hand was finished; the next start finishes it.");
    } else {
      this.#parts.log.info("Stopped.");
    }
  }

  #carryOut(subject: string, { trigger, announced, senders, push, deliveries }: HeardNews): void {
    const {
      budgets,
      clock,
      expected,
      heads,
      mergeGroups,
      ownership,
      queue,
      reconciler,
      resync,
      specChanges,
    } = this.#parts;
    switch (trigger.kind) {
      case "reconcile": {
        const { ref, forced } = trigger;
        for (const fact of announced) expected.note(ref, fact, clock.now());
        specChanges.heard(ref);
        for (const sender of senders) queue.trigger(ref, { forced, by: budgets.askerOf(ref, sender), push });
        // It is done once it was reconciled.
        return;
      }
      case "head": {
        const pulls = heads.pullsAt(trigger.repository, trigger.head);
        for (const ref of pulls) {
          const again: Trigger = { kind: "reconcile", ref, forced: true };
          const news = { trigger: again, announced: [], senders, push, deliveries };
          ownership.hand({ installation: ref.installation, subject: subjectOf(again), news });
        }
        // One that was never reconciled has no check to be asked for anew, and gets its first.
        if (pulls.length === 0) resync.wantRepository(trigger.repository);
        break;
      }
      case "repository":
        if (trigger.labels) reconciler.forgetLabels(trigger.repository);
        resync.wantRepository(trigger.repository);
        break;
      case "installation":
        resync.wantInstallation(trigger.installation);
        break;
      case "merge_group":
        if (trigger.over) mergeGroups.over(trigger.group);
        else mergeGroups.want(trigger.group);
        break;
    }
    // Should this process end before it is carried out, whoever takes the installation over looks at everything of it.
    ownership.done(subject);
  }

  get #inFlight(): number {
    return this.#parts.outgoing.inFlight + (this.#parts.room?.inFlight ?? 0);
  }

  #background(): readonly Background[] {
    const parts = this.#parts;
    return Object.values({
      queue: parts.queue,
      resync: parts.resync,
      duties: parts.duties,
      publicFacts: parts.publicFacts,
      mergeGroups: parts.mergeGroups,
      previews: parts.previews,
      specChanges: parts.specChanges,
      redeliveries: parts.redeliveries,
      notices: parts.notices,
    } satisfies BackgroundParts).filter((part) => part !== null);
  }

  #state() {
    return {
      now: this.#options.clock.now(),
      startedAt: this.#startedAt,
      stopping: this.#stopping,
      lastResyncEndedAt: this.#parts.resync.endedAt,
      waiting: this.#parts.queue.length,
      running: this.#parts.queue.running,
      deadlines: this.#parts.deadlines.size,
      clockAheadSeconds: this.#parts.gitHubClock.aheadSeconds,
    };
  }
}

/** What goes on by itself, and has to be waited for and ended. */
interface Background {
  /** It does nothing now that goes on without the clock moving. */
  idle(): boolean;
  /** Begins nothing any more. Resolves when what is in hand is finished. */
  stop(): void | Promise<void>;
}

/** A part of the clerk that goes on by itself and is forgotten in the list of them does not compile. */
type BackgroundParts = {
  readonly [Part in keyof Assembly as NonNullable<Assembly[Part]> extends Background
    ? Part
    : never]: Assembly[Part];
};

const LOOKS_EVERY = SECOND / 10;
/** What the duties may take at the end: an issue that is opened, as the first page of the register is, waits for a list that is new enough. */
const DUTIES_ROOM = 45 * SECOND;

const LOOPBACK: readonly string[] = ["127.0.0.1", "::1", "localhost"];

/** What a webhook asks for, as it stands in the log. */
function triggerFacts(trigger: Trigger): LogFacts {
  switch (trigger.kind) {
    case "reconcile":
      return { asks: trigger.kind, proposal: proposalName(trigger.ref) };
    case "repository":
    case "head":
      return { asks: trigger.kind, repository: `${trigger.repository.owner}/${trigger.repository.name}` };
    case "installation":
      return { asks: trigger.kind, installation: trigger.installation };
    case "merge_group":
      return { asks: trigger.kind, proposal: proposalName(trigger.group) };
  }
}

const greeting: Handler = (request, response) => {
  if (request.method !== "GET" || pathOf(request) !== "/") return false;
  response
    .writeHead(200, { "content-type": "text/plain; charset=utf-8" })
    .end(
      "msc-clerk is at work here. /healthz and /readyz tell how it does, `npx msc-clerk doctor` what is wrong.\n",
    );
  return true;
};

/** The clerk against the GitHub at `baseUrl`, by the rules. */
export const createClerk = (
  options: Omit<ClerkOptions, "connect" | "evaluate" | "timing" | "redeliver"> & Partial<ClerkOptions>,
): Clerk => new Clerk({ connect: connectGitHub, evaluate, timing: {}, redeliver: false, ...options });
