import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Register } from "../../domain/register.js";
import type { RecordKeys } from "./keys.js";
import { registerIn } from "./shape.js";

/**
 * What a record is bound to, by its signature: one carried over from another proposal or repository is no record here.
 * `repository`: numeric id.
 */
export interface Binding {
  readonly repository: number;
  readonly pull: number;
}

/**
 * Plain base64, not base64url: two hyphens in a row would end an HTML comment.
 * https://html.spec.whatwg.org/multipage/syntax.html#comments
 */
const RECORD = /^<!-- msc-clerk:record v1 ([A-Za-z0-9+/=]+)\.([A-Za-z0-9+/=]+) -->$/;
const SEQ = /^<!-- msc-clerk:seq v1 (\d{1,15})\.([A-Za-z0-9+/=]+) -->$/;
/** Below this many bytes of JSON, packing saves nothing worth having. */
const PACK_FROM = 256;
const LARGEST = 8 * 1024 * 1024;

export type Sealed =
  | { readonly kind: "sealed"; readonly line: string }
  /** The record does not fit; `line` shows its number only, signed, and the record itself must be carried elsewhere. */
  | { readonly kind: "too_large"; readonly line: string; readonly length: number };

/** Seals the register into one hidden line of at most `room` characters. */
export function sealRecord(register: Register, keys: RecordKeys, binding: Binding, room: number): Sealed {
  const json = Buffer.from(JSON.stringify(register), "utf8");
  const packed = json.length < PACK_FROM ? null : deflateRawSync(json, { level: 9 });
  const bytes = packed === null ? Buffer.concat([Buffer.of(0), json]) : Buffer.concat([Buffer.of(1), packed]);
  const payload = bytes.toString("base64");
  const line = `<!-- msc-clerk:record v1 ${payload}.${keys.sign(message("record", binding, payload))} -->`;
  if (line.length <= room) return { kind: "sealed", line };
  return { kind: "too_large", line: sealSeq(register.seq, keys, binding), length: line.length };
}

function sealSeq(seq: number, keys: RecordKeys, binding: Binding): string {
  return `<!-- msc-clerk:seq v1 ${seq}.${keys.sign(message("seq", binding, String(seq)))} -->`;
}

/** The register in the last line of this text; null when there is none, it is of another form, or the signature does not hold. */
export function openRecord(text: string, keys: RecordKeys, binding: Binding): Register | null {
  const found = RECORD.exec(lastLine(text));
  const payload = found?.[1];
  const signature = found?.[2];
  if (payload === undefined || signature === undefined) return null;
  if (!keys.verify(message("record", binding, payload), signature)) return null;
  try {
    const bytes = Buffer.from(payload, "base64");
    const body = bytes.subarray(1);
    const json = bytes[0] === 1 ? inflateRawSync(body, { maxOutputLength: LARGEST }) : body;
    return registerIn(JSON.parse(json.toString("utf8")));
  } catch {
    return null; // signed by a clerk that packs in another way
  }
}

/** The sequence number shown there: of the record, or of a signed number where the record did not fit. */
export function shownSeq(text: string, keys: RecordKeys, binding: Binding): number | null {
  const found = SEQ.exec(lastLine(text));
  const seq = found?.[1];
  const signature = found?.[2];
  if (seq === undefined || signature === undefined) return openRecord(text, keys, binding)?.seq ?? null;
  return keys.verify(message("seq", binding, seq), signature) ? Number(seq) : null;
}

const message = (what: "record" | "seq", { repository, pull }: Binding, payload: string): string =>
  `msc-clerk:${what}:v1\n${repository}\n${pull}\n${payload}`;

function lastLine(text: string): string {
  const end = text.trimEnd();
  return end.slice(end.lastIndexOf("\n") + 1).trim();
}
