import type { ValidConfig } from "../../config/outcome.js";
import { dryRunText } from "../../domain/messages/action.js";
import type { Action } from "../../domain/model/action.js";
import type { Overview } from "../../domain/model/outline.js";
import type { Register } from "../../domain/model/register.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { type Instant, MINUTE } from "../../domain/text/time.js";
import type { ProposalRef, Reader, RepositoryRef, Sight, Writer } from "../../github/ports.js";
import type { NotRead } from "../../github/readResult.js";
import { proposalName } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import { errorMessage, type Log } from "../../platform/log.js";
import type { ProposalKey } from "../../store/port.js";
import { Applier, announcesDecision, notOursAllAlong } from "./apply.js";
import { withCheckAnew, withoutShownForm } from "./checkAnew.js";
import type { Decisions } from "./decisions.js";
import type { Evaluate, Evaluation } from "./evaluate.js";
import { FaultReport } from "./faultReport.js";
import { Losses } from "./losses.js";
import { Notices } from "./notices.js";
import type { PendingWebhookFacts } from "./pendingWebhookFacts.js";
import type { PublicViews } from "./publicViews.js";
import type { ReconcileCause, ReconcileResult } from "./queue.js";
import { RecentWrites } from "./recentWrites.js";
import type { Records } from "./records.js";
import { Refusals } from "./refusals.js";
import { RepositoryLabels } from "./repositoryLabels.js";
import type { Ended, Settled } from "./settled.js";

export interface ReconcilerOptions {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly records: Records;
  /** Told what came to its end, and what has not. */
  readonly settled: Pick<Settled, "settle" | "unsettle">;
  readonly decisions: Pick<Decisions, "publish" | "link">;
  /** Told what everybody may see of it. */
  readonly views: Pick<PublicViews, "judged">;
  readonly evaluate: Evaluate;
  readonly clock: Clock;
  /** GitHub's time, the one that decides. */
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** Says what it would write, and writes nothing. */
  readonly dryRun: boolean;
  /** How long GitHub's answers may lag behind what was written, in milliseconds (comment.once). */
  readonly lagWindow: number;
  /** What webhooks have announced. */
  readonly expected: PendingWebhookFacts;
  /** Told when the decision of a proposal can change by itself; null: never, or not known. */
  readonly setDeadline: (ref: ProposalRef, at: Instant | null) => void;
  /** Told what each reconcile saw, before anything is written. */
  readonly onEvaluated: (ref: ProposalRef, snapshot: Snapshot, evaluation: Evaluation, rules: Rules) => void;
  /** remind.mine: what the proposals of a repository wait for, as was told by `onEvaluated`. Reads nothing. */
  readonly overview: (repository: RepositoryRef) => Overview;
  /** Told when something was written about a proposal: what others show of it may have changed (amend.preview). */
  readonly onWritten: (ref: ProposalRef) => void;
  /** check.head: asked to reconcile another open PR with the same head, because this one's verdict has changed. */
  readonly enqueue: (ref: ProposalRef) => void;
  /** Since when it is this instance's; null: it is not, or not any more. */
  readonly heldSince: (ref: ProposalRef) => Instant | null;
}

/** Latches and closings need a second read at once; more than a few in one reconcile are a fault of the clerk's. */
const MAX_ROUNDS = 5;

