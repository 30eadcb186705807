/**
 * The names that a record's fields had up to version 2, each with the one it has since. None of them is a name anywhere else in a record, so
 * that the whole tree can be walked; what people wrote stands in values and is left as it is.
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["owed", "pendingReplies"],
  ["on", "utterance"],
  ["says", "replies"],
  ["seen", "lastSeen"],
  ["print", "fingerprint"],
  ["prints", "fingerprints"],
  ["covers", "appliesTo"],
]);

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A record of version 2, read from JSON, in the names of version 3, with what each vote and each period then did not tell. */
export const inPresentNames = (record: object): object => renamedIn(record as Json) as object;

function renamedIn(value: Json): Json {
  if (Array.isArray(value)) return value.map(renamedIn);
  if (typeof value !== "object" || value === null) return value;
  const renamed = new Map(
    Object.entries(value).map(([name, of]) => [NAMES.get(name) ?? name, renamedIn(of)] as const),
  );
  if (renamed.has("choice") && renamed.has("login")) return voteOf(renamed);
  if (renamed.get("kind") === "overridden") renamed.set("rosterCommit", null);
  if (renamed.has("outcome")) return overrideOf(renamed);
  if (renamed.has("state") && renamed.has("head")) renamed.set("decided", null);
  if (renamed.get("kind") === "concluded") renamed.set("since", []);
  return Object.fromEntries(renamed);
}

/** An override, or the answer to one. Of which text it was, and where it was seconded, was not kept. */
function overrideOf(override: ReadonlyMap<string, Json>): Json {
  const { secondedBy, ...others } = Object.fromEntries(override);
  if (override.has("code")) return { ...others, said: "override", head: null, teams: [] };
  const second = secondedBy === undefined ? [] : [{ member: secondedBy, teams: [], at: 0, url: "" }];
  return { ...others, source: "", head: null, seconds: second };
}

function voteOf(vote: ReadonlyMap<string, Json>): Json {
  const { login, ...others } = Object.fromEntries(vote);
  return { member: { login: login ?? null, id: null }, ...others, cast: null };
}
