import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorMessage } from "msc-clerk/platform/log.js";
import { type Decoded, decodeState } from "./savedState.js";

/** A state that was saved under a name. */
export interface SavedFile {
  readonly name: string;
  /** By the machine's clock. */
  readonly savedAt: number;
}

/** What a saved state may be called: its name is part of its address and of its file's. */
export const isStateName = (name: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(name);

/** The name nearest to what somebody typed: `First evening` is `first-evening`. null: there is none. */
export function stateNameOf(typed: string): string | null {
  const name = typed
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, 40)
    .replace(/-$/, "");
  return isStateName(name) ? name : null;
}

const ENDING = ".json";

/** Saved states, a file each, in one directory: they outlive the sandbox. */
export class SavedFiles {
  constructor(readonly directory: string) {}

  /** Newest first. */
  list(): readonly SavedFile[] {
    let names: readonly string[];
    try {
      names = readdirSync(this.directory);
    } catch {
      return []; // Nothing was saved yet.
    }
    return names
      .filter((name) => name.endsWith(ENDING) && isStateName(name.slice(0, -ENDING.length)))
      .flatMap((name) => {
        // What else lies there, a directory or a link to nowhere, is no state.
        const found = statSync(join(this.directory, name), { throwIfNoEntry: false });
        return found?.isFile() ? [{ name: name.slice(0, -ENDING.length), savedAt: found.mtimeMs }] : [];
      })
      .sort((a, b) => b.savedAt - a.savedAt || (a.name < b.name ? -1 : 1));
  }

  /** null: there is none of that name. */
  text(name: string): string | null {
    return this.list().some((one) => one.name === name) ? readFileSync(this.#path(name), "utf8") : null;
  }

  /** Whole or not at all. One of that name is replaced. */
  put(name: string, text: string): void {
    mkdirSync(this.directory, { recursive: true });
    const draft = `${this.#path(name)}.draft`;
    // It holds a key: worth nothing elsewhere, but nobody else's to read.
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, this.#path(name));
  }

  #path(name: string): string {
    return join(this.directory, `${name}${ENDING}`);
  }
}

/** A saved state from any file. */
export function readState(file: string): Decoded {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (thrown) {
    return { kind: "none", why: `It cannot be read: ${errorMessage(thrown)}.` };
  }
  return decodeState(text);
}
