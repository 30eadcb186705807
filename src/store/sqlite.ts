import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Database from "libsql";
import { guarded } from "./guard.js";
import { migrate, NewerStore } from "./migrate.js";
import { MIGRATIONS } from "./migrations.js";
import type { Opened, OpenedSql } from "./open.js";
import { MAKE_ROOM, privateFile } from "./privateFile.js";
import { NotOurs, type Row, type Sql, type Statements, type Value } from "./sql.js";
import { SqlStore } from "./sqlStore.js";

export const SQLITE_FILE = "msc-clerk.db";
/** Milliseconds to wait for another process that writes. */
const PATIENCE = 2_000;

/** The store in one file of a directory that only the clerk's user can read. */
export async function openSqliteStore(directory: string): Promise<Opened> {
  const opened = await openSqlite(directory);
  if (opened.kind === "refused") return opened;
  return { kind: "opened", store: guarded(new SqlStore(opened.sql), opened.say) };
}

/** Its tables, brought up to date. */
export async function openSqlite(directory: string): Promise<OpenedSql> {
  const fault = privateFile(directory, SQLITE_FILE);
  if (fault !== null) return { kind: "refused", why: fault };
  const say = (thrown: unknown) => sqliteTrouble(directory, thrown);
  let sqlite: Sqlite | null = null;
  try {
    sqlite = await Sqlite.open(join(directory, SQLITE_FILE));
    await migrate(sqlite, MIGRATIONS);
    return { kind: "opened", sql: sqlite, say };
  } catch (thrown) {
    await sqlite?.close().catch(() => undefined);
    return { kind: "refused", why: say(thrown) };
  }
}

/**
 * One connection. What it is asked for is done one after the other, so that nothing gets between the parts of a transaction. While another
 * process writes it waits without holding up the clerk, which has one thread: SQLite itself is told not to wait.
 */
export class Sqlite implements Sql {
  readonly #database: Database.Database;
  readonly #statements: Statements;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(database: Database.Database) {
    this.#database = database;
    this.#statements = {
      rows: async (text, values = []) => database.prepare(numbered(text)).all([...values]) as readonly Row[],
      change: async (text, values = []) => database.prepare(numbered(text)).run([...values]).changes,
    };
  }

  static async open(path: string): Promise<Sqlite> {
    const database = new Database(path, { timeout: 0 });
    try {
      await patiently(() => database.exec("PRAGMA journal_mode = WAL"));
      // Written through to the disk before it is acknowledged: a loss of power loses nothing that was.
      database.exec("PRAGMA synchronous = FULL");
      return new Sqlite(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  rows(text: string, values: readonly Value[] = []): Promise<readonly Row[]> {
    return this.#inTurn(() => patiently(() => this.#statements.rows(text, values)));
  }

  change(text: string, values: readonly Value[] = []): Promise<number> {
    return this.transaction((statements) => statements.change(text, values));
  }

  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      // A transaction that has begun holds the right to write, and need not wait any more.
      await patiently(() => this.#database.exec("BEGIN IMMEDIATE"));
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

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

/** For looking only, beside a clerk that may be at work on it: SQLite itself refuses to write, and to make the file. */
export function sqliteReadOnly(path: string): ReadOnly {
  // The library has no other way to say it: its option `readonly` does nothing.
  const database = new Database(`${pathToFileURL(path).href}?mode=ro`, { timeout: PATIENCE });
  const statements: Pick<Statements, "rows"> = {
    rows: async (text, values = []) => database.prepare(numbered(text)).all([...values]) as readonly Row[],
  };
  return {
    ...statements,
    snapshot: async (work) => {
      database.exec("BEGIN");
      return work(statements);
    },
    close: () => database.close(),
  };
}

interface ReadOnly extends Pick<Statements, "rows"> {
  /** All that `work` reads is of one moment, whatever is written meanwhile. The last before `close`. */
  readonly snapshot: <T>(work: (statements: Pick<Statements, "rows">) => Promise<T>) => Promise<T>;
  readonly close: () => void;
}

/** Tries again while another process holds the file. */
async function patiently<T>(work: () => T | Promise<T>): Promise<T> {
  const began = performance.now();
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const kind = kindOf(error);
      if ((kind !== BUSY && kind !== LOCKED) || performance.now() - began > PATIENCE) throw error;
    }
    // Two that wait for each other must not do so in step.
    await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 10));
  }
}

/** SQLite's own way to say which value is meant. */
const numbered = (text: string): string => text.replace(/\$(\d+)/g, "?$1");

/** SQLITE_IOERR_SHMSIZE: the file beside the database cannot be made as large as it has to be. https://www.sqlite.org/rescode.html#ioerr_shmsize */
const NO_ROOM_FOR_SHM = 4874;
const BUSY = 5;
const LOCKED = 6;

/** SQLite's primary result code; null: it is no fault of SQLite's, or SQLite does not say. */
function kindOf(thrown: unknown): number | null {
  const raw = thrown instanceof Error && "rawCode" in thrown ? thrown.rawCode : null;
  return typeof raw === "number" ? raw & 0xff : null;
}

/** What went wrong, and what somebody can do about it, in one plain sentence. */
export function sqliteTrouble(directory: string, thrown: unknown): string {
  const store = `The store in ${directory}`;
  if (thrown instanceof NewerStore) return `${store} ${thrown.message}.`;
  if (thrown instanceof NotOurs) return `${store} is damaged: ${thrown.message}`;
  const code = thrown instanceof Error && "rawCode" in thrown ? thrown.rawCode : null;
  const raw = code === null ? "" : ` (SQLite ${code})`;
  if (code === NO_ROOM_FOR_SHM) return `${store} has no room left on its disk: ${MAKE_ROOM}.`;
  switch (kindOf(thrown)) {
    case BUSY:
    case LOCKED:
      return `${store} is held by another program: is a second clerk running on it?`;
    case 13:
      return `${store} has no room left on its disk: ${MAKE_ROOM}.`;
    case 3:
    case 8:
    case 14:
    case 23:
      return `${store} cannot be written${raw}: its disk is mounted read-only, or the directory or a file in it is not that of the user the clerk runs as.`;
    case 11:
    case 26:
      return `${store} is no database of the clerk's, or is damaged${raw}: put back a backup of ${SQLITE_FILE}, or move it away; the clerk then recovers what GitHub holds.`;
    case 10:
      return `${store} cannot be read or written: the disk fails${raw}.`;
    default:
      return `${store} could not be used${raw}.`;
  }
}
