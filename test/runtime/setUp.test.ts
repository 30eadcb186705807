import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { silentLog } from "../../src/platform/log.js";
import { ownNames, whyForeign } from "../../src/runtime/server/sameSite.js";
import { type SetUpOptions, serveSetUp } from "../../src/runtime/server/setUp.js";
import { raw } from "./raw.js";

let directory: string;
let gitHub: Server;
let asked: string[];
let page: Awaited<ReturnType<typeof serveSetUp>>;
let port: string;

const PEM = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();
/** What GitHub answers to each route; to any other 404. */
let answers: Map<string, { status: number; body: object }>;
const CREATED = {
  status: 201,
  body: { id: 42, pem: PEM, webhook_secret: "theirs", html_url: "https://github.com/apps/clerk" },
};

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "msc-clerk-setup-"));
  writeFileSync(join(directory, "app.yml"), "name: it's a <clerk>\n");
  asked = [];
  answers = new Map<string, { status: number; body: object }>([
    ["POST /api/v3/app-manifests/abc123/conversions", CREATED],
    ["POST /api/v3/app-manifests/a/conversions", CREATED],
    ["GET /api/v3/app", { status: 200, body: { html_url: "https://github.com/apps/clerk" } }],
  ]);
  gitHub = createServer((request, response) => {
    const route = `${request.method} ${request.url}`;
    asked.push(route);
    if (route === "HEAD /new") return void response.writeHead(307, { location: "/aChannel_1-2" }).end();
    const { status, body } = answers.get(route) ?? { status: 404, body: { message: "Not Found" } };
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => gitHub.once("listening", resolve));
  await serve({});
});

const gitHubPort = () => {
  const address = gitHub.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};

async function serve(options: Partial<SetUpOptions>) {
  await page?.close();
  page = await serveSetUp({
    port: 0,
    host: "127.0.0.1",
    publicUrl: "https://clerk.example.org",
    webhookProxyUrl: undefined,
    baseUrl: `http://127.0.0.1:${gitHubPort()}/api/v3`,
    organization: undefined,
    log: silentLog,
    directory,
    channels: `http://127.0.0.1:${gitHubPort()}/new`,
    ...options,
  });
  port = new URL(page.url).port;
}

afterEach(async () => {
  await page.close();
  gitHub.closeAllConnections();
  gitHub.close();
});

const form = (values: Record<string, string>) => new URLSearchParams(values).toString();
const CREDENTIALS = form({ appId: "7", pem: PEM, secret: "a secret" });
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
  return { status: await one.status(), text: Buffer.from(one.heard(), "latin1").toString("utf8") };
}

const own = () => ({
  "content-type": "application/x-www-form-urlencoded",
  origin: `http://localhost:${port}`,
});

test.each([
  ["https://api.github.com", "https://github.com"],
  ["https://api.octo.ghe.com", "https://octo.ghe.com"],
  ["https://ghe.example/api/v3", "https://ghe.example"],
])("the App is registered where people are: with the API at %s at %s", async (baseUrl, web) => {
  await serve({ baseUrl, organization: "matrix-org", publicUrl: undefined });
  const answer = await fetch(`${page.url}/setup/app`);
  expect(await answer.text()).toContain(`<form action="${web}/organizations/matrix-org/settings/apps/new?`);
  expect(answer.headers.get("content-security-policy")).toContain(`form-action 'self' ${web};`);
});

/** A form with a file, as a browser sends it. */
async function multipart(values: Record<string, string>, file: string) {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(name, value);
  data.set("pemFile", new Blob([file], { type: "application/octet-stream" }), "clerk.pem");
  const made = new Response(data);
  return { type: made.headers.get("content-type") ?? "", body: await made.text() };
}

