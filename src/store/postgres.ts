import pg from "pg";
import { guarded } from "./guard.js";
import { migrate, NewerStore } from "./migrate.js";
import { MIGRATIONS } from "./migrations.js";
import type { Opened, OpenedSql } from "./open.js";
import { MAKE_ROOM } from "./privateFile.js";
import { NotOurs, type Row, type Sql, type Statements, type Value } from "./sql.js";
import { SqlStore } from "./sqlStore.js";

/** Milliseconds for a connection, and for an answer. The server gives up a little earlier by itself. */
const PATIENCE = 5_000;
const CONNECTIONS = 5;

/** The clerk's own number, so that its migrations wait for nobody else's lock: "clerk" in ASCII. */
const MIGRATION_LOCK = 0x63_6c_65_72_6b;

/** Whatever the server's own settings say, an acknowledged write has to be on the disk. */
const BEGIN = `
  BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
  SET LOCAL statement_timeout = ${PATIENCE - 1_000};
  SET LOCAL lock_timeout = ${PATIENCE - 1_000};
  SET LOCAL idle_in_transaction_session_timeout = ${PATIENCE};
  SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'`;

/** The store in a PostgreSQL database, which several instances of the clerk may share. */
export async function openPostgresStore(url: string): Promise<Opened> {
  const opened = await openPostgres(url);
  if (opened.kind === "refused") return opened;
  return { kind: "opened", store: guarded(new SqlStore(opened.sql), opened.say) };
}

/** Its tables, brought up to date. */
export async function openPostgres(url: string): Promise<OpenedSql> {
  let postgres: Postgres | null = null;
  try {
    postgres = new Postgres(url);
    await refuseOtherEncoding(postgres);
    await migrate(postgres, MIGRATIONS);
    return { kind: "opened", sql: postgres, say: postgresTrouble };
  } catch (thrown) {
    await postgres?.close();
    return { kind: "refused", why: postgresTrouble(thrown) };
  }
}

/** A pool of connections. One that fails is thrown away, and with it whatever was not committed; the next call makes a new one. */
export class Postgres implements Sql {
  readonly #pool: pg.Pool;

  constructor(url: string) {
    this.#pool = new pg.Pool({
      connectionString: url,
      application_name: "msc-clerk",
      max: CONNECTIONS,
      connectionTimeoutMillis: PATIENCE,
      query_timeout: PATIENCE,
      keepAlive: true,
    });
    // A lost connection fails the call that waits for its answer; for an idle one no call waits.
    this.#pool.on("error", () => undefined);
    this.#pool.on("connect", (client) => client.on("error", () => undefined));
  }

  async rows(text: string, values: readonly Value[] = []): Promise<readonly Row[]> {
    return on(this.#pool).rows(text, values);
  }

  change(text: string, values: readonly Value[] = []): Promise<number> {
    return this.transaction((statements) => statements.change(text, values));
  }

  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    return this.#between(BEGIN, work);
  }

  /** All that `work` reads is of one moment, whatever is written meanwhile. */
  snapshot<T>(work: (statements: Pick<Statements, "rows">) => Promise<T>): Promise<T> {
    return this.#between("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
  }

  async #between<T>(begin: string, work: (statements: Statements) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      await client.query(begin);
      const result = await work(on(client));
      await client.query("COMMIT");
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  alone<T>(work: (statements: Statements) => Promise<T>): Promise<T> {
    return this.transaction(async (statements) => {
      await statements.rows("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
      return work(statements);
    });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

const on = (client: pg.Pool | pg.PoolClient): Statements => ({
  rows: async (text, values = []) => (await client.query<Row>(text, [...values])).rows,
  change: async (text, values = []) => (await client.query(text, [...values])).rowCount ?? 0,
});

/** Any other encoding cannot hold every character of every vote. */
async function refuseOtherEncoding(postgres: Postgres): Promise<void> {
  const [row] = await postgres.rows("SELECT current_setting('server_encoding') AS encoding");
  if (row?.encoding !== "UTF8") throw new OtherEncoding();
}

class OtherEncoding extends Error {}

/**
 * What went wrong, and what somebody can do about it, in one plain sentence. The library's own words are not repeated: they may name what
 * it took from the address, which is a secret.
 */
export function postgresTrouble(thrown: unknown): string {
  if (thrown instanceof NewerStore) return `The database at DATABASE_URL ${thrown.message}.`;
  if (thrown instanceof NotOurs) return `The database at DATABASE_URL is damaged: ${thrown.message}`;
  if (thrown instanceof OtherEncoding)
    return "The database at DATABASE_URL does not keep its texts in UTF-8: make one with ENCODING 'UTF8'.";
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  return `The database at DATABASE_URL ${TROUBLES.get(code) ?? kindOfTrouble(code)}.`;
}

const TROUBLES: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "refuses connections: see that it runs, and listens where DATABASE_URL says"],
  ["ENOTFOUND", "cannot be found: no such host"],
  ["EAI_AGAIN", "cannot be found for now: the name service does not answer"],
  ["28P01", "refuses the password"],
  ["28000", "refuses the user"],
  ["3D000", "does not exist: create it"],
  ["3F000", "has no schema for the clerk: create it, or correct search_path"],
  ["25006", "can only be read, as a replica can"],
  [
    "42501",
    "does not let its user do what the clerk needs: grant CREATE on the schema, and everything on the clerk's tables",
  ],
  ["53100", `has no room left on its disk: ${MAKE_ROOM}`],
  ["53200", "has no room for another lock: raise max_locks_per_transaction"],
  ["53300", "has too many connections"],
  ["55P03", "is held by another program: a lock was not given up in time"],
  ["57014", "did not answer in time"],
]);

function kindOfTrouble(code: string): string {
  if (/^08|^57P/.test(code) || /^E[A-Z]+$/.test(code) || code === "")
    return `cannot be reached${named(code)}`;
  return `failed${named(code)}`;
}

const named = (code: string): string => (/^[A-Z0-9_]{1,40}$/.test(code) ? ` (${code})` : "");
