import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Seen } from "./compare.js";
import type { Probe } from "./probe.js";
import type { Outcome } from "./run.js";

/** What was once answered by one flavour of GitHub. */
export interface SavedAnswer extends Seen {
  readonly flavour: string;
  readonly at: string;
  /** Was a person there for what needs one? */
  readonly hands: boolean;
  readonly answers: Outcome["answers"];
}

/** `test/real/KIND.json`: one for each probe, with an answer for each flavour. */
export interface Saved {
  readonly probe: string;
  readonly kind: string;
  readonly asks: string;
  readonly answers: readonly SavedAnswer[];
}

export function readSaved(directory: string): readonly Saved[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(directory, name), "utf8")) as Saved);
}

/** Puts an answer in the place of the one of before of the same flavour. Resolves with the file. */
export function save(directory: string, { id, kind, asks }: Probe, answer: SavedAnswer): string {
  const others = (readSaved(directory).find((one) => one.kind === kind)?.answers ?? []).filter(
    ({ flavour }) => flavour !== answer.flavour,
  );
  const answers = [...others, answer].sort((a, b) => (a.flavour < b.flavour ? -1 : 1));
  const saved: Saved = { probe: id, kind, asks, answers };
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${kind}.json`);
  writeFileSync(path, `${JSON.stringify(saved, null, 1)}\n`);
  return path;
}
