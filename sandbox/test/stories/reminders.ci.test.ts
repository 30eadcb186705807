import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 0 });

let r: Rehearsal;
afterEach(() => r.close());

const reminders = (n: number) =>
  r.said(n).filter(({ body }) => /^<!-- msc-clerk:announce \d+:remind-/.test(body));
const mentioned = (body: string) =>
  [...(body.split("\n")[1] ?? "").matchAll(/@([\w-]+)(?=[,:]| and )/g)].map(([, login]) => login);
const digests = () => r.reports().filter(({ title }) => title === "What waits for whom");

test("remind.digest, remind.vote, remind.merge: five weeks, with a restart and a lost store in between", async () => {
  // Begins on Monday, 2 March 2026, at nine.
  r = await rehearsal({
    config: `${matrixConfig()}reminders: { digest: weekly, mention_after: 14 days }\n`,
    timing: { resyncEvery: DAY },
  }).start();
  const waits = r.propose();
  const accepted = r.propose("MSC1800: Polls", { "proposals/1800-polls.md": "# Polls\n" });
  const quiet = r.propose("MSC1900: Stickers", { "proposals/1900-stickers.md": "# Stickers\n" });
  await r.act(
    () => r.as("richvdh").comment(waits, "@mscbot fcp merge"),
    () => r.as("dbkr").comment(waits, "@mscbot concern rooms are not spaces"),
    () => r.as("uhoreg").comment(accepted, "@mscbot fcp merge"),
    () => r.as("uhoreg").comment(quiet, "I wonder."),
    ...["ara4n", "erikjohnston", "dbkr", "richvdh", "turt2live"].map(
      (login) => () => r.as(login).comment(accepted, "@mscbot reviewed"),
    ),
  );
  const bodies = new Map<string, number>();
  const see = () => {
    expect(digests()).toHaveLength(1);
    const body = digests()[0]?.body ?? "";
    if (!bodies.has(body)) bodies.set(body, r.clock.now());
  };
  await r.advance(2 * HOUR);
  see();
  for (let day = 0; day < 35; day += 1) {
    if (day === 10) {
      await r.clerk?.stop();
      await r.start();
    }
    if (day === 16) {
      r.loseStore();
      await r.start();
    }
    await r.advance(DAY);
    see();
    if (day === 8) await r.act(() => r.as("ara4n").comment(waits, "@mscbot reviewed"));
    // It is down over a Monday, and makes up for it once.
    if (day === 26) {
      await r.clerk?.stop();
      await r.clock.advance(2 * DAY);
      await r.start();
      await r.advance(HOUR);
      see();
    }
  }
  // Seen at eleven each day; on the 30th it was down.
  expect([...bodies.values()].map((at) => new Date(at).toISOString().slice(5, 10))).toEqual([
    "03-02",
    "03-09",
    "03-16",
    "03-23",
    "03-31",
    "04-06",
  ]);
  const last = [...bodies.keys()].at(-1) ?? "";
  expect(last.replace(/\(http[^)]*\)/g, "()")).toMatchInlineSnapshot(`
    "<!-- msc-clerk:duty digest -->
    <!-- due 2026-04-06 -->
    As of 6 April 2026, 08:00 UTC. This issue is brought up to date on Mondays; it mentions nobody.

    ### Motions

    - [1]() “MSC1772: Matrix spaces”: to **merge**, for 34 days. The Spec Core Team lacks 4 votes; nothing yet by erikjohnston, dbkr, uhoreg, anoadragon453, turt2live and KitsuneRal. Open: concern C1 by dbkr.

    ### Accepted, not merged

    - [2]() “MSC1800: Polls”: for 29 days, moved by uhoreg.

    ### Stalled: the team’s turn

    - [3]() “MSC1900: Stickers”: quiet for 34 days. Nobody has proposed a decision yet."
  `);
  expect(last).not.toContain("@");
  const missing = ["erikjohnston", "uhoreg", "anoadragon453", "turt2live", "KitsuneRal"];
  expect(reminders(waits).map(({ body }) => mentioned(body))).toEqual([missing, missing]);
  expect(reminders(accepted).map(({ body }) => mentioned(body))).toEqual([["uhoreg"], ["uhoreg"]]);
  expect(reminders(quiet)).toEqual([]);
  for (const n of [waits, accepted]) {
    const [first, second] = reminders(n).map(({ createdAt }) => createdAt);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(14 * DAY);
  }
  const words = (body = "") => body.split("\n").slice(1, -2).join("\n");
  expect(words(reminders(waits)[0]?.body)).toMatchInlineSnapshot(`
    "@erikjohnston, @uhoreg, @anoadragon453, @turt2live and @KitsuneRal: the motion to **merge** this has waited for your vote since 2 March 2026.

    Tick your box in the status comment, or say \`@mscbot reviewed\` or \`@mscbot abstain\`. If something stands in the way, say \`@mscbot concern TEXT\`.

    The next reminder comes in 14 days at the earliest; there are 2 more at most."
  `);
  expect(words(reminders(accepted)[0]?.body)).toMatchInlineSnapshot(`
    "@uhoreg: this proposal has been accepted since 7 March 2026, and is not merged yet. Please merge it, or say here what it waits for.

    The next reminder comes in 14 days at the earliest; there are 2 more at most."
  `);
  expect(r.logged).toEqual([]);
});

test("remind.digest: it holds nothing: with a store lost before anything was decided, a motion goes on as without it", async () => {
  r = await rehearsal({ config: `${matrixConfig()}reminders: { digest: weekly }\n` }).start();
  await r.advance(2 * HOUR);
  expect(digests()).toHaveLength(1);
  r.loseStore();
  await r.start();
  const n = r.propose();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(
    ...["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"].map(
      (login) => () => r.as(login).comment(n, "@mscbot reviewed"),
    ),
  );
  expect(r.labels(n)).toContain("final-comment-period");
  await r.advance(DAY);
  expect(digests()).toHaveLength(1);
  expect(r.logged).toEqual([]);
});
