import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Caller } from "../../src/github/client/call.js";
import { pages } from "../../src/github/client/rest.js";
import { API_VERSION, ClerkOctokit, requestsThrough } from "../../src/github/connect.js";
import { connecting } from "../support/connecting.js";
import { TestClock } from "./fakeGitHub.js";

/* Reading again what has not changed: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests */

interface Asked {
  readonly url: string;
  readonly named: string | undefined;
  readonly version: string | string[] | undefined;
}

let server: Server;
let base: string;
let asked: Asked[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let token: string;

beforeEach(async () => {
  asked = [];
  token = "ghs_first";
  server = createServer((request, response) => {
    const { url = "", headers } = request;
    asked.push({ url, named: headers["if-none-match"], version: headers["x-github-api-version"] });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const json = { "content-type": "application/json; charset=utf-8" };
/** Two pages; what is named is not sent again. */
const twoPages = (first: object[] = [{ name: "a" }]) => {
  answer = (request, response) => {
    const last = request.url?.includes("page=2") === true;
    const body = JSON.stringify(last ? [{ name: "ü€😀" }] : first);
    const etag = `W/"${request.headers.authorization}${body.length}"`;
    if (request.headers["if-none-match"] === etag)
      return void response.writeHead(304, { etag, "x-ratelimit-remaining": "7" }).end();
    const link = last ? {} : { link: `<${base}/x?page=2>; rel="next"` };
    response.writeHead(200, { ...json, ...link, etag }).end(body);
  };
};

/** One clerk's client of an installation; `list` reads its list of labels whole. */
function reading() {
  const caller = new Caller({
    ...connecting(new TestClock()),
    requestFor: requestsThrough(async () => {
      const octokit = new ClerkOctokit({ baseUrl: base });
      octokit.hook.before("request", ({ headers }) => {
        headers.authorization = `token ${token}`;
      });
      return octokit;
    }),
  });
  const at = { owner: "o", repo: "r" };
  return (installation: number | null = 7) =>
    pages(caller, installation, "GET /repos/{owner}/{repo}/labels", at);
}

describe("a list that is read again", () => {
  it("comes to the very list of before, each page by its own tag, where GitHub says that nothing has changed", async () => {
    twoPages();
    const list = reading();
    const first = await list();
    expect(first).toEqual({ kind: "read", items: [{ name: "a" }, { name: "ü€😀" }] });
    expect(await list()).toEqual(first);
    expect(asked.map(({ named }) => named)).toEqual([
      undefined,
      undefined,
      'W/"token ghs_first14"',
      'W/"token ghs_first17"',
    ]);
  });

  it("is the new one where it has changed, and that is the one that is known from then on", async () => {
    twoPages();
    const list = reading();
    await list();
    twoPages([{ name: "b" }, { name: "c" }]);
    const changed = { kind: "read", items: [{ name: "b" }, { name: "c" }, { name: "ü€😀" }] };
    expect(await list()).toEqual(changed);
    expect(await list()).toEqual(changed);
    expect(asked.at(-2)?.named).toBe('W/"token ghs_first27"');
  });

  it("names no tag that was given to another token, nor to another installation, nor for the App itself", async () => {
    twoPages();
    const list = reading();
    await list();
    token = "ghs_second";
    await list();
    await list(8);
    await list(null);
    await list(null);
    expect(asked.every(({ named }) => named === undefined)).toBe(true);
    await list();
    expect(asked.at(-1)?.named).toContain("ghs_second");
  });

  it("does not know an answer that was cut off, that is no JSON, or that is an error", async () => {
    const list = reading();
    const etag = 'W/"1"';
    for (const [status, body, length] of [
      [200, '[{"name":"a"}', 13],
      [200, '[{"name":"a"}', 400],
      [404, '{"message":"Not Found"}', 23],
    ] as const) {
      answer = (_request, response) => {
        response.writeHead(status, { ...json, etag, "content-length": length });
        response.write(body);
        setTimeout(() => response.destroy(), 20);
      };
      expect((await list()).kind).not.toBe("read");
    }
    twoPages();
    expect((await list()).kind).toBe("read");
    expect(asked.every(({ named }) => named === undefined)).toBe(true);
  });

  it("is forgotten once GitHub refuses it", async () => {
    twoPages();
    const list = reading();
    await list();
    answer = (_request, response) => response.writeHead(404, json).end("{}");
    await list();
    twoPages();
    await list();
    expect(asked.at(-2)?.named).toBeUndefined();
  });

  it("tells the limits of now, not of when it was first read", async () => {
    answer = (request, response) => {
      const etag = 'W/"1"';
      if (request.headers["if-none-match"] !== undefined)
        return void response
          .writeHead(304, {
            etag,
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": "4000000000",
            "x-ratelimit-resource": "core",
          })
          .end();
      response.writeHead(200, { ...json, etag, "x-ratelimit-remaining": "5" }).end("[]");
    };
    const list = reading();
    await list();
    expect((await list()).kind).toBe("read");
    expect(await list()).toMatchObject({ kind: "unreadable", why: "the hourly rate limit is used up" });
  });
});

it("each request to REST says by which version of it the clerk was written", async () => {
  twoPages();
  await reading()();
  expect(API_VERSION).toBe("2022-11-28");
  expect(asked.map(({ version }) => version)).toEqual([API_VERSION, API_VERSION]);
});
