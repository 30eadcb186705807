import { createHash } from "node:crypto";
import { isSignedBy, publicKeyBytes } from "./signingKeys.js";

/**
 * How many decisions a repository has, and the hash of the newest, signed: https://c2sp.org/tlog-checkpoint. Each record holds the hash of the
 * one before, so a checkpoint somebody has kept proves every record up to it: none can be changed or taken away unseen.
 */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** Of the newest record, as 64 hexadecimal digits; the checkpoint itself has it in base64. */
  readonly hash: string;
}

/** Stays through a rename of the repository: `github.com/repositories/123`. */
export const originOf = (repository: number, host = "github.com"): string =>
  `${host}/repositories/${repository}`;

const bodyOf = ({ origin, size, hash }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(hash, "hex").toString("base64")}\n`;

/** @param sign signs these very bytes, in base64, with the key whose public half is `key`. */
export function signedCheckpoint(
  checkpoint: Checkpoint,
  key: string,
  sign: (text: string) => string,
): string {
  const body = bodyOf(checkpoint);
  const signature = Buffer.concat([keyId(checkpoint.origin, key), Buffer.from(sign(body), "base64")]);
  return `${body}\n— ${checkpoint.origin} ${signature.toString("base64")}\n`;
}

/** First bytes of a hash of name and key, by which a reader finds the key a line is signed with: https://c2sp.org/signed-note. */
function keyId(name: string, key: string): Buffer {
  const raw = publicKeyBytes(key) ?? Buffer.alloc(0);
  return createHash("sha256")
    .update(Buffer.concat([Buffer.from(`${name}\n`, "utf8"), ED25519, raw]))
    .digest()
    .subarray(0, 4);
}

/** Algorithm of signed notes: https://c2sp.org/signed-note#signature-types */
const ED25519 = Buffer.of(0x01);

const CHECKPOINT =
  /^([^\n ]{1,200})\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n((?:[^\n]+\n)*)\n((?:— [^\n ]+ [A-Za-z0-9+/=]+\n)+)$/;

/** A checkpoint as somebody has kept it; null: it is none. Ends of lines and blanks around it do no harm. */
export function readCheckpoint(text: string): (Checkpoint & { readonly text: string }) | null {
  const plain = `${text.replace(/\r\n?/g, "\n").trim()}\n`;
  const [, origin = "", size = "", hash = ""] = CHECKPOINT.exec(plain) ?? [];
  if (origin === "") return null;
  return { origin, size: Number(size), hash: Buffer.from(hash, "base64").toString("hex"), text: plain };
}

/** Which of these keys signed it; null: none of them did. */
export function checkpointSigner(text: string, keys: readonly string[]): string | null {
  const read = readCheckpoint(text);
  if (read === null) return null;
  const at = read.text.indexOf("\n\n—");
  const body = read.text.slice(0, at + 1);
  const lines = read.text
    .slice(at + 2)
    .trimEnd()
    .split("\n");
  const signatures = lines.map((line) => Buffer.from(line.split(" ")[2] ?? "", "base64"));
  return (
    keys.find((key) =>
      signatures.some(
        (signature) =>
          signature.subarray(0, 4).equals(keyId(read.origin, key)) &&
          isSignedBy(body, key, signature.subarray(4).toString("base64")),
      ),
    ) ?? null
  );
}
