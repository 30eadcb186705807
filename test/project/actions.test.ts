import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { ACTION_EVENTS, heardAs } from "../../src/cli/action/actionEvents.js";
import { EVENTS } from "../../src/runtime/server/events.js";
import { newsIn } from "../../src/runtime/server/webhookNews.js";

const root = resolve(import.meta.dirname, "../..");
const text = (path: string) => readFileSync(resolve(root, path), "utf8");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: object;
  readonly concurrency?: object;
  readonly jobs: Readonly<
    Record<
      string,
      { readonly environment?: string; readonly "timeout-minutes": number; readonly steps: readonly Step[] }
    >
  >;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** By the path on their first line. */
const workflows = new Map(
  [...text("docs/actions.md").matchAll(/^```yaml\n(# (\.github\/workflows\/\S+\.yml)[\s\S]*?)^```$/gm)].map(
    ([, body = "", path = ""]) => [path, load(body) as Workflow],
  ),
);
const named = (path: string): Workflow => {
  const found = workflows.get(path);
  if (found === undefined) throw new Error(`docs/actions.md has no ${path}`);
  return found;
};
const clerk = named(".github/workflows/msc-clerk.yml");
const check = named(".github/workflows/msc-clerk-check.yml");
const ACTIONS = new Map([
  ["matrix-org/msc-clerk@v1", load(text("action.yml")) as Action],
  ["matrix-org/msc-clerk/check@v1", load(text("check/action.yml")) as Action],
]);

describe("the workflow of the clerk", () => {
  test("hears of every event of the clerk's that Actions can tell it of, and of no other", () => {
    const wanted = Object.values(ACTION_EVENTS).flatMap((how) =>
      "on" in how ? [[how.on, how.types === undefined ? null : { types: [...how.types] }] as const] : [],
    );
    const { schedule, workflow_dispatch, push, ...heard } = clerk.on;
    expect(heard).toEqual(Object.fromEntries(wanted.filter(([on]) => on !== "push")));
    expect(push).toEqual({ branches: ["main"] });
    expect(workflow_dispatch).toBeNull();
    expect(schedule).toEqual([{ cron: expect.stringMatching(/^[\d,]+ \* \* \* \*$/) }]);
    expect(Object.keys(ACTION_EVENTS).sort()).toEqual(Object.keys(EVENTS).sort());
  });

  test("is heard by the name that the clerk knows the event by", () => {
    expect(heardAs("pull_request_target")).toBe("pull_request");
    expect(heardAs("issue_comment")).toBe("issue_comment");
    for (const other of ["schedule", "workflow_dispatch", "pull_request", "constructor"])
      expect(heardAs(other)).toBeNull();
    const about = {
      issue: { number: 7, pull_request: {} },
      repository: { name: "r", owner: { login: "o" } },
    };
    // A workflow is not told of which installation it is, so that much is added.
    expect(newsIn("issue_comment", { ...about, installation: { id: 1 } }, null).triggers).toHaveLength(1);
    expect(newsIn("issue_comment", about, null).triggers).toEqual([]);
  });

  test("says of every event that it does not hear why, and docs/actions.md names each", () => {
    const page = text("docs/actions.md");
    for (const [name, how] of Object.entries(ACTION_EVENTS))
      if ("not" in how && !name.startsWith("installation")) expect(page).toContain(`\`${name}\``);
  });

  test("never has two runs at once, and ends none in the middle", () => {
    expect(clerk.concurrency).toEqual({ group: "msc-clerk", "cancel-in-progress": false });
  });

  test("uses nothing of the workflow's own token, checks nothing out, and runs no command of its own", () => {
    expect(clerk.permissions).toEqual({});
    const steps = Object.values(clerk.jobs).flatMap(({ steps: all }) => all);
    expect(steps.map(({ uses }) => uses?.replace(/@.*/, ""))).toEqual([
      "actions/create-github-app-token",
      "matrix-org/msc-clerk",
    ]);
    expect(steps.every(({ run }) => run === undefined)).toBe(true);
  });

  test("asks of the App what app.yml asks for, and no more; every secret is the environment's", () => {
    const [token] = Object.values(clerk.jobs).flatMap(({ steps }) => steps);
    const asked = Object.entries(token?.with ?? {}).flatMap(([name, grade]) =>
      name.startsWith("permission-") ? [[name.slice("permission-".length).replaceAll("-", "_"), grade]] : [],
    );
    const { default_permissions } = load(text("app.yml")) as { default_permissions: Record<string, string> };
    // Every token of an App's has it.
    const { metadata: _, ...rest } = default_permissions;
    expect(Object.fromEntries(asked)).toEqual(rest);
    for (const job of Object.values(clerk.jobs)) expect(job.environment).toBe("msc-clerk");
  });

  test("is given more minutes than the clerk takes, with those of its end", () => {
    const usual = Number(ACTIONS.get("matrix-org/msc-clerk@v1")?.inputs.minutes?.default);
    for (const job of Object.values(clerk.jobs))
      expect(job["timeout-minutes"]).toBeGreaterThanOrEqual(usual + 5);
  });
});

describe("the workflow of the check", () => {
  test("may read the contents and nothing else, and has no environment", () => {
    expect(check.permissions).toEqual({ contents: "read" });
    expect(check.on).toEqual({ pull_request: { paths: [".github/msc-clerk.yml"] } });
    for (const job of Object.values(check.jobs)) expect(job.environment).toBeUndefined();
  });
});

describe.each([...ACTIONS])("the action %s", (uses, action) => {
  test("is given every input that it requires, and none that it does not have", () => {
    const steps = [clerk, check].flatMap(({ jobs }) => Object.values(jobs).flatMap(({ steps: all }) => all));
    const step = steps.find((one) => one.uses === uses);
    const given = Object.keys(step?.with ?? {});
    expect(step).toBeDefined();
    for (const name of given) expect(Object.keys(action.inputs)).toContain(name);
    for (const [name, { required }] of Object.entries(action.inputs))
      if (required === true) expect(given).toContain(name);
  });

  test("puts no input into a command, and shows no secret to what it installs with", () => {
    const [install, work, ...more] = action.runs.steps;
    expect(action.runs.using).toBe("composite");
    expect(more).toEqual([]);
    for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
    expect(install?.env).toBeUndefined();
    expect(install?.run).toContain("action/install.sh");
    expect(work?.env?.GITHUB_TOKEN).toMatch(/^\$\{\{ inputs\.token \}\}$/);
  });
});

test("what both are installed with runs no script of a package and takes what the lock file names", () => {
  expect(text("action/install.sh")).toContain("npm ci --omit=dev --ignore-scripts ");
});
