import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gitHubClock } from "../../src/platform/clock.js";
import { MovableClock } from "../../src/platform/movableClock.js";
import { RequestTracker } from "../../src/runtime/server/requestTracker.js";

/** What the server's clock shows on the paths that tell GitHub's time. */
const DATED = new Date("2026-03-01T12:00:00Z");

let server: Server;
let baseUrl: string;
let asked: string[];
let release: () => void;
let held: Promise<void>;

beforeEach(async () => {
  asked = [];
  held = new Promise((resolve) => {
    release = resolve;
  });
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const answer = () => {
      const [, kind = "", status] = /^\/(\w+)(?:\/(\d+))?/.exec(request.url ?? "") ?? [];
      response.writeHead(kind === "broken" ? 500 : Number(status ?? 200), {
        "content-type": "application/json",
        ...(kind === "dated" && { date: DATED.toUTCString(), "x-github-request-id": "1" }),
        ...(kind === "proxied" && { date: DATED.toUTCString() }),
      });
      response.end(status === "304" ? undefined : "{}");
    };
    if (request.url === "/held") void held.then(answer);
    else answer();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
});

afterEach(() => {
  release();
  server.closeAllConnections();
  server.close();
});

const client = (outgoing: RequestTracker) => new (outgoing.octokit())({ baseUrl, auth: { token: "t" } });

const until = async (done: () => boolean) => {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 2));
};

test("every request is counted while it is under way, whatever comes of it", async () => {
  const outgoing = new RequestTracker();
  const octokit = client(outgoing);
  const answer = octokit.request("GET /held");
  await until(() => asked.length === 1);
  expect(outgoing.inFlight).toBe(1);
  release();
  expect((await answer).status).toBe(200);
  expect(outgoing.inFlight).toBe(0);
  await expect(octokit.request("GET /broken")).rejects.toThrow();
  expect(outgoing.inFlight).toBe(0);
});

test("comment.once: nothing is sent again by itself, neither after an error nor after silence", async () => {
  const octokit = client(new RequestTracker());
  await expect(octokit.request("POST /broken")).rejects.toThrow();
  expect(asked).toEqual(["POST /broken"]);
});

test("once closed, no request leaves and no answer comes back, also of one under way", async () => {
  const outgoing = new RequestTracker();
  const octokit = client(outgoing);
  let answered = 0;
  const note = () => {
    answered += 1;
  };
  void octokit.request("GET /held").then(note, note);
  await until(() => asked.length === 1);
  outgoing.close();
  void octokit.request("POST /after").then(note, note);
  release();
  await until(() => outgoing.inFlight === 0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(answered).toBe(0);
  expect(asked).toEqual(["GET /held"]);
});

test("a request given up by whoever asked is given up", async () => {
  const outgoing = new RequestTracker();
  const cut = new AbortController();
  const answer = client(outgoing).request("GET /held", { request: { signal: cut.signal } });
  await until(() => asked.length === 1);
  cut.abort();
  await expect(answer).rejects.toThrow();
  expect(outgoing.inFlight).toBe(0);
});

test.each([200, 304, 404, 403, 500])("an answer %d of GitHub's tells its time", async (status) => {
  const machine = new MovableClock(DATED.getTime() + 6 * 86_400_000);
  const clock = gitHubClock(machine);
  await client(new RequestTracker(clock))
    .request(`GET /dated/${status}`)
    .catch(() => {});
  expect(clock.now()).toBe(DATED.getTime());
  expect(clock.aheadSeconds).toBe(6 * 86_400);
});

test.each(["proxied/200", "proxied/502"])(
  "what a proxy answers by itself tells nobody the time: %s",
  async (path) => {
    const machine = new MovableClock(DATED.getTime() + 6 * 86_400_000);
    const clock = gitHubClock(machine);
    await client(new RequestTracker(clock))
      .request(`GET /${path}`)
      .catch(() => {});
    expect(clock.now()).toBe(machine.now());
    expect(clock.aheadSeconds).toBe(null);
  },
);
