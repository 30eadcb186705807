import { randomUUID } from "node:crypto";
import { type Logger, Probot } from "probot";
import { SigningKeys } from "./decisions/signingKeys.js";
import { DAY, MINUTE, SECOND } from "./domain/text/time.js";
import { HoursLeft } from "./github/client/hours.js";
import { Meter } from "./github/client/meter.js";
import type { AloneWithToken, Connection, ConnectParts } from "./github/connect.js";
import type { ProposalRef } from "./github/ports.js";
import { READ_TOGETHER } from "./github/read/sameMoment.js";
import { RecordKeys } from "./github/record/keys.js";
import type { MatrixSettings } from "./matrix/homeserver.js";
import { MatrixRoom } from "./matrix/room.js";
import { type Clock, gitHubClock as correctedClock, type GitHubClock } from "./platform/clock.js";
import { gitHubHost } from "./platform/gitHubAddress.js";
import type { Log } from "./platform/log.js";
import { codeFingerprint, readPackage } from "./platform/package.js";
import { forProbot, logThrough } from "./platform/pinoLog.js";
import { clockSentence } from "./platform/systemClock.js";
import { LAG_WINDOW } from "./runtime/reconcile/apply.js";
import { Budgets } from "./runtime/reconcile/budget.js";
import { Decisions } from "./runtime/reconcile/decisions.js";
import { Dependents } from "./runtime/reconcile/dependents.js";
import type { Evaluate } from "./runtime/reconcile/evaluate.js";
import { HeadsSeen } from "./runtime/reconcile/headsSeen.js";
import { MergeGroups } from "./runtime/reconcile/mergeGroups.js";
import { oursOnly } from "./runtime/reconcile/oursOnly.js";
import { Outlines } from "./runtime/reconcile/outlines.js";
import { PendingWebhookFacts } from "./runtime/reconcile/pendingWebhookFacts.js";
import { PublicViews } from "./runtime/reconcile/publicViews.js";
import { ReconcileQueue } from "./runtime/reconcile/queue.js";
import { Reconciler } from "./runtime/reconcile/reconciler.js";
import { Records } from "./runtime/reconcile/records.js";
import { recoverRegister } from "./runtime/reconcile/recoverRegister.js";
import { Settled } from "./runtime/reconcile/settled.js";
import { Deadlines } from "./runtime/schedule/deadlines.js";
import { DutyScheduler } from "./runtime/schedule/duties.js";
import { Previews } from "./runtime/schedule/previews.js";
import { PublicFacts } from "./runtime/schedule/publicFacts.js";
import { Redeliveries } from "./runtime/schedule/redeliveries.js";
import { Resync } from "./runtime/schedule/resync.js";
import { RoomNotices } from "./runtime/schedule/roomNotices.js";
import { SpecChanges } from "./runtime/schedule/specChanges.js";
import { type HeardNews, subjectOf } from "./runtime/server/heard.js";
import { Metrics } from "./runtime/server/metrics.js";
import { OwnName } from "./runtime/server/ownName.js";
import type { Recorder } from "./runtime/server/recorder.js";
import { RequestTracker } from "./runtime/server/requestTracker.js";
import { webhookSecrets } from "./runtime/server/webhookSecrets.js";
import { alone, type Ownership } from "./store/ownership.js";
import type { Store } from "./store/port.js";

