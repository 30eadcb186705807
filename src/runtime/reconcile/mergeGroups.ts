import { configInvalidCheck } from "../../domain/messages/configCheck.js";
import { type GroupMember, mergeGroupCheck } from "../../domain/messages/mergeGroup.js";
import type { PutCheck } from "../../domain/model/action.js";
import type { CheckVerdict } from "../../domain/model/snapshot.js";
import { HOUR, type Instant } from "../../domain/text/time.js";
import type { ProposalRef, Reader, RepositoryRef, Writer } from "../../github/ports.js";
import { proposalName, repositoryKey } from "../../github/refs.js";
import type { Clock } from "../../platform/clock.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { NO_ORIGIN, type Origin, origin } from "../../platform/origin.js";
import { Scheduler } from "../../platform/scheduler.js";
import type { Evaluation } from "./evaluate.js";
import { backOff } from "./queue.js";

/** A commit that a merge queue wants checked. The number is that of the last pull request in it. */
export interface MergeGroup extends ProposalRef {
  /** The branch that the queue leads to; null: the default branch. */
  readonly branch: string | null;
  /** The group's own commit. */
  readonly head: string;
}

export interface MergeGroupsOptions {
  readonly reader: Pick<Reader, "config" | "mergeQueue">;
  readonly writer: Pick<Writer, "apply">;
  readonly clock: Clock;
  readonly log: Log;
  readonly dryRun: boolean;
  /** Reconciles a pull request of a group now; what comes of it is told by `judged`. */
  readonly enqueue: (ref: ProposalRef) => void;
}

interface Entry {
  readonly group: MergeGroup;
  readonly wantedAt: Instant;
  /** What led to it. */
  readonly led: Origin;
  /** What each of its pull requests came to since; null: not known yet. Null as a whole: not even which they are. */
  members: Map<number, GroupMember | null> | null;
  shown: CheckVerdict | null;
  run: number | null;
  failures: number;
  /** One step at a time. */
  turn: Promise<void>;
}

/** GitHub waits six hours for a check at most, however it is set. */
const LONGEST = 6 * HOUR;
const MOST_REMEMBERED = 500;
/** GitHub may ask for the checks of a group before its list of the queue shows it. */
const PATIENCE = 8;

/**
 * check.queue: a merge queue waits for the required check on the group's own commit, and throws the entry out after an hour without one
 * (https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue).
 * Each pull request of the group is reconciled, and the strictest of what they come to is shown; so it is again whenever one of them changes,
 * for as long as the group stands. What cannot be known is not shown: the queue waits.
 */
export class MergeGroups {
  readonly #options: MergeGroupsOptions;
  readonly #entries = new Map<string, Entry>();
  /** Repositories whose queue is looked at in every round. */
  readonly #queues = new Set<string>();
  readonly #alarms: Scheduler<Entry>;
  #busy = 0;
  #stopped = false;

  constructor(options: MergeGroupsOptions) {
    this.#options = options;
    this.#alarms = new Scheduler(options.clock, (entry) => this.#ring(entry));
  }

