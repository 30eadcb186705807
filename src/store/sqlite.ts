import { join } from "node:path";
import Database from "libsql";
import { guarded } from "./guard.js";
import { migrate, NewerStore } from "./migrations/apply.js";
import { MIGRATIONS } from "./migrations/list.js";
import type { Opened } from "./open.js";
import { privateFile } from "./privateFile.js";
import { NotOurs, type Row, type Sql, type Statements, type Value } from "./sql.js";
import { SqlStore } from "./sqlStore.js";

const FILE = "msc-clerk.db";
/** Milliseconds to wait for another process that writes. The whole clerk waits, so they are few. */
const PATIENCE = 2_000;

/** The store in one file of a directory that only the clerk's user can read. */
export async function openSqliteStore(directory: string): Promise<Opened> {
  const fault = privateFile(directory, FILE);
  if (fault !== null) return { kind: "refused", why: fault };
  const say = (thrown: unknown) => sqliteTrouble(directory, thrown);
  let sqlite: Sqlite | null = null;
  try {
    sqlite = new Sqlite(join(directory, FILE));
    await migrate(sqlite, MIGRATIONS);
    return { kind: "opened", store: guarded(new SqlStore(sqlite), say) };
  } catch (thrown) {
    await sqlite?.close();
    return { kind: "refused", why: say(thrown) };
  }
}

/** One connection. What it is asked for is done one after the other: a transaction is not interleaved with what others ask for. */
export class Sqlite implements Sql {
  readonly #database: Database.Database;
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#database = new Database(path, { timeout: PATIENCE });
    try {
      this.#database.exec("PRAGMA journal_mode = WAL");
      // Written through to the disk before it is acknowledged: a loss of power loses nothing that was.
      this.#database.exec("PRAGMA synchronous = FULL");
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  rows(text: string, values: readonly Value[] = []): Promise<readonly Row[]> {
    return this.#inTurn(() => this.#statements.rows(text, values));
  }

  change(text: string, values: readonly Value[] = []): Promise<number> {
    return this.#inTurn(() => this.#statements.change(text, values));
  }

  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      this.#database.exec("BEGIN IMMEDIATE");
      try {
        const result = await work(this.#statements);
        this.#database.exec("COMMIT");
        return result;
      } catch (error) {
        // A full disk has ended the transaction already.
        if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /** SQLite lets one process write at a time as it is. */
  alone<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    return this.transaction(work);
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        // So that the one file is the whole store, and a copy of it a backup.
        this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      } finally {
        this.#database.close();
      }
    });
  }

  readonly #statements: Statements = {
    rows: async (text, values = []) =>
      this.#database.prepare(numbered(text)).all([...values]) as readonly Row[],
    change: async (text, values = []) => this.#database.prepare(numbered(text)).run([...values]).changes,
  };

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

/** SQLite's own way to say which value is meant. */
const numbered = (text: string): string => text.replace(/\$(\d+)/g, "?$1");

/** What went wrong, and what somebody can do about it, in one plain sentence. */
export function sqliteTrouble(directory: string, thrown: unknown): string {
  const store = `The store in ${directory}`;
  if (thrown instanceof NewerStore) return `${store} ${thrown.message}.`;
  if (thrown instanceof NotOurs) return `${store} is damaged: ${thrown.message}`;
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  const is = (...names: readonly string[]) =>
    names.some((name) => code === `SQLITE_${name}` || code.startsWith(`SQLITE_${name}_`));
  if (is("BUSY", "LOCKED")) return `${store} is held by another program: is a second clerk running on it?`;
  if (is("FULL")) return `${store} has no room left on its disk.`;
  if (is("READONLY", "CANTOPEN", "PERM", "AUTH"))
    return `${store} cannot be written by the user that the clerk runs as (${code}).`;
  if (is("NOTADB", "CORRUPT"))
    return `${store} is no database of the clerk's, or is damaged (${code}): put back a backup of ${FILE}, or move it away; the clerk then recovers what GitHub holds.`;
  if (is("IOERR")) return `${store} cannot be read or written: the disk fails (${code}).`;
  return `${store} could not be used (${code || "SQLite does not say why"}).`;
}
