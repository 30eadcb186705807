import type { ConfigOutcome } from "../../config/outcome.js";
import { tellsDecision } from "../../domain/decide/posts.js";
import { describeAction } from "../../domain/messages/action.js";
import type { Action } from "../../domain/model/action.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { type Instant, MINUTE, SECOND } from "../../domain/text/time.js";
import type { ProposalRef, Reader, WriteOutcome, Writer } from "../../github/ports.js";
import { proposalName } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import type { Decisions } from "./decisions.js";
import type { ReconcileResult } from "./queue.js";
import type { RecentWrites } from "./recentWrites.js";
import type { Records } from "./records.js";
import { type Refusals, stopsAt } from "./refusals.js";
import type { RepositoryLabels } from "./repositoryLabels.js";

type ValidConfig = Extract<ConfigOutcome, { kind: "valid" }>;

export interface ApplierOptions {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly records: Records;
  readonly decisions: Pick<Decisions, "link">;
  readonly clock: Clock;
  readonly log: Log;
  readonly recent: RecentWrites;
  readonly refusals: Refusals;
  readonly labels: RepositoryLabels;
  /** How long GitHub's answers may lag behind what was written, in milliseconds. */
  readonly lagWindow: number;
  /** check.head: asked to reconcile another open PR with the same head. */
  readonly enqueue: (ref: ProposalRef) => void;
  /** Since when it is this instance's, by the machine's clock; null: it is not, or not any more. */
  readonly heldSince: (ref: ProposalRef) => Instant | null;
}

export const LAG_WINDOW = 10 * SECOND;

/** What a plan was made from. */
export interface ReadState {
  readonly snapshot: Snapshot;
  readonly config: ValidConfig;
  /** When the read was begun: it shows what GitHub showed from then on. */
  readonly askedAt: Instant;
  /** Since when it was this instance's then; null: it was not. */
  readonly heldSince: Instant | null;
}

/** A plan is carried out only while it has been this instance's since it was read for: another one may have written meanwhile. */
export const notOursAllAlong = (now: Instant): Extract<ReconcileResult, { kind: "again" }> => ({
  kind: "again",
  at: now + SECOND,
  why: "another instance had it in between",
});

/** `read_again`: the facts are no longer those decided upon. `refused`: GitHub refused some of it for good. */
export type Applied =
  | { readonly kind: "done" | "read_again" | "stopped" | "refused" }
  | Extract<ReconcileResult, { kind: "again" }>;

/**
 * Carries out a plan, one action at a time, and stops where going on could do harm: at an unclear answer, at a limit, before a
 * comment that may be there already, and when the clerk is stopping.
 */
export class Applier {
  readonly #options: ApplierOptions;
  readonly #startedAt: Instant;
  #stopping = false;

  constructor(options: ApplierOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
  }

  /** From now on no new action is begun; the one in hand is finished. */
  stop(): void {
    this.#stopping = true;
  }

