import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ClerkOctokit } from "../../src/github/connect.js";
import { checkupByToken } from "../../src/github/connectByToken.js";
import { connectPublicly } from "../../src/github/connectPublicly.js";
import { silentLog } from "../../src/platform/log.js";
import { systemClock } from "../../src/platform/systemClock.js";

/** What answers in GitHub's place, as a portal or a proxy does, is nobody's account, and a checkup tells that it is none of GitHub's answers. */

let body = "";
let type = "application/json";
const server = createServer((_, response) => response.writeHead(200, { "content-type": type }).end(body));
let at = "";
beforeEach(async () => {
  type = "application/json";
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const people = () => connectPublicly(at, null).people;
const checkup = () =>
  checkupByToken({
    client: new ClerkOctokit({ baseUrl: at, auth: { token: "t" } }),
    ...{ clock: systemClock, gitHubClock: systemClock, log: silentLog },
  });
const REF = { owner: "o", name: "r", installation: 0 };
const UNREAD = { kind: "unreadable", why: "GitHub's answer has a shape the clerk does not know" };

test.each([
  ["a page", "text/html", "<h1>Sign in</h1>"],
  ["nothing", "application/json", ""],
  ["null", "application/json", "null"],
  ["a list", "application/json", "[]"],
  ["an account without an id", "application/json", '{"login":"alice","type":"User"}'],
  ["an id that is none", "application/json", '{"login":"alice","id":"1e300","type":"User"}'],
])(
  "%s is no account, nobody who may read or not, and nothing that a checkup knows",
  async (_, sent, text) => {
    type = sent;
    body = text;
    expect(await people().account("alice")).toMatchObject(UNREAD);
    expect(await people().mayRead(REF, "alice")).toMatchObject(UNREAD);
    expect(await checkup().limits(0)).toMatchObject(UNREAD);
    expect(await checkup().repository(REF)).toMatchObject(UNREAD);
    expect(await checkup().app()).toMatchObject(UNREAD);
  },
);

test("a team of what are no accounts is none", async () => {
  body = '[{"login":"alice","id":1,"type":"User"},{"login":"bob"}]';
  expect(await people().team("acme", "core")).toMatchObject(UNREAD);
});

test("an account is one", async () => {
  body = '{"login":"alice","id":7,"type":"User","more":1}';
  expect(await people().account("alice")).toEqual({
    kind: "read",
    account: { login: "alice", id: 7, type: "User" },
  });
});
