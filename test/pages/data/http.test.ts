import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { etagOf } from "../../../src/pages/conditional.js";
import { MOST_AT_ONCE, pagesHandler } from "../../../src/pages/http.js";
import type { PagesSource } from "../../../src/pages/source.js";
import { raw } from "../../runtime/raw.js";
import { facts, REPOSITORY, sourceOf } from "./facts.js";
import { BOARD, get, optionsOf, PROPOSALS, served } from "./serving.js";
import { HOSTILE } from "./someFacts.js";

describe("where things are", () => {
  test.each([
    ["/matrix-org/matrix-spec-proposals", "./matrix-spec-proposals/"],
    ["/matrix-org/matrix-spec-proposals?a=1&b", "./matrix-spec-proposals/?a=1&b"],
    ["/matrix-org/matrix-spec-proposals/12", "./12/"],
    ["/Matrix-Org/MATRIX-spec-proposals/javascript:alert(1)", "./javascript:alert(1)/"],
  ])("%s is one slash further on, and on no other host", async (path, to) => {
    const answer = await get((await served()) + path);
    expect([answer.status, answer.headers.get("location")]).toEqual([301, to]);
  });

  test.each([
    ...[
      "/none",
      "/none/",
      "/a/b",
      "/a/b/",
      "//evil.example/",
      "//evil.example/x/",
      "/../../etc/passwd",
      "/%2e%2e/x/",
    ],
    ...[
      "/matrix-org/matrix-spec-proposals/%zz/",
      "/matrix-org/matrix-spec-proposals/%ff/",
      "/matrix%2dorg/matrix-spec-proposals/",
    ],
    ...[
      "/matrix-org/matrix-spec-proposals/api/v1/proposals/0.json",
      "/matrix-org/matrix-spec-proposals/api/v1/proposals/999999999.json",
    ],
    ...[
      "/matrix-org/matrix-spec-proposals/api/v1/constructor.json",
      "/matrix-org/matrix-spec-proposals/a/b/c",
      "/matrix-org/x%00y/",
    ],
  ])("%s is nowhere", async (path) => {
    const client = await raw(await served(), `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(await client.status()).toBe(404);
    client.socket.destroy();
  });

  test("/ leads to the only repository, and else lists them", async () => {
    const one = await get(`${await served()}/`);
    expect([one.status, one.headers.get("location")]).toEqual([303, "./matrix-org/matrix-spec-proposals/"]);
    const listing = (repositories: (typeof REPOSITORY)[]) =>
      served({
        source: { ...sourceOf(facts()), repositories: async () => ({ kind: "told", told: repositories }) },
      });
    const many = await get(`${await listing([REPOSITORY, { ...REPOSITORY, owner: "w3c", name: "<b>" }])}/`);
    expect(many.status).toBe(200);
    expect(await many.text()).toContain('<li><a href="w3c/%3Cb%3E/">w3c/&lt;b&gt;</a></li>');
    expect((await get(`${await listing([])}/`)).status).toBe(200);
  });

  test("an address with its host in it, as a proxy sends it, is the same", async () => {
    const client = await raw(await served(), `GET http://x.example${BOARD} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(await client.status()).toBe(200);
    client.socket.destroy();
  });

  test("feeds name the address that the clerk is reached at from outside, and the repository as it is called", async () => {
    const url = await served();
    expect(await (await get(`${url}/MATRIX-ORG/matrix-spec-proposals/feed.atom`)).text()).toContain(
      'href="https://msc.example/matrix-org/matrix-spec-proposals/feed.atom"',
    );
  });

  test("what cannot be known now is a 503 with the reason, for people as a page", async () => {
    const away = async () => ({ kind: "unavailable", why: "The <store> is away." }) as const;
    const url = await served({
      source: { ...sourceOf(facts()), repository: away, repositories: away },
      page: (title, inside) => `[${title}] ${inside}`,
    });
    for (const [path, body] of [
      ["/", "[Not now] <p>The &lt;store&gt; is away.</p>"],
      ["/a/b/", "[Not now] <p>The &lt;store&gt; is away.</p>"],
      [BOARD, "The <store> is away.\n"],
    ] as const) {
      const answer = await get(url + path);
      expect([answer.status, answer.headers.get("retry-after"), answer.headers.get("cache-control")]).toEqual(
        [503, "10", "no-store"],
      );
      expect(await answer.text()).toBe(body);
    }
  });
});

describe("strangers take no more of the clerk than there is for them", () => {
  test.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])(
    "%s is refused: nothing is written here",
    async (method) => {
      const answer = await get((await served()) + BOARD, {}, method);
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    },
  );

  test("an address that is too long is not looked at", async () => {
    const url = await served({ source: {} as PagesSource });
    expect((await get(`${url}/${"a".repeat(2_048)}`)).status).toBe(414);
    expect((await get(`${url}/?${"a=1&".repeat(600)}`)).status).toBe(414);
  });

  test("beyond fifty at once who asks is told to come again, and what takes too long keeps its place", async () => {
    let release: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = sourceOf(facts({ proposals: PROPOSALS }));
    const url = await served({
      patience: 50,
      source: { ...slow, repository: (...asked) => gate.then(() => slow.repository(...asked)) },
    });
    const late = await Promise.all(Array.from({ length: MOST_AT_ONCE }, () => get(url + BOARD)));
    expect(new Set(late.map(({ status }) => status))).toEqual(new Set([503]));
    expect(await late[0]?.text()).toBe("This takes too long just now.\n");
    const more = await get(url + BOARD);
    expect([more.status, await more.text()]).toEqual([503, "Too many are asking at once.\n"]);
    release();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await (await get(url + BOARD)).text()).not.toContain("Too many");
  });

  test.each([
    ["in time", 60_000, 500],
    ["late", 5, 503],
  ])("work that fails %s gives its place back", async (_when, patience, status) => {
    const whole = sourceOf(facts({ proposals: PROPOSALS }));
    const failures: (() => void)[] = [];
    const late = () => new Promise<never>((_, reject) => failures.push(() => reject(new Error("away"))));
    let repository: PagesSource["repository"] =
      status === 503 ? late : () => Promise.reject(new Error("away"));
    const url = await served({
      patience,
      source: { ...whole, repository: (...asked) => repository(...asked) },
    });
    const answers = await Promise.all(Array.from({ length: MOST_AT_ONCE }, () => get(url + BOARD)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([status]));
    for (const fail of failures) fail();
    repository = whole.repository;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await (await get(url + BOARD)).text()).not.toContain("Too many");
  });
});

