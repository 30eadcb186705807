import type { Clerk } from "msc-clerk/app.js";
import { DAY, HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { chance } from "../../../test/runtime/fakes.js";
import { newSandbox, newSecrets, startClerk } from "../../src/clerk.js";
import { matrixConfig } from "../../src/roster.js";
import type { Sandbox } from "../../src/sandbox.js";
import { foundRepository, ticks } from "../../src/seed.js";

/**
 * The clerk as it is started in production against the sandbox, over HTTP on loopback with signed webhooks: one proposal from its
 * motion to its conclusion, on good days and on bad ones.
 */

const NUMBER = 3000;
/** One key for all: making one takes longer than some days of a play. */
const SECRETS = newSecrets();
/** What no webhook told is found within a day. */
const RESYNC = DAY;

interface Weather {
  /** Seconds by which reads lag. */
  readonly lag: number;
  /** Parts of webhooks that are lost, and that come twice; they come in any order. */
  readonly lost: number;
  readonly doubled: number;
  /** Part of requests that fail, half of them done all the same. */
  readonly failing: number;
  /** Part of requests during which the process is killed. */
  readonly killing: number;
}

export const FAIR: Weather = { lag: 0, lost: 0, doubled: 0, failing: 0, killing: 0 };
export const FOUL: Weather = { lag: 3, lost: 1 / 2, doubled: 1 / 3, failing: 0.03, killing: 0.015 };

export class Play {
  readonly clock = new MovableClock(Date.UTC(2026, 2, 2, 12), () => this.#quiet());
  readonly sandbox: Sandbox;
  readonly #random: () => number;
  #weather = FAIR;
  #clerk: Clerk | null = null;
  #deadAt = 0;
  kills = 0;
  readonly logged: string[] = [];

  constructor(seed: number) {
    this.#random = chance(seed);
    this.sandbox = newSandbox(SECRETS, { clock: this.clock });
  }

  async open(weather: Weather): Promise<void> {
    const { sandbox } = this;
    await sandbox.listen();
    foundRepository(sandbox);
    sandbox.as("ara4n").pushTo(null, { ".github/msc-clerk.yml": matrixConfig() }, { message: "Roster" });
    await this.clock.advance(HOUR);
    sandbox.setNextNumber(NUMBER);
    sandbox.as("sandhose").openPull({ title: "MSC3000", files: { "proposals/3000-x.md": "# x\n" } });
    sandbox.as("turt2live").label(NUMBER, "proposal");
    await this.clock.advance(HOUR);
    await this.#start();
    await this.wait(MINUTE);
    this.#weather = weather;
    const { faults } = sandbox;
    faults.lagSeconds = weather.lag;
    faults.lose = () => this.#random() < weather.lost;
    faults.double = () => this.#random() < weather.doubled;
    faults.holdWebhooks = weather.lost > 0;
    faults.byChance = () => {
      const luck = this.#random();
      const carriedOut = this.#random() < 0.5;
      if (luck < weather.killing) {
        this.#kill();
        return { kind: "cut", carriedOut };
      }
      if (luck > weather.killing + weather.failing) return null;
      if (this.#random() < 0.3) return { kind: "secondary", retryAfter: 30 };
      return { kind: "error", status: 502, carriedOut };
    };
  }

  async wait(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    for (;;) {
      await this.#quiet();
      if (this.#clerk === null) {
        await this.clock.setTo(Math.max(this.clock.now(), this.#deadAt + this.#random() * 5 * SECOND));
        await this.#start();
        continue;
      }
      if (this.sandbox.faults.holdWebhooks && this.#random() < 0.5)
        await this.sandbox.deliverHeld(this.#random);
      await this.#quiet();
      const next = this.clock.nextWake();
      if (next === null || next > until) break;
      await this.clock.setTo(next);
    }
    await this.clock.setTo(Math.max(until, this.clock.now()));
    await this.#quiet();
  }

  /** What people do; each is at its own second. */
  async do(...doings: ((sandbox: Sandbox) => void)[]): Promise<void> {
    for (const doing of doings) {
      await this.wait(2 * SECOND);
      doing(this.sandbox);
    }
  }

  /** Waits until it is so, as whoever sits before the page does. */
  async until(holds: () => boolean): Promise<void> {
    for (let waited = 0; !holds(); waited += 1) {
      if (waited > 400) throw new Error("It never came to be so.");
      await this.wait(10 * MINUTE);
    }
  }

  /** The weather clears, and all that is left to do is done. */
  async end(): Promise<void> {
    this.sandbox.faults.clear();
    this.sandbox.faults.lagSeconds = this.#weather.lag;
    if (this.#clerk === null) await this.#start();
    await this.wait(RESYNC + HOUR);
    for (let step = 0; this.#clerk !== null && !this.#clerk.idle(); step += 1) {
      if (step > 5000) throw new Error("The clerk does not come to rest.");
      const next = this.clock.nextWake();
      if (next !== null) await this.clock.setTo(next);
      await this.#quiet();
    }
  }

  async close(): Promise<void> {
    this.#clerk?.kill();
    await this.sandbox.close();
  }

  seen() {
    const { sandbox } = this;
    const clerk = sandbox.app.botId;
    const comments = sandbox
      .thread(NUMBER)
      .comments.filter(({ authorId }) => authorId === clerk)
      .map(({ body }) => /<!-- msc-clerk:([^\n]*?) -->/.exec(body)?.[1] ?? body.slice(0, 60));
    return {
      labels: [...sandbox.labelsOn(NUMBER)].sort(),
      comments: comments.map((marker) => marker.replace(/^reply .*/, "reply")).sort(),
      check: sandbox.checkOn(NUMBER)?.conclusion ?? null,
      state: sandbox.pull(NUMBER).state,
    };
  }

  async #start(): Promise<void> {
    const { sandbox, clock } = this;
    const logger = pinoLog("warn", true, { write: (line: string) => this.logged.push(line) });
    this.#clerk = await startClerk({
      sandbox,
      clock,
      secrets: SECRETS,
      logger,
      timing: { resyncEvery: RESYNC },
    });
  }

  #kill(): void {
    if (this.#clerk === null) return;
    this.#clerk.kill();
    this.#clerk = null;
    this.#deadAt = this.clock.now();
    this.sandbox.webhooksTo(null);
    this.kills += 1;
  }

  async #quiet(): Promise<void> {
    await this.#clerk?.settled();
    await this.sandbox.idle();
  }
}

const says = (login: string, body: string) => (sandbox: Sandbox) =>
  void sandbox.as(login).comment(NUMBER, body);
const approves = (login: string) => (sandbox: Sandbox) => void sandbox.as(login).approve(NUMBER);
const labels = (login: string, name: string) => (sandbox: Sandbox) => sandbox.as(login).label(NUMBER, name);
const canTick = (sandbox: Sandbox, login: string) => () =>
  sandbox.thread(NUMBER).comments.some(({ body }) => body.includes(`- [ ] @${login}`));

async function story(play: Play): Promise<void> {
  const { sandbox } = play;
  await play.do(says("ara4n", "@mscbot fcp merge"), says("passer-by", "@mscbot reviewed"));
  await play.until(canTick(sandbox, "dbkr"));
  await play.do(approves("erikjohnston"), says("richvdh", "@mscbot reviewed"), ticks("dbkr", NUMBER));
  await play.wait(HOUR);
  await play.do(labels("uhoreg", "vote:approve"));
  await play.wait(DAY);
  await play.do(says("anoadragon453", "looks good\n\n@mscbot reviewed"), labels("turt2live", "kind:core"));
  await play.until(() => sandbox.labelsOn(NUMBER).includes("final-comment-period"));
  await play.wait(3 * DAY);
  await play.do(says("richvdh", "@mscbot concern the fallback is missing"));
  await play.until(() => sandbox.labelsOn(NUMBER).includes("unresolved-concerns"));
  await play.wait(4 * DAY);
  await play.do(says("richvdh", "@mscbot resolve C1"));
  await play.end();
}

/** What must be seen at the end, whatever the weather was. */
export const ENDED = {
  labels: ["finished-final-comment-period", "kind:core", "proposal"],
  comments: ["announce 1:concluded", "announce 1:fcp_begun", "announce 1:fcp_blocked", "reply", "status 1"],
  check: "success",
  state: "open",
};

/** The whole story in this weather. `close` it when done. */
export async function played(seed: number, weather: Weather): Promise<Play> {
  const play = new Play(seed);
  await play.open(weather);
  await story(play);
  return play;
}

/** What is seen at the end of each of these seeds in foul weather, and how often the process was killed. */
export async function inFoulWeather(
  from: number,
  count: number,
): Promise<{ readonly ends: readonly object[]; readonly kills: number }> {
  const ends: object[] = [];
  let kills = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const play = await played(seed, FOUL);
    ends.push({ seed, ...play.seen() });
    kills += play.kills;
    await play.close();
  }
  return { ends, kills };
}
