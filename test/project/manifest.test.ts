import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { newsIn } from "../../src/runtime/server/webhookNews.js";

interface Manifest {
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
}

const text = (path: string) => readFileSync(resolve(import.meta.dirname, "../..", path), "utf8");
const manifest = (path: string) => load(text(path)) as Manifest;
const documented = () =>
  Object.fromEntries(
    [...text("docs/security.md").matchAll(/^\| `(\w+)` \| (read|write) \| \S.+ \|$/gm)].map(
      ([, permission, access]) => [permission, access],
    ),
  );

describe("the App's manifest", () => {
  test("asks for the permissions that docs/security.md gives a reason for, and no more", () => {
    expect(manifest("app.yml").default_permissions).toEqual(documented());
    expect(documented()).toEqual({
      metadata: "read",
      contents: "read",
      issues: "write",
      pull_requests: "write",
      checks: "write",
      merge_queues: "read",
    });
  });

  /** A payload in which every event finds what it looks for. */
  const payload = (action: string) => ({
    action,
    installation: { id: 1 },
    repository: { name: "proposals", owner: { login: "body" }, default_branch: "main" },
    ref: "refs/heads/main",
    forced: true,
    pull_request: { number: 7 },
    issue: { number: 7, pull_request: {} },
    check_run: { external_id: "7:success" },
    check_suite: { pull_requests: [{ number: 7 }] },
    merge_group: {
      head_sha: "a".repeat(40),
      head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${"b".repeat(40)}`,
    },
    sender: { login: "alice" },
  });
  const ACTIONS = ["opened", "created", "rerequested", "deleted", "archived", "checks_requested", "resolved"];

  test.each(manifest("app.yml").default_events)("is sent %s for a reason: it causes a look", (event) => {
    expect(ACTIONS.flatMap((action) => newsIn(event, payload(action), null).triggers)).not.toEqual([]);
  });

  test("names every event in docs/security.md", () => {
    const page = text("docs/security.md");
    for (const event of manifest("app.yml").default_events) expect(page).toContain(`\`${event}\``);
  });

  test("for merging differs in nothing but contents: write", () => {
    const usual = manifest("app.yml");
    expect(manifest("app.merge.yml")).toEqual({
      ...usual,
      default_permissions: { ...usual.default_permissions, contents: "write" },
    });
  });
});
