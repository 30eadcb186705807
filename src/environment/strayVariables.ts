import { editDistance } from "../domain/text/editDistance.js";
import type { Variables } from "./variables.js";

/**
 * A variable that is nearly one of the clerk's is most likely a misspelt one, and the clerk would run without what was meant: in another
 * directory, for real in place of dry. So it is told at the start.
 *
 * The environment of a process is full of variables that are nobody's mistake, and many programs read a `LOGLEVEL` of their own. A variable
 * there keeps the clerk from starting only where its name can be no other program's; a `.env` is the clerk's own, and every name in it counts.
 */
export interface Strays {
  /** Sentences; none shows a value. The variable that was probably meant is not set. */
  readonly faults: readonly string[];
  /** It is set, or the name could be another program's, or is like none. */
  readonly warnings: readonly string[];
}

/** The clerk's variables (docs/operating.md, Environment). `ours`: hardly any other program has one nearly of this name. */
const KNOWN: ReadonlyMap<string, "ours" | "common"> = new Map([
  ["APP_ID", "ours"],
  ["PRIVATE_KEY", "ours"],
  ["PRIVATE_KEY_PATH", "ours"],
  ["WEBHOOK_SECRET", "ours"],
  ["WEBHOOK_PROXY_URL", "ours"],
  ["RECORD_KEYS", "ours"],
  ["DATA_DIR", "ours"],
  ["DRY_RUN", "ours"],
  ["PUBLIC_URL", "ours"],
  ["PAGES_PORT", "ours"],
  ["PAGES_HOST", "ours"],
  ["GHE_HOST", "ours"],
  ["GHE_PROTOCOL", "ours"],
  ["GH_ORG", "ours"],
  ["MATRIX_HOMESERVER", "ours"],
  ["MATRIX_TOKEN", "ours"],
  ["MATRIX_ROOM", "ours"],
  ["GITHUB_API_URL", "common"],
  ["GITHUB_TOKEN", "common"],
  ["GH_TOKEN", "common"],
  ["DATABASE_URL", "common"],
  ["RECORD", "common"],
  ["LOG_LEVEL", "common"],
  ["LOG_FORMAT", "common"],
  ["NODE_ENV", "common"],
  ["PORT", "common"],
  ["HOST", "common"],
]);

/** Other names that people know for the same from other programs. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map(
  ["GITHUB_", "GITHUB_APP_", "GH_", "GH_APP_", "PROBOT_", "CLERK_", "MSC_CLERK_"].flatMap(
    (prefix): [string, string][] =>
      ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"].map((name) => [
        `${prefix}${name}`,
        name,
      ]),
  ),
);

const MORE_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["PRIVATE_KEY_FILE", "PRIVATE_KEY_PATH"],
  ["WEBHOOK_SECRET_FILE", "WEBHOOK_SECRET"],
  ["GITHUB_APP_IDENTIFIER", "APP_ID"],
  ["DATA_DIRECTORY", "DATA_DIR"],
  ["MATRIX_ACCESS_TOKEN", "MATRIX_TOKEN"],
  ["MATRIX_HOMESERVER_URL", "MATRIX_HOMESERVER"],
  ["MATRIX_ROOM_ID", "MATRIX_ROOM"],
]);

/** Known programs' own, though they are near to one of ours: gh's, and csh's. */
const OTHERS: ReadonlySet<string> = new Set(["GH_HOST", "GH_REPO", "HOSTNAME", "HOSTTYPE"]);

/** What gives the same: where one of them is set, the other is not missing. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["PRIVATE_KEY", "PRIVATE_KEY_PATH"],
  ["PRIVATE_KEY_PATH", "PRIVATE_KEY"],
]);

/** PostgreSQL's library reads these itself. */
const POSTGRESQLS = /^PG[A-Z]+$/;

export function strayVariables(variables: Variables, inDotEnv: readonly string[]): Strays {
  const faults: string[] = [];
  const warnings: string[] = [];
  const set = new Set(
    Object.entries(variables).flatMap(([name, value]) => ((value ?? "").trim() === "" ? [] : [name])),
  );
  for (const name of [...set].sort()) {
    const inOwnFile = inDotEnv.includes(name);
    if (KNOWN.has(name) || (!inOwnFile && OTHERS.has(name))) continue;
    const meant = nearest(name);
    const what = `${shown(name)} in ${inOwnFile ? ".env" : "the environment"} is no variable of the clerk's`;
    if (meant === null) {
      if (inOwnFile && !POSTGRESQLS.test(name)) warnings.push(`${what}, and does nothing.`);
      continue;
    }
    const taken = [meant, INSTEAD.get(meant)].find((one) => one !== undefined && set.has(one));
    if (taken !== undefined) warnings.push(`${what}, and does nothing: ${taken} is set, and is taken.`);
    else if (inOwnFile || KNOWN.get(meant) === "ours")
      faults.push(`${what}: if ${meant} is meant, correct the name, else take it out.`);
    else warnings.push(`${what}, and does nothing: if ${meant} is meant, correct the name.`);
  }
  return { faults, warnings };
}

/** Which of the clerk's is meant; null: none. */
function nearest(name: string): string | null {
  const elsewhere = ELSEWHERE.get(name.toUpperCase()) ?? MORE_ELSEWHERE.get(name.toUpperCase());
  if (elsewhere !== undefined) return elsewhere;
  const typed = folded(name);
  let best: string | null = null;
  let slips = Number.POSITIVE_INFINITY;
  for (const known of KNOWN.keys()) {
    const meant = folded(known);
    const apart = editDistance(typed, meant, slipsFor(meant.length));
    if (apart < slips) [best, slips] = [known, apart];
  }
  return best;
}

/** Which case, and whether a line stands between the words, is the first that is got wrong. */
const folded = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, "");

/** In a short name one slip makes an ordinary other word: `GHOST`, or the `APP_UID` of some containers. */
const slipsFor = (length: number): number => (length >= 9 ? 2 : length >= 7 ? 1 : 0);

/** A name is typed too, and goes into a log. */
const shown = (name: string): string => name.replace(/[^\x21-\x7e]+/g, "?").slice(0, 80);
