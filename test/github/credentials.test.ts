import nock from "nock";
import { afterEach, describe, expect, it } from "vitest";
import { GRAPHQL } from "../../src/github/client/routes.js";
import { API, connect } from "./fakeGitHub.js";

describe("a suspended App, or a token that is void", () => {
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("is not found out anew by every proposal that waits for a look", async () => {
    nock.disableNetConnect();
    let asked = 0;
    nock(API)
      .persist()
      .post("/graphql")
      .reply(() => {
        asked += 1;
        return [401, { message: "Bad credentials" }];
      });
    const { caller, clock } = connect();
    const call = () =>
      caller.call(7, GRAPHQL, { query: "{viewer{login}}", variables: {} }, { repeatable: true, write: "no" });
    for (let i = 0; i < 20; i++) expect(await call()).toMatchObject({ kind: "later" });
    // Once more with a token of a new sign-in, and then no more.
    expect(asked).toBe(2);
    clock.at += 31_000;
    await call();
    expect(asked).toBeLessThanOrEqual(4);
  });
});
