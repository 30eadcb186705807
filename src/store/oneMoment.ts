import { existsSync } from "node:fs";
import { join } from "node:path";
import { NewerStore } from "./migrate.js";
import { MIGRATIONS } from "./migrations.js";
import { type StoreSettings, whereIs } from "./open.js";
import { Postgres, postgresTrouble } from "./postgres.js";
import { numberIn, type Row, type Statements, textInRow } from "./sql.js";
import { SQLITE_FILE, sqliteReadOnly, sqliteTrouble } from "./sqlite.js";
import { type Fields, readRow, TABLES, type Table } from "./tables.js";

/** All that a store holds at one moment. Nothing is written, and a clerk that is at work on it is not disturbed. */
export interface OneMoment {
  readonly statements: Pick<Statements, "rows">;
  /** The newest migration that was applied. */
  readonly newest: number;
  /** Those that are there by then. */
  readonly tables: readonly Table[];
  readonly isSqlite: boolean;
}

export type ReadAtOnce<T> =
  | { readonly kind: "looked"; readonly of: T }
  /** In one plain sentence, without a secret in it. */
  | { readonly kind: "refused"; readonly why: string };

/** Whatever `work` throws is told as a fault of the store's. */
export async function atOneMoment<T>(
  settings: StoreSettings,
  work: (moment: OneMoment) => Promise<T>,
): Promise<ReadAtOnce<T>> {
  const { dataDirectory, databaseUrl } = settings;
  const none = { kind: "refused", why: `There is no store yet (${whereIs(settings)}).` } as const;
  if (databaseUrl === undefined) {
    const path = join(dataDirectory, SQLITE_FILE);
    if (!existsSync(path)) return none;
    let close = () => {};
    try {
      const database = sqliteReadOnly(path);
      close = database.close;
      const [found] = await database.rows(
        "SELECT COUNT(*) AS number FROM sqlite_master WHERE name = 'clerk_migrations'",
      );
      if (found === undefined || numberIn(found, "number") === 0) return none;
      return await database.snapshot(async (statements) => looked(await work(await at(statements, true))));
    } catch (thrown) {
      return { kind: "refused", why: sqliteTrouble(dataDirectory, thrown) };
    } finally {
      close();
    }
  }
  const postgres = new Postgres(databaseUrl);
  try {
    const [row] = await postgres.rows("SELECT to_regclass('clerk_migrations') IS NOT NULL AS there");
    if (row?.there !== true) return none;
    return await postgres.snapshot(async (statements) => looked(await work(await at(statements, false))));
  } catch (thrown) {
    return { kind: "refused", why: postgresTrouble(thrown) };
  } finally {
    await postgres.close();
  }
}

const looked = <T>(of: T): ReadAtOnce<T> => ({ kind: "looked", of });

async function at(statements: Pick<Statements, "rows">, isSqlite: boolean): Promise<OneMoment> {
  const [row] = await statements.rows("SELECT COALESCE(MAX(number), 0) AS newest FROM clerk_migrations");
  const newest = row === undefined ? 0 : numberIn(row, "newest");
  if (newest > MIGRATIONS.length) throw new NewerStore(newest, MIGRATIONS.length);
  return { statements, newest, tables: TABLES.filter(({ since }) => since <= newest), isSqlite };
}

/** At a time: a register can be large. */
const PAGE = 100;

/** Every row of a table in the order of its key. */
export async function* rowsOf(
  { rows }: Pick<Statements, "rows">,
  { table, key, columns }: Table,
): AsyncGenerator<Row> {
  const all = [...new Set([...key, ...columns.map(({ column }) => column)])].join(", ");
  const keys = key.join(", ");
  const texts = new Set(columns.flatMap(({ column, type }) => (type === "text" ? column : [])));
  texts.add("subject_print");
  let after: readonly (string | number)[] | null = null;
  for (;;) {
    const from: string =
      after === null ? "" : `WHERE (${keys}) > (${key.map((_, n) => `$${n + 1}`).join(", ")})`;
    const page: readonly Row[] = await rows(
      `SELECT ${all} FROM ${table} ${from} ORDER BY ${keys} LIMIT ${PAGE}`,
      after ?? [],
    );
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = key.map((column) => (texts.has(column) ? textInRow(last, column) : numberIn(last, column)));
  }
}

export async function* fieldsOf(statements: Pick<Statements, "rows">, table: Table): AsyncGenerator<Fields> {
  for await (const row of rowsOf(statements, table)) yield readRow(table, row);
}
