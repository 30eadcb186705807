import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/* What the documents say of files, headings, tests and packages is so: each of these was wrong once, and nobody noticed. */

const read = (path: string) => readFileSync(path, "utf8");
const pagesIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
// What is generated has its own test.
const PAGES = ["README.md", ...pagesIn("docs"), ...pagesIn(".github")].filter(
  (page) => page !== "docs/rule-tests.md",
);
const foldersOf = (path: string) =>
  readdirSync(path, { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/ /g, "-");
const withoutCode = (text: string) => text.replace(/^( *)```[\s\S]*?^\1```/gm, "");
const anchorsIn = (page: string) =>
  new Set(
    [...withoutCode(read(page)).matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading)),
  );

test.each(PAGES)("%s: every link leads to a file, and to a heading of it", (page) => {
  const broken = [
    ...withoutCode(read(page)).matchAll(/\]\((?!https?:|mailto:)([^)\s#]*)(?:#([^)\s]+))?\)/g),
  ].flatMap(([link, path = "", anchor]) => {
    const to = path === "" ? page : normalize(join(dirname(page), path));
    if (!existsSync(to)) return [link];
    return anchor !== undefined && to.endsWith(".md") && !anchorsIn(to).has(anchor) ? [link] : [];
  });
  expect(broken).toEqual([]);
});

test.each(PAGES)("%s: a test that it names by its title is there", (page) => {
  const named = /\]\((\.\.\/[^)]*\.test\.ts)\):((?: ?“[^”]*”,?)+)/g;
  const missing = [...read(page).matchAll(named)].flatMap(([, path = "", titles = ""]) => {
    const source = read(normalize(join(dirname(page), path)));
    return [...titles.matchAll(/“([^”]*)”/g)]
      .flatMap(([, title = ""]) => title.split("…"))
      .filter((part) => !source.includes(part.trim()));
  });
  expect(missing).toEqual([]);
});

test("docs/architecture.md has every room of the source, and of the rooms that have some", () => {
  const page = read("docs/architecture.md");
  for (const house of ["src", "src/domain", "src/github", "src/runtime"])
    for (const room of foldersOf(house)) expect(page, `${house}/${room}`).toContain(`| \`${room}\` |`);
});

test("docs/decisions.md names every package that the clerk runs with", () => {
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: Record<string, string> };
  const few = /\n## Few dependencies\n([\s\S]*?)\n\n\*\*Rejected/.exec(read("docs/decisions.md"))?.[1] ?? "";
  for (const name of Object.keys(dependencies)) expect(few.toLowerCase(), name).toContain(name);
});
