import { readFileSync, writeFileSync } from "node:fs";
import { Ajv } from "ajv";
import { CORE_SCHEMA, load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse.js";
import { configSchema, configSchemaText, type JsonSchema, SCHEMA_PATH } from "../../src/config/schema.js";

// `UPDATE_SCHEMA=1 npx vitest run test/config/schema.test.ts` writes the file anew.
if (process.env.UPDATE_SCHEMA === "1") writeFileSync(SCHEMA_PATH, configSchemaText());

const EXAMPLES = ["matrix", "msc1779-draft", "smallest"] as const;
const text = (name: string) => readFileSync(`docs/examples/${name}.yml`, "utf8");
const accepts = new Ajv({ allErrors: true }).compile(configSchema());

describe("the JSON Schema", () => {
  test("the one kept in the repository is the one the shape makes", () => {
    expect(readFileSync(SCHEMA_PATH, "utf8")).toBe(configSchemaText());
  });

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
});
