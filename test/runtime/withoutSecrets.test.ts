import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { ADDRESS_TAKEN_OUT, TAKEN_OUT, withoutSecrets } from "../../src/runtime/server/withoutSecrets.js";

const KEY = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs1", format: "pem" })
  .toString()
  .trim();

const { text, value } = withoutSecrets(["the webhook secret", " ", "short"]);

test.each([
  ["an installation's token", `ghs_${"a1B2".repeat(9)}`],
  [
    "an installation's token of the longer form",
    `ghs_123_eyJ${"a".repeat(40)}.${"b".repeat(40)}.${"c-_".repeat(20)}`,
  ],
  ["a person's token", `ghp_${"x".repeat(36)}`],
  ["a fine-grained one", `github_pat_${"A".repeat(22)}_${"b".repeat(59)}`],
  ["a token of before", `v1.${"0a".repeat(20)}`],
  ["the App's own token", `eyJ${"hbGci".repeat(5)}.eyJ${"pYXQi".repeat(9)}.${"s-_g".repeat(80)}`],
  ["a private key", KEY],
  ["what the clerk itself is not to tell", "the webhook secret"],
])("RECORD: %s is taken out of a text", (_, secret) => {
  expect(text(`before ${secret} after`)).toBe(`before ${TAKEN_OUT} after`);
  expect(value({ body: [`x ${secret}`] })).toEqual({ body: [`x ${TAKEN_OUT}`] });
});

test.each(["jonathan.doe+msc@example.org", "a@b.co", "jürgen@bücher.example", "me@users.noreply.github.com"])(
  "RECORD: the address %s is taken out",
  (address) => {
    expect(text(`by <${address}>, mailto:${address}.`)).toBe(
      `by <${ADDRESS_TAKEN_OUT}>, mailto:${ADDRESS_TAKEN_OUT}.`,
    );
  },
);

test.each(["@dbkr", "@alice:example.org", "git@github.com:matrix-org/x.git", "vitest@4.1.12", "a @ b.org"])(
  "RECORD: %s is no address, and stays",
  (said) => {
    expect(text(said)).toBe(said);
  },
);

test("RECORD: what stands under the name of a secret goes whatever it looks like, and nothing besides", () => {
  const app = {
    id: 1,
    token: "x",
    pem: "y",
    webhook_secret: null,
    hook: { config: { secret: "z", url: "u" } },
  };
  expect(value(app)).toEqual({
    id: 1,
    token: TAKEN_OUT,
    pem: TAKEN_OUT,
    webhook_secret: null,
    hook: { config: { secret: TAKEN_OUT, url: "u" } },
  });
  const given = JSON.parse('{"__proto__": {"token": "x"}, "n": 1, "list": [true, null, "text"]}');
  expect(JSON.stringify(value(given))).toBe(
    `{"__proto__":{"token":"${TAKEN_OUT}"},"n":1,"list":[true,null,"text"]}`,
  );
});

test("RECORD: a file in base64 is looked into", () => {
  const file = (content: string) => ({
    encoding: "base64",
    content: Buffer.from(content).toString("base64"),
  });
  expect(value(file("me@example.org\n"))).toEqual(file(`${ADDRESS_TAKEN_OUT}\n`));
  expect(value(file("plain"))).toEqual(file("plain"));
});

test("RECORD: a text of a megabyte, of whatever kind, is looked through in no time", () => {
  const began = performance.now();
  for (const piece of ["a", "a@", "eyJ", "eyJaaaaaaaaa.", "ghp_", "-----BEGIN PRIVATE KEY-----", "a."])
    text(piece.repeat(1_000_000 / piece.length));
  expect(performance.now() - began).toBeLessThan(20_000);
});
