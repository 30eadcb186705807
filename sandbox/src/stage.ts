import type { Clerk } from "msc-clerk/app.js";
import type { ConfigFault } from "msc-clerk/config/outcome.js";
import { parseConfig } from "msc-clerk/config/parse.js";
import type { Rules } from "msc-clerk/domain/model/rules.js";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { type Instant, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import type { Logger } from "probot";
import { newSandbox, newSecrets, type Secrets, startClerk } from "./clerk.js";
import { clerkDeeds } from "./page/clerkDeeds.js";
import type { FaultsView, Scene } from "./page/scene.js";
import type { Stage } from "./page/site.js";
import type { Sandbox } from "./sandbox.js";
import type { Account } from "./state.js";

export interface LiveStageOptions {
  /** Where the sandbox's clock begins. */
  readonly start: Instant;
  readonly logger: Logger;
}

interface Config {
  readonly text: string | null;
  readonly rules: Rules | null;
  readonly faults: readonly ConfigFault[];
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
  readonly #listeners = new Set<() => void>();
  #clerk: Clerk | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #busy = false;
  #countedFrom = 0;
  #config: Config = { text: null, rules: null, faults: [] };
  #faults: FaultsView = { loseWebhooks: false, lag: 0 };

  constructor({ start, logger }: LiveStageOptions) {
    this.#logger = logger;
    secrets ??= newSecrets();
    this.#secrets = secrets;
    this.clock = new MovableClock(start, () => this.#quiet());
    this.sandbox = newSandbox(this.#secrets, { clock: this.clock });
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
      this.#countedFrom = this.sandbox.requests.all.length;
      doing();
      await this.#settle();
    });
  }

  moveClock(milliseconds: number): Promise<void> {
    return this.moveClockTo(this.clock.now() + milliseconds);
  }

  moveClockTo(instant: Instant): Promise<void> {
    return this.#oneAtATime(async () => {
      this.#countedFrom = this.sandbox.requests.all.length;
      await this.clock.setTo(instant);
      await this.#settle();
    });
  }

  setFaults(faults: FaultsView): void {
    this.#faults = faults;
    this.sandbox.faults.lagSeconds = faults.lag;
    this.sandbox.faults.lose = () => faults.loseWebhooks;
    this.#tell();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  scene(you: Account): Scene {
    const { sandbox, clock } = this;
    const { state } = sandbox.store;
    const requests = sandbox.requests.all.slice(this.#countedFrom);
    return {
      state,
      repository: sandbox.repository,
      now: clock.now(),
      you,
      clerkId: sandbox.app.botId,
      rules: this.#configNow().rules,
      configFaults: this.#configNow().faults,
      clerk: {
        deeds: clerkDeeds(sandbox.repository, sandbox.app.botId),
        nextDeadline: this.#clerk?.nextDeadline() ?? null,
        busy: this.#busy,
        requests: {
          reads: requests.filter(({ kind }) => kind === "read").length,
          writes: requests.filter(({ kind }) => kind === "write").length,
        },
      },
      faults: this.#faults,
    };
  }

  #configNow(): Config {
    const text = this.sandbox.fileText(CONFIG_FILE);
    if (text !== this.#config.text) {
      const parsed = text === null ? null : parseConfig(text);
      this.#config = {
        text,
        rules: parsed?.ok ? parsed.rules : null,
        faults: parsed === null || parsed.ok ? [] : parsed.faults,
      };
    }
    return this.#config;
  }

  #oneAtATime(work: () => Promise<void>): Promise<void> {
    const mine = this.#last.then(async () => {
      this.#busy = true;
      try {
        await work();
      } finally {
        this.#busy = false;
        this.#tell();
      }
    });
    this.#last = mine.catch(() => {});
    return mine;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
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
