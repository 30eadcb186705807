import { stripVTControlCharacters, styleText } from "node:util";
import type { CliResult } from "./session.js";

/**
 * All that commands say. Answers go to stdout; what went wrong, and how far long work has come, to stderr. How far it has come stands on one line of a
 * terminal and nowhere else, and whatever is said next takes its place.
 */

/** The colours of a verdict. Where nobody sees colours they change nothing. */
export interface Paint {
  readonly right: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly wrong: (text: string) => string;
}

export const PLAIN: Paint = { right: (text) => text, warning: (text) => text, wrong: (text) => text };

/** For stdout. Node itself heeds NO_COLOR and FORCE_COLOR: https://nodejs.org/docs/latest-v20.x/api/util.html#utilstyletextformat-text-options */
export const COLOURS: Paint = {
  right: (text) => styled("green", text),
  warning: (text) => styled("yellow", text),
  wrong: (text) => styled("red", text),
};

const styled = (colour: "green" | "yellow" | "red", text: string): string =>
  styleText(colour, text, { stream: process.stdout, validateStream: true });

let line = false;

/** How far long work has come. On a terminal only: elsewhere it would be noise in a log. */
export function progress(text: string): void {
  if (!process.stderr.isTTY) return;
  const room = Math.max(20, (process.stderr.columns || 80) - 1);
  const short = stripVTControlCharacters(text);
  process.stderr.write(`\r\u001b[K${short.length > room ? `${short.slice(0, room - 1)}…` : short}`);
  line = true;
}

function clear(): void {
  if (line) process.stderr.write("\r\u001b[K");
  line = false;
}

/** Resolves with the exit code that goes with it, as most commands end with their answer. */
export function print(text: string): 0 {
  clear();
  process.stdout.write(`${text}\n`);
  return 0;
}

export const printJson = (json: object, lines = true): 0 =>
  print(visible(lines ? JSON.stringify(json, null, 2) : JSON.stringify(json)));

/** Something besides the answer: that it waits, say. */
export function note(text: string): void {
  clear();
  process.stderr.write(`msc-clerk: ${text}\n`);
}

export function complain(text: string, code = 1): number {
  note(text);
  return code;
}

export function tell(result: CliResult, json: boolean): number {
  if (result.kind === "not") return complain(result.why);
  return json ? printJson(result.json) : print(result.text);
}

/** What people wrote may hold characters that a terminal obeys, or that turn its line round: in JSON each can be written as its number. */
const visible = (json: string): string =>
  json.replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
