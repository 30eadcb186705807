import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Opened } from "../../src/store/open.js";
import type { Store } from "../../src/store/port.js";

/** A new, empty folder. */
export const folder = (): string => mkdtempSync(join(tmpdir(), "msc-clerk-store-"));

export function opened(store: Opened): Store {
  if (store.kind === "opened") return store.store;
  throw new Error(store.why);
}

export function refused(store: Opened): string {
  if (store.kind === "refused") return store.why;
  throw new Error("It was opened.");
}
