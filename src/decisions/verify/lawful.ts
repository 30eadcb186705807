import { rulesFingerprint, sameMeaning } from "../../domain/amendment/differences.js";
import { countOf, hasPassed } from "../../domain/decide/tally.js";
import { isMember } from "../../domain/model/people.js";
import type { PublicRecord } from "../../domain/model/publicRecord.js";
import { type Rules, teamOf } from "../../domain/model/rules.js";
import type { Instant } from "../../domain/text/time.js";
import { readRecord } from "../shape.js";
import { isSignedBy } from "../signingKeys.js";
import type { Evidence, FoundRecord, VersionFacts } from "./facts.js";
import { contradicted, type Level, type LevelFinding, levelOf, missing, proven } from "./level.js";
import { madeBy } from "./made.js";
import { isCounted } from "./recount.js";
import { fallsShort, hasTeamsOf } from "./roster.js";
import { words } from "./words.js";

/** `not shown`: it came by a pull request on which no record of a vote stands, as those of before records were signed. */
type Verdict = "lawful" | "unlawful" | "not shown";

interface Walked {
  readonly version: VersionFacts & { readonly rules: Rules };
  readonly verdict: Verdict;
  readonly why: string;
  /** The record it came by; null: none. */
  readonly by: string | null;
}

export interface Standing {
  /** Was the config at this commit lawful when it was used? */
  readonly of: (commit: string) => "lawful" | "unlawful" | "not known";
  /** The lawful config that came next after the one of the record's end, with the record it came by; empty: none has. */
  readonly after: readonly {
    readonly commit: string;
    readonly rules: Rules;
    readonly by: string | null;
  }[];
  /** In plain words. */
  readonly why: (commit: string) => string;
  /** The lawful rules of that moment; null: not known. */
  readonly lawfulAt: (at: Instant) => Rules | null;
}

/**
 * config.lawful, by what anybody can read: the first config of the default branch is lawful, and one after it if it says the same as the
 * lawful one before, or if an amendment whose signed record stands on its pull request made just that of it.
 * @param version the version of the clerk that verifies: another one may give the same rules another fingerprint.
 */
export function lawfulStanding(evidence: Evidence, version: string): Standing {
  const { record, history, configAt } = evidence;
  const walked = history === null ? [] : walk(history, record.repository.id, evidence.pinned, version);
  const momentOf = (commit: string): Instant =>
    Date.parse(commit === record.rules.decided ? (record.fcp?.begins ?? record.at) : record.at);
  const placeOf = (commit: string): number => {
    const config = configAt(commit);
    if (config.kind !== "rules") return -1;
    const moment = momentOf(commit);
    return walked.findLastIndex(
      ({ version: one }) => one.at <= moment && sameMeaning(one.rules, config.rules),
    );
  };
  const last = record.rules.end ?? record.rules.decided;
  const from = last === null ? -1 : placeOf(last);
  const next = walked
    .slice(from + 1)
    .find(
      ({ version: one, verdict }) =>
        verdict === "lawful" &&
        from >= 0 &&
        !sameMeaning(one.rules, walked[from]?.version.rules ?? one.rules),
    );
  return {
    of: (commit) => {
      const verdict = walked[placeOf(commit)]?.verdict ?? "not shown";
      return verdict === "not shown" ? "not known" : verdict;
    },
    why: (commit) => walked[placeOf(commit)]?.why ?? words.notInHistory,
    after:
      next === undefined ? [] : [{ commit: next.version.commit, rules: next.version.rules, by: next.by }],
    lawfulAt: (at) =>
      walked.findLast(({ version: one, verdict }) => one.at <= at && verdict === "lawful")?.version.rules ??
      null,
  };
}

function walk(
  history: readonly VersionFacts[],
  repository: number,
  pinned: readonly string[],
  version: string,
): readonly Walked[] {
  const walked: Walked[] = [];
  let lawful: Rules | null = null;
  let before: Rules | null = null;
  for (const one of history) {
    const { rules } = one;
    if (rules === null) continue;
    const verdict: Pick<Walked, "verdict" | "why" | "by"> =
      lawful === null
        ? { verdict: "lawful", why: words.firstConfig(one.commit), by: null }
        : sameMeaning(lawful, rules)
          ? { verdict: "lawful", why: words.sameAsLawful(one.commit), by: null }
          : stepTo({ ...one, rules }, { lawful, before: before ?? lawful, repository, pinned, version });
    walked.push({ version: { ...one, rules }, ...verdict });
    // What cannot be told is gone on from: all that follows is only as good as that.
    if (verdict.verdict !== "unlawful") lawful = rules;
    before = rules;
  }
  const doubt = walked.findIndex(({ verdict }) => verdict === "not shown");
  return walked.map((one, at) =>
    doubt >= 0 && at > doubt && one.verdict === "lawful"
      ? { ...one, verdict: "not shown", why: walked[doubt]?.why ?? "" }
      : one,
  );
}

interface From {
  readonly lawful: Rules;
  /** The config before it, lawful or not: an amendment that passed on top of that ratifies it. */
  readonly before: Rules;
  readonly repository: number;
  readonly pinned: readonly string[];
  readonly version: string;
}

