import { errorMessage } from "../platform/log.js";
import { EXPORT_HEAD, EXPORT_VERSION } from "./export.js";
import { openSql, type StoreSettings } from "./open.js";
import { numberIn, type Statements, textInRow, type Value } from "./sql.js";
import { type Fields, TABLES, type Table, writeRow } from "./tables.js";
import { printOf } from "./texts.js";
import { unsoundIn } from "./unsound.js";

export interface Imported {
  /** Lines that were taken, and those that were left as what is kept is as new or newer. */
  readonly taken: number;
  readonly left: number;
}

export type Importing =
  | { readonly kind: "imported"; readonly of: Imported }
  /** In one plain sentence. Nothing was changed. */
  | { readonly kind: "refused"; readonly why: string };

/** What is wrong with the file; with the number of the line, from 1, where it is in one. */
class Broken extends Error {}

/**
 * Takes an export into the store, whole or not at all. Into an empty one everything; of what is kept already only what is newer, so that no sequence
 * is ever lowered: an older register, config or line stays out. A decision that differs from the kept one of its number refuses the file. How far lists
 * were read, and the rows of proposals that go with it, are taken into an empty store only: GitHub has them.
 *
 * @param sequenceOf the sequence of the register in such a record; null: this version cannot read it
 */
export async function importStore(
  settings: StoreSettings,
  lines: AsyncIterable<string>,
  sequenceOf: (record: string) => number | null,
): Promise<Importing> {
  const iterator = lines[Symbol.asyncIterator]();
  try {
    // Before the store is held: whoever writes it may only have begun.
    const first = await iterator.next();
    const fault = faultOfHead(first.done === true ? null : first.value);
    if (fault !== null) return { kind: "refused", why: fault };
    const opened = await openSql(settings);
    if (opened.kind === "refused") return opened;
    try {
      const of = await opened.sql.transaction((statements) => take(statements, rest(iterator), sequenceOf));
      return { kind: "imported", of };
    } catch (thrown) {
      const why = thrown instanceof Broken ? thrown.message : opened.say(thrown);
      return { kind: "refused", why: `${why} Nothing was imported.` };
    } finally {
      await opened.sql.close().catch(() => undefined);
    }
  } finally {
    await iterator.return?.();
  }
}

/** That the file cannot be read is not to be told as a fault of the store's. */
async function* rest(iterator: AsyncIterator<string>): AsyncGenerator<string> {
  try {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  } catch (thrown) {
    throw new Broken(`The file cannot be read to its end: ${errorMessage(thrown)}.`);
  }
}

function faultOfHead(line: string | null): string | null {
  const head = line === null ? null : fieldsIn(line);
  if (head?.get("kind") !== EXPORT_HEAD)
    return "This is no export of a store: its first line is not that of one.";
  const version = head.get("version");
  return version === EXPORT_VERSION
    ? null
    : `This export is of version ${JSON.stringify(version)}, and this msc-clerk reads version ${EXPORT_VERSION}.`;
}

async function take(
  statements: Statements,
  lines: AsyncIterable<string>,
  sequenceOf: (record: string) => number | null,
): Promise<Imported> {
  const wasEmpty = await isEmpty(statements);
  let [number, taken, left] = [1, 0, 0];
  let end: unknown = null;
  for await (const line of lines) {
    number += 1;
    if (end !== null) throw new Broken(`Line ${number} comes after the end.`);
    const fields = fieldsIn(line);
    if (fields === null) throw new Broken(`Line ${number} is no JSON object.`);
    const kind = fields.get("kind");
    if (kind === "end") {
      end = fields.get("lines");
      continue;
    }
    const table = TABLES.find((one) => one.kind === kind);
    if (table === undefined) throw new Broken(`Line ${number} is of no kind that this msc-clerk knows.`);
    const row = writeRow(table, fields);
    if ("wrong" in row)
      throw new Broken(`Line ${number}: ${row.wrong} of this ${table.kind} is missing or is none.`);
    if (table.kind === "register" && sequenceOf(String(fields.get("record"))) !== fields.get("sequence"))
      throw new Broken(
        `Line ${number}: this msc-clerk cannot read the register, or it is of another sequence than the line says.`,
      );
    const done = await put(statements, table, { fields, values: row.values, wasEmpty });
    if (done === "differs")
      throw new Broken(
        `Line ${number}: decision ${String(fields.get("number"))} of repository ${String(fields.get("repository"))} is kept already, and is another one: the two stores have gone different ways.`,
      );
    if (done === "taken") taken += 1;
    else left += 1;
  }
  if (end !== taken + left) throw new Broken("The file is not whole: its end is missing, or does not fit.");
  const [unsound] = await unsoundIn(statements);
  if (unsound !== undefined) throw new Broken(unsound);
  return { taken, left };
}

