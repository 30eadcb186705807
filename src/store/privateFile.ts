import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
} from "node:fs";
import { join } from "node:path";

/** What SQLite puts beside the file of a database. */
const BESIDE = ["", "-wal", "-shm", "-journal"];
const OTHERS = 0o077;

/**
 * Makes the directory (0700) and an empty file in it (0600) where they are not there yet, and takes from others what they may do with
 * those that are. Null when all is well, else what is wrong in one plain sentence.
 */
export function privateFile(directory: string, name: string): string | null {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const files = BESIDE.map((end) => `${name}${end}`);
    return openToOthers(directory, files) ?? filesAmiss(directory, files);
  } catch (error) {
    return fileTrouble(directory, error instanceof Error && "code" in error ? String(error.code) : "unknown");
  }
}

/** A directory with more in it than the clerk's may be shared for a reason, such as /tmp: that is not the clerk's to change. */
function openToOthers(directory: string, files: readonly string[]): string | null {
  const fault = openWithMore(directory, files);
  if (fault === null && shared(statSync(directory).mode)) chmodSync(directory, 0o700);
  return fault;
}

/** The same by looking only: it is there, open to others, and holds more. */
export const tooOpen = (directory: string, name: string): string | null =>
  existsSync(directory)
    ? openWithMore(
        directory,
        BESIDE.map((end) => `${name}${end}`),
      )
    : null;

const openWithMore = (directory: string, files: readonly string[]): string | null =>
  shared(statSync(directory).mode) && readdirSync(directory).some((found) => !files.includes(found))
    ? `The directory of the store (${directory}) is open to other users of this machine, and holds more than the store: set DATA_DIR to a directory of the clerk's own, or close this one with chmod 700.`
    : null;

function filesAmiss(directory: string, files: readonly string[]): string | null {
  const [database, ...beside] = files.map((file) => join(directory, file));
  if (database === undefined) return null;
  for (const path of [database, ...beside]) {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) continue;
    if (!found.isFile())
      return `${path} is no plain file: move it away, or set DATA_DIR to another directory.`;
    if (shared(found.mode)) chmodSync(path, 0o600);
  }
  // SQLite gives the files beside it the permissions of this one.
  closeSync(openSync(database, "a", 0o600));
  return null;
}

/** On Windows the mode says nothing of other users. */
const shared = (mode: number): boolean => process.platform !== "win32" && (mode & OTHERS) !== 0;

/** Said of a clerk at its start, and of one that is at work. */
export const MAKE_ROOM = "make room there; a clerk that is at work then goes on by itself";

/** `code`: the system's word for what went wrong. */
export function fileTrouble(directory: string, code: string): string {
  const where = `The directory of the store (${directory})`;
  switch (code) {
    case "EEXIST":
    case "ENOTDIR":
      return `${where} is no directory: set DATA_DIR to one, or to a path where one can be made.`;
    case "EACCES":
    case "EPERM":
      return `${where} cannot be written by the user that the clerk runs as (${code}): give it to that user, or set DATA_DIR to one that is.`;
    case "EROFS":
      return `${where} is on a disk that is mounted read-only (EROFS): mount it for writing, or set DATA_DIR to a directory on another.`;
    case "ENOSPC":
    case "EDQUOT":
      return `${where} has no room left on its disk (${code}): ${MAKE_ROOM}.`;
    default:
      return `${where} cannot be used (${code}).`;
  }
}
