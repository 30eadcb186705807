import { describe, expect, test } from "vitest";
import { waitsFor, waitsIn } from "../../src/pages/waits.js";
import { answered, pageOf, seen } from "./pagesOf.js";
import {
  BODY,
  coreLine,
  daysAgo,
  guardiansLine,
  motionOf,
  REPOSITORY,
  sourceOf,
  summaryOf,
} from "./world.js";

describe("what waits for one member", () => {
  test("is listed with the longest first, whatever it is", async () => {
    const words = await seen("members/erikjohnston/");
    expect(words).toMatch(
      /31 days No vote on the motion to merge, for the Spec Core Team: MSC2676.* 6 days Own concern C1 is open.*MSC4140.* 4 days No vote/,
    );
    expect(words).toContain("Spec Core Team. 3 things wait for them, the longest for 31 days.");
  });

  test("leads to them on the GitHub that the repository is on, and on no other", async () => {
    const url = "https://github.acme.example/matrix-org/matrix-spec-proposals";
    const elsewhere = sourceOf({ summaries: BODY, repositories: [{ ...REPOSITORY, url }] });
    expect(await pageOf("members/erikjohnston/", "", elsewhere)).toContain(
      'href="https://github.acme.example/erikjohnston"',
    );
    expect(await pageOf("members/erikjohnston/")).toContain('href="https://github.com/erikjohnston"');
  });

  test("is their turn as author, with what is not in place", async () => {
    expect(await seen("members/toger5/")).toContain(
      "9 days The author’s turn (waits for 1 implementation to be linked): MSC4140: Cancellable delayed events",
    );
  });

  test("is the merge of what they moved", async () => {
    expect(await seen("members/richvdh/")).toContain("3 days Decided, and theirs to merge: MSC3981");
  });

  test("is a vote in each team they sit in", () => {
    const two = summaryOf({
      ...{ number: 5, place: "proposed", motion: motionOf(5) },
      teams: [coreLine(["ara4n"]), guardiansLine(["ara4n"])],
    });
    const kinds = waitsFor("ARA4N", [two]).map(({ what }) => what.kind);
    // The Spec Core Team has enough without them, the Guardians do not.
    expect(kinds).toEqual(["vote", "may_vote"]);
  });

  test("is a vote on an amendment, which needs no motion", async () => {
    const amendment = {
      amendment: true,
      motion: null,
      teams: [coreLine(["dbkr"].concat("ara4n", "uhoreg"))],
    };
    const open = summaryOf({ ...amendment, number: 5, since: daysAgo(8) });
    const merged = summaryOf({ ...amendment, number: 6, state: "merged" });
    expect(waitsFor("dbkr", [open, merged]).map(({ since, what }) => [since, what.kind])).toEqual([
      [daysAgo(8), "vote"],
    ]);
    const words = await seen("members/dbkr/", "", sourceOf({ summaries: [open] }));
    expect(words).toContain("8 days No vote, for the Spec Core Team: MSC5");
  });

  test("is nothing of what is closed, or of a motion that has ended", () => {
    const teams = [coreLine(["dbkr"])];
    const over = summaryOf({ number: 5, teams, motion: motionOf(5, { end: "cancelled" }) });
    const closed = summaryOf({ number: 6, teams, motion: motionOf(6), state: "closed", turn: "author" });
    expect([...waitsIn(over), ...waitsIn(closed)]).toEqual([]);
  });

  test("can be nothing", async () => {
    expect(await seen("members/ara4n/", "", sourceOf({ summaries: [] }))).toContain(
      "Nothing waits for them.",
    );
  });

  test("is found whatever the case of the login, and has one address", async () => {
    expect(await pageOf("members/DBKR/")).toBe(await pageOf("members/dbkr/"));
    expect(await pageOf("members/")).toContain('href="../members/kitsuneral/">KitsuneRal</a>');
  });

  test.each(["nobody-here", "constructor", "__proto__", "%00", "..%2F..%2Fetc", "%E0%A4%A", "a".repeat(500)])(
    "of somebody nobody knows here is a page that says so: %s",
    async (login) => {
      const answer = await answered(
        sourceOf({ summaries: BODY }),
        `/matrix-org/matrix-spec-proposals/members/${login}/`,
      );
      expect(answer.status).toBe(404);
      expect(answer.body).toContain("There is nothing here.");
    },
  );
});

describe("the list of members", () => {
  test("has each team with who has been waited for longest first, then everybody else who is waited for", async () => {
    const words = await seen("members/");
    expect(words).toMatch(/Spec Core Team 8 .*erikjohnston 2 1 31 days dbkr 3 0 31 days/);
    expect(words).toMatch(/Guardians 2 .*AmandineLP 1 0 12 days ara4n/);
    expect(words).toMatch(/On no team 2 .*tulir 0 1 15 days toger5 0 1 9 days/);
  });

  test("without a roster has everybody who is waited for", async () => {
    const words = await seen("members/", "", sourceOf({ summaries: BODY, roster: null }));
    expect(words).toMatch(/Waited for 11 .*KitsuneRal 3 0 31 days/);
  });

  test("without anybody says so", async () => {
    expect(await seen("members/", "", sourceOf({ roster: null }))).toContain("Nobody is known yet.");
  });

  test("names somebody of whom nothing is waited for, too", async () => {
    const summaries = [summaryOf({ number: 1, since: daysAgo(1), turn: null })];
    expect(await seen("members/", "", sourceOf({ summaries }))).toContain("dbkr 0 0 –");
  });
});
