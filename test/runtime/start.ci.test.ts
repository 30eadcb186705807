import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { built } from "./built.js";
import { raw } from "./raw.js";

/** `msc-clerk start` (`npm start` from a checkout), as a process of its own, on 127.0.0.1 and without a network beyond it. */

const KEY = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString();
const GOOD = { APP_ID: "123", PRIVATE_KEY: KEY, WEBHOOK_SECRET: "a secret nobody must read in a log" };

let made: ReturnType<typeof built>;
beforeAll(() => {
  made = built("start");
});
afterAll(() => made.remove());

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function start(variables: Record<string, string>, cwd = mkdtempSync(join(tmpdir(), "msc-clerk-"))) {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), "start"], {
    cwd,
    env: { PATH, HOST: "127.0.0.1", PAGES_PORT: "0", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const line = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = pattern.exec(said.out);
      if (found !== null) return found;
      if (child.exitCode !== null) throw new Error(`It ended: ${said.out}${said.err}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return { child, said, ended, line, cwd };
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

describe("what it does not start with", () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ["without WEBHOOK_SECRET", { ...GOOD, WEBHOOK_SECRET: "" }, /WEBHOOK_SECRET is not set/],
    ["with a bad key", { ...GOOD, PRIVATE_KEY: "no key" }, /PRIVATE_KEY is no private key/],
    [
      "with a misspelt variable",
      { ...GOOD, DATADIR: "/srv" },
      /DATADIR in the environment .* DATA_DIR is meant/,
    ],
    ["with a bad port", { ...GOOD, PORT: "eighty" }, /PORT is not a port/],
    ["with half the credentials", { APP_ID: "123" }, /PRIVATE_KEY is not set.*\n.*WEBHOOK_SECRET is not set/],
  ])("%s: one plain sentence each on stderr, and exit code 1", async (_what, variables, sentence) => {
    const { ended, said } = start(variables);
    expect(await ended).toBe(1);
    expect(said.err).toMatch(sentence);
    expect(said.err.trimEnd().split("\n")).toHaveLength(variables.PRIVATE_KEY === undefined ? 2 : 1);
    expect(said.out).toBe("");
  });

  test.each(["PORT", "PAGES_PORT"])("with %s in use: one plain sentence", async (name) => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    const { ended, said } = start({ ...GOOD, PORT: "0", [name]: port });
    expect(await ended).toBe(1);
    expect(said.err).toBe(
      `msc-clerk does not start: Port ${port} is in use already: set ${name} to another one.\n`,
    );
    server.close();
  });
});

describe("a GitHub Enterprise Server", () => {
  async function server(version: string | null) {
    const made = createServer((_request, response) => {
      const headers =
        version === null ? {} : { "x-github-enterprise-version": `enterprise-server@${version}` };
      response.writeHead(401, { ...headers, "content-type": "application/json" }).end("{}");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => made.once("listening", resolve));
    const address = made.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return { made, GITHUB_API_URL: `http://127.0.0.1:${port}/api/v3` };
  }

  test("that is too old: the clerk does not start, opens no store, and one plain sentence says why", async () => {
    const { made, GITHUB_API_URL } = await server("3.12.9");
    const { ended, said, cwd } = start({ ...GOOD, PORT: "0", GITHUB_API_URL });
    expect(await ended).toBe(1);
    expect(said.err).toBe(
      "msc-clerk does not start: This is GitHub Enterprise Server 3.12.9, and the clerk needs 3.13 or newer: an older one cannot tell it the ids of comments and reviews. Update the server.\n",
    );
    expect(existsSync(join(cwd, "data"))).toBe(false);
    made.close();
  });

  test("that does not say how old it is: the clerk starts, and says so", async () => {
    const { made, GITHUB_API_URL } = await server(null);
    const { line } = start({ ...GOOD, PORT: "0", GITHUB_API_URL });
    await line(/Which version of GitHub Enterprise Server is at .*\/api\/v3 is not known: it does not say\./);
    await line(/Listening on/);
    made.close();
    made.closeAllConnections();
  });
});

