import { hashOf } from "./canonical.js";

/** A record as it stands in a comment: nothing of it is believed yet. */
export interface RecordText {
  readonly json: string;
  /** SHA-256 of `json`: of what stands there, whatever is said of it. */
  readonly hash: string;
  readonly signature: { readonly key: string; readonly value: string } | null;
  readonly checkpoint: string | null;
}

const SIGNATURE = /^(ed25519:\S+) ([A-Za-z0-9+/=]+)$/;

/** With the line before: the same words in a title stand within the record itself, which is one line and begins with a brace. */
const BEGINNING = "\n<details><summary>Signed record: ";

/** The record in a comment's text (`domain/messages/signedRecord`); null: there is none. */
export function recordInComment(body: string): RecordText | null {
  const whole = `\n${body.replace(/\r\n?/g, "\n")}`;
  const from = whole.lastIndexOf(BEGINNING);
  if (from < 0) return null;
  const text = whole.slice(from);
  const blocks = blocksIn(text);
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

/** What stands between fences, by the line: whoever may edit the comment can open thousands and close none, and each would be looked for to the end. */
function blocksIn(text: string): readonly string[] {
  const lines = text.split("\n");
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at] !== "```json" && lines[at] !== "```text") continue;
    const end = lines.indexOf("```", at + 2);
    if (end < 0) break;
    blocks.push(lines.slice(at + 1, end).join("\n"));
    at = end;
  }
  return blocks;
}
