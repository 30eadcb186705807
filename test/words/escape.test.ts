import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escaped, plain, quote, shorten } from "../../src/domain/words/escape.js";
import { hostile, parsed, shown } from "../support/hostile.js";

describe("user text in anything the clerk writes", () => {
  it("is text and nothing but text, and shows as what was written", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = escaped(text);
        expect(
          parsed(markdown)
            .map(({ type }) => type)
            .filter((type) => !["root", "paragraph", "text"].includes(type)),
        ).toEqual([]);
        expect(shown(markdown)).toBe(plain(text));
      }),
      { numRuns: 2000 },
    );
  });

  it("stays text inside a list, in quotation marks", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const kinds = new Set(parsed(`- **C1** ${quote(text)} — by x\n- next`).map(({ type }) => type));
        expect([...kinds].sort()).toEqual(["list", "listItem", "paragraph", "root", "strong", "text"]);
      }),
    );
  });

  it("calls nobody and refers to nothing: what GitHub links in rendered text is interrupted", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const rendered = parsed(escaped(text))
          .map((node) => node.value ?? "")
          .join("");
        expect(rendered).not.toMatch(/@[^\u200B]/u);
        expect(rendered).not.toMatch(/#\d/);
        expect(rendered).not.toMatch(/\bgh-\d/i);
        expect(rendered).not.toMatch(/:\/\//);
        expect(rendered).not.toMatch(/\bwww\./i);
      }),
    );
  });

  it("holds no marker, line break, formula or table cell in its source", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const markdown = escaped(text);
        expect(markdown).not.toContain("<");
        expect(markdown).not.toMatch(/[\r\n]/);
        expect(markdown).not.toContain("$");
        expect(markdown).not.toMatch(/(?<!\\)(?:\\\\)*\|/);
      }),
    );
  });

  it.each([
    ["@everyone please", "@&#8203;everyone please"],
    ["see #123, matrix-org/x#4 and GH-5", "see #&#8203;123, matrix-org/x#&#8203;4 and GH-&#8203;5"],
    ["<!-- msc-clerk:status 1 -->", "&lt;!-- msc-clerk:status 1 --&gt;"],
    ["- [x] @ara4n", "\\- \\[x\\] @&#8203;ara4n"],
    ["https://example.org and www.example.org", "https:&#8203;//example.org and www&#8203;.example.org"],
    ["`*mut u8` is _wrong_", "\\`\\*mut u8\\` is \\_wrong\\_"],
    ["# heading", "\\# heading"],
    ["1. first", "1\\. first"],
    ["  two\r\n\u00a0lines\u2028 ", "two lines"],
    ["right \u202eto\u2066 left", "right to left"],
    ["a $x$ & b | c", "a &#36;x&#36; &amp; b \\| c"],
    ["", ""],
  ])("%j becomes %j", (text, markdown) => {
    expect(escaped(text)).toBe(markdown);
  });

  it("is quoted short, cut between characters and before it is escaped", () => {
    expect(quote("a*b", 10)).toBe("“a\\*b”");
    expect(quote("😀😀😀😀", 3)).toBe("“😀😀…”");
    expect(quote("@@@@", 3)).toBe("“@&#8203;@&#8203;…”");
    expect(shorten("abc", 3)).toBe("abc");
    expect([...shorten("x".repeat(100_000), 200)]).toHaveLength(200);
  });
});
