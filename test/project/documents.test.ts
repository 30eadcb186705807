import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { CLI_COMMANDS } from "../../src/cli/commands.js";

/* What the documents send people to is there: files, headings, commands with their options, scripts. */

const root = resolve(import.meta.dirname, "../..");
const text = (path: string) => readFileSync(resolve(root, path), "utf8");
const inFolder = (folder: string) =>
  readdirSync(resolve(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
const DOCUMENTS = [".", "docs", ".github"].flatMap(inFolder);

const withoutBlocks = (markdown: string) => markdown.replace(/^ *```[\s\S]*?^ *```$/gm, "");

/** As GitHub makes anchors of headings. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");

const anchors = (path: string): ReadonlySet<string> =>
  new Set(
    [...withoutBlocks(text(path)).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading)),
  );

/** What is typed: blocks of code, and code within a sentence. */
const typed = (markdown: string): string =>
  [...markdown.matchAll(/^ *```(?:sh)?\n([\s\S]*?)^ *```$|`([^`\n]+)`/gm)]
    .map(([, block, code]) => block ?? code)
    .join("\n")
    .replace(/\\\n/g, " ");

describe.each(DOCUMENTS)("%s", (path) => {
  test("has no link within the project that leads nowhere", () => {
    for (const [, link = ""] of withoutBlocks(text(path)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? path : join(dirname(path), file);
      expect(existsSync(resolve(root, target)), link).toBe(true);
      if (anchor !== undefined && target.endsWith(".md"))
        expect([...anchors(target)], link).toContain(anchor);
    }
  });

  test("names commands that there are, with options that they have", () => {
    for (const [line, name = "", rest = ""] of typed(text(path)).matchAll(
      /npx (?:--yes |--no-install )?msc-clerk ([a-z][a-z-]*)([^\n|;&]*)/g,
    )) {
      if (name === "help") continue;
      const row = CLI_COMMANDS.find((one) => one.name === name);
      expect(row, line).toBeDefined();
      const known = ["--help", ...Object.keys(row?.options ?? {}).map((option) => `--${option}`)];
      for (const [option] of rest.matchAll(/(?<=\s)--[a-z-]+/g)) expect(known, line).toContain(option);
    }
  });

  test("names scripts that there are", () => {
    const workspaces = ["package.json", "sandbox/package.json"];
    const scripts = workspaces.flatMap((at) =>
      Object.keys((JSON.parse(text(at)) as { scripts: object }).scripts),
    );
    for (const [, name] of typed(text(path)).matchAll(/npm run (?:--silent )?([\w:-]+)/g))
      expect(scripts).toContain(name);
  });
});
