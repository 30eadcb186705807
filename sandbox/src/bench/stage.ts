import { type Clerk, type ClerkTiming, createClerk, WEBHOOK_PATH } from "msc-clerk/app.js";
import { MINUTE } from "msc-clerk/domain/text/time.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { evaluate } from "msc-clerk/runtime/reconcile/evaluate.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
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

  constructor(limits: Partial<Limits> = {}) {
    this.clock = new MovableClock(Date.UTC(2026, 2, 2, 9), () => this.quiet());
    this.github = newSandbox(this.secrets, { clock: this.clock, limits });
    for (const { login, id, level } of [...MEMBERS, ...OTHERS]) this.github.addUser(login, { id, level });
    const admin = this.as("ara4n");
    for (const label of ["proposal", "vote:approve", "client-server"]) admin.createLabel(label);
    admin.pushTo(null, { [CONFIG]: withoutForm(matrixConfig()) });
  }

  as(login: string) {
    return this.github.as(login);
  }

  async start(timing: ClerkTiming): Promise<void> {
    if (this.github.url === "http://127.0.0.1") await this.github.listen();
    this.clerk = createClerk({
      ...this.secrets,
      appId: this.github.app.id,
      baseUrl: this.github.url,
      clock: this.clock,
      logger: pinoLog("fatal", true),
      timing,
      store: inMemoryStore(),
      dryRun: false,
      evaluate: (snapshot, rules, now) => {
        this.looks += 1;
        return evaluate(snapshot, rules, now);
      },
    });
    this.url = `${await this.clerk.start({ port: 0, host: "127.0.0.1" })}${WEBHOOK_PATH}`;
    this.github.webhooksTo(this.url);
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

  /** Requests to GitHub so far, those for tokens left out. */
  requests() {
    return this.github.requests.all.filter(({ kind }) => kind !== "token");
  }

  async close(): Promise<void> {
    await this.clerk?.stop();
    await this.github.close();
  }
}
