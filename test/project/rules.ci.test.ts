import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const script = resolve(import.meta.dirname, "../../scripts/rule-tests.mjs");
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A project with these rules in docs/process.md and this test file. */
function project(rules: readonly string[], tests: string): string {
  const folder = mkdtempSync(join(tmpdir(), "msc-clerk-rules-"));
  folders.push(folder);
  mkdirSync(join(folder, "docs"));
  mkdirSync(join(folder, "test"));
  const paragraphs = rules.map((rule) => `### ${rule}\n\nSo it is.\n`);
  writeFileSync(join(folder, "docs/process.md"), paragraphs.join("\n"));
  writeFileSync(join(folder, "test/one.test.ts"), tests);
  return folder;
}

function check(folder: string, ...flags: readonly string[]): { passes: boolean; says: string } {
  const ran = spawnSync(process.execPath, [script, folder, ...flags], { encoding: "utf8" });
  return { passes: ran.status === 0, says: ran.stdout + ran.stderr };
}

const page = (folder: string) => readFileSync(join(folder, "docs/rule-tests.md"), "utf8");

describe("the check of rules and their tests", () => {
  test("passes when every rule has a test and the page lists it, and not before it is listed", () => {
    const folder = project(["vote.once"], 'test("vote.once: a second tick is the same vote", () => {});');
    expect(check(folder).says).toContain("npm run fix");
    expect(check(folder).passes).toBe(false);
    expect(check(folder, "--write").passes).toBe(true);
    expect(page(folder)).toContain("- a second tick is the same vote ([one](../test/one.test.ts))");
    expect(check(folder).passes).toBe(true);
  });

  test("fails on a rule without a test", () => {
    const folder = project(["vote.once", "vote.never"], 'test("vote.once: counts", () => {});');
    const { passes, says } = check(folder, "--write");
    expect(says).toContain("vote.never has no test");
    expect(passes).toBe(false);
  });

  test("fails on a test that names a rule nobody wrote down", () => {
    const folder = project(
      ["vote.once"],
      'test("vote.once: counts", () => {});\n\ntest("vote.twice: no", () => {});',
    );
    const { passes, says } = check(folder, "--write");
    expect(says).toContain("test/one.test.ts:3 names vote.twice");
    expect(passes).toBe(false);
  });

  test("fails when the test of a rule is renamed and the page still lists the old one", () => {
    const folder = project(["vote.once"], 'test("vote.once: counts", () => {});');
    check(folder, "--write");
    writeFileSync(join(folder, "test/one.test.ts"), 'test("vote.once: counts once", () => {});');
    expect(check(folder).passes).toBe(false);
  });

  test("takes no skipped test for a proof", () => {
    const folder = project(["vote.once"], 'test.skip("vote.once: counts", () => {});');
    expect(check(folder, "--write").says).toContain("vote.once has no test");
  });

  test("takes no title of a file for a rule", () => {
    const folder = project(["vote.once"], 'test("vote.once: a", () => {});\ntest("app.yml: b", () => {});');
    expect(check(folder, "--write").passes).toBe(true);
  });

  test("knows the tests of a table, of a describe that names the rule, and of several rules at once", () => {
    const folder = project(
      ["vote.once", "vote.late"],
      [
        'test.each([1, 2])("vote.once: %s times", () => {});',
        'describe("vote.once: by label", () => { test("counts", () => {}); });',
        'test("vote.once, vote.late: both", () => {});',
      ].join("\n"),
    );
    expect(check(folder, "--write").passes).toBe(true);
    const [once = "", late = ""] = page(folder).split("## vote.late");
    expect(once).toContain("- … times (");
    expect(once).toContain("- by label: counts (");
    expect(once).toContain("- both (");
    expect(late).toContain("- both (");
  });
});
