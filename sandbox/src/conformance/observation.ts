import { withoutSecrets } from "msc-clerk/runtime/server/withoutSecrets.js";

/** What was seen: one request and its answer, or something that several of them come to. */
export interface Observation {
  /** The same on every GitHub; a probe has each name once. */
  readonly name: string;
  /** Whose request, and its route. null: no single one. */
  readonly request: { readonly by: "app" | "second"; readonly route: string } | null;
  readonly status: number | null;
  /** What GitHub said of an error, with numbers and ids of the moment masked. */
  readonly says: string | null;
  /** `path: kind` of every value in the body, in order of the paths. */
  readonly shape: readonly string[];
  /** What the probe wants to know, as plain JSON. */
  readonly facts: unknown;
  /** It happens at some times only: where it was not seen, nothing is said. */
  readonly sometimes: boolean;
}

/** An answer that may be saved: tokens and addresses are taken out, and a long one is left out. */
const LONGEST_KEPT = 20_000;
const clean = withoutSecrets([]);

export function kept(body: unknown): unknown {
  const text = JSON.stringify(clean.value(body) ?? null);
  return text.length <= LONGEST_KEPT ? (JSON.parse(text) as unknown) : null;
}

/** Ids, hashes, times and the kit's own names differ from run to run. */
export const masked = (text: string): string =>
  clean
    .text(text)
    .replace(/\b[0-9a-f]{40}\b/g, "(commit)")
    .replace(/kit-[\w-]+/g, "kit-…")
    .replace(/\b\d{4,}\b/g, (number) => (KNOWN_NUMBERS.has(number) ? number : "(number)"));

/** Limits of GitHub's that stand in its sentences. */
const KNOWN_NUMBERS: ReadonlySet<string> = new Set(["65535", "65536"]);

export function messageOf(status: number, body: unknown): string | null {
  if (status < 400 || typeof body !== "object" || body === null || !("message" in body)) return null;
  return typeof body.message === "string" ? masked(body.message) : null;
}

/** `labels[].name: string`: every path of a body with the kinds of value that stand there. */
export function shapeOf(body: unknown): readonly string[] {
  const kinds = new Map<string, Set<string>>();
  const note = (path: string, kind: string) => kinds.set(path, (kinds.get(path) ?? new Set()).add(kind));
  const walk = (path: string, value: unknown): void => {
    if (Array.isArray(value)) {
      note(path, value.length === 0 ? "empty list" : "list");
      for (const one of value) walk(`${path}[]`, one);
    } else if (typeof value === "object" && value !== null) {
      note(path, "object");
      for (const [name, held] of Object.entries(value)) walk(path === "" ? name : `${path}.${name}`, held);
    } else note(path, value === null ? "null" : typeof value);
  };
  if (body !== null && body !== undefined && body !== "") walk("", body);
  return [...kinds].map(([path, seen]) => `${path}: ${[...seen].sort().join(" or ")}`).sort();
}
