import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recordInComment } from "msc-clerk/decisions/inComment.js";
import { readRegisterPage } from "msc-clerk/decisions/registerText.js";
import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { built, PROJECT } from "../../../test/runtime/built.js";
import { RECORD_KEY } from "../../src/roster.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

/** `msc-clerk verify`, `record` and `replay` as people call them: a process of its own, with a token of somebody who has no part in it. */

const REPOSITORY = "matrix-org/matrix-spec-proposals";
const directory = mkdtempSync(join(tmpdir(), "msc-clerk-"));
let made: ReturnType<typeof built>;
let r: Rehearsal;
let first = 0;
let second = 0;

beforeAll(async () => {
  made = built("verify");
  r = await rehearsal().start();
  const decided = async (title: string, path: string) => {
    const n = r.propose(title, { [path]: `# ${title}\n` });
    await r.settle();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    await r.advance(5 * DAY + HOUR);
    return n;
  };
  first = await decided("Spaces", "proposals/1772-spaces.md");
  second = await decided("Threads", "proposals/3440-threads.md");
}, 60_000);

afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  made.remove();
  await r.close();
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function clerk(
  words: readonly string[],
  given: { readonly token?: string; readonly input?: string } = {},
): Promise<Ended> {
  const { token = r.sandbox.tokenFor("passer-by"), input = "" } = given;
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), ...words], {
    cwd: directory,
    env: {
      PATH,
      GHE_HOST: new URL(r.sandbox.url).host,
      GHE_PROTOCOL: "http",
      ...(token === "" ? {} : { GITHUB_TOKEN: token }),
    },
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  child.stdin.end(input);
  return new Promise((resolve) =>
    child.on("close", (code) => {
      if (process.env.SHOW) console.log(`$ msc-clerk ${words.join(" ")}\n${out}${err}[${code}]`);
      resolve({ code, out, err });
    }),
  );
}

const conclusion = (n: number) => {
  const found = r.said(n).find(({ body }) => recordInComment(body) !== null);
  if (found === undefined) throw new Error(`#${n} has no record`);
  return found;
};
const registerIssue = () => {
  const found = [...r.sandbox.repository.threads.values()].find(
    ({ title }) => title === "Register of decisions",
  );
  if (found === undefined) throw new Error("there is no register");
  return found;
};

const writes = () => r.sandbox.requests.all.filter(({ kind }) => kind === "write").length;

/** Somebody changes a text of the clerk's; what is done then happens before it is put back. */
async function edited<T>(id: number, change: (body: string) => string, then: () => Promise<T>): Promise<T> {
  const found = r
    .said(first)
    .concat(r.said(second))
    .find((comment) => comment.id === id);
  const before = found?.body ?? "";
  r.as("ara4n").editComment(id, change(before));
  try {
    return await then();
  } finally {
    r.as("ara4n").editComment(id, before);
  }
}

