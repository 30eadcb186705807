import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { registerInText } from "msc-clerk/github/record/versions.js";
import { exportStore } from "msc-clerk/store/export.js";
import { importStore } from "msc-clerk/store/import.js";
import { openStore, type StoreSettings } from "msc-clerk/store/open.js";
import type { Store } from "msc-clerk/store/port.js";

/** The store of a sandbox's clerk, in a directory of its own that goes with it, so that it can be saved and brought back like any other. */
export class ClerkMemory {
  private constructor(
    readonly store: Store,
    readonly settings: StoreSettings,
  ) {}

  /** @param lines of an export; empty: it knows nothing yet */
  static async open(lines: readonly string[]): Promise<ClerkMemory> {
    const settings = {
      dataDirectory: mkdtempSync(join(tmpdir(), "msc-clerk-sandbox-")),
      databaseUrl: undefined,
    };
    if (lines.length > 0) {
      const done = await importStore(
        settings,
        eachOf(lines),
        (record) => registerInText(record)?.seq ?? null,
      );
      if (done.kind === "refused") throw new Error(done.why);
    }
    const opened = await openStore(settings);
    if (opened.kind === "refused") throw new Error(opened.why);
    return new ClerkMemory(opened.store, settings);
  }

  async lines(): Promise<readonly string[]> {
    const lines: string[] = [];
    const done = await exportStore(this.settings, async (line) => void lines.push(line));
    if (done.kind === "refused") throw new Error(done.why);
    return lines;
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.settings.dataDirectory, { recursive: true, force: true });
  }
}

async function* eachOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