describe("its store", () => {
  const away = { ...GOOD, PORT: "0", GHE_HOST: "127.0.0.1:9", GHE_PROTOCOL: "http" };

  test("is a file that its user alone can read, whole when the clerk has stopped, and found again at the next start", async () => {
    const { child, ended, line, cwd } = start(away);
    await line(/Listening on/);
    const mode = (path: string) => statSync(join(cwd, path)).mode & 0o777;
    expect(mode("data")).toBe(0o700);
    expect(mode("data/msc-clerk.db")).toBe(0o600);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(statSync(join(cwd, "data/msc-clerk.db")).size).toBeGreaterThan(0);
    expect(statSync(join(cwd, "data/msc-clerk.db-wal"), { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    await start(away, cwd).line(/Listening on/);
  });

  test("cannot be opened: the clerk does not start, and one plain sentence says why", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "msc-clerk-"));
    writeFileSync(join(cwd, "data"), "");
    const { ended, said } = start(away, cwd);
    expect(await ended).toBe(1);
    expect(said.err).toMatch(
      /^msc-clerk does not start: The directory of the store .* is no directory: .*\.\n$/,
    );
    expect(said.out).toBe("");
  });

  test("in a database out of reach: the same, and without its address; no file is made in its place", async () => {
    const url = "postgresql://clerk:hunter2@127.0.0.1:9/secret-name";
    const { ended, said, cwd } = start({ ...away, DATABASE_URL: url });
    expect(await ended).toBe(1);
    expect(said.err).toBe(
      "msc-clerk does not start: The database at DATABASE_URL refuses connections: see that it runs, and listens where DATABASE_URL says.\n",
    );
    expect(said.out).toBe("");
    expect(readdirSync(cwd)).toEqual([]);
  });
});

