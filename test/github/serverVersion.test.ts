import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serverVersion } from "../../src/github/serverVersion.js";

/* https://docs.github.com/en/enterprise-server@3.13/rest/meta/meta#get-github-enterprise-server-meta-information */
describe("which GitHub Enterprise Server it is", () => {
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });
  const BASE = "https://ghe.example/api/v3";
  const said = async (status: number, body: object, headers: Record<string, string> = {}, base = BASE) => {
    nock(base).get("/meta").reply(status, body, headers);
    return serverVersion(base);
  };

  it.each([
    ["2.22.4", true],
    ["3.9.20", true],
    ["3.12.99", true],
    ["3.13.0", false],
    ["3.13", false],
    ["3.20.1", false],
    ["4.0.0", false],
  ])("%s: too old? %s", async (version, tooOld) => {
    expect(await said(200, { installed_version: version })).toEqual({ kind: "known", version, tooOld });
    const header = { "X-GitHub-Enterprise-Version": `enterprise-server@${version}` };
    // As one does that shows nothing to who is not signed in.
    expect(await said(401, {}, header)).toEqual({ kind: "known", version, tooOld });
  });

  it("is not known where it does not answer, or does not say", async () => {
    nock(BASE).get("/meta").replyWithError("no route");
    expect(await serverVersion(BASE)).toEqual({ kind: "unknown", why: "it does not answer" });
    expect(await said(200, {})).toEqual({ kind: "unknown", why: "it does not say" });
    expect(await said(200, { installed_version: "new" })).toEqual({
      kind: "unknown",
      why: "it does not say",
    });
  });

  it("github.com and data residency are not asked; a proxy before them is, and has none", async () => {
    expect(await serverVersion("https://api.github.com")).toEqual({ kind: "none" });
    expect(await serverVersion("https://api.octo.ghe.com")).toEqual({ kind: "none" });
    expect(await said(200, { hooks: ["192.0.2.0/24"] }, {}, "https://proxy.example/gh")).toEqual({
      kind: "none",
    });
  });
});
