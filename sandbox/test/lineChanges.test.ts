import { describe, expect, it } from "vitest";
import { compareTrees, fileOf } from "../src/commits.js";
import { lineChanges, linesOf } from "../src/lineChanges.js";

describe("what differs between two texts", () => {
  const changed = (from: string, to: string) => lineChanges(linesOf(from), linesOf(to));

  it.each([
    ["the same", "a\nb\n", "a\nb\n", []],
    ["nothing and something", "", "a\n", [{ from: 0, to: 0, lines: ["a\n"] }]],
    ["something and nothing", "a\n", "", [{ from: 0, to: 1, lines: [] }]],
    ["one line in the middle", "a\nb\nc\n", "a\nB\nc\n", [{ from: 1, to: 2, lines: ["B\n"] }]],
    ["one that comes twice", "a\na\n", "a\n", [{ from: 1, to: 2, lines: [] }]],
    ["only the end of the last line", "a", "a\n", [{ from: 0, to: 1, lines: ["a\n"] }]],
    [
      "two places",
      "a\nb\nc\nd\n",
      "A\nb\nc\nd\ne\n",
      [
        { from: 0, to: 1, lines: ["A\n"] },
        { from: 4, to: 4, lines: ["e\n"] },
      ],
    ],
  ])("is told of %s", (_what, from, to, changes) => {
    expect(changed(from, to)).toEqual(changes);
  });

  it("brings the second about from the first, also where they are too long to compare line by line", () => {
    const old = Array.from({ length: 3000 }, (_, at) => `old ${at}\n`);
    const fresh = old.map((line, at) => (at % 2 === 0 ? line : `new ${at}\n`));
    const made = [...old];
    for (const { from, to, lines } of [...lineChanges(old, fresh)].reverse())
      made.splice(from, to - from, ...lines);
    expect(made).toEqual(fresh);
  });

  it("is counted as git counts it: one line taken out of many is one", () => {
    const text = (...lines: readonly string[]) => new Map([["a.md", fileOf(`${lines.join("\n")}\n`)]]);
    const [file] = compareTrees(text("a", "b", "c", "d"), text("a", "c", "d", "e"));
    expect(file).toMatchObject({ status: "modified", additions: 1, deletions: 1 });
  });
});