export interface ClerkOptions {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** `WEBHOOK_SECRET`: several are parted by commas, the newest first. */
  readonly webhookSecret: string;
  /** GitHub's REST API: `https://api.github.com`, or a sandbox's address. */
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly dryRun: boolean;
  /** `PUBLIC_URL`: where everybody reaches the pages, without a slash at the end; left out: only this machine does. */
  readonly publicUrl?: string | undefined;
  /** `MATRIX_HOMESERVER`, `MATRIX_TOKEN`, `MATRIX_ROOM`: the room that is told what happens; left out: none is. */
  readonly matrix?: MatrixSettings | undefined;
  /** Ask GitHub for webhooks again that did not arrive. A rehearsal does without, to show that nothing is lost without them. */
  readonly redeliver: boolean;
  /** `RECORD_KEYS`; without it records are signed with a key derived from the App's private key. */
  readonly recordKeys?: string | undefined;
  /** What `keysOf` makes of those two, by whoever begins many clerks with the same; left out: it is made here. */
  readonly keys?: Keys;
  /** The clerk's own memory. Whoever opened it closes it, after `stop`. */
  readonly store: Store;
  /** Where that is, for the log: without a secret in it. */
  readonly storedIn?: string;
  /** Which installations are this process's, where several share the store; left out: all. Whoever made it ends it, after `stop`. */
  readonly ownership?: Ownership<HeardNews> | undefined;
  /** Writes down what goes to GitHub and comes from it; left out: nothing does. Closed by `stop`. */
  readonly recorder?: Recorder | undefined;
  /** Signed in with a token in place of the App's key, for one repository, by whoever shows no pages; left out: as the App. */
  readonly alone?: (AloneWithToken & { readonly token: string }) | undefined;
  /** GitHub at `baseUrl`, or another one (tests). */
  readonly connect: Connect;
  readonly evaluate: Evaluate;
  readonly timing: ClerkTiming;
}

/** Of records and of decisions. */
export interface Keys {
  readonly records: RecordKeys;
  readonly decisions: SigningKeys;
}

/** @throws Error in plain words when the secrets are not usable. */
export const keysOf = (options: Pick<ClerkOptions, "privateKey" | "recordKeys">): Keys => ({
  decisions: SigningKeys.from(options.recordKeys),
  records: RecordKeys.from(options),
});

export type Connect = (parts: ConnectParts & { readonly gitHubClock: GitHubClock }) => Connection;

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

/** What the clerk is made of. Nothing in it has begun. */
export interface Assembly {
  readonly clock: Clock;
  readonly ownership: Ownership<HeardNews>;
  readonly settled: Settled;
  readonly views: PublicViews;
  readonly publicFacts: PublicFacts;
  readonly outlines: Outlines;
  readonly timing: Timing;
  readonly log: Log;
  /** Of this process: two on one store are told apart by it. */
  readonly instance: string;
  readonly metrics: Metrics;
  readonly gitHubClock: GitHubClock;
  readonly outgoing: RequestTracker;
  readonly ownName: OwnName;
  /** Of the keys that sign decisions (record.signed). */
  readonly publicKeys: readonly string[];
  readonly expected: PendingWebhookFacts;
  readonly budgets: Budgets;
  readonly heads: HeadsSeen;
  readonly reconciler: Reconciler;
  readonly mergeGroups: MergeGroups;
  readonly queue: ReconcileQueue;
  readonly deadlines: Deadlines;
  readonly resync: Resync;
  readonly duties: DutyScheduler;
  readonly previews: Previews;
  readonly specChanges: SpecChanges;
  readonly redeliveries: Redeliveries;
  /** null: no room is told. */
  readonly room: MatrixRoom | null;
  readonly notices: RoomNotices | null;
}