  /** A read from then on shows what was written before this process began, or by whoever had the proposal before it. */
  showsFrom(heldSince: Instant | null): Instant {
    return Math.max(this.#startedAt, heldSince ?? this.#startedAt) + this.#options.lagWindow;
  }

  async apply(ref: ProposalRef, actions: readonly Action[], from: ReadState): Promise<Applied> {
    const { reader, clock, labels, heldSince } = this.#options;
    const mayComment = this.showsFrom(from.heldSince);
    let refused: "nothing" | "something" = "nothing";
    for (let at = 0; at < actions.length; ) {
      const action = actions[at];
      if (action === undefined) break;
      if (this.#stopping) return { kind: "stopped" };
      if (heldSince(ref) !== from.heldSince) return notOursAllAlong(clock.now());
      if (refused === "something" && stopsAt(action)) {
        at += 1;
        continue;
      }
      if (maybeComments(action) && from.askedAt < mayComment) {
        reader.forget(ref);
        return {
          kind: "again",
          at: mayComment,
          why: "comments wait until what was written before the start shows",
        };
      }
      const together = [action, ...withIt(action, actions.slice(at + 1))] as const;
      if (together.some(({ kind }) => kind === "add_label")) {
        const ensured = await labels.ensure(ref, from.config);
        if (ensured !== null) return ensured;
        if (this.#stopping) return { kind: "stopped" };
      }
      const outcomes =
        together.length > 1
          ? await this.#options.writer.applyTogether(ref, together)
          : [await this.#write(ref, action, from)];
      // All that was done is noted, also where one before it was not.
      let over: Applied | null = null;
      for (const outcome of outcomes) {
        const its = actions[at] ?? action;
        at += 1;
        const applied = await this.#took(ref, its, outcome, from);
        if (applied === "refused") refused = "something";
        else if (applied !== null) over ??= applied;
      }
      if (over !== null) return over;
    }
    return { kind: refused === "something" ? "refused" : "done" };
  }

  /** Notes what came of an action. `refused`: by itself it ends nothing, but what announces success is left out. null: nothing ends. */
  async #took(
    ref: ProposalRef,
    action: Action,
    outcome: WriteOutcome,
    from: ReadState,
  ): Promise<Applied | "refused" | null> {
    const { reader, clock, log, recent, refusals, lagWindow, enqueue } = this.#options;
    switch (outcome.kind) {
      case "done":
        log.info(describeAction(action), { proposal: proposalName(ref) });
        recent.note(
          ref,
          outcome.recordLeftOut ? withoutRecord(action) : action,
          outcome.id,
          from.snapshot,
          clock.now(),
        );
        if (action.kind === "create_comment") await this.#link(ref, action, outcome.id, from.snapshot);
        if (action.kind === "put_check" && action.own !== from.snapshot.check?.own) {
          for (const { number } of from.snapshot.siblings) enqueue({ ...ref, number });
        }
        return changesTheFacts(action) ? { kind: "read_again" } : null;
      case "unclear":
        reader.forget(ref);
        return {
          kind: "again",
          at: clock.now() + lagWindow,
          why: `it is not clear whether this was written: ${describeAction(action)} (${outcome.why})`,
        };
      case "later":
        return { kind: "again", at: outcome.retryAt, why: `${describeAction(action)}: ${outcome.why}` };
      case "refused":
        // said.locked: it was not locked yet when it was read.
        if (outcome.locked === true) {
          reader.forget(ref);
          return { kind: "again", at: clock.now() + lagWindow, why: outcome.why };
        }
        if (carriesRecord(action) && (outcome.status === 404 || outcome.status === 410)) {
          return {
            kind: "again",
            at: null,
            why: `the comment was deleted meanwhile: ${describeAction(action)}`,
          };
        }
        refusals.say(ref, action, outcome);
        if (carriesRecord(action)) return { kind: "refused" };
        return action.kind === "react" ? null : "refused";
    }
  }

  /** record.signed: where the record of a decision stands, for its line in the register. */
  async #link(
    ref: ProposalRef,
    { marker }: Extract<Action, { kind: "create_comment" }>,
    id: string | null,
    { repository, pull, published }: Snapshot,
  ): Promise<void> {
    const record = published.find(({ motion }) => tellsDecision(marker, { number: motion }));
    if (record === undefined || id === null) return;
    await this.#options.decisions.link(ref, repository.id, record.number, `${pull.url}#issuecomment-${id}`);
  }

  /** A write that does harm when made twice is noted as intended before, and settled when its result is known. */
  async #write(ref: ProposalRef, action: Action, { snapshot }: ReadState): Promise<WriteOutcome> {
    const { writer, records, clock } = this.#options;
    const subject = madeBy(action);
    if (subject === null) return writer.apply(ref, action);
    const of = { repository: snapshot.repository.id, pull: ref.number };
    const intended = await records.intend(of, subject);
    if (intended.kind === "unavailable") {
      const why = `the store cannot be written: ${intended.why}`;
      return { kind: "later", why, retryAt: clock.now() + MINUTE };
    }
    const outcome = await writer.apply(ref, action);
    if (outcome.kind !== "unclear") await records.settle(of, subject);
    return outcome;
  }
}

/**
 * What goes to GitHub in one request with this action: the updates that follow it. GitHub carries them out in their order, so one may fail and those
 * after it are done all the same, which a plan done one by one would leave out. So only what reports goes along: nothing that begins, ends or
 * announces anything ({@link stopsAt}), and nothing that makes something new. Where the comment with the record is refused, the store has the
 * record, and mostly the check run that went along has it too.
 */
function withIt(first: Action, after: readonly Action[]): readonly Action[] {
  if (!isUpdate(first)) return [];
  const end = after.findIndex((action) => !isUpdate(action));
  return end < 0 ? after : after.slice(0, end);
}

function isUpdate(action: Action): boolean {
  switch (action.kind) {
    case "update_comment":
    case "add_label":
    case "remove_label":
    case "react":
      return !stopsAt(action);
    case "put_check":
      // An in-progress run that goes along may not make the proposal one that can be merged.
      return action.run !== null && action.verdict === "in_progress" && action.annotations.length === 0;
    default:
      return false;
  }
}

/**
 * After these the facts are no longer those decided upon: the latch's own event is the start of the FCP (fcp.latch), and a PR
 * that the clerk closed or merged has ended. The clerk's own writes cause no reconcile, so it reads again at once.
 */
const changesTheFacts = (action: Action): boolean =>
  (action.kind === "add_label" && action.latch) ||
  action.kind === "close_pull" ||
  action.kind === "merge_pull";

/** Is this the announcement of what was decided on that motion? */
export const announcesDecision = (action: Action, motion: number): boolean =>
  action.kind === "create_comment" && tellsDecision(action.marker, { number: motion });

/** It may make a comment. */
const maybeComments = ({ kind }: Action): boolean => kind === "create_comment" || kind === "link_spec_pull";

/**
 * A name for what a POST creates: two things of one name are one thing created twice. Also for the latch: whether it is on has to show before anything
 * is decided again. null: repeating it does no harm.
 */
function madeBy(action: Action): string | null {
  if (action.kind === "add_label" && action.latch) return `label ${action.label}`;
  if (action.kind === "create_comment") return `comment ${action.marker.kind} ${action.marker.key}`;
  if (action.kind === "link_spec_pull") return describeAction(action);
  return action.kind === "put_check" && action.run === null ? "check" : null;
}

/** A record that was too large to be written will not be read again, and is not waited for. */
const withoutRecord = (action: Action): Action => ("record" in action ? { ...action, record: null } : action);

const carriesRecord = (action: Action): boolean =>
  (action.kind === "create_comment" || action.kind === "update_comment") && action.record !== null;
