import type { OneMoment, ReadAtOnce } from "./oneMoment.js";
import { atOneMoment, fieldsOf } from "./oneMoment.js";
import type { StoreSettings } from "./open.js";

/**
 * An export of the store: lines of JSON (docs/operating.md, The store). The first tells the version, the last how many stand between them, so that half
 * a file is known for one. The lines of one store are the same each time.
 */
export const EXPORT_VERSION = 1;
export const EXPORT_HEAD = "msc-clerk store";

/** Hands each line, without its end, to `write`, and resolves with how many of the store's own there were. Rejects with what `write` rejects with. */
export async function exportStore(
  settings: StoreSettings,
  write: (line: string) => Promise<void>,
): Promise<ReadAtOnce<number>> {
  const failed: unknown[] = [];
  const done = await atOneMoment(settings, (moment) =>
    exported(moment, (line) =>
      write(line).catch((thrown: unknown) => {
        failed.push(thrown);
        throw thrown;
      }),
    ),
  );
  // That is no fault of the store's.
  if (failed.length > 0) throw failed[0];
  return done;
}

async function exported(
  { statements, tables }: OneMoment,
  write: (line: string) => Promise<void>,
): Promise<number> {
  let lines = 0;
  await write(JSON.stringify({ kind: EXPORT_HEAD, version: EXPORT_VERSION }));
  for (const table of tables)
    for await (const fields of fieldsOf(statements, table)) {
      await write(JSON.stringify({ kind: table.kind, ...Object.fromEntries(fields) }));
      lines += 1;
    }
  await write(JSON.stringify({ kind: "end", lines }));
  return lines;
}