describe("whatever is sent is answered", () => {
  const handler = pagesHandler(optionsOf(facts({ proposals: PROPOSALS })));
  async function statusOf(method: string, url: string, headers: Record<string, string>): Promise<number> {
    const request = new IncomingMessage(new Socket());
    Object.assign(request, { method, url, headers });
    const response = new ServerResponse(request);
    expect(await handler(request, response)).toBe(true);
    expect(response.headersSent).toBe(true);
    return response.statusCode;
  }

  const piece = fc.oneof(
    fc.constantFrom(
      "/",
      "//",
      "..",
      ".",
      "%",
      "%2f",
      "%00",
      "%ff",
      "?",
      "#",
      "a",
      "12",
      "matrix-org",
      "matrix-spec-proposals",
      "to",
    ),
    fc.constantFrom(
      "api/v1/",
      "events.json",
      "?since=",
      "proposals/",
      ".json",
      "feed.atom",
      "constructor",
      "__proto__",
      "http://x",
    ),
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: "binary", maxLength: 5 }),
  );
  const address = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  const known200 = new Set([200, 301, 303, 304, 404, 405, 414, 503]);

  test("any method, address and headers", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "HEAD", "POST", "get", ""),
        fc.oneof(
          address,
          address.map((rest) => `/matrix-org/matrix-spec-proposals/${rest}`),
        ),
        fc.record(
          {
            "if-none-match": fc.oneof(piece, fc.constant(etagOf(""))),
            "accept-encoding": fc.oneof(piece, fc.constant("gzip")),
            host: piece,
          },
          { requiredKeys: [] },
        ),
        async (method, url, headers) => {
          expect(known200).toContain(await statusOf(method, url, headers));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a query that goes into a redirect ends no header and leads to no other host", async () => {
    const url = await served();
    const answer = await get(
      `${url}/matrix-org/matrix-spec-proposals/to/?q=${encodeURIComponent("é\r\nset-cookie: x=1\ud83d\ude00")}`,
    );
    expect(answer.status).toBe(303);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.headers.get("location")).toBe("./?q=%C3%A9%0D%0Aset-cookie:%20x=1%F0%9F%98%80");
  });
});
