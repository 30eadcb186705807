import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "msc-clerk/platform/systemClock.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { built } from "../../../test/runtime/built.js";
import { newSandbox, newSecrets } from "../../src/clerk.js";
import type { Sandbox } from "../../src/sandbox.js";
import { foundRepository } from "../../src/seed.js";

/** `msc-clerk init`, `check` and `simulate` as a body that adopts the clerk calls them, with the sandbox as its GitHub. */

let sandbox: Sandbox;
let made: ReturnType<typeof built>;

beforeAll(async () => {
  made = built("adopting");
  sandbox = newSandbox(newSecrets(), { clock: systemClock });
  await sandbox.listen();
  foundRepository(sandbox);
  sandbox.as("sandhose").openPull({ title: "Say it better", files: { "texts/a.md": "a\n" } });
});

afterAll(async () => {
  made.remove();
  await sandbox.close();
});

const REPOSITORY = "matrix-org/matrix-spec-proposals";
const withToken = () => ({ GITHUB_API_URL: sandbox.url, GITHUB_TOKEN: sandbox.tokenFor("a-reader") });

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(
  directory: string,
  words: readonly string[],
  { env = withToken(), input = "" }: { env?: Record<string, string>; input?: string } = {},
): Promise<Run> {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), ...words], {
    cwd: directory,
    env: { PATH, ...env },
  });
  child.stdin.end(input);
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}

const folder = () => mkdtempSync(join(tmpdir(), "msc-clerk-"));

const SAID = [
  ...[
    "init",
    "--name",
    "Working Group",
    "--members",
    "ara4n,DBKR,uhoreg,richvdh,kegsay",
    "--threshold",
    "2/3",
  ],
  ...["--period", "10 days", "--proposals", "changed:texts/**", "--mention", "wg-clerk", "--suggested"],
];

test("init writes a config with everybody’s id, which check finds right and simulate goes by", async () => {
  const here = folder();
  const written = await run(here, SAID);
  expect([written.code, written.err]).toEqual([0, ""]);
  expect(written.out).toContain(
    ".github/msc-clerk.yml is written. Working Group, 5 members: 4 of 5 have to say yes;",
  );
  const file = join(here, ".github/msc-clerk.yml");
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(/^ {6}- \{ login: dbkr, id: \d+ \}$/m);
  expect((await run(here, ["check", ".github/msc-clerk.yml"])).code).toBe(0);

  const before = sandbox.requests.all.filter(({ kind }) => kind === "write").length;
  const told = await run(here, ["simulate", ".github/msc-clerk.yml", `https://github.com/${REPOSITORY}`]);
  expect([told.code, told.err]).toEqual([0, ""]);
  expect(told.out).toMatch(/^1 open pull request: 1 would be in review\.$/m);
  expect(told.out).toMatch(/^ {2}needs {2}“change”: Working Group 0 of 4 needed, of 5$/m);
  const piped = await run(here, ["simulate", "-", REPOSITORY, "--json"], { input: text });
  expect(JSON.parse(piped.out)).toMatchObject({
    ...{ format: "msc-clerk simulate 1", file: "stdin", open: 1, complete: true },
    pulls: [{ draft: { stand: "in_review" } }],
  });
  expect(sandbox.requests.all.filter(({ kind }) => kind === "write")).toHaveLength(before);
});

test("a file that is there is never written over, but with --force", async () => {
  const here = folder();
  writeFileSync(join(here, "draft.yml"), "mine\n");
  const refused = await run(here, [...SAID, "--out", "draft.yml"]);
  expect([refused.code, refused.out]).toEqual([1, ""]);
  expect(refused.err).toMatch(/^msc-clerk: draft\.yml is there already, and is left as it is\./);
  expect(readFileSync(join(here, "draft.yml"), "utf8")).toBe("mine\n");
  expect((await run(here, [...SAID, "--out", "draft.yml", "--force"])).code).toBe(0);
  expect(readFileSync(join(here, "draft.yml"), "utf8")).toContain("version: 1");
});

test("without a terminal what is missing is named by its option, and nothing is written", async () => {
  const here = folder();
  const { code, out, err } = await run(here, ["init", "--name", "Board"]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(
    /^msc-clerk: init asks on a terminal, and this is none\. Say as well:\n {2}--members a,b,c, or --team/,
  );
  expect(existsSync(join(here, ".github"))).toBe(false);
});

test("without a token accounts are looked up all the same; where GitHub cannot be reached they have no ids, and that is said", async () => {
  const without = await run(folder(), SAID, { env: { GITHUB_API_URL: sandbox.url } });
  expect([without.code, without.err]).toEqual([0, ""]);
  expect(without.out).not.toContain("no id yet");
  const away = await run(folder(), SAID, { env: { GITHUB_API_URL: "http://127.0.0.1:9" } });
  expect(away.code).toBe(0);
  expect(away.out).toContain("5 members have no id yet");
});

test("the members of a team of GitHub’s, all pages of it", async () => {
  const people = Array.from({ length: 101 }, (_, at) => ({
    login: `member-${at}`,
    id: 5000 + at,
    type: "User",
  }));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://x");
    asked.push(`${url.pathname} ${request.headers.authorization}`);
    const page = Number(url.searchParams.get("page"));
    const found =
      url.pathname === "/orgs/acme/teams/core/members" ? people.slice((page - 1) * 100, page * 100) : null;
    response.writeHead(found === null ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(found ?? { message: "Not Found" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const GITHUB_API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const here = folder();
    const env = { GITHUB_API_URL, GITHUB_TOKEN: "ghp_of-a-member" };
    const { code, out, err } = await run(here, ["init", "--team", "acme/core", "--suggested"], { env });
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("Core, 101 members: 76 of 101 have to say yes");
    expect(readFileSync(join(here, ".github/msc-clerk.yml"), "utf8")).toContain(
      "{ login: member-100, id: 5100 }",
    );
    expect(asked[0]).toBe("/orgs/acme/teams/core/members token ghp_of-a-member");
    const none = await run(folder(), ["init", "--team", "acme/hidden", "--suggested"], { env });
    expect([none.code, none.out]).toEqual([2, ""]);
    expect(none.err).toContain("--team: GitHub shows no team acme/hidden:");
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test("simulate says in one sentence what it is called with wrongly, and the faults of a draft as check does", async () => {
  const here = folder();
  writeFileSync(join(here, "draft.yml"), "version: 1\nteams: { wg: { members: [a] } }\n");
  const faulty = await run(here, ["simulate", "draft.yml", REPOSITORY]);
  expect([faulty.code, faulty.out]).toEqual([1, ""]);
  expect(faulty.err).toMatch(
    /^msc-clerk: draft\.yml is not right, .*:\ndraft\.yml:1:1: decisions: is missing/,
  );
  const nowhere = await run(here, ["simulate", "draft.yml"]);
  expect([nowhere.code, nowhere.err]).toEqual([
    2,
    expect.stringContaining("simulate FILE OWNER/REPO[#NUMBER]"),
  ]);
  const none = await run(here, ["simulate", "none.yml", REPOSITORY]);
  expect([none.code, none.err]).toEqual([
    1,
    expect.stringContaining("none.yml cannot be read: there is no such file"),
  ]);
});
