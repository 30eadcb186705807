import { readFileSync, readSync } from "node:fs";
import { errorMessage } from "../platform/log.js";
import { Refused } from "./misuse.js";

/** The text of a file that was named; `-`: what is piped in. */
export function fileText(file: string): string {
  try {
    return file === "-" ? stdinText() : readFileSync(file, "utf8");
  } catch (thrown) {
    throw new Refused(`${file === "-" ? "stdin" : file} cannot be read: ${whyNotFile(thrown)}.`);
  }
}

const STDIN = 0;
/** In milliseconds. */
const A_MOMENT = 20;

/** All that is piped in. Where somebody else has set the pipe not to wait, it says at once that nothing is there yet: it is asked again. */
function stdinText(): string {
  const pieces: Buffer[] = [];
  const piece = Buffer.alloc(65_536);
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      const size = readSync(STDIN, piece);
      if (size === 0) return Buffer.concat(pieces).toString("utf8");
      pieces.push(Buffer.from(piece.subarray(0, size)));
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EAGAIN")) throw thrown;
      Atomics.wait(nobody, 0, 0, A_MOMENT);
    }
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
