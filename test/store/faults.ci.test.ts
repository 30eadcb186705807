import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { openSqliteStore, Sqlite } from "../../src/store/sqlite.js";
import { built } from "../runtime/built.js";
import { OF, put, register, row, stored } from "./contract.js";
import { asked, withPostgres } from "./database.js";
import { folder, opened, refused } from "./opened.js";

/**
 * What disks do, on real ones: a small one in memory is mounted for each test. Where this user may not mount, they are skipped. `/readyz` asks the
 * same store: where a test here says that nothing can be written, it answers 503, and 200 where it goes on.
 */
const mayMount = () => {
  const at = folder();
  const may = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "none", at]).status === 0;
  if (may) spawnSync("umount", [at]);
  return may;
};

/** Keeps one register after the other, however long that takes, and says each number, and each sentence of the store's that is a new one. */
const PATIENT = `
import { setTimeout as wait } from "node:timers/promises";
import { openSqliteStore } from "./store/sqlite.js";
const opened = await openSqliteStore(process.argv[2]);
if (opened.kind === "refused") {
  console.log("refused: " + opened.why);
  process.exit(1);
}
const { store } = opened;
const of = { repository: 7, pull: 12 };
let said = "";
for (;;) {
  const read = await store.register(of);
  const before = read.kind === "stored" ? (read.kept?.sequence ?? null) : null;
  const sequence = (before ?? 0) + 1;
  const record = ("record " + sequence + " ").repeat(500);
  const line = { sequence, at: 1, what: "change " + sequence };
  const put = read.kind === "stored" ? await store.putRegister(of, { sequence, record }, before, line) : read;
  if (put.kind === "stored") console.log("kept: " + sequence);
  else if (put.kind === "unavailable" && put.why !== said) console.log("unavailable: " + (said = put.why));
  await wait(put.kind === "stored" ? 0 : 50);
}
`;

const made = built("faults");
writeFileSync(join(made.directory, "patient.mjs"), PATIENT);
afterAll(() => made.remove());