test("without credentials it serves the set-up page, offline", async () => {
  const port = await freePort();
  const { line, cwd } = start({ PORT: String(port) });
  await line(/No credentials yet\. Open http:\/\/127\.0\.0\.1:\d+/);
  const page = await fetch(`http://127.0.0.1:${port}/`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Make the App");
  expect(readdirSync(cwd)).toEqual([]);
});

test("the set-up page lets no other web page write .env, and what its own form sends only the clerk's user can read", async () => {
  const port = await freePort();
  const { line, cwd } = start({ PORT: String(port), GHE_HOST: "127.0.0.1:9", GHE_PROTOCOL: "http" });
  await line(/No credentials yet/);
  const body = new URLSearchParams({ appId: "666", pem: KEY, secret: "known-to-the-attacker" }).toString();
  const post = async (path: string, headers: string) => {
    const one = await raw(
      `http://127.0.0.1:${port}`,
      `POST ${path} HTTP/1.1\r\n${headers}content-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
    await one.closed;
    return one.status();
  };
  const foreign = "origin: https://evil.example\r\n";
  expect(await post("/setup/import", `host: rebound.evil.example:${port}\r\n${foreign}`)).toBe(403);
  expect(await post("/setup/import", `host: localhost:${port}\r\n${foreign}`)).toBe(403);
  expect(existsSync(join(cwd, ".env"))).toBe(false);
  const own = `host: localhost:${port}\r\norigin: http://localhost:${port}\r\n`;
  expect(await post("/setup/import", own)).toBe(303);
  expect(statSync(join(cwd, ".env")).mode & 0o777).toBe(0o600);
  // And goes on into the clerk, on the same address, when its own form asks for it.
  expect(await post("/setup/start", `host: localhost:${port}\r\n${foreign}`)).toBe(403);
  expect(await post("/setup/start", own)).toBe(200);
  await line(new RegExp(`Listening on http://127\\.0\\.0\\.1:${port}`));
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/setup`)).status).toBe(404);
});

describe("a channel in place of webhooks that reach the clerk", () => {
  test("what is signed is taken through it, what is not is refused, and it is heard again after it was lost", async () => {
    const lines: ServerResponse[] = [];
    const smee = createServer((request, response) => {
      if (request.headers.accept !== "text/event-stream") return void response.writeHead(404).end();
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("id: 0\nevent: ready\ndata: {}\n\n");
      lines.push(response);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => smee.once("listening", resolve));
    const address = smee.address();
    const channel = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/abc`;
    const { child, ended, said, line } = start({
      ...GOOD,
      ...{ PORT: "0", GHE_HOST: "127.0.0.1:9", GHE_PROTOCOL: "http", LOG_LEVEL: "debug" },
      WEBHOOK_PROXY_URL: channel,
    });
    await line(/for a trial only, as everybody who knows its address sees what GitHub sends/);
    const send = (number: string, payload: object, secret: string) => {
      const body = JSON.stringify(payload);
      const signature = createHmac("sha256", secret).update(body).digest("hex");
      const event = {
        host: "smee.io",
        "x-github-event": "ping",
        "x-github-delivery": number,
        "x-hub-signature-256": `sha256=${signature}`,
        body: payload,
        query: {},
        timestamp: 1,
      };
      // In pieces, as a network hands it on.
      const text = `id: 1\ndata: ${JSON.stringify(event)}\n\n`;
      lines.at(-1)?.write(text.slice(0, 40));
      setTimeout(() => lines.at(-1)?.write(text.slice(40)), 20);
    };
    await line(/The channel at WEBHOOK_PROXY_URL is heard/);
    send("first-1", { zen: "Ünicode – 😀 \u2028 </script>" }, GOOD.WEBHOOK_SECRET);
    await line(/A webhook was heard\..*delivery=first-1/);
    send("forged-1", { zen: "no" }, "another secret");
    await line(/A webhook was refused: its signature is not one by WEBHOOK_SECRET/);
    await line(/What came through WEBHOOK_PROXY_URL was refused/);
    expect(said.out).not.toContain("forged-1");
    lines.at(-1)?.destroy();
    await line(/The channel at WEBHOOK_PROXY_URL cannot be heard/);
    while (lines.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    send("second-1", { zen: "yes" }, GOOD.WEBHOOK_SECRET);
    await line(/A webhook was heard\..*delivery=second-1/);
    expect(said.out).not.toContain(channel);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    smee.closeAllConnections();
    smee.close();
  });
});

test("strangers' bodies cost no memory to speak of, and while they come the clerk answers", async () => {
  const { child, line } = start({ ...GOOD, PORT: "0", GHE_HOST: "127.0.0.1:9", GHE_PROTOCOL: "http" });
  const url = (await line(/Listening on (http:\S+)/))[1] ?? "";
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const megabytes = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024;
  const piece = Buffer.alloc(1024 * 1024, "x");
  const flood = (signature: string) =>
    Promise.all(
      Array.from({ length: 24 }, async () => {
        const one = await raw(
          url,
          `POST /api/github/webhooks HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${24 * piece.length}\r\n` +
            `x-github-event: push\r\nx-github-delivery: 1\r\n${signature}\r\n`,
        );
        for (let sent = 0; sent < 23; sent += 1) await one.send(piece);
        return one;
      }),
    );
  const before = megabytes();
  const unsigned = await flood("");
  await Promise.all(unsigned.map(({ closed }) => closed));
  expect(megabytes() - before).toBeLessThan(64);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);

  const forged = await flood(`x-hub-signature-256: sha256=${"0".repeat(64)}\r\n`);
  expect(megabytes() - before).toBeLessThan(2 * 64 + 64);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  for (const { socket } of forged) socket.destroy();
}, 60_000);

test("the set-up page makes the App from app.yml, with the public address for its webhooks", async () => {
  const port = await freePort();
  const cwd = mkdtempSync(join(tmpdir(), "msc-clerk-"));
  writeFileSync(join(cwd, "app.yml"), "name: clerk of this test\n");
  const { line } = start({ PORT: String(port), PUBLIC_URL: "https://clerk.example.org" }, cwd);
  await line(/No credentials yet/);
  const page = await (await fetch(`http://127.0.0.1:${port}/setup/app`)).text();
  expect(page).toContain("clerk of this test");
  expect(page).toContain("https://clerk.example.org/api/github/webhooks");
});

test("with credentials it listens, answers /healthz, and stops at SIGTERM within seconds, with exit code 0", async () => {
  const { child, ended, said, line } = start({
    ...GOOD,
    PORT: "0",
    GHE_HOST: "127.0.0.1:9",
    GHE_PROTOCOL: "http",
  });
  const url = (await line(/Listening on (http:\S+)/))[1];
  const health = await fetch(`${url}/healthz`);
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ ok: true, lastResync: null });
  const asked = Date.now();
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(Date.now() - asked).toBeLessThan(8000);
  expect(said.out + said.err).not.toContain(GOOD.WEBHOOK_SECRET);
  expect(said.out + said.err).not.toContain("PRIVATE KEY");
});
