import type { ConfigOutcome, ValidConfig } from "../../src/config/outcome.js";
import type { Action } from "../../src/domain/model/action.js";
import type { Register } from "../../src/domain/model/register.js";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import {
  type Changes,
  type EveryOpen,
  type HeadFacts,
  type Lagging,
  LISTS_OF_CHANGES,
  type Listed,
  type ListedRepositories,
  type OpenNumbers,
  type OpenPage,
  type ProposalRef,
  type QueueEntry,
  type Reader,
  type RepositoryRef,
  type Since,
  type WriteOutcome,
  type Writer,
} from "../../src/github/ports.js";
import type { Gone, Read, ReadResult, Unreadable } from "../../src/github/readResult.js";
import type { Clock } from "../../src/platform/clock.js";
import type { Log, LogFacts } from "../../src/platform/log.js";
import type { MovableClock } from "../../src/platform/movableClock.js";
import { Records } from "../../src/runtime/reconcile/records.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import type { Store } from "../../src/store/port.js";
import { changes, NO_HISTORY } from "../support/reader.js";
import { rules } from "../support/rules.js";

export const START = Date.UTC(2026, 2, 1, 12);
export const HEAD = "a".repeat(40);
export const REPOSITORY: RepositoryRef = {
  installation: 7,
  owner: "matrix-org",
  name: "matrix-spec-proposals",
};
export const ref = (number = 3000): ProposalRef => ({ ...REPOSITORY, number });

export const VALID: ConfigOutcome = {
  kind: "valid",
  rules: rules(),
  commit: "c".repeat(40),
  adoptedAt: 0,
  repository: 1,
  text: "",
};

export const register = (seq: number): Register => ({
  seq,
  judgedUpTo: START,
  judged: [],
  motion: null,
  past: [],
  concerns: [],
  approvals: [],
  heads: [],
  pendingReplies: [],
  override: null,
  correction: null,
  takenAway: 0,
  recovery: null,
  lawful: null,
});

export function snapshot(parts: Partial<Snapshot> = {}): Snapshot {
  return {
    repository: {
      owner: REPOSITORY.owner,
      name: REPOSITORY.name,
      id: 1,
      defaultBranch: "main",
      archived: false,
    },
    clerk: { login: "msc-clerk", id: 99 },
    adoptedAt: 0,
    rosterCommit: null,
    pull: {
      number: 3000,
      nodeId: "PR_1",
      title: "MSC3000",
      url: "https://github.com/matrix-org/matrix-spec-proposals/pull/3000",
      state: "open",
      draft: false,
      locked: false,
      author: { type: "User", login: "author", id: 1 },
      base: "main",
      head: HEAD,
      createdAt: 0,
      description: null,
      closedAt: null,
      mergedAt: null,
    },
    labels: [],
    utterances: [],
    events: [],
    files: [],
    filesCutOff: false,
    ownComments: [],
    legacyComments: [],
    check: null,
    siblings: [],
    siblingsCutOff: false,
    register: null,
    carriers: { comment: null, check: null, newest: null, newestRun: null, erased: 0 },
    registerFrom: "github",
    unkept: false,
    texts: [],
    lawfulRules: null,
    lawful: null,
    unlawful: null,
    lawfulLost: null,
    published: [],
    amendment: null,
    ...parts,
  };
}

export const comment = (key: string, record: Register | null = null): Action => ({
  kind: "create_comment",
  marker: { kind: "announce", key },
  body: key,
  record,
  seq: 0,
});
export const addLabel = (label: string, latch = false): Action => ({
  kind: "add_label",
  key: "fcp",
  label,
  latch,
});
export const check = (verdict: "success" | "in_progress" = "in_progress"): Action => ({
  kind: "put_check",
  run: null,
  head: HEAD,
  verdict,
  own: verdict,
  title: "waiting",
  summary: "",
  record: null,
  annotations: [],
});

/**
 * A GitHub of one pull request, in memory: what is written shows in reads `lag` milliseconds later. Everything it is asked is
 * kept in `reads` and `writes`, with the time.
 */
