import type { Observation } from "./observation.js";

/** What one GitHub was seen to do. */
export interface Seen {
  readonly observations: readonly Observation[];
  /** Why it could not be finished; null: it was. */
  readonly unsettled: string | null;
}

export type Verdict =
  | { readonly kind: "pass" }
  /** Each a plain sentence: what the sandbox believes, and what GitHub answered. */
  | { readonly kind: "differs"; readonly how: readonly string[] }
  | { readonly kind: "not settled"; readonly why: string };

/**
 * Is what the sandbox does what GitHub does? Same observations in the same order, each with the same status, words and facts, and nothing in an answer
 * of the sandbox's that GitHub does not answer. GitHub may say more. What was seen until a probe had to stop is compared as well.
 */
export function compare(believed: Seen, answered: Seen): Verdict {
  const how: string[] = [];
  const asked = new Map(answered.observations.map((one) => [one.name, one]));
  const missing: string[] = [];
  for (const belief of believed.observations) {
    const answer = asked.get(belief.name);
    if (answer !== undefined) how.push(...differences(belief, answer));
    else if (belief.sometimes) missing.push(`“${belief.name}” was not seen this time`);
    else if (answered.unsettled === null) how.push(`${belief.name}: GitHub shows no such thing.`);
  }
  const known = new Set(believed.observations.map(({ name }) => name));
  for (const { name, sometimes } of answered.observations)
    if (!known.has(name) && !sometimes && believed.unsettled === null)
      how.push(`${name}: the sandbox shows no such thing.`);
  const both = (seen: Seen, other: Seen) =>
    seen.observations
      .map(({ name }) => name)
      .filter((name) => other.observations.some((one) => one.name === name));
  const [here, there] = [both(believed, answered), both(answered, believed)];
  if (here.join("\n") !== there.join("\n"))
    how.push(`the order differs: the sandbox ${here.join(", ")}; GitHub ${there.join(", ")}.`);
  if (how.length > 0) return { kind: "differs", how };
  const why = answered.unsettled ?? believed.unsettled ?? (missing.length > 0 ? missing.join("; ") : null);
  return why === null ? { kind: "pass" } : { kind: "not settled", why };
}

function differences(belief: Observation, answer: Observation): readonly string[] {
  const found: string[] = [];
  const differs = (what: string, here: unknown, there: unknown) => {
    if (text(here) !== text(there))
      found.push(
        `${belief.name}: the sandbox believes ${what} ${text(here)}; GitHub answered ${text(there)}.`,
      );
  };
  differs("the request", belief.request, answer.request);
  differs("status", belief.status, answer.status);
  differs("the words", belief.says, answer.says);
  differs("", belief.facts, answer.facts);
  if (belief.status === answer.status) found.push(...shapeDifferences(belief, answer));
  return found;
}

function shapeDifferences({ name, shape }: Observation, answer: Observation): readonly string[] {
  const there = new Map(answer.shape.map((line) => parted(line)));
  return shape.flatMap((line) => {
    const [path, kinds] = parted(line);
    const found = there.get(path);
    if (found === undefined)
      return nothingShown(path, there)
        ? []
        : [`${name}: the sandbox answers ${path} (${kinds}), and GitHub does not.`];
    return compatible(kinds, found)
      ? []
      : [`${name}: ${path} is ${kinds} in the sandbox, and ${found} on GitHub.`];
  });
}

const parted = (line: string): [path: string, kinds: string] => {
  const at = line.lastIndexOf(": ");
  return [line.slice(0, at), line.slice(at + 2)];
};

/** Where a list is empty or a value is null nothing is said of what would be in it. */
function nothingShown(path: string, shown: ReadonlyMap<string, string>): boolean {
  for (let above = path; above !== ""; ) {
    above = above.endsWith("[]") ? above.slice(0, -2) : above.slice(0, Math.max(0, above.lastIndexOf(".")));
    const kinds = shown.get(above);
    if (kinds !== undefined) return /null|empty list/.test(kinds);
  }
  return false;
}

/** `null` says that there is none just now, not what it would be. */
function compatible(here: string, there: string): boolean {
  const kinds = (text: string) =>
    new Set(
      text.split(" or ").flatMap((kind) => (kind === "null" ? [] : [kind === "empty list" ? "list" : kind])),
    );
  const [a, b] = [kinds(here), kinds(there)];
  return (
    a.size === 0 || b.size === 0 || [...a].every((kind) => b.has(kind)) || [...b].every((kind) => a.has(kind))
  );
}

const text = (value: unknown): string =>
  typeof value === "string"
    ? `“${value}”`
    : JSON.stringify(value, (_, held: unknown) =>
        typeof held === "object" && held !== null && !Array.isArray(held)
          ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
          : held,
      );