  want(group: MergeGroup): void {
    if (this.#stopped) return;
    this.#queues.add(repositoryKey(group));
    const now = this.#options.clock.now();
    for (const [key, { wantedAt }] of this.#entries)
      if (wantedAt + LONGEST <= now || this.#entries.size >= MOST_REMEMBERED) this.#forget(key);
    const entry: Entry = {
      group,
      wantedAt: now,
      led: { ...(origin.current ?? NO_ORIGIN), proposal: proposalName(group) },
      members: null,
      shown: null,
      run: null,
      failures: 0,
      turn: this.#entries.get(keyOf(group))?.turn ?? Promise.resolve(),
    };
    this.#entries.set(keyOf(group), entry);
    this.#alarms.set(keyOf(group), now, entry);
  }

  /**
   * Finds what no webhook told, as GitHub sends none again: asked of the default branch's queue at a start and once a day, and every round where
   * there has been a queue since.
   */
  async recover(repository: RepositoryRef, thorough: boolean): Promise<void> {
    const key = repositoryKey(repository);
    if (this.#stopped || !(thorough || this.#queues.has(key))) return;
    const { reader, log } = this.#options;
    const read = await reader.mergeQueue(repository, null);
    if (read.kind !== "read") {
      log.info("The merge queue could not be read.", { repository: key, why: read.why });
      return;
    }
    if (read.entries.length === 0) this.#queues.delete(key);
    for (const { head, pull } of read.entries) {
      if (head === null || pull === null) continue;
      const { installation, owner, name } = repository;
      const group = { installation, owner, name, number: pull, branch: null, head };
      if (!this.#entries.has(keyOf(group))) this.want(group);
    }
  }

  /** It was merged, or taken apart. */
  over(group: MergeGroup): void {
    this.#forget(keyOf(group));
  }

  /** Every reconcile tells what the check of its pull request comes to. */
  judged(ref: ProposalRef, { verdict, sentence }: Pick<Evaluation, "verdict" | "sentence">): void {
    for (const [key, entry] of this.#entries) {
      const { group, members } = entry;
      if (members?.has(ref.number) !== true || repositoryKey(group) !== repositoryKey(ref)) continue;
      members.set(ref.number, { number: ref.number, verdict, sentence });
      this.#alarms.set(key, this.#options.clock.now(), entry);
    }
  }

  idle(): boolean {
    return this.#alarms.size === 0 && this.#busy === 0;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#alarms.stop();
    await Promise.all([...this.#entries.values()].map(({ turn }) => turn));
  }

  #forget(key: string): void {
    this.#entries.delete(key);
    this.#alarms.clear(key);
  }

  #ring(entry: Entry): void {
    this.#busy += 1;
    entry.turn = entry.turn
      .then(() => origin.during(entry.led, () => this.#step(entry)))
      .finally(() => {
        this.#busy -= 1;
      });
  }

  async #step(entry: Entry): Promise<void> {
    const key = keyOf(entry.group);
    if (this.#stopped || this.#entries.get(key) !== entry) return;
    const { clock, log } = this.#options;
    let again: Again | null;
    try {
      again = entry.members === null ? await this.#find(entry) : await this.#show(entry);
    } catch (thrown) {
      again = { at: null, why: errorMessage(thrown) };
    }
    if (again === null) {
      entry.failures = 0;
      return;
    }
    if (this.#entries.get(key) !== entry) return;
    entry.failures += 1;
    const at = Math.max(again.at ?? 0, clock.now() + backOff(entry.failures));
    log.info("A merge group has to wait.", { group: nameOf(entry.group), why: again.why });
    this.#alarms.set(key, at, entry);
  }

  /** Which pull requests are in it; each of them is reconciled then. */
  async #find(entry: Entry): Promise<Again | null> {
    const { reader, enqueue, log } = this.#options;
    const { group } = entry;
    const config = await reader.config(group);
    switch (config.kind) {
      case "absent":
        this.#forget(keyOf(group));
        return null;
      case "unreadable":
        return { at: config.retryAt, why: config.why };
      case "invalid":
        return this.#put(entry, { verdict: "failure", ...configInvalidCheck(config.faults) });
      case "valid":
        break;
    }
    const read = await reader.mergeQueue(group, group.branch);
    if (read.kind === "gone") {
      this.#forget(keyOf(group));
      return null;
    }
    if (read.kind === "unreadable") return { at: read.retryAt, why: read.why };
    const own = read.entries.find(({ head }) => head === group.head);
    const numbers = read.entries
      .filter(({ position }) => own !== undefined && position <= own.position)
      .map(({ pull }) => pull);
    const known = numbers.filter((number): number is number => number !== null);
    if (own === undefined || known.length < numbers.length) {
      if (entry.failures < PATIENCE) return { at: null, why: "GitHub does not show it in the queue yet" };
      log.warn("A merge group cannot be answered for: GitHub does not tell what is in it.", {
        group: nameOf(group),
      });
      this.#forget(keyOf(group));
      return null;
    }
    entry.members = new Map(known.map((number) => [number, null]));
    const { installation, owner, name } = group;
    for (const number of known) enqueue({ installation, owner, name, number });
    return null;
  }

  async #show(entry: Entry): Promise<Again | null> {
    const members = [...(entry.members ?? new Map<number, GroupMember | null>()).values()];
    const known = members.filter((member): member is GroupMember => member !== null);
    return known.length < members.length ? null : this.#put(entry, mergeGroupCheck(known));
  }

  async #put(
    entry: Entry,
    { verdict, title, summary }: ReturnType<typeof mergeGroupCheck>,
  ): Promise<Again | null> {
    if (entry.shown === verdict) return null;
    const { writer, log, dryRun } = this.#options;
    const { group } = entry;
    const facts = { group: nameOf(group), verdict };
    if (dryRun) {
      log.info("Dry run, would write the check of a merge group.", facts);
      entry.shown = verdict;
      return null;
    }
    // A run that is complete cannot wait again: another one takes its place.
    const run = entry.shown === "in_progress" ? entry.run : null;
    const common = { kind: "put_check", head: group.head, record: null, annotations: [] } as const;
    const action: PutCheck = { ...common, run, verdict, own: verdict, title, summary };
    const outcome = await writer.apply(group, action);
    switch (outcome.kind) {
      case "done":
        log.info("Wrote the check of a merge group.", facts);
        entry.shown = verdict;
        entry.run = outcome.id === null ? null : Number(outcome.id);
        return null;
      case "later":
        return { at: outcome.retryAt, why: outcome.why };
      case "unclear":
        // Two runs of one result say the same.
        return { at: null, why: outcome.why };
      case "refused":
        if (entry.failures < PATIENCE) return { at: null, why: outcome.why };
        log.error("GitHub refuses the check of a merge group.", { ...facts, why: outcome.why });
        this.#forget(keyOf(group));
        return null;
    }
  }
}

/** `at` null: after a back-off. */
interface Again {
  readonly at: Instant | null;
  readonly why: string;
}

const keyOf = (group: MergeGroup): string => `${repositoryKey(group)} ${group.head}`;

const nameOf = ({ owner, name, branch, number, head }: MergeGroup): string =>
  `${owner}/${name} ${branch ?? "(default branch)"} #${number} ${head.slice(0, 10)}`;
