import type { RegisterLine } from "../../domain/messages/registerOfDecisions.js";
import type { PublicRecord } from "../../domain/model/publicRecord.js";
import { iso } from "../../domain/text/time.js";
import { checkpointSigner, readCheckpoint } from "../checkpoint.js";
import type { Evidence, FoundRecord } from "./facts.js";
import { contradicted, type Level, type LevelFinding, levelOf, missing, onItsWord, proven } from "./level.js";
import { words } from "./words.js";

/** One record's place: its own line, the one before, and the checkpoint that came with it. */
export function registerLevel({ found, record, register }: Evidence): Level {
  const own = ownCheckpoint(found, record);
  if (register === "off") return levelOf("register", [...own, onItsWord(words.issuesOff)]);
  if (register === null) return levelOf("register", [...own, missing(words.noRegister)]);
  const { number, previous } = record;
  const at = (wanted: number) => register.lines.filter((line) => line.number === wanted);
  const lines = at(number);
  const [line] = lines;
  const before = at(number - 1)[0];
  const findings: readonly LevelFinding[] = [
    ...(line === undefined
      ? [contradicted(words.lineMissing(number))]
      : lines.length > 1
        ? [contradicted(words.lineTwice(number))]
        : differs(line, found, record)),
    ...(number === 1
      ? previous === null
        ? []
        : [contradicted(words.firstHasPrevious)]
      : before === undefined
        ? [contradicted(words.lineMissing(number - 1))]
        : before.hash === previous
          ? [proven(words.holdsPrevious(number - 1))]
          : [contradicted(words.otherPrevious(number))]),
  ];
  return levelOf("register", [...own, ...findings]);
}

/** The line of a record, held against the record. */
export function differs(
  line: RegisterLine,
  { hash }: FoundRecord,
  record: PublicRecord,
): readonly LevelFinding[] {
  const other = [
    ...(line.hash === hash ? [] : ["SHA-256"]),
    ...(line.pull === record.proposal.number ? [] : ["the proposal"]),
    ...(line.motion === record.motion.number ? [] : ["the motion"]),
    ...(line.outcome === record.outcome ? [] : ["the outcome"]),
    ...(iso(line.at) === record.at ? [] : ["when it was decided"]),
  ];
  return [
    other.length === 0
      ? proven(words.lineEqual(record.number))
      : contradicted(words.lineDiffers(record.number, other)),
  ];
}

function ownCheckpoint(
  { checkpoint, signature, hash }: FoundRecord,
  { number }: PublicRecord,
): readonly LevelFinding[] {
  if (checkpoint === null) return [];
  const read = readCheckpoint(checkpoint);
  const signed = signature !== null && checkpointSigner(checkpoint, [signature.key]) !== null;
  return [
    read !== null && signed && read.size === number && read.hash === hash
      ? proven(words.ownCheckpoint(number))
      : contradicted(words.ownCheckpointWrong),
  ];
}
