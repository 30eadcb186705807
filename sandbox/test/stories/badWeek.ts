import { DAY, HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { TIMED_OUT, TOO_DEAR } from "../../src/faults.js";
import { Rehearsal } from "../support/rehearsal.js";

/** A small generator of chance with a seed (mulberry32): the same seed is the same bad week. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Rarer than in production, so that a week takes a second; what no webhook told is found by it all the same. */
const RESYNC = 8 * HOUR;

export interface End {
  readonly labels: readonly string[];
  readonly comments: readonly string[];
  readonly check: string | null;
  readonly kills: number;
}

/**
 * The main story in a bad week: every second webhook lost, every third doubled, all in random order, reads lagging three seconds,
 * the process killed at random points and started again. In the `worst` also: tokens that do nothing in their first seconds or are void before their hour, queries that are too dear or take too long, the conversation
 * locked while members vote, GitHub failing now and then, and the process killed at random points and started again.
 * `look`: called whenever there has been a calm.
 */
export async function badWeek(
  seed: number,
  look: (r: Rehearsal) => Promise<void> = async () => {},
  worst = false,
): Promise<End> {
  const random = chance(seed);
  const r = new Rehearsal(undefined, { timing: { resyncEvery: RESYNC } });
  const { faults } = r.sandbox;
  await r.open();
  let kills = 0;
  let killAfter = Number.POSITIVE_INFINITY;
  let asked = 0;
  faults.lagSeconds = 3;
  if (worst) r.sandbox.tokenLagSeconds = 3;
  faults.holdWebhooks = true;
  faults.lose = ({ sequence }) => sequence % 2 === 0;
  faults.double = ({ sequence }) => sequence % 3 === 0;
  faults.byChance = (request) => {
    asked += 1;
    if (asked >= killAfter) {
      killAfter = Number.POSITIVE_INFINITY;
      kills += 1;
      r.kill();
      return null;
    }
    if (request.kind === "token") return null;
    const draw = random();
    if (draw < 0.01) return { kind: "error", status: 502, carriedOut: random() < 0.5 };
    if (draw < 0.015) return { kind: "cut", carriedOut: random() < 0.5 };
    if (draw < 0.018) return { kind: "secondary", retryAfter: 5 };
    if (worst && draw < 0.03) return draw < 0.024 ? TOO_DEAR : TIMED_OUT;
    return null;
  };

  /** Of every third seed each start has an empty store: GitHub's copy alone has to be enough (memory.kept). */
  const restart = async () => {
    if (seed % 3 === 0) r.loseStore();
    await r.start();
  };
  /** Some of the week passes: webhooks come or do not, and the clerk lives or dies. */
  const live = async (ms: number) => {
    const until = r.clock.now() + ms;
    while (r.clock.now() < until) {
      if (r.clerk === null) await restart();
      if (random() < 0.6) {
        asked = 0;
        killAfter = 1 + Math.floor(random() * 12);
      }
      if (worst && random() < 0.1) r.sandbox.revokeTokens();
      await r.sandbox.deliverHeld(random);
      const rest = until - r.clock.now();
      await r.advance(
        Math.min(rest, rest > HOUR ? 10 * HOUR + random() * DAY : MINUTE + random() * 10 * MINUTE),
      );
    }
  };
  /** Long enough for the resync to find what no webhook told. */
  const calm = async () => {
    killAfter = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round += 1) {
      if (r.clerk === null) await restart();
      await r.sandbox.deliverHeld(random);
      await r.advance(round === 1 ? RESYNC + MINUTE : MINUTE);
    }
    await look(r);
  };
  const people = async (...doings: readonly (() => unknown)[]) => {
    for (const doing of doings) {
      await r.clock.advance(SECOND * (1 + Math.floor(random() * 4)));
      doing();
      if (random() < 0.5) await live(SECOND * Math.floor(random() * 40));
    }
  };

  const n = r.propose();
  await live(10 * MINUTE);
  await people(
    () => r.as("passer-by").comment(n, "@mscbot fcp merge"),
    () => r.as("richvdh").comment(n, "@mscbot fcp merge"),
    () => r.as("erikjohnston").comment(n, "@mscbot reviewed"),
    () => r.as("dbkr").comment(n, "@mscbot reviewed"),
  );
  await calm();
  if (worst) r.as("ara4n").lock(n);
  await people(
    () => r.as("uhoreg").approve(n),
    () => r.tick("anoadragon453", n),
    () => r.as("KitsuneRal").label(n, "client-server"),
    () => r.as("ara4n").label(n, "vote:approve"),
  );
  await live(20 * MINUTE);
  if (worst) r.as("ara4n").unlock(n);
  await calm();
  await live(3 * DAY);
  await people(() => r.as("turt2live").comment(n, "@mscbot concern summaries leak private rooms"));
  await calm();
  await live(3 * DAY);
  await calm();
  await people(() => r.as("turt2live").comment(n, "@mscbot resolve C1"));
  await live(20 * MINUTE);
  await calm();

  const run = r.check(n);
  const end: End = {
    labels: r.labels(n),
    comments: [...r.kinds(n)]
      .sort()
      .map((kind) => kind.replace(/^reply .*/, "reply").replace(/^status 1:ended/, "status 1")),
    check: run?.conclusion ?? run?.status ?? null,
    kills,
  };
  await r.close();
  return end;
}

export const EXPECTED: Omit<End, "kills"> = {
  labels: ["client-server", "finished-final-comment-period", "proposal"],
  comments: ["announce 1:concluded", "announce 1:fcp_begun", "announce 1:fcp_blocked", "reply", "status 1"],
  check: "success",
};