describe("the credentials of an App that exists", () => {
  const send = (body: string, headers: Record<string, string> = {}) =>
    ask("POST /setup/import", { ...own(), ...headers }, body);
  const KEPT = { APP_ID: "7", PRIVATE_KEY: PEM, WEBHOOK_SECRET: "a secret" };

  test("that are pasted are asked of GitHub, and kept, readable by their owner only", async () => {
    const { status, text } = await send(CREDENTIALS.replaceAll("%0A", "%0D%0A"), {
      "sec-fetch-site": "same-origin",
    });
    expect(status).toBe(303);
    expect(text.toLowerCase()).toContain("location: /setup/next");
    expect(asked).toEqual(["GET /api/v3/app"]);
    expect(env()).toEqual(KEPT);
    expect(statSync(join(directory, ".env")).mode & 0o777).toBe(0o600);
  });

  test("with the key as a file are kept alike", async () => {
    const { type, body } = await multipart({ appId: " 7 ", secret: "a secret", pem: "" }, PEM);
    expect((await send(body, { "content-type": type })).status).toBe(303);
    expect(env()).toEqual(KEPT);
  });

  test("that GitHub does not know are not kept, and the page says so", async () => {
    answers.set("GET /api/v3/app", {
      status: 401,
      body: { message: "A JSON web token could not be decoded" },
    });
    const { status, text } = await send(CREDENTIALS);
    expect(status).toBe(422);
    expect(text).toContain("GitHub does not know this App ID with this private key");
    expect(text).toContain('value="7"');
    expect(text).not.toContain("a secret");
    expect(env()).toBe(null);
  });

  test("are kept where GitHub cannot be asked", async () => {
    answers.set("GET /api/v3/app", { status: 502, body: {} });
    expect((await send(CREDENTIALS)).status).toBe(303);
    expect(env()).toEqual(KEPT);
    expect((await ask("GET /setup/next", {})).text).toContain("under <em>Install App</em>");
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["no number", { appId: "clerk" }, /The App ID is not a whole number/],
    ["no App ID", { appId: "" }, /The App ID is not a whole number/],
    ["no secret", { secret: " " }, /The webhook secret is missing/],
    [
      "the secret that everybody knows",
      { secret: "development" },
      /The webhook secret is missing, or is one/,
    ],
    ["no key", { pem: "" }, /The private key is missing or cannot be read/],
    ["half a key", { pem: PEM.slice(0, 300) }, /The private key is missing or cannot be read/],
  ])("of which one is wrong are not kept: %s", async (_what, values, sentence) => {
    const { status, text } = await send(form({ appId: "7", pem: PEM, secret: "a secret", ...values }));
    expect(status).toBe(422);
    expect(text).toMatch(sentence);
    expect(text).not.toContain("BEGIN RSA PRIVATE KEY-----\n");
    expect(asked).toEqual([]);
    expect(env()).toBe(null);
  });

  test.each<[string, Record<string, string>, number]>([
    [
      "by another page, as a simple request",
      { "content-type": "text/plain", origin: "https://evil.example" },
      403,
    ],
    ["by another page's form", { origin: "https://evil.example" }, 403],
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
    ["as JSON", { "content-type": "application/json" }, 415],
    ["without a kind", { "content-type": "" }, 415],
    ["as a form of parts without a boundary", { "content-type": "multipart/form-data" }, 400],
  ])("are not taken when sent %s", async (_how, headers, status) => {
    for (const path of ["/setup/import", "/setup"]) {
      const answer = await ask(`POST ${path}`, { ...own(), ...headers }, CREDENTIALS);
      expect(answer.status).toBe(status);
    }
    expect(env()).toBe(null);
    expect(asked).toEqual([]);
  });

  test("take no more than a key needs", async () => {
    expect((await send("", { "content-length": "65537" })).status).toBe(413);
  });
});

