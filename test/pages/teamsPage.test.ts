import { describe, expect, test } from "vitest";
import type { RosterHistory } from "../../src/domain/model/publicView.js";
import { coverageAt, endOfDay, inForceAt, rosterChanges } from "../../src/pages/rosters.js";
import { teamsOnRoute, teamsRoute } from "../../src/pages/teamsPage.js";
import { answerOf, foreignIn, pageOf, pathsOf, wordsOf } from "./asked.js";
import { at, NOW, ROSTER } from "./detailed.js";
import { HOSTILE_TEXTS, hostileRoster } from "./world.js";

const facts = { roster: ROSTER };
const today = async () => wordsOf(await pageOf(teamsRoute, "teams/", facts, NOW));
const on = (day: string) => ({ query: new URLSearchParams({ on: day }) });

describe("the page of the teams", () => {
  test("tells who is on each team now, since when, who leads and who is away", async () => {
    const words = await today();
    expect(words).toContain(
      "In force since 3 March 2026, 10:00 UTC, by pull request #1801, merged by uhoreg.",
    );
    expect(words).toContain("Spec Core Team 5 members, at least 5 asked for.");
    expect(words).toContain("uhoreg lead since 29 October 2018 Cryptography");
    expect(words).toContain("kegsay away until 20 March 2026");
  });

  test("warns of a team that has fewer members than it must", async () => {
    expect(await today()).toContain(
      "Guardians 2 members, at least 3 asked for: no Final Comment Period can begin.",
    );
  });

  test("tells which domains are covered by whom, and which lost their last member when", async () => {
    const words = await today();
    expect(words).toContain("Clients dbkr, turt2live");
    expect(words).toContain("Servers: not covered since 3 March 2026, last held by richvdh");
    expect(words).toContain("Federation: not covered since 3 March 2026, last held by richvdh, erikjohnston");
  });

  test("tells what each kind of decision takes", async () => {
    expect(await today()).toContain(
      "What a decision takes proposal 75% of the Spec Core Team Final Comment Period: 5 days",
    );
  });

  test("tells of each version who joined, left and changed, by which change, and warns where nobody decided it", async () => {
    const words = await today();
    expect(words).toContain(
      "3 March 2026 by pull request #1801, merged by uhoreg Spec Core Team: richvdh left; erikjohnston gives up Federation Guardians new team: nico, amandine joined What decisions take was changed.",
    );
    expect(words).toContain(
      "2 November 2025 pushed directly by dbkr not by a decision Spec Core Team: turt2live joined; clokep left",
    );
    expect(words).toContain("2 November 2025 pushed directly by dbkr not valid Nobody could vote by it.");
    expect(words).toContain("6 January 2025 pushed directly by ara4n The first version.");
  });

  test("shows the roster as of the end of any day that is asked for", async () => {
    const answer = await answerOf(teamsRoute, "teams/", facts, NOW, on("2025-08-11"));
    expect(answer).toMatchObject({ status: 303, location: "2025-08-11/" });
    const words = wordsOf(await pageOf(teamsOnRoute, "teams/2025-08-11/", facts, NOW));
    expect(words).toContain("Teams as of 11 August 2025");
    expect(words).toContain("kegsay");
    expect(words).not.toContain("2 members, at least 3");
    const before = wordsOf(await pageOf(teamsOnRoute, "teams/2025-08-10/", facts, NOW));
    expect(before.slice(0, before.indexOf("History"))).not.toContain("kegsay");
  });

  test("before the first version says that there was none, and on a bad one that nobody could vote", async () => {
    expect(wordsOf(await pageOf(teamsOnRoute, "teams/2024-01-01/", facts, NOW))).toContain(
      "There was no roster then: the first came on 6 January 2025.",
    );
    const broken = { roster: { versions: ROSTER.versions.slice(0, 3) } };
    expect(wordsOf(await pageOf(teamsRoute, "teams/", broken, NOW))).toContain(
      "This version was not valid: nobody could vote by it.",
    );
  });

  test.each(["2026-02-30", "yesterday", "", "2026-3-1", "9999-99-99", "<script>"])(
    "the day %j is none, and a sentence says so",
    async (day) => {
      const words = wordsOf(await pageOf(teamsRoute, "teams/", facts, NOW, on(day)));
      expect(words).toContain("That is no day: write it as 2026-03-01. Shown is today.");
    },
  );

  test("a day that has not come yet has no roster; today has", async () => {
    expect(wordsOf(await pageOf(teamsRoute, "teams/", facts, NOW, on("2026-03-10")))).toContain(
      "That day has not come yet.",
    );
    expect(await answerOf(teamsOnRoute, "teams/2026-03-10/", facts, NOW)).toBe(null);
    expect(await answerOf(teamsRoute, "teams/", facts, NOW, on("2026-03-09"))).toMatchObject({ status: 303 });
  });

  test("as files there is a page for each day on which a version came, and no form", async () => {
    expect(await pathsOf(teamsOnRoute, facts)).toEqual([
      "teams/2025-01-06/",
      "teams/2025-08-11/",
      "teams/2025-11-02/",
      "teams/2026-03-03/",
    ]);
    expect(await pageOf(teamsRoute, "teams/", facts, NOW, { live: false })).not.toContain("<form");
    expect(await pageOf(teamsRoute, "teams/", facts, NOW)).toContain('<form class="day" method="get"');
  });

  test("a roster that is not read yet is told so", async () => {
    expect(wordsOf(await pageOf(teamsRoute, "teams/", { roster: null }, NOW))).toContain(
      "The history of the roster is not read yet.",
    );
  });

  test.each([...HOSTILE_TEXTS.entries()])(
    "texts of the config are text: the hostile text %i",
    async (_, text) => {
      expect(
        foreignIn(
          await pageOf(teamsRoute, "teams/", { roster: hostileRoster(text) }, at("2026-12-10T10:00:00Z")),
        ),
      ).toEqual([]);
    },
  );
});

