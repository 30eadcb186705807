import type { Happening, PublicEvent } from "../../src/domain/model/publicView.js";
import type { Instant } from "../../src/domain/text/time.js";
import { MatrixRoom } from "../../src/matrix/room.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { keptEvent } from "../../src/runtime/reconcile/publicViews.js";
import { RoomNotices } from "../../src/runtime/schedule/roomNotices.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import type { Store } from "../../src/store/port.js";
import { ROOM, StandInHomeserver, TOKEN } from "./homeserver.js";

const START = Date.UTC(2026, 2, 2, 9);

interface Process {
  readonly room: MatrixRoom;
  readonly notices: RoomNotices;
}

/** The part of the clerk that tells a room, on a clock that is moved by hand, against a homeserver over HTTP. The store outlives its processes. */
export class RoomLife {
  readonly server = new StandInHomeserver();
  readonly clock = new MovableClock(START, () => this.quiet());
  readonly logged: string[] = [];
  store: Store = inMemoryStore();
  token = TOKEN;
  sent = 0;
  /** Ends the process after so many more steps: each reading and writing of the store, before and after, and each request, before and after, is one. */
  killAfter = Number.POSITIVE_INFINITY;
  kills = 0;
  ours: (repository: number) => boolean = () => true;
  #homeserver = "";
  #process: Process | null = null;
  readonly #events = new Map<string, PublicEvent[]>();

  async open(): Promise<this> {
    this.#homeserver = await this.server.listen();
    this.server.now = () => this.clock.now();
    await this.shown(7);
    return this;
  }

  async close(): Promise<void> {
    this.kill();
    await this.server.close();
  }

  async shown(repository: number, isPublic = true): Promise<void> {
    const url = `https://github.com/o/r${repository}`;
    await this.store.views.putRepository({ repository, owner: "o", name: `r${repository}`, url, isPublic });
  }

  start(): this {
    this.kill();
    const named = { homeserver: this.#homeserver, room: ROOM };
    const room = new MatrixRoom({ ...named, token: this.token });
    const line =
      (level: string) =>
      (message: string, facts: object = {}) => {
        this.logged.push(
          `${level}: ${message}${Object.keys(facts).length === 0 ? "" : ` ${JSON.stringify(facts)}`}`,
        );
      };
    const log = { debug() {}, info: line("info"), warn: line("warn"), error: line("error") };
    const process: Process = {
      room,
      notices: new RoomNotices({
        ...{ room, named, log, clock: this.clock, gitHubClock: this.clock },
        store: this.#mortal(() => this.#process === process),
        isOurs: (repository) => this.ours(repository),
        onSent: () => {
          this.sent += 1;
        },
      }),
    };
    this.#process = process;
    this.wants();
    return this;
  }

  /** As a round of the clerk's does. */
  wants(): void {
    for (const repository of [7, 8]) this.#process?.notices.want(repository);
  }

  get running(): boolean {
    return this.#process !== null;
  }

  get notices(): RoomNotices {
    if (this.#process === null) throw new Error("It does not run.");
    return this.#process.notices;
  }

  kill(): void {
    void this.#process?.notices.stop();
    this.#process?.room.close();
    this.#process = null;
  }

  /** true: the process has ended by now. */
  step(): boolean {
    this.killAfter -= 1;
    if (this.killAfter >= 0) return false;
    this.killAfter = Number.POSITIVE_INFINITY;
    this.kills += 1;
    this.kill();
    return true;
  }

  /** A proposal has come to this; what is kept of it is what was before, and this. */
  async happens(
    what: Happening,
    more: Partial<PublicEvent> = {},
    of = { repository: 7, pull: 1 },
  ): Promise<void> {
    const key = `${of.repository} ${of.pull}`;
    const events = this.#events.get(key) ?? [];
    const id = `${what.kind} ${events.length}`;
    const event: PublicEvent = { id, at: this.clock.now(), by: "alice", url: null, what, ...more };
    this.#events.set(key, [...events.filter((one) => one.id !== event.id), event]);
    await this.keeps(of);
    this.wants();
  }

  /** Again, as when nothing is known any more of what was kept. */
  async keeps(of = { repository: 7, pull: 1 }, title = `MSC${of.pull}`): Promise<void> {
    const events = this.#events.get(`${of.repository} ${of.pull}`) ?? [];
    const url = `https://github.com/o/r${of.repository}/pull/${of.pull}`;
    const summary = {
      number: of.pull,
      title,
      url,
      amendment: false,
      place: "proposed",
      teams: [],
      fcp: null,
    };
    await this.store.views.putView(
      of,
      { summary: JSON.stringify(summary), detail: "" },
      events.map(keptEvent),
    );
  }

  async quiet(): Promise<void> {
    for (let calm = 0; calm < 4; calm += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      while ((this.#process?.room.inFlight ?? 0) > 0) {
        calm = 0;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
  }

  /** Time passes, with a round of the clerk's at its end. */
  async passes(ms: number): Promise<void> {
    await this.advance(ms);
    this.wants();
    await this.advance(2_000);
  }

  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await this.quiet();
  }

  /** What was said, without addresses. */
  get said(): readonly string[] {
    return this.server.said.map((one) => one.replace(/ https:\S+$/, ""));
  }

  at(): Instant {
    return this.clock.now();
  }

  #mortal(lives: () => boolean): Pick<Store, "views" | "notices"> {
    const { store } = this;
    const mortal = <Part extends object>(part: Part): Part =>
      new Proxy(part, {
        get:
          (target, name) =>
          async (...given: readonly unknown[]) => {
            if (!lives() || this.step()) return never();
            const work = Reflect.get(target, name) as (...asked: readonly unknown[]) => Promise<unknown>;
            const done = await Reflect.apply(work, target, given);
            return !lives() || this.step() ? never() : done;
          },
      });
    return { views: mortal(store.views), notices: mortal(store.notices) };
  }
}

const never = (): Promise<never> => new Promise(() => {});
