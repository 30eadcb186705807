import { DAY, HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import type { Store } from "msc-clerk/store/port.js";
import { afterAll, describe, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";
import { chance } from "./badWeek.js";

export type Lost = "nothing" | "the store" | "GitHub's copy" | "both";

/** How it looked after each step, and whether it was held at any time. */
export interface Run {
  readonly steps: readonly {
    readonly labels: readonly string[];
    readonly green: boolean;
    readonly yes: string;
  }[];
  readonly held: boolean;
  readonly kills: number;
}

const FILE = "proposals/1772-spaces.md";
const AUTHOR = "mallory";

/**
 * One proposal from motion to conclusion. At a step that the seed chooses, copies of the record are lost, and on the way the process
 * is killed at random moments between what it wrote to the store and what it writes to GitHub.
 */
export async function lostCopies(seed: number, lost: Lost, killing: boolean): Promise<Run> {
  const random = chance(seed);
  const at = Math.floor(random() * 9);
  const r = rehearsal();
  r.sandbox.addUser(AUTHOR, { id: 50_000_666, level: "write" });
  let kills = 0;
  let next = Number.POSITIVE_INFINITY;
  const armed = () => {
    next = killing && random() < 0.5 ? Math.floor(random() * 6) : Number.POSITIVE_INFINITY;
  };
  /** Ends the process right after the store has taken something: nothing of it has reached GitHub. */
  const deadly = (store: Store): Store => {
    const ended = async <T>(done: T): Promise<T> => {
      next -= 1;
      if (next >= 0) return done;
      next = Number.POSITIVE_INFINITY;
      kills += 1;
      r.kill();
      return new Promise(() => {});
    };
    return {
      register: (of) => store.register(of),
      transitions: (of) => store.transitions(of),
      lawful: (repository) => store.lawful(repository),
      putLawful: (...given) => store.putLawful(...given),
      settle: (of, subject) => store.settle(of, subject),
      intents: (of) => store.intents(of),
      views: store.views,
      notices: store.notices,
      tally: () => store.tally(),
      close: () => store.close(),
      decisionsOf: (of) => store.decisionsOf(of),
      newestDecision: (repository) => store.newestDecision(repository),
      decisions: (repository) => store.decisions(repository),
      linkDecision: (...given) => store.linkDecision(...given),
      proposals: (repository) => store.proposals(repository),
      putProposals: (...given) => store.putProposals(...given),
      unsettle: (...given) => store.unsettle(...given),
      round: (repository) => store.round(repository),
      putRound: (...given) => store.putRound(...given),
      keepRowsOf: (repositories) => store.keepRowsOf(repositories),
      putDecision: async (...given) => ended(await store.putDecision(...given)),
      putRegister: async (...given) => ended(await store.putRegister(...given)),
      intend: async (...given) => ended(await store.intend(...given)),
    };
  };
  r.store = deadly(r.store);
  const alive = async () => {
    for (let again = 0; r.clerk === null && again < 20; again += 1) {
      await r.start();
      await r.advance(MINUTE);
    }
  };
  const act = async (doing: () => unknown) => {
    armed();
    await r.act(doing);
    await alive();
    await r.advance(MINUTE);
    await alive();
  };

  await r.start();
  let n = 0;
  await act(() => {
    ({ number: n } = r
      .as(AUTHOR)
      .openPull({ title: "MSC1772: Spaces", files: { [FILE]: "# Spaces\n" }, labels: ["proposal"] }));
  });
  const yes = (login: string) => () => void r.as(login).comment(n, "@mscbot reviewed");
  const steps: readonly (() => unknown)[] = [
    () => r.as("richvdh").comment(n, "@mscbot fcp merge"),
    yes("erikjohnston"),
    () => r.as("KitsuneRal").comment(n, "@mscbot concern this breaks every client"),
    yes("dbkr"),
    yes("uhoreg"),
    yes("anoadragon453"),
    yes("turt2live"),
    () => r.as("dbkr").comment(n, "@mscbot resolve C1"),
    () => undefined,
  ];
  const runs: Run["steps"][number][] = [];
  let held = false;
  for (const [index, step] of steps.entries()) {
    await act(step);
    if (index === steps.length - 1) await r.advance(6 * DAY);
    await alive();
    if (index === at) {
      if (lost === "the store" || lost === "both") r.loseStore();
      if (lost === "both" || lost === "the store") r.store = deadly(r.store);
      // The push is made in every run, so that the text is the same in all.
      r.as(AUTHOR).pushAll(
        n,
        Array.from({ length: 101 }, (_, at) => ({ [FILE]: `# Spaces ${at}\n` })),
      );
      if (lost === "GitHub's copy" || lost === "both")
        for (const { id } of r.said(n)) r.as(AUTHOR).deleteComment(id);
      await alive();
      await r.advance(2 * MINUTE);
      await alive();
    }
    held ||= r.kinds(n).some((kind) => kind.startsWith("announce rebuilt:"));
    runs.push({
      labels: r.labels(n),
      green: r.check(n)?.conclusion === "success",
      yes:
        r
          .said(n)
          .findLast(({ body }) => body.includes("msc-clerk:status"))
          ?.body.match(/\*\*(\d of 6) needed/)?.[1] ?? "",
    });
  }
  if (held)
    for (const login of ["dbkr", "uhoreg"]) await act(() => r.as(login).comment(n, "@mscbot confirm"));
  for (const login of ["dbkr", "uhoreg"]) await act(() => r.as(login).approve(n));
  await r.advance(6 * DAY);
  await alive();
  await r.advance(HOUR);
  runs.push({ labels: r.labels(n), green: r.check(n)?.conclusion === "success", yes: "" });
  await close(r);
  return { steps: runs, held, kills };
}

const close = (r: Rehearsal): Promise<void> => r.close();

/** The tests of these seeds. */
export function copiesLost(seeds: readonly number[]): void {
  let killed = 0;

  describe.each(seeds)("copies of the record lost, seed %i", (seed) => {
    // Not before a test asks: runs side by side take each other's tokens, as Octokit shares one that is being made by its installation's number.
    let made: Promise<Run> | null = null;
    const whole = () => {
      made ??= lostCopies(seed, "nothing", false);
      return made;
    };

    test.each<Lost>(["nothing", "the store", "GitHub's copy"])(
      "memory.kept: with %s lost and the process killed between store and GitHub, all is as without, and nothing is held",
      async (lost) => {
        const run = await lostCopies(seed, lost, true);
        killed += run.kills;
        expect(run.held).toBe(false);
        expect(run.steps).toEqual((await whole()).steps);
      },
      60_000,
    );

    test("memory.lost: with both lost it is held, and never green where a run without loss was not", async () => {
      const run = await lostCopies(seed, "both", true);
      killed += run.kills;
      expect(run.held).toBe(true);
      const reference = (await whole()).steps;
      for (const [step, { green }] of run.steps.entries())
        if (green) expect(reference[step]?.green).toBe(true);
      expect(run.steps.at(-1)).toEqual(reference.at(-1));
    }, 60_000);
  });

  // Where nothing was killed, nothing was shown.
  afterAll(() => expect(killed).toBeGreaterThan(seeds.length));
}
