import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, cutToBytes } from "../../src/domain/text/cut.js";
import { editDistance, nearest } from "../../src/domain/text/editDistance.js";
import { equal } from "../../src/domain/text/equal.js";
import { fingerprint, shortFingerprint } from "../../src/domain/text/fingerprint.js";
import { fold, foldSpace } from "../../src/domain/text/fold.js";
import { formerFingerprint, isFormerFingerprint } from "../../src/domain/text/formerFingerprint.js";

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["", "abc", 3],
    ["abc", "", 3],
    ["merge", "merge", 0],
    ["mrege", "merge", 1],
    ["concert", "concern", 1],
    ["merg", "merge", 1],
    ["merrge", "merge", 1],
    ["rfc merge", "fcp merge", 2],
    ["kitten", "sitting", 3],
    ["ab", "ba", 1],
    ["abc", "cba", 2],
  ])("%j and %j are %d slips apart", (a, b, slips) => {
    expect(editDistance(a, b)).toBe(slips);
    expect(editDistance(b, a)).toBe(slips);
  });

  it("lies between the difference of the lengths and the longer length, and is 0 for equals only", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance === 0).toBe(a === b);
      }),
    );
  });
});

describe("cutToBytes", () => {
  it("keeps as many whole characters as the bytes hold", () => {
    const all = fc.string({ unit: "binary", maxLength: 30 });
    fc.assert(
      fc.property(all, fc.nat(60), (text, most) => {
        const cut = cutToBytes(text, most);
        expect(text.startsWith(cut)).toBe(true);
        expect(bytesOf(text)).toBe(Buffer.byteLength(text));
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
        const [next = ""] = text.slice(cut.length);
        if (cut !== text) expect(Buffer.byteLength(cut + next)).toBeGreaterThan(most);
      }),
    );
  });
});

describe("nearest", () => {
  const keys = ["members", "minimum_members", "title", "lead", "fcp"];

  it.each([
    ["member", "members"],
    ["memebrs", "members"],
    ["minimum-members", "minimum_members"],
    ["minimumMembers", "minimum_members"],
    ["Titel", "title"],
    ["leed", "lead"],
    ["fpc", "fcp"],
  ])("takes %j for %j", (word, meant) => expect(nearest(word, keys)).toBe(meant));

  it.each(["", "x", "quorum", "le", "lxxd", "colour"])("takes %j for nothing known", (word) => {
    expect(nearest(word, keys)).toBeNull();
  });

  it("prefers the fewest slips, then the first named", () => {
    expect(nearest("merge", ["mergex", "merge"])).toBe("merge");
    expect(nearest("cat", ["bat", "hat"])).toBe("bat");
  });

  it("does not compare texts that cannot be near", () => {
    expect(nearest("x".repeat(1_000_000), keys)).toBeNull();
  });
});

describe("fold", () => {
  it.each([
    ["  Needs \t tests\r\n", "needs tests"],
    ["no\u00a0break\u202fspace", "no break space"],
    ["Cafe\u0301", "caf\u00e9"],
    ["\ufeffSpec\u200b Core Team", "spec core team"],
    ["\u00a0", ""],
  ])("%j becomes %j", (text, folded) => expect(fold(text)).toBe(folded));

  it("keeps the case when only space is folded", () => expect(foldSpace(" A\n\nB ")).toBe("A B"));

  it("is settled after once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

describe("the former print: records of version 1 hold these, so it must never change", () => {
  it.each([
    ["", "1biic5n1g0f4uz"],
    ["a", "0azzw9b0etbiv4"],
    ["comment:123", "1o8f46612ubpuu"],
    ["comment:124", "0dbbwm80sun6zo"],
    ["é\u{1f600}", "0t02j781qwv4k2"],
    ["review:3141592653:approved", "1afbfj70tfvqrr"],
  ])("%j", (text, name) => {
    expect(formerFingerprint(text)).toBe(name);
    expect(isFormerFingerprint(name)).toBe(true);
  });

  it("is told from a print of now by its length", () => {
    expect(isFormerFingerprint(shortFingerprint("event", "a"))).toBe(false);
    expect(isFormerFingerprint(fingerprint("change", {}))).toBe(false);
    expect(isFormerFingerprint("")).toBe(false);
  });
});

describe("fingerprint: records on GitHub hold these, so they must never change", () => {
  it.each([
    [
      "change",
      { kind: "rules", path: "a" },
      "31f22dc71158d6fba6c2726899c5b6f86755b1e087381a74544094d2a4ef0681",
    ],
    ["rules", null, "29fecfd8ec10859966b4e08ebe659630b09d6896bea6813e3087d3036d76cc09"],
  ])("%s %j", (kind, value, print) => expect(fingerprint(kind, value)).toBe(print));

  it("an act's key is the first 128 bits", () => {
    expect(shortFingerprint("command", "comment:123", 1, "cancel")).toBe("a16ad9396ecafabd4d2da38058a009dc");
    expect(shortFingerprint("command", "comment:123", 1, "cancel")).toBe(
      fingerprint("command", ["comment:123", 1, "cancel"]).slice(0, 32),
    );
  });

  it("two values have one print exactly when they are the same value, whatever stands in their texts", () => {
    const value = fc.jsonValue({ noUnicodeString: false });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const same = equal(a, b);
        expect(fingerprint("x", a) === fingerprint("x", b)).toBe(same);
        expect(fingerprint("x", a)).toBe(fingerprint("x", structuredClone(a)));
      }),
    );
  });

  it("no text imitates another field, another part, another kind or the end of a list", () => {
    const texts = [
      "",
      "a",
      "b",
      ",",
      '"',
      '","',
      "\n",
      "[",
      "]",
      "{}",
      "null",
      "1",
      "a,b",
      'a","b',
      "a\nb",
      "\ud800",
      "\udfff",
      "\u2028",
    ];
    const parts = fc.array(fc.oneof(fc.constantFrom(...texts), fc.string({ unit: "binary" }), fc.integer()), {
      maxLength: 4,
    });
    const kind = fc.constantFrom("a", "b", "a\nb", '["a"', "");
    fc.assert(
      fc.property(kind, parts, kind, parts, (oneKind, one, otherKind, other) => {
        const same = oneKind === otherKind && equal(one, other);
        expect(shortFingerprint(oneKind, ...one) === shortFingerprint(otherKind, ...other)).toBe(same);
      }),
      { numRuns: 2_000 },
    );
    expect(shortFingerprint("a", 1)).not.toBe(shortFingerprint("a", "1"));
  });

  it("fields in another order are the same value, a field left out is one that is undefined", () => {
    expect(fingerprint("x", { a: 1, b: [2] })).toBe(fingerprint("x", { b: [2], a: 1, c: undefined }));
    expect(fingerprint("x", { a: null })).not.toBe(fingerprint("x", {}));
    expect(fingerprint("x", JSON.parse('{"__proto__": 1}'))).not.toBe(fingerprint("x", {}));
  });
});
