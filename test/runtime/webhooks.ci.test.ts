import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { MovableClock } from "../../src/platform/movableClock.js";
import { logThrough, pinoLog } from "../../src/platform/pinoLog.js";
import { HttpServer, LARGEST_BODY } from "../../src/runtime/server/http.js";
import { requestHeadOf, WEBHOOK_PATH, webhookHandler } from "../../src/runtime/server/webhooks.js";
import { type Raw, raw } from "./raw.js";

const SECRET = "the secret of this test";
const OLDER = "the one before";
const MB = 1024 * 1024;
const WRONG = `sha256=${"0".repeat(64)}`;

let rooms: HttpServer;
let url: string;
let clock: MovableClock;
let heard: [string, unknown][];
let answers: [number, string][];
let lines: Record<string, unknown>[];
let raws: Raw[];

beforeEach(async () => {
  clock = new MovableClock(0);
  heard = [];
  answers = [];
  lines = [];
  raws = [];
  const log = logThrough(
    pinoLog("debug", false, { write: (line: string) => void lines.push(JSON.parse(line)) }),
  );
  const handler = webhookHandler({
    secrets: [SECRET, OLDER],
    clock,
    onWebhook: (name, payload) => heard.push([name, payload]),
    onAnswer: (...answer) => answers.push(answer),
    stopping: () => false,
    log,
  });
  rooms = new HttpServer(() => [handler], log);
  url = await rooms.listen(0, "127.0.0.1");
});

afterEach(() => {
  vi.useRealTimers();
  for (const { socket } of raws) socket.destroy();
  rooms.kill();
});

