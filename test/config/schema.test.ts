import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse.js";
import { configSchema, type JsonSchema } from "../../src/config/schema.js";

const EXAMPLES = ["matrix", "msc1779-draft", "smallest", "working-group", "foundation"] as const;
const text = (name: string) => readFileSync(`docs/examples/${name}.yml`, "utf8");
const accepts = new Ajv({ allErrors: true }).compile(configSchema());

describe("the JSON Schema", () => {
  test.each(EXAMPLES)("accepts the example %s", (name) => {
    expect(accepts(load(text(name), { schema: CORE_SCHEMA })), JSON.stringify(accepts.errors)).toBe(true);
  });

  test.each([
    ["an unknown key", "legacy_bot: [mscbot]"],
    ["a threshold without a per cent sign", "amendments: { rules: [{ core-team: 75 }] }"],
    ["a threshold of 75.5%", "amendments: { rules: [{ core-team: 75.5% }] }"],
    ["a length without a unit", "final_comment_period: 5"],
    ["a label that is no text", "labels: { merged: true }"],
    ["an unknown choice", "conclude: { merge: sqash }"],
  ])("refuses %s, as the parser does", (_, line) => {
    const faulty = `${text("smallest")}\n${line}\n`;
    expect(parseConfig(faulty).ok).toBe(false);
    expect(accepts(load(faulty, { schema: CORE_SCHEMA }))).toBe(false);
  });

  test("describes every key, so that editors can show what it means", () => {
    const bare: string[] = [];
    const walk = (schema: JsonSchema & { description?: string }, path: string) => {
      for (const [key, value] of Object.entries(schema.properties ?? {})) {
        if (!("description" in value)) bare.push(`${path}${key}`);
        walk(value, `${path}${key}.`);
      }
      for (const inner of [schema.items, schema.additionalProperties, ...(schema.anyOf ?? [])]) {
        if (typeof inner === "object") walk(inner, `${path}*.`);
      }
    };
    walk(configSchema(), "");
    expect(bare).toEqual([]);
  });

  test("docs/configuration.md has a word on every key", () => {
    const reference = readFileSync("docs/configuration.md", "utf8");
    const keys = new Set<string>();
    const walk = (schema: JsonSchema) => {
      for (const [key, value] of Object.entries(schema.properties ?? {})) {
        keys.add(key);
        walk(value);
      }
      for (const inner of [schema.items, schema.additionalProperties, ...(schema.anyOf ?? [])]) {
        if (typeof inner === "object") walk(inner);
      }
    };
    walk(configSchema());
    expect(keys.size).toBeGreaterThan(40);
    expect([...keys].filter((key) => !reference.includes(`\`${key}\``))).toEqual([]);
  });

  /** As docs/configuration.md writes a default; null: it is told there in words. */
  function asWritten(schema: JsonSchema & { readonly default?: unknown }, needed: boolean): string | null {
    const { default: value } = schema;
    if (value === undefined) return needed ? "needed" : null;
    if (Array.isArray(value)) return value.length === 0 ? "none" : `\`[${value.join(", ")}]\``;
    return typeof value === "object" ? null : `\`${value}\``;
  }

  test.each([
    ["The whole file", ""],
    ["Reviews", "reviews"],
    ["Conclude", "conclude"],
  ])(
    "docs/configuration.md: the table under “%s” has every key in its order, with its default",
    (heading, key) => {
      const root = configSchema();
      const schema = (key === "" ? root : root.properties?.[key]) as JsonSchema & {
        required?: readonly string[];
      };
      const [, section = ""] = readFileSync("docs/configuration.md", "utf8").split(`\n## ${heading}\n`);
      const rows = [...(section.split("\n## ")[0] ?? "").matchAll(/^\| `(\w+)` \| (.+?) \|/gm)];
      expect(rows.map((row) => row[1])).toEqual(Object.keys(schema.properties ?? {}));
      for (const [, name = "", told] of rows) {
        const written = asWritten(schema.properties?.[name] ?? {}, schema.required?.includes(name) ?? false);
        if (written !== null) expect(`${name}: ${told}`).toBe(`${name}: ${written}`);
      }
    },
  );
});
