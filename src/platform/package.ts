import { readFileSync } from "node:fs";

/** What the project's package.json says of it: it stands two directories above this file, built or not. */
export function readPackage(): { readonly version: string } {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { readonly version: string };
  return { version };
}