const signed = (body: string | Buffer) => `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
const warnings = () => lines.filter(({ level }) => Number(level) >= 40);

type Fields = Record<string, string | null>;
const HEAD: Fields = {
  host: "clerk.example.org",
  "content-type": "application/json",
  "content-length": "2",
  "x-github-event": "issue_comment",
  "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
  "x-hub-signature-256": WRONG,
};
const head = (fields: Fields, start = `POST ${WEBHOOK_PATH} HTTP/1.1`): string => {
  const all = Object.entries({ ...HEAD, ...fields }).filter(([, value]) => value !== null);
  return `${[start, ...all.map(([name, value]) => `${name}: ${value}`)].join("\r\n")}\r\n\r\n`;
};
const open = async (fields: Fields, start?: string): Promise<Raw> => {
  const one = await raw(url, head(fields, start));
  raws.push(one);
  return one;
};
const send = async (body: string | Buffer, fields: Fields = {}): Promise<number> => {
  const one = await open({
    "content-length": String(body.length),
    "x-hub-signature-256": signed(body),
    ...fields,
  });
  await one.send(body as Buffer);
  return one.status();
};

describe("what the head alone gives away", () => {
  test.each<[string, Fields, number]>([
    ["no signature", { "x-hub-signature-256": null }, 400],
    ["a signature by SHA-1 only", { "x-hub-signature-256": null, "x-hub-signature": "sha1=abc" }, 400],
    ["a signature a digit too short", { "x-hub-signature-256": `sha256=${"0".repeat(63)}` }, 400],
    ["a signature a digit too long", { "x-hub-signature-256": `sha256=${"0".repeat(65)}` }, 400],
    ["a signature in capitals", { "x-hub-signature-256": `sha256=${"A".repeat(64)}` }, 400],
    ["no event", { "x-github-event": null }, 400],
    ["an event of no word", { "x-github-event": "issue comment" }, 400],
    ["no number of the delivery", { "x-github-delivery": null }, 400],
    ["another kind of content", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["no kind of content", { "content-type": null }, 415],
    ["text that only begins like JSON's kind", { "content-type": "application/jsonp" }, 415],
    ["a compressed body", { "content-encoding": "gzip" }, 415],
    ["a body of unknown length", { "content-length": null, "transfer-encoding": "chunked" }, 411],
    ["no length at all", { "content-length": null }, 411],
    ["a length above GitHub's by one byte", { "content-length": String(LARGEST_BODY + 1) }, 413],
    ["an absurd length", { "content-length": "999999999999999" }, 413],
    ["an empty body", { "content-length": "0" }, 400],
  ])(
    "%s: refused with nothing sent after the head, and the connection ends",
    async (_what, fields, status) => {
      const one = await open(fields);
      expect(await one.status()).toBe(status);
      await one.closed;
      expect(heard).toEqual([]);
      expect(warnings()).toHaveLength(1);
      expect(JSON.stringify(warnings())).not.toMatch(/stack|\bat \w+ \(/);
      expect(JSON.stringify(warnings()), "one sentence").not.toMatch(/[.?!]\./);
    },
  );

  test.each<[string, Fields]>([
    ["whole numbers of all lengths up to GitHub's", { "content-length": String(LARGEST_BODY) }],
    ["JSON with a charset", { "content-type": "application/json; charset=utf-8" }],
  ])("%s: may be one of GitHub's", (_what, fields) => {
    expect(requestHeadOf({ ...HEAD, ...fields } as Record<string, string>)).toMatchObject({
      event: "issue_comment",
    });
  });

  test("a body goes to nobody but a webhook: elsewhere the connection ends after the answer", async () => {
    for (const start of [
      "GET / HTTP/1.1",
      "PUT /x HTTP/1.1",
      "POST /healthz HTTP/1.1",
      `GET ${WEBHOOK_PATH} HTTP/1.1`,
    ]) {
      const one = await open({ "content-length": String(20 * MB) }, start);
      expect(await one.status()).toBe(404);
      await one.closed;
    }
  });

  test("whoever asks whether to send the body is told only when its head is that of a webhook", async () => {
    const bad = await open({ expect: "100-continue", "x-hub-signature-256": null });
    expect(await bad.status()).toBe(400);
    const good = await open({ expect: "100-continue", "x-hub-signature-256": signed("{}") });
    expect(await good.status()).toBe(100);
    await good.send("{}");
    await vi.waitFor(() => expect(good.heard()).toContain("HTTP/1.1 200"));
  });
});

describe("a signed webhook", () => {
  test("is heard, and the connection stays for the next", async () => {
    const one = await open({ "x-hub-signature-256": signed("{}") });
    await one.send("{}");
    expect(await one.status()).toBe(200);
    await one.send(`${head({ "x-hub-signature-256": signed("[]") })}[]`);
    await vi.waitFor(() => expect(one.heard()).toContain("HTTP/1.1 400"));
    expect(heard).toEqual([["issue_comment", {}]]);
  });

  test("of exactly GitHub's largest size is heard", async () => {
    const body = Buffer.alloc(LARGEST_BODY, " ");
    body.write("{}");
    expect(await send(body)).toBe(200);
    expect(heard).toHaveLength(1);
  });

  test.each(["__proto__", "constructor", "error", "toString", "star", "*"])(
    "with the event %s does nothing: 200 or 400, one line at most, no dump",
    async (event) => {
      const status = await send("{}", { "x-github-event": event });
      expect(status).toBe(event === "*" ? 400 : 200);
      expect(lines).toHaveLength(1);
      expect(JSON.stringify(lines).length).toBeLessThan(400);
    },
  );

  test.each([
    "{",
    "",
    " ",
    "null",
    "[]",
    "[{}]",
    "1",
    '"text"',
    "true",
    '{"a":1}x',
    Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  ])("that is no JSON object is refused with 400 and one line: %s", async (body) => {
    expect(await send(body)).toBe(400);
    expect(heard).toEqual([]);
    expect(warnings()).toHaveLength(1);
  });

  test("whose signature is of other bytes is refused with 400 and one line, its words in no log", async () => {
    expect(await send('{"a":"a word"}', { "x-hub-signature-256": signed('{"a":"a wore"}') })).toBe(400);
    expect(heard).toEqual([]);
    expect(warnings()).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain("a word");
  });
});

describe("what strangers can hold", () => {
  test("bodies that are not signed are not read, however many come: 100 of 24 MB", async () => {
    const before = process.memoryUsage().arrayBuffers;
    const all = await Promise.all(
      Array.from({ length: 100 }, () =>
        open({ "content-length": String(24 * MB), "x-hub-signature-256": null }),
      ),
    );
    expect(await Promise.all(all.map((one) => one.status()))).toEqual(Array(100).fill(400));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * MB);
  });

  test("bodies of a signature's form take 64 MB in all, the largest goes first, and GitHub's get in", async () => {
    const piece = Buffer.alloc(MB, "x");
    const strangers = await Promise.all(
      Array.from({ length: 5 }, () => open({ "content-length": String(25 * MB) })),
    );
    for (let sent = 0; sent < 16; sent += 1) await Promise.all(strangers.map((one) => one.send(piece)));
    // Who is still sending may lose the answer with the line.
    const cut = () => strangers.filter(({ socket }) => socket.destroyed);
    await vi.waitFor(() => expect(cut().length).toBeGreaterThan(0));
    expect(cut().length).toBeLessThan(5);
    for (const one of cut()) expect(one.heard()).toMatch(/^$|^HTTP\/1\.1 503 [\s\S]*retry-after: 10\r\n/i);
    expect(JSON.stringify(warnings())).toContain("the next resync finds");
    for (const size of [2, 1000, 256 * 1024]) {
      const body = `{}${" ".repeat(size - 2)}`;
      expect(await send(body)).toBe(200);
    }
    expect(heard).toHaveLength(3);
  });

  test("a body that does not come is cut off after seconds, and one that keeps the pace is not", async () => {
    const silent = await open({ "content-length": String(MB) });
    const body = `{}${" ".repeat(9998)}`;
    const steady = await open({ "content-length": "10000", "x-hub-signature-256": signed(body) });
    for (let at = 0; at < 10_000; at += 2500) {
      await steady.send(body.slice(at, at + 2500));
      await new Promise((resolve) => setTimeout(resolve, 900));
    }
    expect(await silent.status()).toBe(408);
    await silent.closed;
    expect(await steady.status()).toBe(200);
  }, 20_000);

  test("a head that does not come is cut off after seconds", async () => {
    const one = await raw(url, "POST / HTTP/1.1\r\nhost: x\r\n");
    raws.push(one);
    const asked = Date.now();
    await one.closed;
    expect(Date.now() - asked).toBeLessThan(9000);
  }, 20_000);

  test("256 silent connections keep nobody out: the one silent for longest goes", async () => {
    const idle: Raw[] = [];
    for (let count = 0; count < 256; count += 1) idle.push(await raw(url));
    raws.push(...idle);
    expect(await send("{}")).toBe(200);
    await idle[0]?.closed;
    expect(idle.slice(1).filter(({ socket }) => socket.destroyed)).toEqual([]);
  });

  test("refusals take ten lines a minute, and one that counts the rest", async () => {
    for (let count = 0; count < 25; count += 1) {
      const one = await open({ "x-hub-signature-256": null });
      expect(await one.status()).toBe(400);
    }
    expect(warnings()).toHaveLength(10);
  });
});

describe("while one secret takes the place of another", () => {
  const by = (secret: string, body: string) =>
    `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  const told = () => lines.filter(({ msg }) => String(msg).includes("older secret"));

  test("a webhook signed by either is taken, and that the older is in use is told once an hour", async () => {
    expect(await send("{}")).toBe(200);
    expect(told()).toEqual([]);
    for (let times = 0; times < 2; times += 1)
      expect(await send("{}", { "x-hub-signature-256": by(OLDER, "{}") })).toBe(200);
    expect(heard).toHaveLength(3);
    expect(answers).toEqual([
      [200, "newest"],
      [200, "older"],
      [200, "older"],
    ]);
    expect(told()).toMatchObject([{ level: 30, delivery: HEAD["x-github-delivery"] }]);
    await clock.advance(60 * 60_000);
    await send("{}", { "x-hub-signature-256": by(OLDER, "{}") });
    expect(told()).toHaveLength(2);
  });

  test("one signed by neither is not, nor by both as they stand in WEBHOOK_SECRET, nor by nothing", async () => {
    for (const secret of ["another", `${SECRET},${OLDER}`, "", "development"])
      expect(await send("{}", { "x-hub-signature-256": by(secret, "{}") })).toBe(400);
    expect(heard).toEqual([]);
    expect(answers.map(([status]) => status)).toEqual([400, 400, 400, 400]);
  });

  test("each has to sign the very bytes", async () => {
    expect(await send("{} ", { "x-hub-signature-256": by(OLDER, "{}") })).toBe(400);
  });
});
