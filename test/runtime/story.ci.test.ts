import { describe, expect, test } from "vitest";
import type { Action } from "../../src/domain/model/action.js";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import { DAY, HOUR, MINUTE, SECOND } from "../../src/domain/text/time.js";
import type { Reader, WriteOutcome, Writer } from "../../src/github/ports.js";
import { withKept } from "../../src/github/read/kept.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { evaluate } from "../../src/runtime/reconcile/evaluate.js";
import { ReconcileQueue } from "../../src/runtime/reconcile/queue.js";
import { Reconciler } from "../../src/runtime/reconcile/reconciler.js";
import { Deadlines } from "../../src/runtime/schedule/deadlines.js";
import { Resync } from "../../src/runtime/schedule/resync.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import { changes, NO_HISTORY } from "../support/reader.js";
import { decisions, queueing, reconciling, resyncing } from "../support/reconciling.js";
import { SCT, START, type World, world } from "../support/world.js";
import { chance, FakeLog, REPOSITORY, records as recordsIn, ref, turns } from "./fakes.js";

interface Faults {
  /** How long reads lag behind writes, in milliseconds. */
  readonly lag: number;
  /** Of webhooks, reads and writes, the part that goes wrong; of minutes, the part in which the process is killed. */
  readonly lost: number;
  readonly broken: number;
  readonly killed: number;
}

const NONE: Faults = { lag: 0, lost: 0, broken: 0, killed: 0 };
const ROUGH: Faults = { lag: 3 * SECOND, lost: 0.5, broken: 0.15, killed: 0.15 };

/**
 * GitHub with one proposal on it, and a clerk of the real rooms (queue, reconciler, deadlines, resync, rules) that can be killed at any
 * moment and started anew.
 */
class Theatre {
  readonly clock = new MovableClock(START);
  readonly github: World = world();
  readonly faults: Faults;
  readonly #random: () => number;
  readonly #shown: { readonly from: number; readonly snapshot: Snapshot }[] = [];
  #clerk: ReturnType<Theatre["begin"]> | null = null;
  /** Outlives every process, like a disk. */
  readonly #store = inMemoryStore();
  kills = 0;
  /** Comments made although one with the same marker stood there, and record numbers written backwards. */
  readonly wrongs: string[] = [];

  constructor(seed: number, faults: Faults) {
    this.#random = chance(seed);
    this.faults = faults;
    this.keep();
  }

