import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { parseEnv } from "node:util";

/**
 * Adds what a `.env` file in the working directory sets (the set-up page writes one) to `variables`; what is set there already
 * wins. Returns a plain sentence when the file is there and cannot be read.
 */
export function addDotEnv(variables: Record<string, string | undefined>, path: string): string | null {
  const text = textOf(path);
  if (text === "unreadable") return `The file ${path} cannot be read.`;
  if (text === null) return null;
  for (const [name, value] of Object.entries(parseEnv(text.text))) {
    const set = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (set === undefined) Object.assign(variables, { [name]: value });
  }
  return null;
}

/** The names it sets; none where it is not there or cannot be read. */
export function namesInDotEnv(path: string): readonly string[] {
  const text = textOf(path);
  return text === null || text === "unreadable" ? [] : Object.keys(parseEnv(text.text));
}

/** What to say when others than its owner may read the file, as it holds the App's key; null: nothing. */
export function dotEnvRights(path: string): string | null {
  if (process.platform === "win32") return null;
  const rights = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  if ((rights & 0o077) === 0) return null;
  return `The file ${path} can be read by other users of this machine, and it is for secrets: run chmod 600 ${path}.`;
}

/**
 * Sets variables in a `.env` file and keeps what else it sets. The new file takes the old one's place in one step, whole, and only
 * its owner can read it, whatever rights the old one had. Returns a plain sentence when that cannot be.
 */
export function writeDotEnv(path: string, values: Readonly<Record<string, string>>): string | null {
  const text = textOf(path);
  if (text === "unreadable") return `The file ${path} cannot be read.`;
  const all = new Map([...Object.entries(parseEnv(text?.text ?? "")), ...Object.entries(values)]);
  const lines: string[] = [];
  for (const [name, value] of all) {
    const line = lineFor(name, value ?? "");
    if (line === null) return `${name} cannot be written in a .env file as it is.`;
    lines.push(line);
  }
  try {
    replaceFile(text === null ? path : realpathSync(path), `${lines.join("\n")}\n`);
    return null;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    return `The file ${path} cannot be written (${code}).`;
  }
}

/** null: there is no such file. */
function textOf(path: string): { readonly text: string } | "unreadable" | null {
  try {
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT" ? null : "unreadable";
  }
}

/** The line that is read back as just this value; null: none is. */
function lineFor(name: string, value: string): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return null;
  const written = [`"${value.replaceAll("\n", "\\n")}"`, `'${value}'`, `\`${value}\``];
  for (const one of written) {
    const line = `${name}=${one}`;
    // With a line after it: a quote that is not closed would take that in.
    const read = new Map(Object.entries(parseEnv(`${line}\nTHE_LINE_AFTER=x\n`)));
    if (read.size === 2 && read.get(name) === value && read.get("THE_LINE_AFTER") === "x") return line;
  }
  return null;
}

function replaceFile(path: string, text: string): void {
  const made = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  const file = openSync(made, "wx", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
    renameSync(made, path);
  } catch (error) {
    rmSync(made, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}