describe("the set-up page", () => {
  test.each([
    "/",
    "/setup",
    "/setup/app",
    "/setup/import",
    "/setup/created?code=x",
    "/setup/next",
    "/elsewhere",
  ])("shows %s to nobody who comes under a foreign name", async (path) => {
    const answer = await ask(`GET ${path}`, { host: "rebound.evil.example" });
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain("state=");
  });

  test.each(["localhost", "127.0.0.1", "[::1]", "LOCALHOST:9", "clerk.example.org"])(
    "is shown under %s",
    async (host) => {
      expect((await ask("GET /setup", { host })).status).toBe(200);
    },
  );

  test("is shown in no frame, and runs no script at all", async () => {
    for (const path of ["/setup", "/setup/app", "/setup/import"]) {
      const { text } = await ask(`GET ${path}`, {});
      expect(text).toMatch(/content-security-policy: default-src 'none';.*frame-ancestors 'none'/i);
      expect(text).not.toMatch(/script-src|<script|\son[a-z]+=|style="/i);
      expect(text).toContain(`<style nonce="${/'nonce-([\w-]+)'/.exec(text)?.[1]}">`);
    }
  });

  test("every field has a label and its hint, one step is the current one, and a fault is said aloud", async () => {
    for (const path of ["/setup", "/setup/import"]) {
      const { text } = await ask(`GET ${path}`, {});
      const ids = [...text.matchAll(/<(?:input|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"/g)].map(
        ([, id]) => id,
      );
      expect(ids.length).toBeGreaterThan(3);
      for (const id of ids) expect(text).toContain(`<label for="${id}">`);
      for (const [, id] of text.matchAll(/aria-describedby="([^"]+)"/g)) expect(text).toContain(`id="${id}"`);
      expect(text.match(/aria-current="step"/g)).toHaveLength(1);
      expect(text.match(/<h1>/g)).toHaveLength(1);
    }
    expect((await ask("POST /setup", own(), form({ name: "" }))).text).toContain(
      '<div class="faults" role="alert">',
    );
  });
});

describe("what is typed of the App", () => {
  const type = (values: Record<string, string>) => ask("POST /setup", own(), form(values));
  const manifest = async () => {
    const { text } = await ask("GET /setup/app", {});
    const value = /name="manifest" value="([^"]*)"/.exec(text)?.[1] ?? "";
    return JSON.parse(
      value
        .replaceAll("&quot;", '"')
        .replaceAll("&#39;", "'")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&amp;", "&"),
    );
  };

  test("is, where nothing was, what app.yml and GH_ORG say, whatever they hold", async () => {
    expect(await manifest()).toMatchObject({
      name: "it's a <clerk>",
      redirect_url: `http://localhost:${port}/setup/created`,
      hook_attributes: { url: "https://clerk.example.org/api/github/webhooks" },
    });
    expect((await ask("GET /setup", {})).text).toContain('value="it&#39;s a &lt;clerk&gt;"');
  });

  test("goes to GitHub, and is there again when the page is opened anew", async () => {
    const { status, text } = await type({
      name: " Äthel’s clerk ",
      organization: "@matrix-org",
      webhooks: "direct",
    });
    expect(status).toBe(303);
    expect(text.toLowerCase()).toContain("location: /setup/app");
    expect((await manifest()).name).toBe("Äthel’s clerk");
    expect((await ask("GET /setup/app", {})).text).toContain(
      "/organizations/matrix-org/settings/apps/new?state=",
    );
    expect((await ask("GET /setup", {})).text).toContain('value="matrix-org"');
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["no name", { name: " " }, /The App needs a name\./],
    ["35 letters", { name: "x".repeat(35) }, /The name has 35 characters, and GitHub takes 34 at most\./],
    [
      "an address",
      { organization: "https://github.com/matrix-org" },
      /The organisation is not the name of one/,
    ],
    ["a path", { organization: "../user" }, /The organisation is not the name of one/],
  ])("and GitHub would refuse is told before, and nothing is asked: %s", async (_what, values, sentence) => {
    const { status, text } = await type({ name: "clerk", organization: "", ...values });
    expect(status).toBe(422);
    expect(text).toMatch(sentence);
    expect(asked).toEqual([]);
  });

  test("as a name that an App has already is told before", async () => {
    answers.set("GET /api/v3/users/the-clerk%5Bbot%5D", { status: 200, body: { type: "Bot" } });
    const { status, text } = await type({ name: "The Clérk" });
    expect(status).toBe(422);
    expect(text).toContain(`There is an App of the name The Clérk on 127.0.0.1:${gitHubPort()} already.`);
  });

  test("with 34 letters is taken, and where GitHub does not say whether it is free", async () => {
    answers.set(`GET /api/v3/users/${"x".repeat(34)}%5Bbot%5D`, { status: 500, body: {} });
    expect((await type({ name: "x".repeat(34) })).status).toBe(303);
  });
});

describe("a channel of smee.io's", () => {
  const choose = (webhooks: string) => ask("POST /setup", own(), form({ name: "clerk", webhooks }));

  test("is had once, becomes the webhook URL, and goes into .env with the credentials", async () => {
    expect((await choose("channel")).status).toBe(303);
    const channel = `http://127.0.0.1:${gitHubPort()}/aChannel_1-2`;
    expect((await ask("GET /setup/app", {})).text).toContain(`<code>${channel}</code>`);
    await choose("direct");
    expect((await ask("GET /setup/app", {})).text).toContain(
      "<code>https://clerk.example.org/api/github/webhooks</code>",
    );
    await choose("channel");
    expect(asked.filter((one) => one === "HEAD /new")).toHaveLength(1);
    await ask("POST /setup/import", own(), CREDENTIALS);
    expect(env()).toMatchObject({ APP_ID: "7", WEBHOOK_PROXY_URL: channel });
  });

  test("that cannot be had is said, and does not go on without", async () => {
    await serve({ channels: `http://127.0.0.1:${gitHubPort()}/nothing` });
    const { status, text } = await choose("channel");
    expect(status).toBe(422);
    expect(text).toContain("smee.io gives no channel");
  });

  test("that is set already is the webhook URL, and there is nothing to choose", async () => {
    await serve({ webhookProxyUrl: "https://smee.io/abc" });
    expect((await ask("GET /setup", {})).text).not.toContain('type="radio"');
    expect((await ask("GET /setup/app", {})).text).toContain("<code>https://smee.io/abc</code>");
  });
});

describe("what GitHub sends back", () => {
  const begin = async () => /new\?state=([\w-]+)/.exec((await ask("GET /setup/app", {})).text)?.[1] ?? "";

  test("is taken once, with the state the page gave out, though it comes from across sites", async () => {
    const state = await begin();
    const back = await ask(`GET /setup/created?code=abc123&state=${state}`, {
      "sec-fetch-site": "cross-site",
    });
    expect(back.status).toBe(303);
    expect(back.text.toLowerCase()).toContain("location: /setup/next");
    expect(asked).toEqual(["POST /api/v3/app-manifests/abc123/conversions"]);
    expect(env()).toEqual({ APP_ID: "42", PRIVATE_KEY: PEM, WEBHOOK_SECRET: "theirs" });
    expect((await ask(`GET /setup/created?code=other&state=${state}`, {})).status).toBe(303);
    expect(asked).toHaveLength(1);
  });

  test.each([
    "code=abc123",
    "code=abc123&state=",
    "code=abc123&state=guessed",
    "code=abc123&state=__proto__",
  ])("is not taken without it: %s", async (query) => {
    await begin();
    expect((await ask(`GET /setup/created?${query}`, {})).status).toBe(403);
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
    expect((await ask(`GET /setup/created?code=${encodeURIComponent(code)}&state=${state}`, {})).status).toBe(
      400,
    );
    expect(asked).toEqual([]);
  });

  test("a page opened many times keeps a hundred states at most, the newest", async () => {
    const first = await begin();
    let last = "";
    for (let count = 0; count < 100; count += 1) last = await begin();
    expect((await ask(`GET /setup/created?code=a&state=${first}`, {})).status).toBe(403);
    expect((await ask(`GET /setup/created?code=a&state=${last}`, {})).status).toBe(303);
  });
});

describe("once the credentials are there", () => {
  beforeEach(async () => {
    await ask("POST /setup/import", own(), CREDENTIALS);
  });

  test.each(["/", "/setup", "/setup/app", "/setup/import", "/setup/created?code=a&state=b"])(
    "%s leads on to what comes next",
    async (path) => {
      const { status, text } = await ask(`GET ${path}`, {});
      expect(status).toBe(303);
      expect(text.toLowerCase()).toContain("location: /setup/next");
    },
  );

  test("the page says what comes next, as often as it is opened, with the App's own page to install it from", async () => {
    for (const _time of [1, 2]) {
      const { status, text } = await ask("GET /setup/next", {});
      expect(status).toBe(200);
      expect(text).toContain('href="https://github.com/apps/clerk/installations/new"');
      expect(text).toContain(".github/msc-clerk.yml");
      expect(text).toContain("core-team:");
      expect(text).toContain('href="https://github.com/matrix-org/msc-clerk/blob/main/docs/examples"');
      expect(text).toContain("npx msc-clerk check");
      expect(text).toContain("npx msc-clerk doctor OWNER/REPO");
    }
  });

  test.each(["/setup", "/setup/import"])("nothing that is sent to %s takes their place", async (path) => {
    const other = form({ name: "other", appId: "666", pem: PEM, secret: "other" });
    expect((await ask(`POST ${path}`, own(), other)).status).toBe(409);
    expect(env()?.APP_ID).toBe("7");
  });

  test("whoever asks for the clerk gets it, and no other page may ask", async () => {
    let done = false;
    void page.done.then(() => {
      done = true;
    });
    expect((await ask("POST /setup/start", { ...own(), origin: "https://evil.example" }, "x")).status).toBe(
      403,
    );
    expect(done).toBe(false);
    const { status, text } = await ask("POST /setup/start", own());
    expect(status).toBe(200);
    expect(text).toContain("The clerk starts");
    await page.done;
  });
});

test("nobody gets the clerk before there are credentials", async () => {
  expect((await ask("POST /setup/start", own())).status).toBe(404);
  expect((await ask("GET /setup/next", {})).status).toBe(303);
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
