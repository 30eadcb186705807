import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, nearest } from "../../src/domain/editDistance.js";
import { fingerprint } from "../../src/domain/fingerprint.js";
import { fold, foldSpace } from "../../src/domain/fold.js";

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

describe("fingerprint: records on GitHub hold these, so they must never change", () => {
  it.each([
    ["", "1biic5n1g0f4uz"],
    ["a", "0azzw9b0etbiv4"],
    ["comment:123", "1o8f46612ubpuu"],
    ["comment:124", "0dbbwm80sun6zo"],
    ["é\u{1f600}", "0t02j781qwv4k2"],
    ["review:3141592653:approved", "1afbfj70tfvqrr"],
  ])("%j", (text, name) => expect(fingerprint(text)).toBe(name));

  it("is fourteen characters of 0-9a-z, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(fingerprint(text)).toMatch(/^[0-9a-z]{14}$/);
      }),
    );
  });

  it("tells 200,000 neighbouring texts apart", () => {
    const seen = new Set<string>();
    for (let id = 0; id < 200_000; id++) seen.add(fingerprint(`comment:${id}`));
    expect(seen.size).toBe(200_000);
  });

  it("spreads in each half too", () => {
    const halves = [new Set<string>(), new Set<string>()];
    for (let id = 0; id < 20_000; id++) {
      const name = fingerprint(`${id}:0`);
      halves[0]?.add(name.slice(0, 7));
      halves[1]?.add(name.slice(7));
    }
    expect(halves[0]?.size).toBeGreaterThan(19_990);
    expect(halves[1]?.size).toBeGreaterThan(19_990);
  });
});
