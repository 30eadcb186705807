import nock from "nock";
import { afterEach, describe, expect, it, test } from "vitest";
import { mayAmend } from "../../src/github/read/amendment.js";
import { connect, FakeGitHub, snapshot } from "../github/fakeGitHub.js";
import { world } from "../support/world.js";

const JUNK = Array.from({ length: 3000 }, (_, i) => ({ path: `a/${i}.txt`, change: "added" as const }));

describe("a PR that changes more files than GitHub lists", () => {
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("decision.needs: GitHub lists 3,000 files and no more: the reader says that there may be others", async () => {
    nock.disableNetConnect();
    const github = new FakeGitHub().serve();
    github.files = JUNK.map(({ path }) => ({ path, changeType: "ADDED" }));
    const read = await snapshot(connect());
    expect(read.filesCutOff).toBe(true);
    expect(mayAmend(read)).toBe(true);
    github.files = github.files.slice(1);
    expect((await snapshot(connect())).filesCutOff).toBe(false);
  });

  test("decision.needs: what may lie beyond the list needs what its paths would need", () => {
    const w = world({ files: JUNK });
    const cut = (): void => {
      const whole = w.snapshot.bind(w);
      w.snapshot = () => ({ ...whole(), filesCutOff: true });
    };
    expect(w.decide().tallies.map((tally) => tally.team)).toEqual(["spec-core-team"]);
    cut();
    expect(w.decide().tallies.map((tally) => tally.team)).toEqual(["spec-core-team", "guardians"]);
  });

  test("check.head: a PR without the label is not neutral where a proposal may lie beyond the list", () => {
    const w = world({ files: JUNK, labels: [] });
    expect(w.decide().check).toBe("neutral");
    const whole = w.snapshot.bind(w);
    w.snapshot = () => ({ ...whole(), filesCutOff: true });
    expect(w.decide().check).toBe("in_progress");
  });
});