function stepTo(
  { commit, pull, rules, records }: VersionFacts & { readonly rules: Rules },
  from: From,
): Pick<Walked, "verdict" | "why" | "by"> {
  if (pull === null) return { verdict: "unlawful", why: words.pushed(commit), by: null };
  const amendments = records.flatMap((found) => {
    const read = readRecord(found.json);
    return read.kind === "record" &&
      read.record.outcome === "amendment" &&
      read.record.proposal.number === pull
      ? [{ found, record: read.record }]
      : [];
  });
  if (amendments.length === 0)
    return { verdict: "not shown", why: words.noAmendmentRecord(commit, pull), by: null };
  let why = "";
  for (const { found, record } of amendments) {
    const fault = faultOf(found, record, rules, from);
    if (fault === null) return { verdict: "lawful", why: words.amended(commit, pull), by: found.json };
    why = fault;
  }
  const drifted = amendments.every(({ record }) => record.clerk.version !== from.version);
  return { verdict: drifted ? "not shown" : "unlawful", why: words.notTheStep(commit, pull, why), by: null };
}

/** Why this record does not lead to these rules; null: it does. */
function faultOf(found: FoundRecord, record: PublicRecord, rules: Rules, from: From): string | null {
  const { repository, amendment } = record;
  if (repository.id !== from.repository) return words.ofAnotherRepository;
  if (amendment?.makes !== rulesFingerprint(rules)) return words.makesAnother;
  const bases = [from.lawful, from.before].map(rulesFingerprint);
  if (!bases.includes(amendment.base)) return words.onAnother;
  if (record.teams.length > 0 && !isCounted(record)) return words.doesNotPass;
  const before = amendment.base === bases[0] ? from.lawful : from.before;
  if (fallsShort(record, before, rules) || !hasTeamsOf(record, before, rules)) return words.otherThanRoster;
  const { signature, savedBy } = found;
  if (signature === null) return savedBy === "the clerk" ? null : words.stepUnsigned;
  if (!isSignedBy(found.json, signature.key, signature.value)) return words.stepBroken;
  const listed = from.pinned.length > 0 ? from.pinned : (from.lawful.recordKeys ?? []);
  if (listed.includes(signature.key)) return null;
  // A key that only the config lists which it makes: good where GitHub says that the clerk itself wrote it.
  const own = (rules.recordKeys ?? []).includes(signature.key) || listed.length === 0;
  return own && savedBy === "the clerk" ? null : words.stepByAnotherKey;
}

/** The config that decided, and that of the end. */
export function lawfulLevel(evidence: Evidence, standing: Standing): Level {
  const { record, history } = evidence;
  if (history === null) return levelOf("lawful", [missing(words.historyNotRead)]);
  const { decided, end } = record.rules;
  const commits = [...new Set([decided, end].flatMap((commit) => commit ?? []))];
  if (commits.length === 0) return levelOf("lawful", [missing(words.noRosterCommit)]);
  return levelOf(
    "lawful",
    commits.map((commit) => lawfulAt(commit, evidence, standing)),
  );
}

function lawfulAt(commit: string, evidence: Evidence, standing: Standing): LevelFinding {
  const { configAt } = evidence;
  const config = configAt(commit);
  if (config.kind === "not read") return missing(words.configNotRead(commit));
  if (config.kind === "none") return contradicted(words.noConfigAt(commit));
  switch (standing.of(commit)) {
    case "lawful":
      return proven(standing.why(commit));
    case "not known":
      return missing(standing.why(commit));
    case "unlawful":
      return unlawful(evidence, commit, config.rules, standing);
  }
}

/** After this the clerk numbers what is lawful where it had lost what it knew, and members confirmed it (memory.lost). */
const CONFIRMED = 1_000_000_000;

/** config.lawful: under a config that nobody approved only that concludes which the last lawful one lets conclude as well. */
function unlawful(evidence: Evidence, commit: string, rules: Rules, standing: Standing): LevelFinding {
  const { record } = evidence;
  const { lawful } = record.rules;
  if (lawful !== null && lawful.number >= CONFIRMED && lawful.fingerprint === rulesFingerprint(rules))
    return missing(words.confirmedByMembers(commit));
  const last = standing.lawfulAt(Date.parse(record.at));
  const both =
    last !== null &&
    record.teams.length > 0 &&
    !fallsShort(record, last, madeBy(evidence)) &&
    record.teams.every(({ team, need, votes }) => {
      const members = teamOf(last, team)?.members ?? [];
      const choices = members.map((member) => ({
        choice: votes?.find((vote) => isMember(member, vote.member))?.choice ?? null,
      }));
      return hasPassed(countOf(choices), need);
    });
  return both
    ? proven(words.passesByLawful(standing.why(commit)))
    : contradicted(words.unlawful(standing.why(commit)));
}

/** Every key that a lawful config has listed: any of them may have signed a checkpoint. */
export const lawfulKeys = (
  history: readonly VersionFacts[] | null,
  repository: number,
  version: string,
): readonly string[] => [
  ...new Set(
    walk(history ?? [], repository, [], version)
      .filter(({ verdict }) => verdict !== "unlawful")
      .flatMap(({ version: { rules } }) => rules.recordKeys ?? []),
  ),
];
