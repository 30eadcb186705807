import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { measuredMetrics } from "../support/metrics.js";

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly expr: string;
      readonly for?: string;
      readonly annotations: { readonly summary: string; readonly description: string };
    }[];
  }[];
}

const alerts = (load(readFileSync("deploy/alerts.yml", "utf8")) as Rules).groups.flatMap(
  ({ rules }) => rules,
);

test("each alert has a name of its own, and a sentence that says what it means and one what to do", () => {
  expect(alerts.length).toBeGreaterThan(4);
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  for (const { alert, annotations, for: lasting = "5m" } of alerts) {
    expect(alert).toMatch(/^MscClerk[A-Za-z]+$/);
    expect(lasting).toMatch(/^\d+m$/);
    expect(annotations.summary).toMatch(/^[A-Z].*\.$/);
    expect(annotations.description).toMatch(/^[A-Z].*\.$/);
  }
});

test("each alert is about metrics that there are, with labels they have", async () => {
  const known = new Map((await measuredMetrics()).map(({ name, labels }) => [name, labels]));
  for (const { alert, expr } of alerts.filter(({ expr: one }) => !one.startsWith("up{"))) {
    const used = [...expr.matchAll(/(msc_clerk_\w+)(?:\{(\w+)=)?/g)];
    expect(used.length, alert).toBeGreaterThan(0);
    for (const [, name = "", label] of used) {
      expect([...known.keys()], alert).toContain(name);
      if (label !== undefined) expect(known.get(name), alert).toContain(label);
    }
  }
});

test("no metric has a label of which a stranger could make many values, and each says what it means and what to do", async () => {
  const metrics = await measuredMetrics();
  const labels = new Set(metrics.flatMap((one) => one.labels));
  expect([...labels].sort()).toEqual(["api", "installation", "kind", "outcome", "reason", "round", "status"]);
  for (const { name, help } of metrics) {
    expect(name).toMatch(/^msc_clerk_[a-z_]+$/);
    expect(help, name).toMatch(/^[A-Z].*\.$/);
    expect(help, name).not.toContain("|");
  }
});