  begin() {
    const { clock, github } = this;
    // As they are at the moment: in the end everything works again.
    const broken = () => this.faults.broken;
    let alive = true;
    const log = new FakeLog();
    const records = recordsIn(clock, log, this.#store);
    const breaks = () => this.#random() < broken();
    /** What a dead process asked is never answered. */
    const answering = async <T>(answer: () => T | Promise<T>): Promise<T> => {
      await new Promise((resolve) => setImmediate(resolve));
      return alive ? answer() : new Promise<T>(() => {});
    };
    const reader: Reader = {
      config: () =>
        answering(() =>
          breaks()
            ? { kind: "unreadable", why: "502", retryAt: null }
            : {
                kind: "valid",
                rules: github.rules,
                commit: "c".repeat(40),
                adoptedAt: github.adoptedAt,
                repository: 1,
                text: "",
              },
        ),
      ...NO_HISTORY,
      proposal: (_ref, _config, lags) =>
        answering(() =>
          breaks()
            ? { kind: "unreadable", why: "502", retryAt: null }
            : records.recall(1, ref().number).then((recalled) => {
                if (recalled.kind === "unavailable")
                  return { kind: "unreadable", why: recalled.why, retryAt: null } as const;
                const snapshot = withKept(this.shown(), recalled.register, log, "here");
                return lags(snapshot) ?? ({ kind: "read", snapshot } as const);
              }),
        ),
      head: () => answering(() => ({ kind: "gone", why: "not asked for here" })),
      openNumbers: () =>
        answering(() => ({ kind: "read", numbers: [ref().number], next: null, upTo: clock.now() })),
      everyOpen: () => answering(() => ({ kind: "read", numbers: [ref().number], cutOff: false })),
      changed: () => answering(() => changes({ numbers: [ref().number], upTo: clock.now() })),
      besideConfig: async () => ({ kind: "read", paths: [] }),
      closedProposals: async () => ({ kind: "read", proposals: [] }),
      closedMotions: () => answering(() => ({ kind: "read", numbers: [], upTo: clock.now() })),
      forget: () => {},
      repositories: () => answering(() => ({ kind: "read", repositories: [REPOSITORY], unread: [] })),
    };
    const writer: Writer = {
      apply: (_ref, action) =>
        answering((): WriteOutcome | Promise<WriteOutcome> => {
          const luck = this.#random();
          if (luck < broken() / 3) return { kind: "later", why: "429", retryAt: clock.now() + 30 * SECOND };
          if (luck < (2 * broken()) / 3) return { kind: "unclear", why: "502 before it was done" };
          const id = this.#do(action);
          if (this.#random() < this.faults.killed / 2) {
            this.kill();
            return new Promise<never>(() => {});
          }
          if (luck < broken()) return { kind: "unclear", why: "502 after it was done" };
          return { kind: "done", id };
        }),
      // Each in its turn, whether or not the one before it failed.
      applyTogether: async (ref, actions) => {
        const outcomes: WriteOutcome[] = [];
        for (const action of actions) outcomes.push(await writer.apply(ref, action));
        return outcomes;
      },
      ensureLabels: () => answering(() => ({ kind: "done", id: null })),
      canKeep: () => "kept",
    };
    const deadlines = new Deadlines(clock, (proposal) => queue.trigger(proposal));
    const reconciler = new Reconciler({
      ...reconciling(clock),
      reader,
      writer,
      decisions: decisions(),
      records,
      evaluate,
      log,
      setDeadline: (proposal, at) => deadlines.set(proposal, at),
      enqueue: (proposal) => queue.trigger(proposal, { background: true }),
    });
    const queue = new ReconcileQueue({
      ...queueing(clock),
      log,
      reconcile: (proposal, cause) => reconciler.reconcile(proposal, cause),
    });
    const resync = new Resync({
      ...resyncing(clock),
      reader,
      log,
      every: 6 * HOUR,
      enqueue: (proposal) => queue.trigger(proposal, { background: true }),
    });
    resync.start();
    return {
      webhook: () => queue.trigger(ref()),
      idle: () => queue.idle() && resync.idle(),
      kill: () => {
        alive = false;
        reconciler.stop();
        deadlines.stop();
        void queue.stop();
        void resync.stop();
      },
    };
  }

  start(): void {
    this.#clerk ??= this.begin();
  }

  kill(): void {
    if (this.#clerk === null) return;
    this.#clerk.kill();
    this.#clerk = null;
    this.kills += 1;
  }

  /** Somebody does something; its webhook may be lost or doubled. */
  do(doing: (github: World) => void): void {
    this.#at(() => doing(this.github));
    if (this.#random() < this.faults.lost) return;
    this.#clerk?.webhook();
    // Twice, the second time a little later.
    if (this.#random() < 1 / 3)
      void this.clock.sleep(this.#random() * 5 * SECOND).then(() => this.#clerk?.webhook());
  }

  /** Lets time go on, from wake to wake, with a kill now and then. */
  async wait(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    for (;;) {
      await turns(6);
      if (this.#clerk === null) {
        // Down for a while: mostly some seconds, as when something starts it again at once, at most ten minutes.
        const down = this.#random() < 0.8 ? 5 * SECOND : 10 * MINUTE;
        await this.clock.setTo(Math.min(this.clock.now() + this.#random() * down, until));
        this.start();
        await turns(6);
      }
      const next = this.clock.nextWake();
      if (next === null || next > until) break;
      await this.clock.setTo(Math.min(Math.max(next, this.clock.now()), until));
      if (this.#random() < this.faults.killed / 20) this.kill();
    }
    await this.clock.setTo(until);
    await turns(6);
  }

  /** Everything works again: until the clerk has nothing left to do but wait for deadlines. */
  async rest(): Promise<void> {
    Object.assign(this, { faults: { ...NONE, lag: this.faults.lag } });
    this.start();
    for (let step = 0; step < 10_000; step += 1) {
      await turns(6);
      if (this.#clerk?.idle()) return;
      const next = this.clock.nextWake();
      if (next !== null) await this.clock.setTo(next);
    }
    throw new Error("The clerk does not come to rest.");
  }

  shown(): Snapshot {
    const upTo = this.clock.now() - this.faults.lag;
    const found = this.#shown.findLast(({ from }) => from <= upTo) ?? this.#shown[0];
    if (found === undefined) throw new Error("nothing to show");
    return found.snapshot;
  }

  #at(doing: () => void): void {
    this.github.now = this.clock.now() - SECOND;
    doing();
    this.keep();
  }

  keep(): void {
    const now = this.clock.now();
    this.#shown.push({ from: now, snapshot: this.github.snapshot() });
    const settled = this.#shown.findLastIndex(({ from }) => from <= now - MINUTE);
    if (settled > 0) this.#shown.splice(0, settled);
  }

  #do(action: Action): string | null {
    if (action.kind === "create_comment") {
      const { kind, key } = action.marker;
      if (this.github.comments(kind, key).length > 0) this.wrongs.push(`a second comment ${kind} ${key}`);
    }
    const record = "record" in action ? action.record : null;
    if (record !== null && record.seq < (this.github.snapshot().register?.seq ?? 0)) {
      this.wrongs.push(`record ${record.seq} over a newer one`);
    }
    const before = new Set(this.github.ownComments.map(({ id }) => id));
    this.#at(() => this.github.apply(action));
    const made = this.github.ownComments.find(({ id }) => !before.has(id));
    if (made !== undefined) return made.id;
    return action.kind === "put_check" ? String(this.github.check?.id) : null;
  }
}

/** A motion by command, six votes of eight by review, command and label, a concern on day 3, resolved on day 7. */
async function story(theatre: Theatre): Promise<void> {
  const [lead, second, third, fourth, fifth, sixth] = SCT;
  theatre.start();
  await theatre.wait(MINUTE);
  theatre.do((github) => github.label("wilma", "kind:feature"));
  theatre.do((github) => github.say(lead, "@mscbot fcp merge"));
  await theatre.wait(HOUR);
  theatre.do((github) => github.review(second, "approved"));
  theatre.do((github) => github.say(third, "@mscbot reviewed"));
  await theatre.wait(2 * HOUR);
  theatre.do((github) => github.say("mallory", "@mscbot reviewed"));
  theatre.do((github) => github.label(fourth, github.name("vote_approve")));
  theatre.do((github) => github.review(fifth, "approved"));
  await theatre.wait(12 * HOUR);
  theatre.do((github) => github.say(sixth, "@mscbot reviewed"));
  theatre.do((github) => github.label("wilma", "client-server"));
  await theatre.wait(3 * DAY);
  theatre.do((github) => github.say(third, "@mscbot concern the fallback is missing"));
  await theatre.wait(4 * DAY);
  theatre.do((github) => github.say(third, "@mscbot resolve C1"));
  // At the latest the next resync finds what no webhook told.
  await theatre.wait(7 * HOUR);
  await theatre.rest();
}

const ending = ({ github }: Theatre) => ({
  labels: [...github.labels].sort(),
  state: github.pull.state,
  check: github.check?.verdict,
  comments: github.ownComments
    .map(({ marker }) => `${marker.kind} ${marker.key}`.replace(/reply .*/, "reply"))
    .sort(),
  votes: github
    .decide()
    .tallies.flatMap(({ seats }) => seats.map(({ member, choice }) => `${member.login} ${choice}`)),
  concerns: github.decide().concerns.map(({ number, resolved }) => [number, resolved !== null]),
  phase: github.decide().phase,
});

/** How many bad days: the simulation goes through more. Whoever wants more of these says so. `STORY_SEEDS=200 npm run test:ci -- runtime/story` */
const SEEDS = Number(process.env.STORY_SEEDS ?? 80);

describe("one proposal from motion to conclusion", () => {
  test("without faults: accepted, each transition's comment once, nobody else's label lost", async () => {
    const theatre = new Theatre(1, NONE);
    await story(theatre);
    const end = ending(theatre);
    expect(end.phase).toBe("concluded");
    expect(end.check).toBe("success");
    expect(end.labels).toEqual([
      "client-server",
      "finished-final-comment-period",
      "kind:feature",
      "proposal",
    ]);
    expect(end.votes.filter((vote) => vote.endsWith(" yes"))).toHaveLength(6);
    expect(new Set(end.comments).size).toBe(end.comments.length);
    expect(theatre.github.plan()).toEqual([]);
  });

  test("comment.once: the same end when half the webhooks are lost, reads lag, GitHub fails and the process is killed", async () => {
    const smooth = new Theatre(1, NONE);
    await story(smooth);
    const wanted = ending(smooth);
    let kills = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const theatre = new Theatre(seed, ROUGH);
      await story(theatre);
      expect({ seed, ...ending(theatre), wrongs: theatre.wrongs }).toEqual({ seed, ...wanted, wrongs: [] });
      kills += theatre.kills;
    }
    expect(kills).toBeGreaterThan(SEEDS / 5);
  });
});
