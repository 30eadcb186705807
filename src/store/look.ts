import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { NewerStore } from "./migrate.js";
import { MIGRATIONS } from "./migrations.js";
import { type StoreSettings, whereIs } from "./open.js";
import { Postgres, postgresTrouble } from "./postgres.js";
import { fileTrouble, tooOpen } from "./privateFile.js";
import { numberIn, type Statements } from "./sql.js";
import { SQLITE_FILE, sqliteReadOnly, sqliteTrouble } from "./sqlite.js";

/** What there is of a store, found by looking: nothing is made, brought up to date or written, and a clerk that runs on it is not disturbed. */
export type StoreLook = { readonly where: string } & (
  | { readonly kind: "there"; readonly toDo: "nothing" | "update" }
  /** The next start makes it. */
  | { readonly kind: "not_yet" }
  /** A clerk would not start on it; in one plain sentence, without a secret in it. */
  | { readonly kind: "refused"; readonly why: string }
);

export const lookAtStore = (settings: StoreSettings): Promise<StoreLook> =>
  settings.databaseUrl === undefined
    ? lookAtSqlite(settings.dataDirectory, whereIs(settings))
    : lookAtPostgres(settings.databaseUrl, whereIs(settings));

async function lookAtSqlite(directory: string, where: string): Promise<StoreLook> {
  const path = join(directory, SQLITE_FILE);
  const fault = notWritable(directory, path) ?? tooOpen(directory, SQLITE_FILE);
  if (fault !== null) return { where, kind: "refused", why: fault };
  if (!existsSync(path)) return { where, kind: "not_yet" };
  let close = () => {};
  try {
    const opened = sqliteReadOnly(path);
    close = opened.close;
    const [found] = await opened.rows(
      "SELECT COUNT(*) AS number FROM sqlite_master WHERE name = 'clerk_migrations'",
    );
    return { where, ...(await tablesOf(opened, found !== undefined && numberIn(found, "number") > 0)) };
  } catch (thrown) {
    return { where, kind: "refused", why: sqliteTrouble(directory, thrown) };
  } finally {
    close();
  }
}

/** Whether a clerk of this user could write there, as the rights of the files tell. */
function notWritable(directory: string, path: string): string | null {
  try {
    let there = resolve(directory);
    while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
    accessSync(there, constants.W_OK);
    if (!statSync(there).isDirectory()) return fileTrouble(directory, "ENOTDIR");
    if (existsSync(path)) accessSync(path, constants.W_OK);
    return null;
  } catch (error) {
    return fileTrouble(directory, error instanceof Error && "code" in error ? String(error.code) : "unknown");
  }
}

async function lookAtPostgres(url: string, where: string): Promise<StoreLook> {
  const postgres = new Postgres(url);
  try {
    const [row] = await postgres.rows(
      `SELECT to_regclass('clerk_migrations') IS NOT NULL AS there,
              current_setting('transaction_read_only') = 'on' AS fixed,
              COALESCE(has_schema_privilege(current_schema(), 'CREATE'), false) AS makes`,
    );
    if (row?.fixed === true) throw Object.assign(new Error("read only"), { code: "25006" });
    if (row?.there !== true && row?.makes !== true)
      throw Object.assign(new Error("no rights"), { code: "42501" });
    return { where, ...(await tablesOf(postgres, row?.there === true)) };
  } catch (thrown) {
    return { where, kind: "refused", why: postgresTrouble(thrown) };
  } finally {
    await postgres.close();
  }
}

async function tablesOf(
  statements: Pick<Statements, "rows">,
  there: boolean,
): Promise<{ readonly kind: "there"; readonly toDo: "nothing" | "update" } | { readonly kind: "not_yet" }> {
  if (!there) return { kind: "not_yet" };
  const [row] = await statements.rows("SELECT COALESCE(MAX(number), 0) AS newest FROM clerk_migrations");
  const newest = row === undefined ? 0 : numberIn(row, "newest");
  if (newest > MIGRATIONS.length) throw new NewerStore(newest, MIGRATIONS.length);
  return { kind: "there", toDo: newest < MIGRATIONS.length ? "update" : "nothing" };
}