describe.skipIf(!mayMount())("on a disk of its own (skipped where this user may not mount one)", () => {
  const mounts: string[] = [];
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    for (const at of mounts.splice(0)) spawnSync("umount", ["-l", at]);
  });

  const disk = (size: string) => {
    const at = folder();
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size},mode=700`, "none", at]).status).toBe(0);
    mounts.push(at);
    const directory = join(at, "data");
    mkdirSync(directory, { mode: 0o700 });
    const remount = (how: "ro" | "rw") =>
      expect(spawnSync("mount", ["-o", `remount,${how}`, at]).status).toBe(0);
    return { at, directory, remount };
  };
  const start = (directory: string) => {
    const child = spawn(process.execPath, [join(made.directory, "patient.mjs"), directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const ended = new Promise<string>((resolve) => child.on("close", () => resolve(said)));
    const kept = () => Number([...said.matchAll(/^kept: (\d+)\n/gm)].at(-1)?.[1] ?? 0);
    const until = async (enough: () => boolean) => {
      while (!enough()) {
        if (child.exitCode !== null) throw new Error(`It ended: ${said}`);
        await wait(10);
      }
    };
    return { child, ended, until, kept, said: () => said };
  };
  const ROOM =
    "has no room left on its disk: make room there; a clerk that is at work then goes on by itself.";

  test("full while the clerk is at work: said in words, nothing that was kept is lost, and it goes on by itself once there is room", async () => {
    const { at, directory } = disk("2m");
    const ballast = join(at, "ballast");
    writeFileSync(ballast, Buffer.alloc(1_000_000));
    const clerk = start(directory);
    await clerk.until(() => clerk.said().includes("unavailable: "));
    expect(clerk.said()).toContain(`unavailable: The store in ${directory} ${ROOM}\n`);
    const kept = clerk.kept();
    expect(kept).toBeGreaterThan(3);
    rmSync(ballast);
    await clerk.until(() => clerk.kept() > kept + 3);
    const last = clerk.kept();
    // Full, and killed on top of it: the next start finds all of it.
    await clerk.until(() => clerk.said().match(/unavailable: /g)?.length === 1 && clerk.kept() >= last);
    clerk.child.kill("SIGKILL");
    await clerk.ended;
    const store = opened(await openSqliteStore(directory));
    const found = await store.register(OF);
    expect(found).toMatchObject({ kind: "stored", kept: { sequence: expect.any(Number) } });
    expect(found.kind === "stored" && (found.kept?.sequence ?? 0) >= clerk.kept()).toBe(true);
    const lines = await store.transitions(OF);
    expect(lines.kind === "stored" && lines.kept.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: lines.kind === "stored" ? lines.kept.length : 0 }, (_, n) => n + 1),
    );
    await store.close();
  });

  test("full at the first start, in the midst of making the tables: refused in words, and made once there is room", async () => {
    const { at, directory } = disk("96k");
    writeFileSync(join(at, "ballast"), Buffer.alloc(70_000));
    expect(refused(await openSqliteStore(directory))).toContain(ROOM);
    rmSync(join(at, "ballast"));
    spawnSync("mount", ["-o", "remount,size=2m", at]);
    const store = opened(await openSqliteStore(directory));
    expect(await put(store, 1, null)).toEqual(stored(null));
    await store.close();
  });

  test("mounted read-only: refused in words, nothing is changed, and it starts once it can be written", async () => {
    const { directory, remount } = disk("2m");
    // In a process of its own, as a file that is open keeps a disk from being mounted anew.
    const before = start(directory);
    await before.until(() => before.kept() > 2);
    before.child.kill("SIGKILL");
    await before.ended;
    remount("ro");
    const clerk = start(directory);
    expect(await clerk.ended).toBe(
      `refused: The directory of the store (${directory}) is on a disk that is mounted read-only (EROFS): mount it for writing, or set DATA_DIR to a directory on another.\n`,
    );
    remount("rw");
    const store = opened(await openSqliteStore(directory));
    const found = await store.register(OF);
    expect(found.kind === "stored" && (found.kept?.sequence ?? 0) >= before.kept()).toBe(true);
    await store.close();
  });

  test("a migration that meets a full disk leaves the store as it was, and is made at the next start", async () => {
    const { at, directory } = disk("1m");
    const made_ = opened(await openSqliteStore(directory));
    await put(made_, 1, null);
    await made_.close();
    // As a store of an older clerk's.
    const older = await Sqlite.open(join(directory, "msc-clerk.db"));
    for (const statement of [
      "DROP TABLE clerk_proposals",
      "DROP TABLE clerk_rounds",
      "DROP TABLE clerk_due",
      "DROP TABLE clerk_instances",
      "DROP TABLE clerk_repositories",
      "DROP TABLE clerk_views",
      "DROP TABLE clerk_events",
      "DROP TABLE clerk_notice_marks",
      "DROP TABLE clerk_notices",
      "DELETE FROM clerk_migrations WHERE number >= 3",
    ])
      await older.change(statement);
    await older.close();
    fillUp(join(at, "ballast"));
    expect(refused(await openSqliteStore(directory))).toContain(ROOM);
    rmSync(join(at, "ballast"));
    const look = await Sqlite.open(join(directory, "msc-clerk.db"));
    expect(await look.rows("SELECT MAX(number) AS newest FROM clerk_migrations")).toEqual([{ newest: 2 }]);
    expect(await look.rows("SELECT name FROM sqlite_master WHERE name = 'clerk_proposals'")).toEqual([]);
    await look.close();
    const store = opened(await openSqliteStore(directory));
    expect(await store.register(OF)).toEqual(stored(register(1)));
    expect(await store.putRound(7, { upTo: 1 })).toEqual(stored(null));
    await store.close();
  });

  const fillUp = (path: string) => {
    // Leaves less than the migration takes.
    spawnSync("dd", ["if=/dev/zero", `of=${path}`, "bs=4k"]);
    const size = spawnSync("stat", ["-c", "%s", path], { encoding: "utf8" }).stdout.trim();
    spawnSync("truncate", ["-s", String(Number(size) - 4 * 1024), path]);
  };
});

describe("a copy of the store", () => {
  const store = (words: readonly string[], dataDirectory: string) => {
    const { PATH = "" } = process.env;
    const command = [join(made.directory, "cli/cli.js"), "store", ...words];
    const ran = spawnSync(process.execPath, command, {
      cwd: dataDirectory,
      env: { PATH, DATA_DIR: dataDirectory },
      encoding: "utf8",
    });
    return { code: ran.status, out: ran.stdout };
  };

  test("kill -9 in the middle of an import: nothing of it is there, and it can be made again", async () => {
    const from = folder();
    const many = opened(await openSqliteStore(from));
    await many.putProposals(
      7,
      Array.from({ length: 5_000 }, (_, n) => row(n, { outline: "x".repeat(2_000) })),
    );
    await many.close();
    const file = join(folder(), "many.jsonl");
    store(["export", file], from);
    const to = folder();
    await opened(await openSqliteStore(to)).close();
    const child = spawn(process.execPath, [join(made.directory, "cli/cli.js"), "store", "import", file], {
      env: { PATH: process.env.PATH ?? "", DATA_DIR: to },
    });
    const wal = join(to, "msc-clerk.db-wal");
    const ended = new Promise((resolve) => child.on("close", (_code, signal) => resolve(signal)));
    // SQLite writes what has no room in its memory any more, long before the end of the transaction.
    while ((statSync(wal, { throwIfNoEntry: false })?.size ?? 0) < 100_000 && child.exitCode === null)
      await wait(1);
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");
    expect(store(["export"], to).out.split("\n")).toHaveLength(3);
    expect(store(["import", file], to)).toMatchObject({ code: 0 });
    expect(store(["check"], to).out).toMatch(/5000 {2}rows of proposals/);
  });

  const hasSqlite = spawnSync("sqlite3", ["--version"]).status === 0;
  test.skipIf(!hasSqlite)(
    "the backup by sqlite3 that the page names is whole while the clerk writes, and its owner's alone",
    async () => {
      const [directory, backup] = [folder(), folder()];
      const page = readFileSync(new URL("../../docs/operating.md", import.meta.url), "utf8");
      const command = /`(\(umask 077; sqlite3 [^`]+)`/.exec(page)?.[1] ?? "false";
      const writing = opened(await openSqliteStore(directory));
      await put(writing, 1, null);
      const copy = join(backup, "msc-clerk.db");
      const ran = spawn("bash", [
        "-c",
        command.replace("data/msc-clerk.db", join(directory, "msc-clerk.db")).replace("copy.db", copy),
      ]);
      let sequence = 1;
      const code = new Promise((resolve) => ran.on("close", resolve));
      while (ran.exitCode === null) {
        await put(writing, sequence + 1, sequence);
        sequence += 1;
        await wait(1);
      }
      expect(await code).toBe(0);
      await writing.close();
      expect(statSync(copy).mode & 0o777).toBe(0o600);
      const restored = opened(await openSqliteStore(backup));
      const found = await restored.register(OF);
      expect(found).toMatchObject({ kind: "stored", kept: { sequence: expect.any(Number) } });
      await restored.close();
    },
  );
});