export class FakeGitHub implements Reader, Writer {
  readonly reads: { readonly at: number; readonly number: number }[] = [];
  readonly writes: { readonly at: number; readonly action: Action }[] = [];
  config_: ConfigOutcome = VALID;
  lag = 0;
  /** Answers the next reads with these instead, one each. */
  readonly instead: ReadResult<{ snapshot: Snapshot }>[] = [];
  /** What it would make of the rules, and whether they are lawful: read once the rest was, unless that lags. */
  governance: (shown: Snapshot) => ReadResult<{ snapshot: Snapshot }> = (shown) => ({
    kind: "read",
    snapshot: shown,
  });
  /** Asked before each write; what it answers is given instead, `"lost"` meaning done but unclear. */
  answer: (action: Action, nth: number) => WriteOutcome | "lost" | null = () => null;
  /** Awaited within each read and write: to hold one up. */
  hold: () => Promise<void> = () => Promise.resolve();
  headOutcome: ReadResult<HeadFacts> = { kind: "read", head: HEAD, open: true, check: null };
  lists: (since: number | null) => ReadResult<Listed & Partial<Changes>> = () => ({
    kind: "read",
    numbers: [3000],
    upTo: this.#clock.now(),
  });
  repositoriesOutcome:
    | Unreadable
    | (Read<Pick<ListedRepositories, "repositories">> & Partial<ListedRepositories>) = {
    kind: "read",
    repositories: [REPOSITORY],
  };
  readonly forgotten: number[] = [];
  readonly judged = NO_HISTORY.judged;
  readonly versions = NO_HISTORY.versions;
  readonly history = NO_HISTORY.history;
  readonly lastActs = NO_HISTORY.lastActs;
  readonly specNews = NO_HISTORY.specNews;
  labelsEnsured = 0;
  /** What the writer says of a register it is asked about. */
  keeps: "kept" | "too_large" | "unreadable" = "kept";
  canKeep = () => this.keeps;
  #history: { readonly from: number; readonly snapshot: Snapshot }[];
  #ids = 0;
  readonly #clock: Clock;

  constructor(clock: Clock, first: Snapshot = snapshot()) {
    this.#clock = clock;
    this.#history = [{ from: 0, snapshot: first }];
  }

  /** What GitHub really holds now. */
  get truth(): Snapshot {
    const last = this.#history.at(-1);
    if (last === undefined) throw new Error("no history");
    return last.snapshot;
  }

  /** Somebody else changes something. */
  change(parts: Partial<Snapshot>): void {
    this.#history.push({ from: this.#clock.now(), snapshot: { ...this.truth, ...parts } });
  }

  comments(): readonly string[] {
    return this.truth.ownComments.map((own) => own.marker.key);
  }

  async config(): Promise<ConfigOutcome> {
    return this.config_;
  }

  forget(proposal: ProposalRef): void {
    this.forgotten.push(proposal.number);
  }

