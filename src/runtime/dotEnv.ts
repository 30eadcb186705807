import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

/**
 * Adds what a `.env` file in the working directory sets (Probot's set-up page writes one) to `variables`; what is set there
 * already wins. Returns a plain sentence when the file is there and cannot be read.
 */
export function addDotEnv(variables: Record<string, string | undefined>, path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    return `The file ${path} cannot be read.`;
  }
  for (const [name, value] of Object.entries(parseEnv(text))) {
    const set = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (set === undefined) Object.assign(variables, { [name]: value });
  }
  return null;
}
