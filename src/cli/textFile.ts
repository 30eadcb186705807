import { readFileSync } from "node:fs";
import { errorMessage } from "../platform/log.js";
import { Refused } from "./misuse.js";

/** The text of a file that was named; `-`: what is piped in. */
export function fileText(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (thrown) {
    throw new Refused(`${file === "-" ? "stdin" : file} cannot be read: ${whyNotFile(thrown)}.`);
  }
}

/** Why a file cannot be read or written, in words that go on from a colon. */
export function whyNotFile(thrown: unknown): string {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : null;
  switch (code) {
    case "ENOENT":
      return "there is no such file or directory";
    case "EEXIST":
      return "it is there already";
    case "EISDIR":
      return "it is a directory";
    case "EACCES":
      return "this user may not";
    case "EPIPE":
      return "whoever read it has gone";
    case "ENOSPC":
      return "there is no room left on its disk";
    default:
      return errorMessage(thrown);
  }
}
