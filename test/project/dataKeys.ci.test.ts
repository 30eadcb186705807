import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "msc-clerk-keys-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(text: string): readonly string[] {
  const file = join(folder, "one.ts");
  writeFileSync(file, `const verbs: Readonly<Record<string, string>> = { merge: "m" };\n${text}\n`);
  const ran = spawnSync(process.execPath, ["scripts/data-keys.mjs", file], { cwd: root, encoding: "utf8" });
  expect(ran.status).toBe(ran.stderr === "" ? 0 : 1);
  return ran.stderr.trim().split("\n").filter(Boolean);
}

describe("the check that no text is looked up in an object", () => {
  test("refuses a look-up, an assignment and `in`, each with its line", () => {
    const found = check(
      [
        "export const get = (word: string) => verbs[word];",
        "export const has = (word: string) => word in verbs;",
        "export const put = (all: Record<string, string>, word: string) => { all[word] = word; };",
        'export const either = (word: string | null) => verbs[word ?? "merge"];',
      ].join("\n"),
    );
    expect(found.map((line) => /:(\d+) /.exec(line)?.[1])).toEqual(["2", "3", "4", "5"]);
  });

  test("lets through what is asked first, numbers, names the program knows, and maps", () => {
    const found = check(
      [
        "export const get = (word: string) => (Object.hasOwn(verbs, word) ? verbs[word] : undefined);",
        "export const at = (list: readonly string[], index: number) => list[index];",
        'export const known = (key: "a" | "b") => ({ a: 1, b: 2 })[key];',
        `export const part = (all: Record<string, string>, index: number) => all[\`p\${index}\`];`,
        "export const map = (all: ReadonlyMap<string, string>, word: string) => all.get(word);",
      ].join("\n"),
    );
    expect(found).toEqual([]);
  });
});
