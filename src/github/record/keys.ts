import { createHmac, createPrivateKey, hkdfSync, type KeyObject, timingSafeEqual } from "node:crypto";
import { inspect } from "node:util";
import type { RecordBelief, RecordTrust } from "./trust.js";

const INFO = "msc-clerk record v1";

/**
 * The keys records are signed with. Holds them in private fields and fingerprints as `[RecordKeys: 2]`, so that no log or error can
 * show one.
 */
export class RecordKeys implements RecordBelief, RecordTrust {
  readonly #keys: readonly Buffer[];

  private constructor(keys: readonly Buffer[]) {
    this.#keys = keys;
  }

  /**
   * @param recordKeys `RECORD_KEYS`: secrets parted by commas, newest first. The first signs, all verify.
   * @param privateKey the App's private key (PEM): signs where there are no record keys, and always verifies, so that records
   *   made before `RECORD_KEYS` was set stay good.
   * @throws Error in plain words, never with a secret in it, when neither is usable.
   */
  static from({
    recordKeys,
    privateKey,
  }: {
    readonly recordKeys?: string | undefined;
    readonly privateKey?: string | undefined;
  }): RecordKeys {
    const secrets: Buffer[] = [];
    const listed = (recordKeys ?? "").split(",").map((key) => key.trim());
    if (recordKeys !== undefined && recordKeys.trim() !== "") {
      for (const [index, key] of listed.entries()) {
        if (key.length < 16) {
          throw new Error(
            `RECORD_KEYS: key ${index + 1} has fewer than 16 characters. Give each at least 16, for example from \`openssl rand -hex 32\`.`,
          );
        }
        secrets.push(Buffer.from(key, "utf8"));
      }
    }
    if (privateKey !== undefined && privateKey.trim() !== "") secrets.push(canonical(privateKey));
    if (secrets.length === 0)
      throw new Error("Records need a key: set PRIVATE_KEY (or PRIVATE_KEY_PATH) or RECORD_KEYS.");
    return new RecordKeys(
      secrets.map((secret) => Buffer.from(hkdfSync("sha256", secret, Buffer.from("msc-clerk"), INFO, 32))),
    );
  }

  /** The signature of the newest key, as base64 text. */
  sign(message: string): string {
    const newest = this.#keys[0];
    if (newest === undefined) throw new Error("Records need a key.");
    return mac(newest, message);
  }

  /** Whether any of the keys made this very signature. Compares in constant time. */
  verify(message: string, signature: string): boolean {
    const given = Buffer.from(signature, "utf8");
    let good = false;
    for (const key of this.#keys) {
      const wanted = Buffer.from(mac(key, message), "utf8");
      if (wanted.length === given.length && timingSafeEqual(wanted, given)) good = true;
    }
    return good;
  }

  /** A signature holds wherever it stands. */
  among(): RecordTrust {
    return this;
  }

  toJSON(): string {
    return `[RecordKeys: ${this.#keys.length}]`;
  }

  [inspect.custom](): string {
    return this.toJSON();
  }
}

const mac = (key: Buffer, message: string): string =>
  createHmac("sha256", key).update(message, "utf8").digest("base64");

/**
 * The key itself, whatever way its PEM was written: PKCS#1 or PKCS#8, `\n` escaped as environments do, or in base64 as a whole.
 * The same key always gives the same bytes, so a new way of handing it over does not void every record.
 */
function canonical(pem: string): Buffer {
  let text = pem.trim().replace(/\\n/g, "\n");
  if (!text.includes("-----BEGIN")) text = Buffer.from(text, "base64").toString("utf8");
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch {
    throw new Error("The App's private key cannot be read: it must be the PEM file that GitHub gave out.");
  }
  return key.export({ type: "pkcs8", format: "der" });
}
