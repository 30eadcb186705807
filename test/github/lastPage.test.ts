import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Caller } from "../../src/github/client/call.js";
import { pages } from "../../src/github/client/rest.js";
import { ClerkOctokit, requestsThrough } from "../../src/github/connect.js";
import { TestClock } from "../github/fakeGitHub.js";
import { connecting } from "../support/connecting.js";

/** As GitHub does it: an ETag is of the body; `link` is not in it (https://github.com/app-sre/github-mirror/pull/113). */
let server: Server;
let base: string;
let all: { name: string }[];
const etags = new Map<string, string>();

beforeEach(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "", base);
    const page = Number(url.searchParams.get("page"));
    const body = JSON.stringify(all.slice((page - 1) * 100, page * 100));
    const etag = `W/"${Buffer.from(body).toString("base64").slice(-40)}${body.length}"`;
    etags.set(url.href, etag);
    const last = Math.ceil(all.length / 100);
    const link: Record<string, string> =
      last < 2
        ? {}
        : {
            link:
              page < last ? `<${base}/x?page=${page + 1}>; rel="next"` : `<${base}/x?page=1>; rel="first"`,
          };
    if (request.headers["if-none-match"] === etag)
      return void response.writeHead(304, { etag, ...link }).end();
    response.writeHead(200, { "content-type": "application/json", etag, ...link }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

it("H20 a list that grows beyond a full last page is read whole", async () => {
  const caller = new Caller({
    ...connecting(new TestClock()),
    requestFor: requestsThrough(async () => new ClerkOctokit({ baseUrl: base, auth: "ghs_x" })),
  });
  const list = () => pages(caller, 7, "GET /repos/{owner}/{repo}/labels", { owner: "o", repo: "r" });
  all = Array.from({ length: 200 }, (_, at) => ({ name: `l${at}` }));
  const first = await list();
  expect(first.kind === "read" && first.items.length).toBe(200);
  all = [...all, { name: "new" }];
  const second = await list();
  expect(second.kind === "read" && second.items.length).toBe(201);
});
