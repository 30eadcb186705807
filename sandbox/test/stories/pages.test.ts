import type { PublicEvent } from "msc-clerk/domain/model/publicView.js";
import { DAY, HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { withWords } from "msc-clerk/domain/views/wordless.js";
import { afterEach, describe, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { pagesAgree, summariesOf } from "../support/pagesAgree.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const get = (path: string) => fetch(`${r.clerk?.pagesAddress}/matrix-org/matrix-spec-proposals/${path}`);
const board = async () => {
  const answer = await get("api/v1/board.json");
  return answer.status === 200 ? await answer.json() : answer.status;
};

async function caveatsShown(): Promise<readonly { readonly why: string; readonly since: string }[]> {
  const { caveats } = (await (await get("api/v1/board.json")).json()) as { caveats: [] };
  return caveats;
}

async function eventsOf(number: number): Promise<readonly PublicEvent[]> {
  const kept = await r.store.views.eventsOf({ repository: r.sandbox.repository.id, pull: number });
  if (kept.kind === "unavailable") throw new Error(kept.why);
  return kept.kept.map(({ event, words }) => withWords<PublicEvent>({ event: JSON.parse(event), words }));
}
const kindsOf = async (number: number) => (await eventsOf(number)).map(({ what }) => what.kind);

describe("what the pages are made from, over HTTP", () => {
  test("after any event the pages and the labels agree, from the first draft to the merged specification", async () => {
    r = await rehearsal({ pages: true }).start();
    const n = r.propose();
    const acts: readonly (() => unknown)[] = [
      () => r.as("ShadowJonathan").toDraft(n),
      () => r.as("ShadowJonathan").ready(n),
      () => r.as("richvdh").comment(n, "@mscbot fcp merge"),
      () => r.as("erikjohnston").approve(n),
      () => r.as("turt2live").comment(n, "@mscbot concern it leaks"),
      () => r.as("dbkr").comment(n, "@mscbot reviewed"),
      () => r.tick("uhoreg", n),
      () => r.as("anoadragon453").label(n, "vote:approve"),
      () => r.as("ara4n").comment(n, "@mscbot reviewed"),
      () => r.as("turt2live").comment(n, "@mscbot resolve C1"),
    ];
    for (const act of acts) {
      await r.act(act);
      await pagesAgree(r);
    }
    expect(await summariesOf(r)).toMatchObject([
      {
        number: n,
        known: "clerk",
        place: "fcp",
        turn: null,
        motion: { disposition: "merge", mover: "richvdh", end: null },
        teams: [
          { title: "Spec Core Team", yes: 6, needed: 6, size: 8, passed: true, count: "6 of 6 needed, of 8" },
        ],
        fcp: { endsAt: expect.any(Number) },
      },
    ]);
    await r.advance(5 * DAY + HOUR);
    await pagesAgree(r);
    await r.act(() => r.as("richvdh").merge(n));
    await pagesAgree(r);
    await r.act(() => {
      r.as("richvdh").unlabel(n, "spec-pr-missing");
      r.as("richvdh").label(n, "merged");
    });
    await r.advance(HOUR);
    await pagesAgree(r);
    expect(await kindsOf(n)).toEqual([
      "opened",
      "motion",
      "review",
      "vote",
      "concern",
      "vote",
      "vote",
      "vote",
      "vote",
      "resolved",
      "fcp_begun",
      "concluded",
      "merged",
      "spec_missing",
      "spec_merged",
    ]);
  });

  test("a vote that another took the place of is still told, and one that was taken back", async () => {
    r = await rehearsal({ pages: true }).start();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    await r.act(() => r.as("dbkr").requestChanges(n, "The keys are not rotated."));
    await r.act(() => r.as("dbkr").approve(n));
    await r.act(() => r.as("uhoreg").comment(n, "Fine by me.\n\n@mscbot reviewed"));
    await r.act(() => r.as("uhoreg").comment(n, "@mscbot retract"));
    const shown = (await eventsOf(n)).filter(({ by }) => by === "dbkr" || by === "uhoreg");
    expect(shown.map(({ by, what }) => ({ by, ...what }))).toMatchObject([
      { by: "dbkr", kind: "concern", of: "changes_requested" },
      { by: "dbkr", kind: "review", verdict: "changes_requested", text: "The keys are not rotated." },
      { by: "dbkr", kind: "resolved" },
      { by: "dbkr", kind: "review", verdict: "approved" },
      { by: "dbkr", kind: "vote", choice: "yes", via: "review" },
      // Another took its place, so nobody can look up any more what was said with it; that it was said stays.
      { by: "uhoreg", kind: "vote", choice: "yes", via: "command", text: "" },
      { by: "uhoreg", kind: "vote", choice: "retracted" },
    ]);
  });

  test("what somebody takes back of what they wrote with a vote is shown no more; the vote stands", async () => {
    r = await rehearsal({ pages: true }).start();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    let id = 0;
    await r.act(() => {
      id = r.as("uhoreg").comment(n, "My password is hunter2.\n\n@mscbot reviewed").id;
    });
    const words = async () =>
      (await eventsOf(n)).flatMap(({ what }) => (what.kind === "vote" ? what.text : []));
    expect(await words()).toEqual(["My password is hunter2."]);
    await r.act(() => r.as("uhoreg").editComment(id, "@mscbot reviewed"));
    expect(await words()).toEqual([""]);
    await r.act(() => r.as("uhoreg").deleteComment(id));
    expect(await words()).toEqual([""]);
    expect(JSON.stringify(await (await get(`api/v1/proposals/${n}.json`)).json())).not.toContain("hunter2");
  });

  test("what is hidden on GitHub shows nowhere once the proposal is looked at again; vote and concern count, and it comes back", async () => {
    r = await rehearsal({ pages: true }).start();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    const ids: number[] = [];
    await r.act(() => ids.push(r.as("uhoreg").comment(n, "Buy my pills.\n\n@mscbot reviewed").id));
    await r.act(() => ids.push(r.as("dbkr").comment(n, "@mscbot concern your pills are bad").id));
    const everywhere = async () =>
      (
        await Promise.all(
          [
            `${n}/`,
            "",
            "feed.atom",
            "api/v1/board.json",
            "api/v1/events.json",
            `api/v1/proposals/${n}.json`,
          ].map(async (path) => (await get(path)).text()),
        )
      ).join("\n");
    expect(await everywhere()).toMatch(/Buy my pills.*your pills are bad/s);
    await r.act(() => {
      for (const id of ids) r.as("richvdh").minimizeComment(id, "spam");
    });
    await r.act(() => r.as("ara4n").comment(n, "@mscbot reviewed"));
    const hidden = await everywhere();
    expect(hidden).not.toContain("pills");
    expect(hidden).toContain("dbkr raised concern C1: “(hidden on GitHub)”");
    expect(await summariesOf(r)).toMatchObject([
      {
        teams: [{ yes: 3 }],
        concerns: [{ number: 1, by: "dbkr", text: "(hidden on GitHub)", blocks: true }],
      },
    ]);
    await r.act(() => {
      for (const id of ids) r.as("richvdh").minimizeComment(id, null);
    });
    await r.act(() => r.as("clokep").comment(n, "A word."));
    expect(await everywhere()).toMatch(/Buy my pills.*your pills are bad/s);
  });

  test("config.invalid, config.lawful: since when nothing is decided, and why, stands on the pages until it is mended", async () => {
    r = await rehearsal({ pages: true, timing: { resyncEvery: 10 * MINUTE } }).start();
    r.propose();
    await r.settle();
    const text = r.sandbox.fileText(CONFIG) ?? "";
    const caveats = async () => (await caveatsShown()).map(({ why }) => why);
    const push = (config: string) => r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: config }));
    expect(await caveats()).toEqual([]);
    await push(text.replace("75%", "175%"));
    expect(await caveats()).toEqual(["invalid"]);
    const since = (await caveatsShown())[0]?.since;
    expect(await (await get("")).text()).toContain("has had faults since");
    // Whoever starts anew knows it still.
    r.kill();
    await r.advance(HOUR);
    await r.start();
    await r.advance(HOUR);
    expect((await caveatsShown())[0]?.since).toBe(since);
    await push(text.replace("75%", "70%"));
    await r.advance(MINUTE);
    expect(await caveats()).toEqual(["unlawful"]);
    await push(text);
    await r.advance(MINUTE);
    expect(await caveats()).toEqual([]);
  });

  test("config.unreadable: that GitHub cannot be read stands on the pages after half an hour, and goes with it", async () => {
    r = await rehearsal({ pages: true, timing: { resyncEvery: 10 * MINUTE } }).start();
    r.propose();
    await r.settle();
    r.sandbox.faults.byChance = () => ({ kind: "error", status: 502 });
    await r.advance(20 * MINUTE);
    expect(await caveatsShown()).toEqual([]);
    await r.advance(30 * MINUTE);
    expect(await caveatsShown()).toMatchObject([{ why: "unread" }]);
    r.sandbox.faults.byChance = () => null;
    await r.advance(HOUR);
    expect(await caveatsShown()).toEqual([]);
  });

  test("no vote waits for the pages: with a store that takes no view it is counted at once, and the pages follow", async () => {
    r = rehearsal({ pages: true, timing: { resyncEvery: 10 * MINUTE } });
    let full = false;
    const { views } = r.store;
    r.store = {
      ...r.store,
      views: {
        ...views,
        putView: async (...given) =>
          full ? { kind: "unavailable", why: "the disk is full" } : views.putView(...given),
      },
    };
    await r.start();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    full = true;
    const before = r.sandbox.requests.all.length;
    for (const login of ["erikjohnston", "dbkr"]) {
      const from = r.clock.now();
      await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
      expect(r.clock.now() - from).toBeLessThan(MINUTE);
    }
    expect(r.status(n).body).toContain("**3 of 6 needed, of 8**");
    await r.advance(HOUR);
    // Nothing is read again for it, but for the rounds.
    expect(r.sandbox.requests.all.length - before).toBeLessThan(70);
    full = false;
    await r.advance(11 * MINUTE);
    expect((await summariesOf(r))[0]?.teams).toMatchObject([{ yes: 3 }]);
  });

  test("a repository that is made private is not shown any more, whether GitHub's webhook arrives or is lost", async () => {
    for (const lost of [false, true]) {
      r = await rehearsal({ pages: true, timing: { resyncEvery: 10 * MINUTE } }).start();
      r.propose();
      await r.settle();
      expect(await board()).toMatchObject({ proposals: [{ number: 1 }] });
      if (lost) r.sandbox.deliveries.target = null;
      // GitHub's API is down at that very moment: what it has told is enough.
      else r.sandbox.faults.byChance = () => ({ kind: "error", status: 502 });
      await r.act(() => r.sandbox.setPrivate(true));
      await r.advance(lost ? 11 * MINUTE : MINUTE);
      expect(await board()).toBe(404);
      expect((await get("")).status).toBe(404);
      r.sandbox.faults.byChance = () => null;
      await r.act(() => r.sandbox.setPrivate(false));
      await r.advance(11 * MINUTE);
      expect(await board()).toMatchObject({ proposals: [{ number: 1 }] });
      if (!lost) await r.close();
    }
  });

  test("with the store lost everything is shown again from GitHub, closed ones too", async () => {
    r = await rehearsal({ pages: true }).start();
    const open = r.propose();
    const closed = r.propose();
    await r.act(() => r.as("richvdh").comment(open, "@mscbot fcp merge"));
    await r.act(() => r.as("richvdh").comment(closed, "@mscbot fcp close"));
    for (const login of ["erikjohnston", "dbkr", "uhoreg", "anoadragon453", "ara4n"])
      await r.act(() => r.as(login).comment(closed, "@mscbot reviewed"));
    await r.advance(6 * DAY);
    const before = await summariesOf(r);
    expect(before.map(({ place }) => place)).toEqual(["proposed", "rejected"]);
    r.loseStore();
    await r.start();
    await r.advance(HOUR);
    const after = await summariesOf(r);
    expect(after.map(({ number, place }) => ({ number, place }))).toEqual([
      { number: open, place: "proposed" },
      { number: closed, place: "rejected" },
    ]);
    expect(await kindsOf(closed)).toContain("concluded");
  });

  test("act.adoption: what had ended before the clerk came is listed by its labels, and no more is said of it", async () => {
    r = rehearsal({ pages: true, config: null });
    await r.open();
    const merged = r.propose();
    r.as("richvdh").label(merged, "merged");
    r.as("richvdh").merge(merged);
    const rejected = r.propose();
    r.as("richvdh").label(rejected, "rejected");
    r.as("richvdh").close(rejected);
    await r.advance(DAY);
    r.as("ara4n").pushTo(null, { [CONFIG]: matrixConfig() }, { message: "Adopt the clerk" });
    await r.start();
    await r.advance(HOUR);
    expect(await summariesOf(r)).toMatchObject([
      { number: merged, known: "labels", place: "merged", sentence: "", state: "merged", motion: null },
      { number: rejected, known: "labels", place: "rejected", sentence: "", state: "closed" },
    ]);
    await pagesAgree(r);
  });

  test("the roster is shown through time, a version for each config", async () => {
    r = await rehearsal({ pages: true }).start();
    const roster = await (await get("api/v1/roster.json")).json();
    expect(roster).toMatchObject({ versions: [{ lawful: true }] });
    expect(JSON.stringify(roster)).toContain('"domains":["Servers","Cryptography"]');
  });
});
