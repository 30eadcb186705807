import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { configSchemaText, SCHEMA_PATH } from "../../src/config/schema.js";
import { COMMANDS, VERBS } from "../../src/domain/acts/commands.js";
import { DUTIES } from "../../src/domain/model/duties.js";
import { FORM_CHECKS } from "../../src/domain/model/form.js";
import { LABELS } from "../../src/domain/model/labels.js";
import { AMENDMENTS } from "../../src/domain/model/rules.js";
import { ASKED } from "../../src/runtime/server/events.js";
import { TABLES } from "../../src/store/tables.js";
import { measuredMetrics } from "../support/metrics.js";

/*
 * What stands in two places because people or machines read it there is made from the one the clerk works by. `npm run fix` makes it anew: it
 * runs this file with `--update`.
 */

const pathOf = (path: string) => resolve(import.meta.dirname, "../..", path);
const read = (path: string) => readFileSync(pathOf(path), "utf8");
const is = (path: string, text: string) => expect(text).toMatchFileSnapshot(pathOf(path));

type Row = readonly string[];
const rowOf = (cells: Row) => `| ${cells.join(" | ")} |`;

/** The page with the lines of the table under this heading that has these columns put in place of those it had. */
function withTable(page: string, heading: string, columns: Row, rows: readonly Row[]): string {
  const start = page.indexOf(`\n## ${heading}\n`);
  const head = `\n${rowOf(columns)}\n|${columns.map(() => "---|").join("")}\n`;
  const from = page.indexOf(head, start) + head.length;
  expect(start, `a heading “${heading}”`).toBeGreaterThan(0);
  expect(from, `a table of ${columns.join(", ")}`).toBeGreaterThan(start + head.length);
  const to = page.indexOf("\n\n", from);
  return page.slice(0, from) + rows.map(rowOf).join("\n") + page.slice(to);
}

describe("what is made from the clerk's tables is as they are (`npm run fix` makes it anew)", () => {
  test("README.md: the commands", () =>
    is(
      "README.md",
      withTable(
        read("README.md"),
        "Commands",
        ["command", "who", "what it does"],
        VERBS.flatMap((verb) =>
          COMMANDS[verb].readme.map(({ say, who = COMMANDS[verb].who, does }) => [say, who, does]),
        ),
      ),
    ));

  test.each(["app.yml", "app.merge.yml"])("%s: the events, which come last", (path) => {
    const key = "\ndefault_events:\n";
    const [head = "", ...rest] = read(path).split(key);
    expect(rest).toHaveLength(1);
    return is(path, head + key + ASKED.map((name) => `  - ${name}\n`).join(""));
  });

  test("docs/operating.md: the metrics, and what an export of the store holds", async () => {
    const kinds = TABLES.map(({ kind, columns: fields }) => [
      `\`${kind}\``,
      fields.map(({ name }) => `\`${name}\``).join(", "),
    ]);
    const rows = (await measuredMetrics()).map(({ name, help, labels }) => [
      `\`${name}\``,
      labels.map((label) => `\`${label}\``).join(", "),
      help,
    ]);
    const columns = ["metric", "by", "what it says, and what to do"];
    const page = withTable(read("docs/operating.md"), "The store", ["`kind`", "fields"], kinds);
    await is("docs/operating.md", withTable(page, "Knowing how it does", columns, rows));
  });

  test("the JSON Schema of the config", () => is(SCHEMA_PATH, configSchemaText()));

  test("docs/configuration.md: the labels, the duties, the kinds of amendment and the checks of form", () => {
    const labels = LABELS.map(({ key, name, meaning }) => [`\`${key}\``, `\`${name}\``, meaning]);
    const duties = DUTIES.map(({ key, byDefault, meaning }) => [`\`${key}\``, `\`${byDefault}\``, meaning]);
    const amendments = AMENDMENTS.map(({ key, meaning, byDefault }) => [`\`${key}\``, meaning, byDefault]);
    let page = read("docs/configuration.md");
    page = withTable(page, "Labels", ["key", "default name", "meaning"], labels);
    page = withTable(page, "Duties", ["key", "default", "meaning"], duties);
    page = withTable(page, "Amendments", ["key", "for", "default"], amendments);
    const checks = FORM_CHECKS.map(({ key, meaning }) => [`\`${key}\``, meaning]);
    page = withTable(page, "Form", ["check", "what it looks for"], checks);
    return is("docs/configuration.md", page);
  });
});
