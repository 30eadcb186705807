import { describe, expect, it } from "vitest";
import { MAX_BYTES } from "../../src/config/limits.js";
import { parseConfig } from "../../src/config/parse.js";
import { parsedOnce } from "../../src/github/read/parsedOnce.js";
import { spokenLinesOnce } from "../../src/github/read/saidOnce.js";

function counting<T>(read: (text: string) => T) {
  const texts: string[] = [];
  const counted = (text: string): T => {
    texts.push(text);
    return read(text);
  };
  return { counted, texts };
}
const config = (title: string) =>
  `version: 1\nteams: { a: { title: ${title}, members: [x] } }\ndecisions: [{ name: d, approval: { a: 75% } }]\n`;

describe("what is read once", () => {
  it.each([
    ["good", config("One")],
    ["faulty", "version: 2\n"],
    ["no YAML", "["],
    ["nothing", ""],
  ])("a config that is %s, whoever asks", (_, text) => {
    const { counted, texts } = counting(parseConfig);
    const parse = parsedOnce(counted);
    expect(parse(text)).toEqual(parseConfig(text));
    expect(parse(text)).toBe(parse(`${text}`));
    expect(texts).toEqual([text]);
    parse(`${text}#`);
    expect(texts).toHaveLength(2);
  });

  it("texts that differ at their very end only are two", () => {
    const parse = parsedOnce(parseConfig);
    const padded = (end: string) => `${config("One")}#${"x".repeat(60_000)}\n${end}`;
    expect(parse(padded("duties: { absence: true }")).ok).toBe(true);
    expect(parse(padded("duties: { absence: 'yes' }")).ok).toBe(false);
  });

  it("so many strangers' configs push out each other, and hold no more than a few megabytes", () => {
    const { counted, texts } = counting(() => ({ ok: false, faults: [] }) as const);
    const parse = parsedOnce(counted);
    const large = (at: number) => `${at}`.padEnd(MAX_BYTES, "x");
    for (let at = 0; at < 100; at++) parse(large(at));
    parse(large(99));
    expect(texts).toHaveLength(100);
    parse(large(0));
    expect(texts).toHaveLength(101);
  });

  it("a config that is too large is not kept, and refused each time", () => {
    const { counted, texts } = counting(parseConfig);
    const parse = parsedOnce(counted);
    const text = `${config("One")}#${"x".repeat(MAX_BYTES)}`;
    expect([parse(text).ok, parse(text).ok]).toEqual([false, false]);
    expect(texts).toHaveLength(2);
  });

  it("the lines of a comment, also where there are none", () => {
    const { counted, texts } = counting((body) => body.split("\n").filter(Boolean));
    const lines = spokenLinesOnce(counted);
    for (const body of ["a\nb", "", "a\nb", "", "a\nb"]) lines(body);
    expect(texts).toEqual(["a\nb", ""]);
  });
});
