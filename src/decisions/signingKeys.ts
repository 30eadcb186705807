import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign, verify } from "node:crypto";
import { inspect } from "node:util";

const INFO = "msc-clerk decision record v1";
/** What stands before the 32 bytes of a key of Ed25519 (RFC 8410, section 7 and 4). */
const PRIVATE = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC = Buffer.from("302a300506032b6570032100", "hex");

/**
 * The keys that sign decisions (record.signed): Ed25519, each derived from one of `RECORD_KEYS` by HKDF, never from the App's private key:
 * whoever gives out a new one of that would void every record. Shows itself as `[SigningKeys: 2]`, so that no log or error can show a key.
 */
export class SigningKeys {
  /** By their public halves, newest first. */
  readonly #keys: ReadonlyMap<string, KeyObject>;

  private constructor(keys: ReadonlyMap<string, KeyObject>) {
    this.#keys = keys;
  }

  /** @param recordKeys `RECORD_KEYS`, as `RecordKeys.from` has found it right: secrets parted by commas, newest first. Empty: no keys. */
  static from(recordKeys: string | undefined): SigningKeys {
    const secrets = (recordKeys ?? "").split(",").map((secret) => secret.trim());
    return new SigningKeys(new Map(secrets.filter((secret) => secret !== "").map(pairOf)));
  }

  /** `ed25519:…`, newest first: what `record_keys` in the config lists. */
  get publicKeys(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /**
   * The key to sign with: the newest that the config lists, so that a key can be made before it is listed; where none is listed, the newest.
   * null: there is none at all.
   */
  chosen(listed: readonly string[]): { readonly key: string; readonly listed: boolean } | null {
    const good = this.publicKeys.find((key) => listed.includes(key));
    const key = good ?? this.publicKeys[0];
    return key === undefined ? null : { key, listed: good !== undefined };
  }

  /** The signature of these very bytes (UTF-8), in base64. @throws Error for a key that is not among these. */
  sign(text: string, key: string): string {
    const secret = this.#keys.get(key);
    if (secret === undefined) throw new Error("This clerk has no such key.");
    return sign(null, Buffer.from(text, "utf8"), secret).toString("base64");
  }

  toJSON(): string {
    return `[SigningKeys: ${this.#keys.size}]`;
  }

  [inspect.custom](): string {
    return this.toJSON();
  }
}

function pairOf(secret: string): readonly [string, KeyObject] {
  const seed = Buffer.from(hkdfSync("sha256", secret, "msc-clerk", INFO, 32));
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: "der", type: "pkcs8" });
  const raw = createPublicKey(key).export({ format: "der", type: "spki" }).subarray(PUBLIC.length);
  return [`ed25519:${raw.toString("base64")}`, key];
}

/** The 32 bytes of a key as the config lists it; null: it is none. */
export function publicKeyBytes(key: string): Buffer | null {
  const [, base64 = ""] = PUBLIC_KEY.exec(key) ?? [];
  const bytes = Buffer.from(base64, "base64");
  return bytes.length === 32 && bytes.toString("base64") === base64 ? bytes : null;
}

const PUBLIC_KEY = /^ed25519:([A-Za-z0-9+/]{43}=)$/;

/** Did this key sign these very bytes? False also for what is no key or no signature. */
export function isSignedBy(text: string, key: string, signature: string): boolean {
  const raw = publicKeyBytes(key);
  if (raw === null) return false;
  const publicKey = createPublicKey({ key: Buffer.concat([PUBLIC, raw]), format: "der", type: "spki" });
  return verify(null, Buffer.from(text, "utf8"), publicKey, Buffer.from(signature, "base64"));
}
