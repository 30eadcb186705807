import { parseConfig } from "msc-clerk/config/parse.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MEMBERS, matrixConfig } from "../src/roster.js";
import { AMENDMENT, SEED_START } from "../src/seed.js";
import { playSeed } from "../src/seeding.js";
import { PROPOSALS } from "../src/seedTexts.js";
import { LiveStage } from "../src/stage.js";

describe("the config of the seed", () => {
  it("is the example with everybody pinned by number, the Spec Core Team of eight and two Guardians", () => {
    const parsed = parseConfig(matrixConfig());
    if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join());
    expect(parsed.rules.teams.map(({ slug, members }) => [slug, members.length])).toEqual([
      ["spec-core-team", 8],
      ["guardians", 2],
    ]);
    for (const { members } of parsed.rules.teams) {
      for (const { login, id } of members) expect(id).toBe(MEMBERS.find((one) => one.login === login)?.id);
    }
  });
});

describe("the seed", () => {
  const stage = new LiveStage({ start: SEED_START, logger: pinoLog("error", true) });
  const labelsOn = (number: number) =>
    stage.sandbox.labelsOn(number).filter((name) => !/^(proposal|kind:.*)$/.test(name));
  const check = (number: number) => stage.sandbox.checkOn(number);

  beforeAll(async () => {
    await stage.open();
    await playSeed(stage);
  }, 120_000);
  afterAll(() => stage.close());

  it("gives every proposal the clerk's check, and no transition two comments", () => {
    for (const { number } of PROPOSALS) {
      expect(check(number)?.title, `#${number}`).toMatch(/./);
      const said = stage.sandbox
        .thread(number)
        .comments.filter(({ authorId }) => authorId === stage.sandbox.app.botId);
      expect(new Set(said.map(({ body }) => body)).size).toBe(said.length);
    }
  });

  it.each([
    [
      1763,
      "its time is up, blocked by a concern",
      ["disposition-merge", "final-comment-period", "unresolved-concerns"],
      /ended on .* waiting for concern C1/,
    ],
    [1772, "in review, for the visitor", ["proposal-in-review"], /^In review/],
    [
      1779,
      "waiting for both boards",
      ["disposition-merge", "proposed-final-comment-period"],
      /Spec Core Team and for 1 more approval from the Guardians/,
    ],
    [2918, "accepted and merged, to be written into the specification", ["spec-pr-missing"], /^Merged/],
    [
      2448,
      "proposed, with a concern",
      ["disposition-merge", "proposed-final-comment-period", "unresolved-concerns"],
      /2 of 6 needed, of 8\) and for concern C1/,
    ],
    [
      2676,
      "one vote short",
      ["disposition-merge", "proposed-final-comment-period"],
      /1 more approval .*5 of 6 needed, of 8/,
    ],
    [2965, "accepted, to be merged", ["finished-final-comment-period"], /^Accepted/],
    [
      3381,
      "in its Final Comment Period",
      ["disposition-merge", "final-comment-period"],
      /^Final Comment Period to merge until/,
    ],
    [3575, "closed by decision", ["rejected"], /./],
    [4186, "a draft", [], /^A draft/],
  ])("shows #%i %s", (number, _what, labels, title) => {
    expect(labelsOn(number).sort()).toEqual(labels);
    expect(check(number)?.title).toMatch(title);
  });

  it("has an amendment under way that adds a member: four of eight have voted, and the other board’s way is open too", () => {
    expect(check(AMENDMENT)?.summary).toContain("sandhose");
    const status = stage.sandbox
      .thread(AMENDMENT)
      .comments.find(({ authorId }) => authorId === stage.sandbox.app.botId);
    expect(status?.body).toMatch(/4 of 8/);
    expect(stage.sandbox.pull(AMENDMENT).pull.mergedAt).toBeNull();
  });

  it("closes what was decided to be closed, has merged what was accepted, and leaves the rest open", () => {
    const closed = PROPOSALS.filter(({ number }) => stage.sandbox.thread(number).state === "closed");
    expect(closed.map(({ number }) => number)).toEqual([2918, 3575]);
  });

  it("takes over what the older bot was carrying: its ticks and its open concern", () => {
    const own = stage.sandbox
      .thread(3391)
      .comments.find(({ authorId }) => authorId === stage.sandbox.app.botId);
    expect(own?.body).toContain("Team member @richvdh has proposed to **close** this");
    expect(own?.body).toContain("**4 of 6 needed, of 8**");
    expect(own?.body).toContain("some account data cannot be emptied");
    expect(check(3391)?.title).toMatch(/concern C2/);
  });
});
