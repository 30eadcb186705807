import { numberIn, type Sql, type Statements } from "./sql.js";

/** One step from the tables of one version to those of the next. */
export interface Migration {
  /** 1, 2, …, without a gap. */
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** The store was written by a newer program, and this one cannot know what its tables mean. */
export class NewerStore extends Error {
  constructor(found: number, known: number) {
    super(
      `was written by a newer msc-clerk (its tables are number ${found}, and this one knows them up to ${known}): start the newer one`,
    );
  }
}

/**
 * Brings the tables up to the newest of `migrations`. Each is one transaction together with its number, so that an interrupted one leaves
 * everything as it was, and of two processes that start at once each waits for the other.
 */
export async function migrate(sql: Sql, migrations: readonly Migration[]): Promise<void> {
  while (await sql.alone((statements) => applyNext(statements, migrations)));
}

async function applyNext(statements: Statements, migrations: readonly Migration[]): Promise<boolean> {
  await statements.change(
    "CREATE TABLE IF NOT EXISTS clerk_migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)",
  );
  const [row] = await statements.rows("SELECT COALESCE(MAX(number), 0) AS newest FROM clerk_migrations");
  const newest = row === undefined ? 0 : numberIn(row, "newest");
  if (newest > migrations.length) throw new NewerStore(newest, migrations.length);
  const next = migrations[newest];
  if (next === undefined) return false;
  for (const statement of next.statements) await statements.change(statement);
  await statements.change("INSERT INTO clerk_migrations (number, name) VALUES ($1, $2)", [
    next.number,
    next.name,
  ]);
  return true;
}
