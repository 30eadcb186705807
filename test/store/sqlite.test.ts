import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { guarded } from "../../src/store/guard.js";
import { migrate } from "../../src/store/migrate.js";
import { MIGRATIONS } from "../../src/store/migrations.js";
import { fileTrouble } from "../../src/store/privateFile.js";
import { openSqliteStore, Sqlite, sqliteTrouble } from "../../src/store/sqlite.js";
import { SqlStore } from "../../src/store/sqlStore.js";
import { line, OF, put, register, stored } from "./contract.js";
import { migrationContract } from "./migrations.js";
import { folder, opened, refused } from "./opened.js";

migrationContract("in SQLite", async () => {
  const path = join(folder(), "a.db");
  return () => Sqlite.open(path);
});

test("the migrations are numbered from 1 on without a gap", () => {
  expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("the file of the store", () => {
  test("is found again, in a directory that is made with it", async () => {
    const directory = join(folder(), "a", "b");
    const first = opened(await openSqliteStore(directory));
    await put(first, 1, null);
    await first.close();
    const second = opened(await openSqliteStore(directory));
    expect(await second.register(OF)).toEqual(stored(register(1)));
    await second.close();
  });

  test("is whole in one file once the store is closed: a copy of it is a backup", async () => {
    const [directory, backup] = [folder(), folder()];
    const store = opened(await openSqliteStore(directory));
    await put(store, 1, null);
    await store.close();
    writeFileSync(join(backup, "msc-clerk.db"), readFileSync(join(directory, "msc-clerk.db")));
    const restored = opened(await openSqliteStore(backup));
    expect(await restored.register(OF)).toEqual(stored(register(1)));
    await restored.close();
  });

  test("and those beside it can be read by nobody else, whatever the umask", async () => {
    const umask = process.umask(0);
    try {
      const directory = join(folder(), "a", "b");
      const store = opened(await openSqliteStore(directory));
      await put(store, 1, null);
      expect(modeOf(directory)).toBe("700");
      for (const end of ["", "-wal", "-shm"])
        expect(modeOf(join(directory, `msc-clerk.db${end}`))).toBe("600");
      await store.close();
    } finally {
      process.umask(umask);
    }
  });

  test.each(["755", "710", "701", "770", "777"])(
    "a directory of its own with mode %s is closed to others",
    async (mode) => {
      const directory = folder();
      const store = opened(await openSqliteStore(directory));
      await put(store, 1, null);
      await store.close();
      chmodSync(directory, Number.parseInt(mode, 8));
      chmodSync(join(directory, "msc-clerk.db"), 0o644);
      const again = opened(await openSqliteStore(directory));
      expect(modeOf(directory)).toBe("700");
      expect(modeOf(join(directory, "msc-clerk.db"))).toBe("600");
      expect(await again.register(OF)).toEqual(stored(register(1)));
      await again.close();
    },
  );

  test("an open directory with more in it than the store is refused, and not changed", async () => {
    const directory = folder();
    writeFileSync(join(directory, "somebody's.txt"), "");
    chmodSync(directory, 0o755);
    expect(refused(await openSqliteStore(directory))).toMatch(
      /^The directory of the store \(.*\) is open to other users of this machine, and holds more than the store: .*\.$/,
    );
    expect(modeOf(directory)).toBe("755");
    expect(existsSync(join(directory, "msc-clerk.db"))).toBe(false);
    chmodSync(directory, 0o700);
    await opened(await openSqliteStore(directory)).close();
  });

  test.each(["msc-clerk.db", "msc-clerk.db-wal", "msc-clerk.db-shm"])(
    "%s that leads elsewhere is refused",
    async (name) => {
      const [directory, elsewhere] = [folder(), join(folder(), "a")];
      writeFileSync(elsewhere, "");
      symlinkSync(elsewhere, join(directory, name));
      expect(refused(await openSqliteStore(directory))).toMatch(/is no plain file/);
      expect(readFileSync(elsewhere, "utf8")).toBe("");
    },
  );

  test("a directory in its place is refused", async () => {
    const directory = folder();
    mkdirSync(join(directory, "msc-clerk.db"));
    expect(refused(await openSqliteStore(directory))).toMatch(/is no plain file/);
  });

  test.each(["a file", "a file on the way"])("%s where the directory should be is refused", async (what) => {
    const path = join(folder(), "a");
    writeFileSync(path, "mine");
    const directory = what === "a file" ? path : join(path, "b");
    expect(refused(await openSqliteStore(directory))).toMatch(/is no directory: set DATA_DIR to one/);
    expect(readFileSync(path, "utf8")).toBe("mine");
  });

  test("a directory that the clerk's user may not write in is refused, and what is there is kept", async () => {
    const directory = folder();
    const store = opened(await openSqliteStore(directory));
    await put(store, 1, null);
    await store.close();
    const before = readFileSync(join(directory, "msc-clerk.db"));
    const why = await asSomebody([directory, join(directory, "msc-clerk.db")], async () => {
      chmodSync(directory, 0o500);
      chmodSync(join(directory, "msc-clerk.db"), 0o400);
      return refused(await openSqliteStore(directory));
    });
    expect(why).toMatch(/cannot be written by the user that the clerk runs as \(EACCES\): .*\.$/);
    expect(readFileSync(join(directory, "msc-clerk.db"))).toEqual(before);
  });

  test("a directory in which SQLite may put nothing beside its file is refused", async () => {
    const directory = folder();
    await opened(await openSqliteStore(directory)).close();
    for (const end of ["-wal", "-shm"]) rmSync(join(directory, `msc-clerk.db${end}`), { force: true });
    const why = await asSomebody([directory, join(directory, "msc-clerk.db")], async () => {
      chmodSync(directory, 0o500);
      return refused(await openSqliteStore(directory));
    });
    expect(why).toMatch(/cannot be written \(SQLite \d+\): its disk is mounted read-only, or .*\.$/);
  });

  test("no database: refused in words, and left as it is", async () => {
    const directory = folder();
    const text = "These are the minutes of the meeting. ".repeat(200);
    writeFileSync(join(directory, "msc-clerk.db"), text);
    expect(refused(await openSqliteStore(directory))).toMatch(
      /^The store in .* is no database of the clerk's, or is damaged \(SQLite 26\): put back a backup of msc-clerk\.db, or move it away; .*\.$/,
    );
    expect(readFileSync(join(directory, "msc-clerk.db"), "utf8")).toBe(text);
  });

  test("of a newer program: refused in words, and not changed", async () => {
    const directory = folder();
    const store = opened(await openSqliteStore(directory));
    await put(store, 1, null);
    await store.close();
    await behind(directory, "INSERT INTO clerk_migrations (number, name) VALUES (99, 'of later')");
    expect(refused(await openSqliteStore(directory))).toMatch(
      /^The store in .* was written by a newer msc-clerk \(its tables are number 99, and this one knows them up to \d+\): start the newer one\.$/,
    );
    await behind(directory, "DELETE FROM clerk_migrations WHERE number = 99");
    const again = opened(await openSqliteStore(directory));
    expect(await again.register(OF)).toEqual(stored(register(1)));
    await again.close();
  });

  test("held by another program: unavailable after a while in which the clerk goes on, and again available by itself", async () => {
    const directory = folder();
    const store = opened(await openSqliteStore(directory));
    const other = await Sqlite.open(join(directory, "msc-clerk.db"));
    await other.transaction(async () => {
      let alive = 0;
      const pulse = setInterval(() => {
        alive += 1;
      }, 50);
      expect(await put(store, 1, null)).toEqual({
        kind: "unavailable",
        why: `The store in ${directory} is held by another program: is a second clerk running on it?`,
      });
      clearInterval(pulse);
      expect(alive).toBeGreaterThan(20);
      expect(await store.register(OF)).toEqual(stored(null));
    });
    expect(await put(store, 1, null)).toEqual(stored(null));
    await other.close();
    await store.close();
  });

  test("full: unavailable, in words; what was kept is there, and it goes on by itself once there is room", async () => {
    const sqlite = await Sqlite.open(join(folder(), "a.db"));
    await migrate(sqlite, MIGRATIONS);
    const store = guarded(new SqlStore(sqlite), (thrown) => sqliteTrouble("/data", thrown));
    await put(store, 1, null);
    const large = register(2, "x".repeat(100_000));
    const [pages] = await sqlite.rows("PRAGMA page_count");
    await sqlite.rows(`PRAGMA max_page_count = ${pages?.page_count}`);
    expect(await store.putRegister(OF, large, 1, line(2))).toEqual({
      kind: "unavailable",
      why: "The store in /data has no room left on its disk: make room there; a clerk that is at work then goes on by itself.",
    });
    expect(await store.register(OF)).toEqual(stored(register(1)));
    expect(await store.transitions(OF)).toEqual(stored([line(1)]));
    await sqlite.rows("PRAGMA max_page_count = 1000");
    expect(await store.putRegister(OF, large, 1, line(2))).toEqual(stored(null));
    expect(await store.register(OF)).toEqual(stored(large));
    await store.close();
  });

  test.each([
    "UPDATE clerk_registers SET sequence = 'one'",
    "UPDATE clerk_registers SET sequence = 1.5",
    "UPDATE clerk_registers SET sequence = 9007199254740993",
    "UPDATE clerk_registers SET record = x'00'",
  ])("somebody's hand was in it (%s): unavailable, in words", async (statement) => {
    const directory = folder();
    const store = opened(await openSqliteStore(directory));
    await put(store, 1, null);
    await behind(directory, statement);
    expect(await store.register(OF)).toEqual({
      kind: "unavailable",
      why: expect.stringMatching(
        /^The store in .* is damaged: The column (sequence|record) of the store holds what the clerk did not write\.$/,
      ),
    });
    await store.close();
  });

  test("is written through to the disk before anything is acknowledged", async () => {
    const sqlite = await Sqlite.open(join(folder(), "a.db"));
    expect(await sqlite.rows("PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
    expect(await sqlite.rows("PRAGMA synchronous")).toEqual([{ synchronous: 2 }]);
    await sqlite.close();
  });
});

describe("what is said of the store when something is wrong", () => {
  const failed = (rawCode: number) => Object.assign(new Error("of the library"), { rawCode });
  test.each([
    [5, "The store in /data is held by another program: is a second clerk running on it?"],
    [517, "The store in /data is held by another program: is a second clerk running on it?"],
    [
      13,
      "The store in /data has no room left on its disk: make room there; a clerk that is at work then goes on by itself.",
    ],
    [
      4874,
      "The store in /data has no room left on its disk: make room there; a clerk that is at work then goes on by itself.",
    ],
    [
      1544,
      "The store in /data cannot be written (SQLite 1544): its disk is mounted read-only, or the directory or a file in it is not that of the user the clerk runs as.",
    ],
    [1034, "The store in /data cannot be read or written: the disk fails (SQLite 1034)."],
    [20, "The store in /data could not be used (SQLite 20)."],
  ])("SQLite's code %i", (code, sentence) => {
    expect(sqliteTrouble("/data", failed(code))).toBe(sentence);
  });

  test("no code at all: not a word of the library's own", () => {
    expect(sqliteTrouble("/data", new Error("of the library"))).toBe("The store in /data could not be used.");
  });

  test.each([
    [
      "ENOSPC",
      "The directory of the store (/data) has no room left on its disk (ENOSPC): make room there; a clerk that is at work then goes on by itself.",
    ],
    [
      "EROFS",
      "The directory of the store (/data) is on a disk that is mounted read-only (EROFS): mount it for writing, or set DATA_DIR to a directory on another.",
    ],
    ["ELOOP", "The directory of the store (/data) cannot be used (ELOOP)."],
  ])("%s", (code, sentence) => {
    expect(fileTrouble("/data", code)).toBe(sentence);
  });
});

async function behind(directory: string, statement: string): Promise<void> {
  const sqlite = await Sqlite.open(join(directory, "msc-clerk.db"));
  await sqlite.change(statement);
  await sqlite.close();
}

/** As an ordinary user, whom permissions bind: those of these tests are sometimes run as root. */
async function asSomebody<T>(paths: readonly string[], work: () => Promise<T>): Promise<T> {
  const { seteuid } = process;
  if (process.geteuid?.() !== 0 || seteuid === undefined) return work();
  const somebody = 65_534;
  for (const path of paths) chownSync(path, somebody, somebody);
  seteuid(somebody);
  try {
    return await work();
  } finally {
    seteuid(0);
  }
}
