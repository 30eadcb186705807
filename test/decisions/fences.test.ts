import { expect, test } from "vitest";
import { recordInComment } from "../../src/decisions/inComment.js";

const begun = (text: string) => `words\n<details><summary>Signed record: 1</summary>\n${text}`;

test("record.signed: fences that nobody closes cost no more than their length", () => {
  const began = performance.now();
  expect(recordInComment(begun("```json\n".repeat(60_000)))).toBeNull();
  // Looked for to the end from each of them it would be minutes.
  expect(performance.now() - began).toBeLessThan(2_000);
});

test("record.signed: what stands between the fences is read, also where an empty pair or an open one is by", () => {
  expect(recordInComment(begun('```json\n{"a":1}\n```\n\n```text\nx\n— y\n```\n```json\n'))).toMatchObject({
    json: '{"a":1}',
    checkpoint: "x\n— y\n",
  });
});
