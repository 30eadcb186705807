import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conditional, etagOf, packedTag, takesGzip } from "../../../src/pages/conditional.js";
import { raw } from "../../runtime/raw.js";
import { facts, known, sourceOf, summary } from "./facts.js";
import { BOARD, get, PROPOSALS, served } from "./serving.js";

describe("who has the same already is not sent it again", () => {
  test("an answer with its tag is a 304 as long as nothing has changed, over HTTP", async () => {
    let proposals = PROPOSALS;
    const url = await served({
      source: {
        ...sourceOf(facts()),
        summaries: async () => ({ kind: "told", told: proposals.map((one) => one.summary) }),
      },
    });
    const first = await get(url + BOARD);
    const etag = first.headers.get("etag") ?? "";
    expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"[0-9a-f]{32}-gzip"$/)]);
    const again = await get(url + BOARD, { "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect(again.headers.get("cache-control")).toBe("public, max-age=60");
    expect(again.headers.get("access-control-allow-origin")).toBe("*");
    proposals = [...PROPOSALS, known(summary(99))];
    const changed = await get(url + BOARD, { "if-none-match": etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(etag);
  });

  test("a tag changes when a body does, and only then", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
        expect(etagOf(one) === etagOf(other)).toBe(Buffer.from(one).equals(Buffer.from(other)));
        expect(etagOf(one)).toBe(etagOf(`${one}`));
      }),
    );
  });

  test.each<[string, boolean]>([
    [etagOf("a"), true],
    [packedTag(etagOf("a")), true],
    [`W/${etagOf("a")}`, true],
    [`"x", W/"y",${etagOf("a")}`, true],
    ["*", true],
    [etagOf("b"), false],
    ["", false],
    [etagOf("a").slice(1, -1), false],
    ['"', false],
  ])("if-none-match: %s", (asked, same) => {
    expect(conditional({ "if-none-match": asked }, etagOf("a"))).toBe(same);
  });

  test("who names no tag is sent everything", () => {
    expect(conditional({}, etagOf("a"))).toBe(false);
  });
});

describe("what is sent", () => {
  test("data may be read by every page, and a page by none but its own", async () => {
    const url = await served();
    for (const path of [
      "api/v1/board.json",
      "api/v1/schema/board.json",
      "proposals.json",
      "feed.atom",
      "fcp.ics",
      "api/v1/none.json",
    ]) {
      const { headers } = await get(`${url}/matrix-org/matrix-spec-proposals/${path}`);
      expect(headers.get("access-control-allow-origin"), path).toBe("*");
      expect(headers.get("cross-origin-resource-policy"), path).toBe("cross-origin");
    }
    const { headers } = await get(`${url}/matrix-org/matrix-spec-proposals/`);
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("cache-control")).toBe("no-cache");
  });

  test.each([
    "/",
    "/none",
    "/matrix-org/matrix-spec-proposals/",
    "/matrix-org/matrix-spec-proposals",
    BOARD,
    "/matrix-org/matrix-spec-proposals/feed.atom",
  ])("%s lets nothing be loaded that is not served here, nor guessed what it is", async (path) => {
    const { headers } = await get((await served()) + path);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  test("HEAD has the head of GET, and no body", async () => {
    const url = await served();
    const [whole, head] = [await get(url + BOARD), await get(url + BOARD, {}, "HEAD")];
    expect(await head.text()).toBe("");
    for (const name of ["etag", "content-type", "content-length", "content-encoding", "cache-control"])
      expect(head.headers.get(name), name).toBe(whole.headers.get(name));
  });

  test("who takes gzip is sent less, and the same", async () => {
    const url = await served();
    const plain = await raw(url, `GET ${BOARD} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    await plain.closed;
    const [head = "", body = ""] = plain.heard().split("\r\n\r\n");
    expect(head).not.toContain("content-encoding");
    const packed = await raw(
      url,
      `GET ${BOARD} HTTP/1.1\r\nhost: x\r\naccept-encoding: gzip\r\nconnection: close\r\n\r\n`,
    );
    await packed.closed;
    const [packedHead = "", ...rest] = packed.heard().split("\r\n\r\n");
    expect(packedHead).toContain("content-encoding: gzip");
    const bytes = Buffer.from(rest.join("\r\n\r\n"), "latin1");
    expect(bytes.length).toBeLessThan(body.length / 3);
    expect(gunzipSync(bytes).toString("latin1")).toBe(body);
  });

  test.each<[string | undefined, boolean]>([
    ["gzip", true],
    ["br, GZIP;q=0.5", true],
    ["*", true],
    ["gzip;q=0", false],
    ["gzip; q=0.000, *", false],
    ["br", false],
    ["x-gzip-not", false],
    ["", false],
    [undefined, false],
  ])("accept-encoding: %s", (asked, takes) => {
    expect(takesGzip(asked === undefined ? {} : { "accept-encoding": asked })).toBe(takes);
  });
});