await withPostgres("a process that is killed in the middle of a migration on PostgreSQL", ({ fresh }) => {
  test("leaves the tables as they were, and the next start makes them", async () => {
    const url = await fresh();
    const { directory } = made;
    writeFileSync(
      join(directory, "slow.mjs"),
      `import { migrate } from "./store/migrate.js";
import { MIGRATIONS } from "./store/migrations.js";
import { Postgres } from "./store/postgres.js";
const [first, ...later] = MIGRATIONS;
console.log("begun");
await migrate(new Postgres(process.argv[2]), [{ ...first, statements: [...first.statements, "SELECT pg_sleep(3)"] }, ...later]);
`,
    );
    const child = spawn(process.execPath, [join(directory, "slow.mjs"), url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await wait(500);
    const ended = new Promise((resolve) => child.on("close", resolve));
    child.kill("SIGKILL");
    await ended;
    const there =
      "SELECT to_regclass('clerk_registers') AS registers, to_regclass('clerk_migrations') AS number";
    expect(await asked(there, url)).toEqual([{ registers: null, number: null }]);
    const { openPostgresStore } = await import("../../src/store/postgres.js");
    // The server may be at the killed one's last statement still.
    const store = opened(await openPostgresStore(url));
    expect(await put(store, 1, null)).toEqual(stored(null));
    await store.close();
  });
});
