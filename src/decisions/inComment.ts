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

/** The record in a comment's text (`domain/messages/signedRecord`); null: there is none. */
export function recordInComment(body: string): RecordText | null {
  const from = body.lastIndexOf("<summary>Signed record: ");
  if (from < 0) return null;
  const text = body.slice(from).replace(/\r\n?/g, "\n");
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
