import { HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import type { Store } from "msc-clerk/store/port.js";
import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, type RehearsalOptions, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

async function begun(options: RehearsalOptions = {}): Promise<Rehearsal> {
  r = rehearsal({ pages: true, timing: { resyncEvery: 10 * MINUTE }, ...options });
  return r.start();
}

const webhooksPort = () => new URL(r.sandbox.deliveries.target?.url ?? "").origin;
const get = (path: string, base = r.clerk?.pagesAddress ?? "", method = "GET") =>
  fetch(`${base}${path}`, { method });

/** The values of a metric, by its labels. */
async function metric(name: string): Promise<Readonly<Record<string, number>>> {
  const lines = (await (await get("/metrics")).text()).split("\n");
  const found = lines.flatMap((line) => {
    const [, labels = "", value] = new RegExp(`^msc_clerk_${name}(?:{(.*)})? (\\S+)$`).exec(line) ?? [];
    return value === undefined ? [] : [[labels.replaceAll('"', ""), Number(value)] as const];
  });
  return Object.fromEntries(found);
}

describe("/readyz", () => {
  test("says what is missing until GitHub has answered and the first round is done, on both ports, to HEAD as well", async () => {
    r = rehearsal({ pages: true });
    await r.open();
    r.sandbox.faults.byChance = () => ({ kind: "error", status: 503 });
    await r.start();
    for (const base of [webhooksPort(), r.clerk?.pagesAddress ?? ""]) {
      const answer = await get("/readyz", base);
      expect(answer.status).toBe(503);
      expect(await answer.json()).toEqual({
        ready: false,
        missing: [
          "GitHub has not answered yet: the log says why, and it is asked again.",
          "The first round, which looks at every open proposal, is not done yet.",
        ],
      });
      expect((await get("/readyz", base, "HEAD")).status).toBe(503);
      expect((await get("/healthz", base)).status).toBe(200);
    }
    r.sandbox.faults.byChance = () => null;
    await r.advance(10 * MINUTE);
    expect(await (await get("/readyz")).json()).toEqual({ ready: true });
    expect((await get("/readyz", webhooksPort(), "HEAD")).status).toBe(200);
  });

  test("says no again while the store can be read and not written, and yes once it can", async () => {
    r = rehearsal({ pages: true });
    let full = false;
    const { store } = r;
    const intend: Store["intend"] = (of, intent) =>
      full ? Promise.resolve({ kind: "unavailable", why: "The disk is full." }) : store.intend(of, intent);
    r.store = { ...store, intend };
    await r.start();
    expect((await get("/readyz")).status).toBe(200);
    full = true;
    await r.clock.advance(10 * SECOND);
    const answer = await get("/readyz");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      ready: false,
      missing: ["The store cannot be read or written, so nothing is acted on: The disk is full."],
    });
    expect((await get("/healthz")).status).toBe(200);
    full = false;
    await r.clock.advance(10 * SECOND);
    expect((await get("/readyz")).status).toBe(200);
    // What proves it leaves nothing behind.
    expect(await store.intents({ repository: 0, pull: 0 })).toEqual({ kind: "stored", kept: [] });
  });
});