describe("msc-clerk verify", () => {
  test("record.signed: with anybody's token an honest record is proven, level by level", async () => {
    const before = writes();
    const { code, out, err } = await clerk(["verify", `${REPOSITORY}#${first}`]);
    expect([code, err]).toEqual([0, ""]);
    for (const level of [
      "Signed: proven",
      "Counted again: proven",
      "By the roster and the rules of the config: proven",
      "Each source seen on GitHub: proven",
      "The rules were lawful: proven",
      "Listed in the register of decisions: proven",
      "What rests on the clerk's word: on the clerk's word",
    ])
      expect(out).toContain(level);
    expect(out).toContain("As passer-by read it from");
    expect(writes()).toBe(before);
  });

  test("record.signed: somebody has edited the comment", async () => {
    const { code, out } = await edited(
      conclusion(first).id,
      (body) => body.replace('"outcome":"merge"', '"outcome":"close"'),
      () => clerk(["verify", `${REPOSITORY}#${first}`]),
    );
    expect(code).toBe(4);
    expect(out).toContain("Signed: contradicted");
    expect(out).toContain("GitHub says that another account than the clerk's saved it last");
  });

  test("record.signed: somebody has taken the record out of the comment, or put another's good one in", async () => {
    const { id } = conclusion(first);
    const section = (body: string) =>
      body.slice(body.indexOf("<details><summary>Signed record"), body.lastIndexOf("</details>"));
    const others = section(conclusion(second).body);
    const [taken, put] = [
      await edited(
        id,
        (body) => body.replace(section(body), ""),
        () => clerk(["verify", `${REPOSITORY}#${first}`]),
      ),
      await edited(
        id,
        (body) => body.replace(section(body), others),
        () => clerk(["verify", `${REPOSITORY}#${first}`]),
      ),
    ];
    expect([taken.code, taken.out]).toEqual([3, expect.stringContaining("Record 1 is gone from #")]);
    expect([put.code, put.out]).toEqual([4, expect.stringContaining("and stands elsewhere.")]);
  });

  test("record.signed: without a token the signature alone, which is told", async () => {
    const { code, out } = await clerk(["verify", `${REPOSITORY}#${first}`], { token: "" });
    expect(code).toBe(3);
    expect(out).toContain("Without a token only the comment itself was read");
    const pasted = await clerk(["verify", "-", "--key", RECORD_KEY], {
      token: "",
      input: conclusion(first).body,
    });
    expect([pasted.code, pasted.err]).toEqual([3, ""]);
    expect(pasted.out).toContain("That is the key you have given.");
    const other = await clerk(["verify", "-", "--key", `ed25519:${"A".repeat(43)}=`], {
      token: "",
      input: conclusion(first).body,
    });
    expect(other.code).toBe(4);
  });

  test("record.signed: the whole register, and a checkpoint that somebody has kept", async () => {
    const whole = await clerk(["verify", "--all", REPOSITORY]);
    expect([whole.code, whole.err]).toEqual([0, ""]);
    expect(whole.out).toContain("2 records, numbered without a gap.");
    const kept = join(directory, "checkpoint.txt");
    writeFileSync(kept, readRegisterPage(registerIssue().body).checkpoint ?? "");
    const { code, out } = await clerk(["verify", "--all", REPOSITORY, "--checkpoint", kept]);
    expect([code, out]).toEqual([
      0,
      expect.stringContaining("Record 2 is the one it was when that checkpoint was made."),
    ]);
    const issue = registerIssue();
    const right = issue.body;
    const [line] = conclusion(first).body.match(/```text\n127[\s\S]*?\n```/) ?? [""];
    const shorter = right.replace(/^\| 2 .*\n/m, "").replace(/```text\n[\s\S]*?\n```/, line);
    r.as("ara4n").edit(issue.number, { body: shorter });
    try {
      const unseen = await clerk(["verify", "--all", REPOSITORY]);
      expect(unseen.code, unseen.out).toBe(0);
      const seen = await clerk(["verify", "--all", REPOSITORY, "--checkpoint", kept]);
      expect([seen.code, seen.out]).toEqual([4, expect.stringContaining("the newest were taken away")]);
    } finally {
      r.as("ara4n").edit(issue.number, { body: right });
    }
  });

  test("record.signed: a saved case is verified and replayed offline, with no token and no GitHub", async () => {
    const file = join(directory, "case.json");
    const saved = await clerk(["record", `${REPOSITORY}#${second}`, "--out", file]);
    expect([saved.code, saved.err]).toEqual([0, ""]);
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      type: "msc-clerk case",
      version: 1,
      read: { by: "passer-by", at: expect.stringMatching(/^2026-03-\d\dT[\d:]+(?:\.\d+)?Z$/) },
    });
    const asked = r.sandbox.requests.all.length;
    const verified = await clerk(["verify", file], { token: "" });
    expect([verified.code, verified.err]).toEqual([0, ""]);
    const replayed = await clerk(["replay", file], { token: "" });
    expect([replayed.code, replayed.out]).toEqual([
      0,
      expect.stringContaining("It comes to what record 2 says."),
    ]);
    expect(r.sandbox.requests.all.length).toBe(asked);
    const again = await clerk(["record", `${REPOSITORY}#${second}`, "--out", file]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("it is there already")]);
    const onStdout = await clerk(["record", `${REPOSITORY}#${second}`]);
    expect(JSON.parse(onStdout.out).proposal).toBe(second);
  });

  test("record.signed: by hand, with the very commands of docs/verifying.md", () => {
    const guide = readFileSync(join(PROJECT, "docs/verifying.md"), "utf8");
    const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block).join("");
    const there = mkdtempSync(join(directory, "by-hand-"));
    const { body } = conclusion(second);
    const byHand = (text: string) => {
      writeFileSync(join(there, "comment.md"), text);
      return spawnSync("sh", ["-c", commands], { cwd: there, encoding: "utf8" });
    };
    const good = byHand(body);
    expect(good.status, good.stderr).toBe(0);
    expect(good.stdout).toContain(`${recordInComment(body)?.hash}  record.json`);
    expect(good.stdout).toContain("Signature Verified Successfully");
    const bad = byHand(body.replace('"outcome":"merge"', '"outcome":"close"'));
    expect([bad.status, bad.stdout]).toEqual([1, expect.stringContaining("Signature Verification Failure")]);
  });

  test("record.signed: called wrongly, it says how it is called", async () => {
    for (const words of [
      ["verify"],
      ["verify", "--checkpoint", "x", `${REPOSITORY}#1`],
      ["verify", "--key", "nonsense", `${REPOSITORY}#1`],
      ["record", REPOSITORY],
      ["replay"],
    ]) {
      const { code, out, err } = await clerk(words);
      expect([code, out], err).toEqual([2, ""]);
      expect(err).toMatch(/^msc-clerk: .+\. `msc-clerk \w+ --help` tells more\.\n$/);
    }
    expect(await clerk(["verify", "no-such-file"])).toMatchObject({
      code: 1,
      err: "msc-clerk: There is no file no-such-file; a pull request is written as acme/standards#12.\n",
    });
    expect(await clerk(["verify", "/nowhere/case.json"])).toMatchObject({
      code: 1,
      err: "msc-clerk: There is no file /nowhere/case.json; a pull request is written as acme/standards#12.\n",
    });
    const pasted = join(directory, "pasted.txt");
    writeFileSync(
      pasted,
      `Whoever keeps this checkpoint …\n\n${readRegisterPage(registerIssue().body).checkpoint}`,
    );
    expect(await clerk(["verify", "--all", REPOSITORY, "--checkpoint", pasted])).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringContaining("pasted.txt holds no checkpoint: "),
    });
    const none = await clerk(["verify", `${REPOSITORY}#${registerIssue().number + 100}`]);
    expect([none.code, none.err]).toEqual([1, expect.stringMatching(/^msc-clerk: .+ cannot be read: .+\n$/)]);
  });

  // The last, as what was deleted stays so.
  test("record.signed: a deleted vote is missing evidence, and named", async () => {
    const vote = r.sandbox
      .thread(first)
      .comments.find(({ body, authorId }) => body === "@mscbot reviewed" && authorId === r.as("dbkr").id);
    r.as("dbkr").deleteComment(vote?.id ?? 0);
    const { code, out } = await clerk(["verify", `${REPOSITORY}#${first}`]);
    expect(code).toBe(3);
    expect(out).toMatch(/Gone from GitHub: the vote of dbkr .*; dbkr deleted a comment of theirs/);
  });
});
