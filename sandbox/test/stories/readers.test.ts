import { deflateRawSync } from "node:zlib";
import { RECORD_VERSION } from "msc-clerk/github/record/versions.js";
import { afterEach, describe, expect, it } from "vitest";
import { expectSameForReaders, explainAsApp, explainAsReader } from "../support/readers.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const YES = ["erikjohnston", "dbkr", "uhoreg"] as const;

/** A motion to merge with four yes of six needed. */
async function motion(): Promise<number> {
  r = await rehearsal().start();
  const n = r.propose();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  for (const login of YES) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  return n;
}

const lastLine = (body: string): string => body.slice(body.lastIndexOf("\n") + 1);

/** A record as the clerk writes it, with everything in it but a signature: what somebody without its key can make. */
async function forged(n: number, changes: object): Promise<string> {
  const read = /^<!-- msc-clerk:record v\d+ (\S+)\.\S+ -->$/.exec(lastLine(r.status(n).body));
  const { inflateRawSync } = await import("node:zlib");
  const bytes = Buffer.from(read?.[1] ?? "", "base64").subarray(1);
  const register = { ...JSON.parse(inflateRawSync(bytes).toString("utf8")), ...changes };
  const payload = Buffer.concat([Buffer.of(1), deflateRawSync(JSON.stringify(register))]).toString("base64");
  return `<!-- msc-clerk:record v${RECORD_VERSION} ${payload}.${Buffer.alloc(32).toString("base64")} -->`;
}

const countOf = (result: unknown) =>
  (result as { readonly json: { readonly tallies: readonly { readonly yes: number }[] } }).json.tallies[0]
    ?.yes;

