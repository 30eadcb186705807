import { sameLogin } from "../../domain/model/people.js";
import type { PublicRecord } from "../../domain/model/publicRecord.js";
import type { Rules } from "../../domain/model/rules.js";
import { iso } from "../../domain/text/time.js";
import type { Thread } from "./facts.js";
import { type Level, type LevelFinding, levelOf, onItsWord, proven } from "./level.js";
import { words } from "./words.js";

/** What nobody but the clerk says: to be known, and to be weighed by whoever reads the record. */
export function wordLevel(record: PublicRecord, thread: Thread | null, rules: Rules | null): Level {
  const { heads, teams, fcp, cut } = record;
  const casts = teams.flatMap((team) =>
    (team.votes ?? []).flatMap(({ member, cast }) => (cast === null ? [] : [{ member, cast }])),
  );
  const spoken = casts.filter(({ cast }) => cast.via !== "review" && cast.head !== "");
  const unmarked = casts.filter(
    ({ cast }) => (cast.via === "tick" || cast.via === "label") && thread === null,
  );
  const texts = heads.filter(({ text }) => text !== null);
  const labelled =
    fcp !== null && rules !== null && thread !== null && isLabelled(thread, rules.labels.fcp, fcp.begins);
  // What a label said is on the thread.
  const untold = (record.gates ?? [])
    .filter(
      ({ gate, state }) =>
        state === "met" && rules?.gates?.find(({ name }) => name === gate)?.kind !== "label",
    )
    .map(({ gate }) => gate);
  const findings: readonly LevelFinding[] = [
    ...(heads.length === 0 ? [] : [onItsWord(words.firstSeen(heads.length))]),
    ...(untold.length === 0 ? [] : [onItsWord(words.gatesMet(untold))]),
    ...(texts.length === 0 ? [] : [onItsWord(words.textsSame)]),
    ...(spoken.length === 0 || heads.length < 2 ? [] : [onItsWord(words.headsOfVotes(spoken.length))]),
    ...(unmarked.length === 0
      ? []
      : [onItsWord(words.marksUnseen(unmarked.map(({ member }) => member.login)))]),
    ...(fcp === null || labelled ? [] : [onItsWord(words.fcpLabelUnseen(fcp.begins))]),
    ...(cut.length === 0 ? [] : [onItsWord(words.wasCut(cut))]),
    ...(thread === null ? [onItsWord(words.noThread)] : []),
  ];
  return levelOf("word", findings.length === 0 ? [proven(words.nothingOnItsWord)] : findings);
}

const isLabelled = ({ events }: Thread, label: string, at: string): boolean =>
  events.some(
    (one) =>
      one.kind === "labeled" &&
      one.label !== null &&
      sameLogin(one.label, label) &&
      iso(one.at) === at &&
      one.byClerk,
  );
