import type { PublicRecord } from "../../domain/model/publicRecord.js";
import type { Rules } from "../../domain/model/rules.js";
import { readRecord } from "../shape.js";
import { isSignedBy } from "../signingKeys.js";
import { wordLevel } from "./clerksWord.js";
import { comesToSame, leftOut } from "./completeness.js";
import type { Evidence, RegisterFacts } from "./facts.js";
import { lawfulLevel, lawfulStanding, type Standing } from "./lawful.js";
import { contradicted, type Level, levelOf, missing, proven } from "./level.js";
import { countedLevel } from "./recount.js";
import { registerLevel } from "./register.js";
import { replayOf } from "./replay.js";
import { rosterLevel } from "./roster.js";
import { signedLevel } from "./signature.js";
import { seenSources } from "./sources.js";
import { words } from "./words.js";

export interface Verified {
  /** null: what stands there is no record. */
  readonly record: PublicRecord | null;
  readonly levels: readonly Level[];
}

/**
 * One record, level by level.
 * @param version the version of the clerk that verifies
 */
export function verifyRecord(facts: Omit<Evidence, "record">, version: string): Verified {
  const read = readRecord(facts.found.json);
  if (read.kind === "not")
    return { record: null, levels: [levelOf("signed", [contradicted(words.noForm(read.why))])] };
  const { record } = read;
  const evidence: Evidence = { ...facts, record };
  const standing = lawfulStanding(evidence, version);
  return {
    record,
    levels: [
      signedLevel(evidence, standing),
      countedLevel(record),
      rosterLevel(evidence),
      sources(evidence, standing),
      lawfulLevel(evidence, standing),
      registerLevel(evidence),
      wordLevel(record, evidence.thread, rulesOf(evidence)),
    ],
  };
}

/** Records that the register lists for a proposal, and that do not stand on it any more. */
export function verifyGone(
  listed: RegisterFacts | "off" | null,
  proposal: number,
  there: readonly Verified[],
): readonly Verified[] {
  if (listed === null || listed === "off") return [];
  return listed.lines
    .filter(({ pull, number }) => pull === proposal && !there.some(({ record }) => record?.number === number))
    .map(({ number }) => ({
      record: null,
      levels: [levelOf("signed", [missing(words.recordGone(number, proposal))])],
    }));
}

/** Without a token nothing but the comment itself is read: its signature, and its number. */
export function verifyAlone({ found, pinned }: Pick<Evidence, "found" | "pinned">): Verified {
  const read = readRecord(found.json);
  if (read.kind === "not")
    return { record: null, levels: [levelOf("signed", [contradicted(words.noForm(read.why))])] };
  const { signature } = found;
  if (signature === null)
    return { record: read.record, levels: [levelOf("signed", [missing(words.notSigned)])] };
  if (!isSignedBy(found.json, signature.key, signature.value))
    return {
      record: read.record,
      levels: [levelOf("signed", [contradicted(words.brokenSignature(signature.key, found.savedBy))])],
    };
  const whose =
    pinned.length === 0
      ? missing(words.keyNotTold([]))
      : pinned.includes(signature.key)
        ? proven(words.keyGiven)
        : contradicted(words.anotherKeyThanGiven);
  return {
    record: read.record,
    levels: [
      levelOf("signed", [proven(words.signatureHolds(signature.key)), whose]),
      countedLevel(read.record),
    ],
  };
}

function rulesOf({ record, configAt }: Evidence): Rules | null {
  const { decided, end } = record.rules;
  for (const commit of [decided, end]) {
    const config = commit === null ? null : configAt(commit);
    if (config?.kind === "rules") return config.rules;
  }
  return null;
}

function sources(evidence: Evidence, standing: Standing): Level {
  const { record, thread } = evidence;
  const rules = rulesOf(evidence);
  if (thread === null) return levelOf("sources", [missing(words.threadNotRead)]);
  if (rules === null) return levelOf("sources", [missing(words.rulesNotRead)]);
  const replay = replayOf(evidence, { thread, rules, standing });
  return levelOf("sources", [
    ...seenSources(record, thread, rules),
    ...leftOut(record, thread, replay),
    ...comesToSame(record, thread, replay),
  ]);
}
