import type { Clerk } from "msc-clerk/app.js";
import { type Instant, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import type { Logger } from "probot";
import { ABOUT_MATRIX, type About } from "./about.js";
import { newSandbox, newSecrets, type Secrets, startClerk } from "./clerk.js";
import { ClerkMemory } from "./clerkMemory.js";
import type { FaultsView, Scenery } from "./page/scene.js";
import type { Stage } from "./page/site.js";
import type { Sandbox, SandboxOptions } from "./sandbox.js";
import type { SavedState } from "./savedState.js";
import { Shown } from "./shown.js";
import type { Account } from "./state.js";

export interface LiveStageOptions {
  /** Where the sandbox's clock begins. */
  readonly start: Instant;
  readonly logger: Logger;
  /** The Matrix one when not given. */
  readonly about?: About;
  readonly place?: Pick<SandboxOptions, "owner" | "repository" | "permissions">;
}

/** Between two doings of people, so that times differ as they do in life. */
const BETWEEN_DOINGS = 20 * SECOND;
/** A clerk that is still not done after this much of the sandbox's time is waiting for something: a limit, an answer that lags. */
const LONGEST_WAIT = 10 * MINUTE;

/** Of all stages of the process: making a key takes longer than opening a stage. */
let secrets: Secrets | null = null;

/** The sandbox and the clerk on one clock that is moved by hand. One doing at a time. */
export class LiveStage implements Stage {
  readonly about: About;
  readonly states = null;
  readonly sandbox: Sandbox;
  readonly clock: MovableClock;
  readonly #logger: Logger;
  readonly #secrets: Secrets;
  readonly #shown: Shown;
  /** Lines of what the clerk knew when this state was saved; empty: nothing. */
  readonly #remembered: readonly string[];
  #memory: ClerkMemory | null = null;
  #clerk: Clerk | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #busy = false;

  constructor(
    { start, logger, about = ABOUT_MATRIX, place }: LiveStageOptions,
    saved: SavedState | null = null,
  ) {
    this.about = saved?.about ?? about;
    this.#logger = logger;
    secrets ??= saved?.secrets ?? newSecrets();
    this.#secrets = saved?.secrets ?? secrets;
    this.#remembered = saved?.memory ?? [];
    this.clock = new MovableClock(saved?.now ?? start, () => this.#quiet());
    this.sandbox = newSandbox(this.#secrets, {
      ...place,
      clock: this.clock,
      ...(saved === null ? {} : { kept: saved.sandbox }),
    });
    this.#shown = new Shown(this.sandbox, this.about);
  }

  /** The sandbox and the clerk as they were saved: it answers, and the clerk has started. `port` and `links`: any, and to itself, when not given. */
  static async from(
    saved: SavedState,
    {
      logger,
      port = 0,
      links,
    }: { readonly logger: Logger; readonly port?: number; readonly links: string | null },
  ): Promise<LiveStage> {
    const stage = new LiveStage({ start: saved.now, logger }, saved);
    try {
      await stage.open(port);
      if (links !== null) stage.sandbox.linksTo(links);
      await stage.startClerk();
      return stage;
    } catch (thrown) {
      // Its port is wanted for another state.
      await stage.close();
      throw thrown;
    }
  }

  get place() {
    return { store: this.sandbox.store, repositoryId: this.sandbox.repositoryId };
  }

  /** The sandbox answers from here on; resolves with its address. */
  open(port = 0): Promise<string> {
    return this.sandbox.listen(port);
  }

  /** Starts the clerk, which reconciles everything. */
  async startClerk(): Promise<void> {
    this.#memory = await ClerkMemory.open(this.#remembered);
    this.#clerk = await startClerk({
      sandbox: this.sandbox,
      clock: this.clock,
      secrets: this.#secrets,
      logger: this.#logger,
      store: this.#memory.store,
      pages: true,
    });
    await this.#oneAtATime(() => this.#settle());
  }

  /** All that it takes to go on from here, once nothing is under way. */
  async save(): Promise<SavedState> {
    let memory: readonly string[] = [];
    await this.#oneAtATime(async () => {
      memory = (await this.#memory?.lines()) ?? [];
    });
    const { about, sandbox, clock } = this;
    return { about, now: clock.now(), secrets: this.#secrets, sandbox: sandbox.kept, memory };
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#clerk?.stop();
    await this.sandbox.close();
    await this.#memory?.close();
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
        await this.#readLawful();
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

  /** What the clerk holds for lawful, as it has written it down. */
  async #readLawful(): Promise<void> {
    const kept = await this.#memory?.store.lawful(this.sandbox.repositoryId);
    this.#shown.setLawful(kept?.kind === "stored" ? (kept.kept?.text ?? null) : null);
  }
}
