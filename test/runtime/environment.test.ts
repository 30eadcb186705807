import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCredentials } from "../../src/environment/credentials.js";
import { readEnvironment } from "../../src/environment/environment.js";
import { readBaseUrl } from "../../src/environment/gitHubApi.js";
import type { Variables } from "../../src/environment/variables.js";
import { addDotEnv } from "../../src/platform/dotEnv.js";
import { gitHubHost, graphqlAddress, webAddress } from "../../src/platform/gitHubAddress.js";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PKCS1 = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const PKCS8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const SECRET = "a webhook secret of this test";
const GOOD: Variables = { APP_ID: "123", PRIVATE_KEY: PKCS1, WEBHOOK_SECRET: SECRET };

const ROOM: Variables = {
  MATRIX_HOMESERVER: "https://matrix.example.org",
  MATRIX_TOKEN: "t",
  MATRIX_ROOM: "#room:example.org",
};

function ready(variables: Variables = {}) {
  const reading = readEnvironment({ ...GOOD, ...variables });
  if (reading.kind !== "ready") throw new Error(JSON.stringify(reading));
  return reading.environment;
}

function faults(variables: Variables): readonly string[] {
  const reading = readEnvironment({ ...GOOD, ...variables });
  if (reading.kind !== "faults") throw new Error(`It would start: ${reading.kind}`);
  return reading.faults;
}

