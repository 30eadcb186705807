import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { CLI_COMMANDS } from "../../src/cli/commands.js";

/* What the documents send people to is there: files, headings, commands with their options, scripts, tests, rooms, packages. Each was wrong once. */

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

  test("names files and folders of the project that there are", () => {
    const named = [
      ...text(path).matchAll(/`((?:src|test|sandbox|scripts|docs|deploy|bin|action)\/[\w./-]*[\w/])`/g),
    ];
    // What is built is not there beforehand; KIND and N stand for any.
    const missing = named
      .map(([, file = ""]) => file)
      .filter((file) => !/\bdist\b|\/KIND\.|-N\./.test(file) && !existsSync(resolve(root, file)));
    expect(missing).toEqual([]);
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

// What is generated names no test.
const WRITTEN = DOCUMENTS.filter((page) => page !== "docs/rule-tests.md");
const foldersOf = (path: string) =>
  readdirSync(resolve(root, path), { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [one.name] : [],
  );

test.each(WRITTEN)("%s: a test that it names by its title is there", (page) => {
  const named = /\]\((\.\.\/[^)]*\.test\.ts)\):((?: ?“[^”]*”,?)+)/g;
  const missing = [...text(page).matchAll(named)].flatMap(([, path = "", titles = ""]) => {
    const source = text(join(dirname(page), path));
    return [...titles.matchAll(/“([^”]*)”/g)]
      .flatMap(([, title = ""]) => title.split("…"))
      .filter((part) => !source.includes(part.trim()));
  });
  expect(missing).toEqual([]);
});

test("docs/architecture.md has every room of the source, and of the rooms that have some", () => {
  const page = text("docs/architecture.md");
  for (const house of ["src", "src/domain", "src/github", "src/runtime"])
    for (const room of foldersOf(house)) expect(page, `${house}/${room}`).toContain(`| \`${room}\` |`);
});

test("docs/decisions.md names every package that the clerk runs with", () => {
  const { dependencies } = JSON.parse(text("package.json")) as { dependencies: Record<string, string> };
  const few = /\n## Few dependencies\n([\s\S]*?)\n\n\*\*Rejected/.exec(text("docs/decisions.md"))?.[1] ?? "";
  for (const name of Object.keys(dependencies)) expect(few.toLowerCase(), name).toContain(name);
});