/**
 * Reconciles one proposal: read, decide, plan, write the difference, one action at a time. Running it twice changes nothing;
 * stopping it after any action leaves what the next reconcile finishes.
 *
 * What keeps a comment from being made twice (comment.once), as creating one is not idempotent and GitHub's answers lag:
 * - a read that does not show what was written lately is not planned from ({@link RecentWrites});
 * - an unclear answer ends the reconcile; the next one reads anew when the lag has passed;
 * - until the lag window has passed since the start of this instance no comment is made, and what is made afterwards comes
 *   from a fresh read: the instance before it may have been ended between its last comment and its next read.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  readonly #recent = new RecentWrites();
  readonly #refusals: Refusals;
  readonly #labels: RepositoryLabels;
  readonly #applier: Applier;
  readonly #losses: Losses;
  readonly #faults: FaultReport;
  readonly #notices: Notices;
  #stopping = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#refusals = new Refusals(options.log);
    this.#notices = new Notices(options.log);
    this.#losses = new Losses(options);
    const shared = { ...options, recent: this.#recent, refusals: this.#refusals };
    this.#faults = new FaultReport({ ...shared, stopping: () => this.#stopping });
    this.#labels = new RepositoryLabels(shared);
    this.#applier = new Applier({ ...shared, labels: this.#labels });
  }

  /** From now on no new action is begun; the one in hand is finished. */
  stop(): void {
    this.#stopping = true;
    this.#applier.stop();
  }

  /** A label of the repository was deleted or renamed: make sure of them again. */
  forgetLabels(repository: RepositoryRef): void {
    this.#labels.forget(repository);
  }

  /** Has the labels the clerk uses made. What cannot be made now is tried again when it is asked for next. */
  async makeLabels(repository: RepositoryRef, config: ValidConfig): Promise<void> {
    if (!this.#stopping && !this.#options.dryRun) await this.#labels.ensure(repository, config);
  }

  async reconcile(ref: ProposalRef, cause: ReconcileCause): Promise<ReconcileResult> {
    const { reader, log, setDeadline } = this.#options;
    if (this.#stopping) return DONE;
    const config = await reader.config(ref);
    switch (config.kind) {
      case "absent":
        log.debug("No config on the default branch: nothing is done here.", { proposal: proposalName(ref) });
        setDeadline(ref, null);
        return DONE;
      case "unreadable":
        return { kind: "again", at: config.retryAt, why: `the config could not be read: ${config.why}` };
      case "invalid":
        return this.#faults.report(ref, config);
      case "valid":
        return this.#reconcileByRules(ref, config, cause);
    }
  }

  async #reconcileByRules(
    ref: ProposalRef,
    config: ValidConfig,
    cause: ReconcileCause,
  ): Promise<ReconcileResult> {
    const { reader, clock, gitHubClock, log, evaluate, dryRun, setDeadline, records, lagWindow } =
      this.#options;
    const proposal = proposalName(ref);
    if (cause.forced) reader.forget(ref);
    for (let round = 1; round <= MAX_ROUNDS; round += 1) {
      const heldSince = this.#options.heldSince(ref);
      const askedAt = clock.now();
      const askedAtByGitHub = gitHubClock.now();
      const read = await reader.proposal(ref, config, (shown) =>
        this.#recent.missing(ref, shown, clock.now()),
      );
      if (read.kind === "lagging") return { kind: "again", at: read.readAt, why: read.why };
      // GitHub takes away what an account has written that it finds to be spam.
      if (read.kind === "gone")
        await this.#options.views.judged({ repository: config.repository, pull: ref.number }, null);
      if (read.kind !== "read") return this.#notRead(ref, read);
      let snapshot = cause.forced && round === 1 ? withoutShownForm(read.snapshot) : read.snapshot;
      const open = await records.openUntil(keyOf(ref, snapshot), askedAtByGitHub, lagWindow);
      if (open.kind !== "clear") return this.#notClear(ref, open);

      const now = gitHubClock.now();
      let evaluation = evaluate(snapshot, config.rules, now);
      if (this.#unkept(ref, snapshot, evaluation)) {
        snapshot = { ...snapshot, unkept: true };
        evaluation = evaluate(snapshot, config.rules, now);
      }
      const doubted = this.#losses.doubt(ref, evaluation.lost, askedAt);
      if (doubted !== null) return doubted;
      this.#options.onEvaluated(ref, snapshot, evaluation, config.rules);
      if (evaluation.asksForOverview) {
        snapshot = { ...snapshot, overview: this.#options.overview(ref) };
        evaluation = evaluate(snapshot, config.rules, now);
      }
      const withAnew = (planned: readonly Action[], of: Snapshot) =>
        cause.forced && round === 1 ? withCheckAnew(planned, of) : planned;
      log.debug(evaluation.summary, { proposal, actions: evaluation.actions.length });
      this.#notices.tell(proposal, evaluation.notices);
      setDeadline(ref, ahead(evaluation.nextCheckAt, now));
      if (dryRun) {
        for (const action of withAnew(evaluation.actions, snapshot))
          log.info(dryRunText(action), { proposal });
        return DONE;
      }
      const changes = evaluation.actions.length > 0 || cause.forced;
      if (changes || evaluation.register?.seq !== snapshot.register?.seq) {
        // What a crash leaves half done is found by the next start.
        const noted = await this.#options.settled.unsettle(snapshot.repository.id, [ref.number]);
        if (!noted) return { kind: "again", at: clock.now() + MINUTE, why: "the store cannot be written" };
      }
      // It may have stood still for long since it read; whoever had it meanwhile has judged by what came later.
      if (this.#options.heldSince(ref) !== heldSince) return notOursAllAlong(clock.now());
      const showsFrom = this.#applier.showsFrom(heldSince);
      if (askedAt < showsFrom && takesBackBeginning(snapshot.register, evaluation.register))
        return {
          kind: "again",
          at: showsFrom,
          why: "whether its Final Comment Period has begun may not show yet",
        };
      const kept = await this.#keep(ref, snapshot, evaluation);
      if (kept !== null) {
        if (kept.kind === "read_again") continue;
        return kept;
      }
      const published = await this.#publish(ref, snapshot, evaluation, config, now);
      snapshot = published.snapshot;
      const actions = withAnew(published.actions, snapshot);
      const applied = await this.#applier.apply(ref, actions, { snapshot, config, askedAt, heldSince });
      switch (applied.kind) {
        case "read_again":
          continue;
        case "again":
          return applied;
        case "refused": {
          await this.#show(snapshot, evaluation, read.sight ?? null);
          const retryAt = gitHubClock.now() + this.#refusals.pause(ref);
          setDeadline(ref, Math.min(evaluation.nextCheckAt ?? retryAt, retryAt));
          return DONE;
        }
        case "done":
          this.#refusals.over(ref);
          if (actions.length > 0 || round > 1) this.#options.onWritten(ref);
          if (this.#options.heldSince(ref) !== heldSince) return notOursAllAlong(clock.now());
          return (
            published.again ??
            this.#afterAll(ref, snapshot) ??
            this.#settle({ snapshot, sight: read.sight ?? null, evaluation, config, actions }, now)
          );
        case "stopped":
          return DONE;
      }
    }
    log.warn("Still something to write after several rounds; the rest waits for the next reconcile.", {
      proposal,
    });
    return { kind: "again", at: null, why: "there was more to write than one reconcile does" };
  }

  /** memory.kept: store first, then GitHub. null: it is kept. */
  async #keep(
    ref: ProposalRef,
    snapshot: Snapshot,
    { register, summary }: Evaluation,
  ): Promise<ReconcileResult | { readonly kind: "read_again" } | null> {
    if (register === null || register.seq === 0 || snapshot.unkept) return null;
    const { records, clock, log } = this.#options;
    const kept = await records.keep(keyOf(ref, snapshot), register, snapshot.register, summary);
    switch (kept.kind) {
      case "kept":
        return null;
      case "conflict":
        log.debug("Another instance has kept a newer record; reading again.", {
          proposal: proposalName(ref),
        });
        return { kind: "read_again" };
      case "unavailable":
        log.error("The clerk's store cannot be written; nothing is written to GitHub until it can.", {
          proposal: proposalName(ref),
          why: kept.why,
        });
        return { kind: "again", at: clock.now() + MINUTE, why: `the store cannot be written: ${kept.why}` };
    }
  }

  /**
   * record.signed: a decision has its number before it is announced, and its record is in the announcement. While it cannot be given one
   * nothing is announced, and everything else goes on.
   */
  async #publish(
    ref: ProposalRef,
    snapshot: Snapshot,
    { actions, unpublished }: Evaluation,
    { rules }: ValidConfig,
    now: Instant,
  ): Promise<{
    readonly snapshot: Snapshot;
    readonly actions: readonly Action[];
    /** null: all is published. */
    readonly again: ReconcileResult | null;
  }> {
    if (unpublished.length === 0) return { snapshot, actions, again: null };
    const { decisions, evaluate, clock, log } = this.#options;
    const published = await decisions.publish(unpublished, {
      ref,
      of: keyOf(ref, snapshot),
      clerk: snapshot.clerk,
      listed: rules.recordKeys ?? [],
    });
    if (published.kind === "published") {
      // At the same moment: nothing is written that was not kept before, and nothing concludes without its record.
      const shown = { ...snapshot, published: published.records };
      return { snapshot: shown, actions: evaluate(shown, rules, now).actions, again: null };
    }
    log.error("A decision cannot be given its record, so it is not announced yet.", {
      proposal: proposalName(ref),
      why: published.why,
    });
    const why = `its record cannot be given out: ${published.why}`;
    const motions = unpublished.map(({ motion }) => motion.number);
    return {
      snapshot,
      actions: actions.filter((action) => !motions.some((motion) => announcesDecision(action, motion))),
      again: { kind: "again", at: clock.now() + 10 * MINUTE, why },
    };
  }

  #notClear(
    ref: ProposalRef,
    open: Exclude<Awaited<ReturnType<Records["openUntil"]>>, { kind: "clear" }>,
  ): ReconcileResult {
    const { clock, gitHubClock } = this.#options;
    if (open.kind === "unavailable") {
      const at = clock.now() + MINUTE;
      return { kind: "again", at, why: `the store cannot be read: ${open.why}` };
    }
    this.#options.reader.forget(ref);
    // Kept times are GitHub's; waiting goes by the machine's clock.
    const at = clock.now() + open.until - gitHubClock.now();
    return { kind: "again", at, why: `it is not clear whether this was made: ${open.what}` };
  }

  /** memory.kept: a record that would not be read back, or fits nowhere, is never written. Its acts wait unjudged. */
  #unkept(ref: ProposalRef, { repository, register: had }: Snapshot, { register }: Evaluation): boolean {
    if (register === null || register.seq === (had?.seq ?? 0)) return false;
    const outcome = this.#options.writer.canKeep(repository.id, ref.number, register);
    if (outcome === "kept") return false;
    this.#options.log.error(
      outcome === "too_large"
        ? "The record would not fit what carries it: nothing more is judged on this proposal."
        : "A fault of the clerk's: the record would not be read back as it is. It is not written, and nothing more is judged on this proposal.",
      { proposal: proposalName(ref), seq: register.seq },
    );
    return true;
  }

  /** A webhook can be ahead of what GitHub answers: what was announced and does not show yet is read again. */
  #afterAll(ref: ProposalRef, snapshot: Snapshot): ReconcileResult | null {
    const { expected, clock } = this.#options;
    const at = expected.lookAgainAt(ref, snapshot, clock.now());
    return at === null ? null : { kind: "again", at, why: "GitHub does not show yet what it has told of" };
  }

  async #settle(
    ended: Omit<Ended, "sight" | "nextCheckAt" | "evaluation"> & {
      readonly sight: Sight | null;
      readonly evaluation: Evaluation;
    },
    now: Instant,
  ): Promise<ReconcileResult> {
    const { sight, evaluation } = ended;
    const nextCheckAt = ahead(evaluation.nextCheckAt, now);
    const { settled } = this.#options;
    const isShown = await this.#show(ended.snapshot, evaluation, sight);
    if (sight !== null && isShown) await settled.settle({ ...ended, sight, nextCheckAt });
    // What an earlier one left, its deadline too, is not how it stands now.
    else await settled.unsettle(ended.snapshot.repository.id, [ended.snapshot.pull.number]);
    return DONE;
  }

  /** For the pages. No decision waits for them: where they cannot be told now, or a fault of the clerk's is in the way, the rest goes on. */
  async #show(snapshot: Snapshot, evaluation: Evaluation, sight: Sight | null): Promise<boolean> {
    const of = { repository: snapshot.repository.id, pull: snapshot.pull.number };
    try {
      return await this.#options.views.judged(of, evaluation.view(sight?.updatedAt ?? null));
    } catch (thrown) {
      this.#options.log.error("A fault of the clerk's: what the pages show of a proposal cannot be made.", {
        pull: of.pull,
        error: errorMessage(thrown),
      });
      return false;
    }
  }

  #notRead(ref: ProposalRef, read: NotRead): ReconcileResult {
    if (read.kind === "unreadable") {
      return { kind: "again", at: read.retryAt, why: `it could not be read: ${read.why}` };
    }
    this.#options.log.info("Cannot be looked at any more.", { proposal: proposalName(ref), why: read.why });
    this.#options.setDeadline(ref, null);
    return DONE;
  }
}

const keyOf = ({ number }: ProposalRef, { repository }: Snapshot): ProposalKey => ({
  repository: repository.id,
  pull: number,
});

const DONE: ReconcileResult = { kind: "done" };

/** A moment that has passed would reconcile again and again without end: a fault of the clerk's must not become a burden on GitHub. */
const ahead = (at: Instant | null, now: Instant): Instant | null =>
  at === null || at > now ? at : now + MINUTE;

/**
 * fcp.latch: that it begins was decided, and the label may be on: by whoever was at work here before, whose write GitHub may not show yet. Taken back now, the
 * period that the label began would never have been.
 */
const takesBackBeginning = (before: Register | null, after: Register | null): boolean =>
  before?.motion?.fcp?.state === "decided" && (after?.motion?.fcp ?? null) === null;