describe("the environment", () => {
  test("a channel to fetch webhooks from is taken, with credentials and for the set-up page", () => {
    const channel = { WEBHOOK_PROXY_URL: " https://smee.io/abc " };
    expect(ready(channel).webhookProxyUrl).toBe("https://smee.io/abc");
    expect(readEnvironment(channel)).toMatchObject({
      kind: "set_up",
      webhookProxyUrl: "https://smee.io/abc",
    });
  });

  test("a Matrix room is given by three variables; none of them, and there is none", () => {
    expect(ready().matrix).toBeUndefined();
    expect(
      ready({
        MATRIX_HOMESERVER: "https://matrix.example.org/",
        MATRIX_TOKEN: " t ",
        MATRIX_ROOM: "#r:example.org",
      }).matrix,
    ).toEqual({ homeserver: "https://matrix.example.org", token: "t", room: "#r:example.org" });
    expect(ready({ ...ROOM, MATRIX_HOMESERVER: "http://127.0.0.1:8008" }).matrix?.homeserver).toBe(
      "http://127.0.0.1:8008",
    );
    expect(ready({ ...ROOM, MATRIX_ROOM: "!a1_-B" }).matrix?.room).toBe("!a1_-B");
  });

  test.each<[string, Variables, RegExp]>([
    [
      "one of the three missing",
      { MATRIX_TOKEN: "" },
      /^MATRIX_TOKEN is not set, .*: give MATRIX_HOMESERVER, MATRIX_TOKEN and MATRIX_ROOM, or none of them\.$/,
    ],
    [
      "an alias that .env has taken for a comment",
      { MATRIX_HOMESERVER: undefined, MATRIX_ROOM: "" },
      /^MATRIX_HOMESERVER and MATRIX_ROOM are not set, .* In \.env an alias has to stand in quotes/,
    ],
    [
      "no address",
      { MATRIX_HOMESERVER: "matrix.org" },
      /^MATRIX_HOMESERVER is not the address of a homeserver/,
    ],
    [
      "an address with a password",
      { MATRIX_HOMESERVER: "https://clerk:hunter2@example.org" },
      /^MATRIX_HOMESERVER is not the address of a homeserver/,
    ],
    [
      "an address that everybody can read",
      { MATRIX_HOMESERVER: "http://example.org" },
      /^MATRIX_HOMESERVER begins with http:/,
    ],
    ["a token of two lines", { MATRIX_TOKEN: "hunter2\nx" }, /^MATRIX_TOKEN is no access token/],
    ["a room without a server", { MATRIX_ROOM: "#room" }, /^MATRIX_ROOM is no room/],
    ["a link to a room", { MATRIX_ROOM: "https://matrix.to/#/#room:example.org" }, /^MATRIX_ROOM is no room/],
  ])("a Matrix room with %s is refused in one sentence that shows no secret", (_what, differs, says) => {
    const told = faults({ ...ROOM, ...differs });
    expect(told).toEqual([expect.stringMatching(says)]);
    expect(told.join()).not.toContain("hunter2");
  });

  test("three variables are enough", () => {
    const { privateKey: read, ...rest } = ready();
    expect(rest).toEqual({
      appId: 123,
      webhookSecret: SECRET,
      recordKeys: undefined,
      server: { port: 3000, host: "localhost" },
      pages: { port: 3001, host: "127.0.0.1" },
      storage: { dataDirectory: "./data", databaseUrl: undefined },
      baseUrl: "https://api.github.com",
      logLevel: "info",
      readableLog: true,
      dryRun: false,
      record: undefined,
      publicUrl: undefined,
    });
    expect(read.trim()).toBe(PKCS1.trim());
  });

  test("everything else can be set", () => {
    const { privateKey: _, ...rest } = ready({
      RECORD_KEYS: "0123456789abcdef,fedcba9876543210",
      PORT: "0",
      HOST: "127.0.0.1",
      PAGES_PORT: "9100",
      PAGES_HOST: "0.0.0.0",
      GHE_HOST: "github.example.org",
      GHE_PROTOCOL: "http",
      LOG_LEVEL: "WARN",
      NODE_ENV: "production",
      DRY_RUN: "yes",
      RECORD: "./recordings",
      PUBLIC_URL: "https://clerk.example.org/",
      DATA_DIR: "/var/lib/msc-clerk",
      DATABASE_URL: " postgresql://clerk:hunter2@db.example.org:5433/clerk?sslmode=verify-full\n",
    });
    expect(rest).toEqual({
      appId: 123,
      webhookSecret: SECRET,
      recordKeys: "0123456789abcdef,fedcba9876543210",
      server: { port: 0, host: "127.0.0.1" },
      pages: { port: 9100, host: "0.0.0.0" },
      storage: {
        dataDirectory: "/var/lib/msc-clerk",
        databaseUrl: "postgresql://clerk:hunter2@db.example.org:5433/clerk?sslmode=verify-full",
      },
      baseUrl: "http://github.example.org/api/v3",
      logLevel: "warn",
      readableLog: false,
      dryRun: true,
      record: "./recordings",
      publicUrl: "https://clerk.example.org",
    });
  });

  test("an empty variable is one that is not set", () => {
    expect(ready({ PORT: "", GHE_HOST: " ", DRY_RUN: "", DATA_DIR: "", DATABASE_URL: " " })).toEqual(ready());
  });

  const pem = join(mkdtempSync(join(tmpdir(), "msc-clerk-")), "key.pem");
  writeFileSync(pem, PKCS8);
  test.each([
    ["PKCS#1", { PRIVATE_KEY: PKCS1 }],
    ["PKCS#8", { PRIVATE_KEY: PKCS8 }],
    ["\\n for line ends", { PRIVATE_KEY: PKCS1.replace(/\n/g, "\\n") }],
    ["spaces for line ends", { PRIVATE_KEY: PKCS1.trim().replace(/\n/g, " ") }],
    ["CRLF", { PRIVATE_KEY: PKCS1.replace(/\n/g, "\r\n") }],
    ["base64 of it all", { PRIVATE_KEY: Buffer.from(PKCS1).toString("base64") }],
    ["a file", { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: pem }],
  ])("the key is taken as %s", (_how, variables) => {
    expect(ready(variables).privateKey).toMatch(/^-----BEGIN (RSA )?PRIVATE KEY-----\n[\s\S]+\n-----END/);
  });

  test.each<[string, Variables, RegExp]>([
    ["no webhook secret", { WEBHOOK_SECRET: undefined }, /^WEBHOOK_SECRET is not set/],
    ["Probot's own secret", { WEBHOOK_SECRET: "development" }, /^WEBHOOK_SECRET is "development"/],
    [
      "Probot's own secret among others",
      { WEBHOOK_SECRET: "new one,development" },
      /^WEBHOOK_SECRET has "development"/,
    ],
    [
      "an empty secret among others",
      { WEBHOOK_SECRET: "new one,, old one" },
      /^WEBHOOK_SECRET has an empty part/,
    ],
    ["no App id", { APP_ID: undefined }, /^APP_ID is not set/],
    ["an App id in words", { APP_ID: "msc-clerk" }, /^APP_ID is not a whole number/],
    ["no key", { PRIVATE_KEY: undefined }, /^PRIVATE_KEY is not set/],
    ["half a key", { PRIVATE_KEY: PKCS1.slice(0, 300) }, /^PRIVATE_KEY is no private key that can be read/],
    [
      "the public key",
      { PRIVATE_KEY: "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----" },
      /^PRIVATE_KEY is no private key/,
    ],
    [
      "an EC key",
      {
        PRIVATE_KEY: generateKeyPairSync("ec", { namedCurve: "P-256" })
          .privateKey.export({ type: "pkcs8", format: "pem" })
          .toString(),
      },
      /^PRIVATE_KEY is no RSA key/,
    ],
    [
      "a key file that is not there",
      { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: "/nowhere/key.pem" },
      /^The file at PRIVATE_KEY_PATH \(\/nowhere\/key\.pem\) cannot be read \(ENOENT\)/,
    ],
    ["a port in words", { PORT: "http" }, /^PORT is not a port/],
    ["a port too high", { PORT: "65536" }, /^PORT is not a port/],
    ["a negative port", { PORT: "-1" }, /^PORT is not a port/],
    ["a port of the pages in words", { PAGES_PORT: "http" }, /^PAGES_PORT is not a port/],
    ["an unknown log level", { LOG_LEVEL: "chatty" }, /^LOG_LEVEL is none of trace, debug/],
    ["an unknown log format", { LOG_FORMAT: "xml" }, /^LOG_FORMAT is neither/],
    ["a recording that goes nowhere", { RECORD: "true" }, /^RECORD is not a directory/],
    ["a dry run that is neither on nor off", { DRY_RUN: "maybe" }, /^DRY_RUN is neither true nor false/],
    ["a GitHub host with a path", { GHE_HOST: "https://github.example.org/" }, /^GHE_HOST is not a host/],
    ["an unknown protocol", { GHE_PROTOCOL: "ftp" }, /^GHE_PROTOCOL is neither/],
    [
      "a public address that is none",
      { PUBLIC_URL: "clerk.example.org" },
      /^PUBLIC_URL is not a web address/,
    ],
    ["a channel that is none", { WEBHOOK_PROXY_URL: "smee.io/abc" }, /^WEBHOOK_PROXY_URL is not the address/],
    [
      "a channel that everybody on the way can read",
      { WEBHOOK_PROXY_URL: "http://smee.io/abc" },
      /^WEBHOOK_PROXY_URL is not the address/,
    ],
    [
      "a channel, and no trial",
      { WEBHOOK_PROXY_URL: "https://smee.io/abc", NODE_ENV: "production" },
      /^WEBHOOK_PROXY_URL is for a trial, .* not taken with NODE_ENV=production/,
    ],
    ...[
      "mysql://clerk:hunter2@db.example.org/clerk",
      "db.example.org",
      "postgresql:clerk",
      "postgresql://clerk:hunter/2@db.example.org/clerk",
    ].map((url): [string, Variables, RegExp] => [
      `the database ${url}`,
      { DATABASE_URL: url },
      /^DATABASE_URL is not the address of a PostgreSQL database/,
    ]),
    [
      "a short record key",
      { RECORD_KEYS: "0123456789abcdef,short" },
      /^RECORD_KEYS has a key of fewer than 16/,
    ],
  ])("%s: it does not start, and one plain sentence says why", (_what, variables, sentence) => {
    const said = faults(variables);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(sentence);
    expect(said[0]).toMatch(/\.$/);
    expect(said[0]).not.toContain("\n");
  });

  test.each(["postgres://clerk@localhost/clerk", "postgresql:///clerk?host=/var/run/postgresql"])(
    "the database may be %s",
    (url) => {
      expect(ready({ DATABASE_URL: url }).storage.databaseUrl).toBe(url);
    },
  );

  test("several faults are told all at once, and none shows a secret", () => {
    const secrets = {
      PRIVATE_KEY: "hunter2-key",
      RECORD_KEYS: "hunter2",
      DATABASE_URL: "mysql://clerk:hunter2@db.example.org/clerk",
      APP_ID: "x",
      PORT: "x",
    };
    const said = faults({ ...secrets, WEBHOOK_SECRET: undefined });
    expect(said).toHaveLength(6);
    expect(said.join()).not.toContain("hunter2");
  });

  test("no credentials at all: the set-up page, unless in production", () => {
    const none = { APP_ID: undefined, PRIVATE_KEY: undefined, WEBHOOK_SECRET: undefined };
    expect(readEnvironment({ PORT: "4000" })).toMatchObject({ kind: "set_up", server: { port: 4000 } });
    expect(readEnvironment({ WEBHOOK_SECRET: SECRET }).kind).toBe("set_up");
    expect(faults({ ...none, NODE_ENV: "production" })[0]).toMatch(/^APP_ID and PRIVATE_KEY .* are not set/);
    expect(faults({ ...none, PORT: "x" })).toEqual([expect.stringMatching(/^PORT/)]);
  });

  test("what only asks GitHub needs no webhook secret", () => {
    expect(readCredentials({ ...GOOD, WEBHOOK_SECRET: undefined })).toMatchObject({ appId: 123 });
    expect(readCredentials({ APP_ID: "123" })).toEqual({ faults: [expect.stringMatching(/^PRIVATE_KEY/)] });
    expect(readCredentials({})).toEqual({ faults: [expect.stringMatching(/^There is nothing to sign in/)] });
  });

  test("what only asks takes a reader's token where nothing of the App's is set", () => {
    const baseUrl = "https://api.github.com";
    const token = "ghp_aReadersToken";
    expect(readCredentials({ GITHUB_TOKEN: ` ${token}\n`, GH_TOKEN: "other" })).toEqual({
      token,
      variable: "GITHUB_TOKEN",
      baseUrl,
    });
    expect(readCredentials({ GITHUB_TOKEN: "", GH_TOKEN: token, GHE_HOST: "github.example.org" })).toEqual({
      token,
      variable: "GH_TOKEN",
      baseUrl: "https://github.example.org/api/v3",
    });
    expect(readCredentials({ ...GOOD, GITHUB_TOKEN: token })).toMatchObject({ appId: 123 });
    expect(readCredentials({ APP_ID: "123", GITHUB_TOKEN: token })).toHaveProperty("faults");
    for (const wrong of ["two words", "line\nend", "tök"]) {
      const read = readCredentials({ GITHUB_TOKEN: wrong });
      expect(read).toEqual({ faults: [expect.stringMatching(/^GITHUB_TOKEN is no token/)] });
      expect(JSON.stringify(read)).not.toContain(wrong);
    }
  });

  test("a reader's token starts no clerk", () => {
    expect(readEnvironment({ GITHUB_TOKEN: "ghp_aReadersToken" }).kind).toBe("set_up");
  });
});

