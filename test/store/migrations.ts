import { describe, expect, test } from "vitest";
import { type Migration, migrate } from "../../src/store/migrate.js";
import type { Sql } from "../../src/store/sql.js";

/** What every database does alike when its tables change. `open`: the same new, empty database each time until `fresh` is called again. */
export function migrationContract(name: string, fresh: () => Promise<() => Promise<Sql>>): void {
  describe(`migrations ${name}`, () => {
    test("are applied in their order, each once, and only those that are new", async () => {
      const open = await fresh();
      await withSql(open, (sql) => migrate(sql, [FIRST]));
      await withSql(open, (sql) => sql.change("INSERT INTO first_table (n) VALUES (1)"));
      await withSql(open, (sql) => migrate(sql, [FIRST, SECOND]));
      await withSql(open, (sql) => migrate(sql, [FIRST, SECOND]));
      expect(await applied(open)).toEqual(["first", "second"]);
      expect(await withSql(open, (sql) => sql.rows("SELECT n, more FROM first_table"))).toEqual([
        { n: 1, more: "none" },
      ]);
    });

    test("of which one breaks off leave the store as it was before that one, and go on from there when they can", async () => {
      const open = await fresh();
      const breaks = { ...SECOND, statements: [...SECOND.statements, "INSERT INTO nowhere VALUES (1)"] };
      await expect(withSql(open, (sql) => migrate(sql, [FIRST, breaks]))).rejects.toThrow();
      expect(await applied(open)).toEqual(["first"]);
      await expect(withSql(open, (sql) => sql.rows("SELECT more FROM first_table"))).rejects.toThrow();
      await withSql(open, (sql) => migrate(sql, [FIRST, SECOND]));
      expect(await applied(open)).toEqual(["first", "second"]);
    });

    test("of which the very first breaks off leave an empty store", async () => {
      const open = await fresh();
      const breaks = { ...FIRST, statements: [...FIRST.statements, "INSERT INTO nowhere VALUES (1)"] };
      await expect(withSql(open, (sql) => migrate(sql, [breaks]))).rejects.toThrow();
      await withSql(open, (sql) => migrate(sql, [FIRST]));
      expect(await applied(open)).toEqual(["first"]);
    });

    test("one more than the program knows: it is refused in words, and nothing is changed", async () => {
      const open = await fresh();
      await withSql(open, (sql) => migrate(sql, [FIRST, SECOND]));
      await expect(withSql(open, (sql) => migrate(sql, [FIRST]))).rejects.toThrow(
        /^was written by a newer msc-clerk \(its tables are number 2, and this one knows them up to 1\)/,
      );
      expect(await applied(open)).toEqual(["first", "second"]);
    });

    test("of many that start at once are applied once", async () => {
      const open = await fresh();
      const all = await Promise.all(Array.from({ length: 6 }, open));
      await Promise.all(all.map((sql) => migrate(sql, [FIRST, SECOND])));
      for (const sql of all) await sql.close();
      expect(await applied(open)).toEqual(["first", "second"]);
    });
  });
}

const FIRST: Migration = {
  number: 1,
  name: "first",
  statements: ["CREATE TABLE first_table (n INTEGER NOT NULL)"],
};
const SECOND: Migration = {
  number: 2,
  name: "second",
  statements: ["ALTER TABLE first_table ADD COLUMN more TEXT NOT NULL DEFAULT 'none'"],
};

async function withSql<T>(open: () => Promise<Sql>, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = await open();
  try {
    return await work(sql);
  } finally {
    await sql.close();
  }
}

const applied = (open: () => Promise<Sql>): Promise<unknown> =>
  withSql(open, async (sql) =>
    (await sql.rows("SELECT name FROM clerk_migrations ORDER BY number")).map(({ name }) => name),
  );
