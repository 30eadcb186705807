import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dependenciesNamed, MOST_DEPENDENCIES } from "../../src/domain/gates/named.js";

const NAMING = {
  prefix: "MSC",
  repositoryUrl: "https://github.com/matrix-org/matrix-spec-proposals",
  repository: "matrix-org/matrix-spec-proposals",
};
const named = (text: string, naming = NAMING) => dependenciesNamed(text, naming);

describe("gate.begin: what a proposal names as its dependencies", () => {
  test.each([
    ["Depends on: MSC1234", [1234]],
    ["depends on MSC 1234, msc-1235 and #1236", [1234, 1235, 1236]],
    ["**Depends on:** [MSC1234](https://github.com/matrix-org/matrix-spec-proposals/pull/1234)", [1234]],
    ["- Dependencies: matrix-org/matrix-spec-proposals#7", [7]],
    ["It depends on: MSC1234", []],
    ["This was MSC1234 once", []],
    ["Depends on: matrix-org/matrix-spec#12, https://github.com/matrix-org/matrix-spec/pull/13", []],
    ["Depends on: RFC3986", []],
    ["Depends on: XMSC1 and MSC12x", []],
    [
      "`Depends on: MSC1`\n\n    Depends on: MSC2\n```\nDepends on: MSC3\n```\n<!--\nDepends on: MSC4\n-->",
      [],
    ],
    [
      "## Dependencies\r\n\r\nThis MSC builds on MSC1, MSC2 and MSC3.\r\n\r\n## Security\r\n\r\nSee MSC4.",
      [1, 2, 3],
    ],
    ["# Dependencies\n## Hard\nMSC1\n# Other\nMSC2", [1]],
    ["Dependencies\n------------\nMSC1\n\nOther\n-----\nMSC2", [1]],
    ["## 7. Dependencies\n\nNone.", []],
    ["## Dependency\n\n* MSC1 — é\n* MSC1 again", [1]],
  ] as const)("%j", (text, numbers) => {
    expect(named(text)).toEqual(numbers);
  });

  test("gate.begin: without a prefix only numbers with their mark and links count, and a prefix is only itself", () => {
    const naming = { ...NAMING, prefix: null };
    expect(dependenciesNamed("Depends on: MSC1, #2", naming)).toEqual([2]);
    expect(dependenciesNamed("Depends on: A.B1, AxB2", { ...NAMING, prefix: "A.B" })).toEqual([1]);
  });

  test("gate.begin: the first twenty, however many there are", () => {
    const text = Array.from({ length: 30 }, (_, at) => `Depends on: MSC${at + 1}`).join("\n");
    expect(named(text)).toEqual(Array.from({ length: MOST_DEPENDENCIES }, (_, at) => at + 1));
  });

  test("gate.begin: hashes may close a heading, and a line may have any separators within", () => {
    expect(named("## Dependencies ##\nMSC1\n## Other ##\nMSC2")).toEqual([1]);
    expect(named("Depends on: MSC1\u2028MSC2")).toEqual([1, 2]);
  });

  test("gate.begin: a text that a stranger makes slow to read is read at once", () => {
    const size = 400_000;
    const texts = [" ", "# ", "\t"].map((piece) => `# a${piece.repeat(size / piece.length)}b`);
    const from = process.cpuUsage().user;
    for (const text of texts) named(text);
    expect((process.cpuUsage().user - from) / 1000).toBeLessThan(2000);
  });

  test("gate.begin: whatever people write, it is read", () => {
    fc.assert(fc.property(fc.string({ maxLength: 2000, unit: "grapheme" }), (text) => void named(text)));
  });
});
