import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { ClerkOctokit } from "msc-clerk/github/connect.js";
import { built, PROJECT } from "../../../test/runtime/built.js";
import { RECORD_KEYS, type Secrets } from "../../src/clerk.js";
import type { Sandbox } from "../../src/sandbox.js";

/*
 * Does with the workflows of docs/actions.md what GitHub and its runner do, as far as they go into it: which events start a run, that an environment
 * gives its secrets to one ref alone, that a group has one run at a time and one that waits, inputs and expressions, and the steps of a composite
 * action, each a process with GITHUB_* set. What it does not know it refuses. One file, as it is one machine: what is read here is what GitHub reads.
 *
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 * https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#runs-for-composite-actions
 */

type Texts = Readonly<Record<string, string>>;

interface Trigger {
  readonly types?: readonly string[];
  readonly branches?: readonly string[];
  readonly paths?: readonly string[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, Trigger | null>>;
  readonly permissions: Texts;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly environment?: string;
  readonly "timeout-minutes": number;
  readonly steps: readonly { readonly uses: string; readonly id?: string; readonly with?: Texts }[];
}

interface Composite {
  readonly inputs: Readonly<Record<string, { readonly required?: boolean; readonly default?: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly { readonly shell: string; readonly run: string; readonly env?: Texts }[];
  };
}

export const CLERK = ".github/workflows/msc-clerk.yml";
export const CHECK = ".github/workflows/msc-clerk-check.yml";

/** The workflows that docs/actions.md has to copy, by the path on their first line. */
export function documentedWorkflows(): ReadonlyMap<string, Workflow> {
  const page = readFileSync(join(PROJECT, "docs/actions.md"), "utf8");
  const blocks = page.matchAll(/^```yaml\n(# (\.github\/workflows\/\S+\.yml)[^\n]*\n[\s\S]*?)^```$/gm);
  return new Map([...blocks].map(([, text = "", path = ""]) => [path, load(text) as Workflow]));
}

/** The commit that a release's tag stands on: this repository, and the clerk built. */
export interface ActionsCommit {
  readonly folder: string;
  readonly remove: () => void;
}

export function actionsCommit(): ActionsCommit {
  const { directory, remove } = built("actions");
  const folder = join(directory, "..");
  for (const path of ["action.yml", "check/action.yml", "action/install.sh"])
    cpSync(join(PROJECT, path), join(folder, path));
  return { folder, remove };
}

/** What GitHub tells a workflow of what happened. */
interface Happened {
  readonly event: string;
  readonly payload: object;
}

export interface Ran {
  readonly event: string;
  readonly code: number;
  readonly output: string;
  readonly summary: string;
  /** What was installed, by the line. */
  readonly installed: string;
}

interface Waiting {
  readonly happened: Happened;
  readonly done: (ran: Ran | "replaced") => void;
  readonly failed: (why: unknown) => void;
}

/** These run for the pull request's own ref; the others for the default branch. */
const FOR_THE_PULL = ["pull_request", "pull_request_review", "pull_request_review_comment"];

export class Runner {
  readonly runs: Ran[] = [];
  /** Events that came to nothing: by name, and why. */
  readonly unheard: string[] = [];
  readonly #sandbox: Sandbox;
  readonly #secrets: Secrets;
  readonly #workflow: Workflow;
  readonly #actions: string;
  readonly #folder = mkdtempSync(join(tmpdir(), "msc-clerk-runner-"));
  #running: Waiting | null = null;
  #pending: Waiting | null = null;
  #count = 0;

