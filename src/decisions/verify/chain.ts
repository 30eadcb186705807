import type { RegisterLine } from "../../domain/messages/registerOfDecisions.js";
import type { PublicRecord } from "../../domain/model/publicRecord.js";
import { checkpointSigner, originOf, readCheckpoint } from "../checkpoint.js";
import { readRecord } from "../shape.js";
import type { FoundRecord, RegisterFacts } from "./facts.js";
import { contradicted, type Level, type LevelFinding, levelOf, missing, proven } from "./level.js";
import { differs } from "./register.js";
import { words } from "./words.js";

/** The register of a repository with all its records, as they were found. */
export interface ChainFacts {
  readonly repository: number;
  /** `github.com` */
  readonly host: string;
  /** null: there is none to be seen. */
  readonly register: RegisterFacts | null;
  /** By their lines: what stands where the line leads to. */
  readonly found: (line: RegisterLine) => FoundRecord | null;
  /** Whose key is it that signed this record? */
  readonly whose: (found: FoundRecord, record: PublicRecord) => LevelFinding;
  /** Every key that may have signed a checkpoint. */
  readonly keys: readonly string[];
  /** One that somebody has kept; null: none was given. */
  readonly kept: string | null;
}

interface Place {
  readonly line: RegisterLine;
  readonly found: FoundRecord | null;
  /** null: there is none, or what stands there is no record. */
  readonly record: PublicRecord | null;
  readonly why: string;
}

/** `verify --all`: from the first record to the newest. */
export function chainLevels(facts: ChainFacts): readonly Level[] {
  const { register, kept } = facts;
  if (register === null)
    return [
      levelOf("numbers", [missing(words.noRegister)]),
      ...(kept === null ? [] : [levelOf("kept", [keptWithoutRegister(facts, kept)])]),
    ];
  const lines = [...register.lines].sort((a, b) => a.number - b.number);
  const places = lines.map((line) => placeOf(line, facts));
  return [
    levelOf("numbers", numbers(lines)),
    levelOf("chain", chain(places)),
    levelOf("signatures", signatures(places, facts)),
    levelOf(
      "lines",
      places.flatMap(({ line, found, record }) =>
        found === null || record === null ? [] : differs(line, found, record),
      ),
    ),
    levelOf("checkpoint", [checkpointOf(register.checkpoint, lines, facts)]),
    ...(kept === null ? [] : [levelOf("kept", [keptCheckpoint(kept, places, facts)])]),
  ];
}

function placeOf(line: RegisterLine, { found: find, repository }: ChainFacts): Place {
  const found = find(line);
  if (found === null) return { line, found, record: null, why: words.recordGone(line.number, line.pull) };
  const read = readRecord(found.json);
  if (read.kind === "not") return { line, found, record: null, why: words.noRecord(line.number, read.why) };
  return read.record.repository.id === repository
    ? { line, found, record: read.record, why: "" }
    : { line, found, record: null, why: words.noRecord(line.number, words.ofAnotherRepository) };
}

function numbers(lines: readonly RegisterLine[]): readonly LevelFinding[] {
  const wrong = lines.flatMap(({ number }, at): readonly LevelFinding[] => {
    const expected = (lines[at - 1]?.number ?? 0) + 1;
    if (number === expected) return [];
    return [contradicted(number < expected ? words.lineTwice(number) : words.lineMissing(expected))];
  });
  return wrong.length > 0 ? wrong : [proven(words.allNumbers(lines.length))];
}

function chain(places: readonly Place[]): readonly LevelFinding[] {
  const findings = places.flatMap(({ line, record }, at): readonly LevelFinding[] => {
    const before = places[at - 1];
    // Of one that is gone, the next tells what it was.
    if (record === null) return [];
    const expected =
      before === undefined ? null : before.found === null ? before.line.hash : before.found.hash;
    if (record.number !== line.number) return [contradicted(words.otherNumber(line.number, record.number))];
    return record.previous === expected ? [] : [contradicted(words.otherPrevious(line.number))];
  });
  return findings.length > 0 ? findings : [proven(words.allChained)];
}

function signatures(places: readonly Place[], facts: ChainFacts): readonly LevelFinding[] {
  const findings = places.flatMap((place) => signature(place, facts));
  return findings.length > 0 ? findings : [proven(words.allSigned)];
}

function signature({ line, found, record, why }: Place, { whose }: ChainFacts): readonly LevelFinding[] {
  if (found === null) return [missing(why)];
  if (record === null) return [contradicted(why)];
  const { outcome, text } = whose(found, record);
  return outcome === "proven" ? [] : [{ outcome, text: words.ofRecord(line.number, text) }];
}

function checkpointOf(text: string | null, lines: readonly RegisterLine[], facts: ChainFacts): LevelFinding {
  const newest = lines.at(-1);
  if (text === null) return missing(words.noCheckpoint);
  const fault = faultOf(text, facts);
  if (fault !== null) return contradicted(words.checkpointWrong(fault));
  const read = readCheckpoint(text);
  if (read?.size !== newest?.number || read?.hash !== newest?.hash)
    return contradicted(words.checkpointElsewhere);
  const number = newest?.number ?? 0;
  return facts.keys.length === 0
    ? missing(words.checkpointByNobody(number))
    : proven(words.checkpointHolds(number));
}

/** What is wrong with a checkpoint by itself; null: nothing. Where no key is listed at all, nobody's signature is a wrong one. */
function faultOf(text: string, { repository, host, keys }: ChainFacts): string | null {
  const read = readCheckpoint(text);
  if (read === null) return words.checkpointNone;
  if (read.origin !== originOf(repository, host)) return words.checkpointOfAnother(read.origin);
  return keys.length > 0 && checkpointSigner(text, keys) === null ? words.checkpointUnsigned : null;
}

/** The record at its size must have its hash. */
function keptCheckpoint(text: string, places: readonly Place[], facts: ChainFacts): LevelFinding {
  const fault = faultOf(text, facts);
  if (fault !== null) return contradicted(words.keptWrong(fault));
  const read = readCheckpoint(text);
  const place = places.find(({ line }) => line.number === read?.size);
  if (place === undefined) return contradicted(words.removedSince(read?.size ?? 0, places.length));
  const { line, found } = place;
  if (line.hash !== read?.hash || (found !== null && found.hash !== read.hash))
    return contradicted(words.changedSince(line.number));
  return facts.keys.length === 0
    ? missing(words.keptByNobody(line.number))
    : proven(words.keptHolds(line.number));
}

const keptWithoutRegister = (facts: ChainFacts, text: string): LevelFinding => {
  const fault = faultOf(text, facts);
  return contradicted(
    fault === null ? words.removedSince(readCheckpoint(text)?.size ?? 0, 0) : words.keptWrong(fault),
  );
};
