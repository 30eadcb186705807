import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { openSqliteStore, Sqlite } from "../../src/store/sqlite.js";
import { built } from "../runtime/built.js";
import { appenders } from "./appender.js";
import { OF, put, register, stored } from "./contract.js";
import { crashContract, holds } from "./crash.js";
import { folder, opened } from "./opened.js";

crashContract("in SQLite", async () => ({ dataDirectory: folder(), databaseUrl: undefined }));

test("the disk takes no more: said in words, and all that was acknowledged is there", async () => {
  const settings = { dataDirectory: folder(), databaseUrl: undefined };
  const writers = appenders("full");
  const { ended, said } = writers.start(settings, "writer", Number.MAX_SAFE_INTEGER, 1, 512);
  expect(await ended).toEqual({
    code: 3,
    complaints: expect.stringMatching(
      /^The store in \S+ (has no room left on its disk: .*|cannot be read or written: the disk fails.*)\.$/,
    ),
  });
  expect(said().length).toBeGreaterThan(10);
  await holds(settings, said().at(-1) ?? -1);
  writers.remove();
});

/** A migration that is under way for longer than anybody waits. */
const ENDLESS = `
import { migrate } from "./store/migrate.js";
import { MIGRATIONS } from "./store/migrations.js";
import { Sqlite } from "./store/sqlite.js";

const numbers = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000) SELECT n FROM c";
const endless = {
  number: MIGRATIONS.length + 1,
  name: "endless",
  statements: ["DELETE FROM clerk_registers", "CREATE TABLE big (n INTEGER)", "INSERT INTO big " + numbers],
};
const sqlite = await Sqlite.open(process.argv[2]);
process.stdout.write("begun");
await migrate(sqlite, [...MIGRATIONS, endless]);
`;

test("kill -9 in the middle of a migration: the store is as it was before", async () => {
  const directory = folder();
  const store = opened(await openSqliteStore(directory));
  await put(store, 1, null);
  await store.close();
  const { directory: program, remove } = built("migration");
  writeFileSync(join(program, "endless.mjs"), ENDLESS);
  const child = spawn(process.execPath, [join(program, "endless.mjs"), join(directory, "msc-clerk.db")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.on("close", (_code, signal) => resolve(signal)));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await wait(1500);
  child.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
  const sqlite = await Sqlite.open(join(directory, "msc-clerk.db"));
  expect(await sqlite.rows("SELECT name FROM sqlite_master WHERE name = 'big'")).toEqual([]);
  await sqlite.close();
  const again = opened(await openSqliteStore(directory));
  expect(await again.register(OF)).toEqual(stored(register(1)));
  await again.close();
  remove();
});
