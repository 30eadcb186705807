import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, FakeGitHub, snapshot, user } from "./fakeGitHub.js";

const tina = user("tina", 777);

describe("a pull request with twenty thousand label events", () => {
  let github: FakeGitHub;
  beforeEach(() => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("is read whole, and remembered: what is new costs one request", async () => {
    for (let at = 0; at < 20_000; at += 1)
      github.event(at % 2 === 0 ? "LabeledEvent" : "UnlabeledEvent", tina, { label: { name: "x" } });
    const connected = connect();
    connected.clock.at = github.at;
    expect((await snapshot(connected)).events).toHaveLength(20_000);
    expect(github.asked).toEqual(Array(200).fill("Cold"));
    github.asked.length = 0;
    github.label("y", tina);
    connected.clock.at = github.at;
    expect((await snapshot(connected)).events).toHaveLength(20_001);
    expect(github.asked).toEqual(["Warm"]);
  });
});
