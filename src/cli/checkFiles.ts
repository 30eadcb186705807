import { existsSync } from "node:fs";
import { parseConfig } from "../config/parse.js";
import { CONFIG_FILE } from "../domain/model/rules.js";
import { Refused } from "./misuse.js";
import { print } from "./terminal.js";
import { textOf } from "./textFile.js";

/** `msc-clerk check …`: resolves with the exit code. */
export function checkFiles(named: readonly string[], _json: boolean): number {
  if (named.length === 0 && !existsSync(CONFIG_FILE))
    throw new Refused(`There is no ${CONFIG_FILE} here: name the file, as in msc-clerk check draft.yml.`);
  const files = named.length === 0 ? [CONFIG_FILE] : named;
  return Math.max(...files.map(checkFile));
}

function checkFile(file: string): number {
  const parsed = parseConfig(textOf(file));
  if (parsed.ok) return print(`${file} is right.`);
  for (const { line, column, path, message } of parsed.faults)
    print(`${file}:${line}:${column}: ${path === "" ? "" : `${path}: `}${message}`);
  return 1;
}
