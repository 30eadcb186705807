import type { PersonRef } from "../model/people.js";
import type { LawfulNote, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Instant } from "../text/time.js";
import { rulesFingerprint } from "./differences.js";

/** One state of the config file on the default branch, oldest first in every list of them. */
export interface ConfigVersion {
  readonly commit: string;
  /** When it reached the default branch: the merge time of its PR, or when GitHub first knew of a direct push. */
  readonly at: Instant;
  /** null: the file was invalid, or gone. */
  readonly rules: Rules | null;
  /** The PR it came by; null for a direct push. */
  readonly pull: number | null;
  /** The head commit that PR was merged at; null for a direct push. */
  readonly mergedHead: string | null;
  /** Who wrote that PR (amend.resign). */
  readonly author: PersonRef | null;
  /** Who pushed or merged it, as far as GitHub tells. */
  readonly by: string | null;
  /** The PR carried the clerk's own record of an approved amendment for the very head that was merged (config.lawful). */
  readonly approved: boolean;
  /** false: no change in it stood by its author's own word (amend.own-word). Left out: that PR's record was not asked. */
  readonly ownWord?: boolean;
}

export interface LawfulState {
  /** The rules in force, lawful or not; null where there is no valid config. */
  readonly present: ConfigVersion | null;
  /** The last lawful version; the present one itself where it is lawful. */
  readonly lawful: ConfigVersion | null;
  /** Versions since the last lawful one, which nobody approved. Empty: all is well. */
  readonly unlawful: readonly ConfigVersion[];
}

/**
 * config.lawful: the first config is lawful; every later one when an approved amendment brought it. An amendment approved on top of
 * unlawful changes ratifies them, as it was judged by the last lawful rules too. A revert to what was lawful is lawful.
 */
export function lawfulState(
  versions: readonly ConfigVersion[],
  same: (a: Rules, b: Rules) => boolean,
): LawfulState {
  let lawful: ConfigVersion | null = null;
  let unlawful: ConfigVersion[] = [];
  // What came before the last that was approved changes nothing, and comparing hundreds takes a while.
  const from = versions.findLastIndex(({ approved, rules }) => approved && rules !== null);
  for (const version of versions.slice(Math.max(0, from))) {
    const reverts = lawful?.rules != null && version.rules !== null && same(lawful.rules, version.rules);
    if (lawful === null ? version.rules !== null : version.approved || reverts) {
      lawful = version;
      unlawful = [];
    } else unlawful.push(version);
  }
  return { present: versions.at(-1) ?? null, lawful, unlawful };
}

/**
 * config.lawful: the versions, with the one from the store marked as the last that was lawful. The history only names commits and people:
 * where the stored one is not in it (any more), all of it came later.
 */
export function marked(told: readonly ConfigVersion[], kept: Kept): readonly ConfigVersion[] {
  const fingerprint = rulesFingerprint(kept.rules);
  // None is older than the first, whatever date a commit bears.
  const versions = told.map((version) => ({ ...version, at: Math.max(version.at, kept.note.adoptedAt) }));
  const at = versions.findLastIndex(({ rules }) => rules !== null && rulesFingerprint(rules) === fingerprint);
  const after = (version: ConfigVersion): ConfigVersion => ({ ...version, approved: false });
  if (at >= 0) {
    return versions.map((version, index) =>
      index < at ? version : index > at ? after(version) : { ...version, approved: true },
    );
  }
  const missing: ConfigVersion = {
    commit: kept.note.commit,
    at: kept.note.adoptedAt,
    rules: kept.rules,
    pull: null,
    mergedHead: null,
    author: null,
    by: null,
    approved: true,
  };
  return [missing, ...versions.map(after)];
}

interface Kept {
  readonly note: Pick<LawfulNote, "commit" | "adoptedAt">;
  readonly rules: Rules;
}

/** Who could vote on a day, under which rules: the version in force at that moment, by when it reached the default branch. */
export const asOf = (versions: readonly ConfigVersion[], at: Instant): ConfigVersion | null =>
  versions.filter((version) => version.at <= at).at(-1) ?? null;

/** Every version in force at some time from one moment to another: the one at the first, and those that came up to the second. */
export function inForceBetween(
  versions: readonly ConfigVersion[],
  from: Instant,
  until: Instant,
): readonly ConfigVersion[] {
  const first = asOf(versions, from);
  return [...(first === null ? [] : [first]), ...versions.filter(({ at }) => at > from && at <= until)];
}

/** What was lawful once this one of the versions had come. */
export const lawfulWhen = (
  version: ConfigVersion,
  versions: readonly ConfigVersion[],
  same: (a: Rules, b: Rules) => boolean,
): LawfulState => lawfulState(versions.slice(0, versions.indexOf(version) + 1), same);

/**
 * Did the clerk's own record of a merged PR approve just this step: this head, from just that config to just this one? Two
 * amendments that were each approved on the old config and merged in one minute are not both lawful: the second was never judged on
 * the first. Nor is a merge that somebody made by hand and put something else into.
 */
export const approvedStep = (
  register: Register | null,
  mergedHead: string,
  before: Rules | null,
  after: Rules | null,
): boolean => {
  const seen = register?.lastSeen;
  return (
    seen?.passed === true &&
    seen.head === mergedHead &&
    before !== null &&
    after !== null &&
    seen.base === rulesFingerprint(before) &&
    seen.makes === rulesFingerprint(after)
  );
};
