import { join } from "node:path";
import type { Store } from "./port.js";
import { openPostgres, openPostgresStore } from "./postgres.js";
import type { Sql } from "./sql.js";
import { openSqlite, openSqliteStore, SQLITE_FILE } from "./sqlite.js";

export interface StoreSettings {
  /** `DATA_DIR`: where SQLite's file is, unless there is a database. */
  readonly dataDirectory: string;
  /** `DATABASE_URL`: of a PostgreSQL database. A secret. */
  readonly databaseUrl: string | undefined;
}

/** As {@link Opened}: the tables themselves. `say`: the plain sentence of what they throw. */
export type OpenedSql =
  | { readonly kind: "opened"; readonly sql: Sql; readonly say: (thrown: unknown) => string }
  | { readonly kind: "refused"; readonly why: string };

/** For people; without a secret in it. */
export const whereIs = ({ dataDirectory, databaseUrl }: StoreSettings): string =>
  databaseUrl === undefined ? `SQLite, ${join(dataDirectory, SQLITE_FILE)}` : "PostgreSQL, at DATABASE_URL";

export type Opened =
  | { readonly kind: "opened"; readonly store: Store }
  /** In one plain sentence, without a secret in it. Nothing was changed. */
  | { readonly kind: "refused"; readonly why: string };

/** The store that the settings name, with its tables brought up to date. */
export const openStore = ({ dataDirectory, databaseUrl }: StoreSettings): Promise<Opened> =>
  databaseUrl === undefined ? openSqliteStore(dataDirectory) : openPostgresStore(databaseUrl);

/** The same without what the clerk knows of it: for what takes many of its rows in one transaction. */
export const openSql = ({ dataDirectory, databaseUrl }: StoreSettings): Promise<OpenedSql> =>
  databaseUrl === undefined ? openSqlite(dataDirectory) : openPostgres(databaseUrl);
