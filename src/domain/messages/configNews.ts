import { CONFIG_FILE, type Rules } from "../model/rules.js";
import { editDistance } from "../text/editDistance.js";
import { plain, shorten } from "./escape.js";
import { count, duration, series } from "./grammar.js";

/*
 * What the log says of a repository's config when the clerk starts and whenever it changes: plain text, a line each. Who runs the clerk sees
 * in it what is served, and why not.
 */

/** The log shows the first of them; the checks show all. */
const SHOWN = 5;

/** config.absent. `paths`: what lies in the config's folder; null: it is not known. */
export function dormantNews(paths: readonly string[] | null): string {
  if (paths?.includes(CONFIG_FILE) === true)
    return `Dormant: ${CONFIG_FILE} is there, but nothing can be written here: the repository is archived, or GitHub does not show the file yet.`;
  const near = (paths ?? []).filter(isNearMiss);
  const none = `Dormant: there is no ${CONFIG_FILE} on the default branch.`;
  if (near.length === 0) return none;
  const found = near.slice(0, SHOWN).map((path) => shorten(plain(path), 80));
  const more = near.length > SHOWN ? [count(near.length - SHOWN, "more file")] : [];
  return `${none} There is ${series([...found, ...more])}: the clerk reads a file of exactly the name ${CONFIG_FILE}, and no other.`;
}

/** Is this what somebody may have meant to be the config? In the config's own folder, of nearly its name. */
export function isNearMiss(path: string): boolean {
  const [folder, wanted] = partsOf(CONFIG_FILE);
  const [inFolder, name] = partsOf(path);
  if (inFolder !== folder || path === CONFIG_FILE) return false;
  const lower = name.toLowerCase();
  return LOOKALIKE.test(lower.replace(/[^a-z0-9]/g, "")) || editDistance(lower, wanted, SLIPS) <= SLIPS;
}

const SLIPS = 2;
/** `MSC_Clerk.yml.txt` and `msc-clerk.yaml`, once the signs between are left out. */
const LOOKALIKE = /^mscclerk(?:ya?ml|json|toml|txt|bak|old|orig)*$/;

const partsOf = (path: string): readonly [string, string] => {
  const at = path.lastIndexOf("/");
  return [path.slice(0, at), path.slice(at + 1)];
};

export function validNews(rules: Rules): string {
  const teams = rules.teams.map(({ title, members, minimumMembers, lead }) => {
    const about = [
      count(members.length, "member"),
      ...(lead === null ? [] : [`lead ${plain(lead.login)}`]),
      ...(members.length < minimumMembers ? [`fewer than its minimum of ${minimumMembers}`] : []),
    ];
    return `${shorten(plain(title), 60)} (${about.join(", ")})`;
  });
  const others = rules.decisions.flatMap(({ name, finalCommentPeriod: own }) =>
    own === undefined || own === rules.finalCommentPeriod
      ? []
      : [`${duration(own)} for ${shorten(plain(name), 60)}`],
  );
  const period = duration(rules.finalCommentPeriod);
  return `The config is valid: ${series(teams)}; Final Comment Period of ${[period, ...others].join(", ")}.`;
}

interface Fault {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** config.invalid */
export function invalidNews(faults: readonly Fault[]): string {
  const told = faults.slice(0, SHOWN).map(({ line, column, path, message }) => {
    const where = path === "" ? "" : `${shorten(plain(path), 100)}: `;
    return `line ${line}, column ${column}: ${where}${shorten(plain(message), 300)}`;
  });
  const more = faults.length > SHOWN ? [`and ${faults.length - SHOWN} more`] : [];
  return `The config is invalid, so nothing is decided: ${count(faults.length, "fault")}. ${[...told, ...more].join("; ")}`;
}
