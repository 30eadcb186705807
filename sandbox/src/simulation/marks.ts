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
  const bytes = Buffer.from(RECORD.exec(text)?.[1] ?? "", "base64");
  if (bytes.length === 0) return 0;
  const json = bytes[0] === 1 ? inflateRawSync(bytes.subarray(1)) : bytes.subarray(1);
  return (JSON.parse(json.toString("utf8")) as { readonly seq: number }).seq;
}

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
