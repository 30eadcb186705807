import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { silentLog } from "../../src/platform/log.js";
import { ownNames, whyForeign } from "../../src/runtime/server/sameSite.js";
import { serveSetUp } from "../../src/runtime/server/setUp.js";
import { raw } from "./raw.js";

let directory: string;
let gitHub: Server;
let asked: string[];
let page: Awaited<ReturnType<typeof serveSetUp>>;
let port: string;

const PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n";

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "msc-clerk-setup-"));
  writeFileSync(join(directory, "app.yml"), "name: it's a <clerk>\n");
  asked = [];
  gitHub = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(201, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        id: 42,
        pem: PEM,
        webhook_secret: "theirs",
        html_url: "https://github.com/apps/clerk",
      }),
    );
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => gitHub.once("listening", resolve));
  const address = gitHub.address();
  page = await serveSetUp({
    port: 0,
    host: "127.0.0.1",
    publicUrl: "https://clerk.example.org",
    baseUrl: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/api/v3`,
    organization: undefined,
    log: silentLog,
    directory,
  });
  port = new URL(page.url).port;
});

afterEach(async () => {
  await page.close();
  gitHub.closeAllConnections();
  gitHub.close();
});

const CREDENTIALS = JSON.stringify({ appId: "7", pem: PEM, webhook_secret: "a secret" });
const env = () =>
  existsSync(join(directory, ".env")) ? parseEnv(readFileSync(join(directory, ".env"), "utf8")) : null;

/** Sends just these headers, as `fetch` would set some by itself. */
async function ask(
  start: string,
  headers: Record<string, string>,
  body = "",
): Promise<{ status: number; text: string }> {
  const all = {
    host: `localhost:${port}`,
    ...(body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== "");
  const one = await raw(
    page.url,
    `${[`${start} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), "connection: close"].join("\r\n")}\r\n\r\n${body}`,
  );
  await one.closed;
  return { status: await one.status(), text: one.heard() };
}

const own = () => ({ "content-type": "application/json", origin: `http://localhost:${port}` });

test.each([
  ["https://api.github.com", "https://github.com"],
  ["https://api.octo.ghe.com", "https://octo.ghe.com"],
  ["https://ghe.example/api/v3", "https://ghe.example"],
])("the App is registered where people are: with the API at %s at %s", async (baseUrl, web) => {
  const options = { port: 0, host: "127.0.0.1", publicUrl: undefined, log: silentLog, directory };
  const other = await serveSetUp({ ...options, baseUrl, organization: "matrix-org" });
  const answer = await fetch(`${other.url}/probot`);
  expect(await answer.text()).toContain(`<form action="${web}/organizations/matrix-org/settings/apps/new?`);
  expect(answer.headers.get("content-security-policy")).toContain(`form-action ${web};`);
  await other.close();
});

describe("the set-up page", () => {
  test("keeps the credentials its own form sends, readable by their owner only", async () => {
    const { status } = await ask(
      "POST /probot/import",
      { ...own(), "sec-fetch-site": "same-origin" },
      CREDENTIALS,
    );
    expect(status).toBe(200);
    expect(env()).toEqual({ APP_ID: "7", PRIVATE_KEY: PEM, WEBHOOK_SECRET: "a secret" });
    expect(statSync(join(directory, ".env")).mode & 0o777).toBe(0o600);
  });

  test.each<[string, Record<string, string>, number]>([
    [
      "by another page, as a simple request",
      { "content-type": "text/plain", origin: "https://evil.example" },
      403,
    ],
    [
      "by another page under a name of its own for this machine",
      { origin: "http://rebound.evil.example", host: "rebound.evil.example" },
      403,
    ],
    ["under a foreign name alone", { host: "rebound.evil.example" }, 403],
    ["by a page of another port of this machine", { origin: "http://localhost:1" }, 403],
    ["by a page that hides where it is", { origin: "null" }, 403],
    ["by a page on the same site, says the browser", { "sec-fetch-site": "same-site" }, 403],
    ["from across sites, says the browser", { "sec-fetch-site": "cross-site" }, 403],
    ["by nobody knows whom", { origin: "" }, 403],
    ["without a host", { host: " " }, 403],
    ["under a name that only begins like its own", { host: "localhost.evil.example" }, 403],
    ["under a name with somebody in front", { host: "localhost@evil.example" }, 403],
    ["as text", { "content-type": "text/plain" }, 415],
    ["as a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["without a kind", { "content-type": "" }, 415],
  ])("takes nothing that is sent %s", async (_how, headers, status) => {
    const answer = await ask("POST /probot/import", { ...own(), ...headers }, CREDENTIALS);
    expect(answer.status).toBe(status);
    expect(env()).toBe(null);
  });

  test.each([
    "{",
    "null",
    "[]",
    '{"appId":"1"}',
    '{"appId":"1","pem":{},"webhook_secret":"x"}',
    '{"appId":"","pem":"x","webhook_secret":"x"}',
  ])("takes no half of credentials, such as `%s`", async (body) => {
    expect((await ask("POST /probot/import", own(), body)).status).toBe(400);
    expect(env()).toBe(null);
  });

  test("takes no more than a key needs", async () => {
    expect((await ask("POST /probot/import", { ...own(), "content-length": "65537" })).status).toBe(413);
  });

  test.each(["/", "/probot", "/probot/import", "/probot/setup?code=x", "/probot/success", "/elsewhere"])(
    "shows %s to nobody who comes under a foreign name",
    async (path) => {
      const answer = await ask(`GET ${path}`, { host: "rebound.evil.example" });
      expect(answer.status).toBe(403);
      expect(answer.text).not.toContain("state=");
    },
  );

  test.each(["localhost", "127.0.0.1", "[::1]", "LOCALHOST:9", "clerk.example.org"])(
    "is shown under %s",
    async (host) => {
      expect((await ask("GET /probot", { host })).status).toBe(200);
    },
  );

  test("is shown in no frame, and runs no script but its own", async () => {
    const { text } = await ask("GET /probot/import", {});
    expect(text).toMatch(/content-security-policy: default-src 'none';.*frame-ancestors 'none'/i);
    const nonce = /'nonce-([\w-]+)'/.exec(text)?.[1];
    expect(text).toContain(`<script nonce="${nonce}">`);
  });

  test("shows the manifest whole, whatever app.yml holds", async () => {
    const { text } = await ask("GET /probot", {});
    const value = /name="manifest" value="([^"]*)"/.exec(text)?.[1] ?? "";
    const manifest = JSON.parse(
      value
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&amp;", "&"),
    );
    expect(manifest).toMatchObject({
      name: "it's a <clerk>",
      redirect_url: `http://localhost:${port}/probot/setup`,
      hook_attributes: { url: "https://clerk.example.org/api/github/webhooks" },
    });
  });
});

describe("what GitHub sends back", () => {
  const begin = async () => /new\?state=([\w-]+)/.exec((await ask("GET /probot", {})).text)?.[1] ?? "";

  test("is taken once, with the state the page gave out, though it comes from across sites", async () => {
    const state = await begin();
    const back = await ask(`GET /probot/setup?code=abc123&state=${state}`, {
      "sec-fetch-site": "cross-site",
    });
    expect(back.status).toBe(302);
    expect(back.text.toLowerCase()).toContain("location: https://github.com/apps/clerk/installations/new");
    expect(asked).toEqual(["POST /api/v3/app-manifests/abc123/conversions"]);
    expect(env()).toEqual({ APP_ID: "42", PRIVATE_KEY: PEM, WEBHOOK_SECRET: "theirs" });
    expect((await ask(`GET /probot/setup?code=other&state=${state}`, {})).status).toBe(403);
    expect(asked).toHaveLength(1);
  });

  test.each([
    "code=abc123",
    "code=abc123&state=",
    "code=abc123&state=guessed",
    "code=abc123&state=__proto__",
  ])("is not taken without it: %s", async (query) => {
    await begin();
    expect((await ask(`GET /probot/setup?${query}`, {})).status).toBe(403);
    expect(asked).toEqual([]);
    expect(env()).toBe(null);
  });

  test.each([
    ["an empty one", ""],
    ["a path", "../../user"],
    ["two words", "a b"],
    ["201 letters", "x".repeat(201)],
  ])("is not taken with a code that is none: %s", async (_, code) => {
    const state = await begin();
    expect((await ask(`GET /probot/setup?code=${encodeURIComponent(code)}&state=${state}`, {})).status).toBe(
      400,
    );
    expect(asked).toEqual([]);
  });

  test("a page opened many times keeps a hundred states at most, the newest", async () => {
    const first = await begin();
    let last = "";
    for (let count = 0; count < 100; count += 1) last = await begin();
    expect((await ask(`GET /probot/setup?code=a&state=${first}`, {})).status).toBe(403);
    expect((await ask(`GET /probot/setup?code=a&state=${last}`, {})).status).toBe(302);
  });
});

test("the address to listen on is a name of the page, unless it means all of them", () => {
  const foreign = (listening: string, host: string) =>
    whyForeign({ host }, false, ownNames(listening, undefined)) !== null;
  expect(foreign("10.0.0.5", "10.0.0.5:3000")).toBe(false);
  expect(foreign("10.0.0.5", "10.0.0.6:3000")).toBe(true);
  expect(foreign("fd00::5", "[fd00::5]:3000")).toBe(false);
  expect(foreign("0.0.0.0", "0.0.0.0:3000")).toBe(true);
  expect(foreign("::", "[::]:3000")).toBe(true);
  expect(foreign("::", "localhost:3000")).toBe(false);
});
