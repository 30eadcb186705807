import { type Clerk, type ClerkTiming, createClerk, WEBHOOK_PATH } from "msc-clerk/app.js";
import { MINUTE } from "msc-clerk/domain/text/time.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { evaluate } from "msc-clerk/runtime/reconcile/evaluate.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import type { Store } from "msc-clerk/store/port.js";
import { newSandbox, newSecrets } from "../clerk.js";
import type { Limits } from "../http/limits.js";
import { MEMBERS, matrixConfig, OTHERS, withoutForm } from "../roster.js";

export const CONFIG = ".github/msc-clerk.yml";

/** A repository with the Matrix roster, and the clerk, on one clock that is moved by hand. */
export class BenchStage {
  readonly clock: MovableClock;
  readonly secrets = newSecrets();
  readonly github;
  clerk: Clerk | null = null;
  /** Where the clerk listens. */
  url = "";
  /** Reconciles that came to a decision. */
  looks = 0;

  /** When the sandbox's time began to go by itself; null: it stands where `clock` does. */
  #goesSince: number | null = null;

  constructor(limits: Partial<Limits> = {}) {
    this.clock = new MovableClock(Date.UTC(2026, 2, 2, 9), () => this.quiet());
    const clock = {
      now: () => this.clock.now() + (this.#goesSince === null ? 0 : Date.now() - this.#goesSince),
      sleep: (ms: number, signal?: AbortSignal) => this.clock.sleep(ms, signal),
    };
    this.github = newSandbox(this.secrets, { clock, limits });
    for (const { login, id, level } of [...MEMBERS, ...OTHERS]) this.github.addUser(login, { id, level });
    const admin = this.as("ara4n");
    for (const label of ["proposal", "vote:approve", "client-server"]) admin.createLabel(label);
    admin.pushTo(null, { [CONFIG]: withoutForm(matrixConfig()) });
  }

  as(login: string) {
    return this.github.as(login);
  }

  /** `store`: the clerk's memory, where it is to outlive this clerk. */
  async start(timing: ClerkTiming, store: Store = inMemoryStore()): Promise<void> {
    if (this.github.url === "http://127.0.0.1") await this.github.listen();
    this.clerk = createClerk({
      ...this.secrets,
      appId: this.github.app.id,
      baseUrl: this.github.url,
      clock: this.clock,
      logger: pinoLog("fatal", true),
      timing,
      store,
      dryRun: false,
      evaluate: (snapshot, rules, now) => {
        this.looks += 1;
        return evaluate(snapshot, rules, now);
      },
    });
    this.url = `${await this.clerk.start({ port: 0, host: "127.0.0.1" })}${WEBHOOK_PATH}`;
    this.github.webhooksTo(this.url);
  }

  /** Ends the clerk, so that another can be started. What people do until then it is not told. */
  async stop(): Promise<void> {
    await this.clerk?.stop();
    this.clerk = null;
    this.github.webhooksTo(null);
  }

  /** From now on the sandbox's time goes as the machine's does, so many milliseconds ahead of it: for a clerk in another process. */
  letGo(): number {
    this.#goesSince = Date.now();
    return this.clock.now() - this.#goesSince;
  }

  async quiet(): Promise<void> {
    await this.clerk?.settled();
    await this.github.idle();
  }

  /** Lets the clerk finish, moving the clock only as far as its own short waits need. */
  async settle(longest = 10 * MINUTE): Promise<void> {
    const until = this.clock.now() + longest;
    for (;;) {
      await this.quiet();
      const wake = this.clock.nextWake();
      if (this.clerk === null || this.clerk.idle() || wake === null || wake > until) return;
      await this.clock.setTo(wake);
    }
  }

  propose(title: string, path: string): number {
    const { number } = this.as("ShadowJonathan").openPull({
      title,
      body: "A proposal.",
      files: { [path]: `# ${title}\n` },
    });
    this.as("uhoreg").label(number, "proposal");
    return number;
  }

  /** So many proposals. */
  proposeMany(count: number): number[] {
    return Array.from({ length: count }, (_, at) =>
      this.propose(`MSC${5000 + at}: One of many`, `proposals/${5000 + at}-many.md`),
    );
  }

  /** So many comments in which nobody says anything to the clerk, and of which it is told nothing. */
  chat(number: number, count: number): void {
    const { target } = this.github.deliveries;
    this.github.webhooksTo(null);
    for (let at = 0; at < count; at += 1) this.as("passer-by").comment(number, `And another thing (${at}).`);
    this.github.deliveries.target = target;
  }

  /** Moves each to be merged, and lets the clerk write that down. */
  async moveAll(numbers: readonly number[]): Promise<void> {
    for (const number of numbers) {
      this.as("richvdh").comment(number, "@mscbot fcp merge");
      await this.settle();
    }
  }

  /** The clerk's status comment of the newest motion. */
  status(number: number) {
    const own = this.github
      .thread(number)
      .comments.filter(({ authorId }) => authorId === this.github.app.botId);
    const status = own.findLast(({ body }) => body.includes("- [ ] @"));
    if (status === undefined) throw new Error(`#${number} has no motion's comment`);
    return status;
  }

  /** Ticks their own box. */
  tick(number: number, login: string): void {
    const { id, body } = this.status(number);
    this.as(login).editComment(id, body.replace(`- [ ] @${login}`, `- [x] @${login}`));
  }

  /** Requests to GitHub so far, those for tokens left out. */
  requests() {
    return this.github.requests.all.filter(({ kind }) => kind !== "token");
  }

  async close(): Promise<void> {
    // What waits for a clock that nobody moves any more would be waited for in vain.
    if (this.clerk?.idle() === false) this.clerk.kill();
    await this.clerk?.stop();
    await this.github.close();
  }
}