test("the last version that had come by a moment is in force, at its very moment too", () => {
  const [first, second] = ROSTER.versions;
  expect(inForceAt(ROSTER, (first?.at ?? 0) - 1)).toBe(null);
  expect(inForceAt(ROSTER, second?.at ?? 0)).toBe(second);
});

test("a day ends a thousandth before the next, and only days that are in the calendar are any", () => {
  expect(endOfDay("2024-02-29")).toBe(at("2024-03-01T00:00:00Z") - 1);
  expect(endOfDay("2025-02-29")).toBe(null);
});

const version = (
  when: string,
  members: readonly { login: string; id: number; domains?: string[] }[],
): RosterHistory["versions"][number] => ({
  ...{ commit: "f".repeat(40), at: at(when), pull: 1, by: null, valid: true, lawful: true, decisions: [] },
  teams: [
    {
      ...{ team: "core", title: "Core", minimum: 0 },
      members: members.map((member) => ({ lead: false, since: null, domains: [], away: null, ...member })),
    },
  ],
});

test("an account that has taken another name has neither joined nor left", () => {
  const history = {
    versions: [
      version("2026-01-01T00:00:00Z", [{ login: "old", id: 5 }]),
      version("2026-02-01T00:00:00Z", [{ login: "new", id: 5 }]),
    ],
  };
  expect(rosterChanges(history)[0]?.teams).toMatchObject([
    { joined: [], left: [], notes: ["old is now new"] },
  ]);
});

test("a domain that somebody takes up again is covered, whatever its spelling", () => {
  const history = {
    versions: [
      version("2026-01-01T00:00:00Z", [{ login: "a", id: 1, domains: ["Servers"] }]),
      version("2026-02-01T00:00:00Z", [{ login: "b", id: 2 }]),
      version("2026-03-01T00:00:00Z", [{ login: "b", id: 2, domains: ["servers "] }]),
    ],
  };
  expect(coverageAt(history, at("2026-02-15T00:00:00Z")).lost).toMatchObject([
    { domain: "Servers", last: ["a"] },
  ]);
  expect(coverageAt(history, at("2026-03-15T00:00:00Z"))).toMatchObject({
    lost: [],
    covered: [{ by: ["b"] }],
  });
});
