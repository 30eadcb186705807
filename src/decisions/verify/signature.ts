import { isSignedBy, publicKeyBytes } from "../signingKeys.js";
import type { ConfigAt, Evidence } from "./facts.js";
import type { Standing } from "./lawful.js";
import { contradicted, type Level, type LevelFinding, levelOf, missing, proven } from "./level.js";
import { words } from "./words.js";

/** record.signed: good by a key listed at its roster commit or in the next lawful config, or by one that whoever asks has brought. */
export function signedLevel(evidence: Evidence, standing: Standing): Level {
  const { found } = evidence;
  const { signature } = found;
  if (signature === null) return levelOf("signed", [missing(words.notSigned)]);
  if (publicKeyBytes(signature.key) === null || !isSignedBy(found.json, signature.key, signature.value))
    return levelOf("signed", [contradicted(words.brokenSignature(signature.key, found.savedBy))]);
  return levelOf("signed", [
    proven(words.signatureHolds(signature.key)),
    whose(evidence, standing),
    ...elsewhere(evidence),
  ]);
}

/** A good record in another's place says nothing about that. */
function elsewhere({ found, record, place }: Evidence): readonly LevelFinding[] {
  const { proposal, motion, repository } = record;
  return [
    ...(repository.id === place.repository && proposal.number === place.proposal
      ? []
      : [contradicted(words.ofAnotherProposal(record.repository.name, proposal.number))]),
    ...(found.motion === null || found.motion === motion.number
      ? []
      : [contradicted(words.ofAnotherMotion(motion.number, found.motion))]),
  ];
}

/** Whose key is it? */
function whose({ found, record, pinned, configAt }: Evidence, standing: Standing): LevelFinding {
  const key = found.signature?.key ?? "";
  if (pinned.length > 0)
    return pinned.includes(key) ? proven(words.keyGiven) : contradicted(words.anotherKeyThanGiven);
  const { decided, end } = record.rules;
  const commits = [...new Set([end, decided].flatMap((commit) => commit ?? []))];
  const places = commits.map((commit) => ({ commit, config: configAt(commit) }));
  const listing = places.find(({ config }) => keysIn(config).includes(key));
  const next = standing.after.find(({ rules }) => (rules.recordKeys ?? []).includes(key));
  if (listing !== undefined) {
    switch (standing.of(listing.commit)) {
      case "lawful":
      case "not known":
        return proven(words.keyListed(listing.commit));
      case "unlawful":
        if ((standing.lawfulAt(Date.parse(record.at))?.recordKeys ?? []).includes(key))
          return proven(words.keyListedLawful);
        if (next === undefined) return contradicted(words.keyOnlyUnlawful(listing.commit));
    }
  }
  if (next !== undefined) {
    // A config that came by this very record cannot speak for it: whoever forges one could forge the other.
    if (next.by !== found.json || found.savedBy === "the clerk")
      return proven(words.keyListedNext(next.commit));
    return missing(words.keyListedByItself(next.commit));
  }
  if (places.length === 0 || places.some(({ config }) => config.kind === "not read"))
    return missing(words.keyNotTold(places.map(({ commit }) => commit)));
  if (places.every(({ config }) => keysIn(config).length === 0)) return missing(words.noKeyListed(commits));
  return contradicted(words.keyNotListed(commits));
}

const keysIn = (config: ConfigAt): readonly string[] =>
  config.kind === "rules" ? (config.rules.recordKeys ?? []) : [];
