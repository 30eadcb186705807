import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { configSchemaText } from "../../src/config/schema.js";

/** The table of docs/process-coverage.md: `| # | source | prescribes | status | rules | remark |`. */
const text = readFileSync("docs/process-coverage.md", "utf8");
const rows = [
  ...text.matchAll(/^\| (\d+) \| ([^|]*) \| (.*) \| (done|partly|people) \| ([^|]*) \| ([^|]*) \|$/gm),
].map(([, number, , , status, rules = "", remark = ""]) => ({
  number: Number(number),
  status: status ?? "",
  rules: rules.split(", ").filter((rule) => rule.trim() !== ""),
  remark,
}));
const tested = new Set(
  [...readFileSync("docs/rule-tests.md", "utf8").matchAll(/^## `?([a-z-]+(?:\.[a-z-]+)+)`?/gm)].map(
    ([, rule]) => rule,
  ),
);

test("the published process: each of its 79 sentences has a row", () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 79 }, (_, at) => at + 1));
});

test("the published process: what is done, or partly, is done by a rule that has its tests", () => {
  expect(tested.size).toBeGreaterThan(50);
  for (const { number, status, rules } of rows) {
    if (status === "people") expect(rules, `row ${number}`).toEqual([]);
    else expect(rules.length, `row ${number}`).toBeGreaterThan(0);
    for (const rule of rules) expect(tested.has(rule), `${rule} in row ${number}`).toBe(true);
  }
});

test("the published process: the sums below the table are those of the table", () => {
  const sum = (status: string) => rows.filter((row) => row.status === status).length;
  expect(text).toContain(`${sum("done")} done, ${sum("partly")} partly, ${sum("people")} for people.`);
});

test("the published process: every key that a row names is one of the config", () => {
  const schema = configSchemaText();
  const keys = rows.flatMap(({ remark }) =>
    [...remark.matchAll(/`([a-z_-]+)[`:]/g)].map(([, key = ""]) => key),
  );
  expect(keys.length).toBeGreaterThan(15);
  for (const key of new Set(keys)) expect(schema.includes(`"${key}"`), key).toBe(true);
});
