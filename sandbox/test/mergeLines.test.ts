import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeLines } from "../src/mergeLines.js";

describe("merging texts by lines", () => {
  it("takes what each side changed in its own place", () => {
    expect(mergeLines("a\nb\nc\nd\ne", "A\nb\nc\nd\ne", "a\nb\nc\ne")).toBe("A\nb\nc\ne");
  });

  it("asks people where both changed the same lines, or neighbouring ones", () => {
    expect(mergeLines("a\nb\nc", "a\nX\nc", "a\nY\nc")).toBeNull();
    expect(mergeLines("a\nb\nc", "X\nb\nc", "a\nY\nc")).toBeNull();
  });

  it("takes once what both changed alike", () => {
    expect(mergeLines("a\nb\nc", "a\nX\nc", "a\nX\nc")).toBe("a\nX\nc");
  });

  it("a side that changed nothing has no say", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (base, changed) => {
        expect(mergeLines(base, changed, base)).toBe(changed);
        expect(mergeLines(base, base, changed)).toBe(changed);
        expect(mergeLines(base, changed, changed)).toBe(changed);
      }),
    );
  });
});
