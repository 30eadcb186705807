import { lookAtStore } from "./look.js";
import { MIGRATIONS } from "./migrations.js";
import { atOneMoment, type OneMoment, rowsOf } from "./oneMoment.js";
import { type StoreSettings, whereIs } from "./open.js";
import { NotOurs, numberIn, type Row, textInRow } from "./sql.js";
import { readRow, type Table } from "./tables.js";
import { unsoundIn } from "./unsound.js";

/** What was found in a store, by reading all of it and writing nothing. */
export interface Checked {
  readonly where: string;
  /** The migration it is at, of how many; null: it could not be read. */
  readonly tables: { readonly newest: number; readonly known: number } | null;
  /** How many rows there are of what. */
  readonly counts: readonly { readonly plural: string; readonly rows: number }[];
  /** Each is a plain sentence; none: all is well. */
  readonly wrong: readonly string[];
}

/** Of one kind: the rest is counted. */
const MOST_TOLD = 20;

/** @param sequenceOf the sequence of the register in such a record; null: this version cannot read it */
export async function checkStore(
  settings: StoreSettings,
  sequenceOf: (record: string) => number | null,
): Promise<Checked> {
  const where = whereIs(settings);
  const nothing = (why: string): Checked => ({ where, tables: null, counts: [], wrong: [why] });
  const look = await lookAtStore(settings);
  if (look.kind === "refused") return nothing(look.why);
  const read = await atOneMoment(settings, (moment) => contentsOf(moment, sequenceOf));
  return read.kind === "refused" ? nothing(read.why) : { where, ...read.of };
}

async function contentsOf(
  moment: OneMoment,
  sequenceOf: (record: string) => number | null,
): Promise<Omit<Checked, "where">> {
  const { statements, tables, newest, isSqlite } = moment;
  const counts: { readonly plural: string; readonly rows: number }[] = [];
  const wrong = isSqlite ? await damageIn(moment) : [];
  for (const table of tables) {
    let rows = 0;
    const faults: string[] = [];
    for await (const row of rowsOf(statements, table)) {
      rows += 1;
      const fault = faultOf(table, row, sequenceOf);
      if (fault !== null) faults.push(`${nameOf(table, row)} ${fault}`);
    }
    counts.push({ plural: table.plural, rows });
    wrong.push(...faults.slice(0, MOST_TOLD));
    if (faults.length > MOST_TOLD)
      wrong.push(`The same is so of ${faults.length - MOST_TOLD} more ${table.plural}.`);
  }
  if (newest >= 2) wrong.push(...(await unsoundIn(statements)));
  return { tables: { newest, known: MIGRATIONS.length }, counts, wrong };
}

/** https://www.sqlite.org/pragma.html#pragma_integrity_check */
async function damageIn({ statements }: OneMoment): Promise<string[]> {
  const rows = await statements.rows("PRAGMA integrity_check(10)");
  const found = rows.map((row) => String(Object.values(row)[0])).filter((line) => line !== "ok");
  return found.map((line) => `The file is damaged: ${line.replace(/\s+/g, " ")}.`);
}

function faultOf(table: Table, row: Row, sequenceOf: (record: string) => number | null): string | null {
  try {
    const fields = readRow(table, row);
    if (table.kind !== "register") return null;
    const sequence = sequenceOf(String(fields.get("record")));
    if (sequence === null) return "cannot be read by this msc-clerk: its proposal is held.";
    return sequence === fields.get("sequence")
      ? null
      : `is of sequence ${sequence}, and the store says ${fields.get("sequence")}: its proposal is held.`;
  } catch (thrown) {
    if (thrown instanceof NotOurs) return "holds what the clerk did not write.";
    throw thrown;
  }
}

/** By what tells it from the others, as far as that can be read. */
function nameOf({ kind, key, columns }: Table, row: Row): string {
  const told = key
    .filter((column) => column !== "subject_print")
    .map((column) => {
      try {
        const isText = columns.some((one) => one.column === column && one.type === "text");
        return `${column} ${isText ? JSON.stringify(textInRow(row, column)) : numberIn(row, column)}`;
      } catch {
        return `${column} not known`;
      }
    });
  return `The ${kind} of ${told.join(", ")}`;
}
