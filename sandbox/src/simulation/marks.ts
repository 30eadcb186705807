import { inflateRawSync } from "node:zlib";

export const FCP = "final-comment-period";
export const OF_A_RUNNING_MOTION = [
  FCP,
  "proposed-final-comment-period",
  "disposition-merge",
  "disposition-close",
  "disposition-postpone",
];

export const STATES = [
  ...OF_A_RUNNING_MOTION,
  "finished-final-comment-period",
  "rejected",
  "proposal-postponed",
  "spec-pr-missing",
];
export const MARKER = /^<!-- msc-clerk:(\S+ \S+) -->/;
export const markOf = (body: string): string | undefined => MARKER.exec(body)?.[1]?.replace(/:ended$/, "");
const RECORD = /^<!-- msc-clerk:record v\d+ ([A-Za-z0-9+/=]+)\.\S+ -->$/m;

/** The number of the record in a text, which is not asked here who has signed it; 0: there is none. */
export function sequenceIn(text: string): number {
  const packed = RECORD.exec(text)?.[1] ?? "";
  if (packed === "") return 0;
  const before = sequences.get(packed);
  if (before !== undefined) return before;
  const bytes = Buffer.from(packed, "base64");
  const json = bytes[0] === 1 ? inflateRawSync(bytes.subarray(1)) : bytes.subarray(1);
  const { seq } = JSON.parse(json.toString("utf8")) as { readonly seq: number };
  if (sequences.size > 1000) sequences.clear();
  sequences.set(packed, seq);
  return seq;
}
/** The same record goes to two places, and stands there while the text around it changes. */
const sequences = new Map<string, number>();

/** Of a register in the store: no more than when the clerk wrote down that a motion is decided. */
export interface KeptText {
  readonly register: {
    readonly motion: KeptMotion | null;
    readonly past: readonly KeptMotion[];
  };
}

interface KeptMotion {
  readonly number: number;
  readonly end: { readonly kind: string; readonly at: number } | null;
}
