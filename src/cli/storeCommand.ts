import { closeSync, createReadStream, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { readStorage } from "../environment/environment.js";
import { registerInText } from "../github/record/versions.js";
import { addDotEnv } from "../platform/dotEnv.js";
import { type Checked, checkStore } from "../store/check.js";
import { exportStore } from "../store/export.js";
import { importStore } from "../store/import.js";
import { linesIn } from "../store/lines.js";
import { type StoreSettings, whereIs } from "../store/open.js";
import { complain, print, printJson } from "./terminal.js";
import { whyNotFile } from "./textFile.js";

export type StoreTask = "check" | "export" | "import";

/** `msc-clerk store …`: the store in its operator's hands, by DATA_DIR or DATABASE_URL alone. Resolves with the exit code. */
export async function storeCommand(what: StoreTask, file: string, json: boolean): Promise<number> {
  const fault = addDotEnv(process.env, ".env");
  if (fault !== null) return complain(fault);
  const read = readStorage(process.env);
  if ("faults" in read) return complain(read.faults.join("\nmsc-clerk: "));
  const { storage } = read;
  switch (what) {
    case "check":
      return check(storage, json);
    case "export":
      return toExport(storage, file);
    case "import":
      return toImport(storage, file);
  }
}

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
const FORMAT = "msc-clerk store check 1";

async function check(storage: StoreSettings, json: boolean): Promise<number> {
  const found = await checkStore(storage, sequenceOf);
  if (json) printJson(storeCheckJson(found));
  else print(checkText(found));
  return found.wrong.length === 0 ? 0 : 1;
}

/** The same for programs: docs/commands.md has its fields. */
const storeCheckJson = ({ where, tables, counts, wrong }: Checked): object => ({
  format: FORMAT,
  where,
  tables,
  rows: counts.map(({ plural, rows }) => ({ of: plural, count: rows })),
  wrong,
});

/** What `store check` says. */
export function checkText({ where, tables, counts, wrong }: Checked): string {
  const version =
    tables === null
      ? []
      : tables.newest === tables.known
        ? [`Its tables are number ${tables.newest}, the newest that this msc-clerk knows.`]
        : [
            `Its tables are number ${tables.newest}, and this msc-clerk brings them up to number ${tables.known} when it starts.`,
          ];
  const width = Math.max(0, ...counts.map(({ rows }) => String(rows).length));
  return [
    `The store: ${where}`,
    ...version,
    ...counts.map(({ plural, rows }) => `  ${String(rows).padStart(width)}  ${plural}`),
    ...(wrong.length === 0
      ? ["All of it was read, and all is well."]
      : [
          ...wrong.map((sentence) => `wrong: ${sentence}`),
          "What to do: if the sentence does not say, put back a backup, or start without the store: the clerk then recovers what GitHub holds (docs/operating.md, The store).",
        ]),
  ].join("\n");
}

async function toExport(storage: StoreSettings, file: string): Promise<number> {
  let out: Out;
  try {
    out = file === "-" ? toStdout() : toFile(file);
  } catch (thrown) {
    return complain(`${file} cannot be written: ${whyNotFile(thrown)}.`);
  }
  try {
    const done = await exportStore(storage, out.write);
    if (done.kind === "refused") {
      out.drop();
      return complain(done.why);
    }
    out.end();
    process.stderr.write(
      `Exported ${done.of} lines from ${whereIs(storage)}${file === "-" ? "" : ` to ${file}, which only its owner can read`}.\n`,
    );
    return 0;
  } catch (thrown) {
    out.drop();
    return complain(`${file === "-" ? "stdout" : file} cannot be written: ${whyNotFile(thrown)}.`);
  }
}

interface Out {
  readonly write: (line: string) => Promise<void>;
  /** All is on the disk. */
  readonly end: () => void;
  /** Half an export is none. */
  readonly drop: () => void;
}

/** A new one: what is there is not written over. It can hold what private repositories propose. */
function toFile(path: string): Out {
  const file = openSync(path, "wx", 0o600);
  return {
    write: async (line) => {
      writeSync(file, `${line}\n`);
    },
    end: () => {
      fsyncSync(file);
      closeSync(file);
    },
    drop: () => {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

function toStdout(): Out {
  // Told by the write that failed.
  process.stdout.on("error", () => {});
  return {
    write: (line) =>
      new Promise((resolve, reject) => {
        process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
      }),
    end: () => {},
    drop: () => {},
  };
}

async function toImport(storage: StoreSettings, file: string): Promise<number> {
  const bytes = file === "-" ? process.stdin : createReadStream(file);
  try {
    const done = await importStore(storage, linesIn(bytes), sequenceOf);
    if (done.kind === "refused") return complain(done.why);
    const { taken, left } = done.of;
    process.stderr.write(
      `Imported ${taken} lines into ${whereIs(storage)}${left === 0 ? "" : `, and left ${left} out: what is kept is as new or newer`}.\n`,
    );
    return 0;
  } catch (thrown) {
    return complain(
      `${file === "-" ? "stdin" : file} cannot be read: ${whyNotFile(thrown)}. Nothing was imported.`,
    );
  }
}

const sequenceOf = (record: string): number | null => registerInText(record)?.seq ?? null;
