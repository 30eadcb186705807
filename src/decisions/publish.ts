import type { PublicRecord, PublicRecordDraft, PublishedRecord } from "../domain/model/publicRecord.js";
import { canonicalJson, hashOf } from "./canonical.js";
import { originOf, signedCheckpoint } from "./checkpoint.js";
import type { SigningKeys } from "./signingKeys.js";

/** Who signs, and with which of its keys. */
export interface Signer {
  readonly keys: SigningKeys;
  /** `record_keys` of the config. */
  readonly listed: readonly string[];
  /** Where GitHub is: `github.com`. */
  readonly host: string;
}

/** What is known of a record only when it is given its number. */
export interface Publication {
  readonly number: number;
  readonly before: PublishedRecord["before"];
  readonly clerk: PublicRecord["clerk"];
}

/** record.signed: the record with its number, signed. Without `RECORD_KEYS` it has its place in the chain all the same, and no signature. */
export function publishedRecord(
  draft: PublicRecordDraft,
  { number, before, clerk }: Publication,
  signer: Signer,
): PublishedRecord {
  const record: PublicRecord = { ...draft, number, previous: before?.hash ?? null, clerk };
  const json = canonicalJson(record);
  const hash = hashOf(json);
  const by = signer.keys.chosen(signer.listed);
  return {
    number,
    motion: draft.motion.number,
    hash,
    json,
    before,
    signature: by === null ? null : { ...by, value: signer.keys.sign(json, by.key) },
    checkpoint: checkpointOf(draft.repository.id, { number, hash }, signer),
  };
}

/** The checkpoint at the newest record of a repository; null: there is no key to sign it with. */
export function checkpointOf(
  repository: number,
  newest: { readonly number: number; readonly hash: string },
  { keys, listed, host }: Signer,
): string | null {
  const by = keys.chosen(listed);
  if (by === null) return null;
  const at = { origin: originOf(repository, host), size: newest.number, hash: newest.hash };
  return signedCheckpoint(at, by.key, (text) => keys.sign(text, by.key));
}