  constructor(actions: ActionsCommit, sandbox: Sandbox, secrets: Secrets, workflow = CLERK) {
    this.#sandbox = sandbox;
    this.#secrets = secrets;
    const found = documentedWorkflows().get(workflow);
    if (found === undefined) throw new Error(`docs/actions.md has no ${workflow}.`);
    this.#workflow = found;
    this.#actions = actions.folder;
    // What `npm ci` would bring is found above that folder, without a network. How it is asked for is noted, and what it could read.
    mkdirSync(join(this.#folder, "bin"));
    const npm = join(this.#folder, "bin/npm");
    writeFileSync(
      npm,
      '#!/bin/sh\necho "npm $*" >> "$RUNNER_TEMP/installed"\nenv >> "$RUNNER_TEMP/installed"\n',
    );
    chmodSync(npm, 0o755);
  }

  /** Something happened. Resolves when the run it started is over, or at once where it started none: `null`. */
  async happens(told: string, payload: object = {}): Promise<Ran | "replaced" | null> {
    // Both are started by the same.
    const isTarget = told === "pull_request" && Object.hasOwn(this.#workflow.on, "pull_request_target");
    const event = isTarget ? "pull_request_target" : told;
    const why = this.#whyNot(event, payload);
    if (why !== null) {
      this.unheard.push(`${event}: ${why}`);
      return null;
    }
    return new Promise((done, failed) => {
      const waiting: Waiting = { happened: { event, payload }, done, failed };
      if (this.#workflow.concurrency === undefined || this.#running === null) {
        void this.#begin(waiting);
        return;
      }
      if (this.#workflow.concurrency["cancel-in-progress"])
        throw new Error("It would end the run that goes on.");
      // https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
      this.#pending?.done("replaced");
      this.#pending = waiting;
    });
  }

  /** The clerk's step alone, with this token in place of the App's. */
  async withToken(token: string): Promise<Pick<Ran, "code" | "output">> {
    const temp = mkdtempSync(join(this.#folder, "token-"));
    const inputs = new Map([
      ["token", token],
      ["record-keys", RECORD_KEYS],
    ]);
    return this.#composite(this.#actions, inputs, new Map(), { event: "schedule", payload: {} }, temp);
  }

  /** What the group keeps from happening: two of the schedule's runs at the same moment. */
  async twoAtOnce(): Promise<readonly Ran[]> {
    const happened = { event: "schedule", payload: {} };
    return Promise.all([this.#job(happened), this.#job(happened)]);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #whyNot(event: string, payload: object): string | null {
    const { on } = this.#workflow;
    if (!Object.hasOwn(on, event)) return "not asked for";
    const { types, branches } = on[event] ?? {};
    const { action, ref } = payload as { readonly action?: string; readonly ref?: string };
    if (types !== undefined && !types.includes(action ?? "")) return `not asked for (${action})`;
    if (branches !== undefined && !branches.some((branch) => ref === `refs/heads/${branch}`))
      return "another branch";
    return null;
  }

  async #begin(waiting: Waiting): Promise<void> {
    this.#running = waiting;
    try {
      const ran = await this.#job(waiting.happened);
      this.runs.push(ran);
      waiting.done(ran);
    } catch (thrown) {
      waiting.failed(thrown);
    }
    this.#running = null;
    const next = this.#pending;
    this.#pending = null;
    if (next !== null) void this.#begin(next);
  }

  async #job(happened: Happened): Promise<Ran> {
    const [job, ...others] = Object.values(this.#workflow.jobs);
    if (job === undefined || others.length > 0) throw new Error("This runner knows workflows of one job.");
    this.#count += 1;
    const temp = join(this.#folder, String(this.#count));
    mkdirSync(temp);
    // An environment for the default branch alone gives nothing to another ref: the job is refused before it begins.
    if (job.environment !== undefined && FOR_THE_PULL.includes(happened.event))
      throw new Error(`The environment ${job.environment} is not for ${happened.event}.`);
    const contexts = new Map<string, string>([
      ["github.token", this.#sandbox.workflowToken(this.#workflow.permissions)],
    ]);
    if (job.environment !== undefined)
      for (const [name, value] of [
        ["vars.CLERK_CLIENT_ID", String(this.#sandbox.app.id)],
        ["secrets.CLERK_PRIVATE_KEY", this.#secrets.privateKey],
        ["secrets.CLERK_RECORD_KEYS", RECORD_KEYS],
      ] as const)
        contexts.set(name, value);
    let output = "";
    let code = 0;
    for (const { uses, id, with: given = {} } of job.steps) {
      const inputs = new Map(
        Object.entries(given).map(([name, value]) => [name, evaluated(value, contexts)]),
      );
      if (uses.startsWith("actions/create-github-app-token@")) {
        contexts.set(`steps.${id}.outputs.token`, await this.#appToken(inputs));
        continue;
      }
      const [, below] = /^matrix-org\/msc-clerk(\/check)?@v1$/.exec(uses) ?? [undefined, null];
      if (below === null) throw new Error(`This runner knows no action ${uses}.`);
      const done = await this.#composite(join(this.#actions, below ?? ""), inputs, contexts, happened, temp);
      output += done.output;
      code = done.code;
      if (code !== 0) break;
    }
    const text = (name: string) =>
      existsSync(join(temp, name)) ? readFileSync(join(temp, name), "utf8") : "";
    return { event: happened.event, code, output, summary: text("summary"), installed: text("installed") };
  }

  /** What actions/create-github-app-token does: signs in as the App, and asks for no more than it is told. */
  async #appToken(inputs: ReadonlyMap<string, string>): Promise<string> {
    const permissions: Record<string, string> = {};
    for (const [name, grade] of inputs) {
      const [, permission] = /^permission-(.+)$/.exec(name) ?? [];
      if (permission !== undefined) permissions[permission.replaceAll("-", "_")] = grade;
      else if (!["client-id", "private-key"].includes(name)) throw new Error(`It is given ${name}.`);
    }
    const app = new ClerkOctokit({
      baseUrl: this.#sandbox.url,
      auth: { appId: inputs.get("client-id"), privateKey: inputs.get("private-key") },
    });
    const { data } = await app.request("POST /app/installations/{installation_id}/access_tokens", {
      installation_id: this.#sandbox.app.installationId,
      permissions,
    });
    return data.token;
  }

  async #composite(
    folder: string,
    given: ReadonlyMap<string, string>,
    outer: ReadonlyMap<string, string>,
    { event, payload }: Happened,
    temp: string,
  ): Promise<{ readonly code: number; readonly output: string }> {
    const { inputs, runs } = load(readFileSync(join(folder, "action.yml"), "utf8")) as Composite;
    if (runs.using !== "composite") throw new Error("This runner knows composite actions.");
    for (const name of given.keys())
      if (!Object.hasOwn(inputs, name)) throw new Error(`The action has no input ${name}.`);
    const contexts = new Map<string, string>();
    for (const [name, { required = false, default: usual }] of Object.entries(inputs)) {
      const value = given.get(name) ?? (usual === undefined ? undefined : evaluated(usual, outer));
      if (required && (value ?? "") === "") throw new Error(`The input ${name} is missing.`);
      contexts.set(`inputs.${name}`, value ?? "");
    }
    const { ownerLogin: owner, repository } = this.#sandbox;
    writeFileSync(join(temp, "event.json"), JSON.stringify(payload));
    const variables = {
      PATH: `${join(this.#folder, "bin")}:${process.env.PATH}`,
      HOME: temp,
      CI: "true",
      RUNNER_TEMP: temp,
      GITHUB_ACTIONS: "true",
      GITHUB_ACTION_PATH: folder,
      GITHUB_API_URL: this.#sandbox.url,
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(temp, "event.json"),
      GITHUB_REPOSITORY: `${owner}/${repository.name}`,
      GITHUB_STEP_SUMMARY: join(temp, "summary"),
      GITHUB_WORKSPACE: temp,
    };
    let output = "";
    for (const { shell, run, env = {} } of runs.steps) {
      if (shell !== "bash" || run.includes("${{")) throw new Error("A step's command holds an expression.");
      const own = Object.entries(env).map(([name, value]) => [name, evaluated(value, contexts)]);
      const { code, text } = await ended(run, { ...variables, ...Object.fromEntries(own) }, temp);
      output += text;
      if (code !== 0) return { code, output };
    }
    return { code: 0, output };
  }
}

/** `${{ a.b }}` and nothing more: what cannot be known is refused, not taken for empty. */
function evaluated(text: unknown, contexts: ReadonlyMap<string, string>): string {
  return String(text).replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, path: string) => {
    const value = contexts.get(path);
    if (value === undefined) throw new Error(`\${{ ${path} }} is nothing here.`);
    return value;
  });
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
function ended(
  run: string,
  env: Texts,
  cwd: string,
): Promise<{ readonly code: number; readonly text: string }> {
  return new Promise((resolve) => {
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
      ...{ cwd, env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
    child.on("close", (code) => resolve({ code: code ?? -1, text }));
  });
}
