import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../src/platform/sha256.js";
import { lookAtStore } from "../../src/store/look.js";
import { openStore } from "../../src/store/open.js";

const folder = () => mkdtempSync(join(tmpdir(), "msc-clerk-look-"));
const look = (dataDirectory: string) => lookAtStore({ dataDirectory, databaseUrl: undefined });
const DATABASE = "msc-clerk.db";

async function kept(directory: string) {
  const opened = await openStore({ dataDirectory: directory, databaseUrl: undefined });
  if (opened.kind === "refused") throw new Error(opened.why);
  const { store } = opened;
  await store.putLawful(1, { number: 1, fingerprint: "f", commit: "c", text: "t", adoptedAt: 1 }, null);
  return store;
}

describe("looking at a store", () => {
  test("there is none yet: nothing is made by looking, not even the directory", async () => {
    const directory = join(folder(), "data");
    expect(await look(directory)).toEqual({
      where: `SQLite, ${join(directory, DATABASE)}`,
      kind: "not_yet",
    });
    expect(() => statSync(directory)).toThrow("ENOENT");
  });

  test("a clerk is at work on it: it is there, not a byte of it is changed, and the clerk goes on", async () => {
    const directory = folder();
    const store = await kept(directory);
    // In `-shm` SQLite notes who reads.
    const bytes = () =>
      ["", "-wal"].map((end) => sha256(readFileSync(join(directory, `${DATABASE}${end}`), "hex")));
    const before = bytes();
    expect(await look(directory)).toMatchObject({ kind: "there", toDo: "nothing" });
    expect(bytes()).toEqual(before);
    expect(await store.lawful(1)).toMatchObject({ kind: "stored", kept: { number: 1 } });
    await store.close();
    expect(await look(directory)).toMatchObject({ kind: "there", toDo: "nothing" });
  });

  test.each([
    [
      "an older clerk's is brought up to date by the next start, not by looking",
      "DELETE FROM clerk_migrations WHERE number > 1",
      { kind: "there", toDo: "update" },
    ],
    [
      "a newer clerk's is refused, as the start would",
      "INSERT INTO clerk_migrations (number, name) VALUES (99, 'of tomorrow')",
      {
        kind: "refused",
        why: expect.stringMatching(/was written by a newer msc-clerk .*: start the newer one\.$/),
      },
    ],
  ])("%s", async (_what, change, found) => {
    const directory = folder();
    await (await kept(directory)).close();
    const database = new Database(join(directory, DATABASE));
    database.exec(change);
    database.close();
    expect(await look(directory)).toMatchObject(found);
    expect(await look(directory)).toMatchObject(found);
  });

  test("what is no database is refused, and left as it is", async () => {
    const directory = folder();
    const path = join(directory, DATABASE);
    writeFileSync(path, "x".repeat(5000));
    expect(await look(directory)).toMatchObject({
      kind: "refused",
      why: expect.stringContaining("is no database of the clerk's, or is damaged"),
    });
    expect(readFileSync(path, "utf8")).toBe("x".repeat(5000));
  });

  test("an open directory that holds other things too is refused, and stays as open as it is", async () => {
    const directory = folder();
    chmodSync(directory, 0o755);
    writeFileSync(join(directory, "other"), "");
    expect(await look(directory)).toMatchObject({
      kind: "refused",
      why: expect.stringContaining("is open to other users of this machine"),
    });
    expect(statSync(directory).mode & 0o777).toBe(0o755);
  });

  test("a file in place of the directory is refused", async () => {
    const directory = join(folder(), "data");
    writeFileSync(directory, "");
    expect(await look(directory)).toMatchObject({ kind: "refused" });
  });

  test("a database out of reach is refused, without its address", async () => {
    const found = await lookAtStore({
      dataDirectory: "nowhere",
      databaseUrl: "postgresql://clerk:hunter2@127.0.0.1:9/clerk",
    });
    expect(found).toEqual({
      where: "PostgreSQL, at DATABASE_URL",
      kind: "refused",
      why: expect.stringContaining("refuses connections"),
    });
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});
