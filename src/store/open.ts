import { join } from "node:path";
import type { Store } from "./port.js";
import { openPostgresStore } from "./postgres.js";
import { openSqliteStore, SQLITE_FILE } from "./sqlite.js";

export interface StoreSettings {
  /** `DATA_DIR`: where SQLite's file is, unless there is a database. */
  readonly dataDirectory: string;
  /** `DATABASE_URL`: of a PostgreSQL database. A secret. */
  readonly databaseUrl: string | undefined;
}

export type Opened =
  | { readonly kind: "opened"; readonly store: Store }
  /** In one plain sentence, without a secret in it. Nothing was changed. */
  | { readonly kind: "refused"; readonly why: string };

/** For people: without a secret in it. */
export const storeName = ({ dataDirectory, databaseUrl }: StoreSettings): string =>
  databaseUrl === undefined ? `SQLite, ${join(dataDirectory, SQLITE_FILE)}` : "PostgreSQL, at DATABASE_URL";

/** The store that the settings name, with its tables brought up to date. */
export const openStore = ({ dataDirectory, databaseUrl }: StoreSettings): Promise<Opened> =>
  databaseUrl === undefined ? openSqliteStore(dataDirectory) : openPostgresStore(databaseUrl);
