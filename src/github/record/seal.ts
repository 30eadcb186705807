import { deflateRawSync, inflateRawSync } from "node:zlib";
import { LRUCache } from "lru-cache";
import type { Register } from "../../domain/model/register.js";
import { equal } from "../../domain/text/equal.js";
import type { RecordKeys } from "./keys.js";
import type { RecordTrust, Signed } from "./trust.js";
import { RECORD_VERSION, registerOf } from "./versions.js";

/**
 * What the signature binds a record to: a record copied from another proposal or repository does not count here.
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
const RECORD = /^<!-- msc-clerk:record v(\d{1,3}) ([A-Za-z0-9+/=]+)\.([A-Za-z0-9+/=]+) -->$/;
const SEQ = /^<!-- msc-clerk:seq v1 (\d{1,15})\.([A-Za-z0-9+/=]+) -->$/;
/** Below this many bytes of JSON, packing saves nothing worth having. */
const PACK_FROM = 256;
const LARGEST = 8 * 1024 * 1024;

/** Characters of sealed lines whose records are remembered, for each trust: every read meets those again that it met before. */
const OPENED_ROOM = 1_000_000;
const opened = new WeakMap<RecordTrust, LRUCache<string, { readonly register: Register | null }>>();

/** The line of a register that was sealed just now: it is asked whether it fits before it is written, and goes to two places. */
const sealedLines = new WeakMap<
  Register,
  { readonly by: RecordKeys; readonly of: string; readonly line: string }
>();
const placeOf = ({ repository, pull }: Binding): string => `${repository}/${pull}`;

export type Sealed =
  | { readonly kind: "sealed"; readonly line: string }
  /** The record does not fit; `line` shows its number only, signed, and the record itself must be carried elsewhere. */
  | { readonly kind: "too_large"; readonly line: string; readonly length: number }
  /** A fault of the clerk's: it would not be read back as it is, so it must not be written (memory.kept). `line` as before. */
  | { readonly kind: "unreadable"; readonly line: string };

/** Seals the register into one hidden line of at most `room` characters, and reads it back before it is given out. */
export function sealRecord(register: Register, keys: RecordKeys, binding: Binding, room: number): Sealed {
  const line = sealedLine(register, keys, binding);
  if (line === null) return { kind: "unreadable", line: sealSeq(register.seq, keys, binding) };
  if (line.length <= room) return { kind: "sealed", line };
  return { kind: "too_large", line: sealSeq(register.seq, keys, binding), length: line.length };
}

/** null: it would not be read back as it is. */
function sealedLine(register: Register, keys: RecordKeys, binding: Binding): string | null {
  const known = sealedLines.get(register);
  if (known?.by === keys && known.of === placeOf(binding)) return known.line;
  const json = Buffer.from(JSON.stringify(register), "utf8");
  const packed = json.length < PACK_FROM ? null : deflateRawSync(json, { level: 9 });
  const bytes = packed === null ? Buffer.concat([Buffer.of(0), json]) : Buffer.concat([Buffer.of(1), packed]);
  const payload = bytes.toString("base64");
  const signature = keys.sign(message(RECORD_VERSION, binding, payload));
  const line = `<!-- msc-clerk:record v${RECORD_VERSION} ${payload}.${signature} -->`;
  const read = openRecord(line, keys, binding);
  if (!equal(read, register)) return null;
  if (read !== null) sealedLines.set(register, { by: keys, of: placeOf(binding), line });
  return line;
}

/** A hidden line with the number of the register that something was written at, signed (memory.lost). */
export function sealSeq(seq: number, keys: RecordKeys, binding: Binding): string {
  return `<!-- msc-clerk:seq v1 ${seq}.${keys.sign(message("seq", binding, String(seq)))} -->`;
}

/**
 * The register in the last line of this text; null when there is none, it is of a form to come, or the signature does not hold.
 * Records of earlier versions are read as this one's.
 */
export function openRecord(text: string, keys: RecordTrust, binding: Binding): Register | null {
  const line = lastLine(text);
  if (!RECORD.test(line)) return null;
  let known = opened.get(keys);
  if (known === undefined) {
    known = new LRUCache({ maxSize: OPENED_ROOM });
    opened.set(keys, known);
  }
  const key = `${placeOf(binding)} ${line}`;
  const before = known.get(key);
  if (before !== undefined) return before.register;
  const register = openLine(line, keys, binding);
  known.set(key, { register }, { size: key.length });
  return register;
}

function openLine(line: string, keys: RecordTrust, binding: Binding): Register | null {
  const [, version = "", payload = "", signature = ""] = RECORD.exec(line) ?? [];
  if (payload === "" || !keys.verify(message(Number(version), binding, payload), signature)) return null;
  try {
    const bytes = Buffer.from(payload, "base64");
    const body = bytes.subarray(1);
    const json = bytes[0] === 1 ? inflateRawSync(body, { maxOutputLength: LARGEST }) : body;
    return registerOf(Number(version), JSON.parse(json.toString("utf8")));
  } catch {
    return null; // signed by a clerk that packs in another way
  }
}

/** The sequence number shown there: of the record, or signed by itself. */
export function shownSeq(text: string, keys: RecordTrust, binding: Binding): number | null {
  const [, seq = "", signature = ""] = SEQ.exec(lastLine(text)) ?? [];
  if (seq === "") return openRecord(text, keys, binding)?.seq ?? null;
  return keys.verify(message("seq", binding, seq), signature) ? Number(seq) : null;
}

/** The sealed line at the end of this text, whoever sealed it; null: there is none. */
export function sealedLineOf(text: string, binding: Binding): Signed | null {
  const line = lastLine(text);
  const [, version = "", payload = "", signature = ""] = RECORD.exec(line) ?? [];
  if (payload !== "") return { message: message(Number(version), binding, payload), signature };
  const [, seq = "", ofSeq = ""] = SEQ.exec(line) ?? [];
  return seq === "" ? null : { message: message("seq", binding, seq), signature: ofSeq };
}

/** Signed as version 1 always was; later versions sign theirs along. */
const message = (what: number | "seq", { repository, pull }: Binding, payload: string): string =>
  `msc-clerk:${what === "seq" ? "seq:v1" : `record:v${what}`}\n${repository}\n${pull}\n${payload}`;

function lastLine(text: string): string {
  const end = text.trimEnd();
  return end.slice(end.lastIndexOf("\n") + 1).trim();
}
