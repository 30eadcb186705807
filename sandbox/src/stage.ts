import type { Clerk } from "msc-clerk/app.js";
import { type Instant, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import type { Logger } from "probot";
import { newSandbox, newSecrets, type Secrets, startClerk } from "./clerk.js";
import type { FaultsView, Scenery } from "./page/scene.js";
import type { Stage } from "./page/site.js";
import type { Sandbox } from "./sandbox.js";
import { Shown } from "./shown.js";
import type { Account } from "./state.js";

export interface LiveStageOptions {
  /** Where the sandbox's clock begins. */
  readonly start: Instant;
  readonly logger: Logger;
}

/** Between two doings of people, so that times differ as they do in life. */
const BETWEEN_DOINGS = 20 * SECOND;
/** A clerk that is still not done after this much of the sandbox's time is waiting for something: a limit, an answer that lags. */
const LONGEST_WAIT = 10 * MINUTE;

/** Of all stages of the process: making a key takes longer than opening a stage. */
let secrets: Secrets | null = null;

/** The sandbox and the clerk on one clock that is moved by hand. One doing at a time. */
export class LiveStage implements Stage {
  readonly sandbox: Sandbox;
  readonly clock: MovableClock;
  readonly #logger: Logger;
  readonly #secrets: Secrets;
  readonly #shown: Shown;
  #clerk: Clerk | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #busy = false;

  constructor({ start, logger }: LiveStageOptions) {
    this.#logger = logger;
    secrets ??= newSecrets();
    this.#secrets = secrets;
    this.clock = new MovableClock(start, () => this.#quiet());
    this.sandbox = newSandbox(this.#secrets, { clock: this.clock });
    this.#shown = new Shown(this.sandbox);
  }

  get place() {
    return { store: this.sandbox.store, repositoryId: this.sandbox.repositoryId };
  }

  /** The sandbox answers from here on; resolves with its address. */
  open(): Promise<string> {
    return this.sandbox.listen();
  }

  /** Starts the clerk, which reconciles everything. */
  async startClerk(): Promise<void> {
    this.#clerk = await startClerk({
      sandbox: this.sandbox,
      clock: this.clock,
      secrets: this.#secrets,
      logger: this.#logger,
      pages: true,
    });
    await this.#oneAtATime(() => this.#settle());
  }

  async close(): Promise<void> {
    await this.#clerk?.stop();
    await this.sandbox.close();
  }

  act(doing: () => void): Promise<void> {
    return this.#oneAtATime(async () => {
      await this.clock.advance(BETWEEN_DOINGS);
      this.#shown.countAnew();
      doing();
      await this.#settle();
    });
  }

  moveClock(milliseconds: number): Promise<void> {
    return this.moveClockTo(this.clock.now() + milliseconds);
  }

  moveClockTo(instant: Instant): Promise<void> {
    return this.#oneAtATime(async () => {
      this.#shown.countAnew();
      await this.clock.setTo(instant);
      await this.#settle();
    });
  }

  setFaults(faults: FaultsView): void {
    this.#shown.setFaults(faults);
  }

  onChange(listener: () => void): () => void {
    return this.#shown.onChange(listener);
  }

  scene(you: Account): Scenery {
    return this.#shown.scene(you, {
      nextDeadline: this.#clerk?.nextDeadline() ?? null,
      pages: this.#clerk?.pagesAddress ?? null,
      busy: this.#busy,
    });
  }

  #oneAtATime(work: () => Promise<void>): Promise<void> {
    const mine = this.#last.then(async () => {
      this.#busy = true;
      this.#shown.tell();
      try {
        await work();
      } finally {
        this.#busy = false;
        this.#shown.tell();
      }
    });
    this.#last = mine.catch(() => {});
    return mine;
  }

  async #quiet(): Promise<void> {
    await this.#clerk?.settled();
    await this.sandbox.idle();
  }

  /** Lets the clerk finish, moving the clock only as far as its own short waits need. */
  async #settle(): Promise<void> {
    const until = this.clock.now() + LONGEST_WAIT;
    for (;;) {
      await this.#quiet();
      if (this.#clerk === null || this.#clerk.idle()) return;
      const wake = this.clock.nextWake();
      if (wake === null || wake > until) return;
      await this.clock.setTo(wake);
    }
  }
}
