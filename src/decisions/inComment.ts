import { hashOf } from "./canonical.js";

/** A record as it stands in a comment: nothing of it is believed yet. */
export interface RecordText {
  readonly json: string;
  /** SHA-256 of `json`: of what stands there, whatever is said of it. */
  readonly hash: string;
  readonly signature: { readonly key: string; readonly value: string } | null;
  readonly checkpoint: string | null;
}

const BLOCK = /^```(?:json|text)\n([\s\S]*?)\n```$/gm;
const SIGNATURE = /^(ed25519:\S+) ([A-Za-z0-9+/=]+)$/;

/** With the line before: the same words in a title stand within the record itself, which is one line and begins with a brace. */
const BEGINNING = "\n<details><summary>Signed record: ";

/** The record in a comment's text (`domain/messages/signedRecord`); null: there is none. */
export function recordInComment(body: string): RecordText | null {
  const whole = `\n${body.replace(/\r\n?/g, "\n")}`;
  const from = whole.lastIndexOf(BEGINNING);
  if (from < 0) return null;
  const text = whole.slice(from);
  const blocks = [...text.matchAll(BLOCK)].map(([, block = ""]) => block);
  const json = blocks.find((block) => block.startsWith("{"));
  const checkpoint = blocks.find((block) => block.includes("\n— ")) ?? null;
  if (json === undefined) return null;
  const signed = blocks.map((block) => SIGNATURE.exec(block)).find((found) => found !== null) ?? null;
  return {
    json,
    hash: hashOf(json),
    signature: signed === null ? null : { key: signed[1] ?? "", value: signed[2] ?? "" },
    checkpoint: checkpoint === null ? null : `${checkpoint}\n`,
  };
}