describe("which GitHub it is", () => {
  const found = (variables: Variables) => ready(variables).baseUrl;

  test.each<[string, Variables, string]>([
    ["nothing is set: github.com", {}, "https://api.github.com"],
    ["GitHub Actions sets it", { GITHUB_API_URL: "https://api.github.com" }, "https://api.github.com"],
    ["data residency", { GITHUB_API_URL: " https://api.octo.ghe.com/ " }, "https://api.octo.ghe.com"],
    ["an Enterprise Server", { GITHUB_API_URL: "https://ghe.example/api/v3/" }, "https://ghe.example/api/v3"],
    ["the same, by its host", { GHE_HOST: "ghe.example" }, "https://ghe.example/api/v3"],
    [
      "both, and they agree",
      { GHE_HOST: "ghe.example", GITHUB_API_URL: "https://GHE.example/api/v3" },
      "https://ghe.example/api/v3",
    ],
    ["a proxy", { GITHUB_API_URL: "https://proxy.example/gh" }, "https://proxy.example/gh"],
    ["a proxy on this machine", { GITHUB_API_URL: "http://localhost:8080" }, "http://localhost:8080"],
    ["the same, by its number", { GITHUB_API_URL: "http://[::1]:8080/" }, "http://[::1]:8080"],
  ])("%s", (_what, variables, baseUrl) => {
    expect(found(variables)).toBe(baseUrl);
    // A reader's question goes where the clerk's do, and the set-up page as well.
    const { APP_ID, PRIVATE_KEY, ...others } = { ...GOOD, ...variables };
    expect(readCredentials({ ...others, GITHUB_TOKEN: "ghp_x" })).toMatchObject({ baseUrl });
    expect(readEnvironment(others)).toMatchObject({ kind: "set_up", baseUrl });
    expect(readBaseUrl(others)).toBe(baseUrl);
  });

  test.each<[string, Variables, string]>([
    [
      "two GitHubs",
      { GHE_HOST: "ghe.example", GITHUB_API_URL: "https://api.github.com" },
      "GITHUB_API_URL (https://api.github.com) and GHE_HOST (which means https://ghe.example/api/v3) name two different GitHubs: drop GHE_HOST, and set GITHUB_API_URL to the one that is meant.",
    ],
    [
      "the page where people look",
      { GITHUB_API_URL: "https://octo.ghe.com" },
      "GITHUB_API_URL is https://octo.ghe.com, where people look: its API is https://api.octo.ghe.com.",
    ],
    [
      "github.com",
      { GITHUB_API_URL: "https://github.com/" },
      "GITHUB_API_URL is https://github.com, where people look: its API is https://api.github.com.",
    ],
    [
      "a host with data residency, which has no /api/v3",
      { GHE_HOST: "octo.ghe.com" },
      "GHE_HOST is for a GitHub Enterprise Server, and octo.ghe.com is none: drop it, and set GITHUB_API_URL to https://api.octo.ghe.com.",
    ],
    [
      "tokens that everybody on the way could read",
      { GITHUB_API_URL: "http://ghe.example/api/v3" },
      "GITHUB_API_URL begins with http://, so everybody on the way could read the App's tokens: give it with https://. Only on this machine itself (localhost) http:// will do.",
    ],
    ...["ghe.example", "ftp://ghe.example", "https://me:hunter2@ghe.example/api/v3", "https://x/?a=1"].map(
      (text): [string, Variables, string] => [
        `no address: ${text}`,
        { GITHUB_API_URL: text },
        "GITHUB_API_URL is not the address of an API: give it as https://api.SUB.ghe.com or https://HOST/api/v3, without a name, a password, a ? or a #.",
      ],
    ),
  ])("refused: %s", (_what, variables, sentence) => {
    expect(faults({ ...GOOD, ...variables })).toEqual([sentence]);
    expect(readCredentials({ GITHUB_TOKEN: "ghp_x", ...variables })).toEqual({ faults: [sentence] });
  });

  test.each([
    ["https://api.github.com", "https://api.github.com/graphql", "https://github.com", "github.com"],
    ["https://api.octo.ghe.com", "https://api.octo.ghe.com/graphql", "https://octo.ghe.com", "octo.ghe.com"],
    ["https://ghe.example/api/v3", "https://ghe.example/api/graphql", "https://ghe.example", "ghe.example"],
    ["http://127.0.0.1:4100", "http://127.0.0.1:4100/graphql", "http://127.0.0.1:4100", "127.0.0.1:4100"],
    [
      "https://proxy.example/gh",
      "https://proxy.example/gh/graphql",
      "https://proxy.example/gh",
      "proxy.example",
    ],
  ])("%s has its GraphQL at %s, and its pages at %s", (baseUrl, graphql, web, host) => {
    expect(graphqlAddress(baseUrl)).toBe(graphql);
    expect(webAddress(baseUrl)).toBe(web);
    expect(gitHubHost(baseUrl)).toBe(host);
  });
});

describe("the .env file that the set-up page writes", () => {
  const directory = mkdtempSync(join(tmpdir(), "msc-clerk-"));

  test("adds what is not set, keys with their line ends, and what is set wins", () => {
    const path = join(directory, ".env");
    writeFileSync(
      path,
      `APP_ID=123\nPRIVATE_KEY="${PKCS1.replace(/\n/g, "\\n")}"\nWEBHOOK_SECRET=${SECRET}\nPORT=1\n`,
    );
    const variables: Record<string, string | undefined> = { PORT: "2" };
    expect(addDotEnv(variables, path)).toBeNull();
    expect(readEnvironment(variables)).toMatchObject({
      kind: "ready",
      environment: { appId: 123, server: { port: 2 } },
    });
  });

  test("need not be there, but must be readable when it is", () => {
    expect(addDotEnv({}, join(directory, "none"))).toBeNull();
    expect(addDotEnv({}, directory)).toMatch(/cannot be read\.$/);
  });
});
