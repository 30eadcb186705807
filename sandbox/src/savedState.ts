import { createHash } from "node:crypto";
import type { About } from "./about.js";
import type { Secrets } from "./clerk.js";
import type { KeptSandbox } from "./sandbox.js";
import type { Commit, TreeFile } from "./state.js";

/** A sandbox at one moment, its clerk's memory with it: all that it takes to go on from there, on this machine or another. */
export interface SavedState {
  readonly about: About;
  /** The sandbox's clock. */
  readonly now: number;
  /** The clerk's records are good only with the key they were signed with. Worth nothing outside of sandboxes. */
  readonly secrets: Secrets;
  readonly sandbox: KeptSandbox;
  /** Lines of an export of the clerk's store. */
  readonly memory: readonly string[];
}

const KIND = "state of an msc-clerk sandbox";
/** Grows when what is kept changes its shape: an older file is then refused, not misread. */
const VERSION = 1;

export type Decoded =
  | { readonly kind: "state"; readonly state: SavedState }
  /** In one plain sentence. */
  | { readonly kind: "none"; readonly why: string };

/** As the text of a file: one line that says what it is, and one with the state, by whose print a damaged file is known. */
export function encodeState(state: SavedState): string {
  const { sandbox } = state;
  const blobs = new Map<string, TreeFile>();
  const commits = [...sandbox.store.state.commits.values()].map((commit) => ({
    ...commit,
    files: [...commit.files].map(([path, file]) => {
      const blob = `${file.mode} ${file.oid}`;
      blobs.set(blob, file);
      return [path, blob];
    }),
  }));
  const flat = { ...sandbox.store.state, commits: null };
  const body = JSON.stringify(
    { ...state, sandbox: { ...sandbox, store: { ...sandbox.store, state: flat } }, commits, blobs },
    (_key, value: unknown) => (value instanceof Map ? { [MAP]: [...value] } : value),
  );
  return `${JSON.stringify({ kind: KIND, version: VERSION, print: printed(body) })}\n${body}\n`;
}

/** Marks a map. The objects of a state have the keys of their types and no others, so none is mistaken for one. */
const MAP = "a map of";

const printed = (body: string): string => createHash("sha256").update(body).digest("hex");

export function decodeState(text: string): Decoded {
  const [first = "", body = ""] = text.split("\n");
  const head = headIn(first);
  if (head === null || head.kind !== KIND)
    return { kind: "none", why: "This is no saved state of a sandbox." };
  if (head.version !== VERSION)
    return {
      kind: "none",
      why: `This state was saved by another version of the sandbox (${JSON.stringify(head.version)}; this one reads ${VERSION}).`,
    };
  if (head.print !== printed(body))
    return { kind: "none", why: "This saved state is damaged: it is not what was saved." };
  // Its print says that `encodeState` wrote it, or somebody who can make prints.
  try {
    return { kind: "state", state: stateIn(body) };
  } catch {
    return { kind: "none", why: "This saved state is not as a sandbox saves one." };
  }
}

function stateIn(body: string): SavedState {
  const { commits, blobs, ...kept } = JSON.parse(body, (_key, value: unknown) =>
    typeof value === "object" && value !== null && MAP in value
      ? new Map((value as { [MAP]: [unknown, unknown][] })[MAP])
      : value,
  ) as SavedState & {
    readonly commits: readonly (Omit<Commit, "files"> & { readonly files: readonly [string, string][] })[];
    readonly blobs: ReadonlyMap<string, TreeFile>;
  };
  const made = new Map<string, Commit>();
  for (const commit of commits) {
    const files = new Map<string, TreeFile>();
    for (const [path, blob] of commit.files) {
      const file = blobs.get(blob);
      if (file !== undefined) files.set(path, file);
    }
    made.set(commit.oid, { ...commit, files });
  }
  const { store } = kept.sandbox;
  const state = { ...store.state, commits: made };
  return { ...kept, sandbox: { ...kept.sandbox, store: { ...store, state } } };
}

function headIn(
  line: string,
): { readonly kind?: unknown; readonly version?: unknown; readonly print?: unknown } | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}
