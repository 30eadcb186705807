import { join } from "node:path";
import Database from "libsql";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../src/platform/sha256.js";
import { MIGRATIONS } from "../../src/store/migrations.js";
import { openSqliteStore, SQLITE_FILE } from "../../src/store/sqlite.js";
import { beforeContract, FROZEN } from "./before.js";
import { folder, opened } from "./opened.js";

beforeContract("in SQLite", async (text) => {
  const directory = folder();
  const database = new Database(join(directory, SQLITE_FILE));
  database.exec(text);
  database.close();
  return opened(await openSqliteStore(directory));
});

/** Of each step as it was released: some stores have taken it, so that a changed one would be another for others. */
const RELEASED: Readonly<Record<number, string>> = {
  1: "117180e69265528ccf52f96ded2c962c5e207ac50d31fa19ff2746ced619ee38",
  2: "fa1cde364c34a42999bf2b4396473c1a7c7f352c856b2ce5566ece2d10b687ca",
  3: "fa79c9ab101566643875f710bd660a28cf4582afbf27d8d88c9c941c3625aba2",
  4: "a24d7637d3510bfd394bdd453cc07b2d23e50e5237780a01a240c09f30b3c11b",
  5: "4145f772da591fe2e0cee09056251f0f93d50844169461a781b2bd644206115b",
  6: "3ea8e7f762c3f8e5df3f94708cb874cdf0f66caea8be1be79bc1d1ea1c610a51",
  7: "beb299dfbbdb7aaa0271d2ab78c3a6346e6eb52d4d6dff8c78b5ac4d3a2525ee",
};

describe("a step of the tables", () => {
  test.each(MIGRATIONS)("number $number, $name, is as it was released", (migration) => {
    expect(sha256(JSON.stringify(migration)), "A step is never changed: add a new one at the end.").toBe(
      RELEASED[migration.number],
    );
  });

  test("of now has a store that was written with it: one that is added brings test/store/frozen/store-N.sql", () => {
    expect(FROZEN.map(({ number }) => number)).toEqual(MIGRATIONS.map(({ number }) => number));
  });
});