describe("/metrics", () => {
  test("tell of a vote, of what it cost, and of nothing that a stranger could make many of", async () => {
    await begun();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    const before = await metric("actions_total");
    await r.act(() => r.as("erikjohnston").comment(n, "@mscbot reviewed"));
    const after = await metric("actions_total");
    const grown = (labels: string) => (after[labels] ?? 0) - (before[labels] ?? 0);
    expect(grown("kind=update_comment,outcome=done")).toBe(1);
    expect(grown("kind=react,outcome=done")).toBe(1);
    expect((await metric("evaluations_total"))["reason=awaiting_votes"]).toBeGreaterThan(0);
    expect((await metric("transitions_total"))[""]).toBeGreaterThan(0);
    expect((await metric("deliveries_total"))["status=200"]).toBeGreaterThan(3);
    expect((await metric("reconciles_total"))["outcome=done"]).toBeGreaterThan(0);
    expect(await metric("repairs_total")).toEqual({
      "round=start": 0,
      "round=changes": 0,
      "round=night": 0,
      "round=asked": 0,
    });
    expect(await metric("queue_waiting")).toEqual({ "": 0 });
    expect(await metric("clock_skew_seconds")).toEqual({ "": 0 });
    expect(await metric("store_errors_total")).toEqual({ "": 0 });
    const hours = await metric("api_remaining");
    expect(Object.keys(hours).sort()).toEqual([
      expect.stringMatching(/^installation=\d+,api=graphql$/),
      expect.stringMatching(/^installation=\d+,api=rest$/),
      expect.stringMatching(/^installation=app,api=rest$/),
    ]);
    const text = await (await get("/metrics")).text();
    expect(text).toMatch(/^process_cpu_seconds_total \d/m);
    for (const word of ["matrix", "richvdh", "erikjohnston", `#${n}`]) expect(text).not.toContain(word);
  });

  test("are not on the webhooks' port", async () => {
    await begun();
    expect((await get("/metrics", webhooksPort())).status).toBe(404);
  });

  test("count one repair where a round finds a vote whose webhook was lost, and none where it came", async () => {
    await begun();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    r.sandbox.faults.lose = ({ event }) => event === "issue_comment";
    await r.act(() => r.as("erikjohnston").comment(n, "@mscbot reviewed"));
    r.sandbox.faults.lose = () => false;
    expect((await metric("repairs_total"))["round=changes"]).toBe(0);
    await r.advance(10 * MINUTE);
    expect(r.status(n).body).toMatch(/- \[x\] @erikjohnston/);
    expect((await metric("repairs_total"))["round=changes"]).toBe(1);
    await r.act(() => r.as("dbkr").comment(n, "@mscbot reviewed"));
    await r.advance(20 * MINUTE);
    expect((await metric("repairs_total"))["round=changes"]).toBe(1);
  });

  test("tell of decisions, and of what is held", async () => {
    await begun({ timing: { resyncEvery: 24 * HOUR } });
    const n = r.propose();
    await r.act(
      () => r.as("richvdh").comment(n, "@mscbot fcp merge"),
      () => r.as("ShadowJonathan").toDraft(n),
    );
    expect(await metric("held_proposals")).toEqual({ "reason=draft": 1 });
    await r.act(() => r.as("ShadowJonathan").ready(n));
    expect(await metric("held_proposals")).toEqual({});
    for (const login of ["erikjohnston", "dbkr", "uhoreg", "anoadragon453", "turt2live"])
      await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    await r.advance(5 * 24 * HOUR);
    await r.settle(HOUR);
    expect(await metric("decisions_total")).toEqual({ "outcome=merge": 1 });
  });
});

