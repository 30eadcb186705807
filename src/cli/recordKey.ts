import { randomBytes } from "node:crypto";
import { SigningKeys } from "../decisions/signingKeys.js";

/** A new secret for `RECORD_KEYS`, and what `record_keys` in the config lists for it. */
export function newRecordKey(): string {
  const secret = randomBytes(32).toString("hex");
  const [publicKey = ""] = SigningKeys.from(secret).publicKeys;
  return [
    "A new key for the records of decisions.",
    "",
    "1. Keep this secret. Put it into the clerk's environment, before the keys that are there already (parted by commas):",
    "",
    `   RECORD_KEYS=${secret}`,
    "",
    "2. List its public half in .github/msc-clerk.yml; that is a change of the rules, decided like every other:",
    "",
    "   record_keys:",
    `     - ${publicKey}`,
    "",
    "Leave keys of before in both places: what they signed stays good by them. Until the new one is listed, the clerk signs with one that is.",
  ].join("\n");
}

/** The public halves of the keys in `RECORD_KEYS`, newest first. */
export const publicHalves = (recordKeys: string): string =>
  SigningKeys.from(recordKeys).publicKeys.join("\n");