/** Makes every part and tells each of the others what it needs of them. */
export function assemble(options: ClerkOptions): Assembly {
  const { clock, logger, store, dryRun, alone: withToken } = options;
  const timing: Timing = { ...TIMING, ...options.timing };
  const log = logThrough(logger);
  const gitHubClock = correctedClock(clock, (news) => log.warn(clockSentence(news)));
  const startedAt = clock.now();
  const instance = randomUUID();
  const outgoing = new RequestTracker(gitHubClock, options.recorder ?? null);
  const newProbot = () =>
    new Probot({
      appId: options.appId,
      privateKey: options.privateKey,
      // It is handed no webhook, and would fall back on a secret that everybody knows.
      secret: webhookSecrets(options.webhookSecret)[0],
      baseUrl: options.baseUrl,
      log: forProbot(logger),
      Octokit: outgoing.octokit(),
    });
  // Made when it is first asked for: where GitHub is reached in another way (tests), it never is.
  let probot: Probot | null = null;
  const records = new Records({
    store,
    clock: gitHubClock,
    log,
    instance,
  });
  const keys = options.keys ?? keysOf(options);
  const signing = keys.decisions;
  const settled = new Settled({ store, judge: [codeFingerprint(), ...signing.publicKeys] });
  const meter = new Meter();
  const hours = new HoursLeft();
  const github = options.connect({
    memory: records,
    lawful: store,
    meter,
    hours,
    jitter: Math.random,
    alone: withToken,
    auth: async (installation, anew) => {
      if (withToken !== undefined) {
        const Octokit = outgoing.octokit();
        return new Octokit({ auth: { token: withToken.token }, baseUrl: options.baseUrl });
      }
      // It keeps the tokens of all its clients in one place that nobody else can reach: without them there is only another one.
      if (anew || probot === null) probot = newProbot();
      return probot.auth(installation);
    },
    appId: options.appId,
    keys: keys.records,
    clock,
    gitHubClock,
    log,
  });
  // A dry run takes nothing from those that write: it looks at everything, and writes nothing.
  const ownership = (dryRun ? undefined : options.ownership) ?? alone<HeardNews>();
  const ownName = new OwnName(clock, () => github.identify());
  const expected = new PendingWebhookFacts();
  const metrics: Metrics = new Metrics(() => ({
    now: clock.now(),
    startedAt,
    waiting: queue.length,
    running: queue.running,
    waitingSince: queue.waitingSince,
    lastRoundEndedAt: resync.endedAt,
    clockAheadSeconds: gitHubClock.aheadSeconds,
    hours: hours.at(gitHubClock.now()),
    store: store.tally(),
    noticesWaiting: notices?.waiting ?? null,
  }));
  const { reader } = github;
  const { writer: ours, issues } = oursOnly(github, ownership, clock);
  const writer = metrics.counting(ours);
  const budgets = new Budgets(clock, meter);
  const enqueue = (ref: ProposalRef, background = false) =>
    queue.trigger(ref, { background, by: budgets.isMembers(ref) ? "roster" : "outsiders" });
  const enqueueInBackground = (ref: ProposalRef) => enqueue(ref, true);
  const previews = new Previews({ reader, clock, enqueue: enqueueInBackground });
  const decisions = new Decisions({
    store,
    keys: signing,
    host: gitHubHost(options.baseUrl),
    version: readPackage().version,
    recover: recoverRegister({ issues, login: () => ownName.login, keys: signing, clock: gitHubClock }),
    onPublished: (ref) => duties.want(ref, false),
  });
  const outlines = new Outlines(reader);
  const duties: DutyScheduler = new DutyScheduler({
    reader,
    issues,
    decisions,
    outlines,
    records,
    clock,
    gitHubClock,
    log,
    login: () => ownName.login,
    dryRun,
    lagWindow: timing.lagWindow,
    heldSince: ({ installation }) => ownership.heldSince(installation),
    onDigest: async (repository, facts, url) =>
      notices === null || (await notices.digest(repository, facts, url)),
  });
  const views = new PublicViews({ store, log, dryRun, clock: gitHubClock });
  const publicFacts = new PublicFacts({
    ...{ reader, store, views, gitHubClock, log },
    // Of what nobody is shown nothing is read for it.
    dryRun: dryRun || withToken !== undefined,
    enqueue: enqueueInBackground,
  });
  const named = dryRun ? undefined : options.matrix;
  const room = named === undefined ? null : new MatrixRoom(named);
  const notices: RoomNotices | null =
    named === undefined || room === null
      ? null
      : new RoomNotices({
          ...{ store, room, named, clock, gitHubClock, log },
          isOurs: (repository) => {
            const installation = views.publicIn(repository);
            return installation !== null && ownership.holds(installation);
          },
          onSent: () => metrics.noticed(),
        });
  const deadlines = new Deadlines(gitHubClock, (ref) => enqueue(ref));
  const mergeGroups = new MergeGroups({
    reader,
    writer,
    clock,
    log,
    dryRun,
    // Only who may merge puts something into a queue.
    enqueue: (ref) => queue.trigger(ref, { by: "roster" }),
  });
  const heads = new HeadsSeen();
  const dependents = new Dependents((ref) => queue.trigger(ref, { by: "roster" }));
  const reconciler: Reconciler = new Reconciler({
    reader,
    writer,
    records,
    settled,
    views: {
      judged: async (of, view) => {
        const done = await views.judged(of, view);
        notices?.want(of.repository);
        return done;
      },
    },
    decisions,
    clock,
    gitHubClock,
    evaluate: options.evaluate,
    onEvaluated: (ref, snapshot, evaluation, rules) => {
      metrics.evaluated(ref, evaluation);
      budgets.judged(ref, snapshot, rules);
      heads.seen(ref, snapshot.pull.head);
      previews.judged(ref, snapshot, evaluation.phase, rules);
      mergeGroups.judged(ref, evaluation);
      dependents.judged(ref, evaluation.dependence);
      outlines.judged(ref, evaluation.outline);
    },
    overview: (repository) => outlines.known(repository),
    onWritten: (ref) => previews.written(ref),
    log,
    dryRun,
    lagWindow: timing.lagWindow,
    expected,
    setDeadline: (ref, at) => deadlines.set(ref, at),
    enqueue: enqueueInBackground,
    heldSince: ({ installation }) => ownership.heldSince(installation),
  });
  const queue: ReconcileQueue = new ReconcileQueue({
    clock,
    log,
    isOurs: ({ installation }) => ownership.holds(installation),
    onDone: (ref) => ownership.done(subjectOf({ kind: "reconcile", ref, forced: false })),
    reconcile: async (ref, cause, by, background) => {
      try {
        const result = await budgets.measure(ref, by, () => reconciler.reconcile(ref, cause), background);
        metrics.reconciled(result.kind);
        return result;
      } catch (thrown) {
        metrics.reconciled("failed");
        throw thrown;
      }
    },
    mayReconcileAt: (ref) => budgets.mayReconcileAt(ref),
    debounce: timing.debounce,
    concurrency: timing.concurrency,
    // As many as one request reads.
    together: READ_TOGETHER,
  });
  const specChanges = new SpecChanges({ reader, clock, log, enqueue: enqueueInBackground });
  const redeliveries = new Redeliveries({
    webhooks: github.webhooks,
    ...{ clock, gitHubClock, log },
    onAsked: (count) => metrics.redelivered(count),
  });
  const resync: Resync = new Resync({
    reader,
    clock,
    gitHubClock,
    log,
    settled,
    ownership,
    enqueue: enqueueInBackground,
    onOpen: async (repository, open, id) => {
      outlines.listed(repository, open);
      if (id !== null) await views.listed(id, open.numbers);
    },
    onRead: async (repository, config) => {
      publicFacts.configured(repository, config.kind === "valid" ? config : null);
      if (config.kind === "absent") return views.hidden(repository);
      await views.shown(repository, config.repository, config.shown, config.kind === "valid");
      notices?.want(config.repository);
    },
    onPresent: (listed) => {
      publicFacts.present(listed);
      return views.present(listed);
    },
    onSettled: (ref, { nextCheckAt, members, outline, head }, id) => {
      views.leftAlone(id, ref.number);
      heads.seen(ref, head);
      deadlines.set(ref, nextCheckAt);
      budgets.stands(ref, members);
      outlines.judged(ref, outline === "" ? undefined : JSON.parse(outline));
    },
    onConfig: (repository, config) => reconciler.makeLabels(repository, config),
    onFullSync: (repository) => duties.want(repository),
    onRound: async (repository, thorough) => {
      await mergeGroups.recover(repository, thorough);
      await specChanges.round(repository, thorough);
      publicFacts.want(repository);
    },
    onBegun: (reached) => {
      log.info("The first round is done.", { ...reached });
      if (options.redeliver && !dryRun) redeliveries.start();
    },
    every: timing.resyncEvery,
    fullEvery: timing.fullResyncEvery,
  });
  return {
    clock,
    ownership,
    settled,
    views,
    publicFacts,
    outlines,
    timing,
    log,
    instance,
    metrics,
    gitHubClock,
    outgoing,
    ownName,
    publicKeys: signing.publicKeys,
    expected,
    budgets,
    heads,
    reconciler,
    mergeGroups,
    queue,
    deadlines,
    resync,
    duties,
    previews,
    specChanges,
    redeliveries,
    room,
    notices,
  };
}
