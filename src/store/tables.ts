import { NEVER, NotOurs, numberIn, type Row, textInRow, type Value } from "./sql.js";
import { asKept, asWritten } from "./texts.js";

/**
 * What the tables hold, as one list: to look through them, and for the lines of an export. Names are those of `port.ts`; a migration that changes a
 * table changes its entry, and where old lines could then be misread, `EXPORT_VERSION` too.
 */
export interface Table {
  /** Of its lines in an export. */
  readonly kind: string;
  /** What a person calls its rows. */
  readonly plural: string;
  readonly table: string;
  /** The migration that made it. */
  readonly since: number;
  /** Columns by which each row is one, in order. */
  readonly key: readonly string[];
  readonly columns: readonly Column[];
}

export interface Column {
  /** In a line of an export. */
  readonly name: string;
  readonly column: string;
  readonly type: keyof typeof TYPES;
}

/** A JSON value of one line of an export, by the names of the columns. */
export type Fields = ReadonlyMap<string, unknown>;

interface Type {
  /** From the table. Throws {@link NotOurs}. */
  readonly read: (row: Row, column: string) => unknown;
  /** To the table; null: it is none of this type. */
  readonly write: (value: unknown) => Value | null;
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

const TYPES = {
  /** A whole number that JavaScript tells from the next. */
  number: { read: numberIn, write: (value) => (isWhole(value) ? value : null) },
  count: {
    read: (row, column) => {
      const number = numberIn(row, column);
      if (number < 0) throw new NotOurs(column);
      return number;
    },
    write: (value) => (isWhole(value) && value >= 0 ? value : null),
  },
  text: {
    read: (row, column) => asWritten(textInRow(row, column)),
    write: (value) => (typeof value === "string" ? asKept(value) : null),
  },
  /** A moment, or null for one that never comes. */
  perhaps: {
    read: (row, column) => {
      const moment = numberIn(row, column);
      return moment === NEVER ? null : moment;
    },
    write: (value) => (value === null ? NEVER : isWhole(value) && value >= 0 ? value : null),
  },
  flag: {
    read: (row, column) => numberIn(row, column) === 1,
    write: (value) => (typeof value === "boolean" ? Number(value) : null),
  },
  texts: {
    read: (row, column) => {
      const list = parsed(asWritten(textInRow(row, column)));
      if (!isTexts(list)) throw new NotOurs(column);
      return list;
    },
    write: (value) => (isTexts(value) ? asKept(JSON.stringify(value)) : null),
  },
  state: {
    read: (row, column) => {
      const state = textInRow(row, column);
      if (!STATES.includes(state)) throw new NotOurs(column);
      return state;
    },
    write: (value) => (typeof value === "string" && STATES.includes(value) ? value : null),
  },
} as const satisfies Readonly<Record<string, Type>>;

const STATES: readonly string[] = ["open", "closed", "merged"];

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `name=column:type`; `=column` is left out where it is the name. */
const columns = (text: string): readonly Column[] =>
  text.split(" ").map((one) => {
    const [, name = "", column = name, type = ""] = /^(\w+)(?:=(\w+))?:(\w+)$/.exec(one) ?? [];
    if (!isType(type)) throw new Error(`There is no type ${type}.`);
    return { name, column, type };
  });
const isType = (type: string): type is keyof typeof TYPES => Object.hasOwn(TYPES, type);

/** All but what is of the moment: what is due, and which instances are there. */
export const TABLES: readonly Table[] = [
  {
    kind: "register",
    plural: "registers",
    table: "clerk_registers",
    since: 1,
    key: ["repository", "pull"],
    columns: columns("repository:count pull:count sequence:count record:text"),
  },
  {
    kind: "transition",
    plural: "lines of their changes",
    table: "clerk_transitions",
    since: 1,
    key: ["repository", "pull", "sequence"],
    columns: columns("repository:count pull:count sequence:count at:number what:text"),
  },
  {
    kind: "lawful",
    plural: "lawful configs",
    table: "clerk_lawful",
    since: 1,
    key: ["repository"],
    columns: columns(
      "repository:count number:count fingerprint=print:text commit=commit_id:text text=content:text adoptedAt=adopted_at:number",
    ),
  },
  {
    kind: "intent",
    plural: "intents not settled",
    table: "clerk_intents",
    since: 1,
    key: ["repository", "pull", "subject_print"],
    columns: columns("repository:count pull:count subject:text at:number by=process:text"),
  },
  {
    kind: "decision",
    plural: "records of decisions",
    table: "clerk_decisions",
    since: 2,
    key: ["repository", "number"],
    columns: columns(
      "repository:count number:count pull:count motion:count outcome:text at:number hash:text url:text record:text",
    ),
  },
  {
    kind: "proposal",
    plural: "rows of proposals",
    table: "clerk_proposals",
    since: 3,
    key: ["repository", "pull"],
    columns: columns(
      "repository:count pull:count title:text author:text labels:texts state:state createdAt=created_at:number updatedAt=updated_at:number head:text nextCheckAt=next_check_at:perhaps readAt=read_at:number settled:text members:flag outline:text",
    ),
  },
  {
    kind: "round",
    plural: "marks of how far was read",
    table: "clerk_rounds",
    since: 3,
    key: ["repository"],
    columns: columns("repository:count upTo=up_to:number"),
  },
  {
    kind: "repository",
    plural: "repositories",
    table: "clerk_repositories",
    since: 5,
    key: ["repository"],
    columns: columns(
      "repository:count owner:text name:text url:text isPublic=is_public:flag rosterCommit=roster_commit:text roster:text listedAt=listed_at:perhaps",
    ),
  },
  {
    kind: "view",
    plural: "views of proposals",
    table: "clerk_views",
    since: 5,
    key: ["repository", "pull"],
    columns: columns("repository:count pull:count summary:text detail:text"),
  },
  {
    kind: "event",
    plural: "events of proposals",
    table: "clerk_events",
    since: 5,
    key: ["repository", "pull", "id"],
    columns: columns("repository:count pull:count id:text at:number event:text words:text"),
  },
  {
    kind: "notice_mark",
    plural: "marks of what is told to a Matrix room",
    table: "clerk_notice_marks",
    since: 6,
    key: ["repository"],
    columns: columns("repository:count since:number"),
  },
  {
    kind: "notice",
    plural: "notices in a Matrix room",
    table: "clerk_notices",
    since: 6,
    key: ["repository", "pull", "event"],
    columns: columns(
      "repository:count pull:count event:text at:number transaction=transaction_id:text isOver=is_over:flag",
    ),
  },
];

export const readRow = (table: Table, row: Row): Fields =>
  new Map(table.columns.map(({ name, column, type }) => [name, TYPES[type].read(row, column)]));

/** Values in the order of the columns, or the name of the field that is none of its type. */
export function writeRow(
  table: Table,
  fields: Fields,
): { readonly values: readonly Value[] } | { readonly wrong: string } {
  const values: Value[] = [];
  for (const { name, type } of table.columns) {
    const value = TYPES[type].write(fields.get(name));
    if (value === null) return { wrong: name };
    values.push(value);
  }
  return { values };
}