describe("the log", () => {
  const lines = () => r.logged.map((line) => JSON.parse(line) as Record<string, unknown>);

  test("names the webhook and the proposal in every line from its arrival to what was written, and no word of what it says", async () => {
    await begun({ logLevel: "debug" });
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    const from = r.logged.length;
    await r.act(() => r.as("erikjohnston").comment(n, "@mscbot reviewed\n\nWith words of my own."));
    const delivery = r.sandbox.deliveries.log.findLast(
      ({ event, action }) => event === "issue_comment" && action === "created",
    )?.id;
    const proposal = `matrix-org/matrix-spec-proposals#${n}`;
    const led = lines()
      .slice(from)
      .filter((line) => line.delivery === delivery);
    const said = led.map(({ msg }) => String(msg));
    expect(said[0]).toBe("A webhook was heard.");
    expect(said[1]).toBe("The webhook asks for something.");
    expect(said.some((one) => one.startsWith("proposed: "))).toBe(true);
    expect(said.some((one) => /^comment \d+: status comment .* edited/.test(one))).toBe(true);
    for (const line of led.slice(1)) expect(line.proposal).toBe(proposal);
    // Of the proposal nothing was done that does not say by what it was caused.
    const unled = lines()
      .slice(from)
      .filter((line) => line.proposal === proposal && line.delivery === undefined);
    expect(unled).toEqual([]);
    const { privateKey, webhookSecret, recordKeys } = r.secrets;
    const all = r.logged.join();
    for (const word of [
      "words of my own",
      webhookSecret,
      recordKeys,
      privateKey.split("\n")[1] ?? "?",
      "ghs_",
      "sha256=",
    ])
      expect(all).not.toContain(word);
  });

  test("names up to five webhooks of a burst, and how many there were", async () => {
    await begun({ logLevel: "debug" });
    const n = r.propose();
    await r.settle();
    const from = r.logged.length;
    await r.act(() => {
      for (const login of ["dbkr", "uhoreg", "richvdh", "turt2live", "ara4n", "KitsuneRal", "clokep"])
        r.as(login).comment(n, "Some words.");
    });
    const [reconciled] = lines()
      .slice(from)
      .filter(({ msg }) => String(msg).startsWith("in_review: "));
    expect(String(reconciled?.delivery).split(" ")).toHaveLength(5);
    expect(reconciled?.deliveries).toBe(7);
  });

  test("names the round where nothing else led to it", async () => {
    await begun({ logLevel: "debug" });
    const n = r.propose();
    await r.settle();
    r.sandbox.faults.lose = () => true;
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    r.sandbox.faults.lose = () => false;
    const from = r.logged.length;
    await r.advance(10 * MINUTE);
    const made = lines()
      .slice(from)
      .find(({ msg }) => /^comment: status comment .* new/.test(String(msg)));
    expect(made).toMatchObject({ round: "changes", proposal: expect.stringContaining(`#${n}`) });
    expect(made).not.toHaveProperty("delivery");
  });

  test("says of a dry run that it is one, and then what it would write", async () => {
    await begun({ logLevel: "info", dryRun: true });
    const n = r.propose();
    await r.settle();
    expect(lines().find(({ msg }) => /^A dry run, by DRY_RUN: /.test(String(msg)))?.level).toBe(40);
    expect(
      lines().some(({ proposal, msg }) => String(proposal).endsWith(`#${n}`) && /check/.test(String(msg))),
    ).toBe(true);
    expect(r.sandbox.checkOn(n)).toBeNull();
  });

  test("says at the start what it serves", async () => {
    await begun({ logLevel: "info" });
    const told = lines();
    expect(told.find(({ msg }) => msg === "msc-clerk starts.")).toMatchObject({
      version: expect.any(String),
      gitHub: r.sandbox.url,
    });
    expect(told.some(({ msg }) => /dry run/.test(String(msg)))).toBe(false);
    expect(told.some(({ msg }) => msg === `Listening on ${webhooksPort()}`)).toBe(true);
    expect(
      told.some(
        ({ msg }) =>
          msg === `The pages are on ${r.clerk?.pagesAddress}, metrics on ${r.clerk?.pagesAddress}/metrics`,
      ),
    ).toBe(true);
    expect(told.find(({ msg }) => msg === "GitHub knows the App.")).toMatchObject({
      login: "msc-clerk[bot]",
    });
    expect(told.find(({ msg }) => msg === "The first round is done.")).toMatchObject({
      installations: 1,
      repositories: 1,
      withConfig: 1,
    });
  });
});

describe("WEBHOOK_SECRET with two secrets", () => {
  test("takes what GitHub still signs by the older one, and counts it", async () => {
    await begun({ webhookSecrets: (gitHubs) => `one that GitHub does not know yet,${gitHubs}` });
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    expect(r.kinds(n)).toContain("status 1");
    expect((await metric("deliveries_by_older_secret_total"))[""]).toBeGreaterThan(0);
    expect(Object.keys(await metric("deliveries_total"))).toEqual(["status=200"]);
  });
});
