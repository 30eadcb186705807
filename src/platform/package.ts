import { readdirSync, readFileSync } from "node:fs";
import { sha256 } from "./sha256.js";

let read: { readonly version: string } | null = null;

/** What the project's package.json says of it: it stands two directories above this file, built or not. */
export function readPackage(): { readonly version: string } {
  if (read !== null) return read;
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { readonly version: string };
  read = { version };
  return read;
}

let code: string | null = null;

/** Tells one build of the clerk from every other, whatever number it goes by: who runs it from a checkout has many of one version. */
export function codeFingerprint(): string {
  if (code !== null) return code;
  const all = new URL("../", import.meta.url);
  const files = readdirSync(all, { recursive: true, encoding: "utf8" })
    .filter((name) => /(?<!\.d)\.[jt]s$/.test(name))
    .sort();
  code = sha256(
    files.map((name) => `${name} ${sha256(readFileSync(new URL(name, all), "utf8"))}`).join("\n"),
  );
  return code;
}
