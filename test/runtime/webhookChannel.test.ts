import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { serverEventsIn, webhookIn } from "../../src/runtime/server/webhookChannel.js";

async function heard(pieces: readonly string[]) {
  async function* come() {
    yield* pieces;
  }
  const all: { event: string; data: string }[] = [];
  for await (const one of serverEventsIn(come())) all.push(one);
  return all;
}

describe("what comes on a channel", () => {
  const TEXT =
    'id: 0\nevent: ready\ndata: {}\n\n: a note\nid: 1\ndata: {"a":\ndata:"é: b"}\n\nevent: ping\ndata: {}\n\n';
  const EVENTS = [
    { event: "ready", data: "{}" },
    { event: "message", data: '{"a":\n"é: b"}' },
    { event: "ping", data: "{}" },
  ];

  test.each([
    ["\\n", TEXT],
    ["\\r\\n", TEXT.replaceAll("\n", "\r\n")],
  ])("is read alike wherever a network cuts it, with %s as line end", async (_end, text) => {
    expect(await heard([text])).toEqual(EVENTS);
    expect(await heard([...text])).toEqual(EVENTS);
    for (let cut = 0; cut <= text.length; cut += 1)
      expect(await heard([text.slice(0, cut), text.slice(cut)])).toEqual(EVENTS);
  });

  test("half an event at the end is none", async () => {
    expect(await heard(['data: {"a":1}\n'])).toEqual([]);
  });

  test("an event without end is given up, whether in one line or in many", async () => {
    const endless = Array.from({ length: 100 }, () => "x".repeat(100_000));
    await expect(heard(["data: ", ...endless])).rejects.toThrow("too long");
    await expect(heard(endless.map((piece) => `data: ${piece}\n`))).rejects.toThrow("too long");
  });
});

describe("a webhook in smee.io's form", () => {
  const HEADERS = {
    "x-github-event": "push",
    "x-github-delivery": "d-1",
    "x-hub-signature-256": "sha256=00",
  };
  const told = (more: object) => webhookIn(JSON.stringify({ ...HEADERS, body: {}, query: {}, ...more }));

  test("becomes the bytes that GitHub signed, as GitHub writes its JSON like JSON.stringify", () => {
    const sent =
      '{"zen":"Ünicode 😀 \\u2028 \\"<b>\\" a/b","id":9007199254740991,"n":null,"list":[1.5,true]}'.replace(
        "\\u2028",
        "\u2028",
      );
    const through = webhookIn(JSON.stringify({ ...HEADERS, body: JSON.parse(sent), timestamp: 1 }));
    const signature = (text: string) => createHmac("sha256", "s").update(text).digest("hex");
    expect(signature(through?.body ?? "")).toBe(signature(sent));
  });

  test("hands on no other header than the clerk reads", () => {
    const more = {
      host: "smee.io",
      "transfer-encoding": "chunked",
      "x-forwarded-for": "10.0.0.1",
      cookie: "a",
    };
    expect(told(more)?.headers).toEqual({ "content-type": "application/json", ...HEADERS });
  });

  test.each<[string, object]>([
    ["without an event", { "x-github-event": undefined }],
    ["without a signature", { "x-hub-signature-256": undefined }],
    ["with a header that is none", { "x-github-delivery": "a\r\nx: y" }],
    ["with a header of another kind", { "x-github-delivery": ["a"] }],
    ["with a text as body", { body: "text" }],
    ["without a body", { body: undefined }],
  ])("is none %s", (_what, more) => {
    expect(told(more)).toBe(null);
  });

  test.each(["", "{", "null", "[]", '"x"'])("is none: %s", (data) => {
    expect(webhookIn(data)).toBe(null);
  });
});
