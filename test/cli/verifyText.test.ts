import { expect, test } from "vitest";
import type { Paint } from "../../src/cli/terminal.js";
import { levelLines, withColours } from "../../src/cli/verifyText.js";

test("what each level came to has a colour, and nothing else has", () => {
  const paint: Paint = { right: (t) => `<${t}>`, warning: (t) => `(${t})`, wrong: (t) => `!${t}!` };
  const text = levelLines([
    { level: "signed", outcome: "proven", findings: ["It says: proven", "nothing is missing"] },
    { level: "word", outcome: "on the clerk's word", findings: [] },
    { level: "lawful", outcome: "missing", findings: [] },
    { level: "chain", outcome: "contradicted", findings: [] },
  ]).join("\n");
  expect(
    withColours(text, paint)
      .split("\n")
      .filter((line) => line !== ""),
  ).toEqual([
    "Signed: <proven>",
    "  It says: proven",
    "  nothing is missing",
    "What rests on the clerk's word: <on the clerk's word>",
    "The rules were lawful: (missing)",
    "Each record holds the hash of the one before: !contradicted!",
  ]);
});
