/**
 * What the SQL store needs of a database. Values stand for `$1`, `$2`, … in the text; each method throws what the database's library throws.
 */
export interface Statements {
  rows(text: string, values?: readonly Value[]): Promise<readonly Row[]>;
  /** How many rows were changed. */
  change(text: string, values?: readonly Value[]): Promise<number>;
}

export interface Sql extends Statements {
  /** All of it or, when `work` throws or the process ends, nothing. Nobody sees the half of it. */
  transaction<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
  /** A transaction beside which no other process is in one of this kind: migrations. */
  alone<T>(work: (statements: Statements) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** In the place of a moment that never comes, or never came. */
export const NEVER = -1;

export type Value = string | number;
export type Row = Readonly<Record<string, unknown>>;

/** The database holds something the clerk did not write: somebody changed it by hand, or the disk is damaged. */
export class NotOurs extends Error {
  constructor(column: string) {
    super(`The column ${column} of the store holds what the clerk did not write.`);
  }
}

const valueIn = (row: Row, column: string): unknown => (Object.hasOwn(row, column) ? row[column] : undefined);

/** PostgreSQL gives its large numbers as texts. */
export function numberIn(row: Row, column: string): number {
  const value = valueIn(row, column);
  const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isSafeInteger(number)) return number;
  throw new NotOurs(column);
}

export function textInRow(row: Row, column: string): string {
  const value = valueIn(row, column);
  if (typeof value === "string") return value;
  throw new NotOurs(column);
}