describe("memory.kept: a reader without the App's key gets the clerk's answer", () => {
  it("with votes of four kinds, a concern and a command of an outsider's, in FCP", async () => {
    const n = await motion();
    await r.act(
      () => r.tick("anoadragon453", n),
      () => r.as("passer-by").comment(n, "@mscbot fcp close"),
      () => r.as("ara4n").approve(n),
    );
    await r.act(() => r.as("turt2live").comment(n, "@mscbot concern it leaks"));
    expect(await expectSameForReaders(r)).toBe(2);
    expect(await explainAsReader(r, n)).toMatchObject({
      json: { phase: "fcp", concerns: [{ number: 1, blocks: true }], wouldWrite: [] },
    });
  });

  it("where the reader is the one who moved it, or the author of the proposal", async () => {
    const n = await motion();
    const asApp = await explainAsApp(r, n);
    for (const login of ["richvdh", "ShadowJonathan"])
      expect(await explainAsReader(r, n, { login })).toEqual(asApp);
  });

  it("where somebody has put a forged record into the clerk's own comment", async () => {
    const n = await motion();
    r.kill();
    const { id, body } = r.status(n);
    const line = await forged(n, { seq: 900, concerns: [], motion: null });
    r.as("KitsuneRal").editComment(id, body.replace(lastLine(body), line));
    const told = await explainAsReader(r, n);
    expect(told).toEqual(await explainAsApp(r, n));
    expect(countOf(told)).toBe(4);
  });

  it("where somebody has put an older record back into the clerk's own comment", async () => {
    const n = await motion();
    r.kill();
    const { id, revisions } = r.status(n);
    const older = revisions.find(({ body }) => body !== null && body !== r.status(n).body)?.body ?? "";
    expect(lastLine(older)).toMatch(/^<!-- msc-clerk:record/);
    r.as("KitsuneRal").editComment(id, older);
    const told = await explainAsReader(r, n);
    expect(told).toEqual(await explainAsApp(r, n));
    expect(countOf(told)).toBe(4);
  });

  it("where somebody has pasted a record, old or forged, into a comment of their own", async () => {
    const n = await motion();
    r.kill();
    const line = await forged(n, { seq: 900, motion: null });
    for (const last of [lastLine(r.status(n).body), line])
      r.as("KitsuneRal").comment(n, `<!-- msc-clerk:status 1 -->\nAll is decided.\n\n${last}`);
    const told = await explainAsReader(r, n);
    expect(told).toEqual(await explainAsApp(r, n));
    expect(countOf(told)).toBe(4);
  });

  it("where somebody has deleted the clerk's comment, and only its check run has the record", async () => {
    const n = await motion();
    r.kill();
    r.as("KitsuneRal").deleteComment(r.status(n).id);
    const told = await explainAsReader(r, n);
    expect(told).toEqual(await explainAsApp(r, n));
    expect(countOf(told)).toBe(4);
  });

  it("where another App has a check run of the same name, once it is said which App is the clerk", async () => {
    const n = await motion();
    r.kill();
    const other = r.sandbox.addApp("another-clerk");
    const text = await forged(n, { seq: 900, motion: null });
    other.check(n, {
      name: "msc-clerk",
      externalId: `${n}:success`,
      conclusion: "success",
      output: { title: "Accepted", summary: "Accepted.", text, annotations: [] },
    });
    other.comment(n, `<!-- msc-clerk:status 1 -->\nAll is decided.\n\n${text}`);
    expect(await explainAsReader(r, n)).toEqual({
      kind: "not",
      why: expect.stringMatching(
        /^It is not clear which App is the clerk: several Apps have a check run msc-clerk in .* \(another-clerk, msc-clerk\): say which App is the clerk with --app SLUG/,
      ),
    });
    const told = await explainAsReader(r, n, { app: "msc-clerk" });
    expect(told).toEqual(await explainAsApp(r, n));
    expect(countOf(told)).toBe(4);
    // Whoever names the wrong App gets what that one wrote, with its name: what it says is no record of the clerk's.
    expect(await explainAsReader(r, n, { app: "another-clerk" })).toMatchObject({
      json: { clerk: { login: "another-clerk" } },
    });
  });

  it("before the clerk has a check run there, once it is said which App is the clerk", async () => {
    r = await rehearsal().open();
    const n = r.propose();
    expect(await explainAsReader(r, n)).toEqual({
      kind: "not",
      why: expect.stringMatching(
        /no App has a check run msc-clerk on what changed last in .*: say which App/,
      ),
    });
    expect(await explainAsReader(r, n, { app: "msc-clerk" })).toEqual(await explainAsApp(r, n));
    expect(await explainAsReader(r, n, { app: "nobody-s-app" })).toEqual({
      kind: "not",
      why: "It is not clear which App is the clerk: GitHub shows no App nobody-s-app, and none of that name has a check run msc-clerk there.",
    });
  });
});

describe("where a reader gets no answer, they are told why", () => {
  it("a repository that the token may not see", async () => {
    const n = await motion();
    r.sandbox.setPrivate(true);
    expect(await explainAsReader(r, n)).toEqual({
      kind: "not",
      why: "The token in GITHUB_TOKEN cannot read matrix-org/matrix-spec-proposals, or there is no such repository.",
    });
    expect(await explainAsReader(r, n, { login: "richvdh" })).toEqual(await explainAsApp(r, n));
  });

  it("a pull request that is not there", async () => {
    await motion();
    const told = await explainAsReader(r, 999);
    expect(told).toMatchObject({
      kind: "not",
      why: expect.stringMatching(/^\S+#999 cannot be read: there is no such pull request\.$/),
    });
  });

  it("a rate limit that is used up, with the time it ends", async () => {
    const n = await motion();
    r.kill();
    r.sandbox.faults.fail({ kind: "primary", resetIn: 20 * 60_000 });
    expect(await explainAsReader(r, n)).toEqual({
      kind: "not",
      why: expect.stringMatching(
        /cannot be read: the hourly rate limit is used up, until 2026-03-02T09:\d\d:\d\dZ\.$/,
      ),
    });
  });
});