  async proposal(
    proposal: ProposalRef,
    _config: ValidConfig,
    lags: (shown: Snapshot) => Lagging | null,
  ): Promise<ReadResult<{ snapshot: Snapshot }> | Lagging> {
    this.reads.push({ at: this.#clock.now(), number: proposal.number });
    const shownFrom = this.#clock.now() - this.lag;
    const shown = this.#history.findLast(({ from }) => from <= shownFrom)?.snapshot ?? this.truth;
    await this.hold();
    const read = this.instead.shift() ?? { kind: "read", snapshot: shown };
    if (read.kind !== "read") return read;
    return lags(read.snapshot) ?? this.governance(read.snapshot);
  }

  async open(): Promise<ReadResult<OpenPage>> {
    return { kind: "gone", why: "nobody asks for it" };
  }

  async head(): Promise<ReadResult<HeadFacts>> {
    return this.headOutcome;
  }

  async openNumbers(_repository: RepositoryRef, _after: string | null): Promise<ReadResult<OpenNumbers>> {
    const read = this.lists(null);
    return read.kind === "read" ? { ...read, next: null } : read;
  }

  async everyOpen(): Promise<ReadResult<EveryOpen>> {
    const read = this.lists(null);
    return read.kind === "read" ? { ...read, cutOff: false } : read;
  }

  async changed(_repository: RepositoryRef, since: Since): Promise<Read<Changes> | Gone> {
    const moment = Math.min(...Object.values(since));
    const read = this.lists(moment);
    if (read.kind === "read") return changes(read);
    if (read.kind === "gone") return read;
    return changes({ numbers: [], upTo: moment, failed: { ...read, lists: LISTS_OF_CHANGES } });
  }

  async closedProposals() {
    return { kind: "read", proposals: [] } as const;
  }

  async closedMotions(): Promise<ReadResult<Listed>> {
    return { kind: "read", numbers: [], upTo: this.#clock.now() };
  }

  /** Files in the folder of the config. */
  beside: readonly string[] = [];
  besideAsked = 0;

  async besideConfig(): Promise<ReadResult<{ paths: readonly string[] }>> {
    this.besideAsked += 1;
    return { kind: "read", paths: this.beside };
  }

  queue: readonly QueueEntry[] = [];

  async mergeQueue(): Promise<ReadResult<{ entries: readonly QueueEntry[] }>> {
    return { kind: "read", entries: this.queue };
  }

  async repositories(): Promise<Read<ListedRepositories> | Unreadable> {
    const { repositoriesOutcome: listed } = this;
    return listed.kind === "read" ? { unread: [], ...listed } : listed;
  }

  async ensureLabels(): Promise<WriteOutcome> {
    this.labelsEnsured += 1;
    return { kind: "done", id: null };
  }

  applyTogether: Writer["applyTogether"] = async (proposal, [first]) => [await this.apply(proposal, first)];

  async apply(_proposal: ProposalRef, action: Action): Promise<WriteOutcome> {
    const said = this.answer(action, this.writes.length);
    await this.hold();
    this.writes.push({ at: this.#clock.now(), action });
    if (said !== null && said !== "lost") return said;
    const id = this.#do(action);
    return said === "lost" ? { kind: "unclear", why: "no answer" } : { kind: "done", id };
  }

  #do(action: Action): string | null {
    const { truth } = this;
    const at = this.#clock.now();
    const record = "record" in action && action.record !== null ? { register: action.record } : {};
    this.#ids += 1;
    const id = String(this.#ids);
    switch (action.kind) {
      case "create_comment": {
        const own = {
          id,
          nodeId: id,
          url: "",
          createdAt: at,
          marker: action.marker,
          body: action.body,
          seq: action.record?.seq ?? null,
          revisions: [],
        };
        this.change({ ownComments: [...truth.ownComments, own], ...record });
        return id;
      }
      case "update_comment":
        this.change(record);
        return null;
      case "delete_comment":
        this.change({ ownComments: truth.ownComments.filter((own) => own.id !== action.comment) });
        return null;
      case "add_label":
      case "remove_label": {
        const added = action.kind === "add_label";
        const others = truth.labels.filter((name) => name !== action.label);
        this.change({
          labels: added ? [...others, action.label] : others,
          events: [
            ...truth.events,
            {
              kind: added ? "labeled" : "unlabeled",
              id: `E${id}`,
              at,
              actor: { type: "Bot", login: "msc-clerk", id: 99 },
              byClerk: true,
              label: action.label,
            },
          ],
        });
        return null;
      }
      case "put_check":
        this.change({
          check: {
            id: this.#ids,
            verdict: action.verdict,
            own: action.own,
            title: action.title,
            summary: action.summary,
            startedAt: at,
          },
          ...record,
        });
        return id;
      case "link_spec_pull":
        return id;
      case "close_pull":
        this.change({ pull: { ...truth.pull, state: "closed", closedAt: at } });
        return null;
      case "merge_pull":
        this.change({ pull: { ...truth.pull, state: "merged", mergedAt: at } });
        return null;
      case "react":
        return null;
      case "put_form":
        return id;
    }
  }
}

export class FakeLog implements Log {
  readonly lines: { readonly level: string; readonly message: string; readonly facts: LogFacts }[] = [];
  readonly debug = this.#at("debug");
  readonly info = this.#at("info");
  readonly warn = this.#at("warn");
  readonly error = this.#at("error");

  #at(level: string) {
    return (message: string, facts: LogFacts = {}) => {
      this.lines.push({ level, message, facts });
    };
  }

  of(level: string): readonly string[] {
    return this.lines.filter((line) => line.level === level).map((line) => line.message);
  }
}

/** Lets everything run that needs no more than its turn. */
export async function turns(count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Moves the clock from wake to wake until `done`, giving what wakes its turns; fails when nothing wakes any more. */
export async function until(clock: MovableClock, done: () => boolean, limit = 5000): Promise<void> {
  for (let step = 0; step < limit; step += 1) {
    await turns();
    if (done()) return;
    const next = clock.nextWake();
    if (next === null) throw new Error("Nothing is under way, and it is not done.");
    await clock.setTo(next);
  }
  throw new Error(`Not done after ${limit} wakes.`);
}

/** A number from 0 up to 1, the same ones for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What the clerk keeps itself, in memory. */
export const records = (clock: Clock, log: Log = new FakeLog(), store: Store = inMemoryStore()): Records =>
  new Records({ store, clock, log, instance: "one" });
