import type { Clerk, ClerkTiming } from "msc-clerk/app.js";
import { HOUR, type Instant, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import type { MatrixSettings } from "msc-clerk/matrix/homeserver.js";
import { MovableClock, shiftedClock } from "msc-clerk/platform/movableClock.js";
import { type LogLevel, logThrough, pinoLog } from "msc-clerk/platform/pinoLog.js";
import { Recorder } from "msc-clerk/runtime/server/recorder.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import type { Store } from "msc-clerk/store/port.js";
import { newSandbox, newSecrets, RECORD_KEYS, type Secrets, startClerk } from "../../src/clerk.js";
import type { Person } from "../../src/person.js";
import { MEMBERS, matrixConfig, OTHERS } from "../../src/roster.js";
import type { Sandbox } from "../../src/sandbox.js";

import { pagesAgree } from "./pagesAgree.js";

export const CONFIG = ".github/msc-clerk.yml";
export const STATUS = "<!-- msc-clerk:status";

/** One pair of keys for all rehearsals of a test file: making them is slow, and nothing depends on them. */
let secrets: Secrets | null = null;

export interface RehearsalOptions {
  /** The config; null: none at first. */
  readonly config?: string | null;
  readonly timing?: ClerkTiming;
  /** `RECORD_KEYS`; left out: the sandbox's own, which its config lists. */
  readonly recordKeys?: string;
  /** By how much the clock of the clerk's machine is ahead of GitHub's, in milliseconds; asked whenever it is read. */
  readonly machineAhead?: () => number;
  /** `RECORD`: where what the clerk asks and hears is written down. */
  readonly record?: string;
  /** Serve the pages' port, and ask for missed webhooks again. */
  readonly pages?: true;
  readonly redeliver?: true;
  readonly dryRun?: true;
  /** The Matrix room that is told what happens. */
  readonly matrix?: MatrixSettings;
  /** What of the log is kept; left out: `warn` and above. */
  readonly logLevel?: LogLevel;
  /** `WEBHOOK_SECRET` of the clerk, where it is not GitHub's alone. */
  readonly webhookSecrets?: (gitHubs: string) => string;
}

/**
 * The real clerk against the sandbox, over HTTP with signed webhooks, on one clock that is moved by hand. `act` lets people do
 * something and waits until the clerk rests.
 */
export class Rehearsal {
  readonly clock: MovableClock;
  readonly sandbox: Sandbox;
  readonly #timing: ClerkTiming;
  readonly #machineAhead: () => number;
  readonly #record: string | null;
  readonly #options: RehearsalOptions;
  recordKeys: string | undefined;
  /** What the clerk logged, a JSON line each: at `warn` and above, unless the options say otherwise. */
  readonly logged: string[] = [];
  clerk: Clerk | null = null;
  /** For tests that look at every story: called before it ends, while the clerk is still there. */
  static atEnd: ((ended: Rehearsal) => Promise<void>) | null = null;
  /** Why somebody without the App's key cannot get its answer in this story, and is not asked. */
  readersCannot: string | null = null;
  /** Why labels are not as the clerk wants them at the end of this story, as the pages are. */
  labelsCannot: string | null = null;
  /** The clerk's own memory: like a disk, it outlives the process. Another one here is a disk that was lost. */
  store: Store = inMemoryStore();

  constructor(start: Instant = Date.UTC(2026, 2, 2, 9, 0, 0), options: RehearsalOptions = {}) {
    secrets ??= newSecrets();
    this.#options = options;
    this.#timing = options.timing ?? {};
    this.recordKeys = options.recordKeys;
    this.#record = options.record ?? null;
    this.#machineAhead = options.machineAhead ?? (() => 0);
    this.clock = new MovableClock(start, () => this.quiet());
    this.sandbox = newSandbox(secrets, { clock: this.clock });
    for (const { login, id, level } of [...MEMBERS, ...OTHERS]) this.sandbox.addUser(login, { id, level });
    const admin = this.as("ara4n");
    for (const label of [
      "proposal",
      "proposal-placeholder",
      "kind:governance",
      "client-server",
      "vote:approve",
      "vote:abstain",
      "vote:retract",
      "disposition-merge",
      "disposition-close",
      "disposition-postpone",
    ]) {
      admin.createLabel(label);
    }
    const config = options.config === undefined ? matrixConfig() : options.config;
    if (config !== null) admin.pushTo(null, { [CONFIG]: config }, { message: "Adopt the clerk" });
  }

  as(login: string): Person {
    return this.sandbox.as(login);
  }

  async open(): Promise<this> {
    await this.sandbox.listen();
    return this;
  }

  async start(): Promise<this> {
    if (this.sandbox.url === "http://127.0.0.1") await this.open();
    secrets ??= newSecrets();
    const {
      pages = false,
      redeliver = false,
      dryRun = false,
      logLevel = "warn",
      webhookSecrets,
      matrix,
    } = this.#options;
    const webhookSecret = webhookSecrets?.(secrets.webhookSecret) ?? secrets.webhookSecret;
    this.clerk = await startClerk({
      sandbox: this.sandbox,
      clock: shiftedClock(this.clock, this.#machineAhead),
      secrets: { ...secrets, webhookSecret },
      pages,
      redeliver,
      dryRun,
      ...(matrix === undefined ? {} : { matrix }),
      logger: pinoLog(logLevel, false, { write: (line: string) => void this.logged.push(line) }),
      timing: { resyncEvery: 6 * HOUR, ...this.#timing },
      store: this.store,
      ...(this.#record === null ? {} : { recorder: this.recorder(this.#record) }),
      ...(this.recordKeys === undefined ? {} : { recordKeys: this.recordKeys }),
    });
    await this.settle();
    return this;
  }

  recorder(directory: string, mostBytes?: number): Recorder {
    const { privateKey, recordKeys, webhookSecret } = this.secrets;
    return new Recorder({
      directory,
      clock: this.clock,
      log: logThrough(pinoLog("warn", false, { write: (line: string) => void this.logged.push(line) })),
      baseUrl: this.sandbox.url,
      version: "0.0.0",
      secrets: [privateKey, recordKeys, webhookSecret],
      ...(mostBytes === undefined ? {} : { mostBytes }),
    });
  }

  /** Everything that nobody else may know. */
  get secrets() {
    secrets ??= newSecrets();
    return { ...secrets, recordKeys: this.recordKeys ?? RECORD_KEYS };
  }

  /** A proposal in review, by an outsider, with the label. */
  propose(
    title = "MSC1772: Matrix spaces",
    files: Record<string, string | null> = { "proposals/1772-spaces.md": "# Spaces\n" },
  ): number {
    const { number } = this.as("ShadowJonathan").openPull({ title, body: "A proposal.", files });
    this.as("uhoreg").label(number, "proposal");
    return number;
  }

  /** People do this, a moment later than what was before; then the clerk does what it has to. */
  async act(...doings: readonly (() => unknown)[]): Promise<void> {
    for (const doing of doings) {
      await this.clock.advance(SECOND);
      doing();
    }
    await this.settle();
  }

  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await this.settle();
  }

  /** Nothing is under way that does not wait for the clock. */
  async quiet(): Promise<void> {
    await this.clerk?.settled();
    await this.sandbox.idle();
  }

  /** Lets the clerk finish, moving the clock only as far as its own short waits need. */
  async settle(longest = 10 * MINUTE): Promise<void> {
    const until = this.clock.now() + longest;
    for (;;) {
      await this.quiet();
      if (this.clerk === null || this.clerk.idle()) return;
      const wake = this.clock.nextWake();
      if (wake === null || wake > until) return;
      await this.clock.setTo(wake);
    }
  }

  /** The machine loses its power. */
  kill(): void {
    this.clerk?.kill();
    this.clerk = null;
  }

  /** The machine loses its power, and its disk. */
  loseStore(): void {
    this.kill();
    this.store = inMemoryStore();
  }

  /** With what the clerk signs in, for others who ask as the App. */
  get credentials() {
    secrets ??= newSecrets();
    const { url: baseUrl, app } = this.sandbox;
    return {
      appId: app.id,
      privateKey: secrets.privateKey,
      recordKeys: this.recordKeys ?? RECORD_KEYS,
      baseUrl,
    };
  }

  /** Every story ends with pages that show what GitHub shows, where there is a clerk to see to it. */
  async close(): Promise<void> {
    try {
      if (this.readersCannot === null) await Rehearsal.atEnd?.(this);
      if (this.clerk !== null && this.labelsCannot === null) {
        await this.settle();
        await pagesAgree(this);
      }
    } finally {
      // What waits for a clock that nobody moves any more would be waited for in vain.
      if (this.clerk?.idle() === false) this.kill();
      await this.clerk?.stop();
      this.clerk = null;
      await this.sandbox.close();
    }
  }

  labels(number: number): readonly string[] {
    return [...this.sandbox.labelsOn(number)].sort();
  }

  check(number: number) {
    return this.sandbox.checkOn(number);
  }

  /** The clerk's own comments, oldest first. */
  said(number: number) {
    const { botId } = this.sandbox.app;
    return this.sandbox.thread(number).comments.filter((comment) => comment.authorId === botId);
  }

  /** What the clerk reports in issues: all of its issues but the register of decisions. */
  reports() {
    return [...this.sandbox.repository.threads.values()].filter(
      ({ pull, title }) => !pull && !title.startsWith("Register of decisions"),
    );
  }

  /** Its comments by what they are for: `status 1`, `announce 1:fcp_begun`, `reply …`, with repetitions. */
  kinds(number: number): readonly string[] {
    return this.said(number).map(({ body }) => /^<!-- msc-clerk:(\S+ \S+) -->/.exec(body)?.[1] ?? "unmarked");
  }

  status(number: number) {
    const found = this.said(number)
      .filter(({ body }) => body.startsWith(STATUS))
      .at(-1);
    if (found === undefined) throw new Error(`#${number} has no status comment`);
    return found;
  }

  /** Ticks (or unticks) the box of `login`, as GitHub's page does: the whole text is saved with the one box changed. */
  tick(by: string, number: number, login: string = by): void {
    const status = this.status(number);
    const ticked = status.body.replace(
      new RegExp(`^(- \\[)([ x])(\\] @${login}\\b)`, "m"),
      (_, before: string, box: string, after: string) => `${before}${box === " " ? "x" : " "}${after}`,
    );
    this.as(by).editComment(status.id, ticked);
  }

  reactions(commentId: number): readonly string[] {
    const place = this.sandbox.store.places.get(commentId);
    const comment = this.sandbox.thread(place?.number ?? 0).comments.find(({ id }) => id === commentId);
    return (comment?.reactions ?? []).map(({ content }) => content);
  }
}

export const rehearsal = (options: RehearsalOptions = {}): Rehearsal => new Rehearsal(undefined, options);
