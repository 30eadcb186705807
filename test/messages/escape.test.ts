import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escaped, plain, quote, shorten } from "../../src/domain/messages/escape.js";
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

  it("is cut after a whole word, unless a word is as long as half of what there is room for", () => {
    expect(shorten("for concern C1 to be resolved", 26)).toBe("for concern C1 to be…");
    expect(shorten("for concern C1", 12)).toBe("for concern…");
    expect(shorten("a bbbbbbbbbbbbbbbb", 10)).toBe("a bbbbbbb…");
  });

  it.each([
    ["an Arabic letter mark", "\u061c"],
    ["a Mongolian vowel separator", "\u180e"],
    ["a soft hyphen", "\u00ad"],
    ["a non-joiner between Latin letters", "\u200c"],
    ["a joiner between Latin letters", "\u200d"],
    ["a filler of Hangul", "\u115f"],
    ["another", "\u3164"],
    ["a third", "\uffa0"],
    ["a tag", "\u{e0041}"],
    ["the end of tags", "\u{e007f}"],
    ["a grapheme joiner", "\u034f"],
    ["a variation selector", "\ufe00"],
    ["another", "\u{e0100}"],
    ["an invisible operator", "\u2062"],
    ["a deprecated format character", "\u206f"],
    ["the blank of Braille", "\u2800"],
    ["an annotation", "\ufff9"],
  ])("shows nothing of %s", (_, character) => {
    expect(plain(`rich${character}vdh`)).toBe("richvdh");
    expect(plain(character)).toBe("");
  });

  it.each([
    ["a family of emoji", "👩‍👩‍👧‍👦"],
    ["an emoji with a tone of skin and a calling", "👩🏽‍🚀"],
    ["a flag", "🏳️‍🌈"],
    ["a keycap", "1️⃣"],
    ["Persian, with its non-joiner", "می‌خواهم"],
    ["Sinhala, with its joiner", "ශ්‍රී"],
    ["Malayalam", "ന്‍"],
    ["Vietnamese in pieces", "tiê\u0323\u0301ng".normalize("NFD")],
    ["pointed Hebrew", "שָּׁלוֹם"],
    ["Thai", "ที่นี่"],
    ["Korean", "한국어"],
    ["Japanese", "がぎ".normalize("NFD")],
  ])("leaves %s as it is", (what, text) => {
    // A joiner at the end of a word joins nothing.
    expect(plain(text)).toBe(what === "Malayalam" ? "ന്" : text);
  });

  it("keeps four marks on a letter, and none before the first", () => {
    expect(plain(`Z${"\u0351".repeat(60)}algo`)).toBe(`Z${"\u0351".repeat(4)}algo`);
    expect(plain(`Z${"\u0351".repeat(4)}algo`)).toBe(`Z${"\u0351".repeat(4)}algo`);
    expect(plain("\u0338 \u0338dbkr")).toBe("dbkr");
    expect(quote("\u0338dbkr")).toBe("“dbkr”");
  });

  it("comes to the same when it is done twice", () => {
    const pieces = fc.constantFrom(
      "a",
      " ",
      "\u200d",
      "\ufe0f",
      "👩",
      "\u0301",
      "م",
      "\u200c",
      "\u{e0020}",
      "1",
      "\u3164",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (all) => {
        const once = plain(all.join(""));
        expect(plain(once)).toBe(once);
      }),
      { numRuns: 5000 },
    );
  });
});
