import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { globFits, globMatcher } from "../../src/domain/text/glob.js";

/** The meaning of a glob, as short as it can be written, and as slow: the yardstick for the one that is in use. */
function naive(glob: string, path: string, startsName = true): boolean {
  if (glob === "") return path === "";
  const [first = "", ...rest] = [...path];
  const further = rest.join("");
  if (startsName && glob.startsWith("**/")) {
    const inside = glob.slice(3);
    const folders = [...path].flatMap((character, at) => (character === "/" ? [at + 1] : []));
    return naive(inside, path) || folders.some((at) => naive(inside, [...path].slice(at).join("")));
  }
  if (glob.startsWith("**"))
    return naive(glob.slice(2), path, false) || (first !== "" && naive(glob, further, false));
  if (glob.startsWith("*"))
    return (
      naive(glob.slice(1), path, false) || (first !== "" && first !== "/" && naive(glob, further, false))
    );
  const [wanted = ""] = [...glob];
  const fits = wanted === "?" ? first !== "/" && first !== "" : wanted === first;
  return fits && naive(glob.slice(wanted.length), further, wanted === "/");
}

const text =
  (...pieces: readonly string[]) =>
  (maxLength: number) =>
    fc.array(fc.constantFrom(...pieces), { maxLength }).map((all) => all.join(""));

describe("globs", () => {
  test("fit exactly what the shortest reading of them fits", () => {
    const globs = text("a", "b", "/", "*", "*", "**", "**/", "/**/", "?", "😀")(7);
    const paths = text("a", "b", "/", "a/b", "😀")(7);
    fc.assert(
      fc.property(globs, paths, (glob, path) => {
        expect([glob, path, globFits(glob, path)]).toEqual([glob, path, naive(glob, path)]);
      }),
      { numRuns: 20_000 },
    );
  });

  test.each([
    ["proposals/*.md", "fits", "proposals/1234-a.md"],
    ["proposals/*.md", "does not fit", "proposals/old/1234.md"],
    ["**/*.md", "fits", "a.md"],
    ["**/*.md", "fits", "a/b/c.md"],
    ["a/**/b", "fits", "a/b"],
    ["a/**/b", "fits", "a/x/y/b"],
    ["a/**/b", "does not fit", "axb"],
    ["a**b", "fits", "a/x/b"],
    ["a***b", "fits", "a/x/b"],
    ["**/**/**/x", "fits", "x"],
    ["a?b", "does not fit", "a/b"],
    ["*", "fits", ""],
    ["", "fits", ""],
    ["", "does not fit", "a"],
  ])("“%s” %s “%s”", (glob, fits, path) => {
    expect(globFits(glob, path)).toBe(fits === "fits");
  });

  test("take time in proportion to both lengths, also where every character could be the next piece's first", () => {
    const worst = (size: number) => {
      const fits = globMatcher(`${`*${"a".repeat(size / 10)}`.repeat(8)}b*a`);
      const path = [..."a".repeat(size)];
      return quickest(() => expect(fits(path)).toBe(false));
    };
    worst(100);
    const [once, tenfold] = [worst(200), worst(2000)];
    // Both lengths are ten times as long: a hundredfold, where trying every way would never end.
    expect(tenfold).toBeLessThan(500 * Math.max(once, 0.05));
  });
});

function quickest(work: () => void): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const from = performance.now();
      work();
      return performance.now() - from;
    }),
  );
}