function fieldsIn(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? new Map(Object.entries(value))
      : null;
  } catch {
    return null;
  }
}

async function isEmpty(statements: Statements): Promise<boolean> {
  for (const { table } of TABLES)
    if ((await statements.rows(`SELECT 1 AS one FROM ${table} LIMIT 1`)).length > 0) return false;
  return true;
}

interface Line {
  readonly fields: Fields;
  readonly values: readonly Value[];
  readonly wasEmpty: boolean;
}

async function put(
  statements: Statements,
  table: Table,
  { fields, values, wasEmpty }: Line,
): Promise<"taken" | "left" | "differs"> {
  const insert = async (conflict: string, more: readonly [column: string, value: Value][] = []) => {
    const columns = [...table.columns.map(({ column }) => column), ...more.map(([column]) => column)];
    const all = [...values, ...more.map(([, value]) => value)];
    const changed = await statements.change(
      `INSERT INTO ${table.table} (${columns.join(", ")}) VALUES (${all.map((_, n) => `$${n + 1}`).join(", ")})
       ON CONFLICT ${conflict}`,
      all,
    );
    return changed === 0 ? "left" : "taken";
  };
  switch (table.kind) {
    case "register":
      return insert(
        `(repository, pull) DO UPDATE SET sequence = excluded.sequence, record = excluded.record
         WHERE clerk_registers.sequence < excluded.sequence`,
      );
    case "lawful":
      return insert(
        `(repository) DO UPDATE SET number = excluded.number, print = excluded.print,
           commit_id = excluded.commit_id, content = excluded.content, adopted_at = excluded.adopted_at
         WHERE clerk_lawful.number < excluded.number`,
      );
    case "intent":
      return insert("DO NOTHING", [["subject_print", printOf(String(fields.get("subject")))]]);
    case "decision":
      return (await differs(statements, values)) ? "differs" : insert(ADD_TO_DECISION);
    case "proposal":
    case "round":
      return wasEmpty ? insert("DO NOTHING") : "left";
    default:
      return insert("DO NOTHING");
  }
}

/** A line that was recovered from GitHub has no record, and one that was just decided no link. */
const ADD_TO_DECISION = `(repository, number) DO UPDATE SET
    url = CASE WHEN clerk_decisions.url = '' THEN excluded.url ELSE clerk_decisions.url END,
    record = CASE WHEN clerk_decisions.record = '' THEN excluded.record ELSE clerk_decisions.record END
  WHERE (clerk_decisions.url = '' AND excluded.url <> '') OR (clerk_decisions.record = '' AND excluded.record <> '')`;

/** The number or the motion is another decision's. */
async function differs(statements: Statements, values: readonly Value[]): Promise<boolean> {
  const [repository = 0, number = 0, pull = 0, motion = 0, , , hash = ""] = values;
  const kept = await statements.rows(
    `SELECT number, hash FROM clerk_decisions
     WHERE repository = $1 AND (number = $2 OR (pull = $3 AND motion = $4))`,
    [repository, number, pull, motion],
  );
  return kept.some((row) => numberIn(row, "number") !== number || textInRow(row, "hash") !== hash);
}
