import type { ValidConfig } from "../../../config/outcome.js";
import { hasBeenHere } from "../../../domain/acts/loss.js";
import { rulesFingerprint, sameMeaning } from "../../../domain/amendment/differences.js";
import { approvedStep, type ConfigVersion, lawfulState } from "../../../domain/amendment/history.js";
import { type PassedStep, passedStep } from "../../../domain/amendment/lawful.js";
import type { LabelNames } from "../../../domain/model/labels.js";
import { DEFAULT_LABELS } from "../../../domain/model/labels.js";
import type { LawfulNote } from "../../../domain/model/register.js";
import type { Rules } from "../../../domain/model/rules.js";
import type { Snapshot } from "../../../domain/model/snapshot.js";
import type { Instant } from "../../../domain/text/time.js";
import type { RepositoryRef } from "../../ports.js";
import type { Read, ReadResult, Unreadable } from "../../readResult.js";
import { READ_TOGETHER } from "../sameMoment.js";
import type { ConfigHistory } from "./configHistory.js";
import type { MergedRecords } from "./mergedRecords.js";

/** What the clerk has left behind in a repository, as far as a bounded search finds it. */
export interface TraceFound {
  /** The newest note of what is lawful, from all signed records. */
  readonly newest: LawfulNote | null;
  /** Merged amendments that had passed. */
  readonly steps: readonly PassedStep[];
  /** There are records, of a clerk that noted nothing of the kind. */
  readonly recordsOfBefore: boolean;
  /** The clerk has written something here, or somebody has taken it away. */
  readonly spoken: boolean;
  /** act.adoption: its own oldest word. */
  readonly firstWord: Instant | null;
}

export type Traces = (
  ref: RepositoryRef,
  config: ValidConfig,
  sight: Snapshot | null,
) => Promise<ReadResult<TraceFound>>;

/** Has the clerk opened an issue here? */
export type HasIssues = (ref: RepositoryRef) => Promise<Read<{ any: boolean }> | Unreadable>;

/** So many of the PRs under a motion, of those that have changed lately, and of those that brought a config. */
const MOST_OF_EACH = 30;
const MOST_NAMES = 5;

interface Parts {
  readonly registers: MergedRecords;
  readonly texts: ConfigHistory;
  readonly hasIssues: HasIssues;
}

/**
 * Searches where the clerk leaves records: PRs under a motion, those that have changed lately, those that
 * brought a config, and its own issues.
 */
export const tracesIn =
  ({ registers, texts, hasIssues }: Parts): Traces =>
  async (ref, config, sight) => {
    const issues = await hasIssues(ref);
    if (issues.kind !== "read") return issues;
    const lately = await texts.lately(ref);
    if (lately.kind !== "read") return lately;
    const history = await texts.versions(ref);
    if (history.kind !== "read") return history;
    const motions: number[] = [];
    for (const labels of namesOfLabels(config.rules, history.versions)) {
      const read = await texts.openMotions(ref, { ...config.rules, labels });
      if (read.kind !== "read") return read;
      motions.push(...read.numbers);
    }
    const amendments = history.versions.flatMap(({ pull }) => (pull === null ? [] : [pull])).reverse();
    const seen: Snapshot[] = sight === null ? [] : [sight];
    const changed = lately.pulls.map(({ number }) => number);
    const numbers = [motions, changed, amendments].flatMap((list) => list.slice(0, MOST_OF_EACH));
    const others = [...new Set(numbers)].filter((number) => number !== sight?.pull.number);
    for (let from = 0; from < others.length; from += READ_TOGETHER) {
      // Side by side, so that they come by one request.
      const some = others.slice(from, from + READ_TOGETHER);
      const reads = await Promise.all(some.map((number) => registers.read({ ...ref, number }, config)));
      for (const read of reads) {
        if (read.kind === "unreadable") return read;
        if (read.kind === "read") seen.push(read.snapshot);
      }
    }
    const notes = seen.flatMap(({ register }) => (isKnown(register?.lawful) ? [register.lawful] : []));
    const words = seen.map(firstWordOn).filter((at): at is Instant => at !== null);
    return {
      kind: "read",
      newest: notes.reduce<LawfulNote | null>(
        (best, note) => (best === null || note.number > best.number ? note : best),
        null,
      ),
      steps: seen.flatMap((snapshot) => {
        const merged = registers.merged({ ...ref, number: snapshot.pull.number }, snapshot, config.rules);
        const step =
          merged === null ? null : passedStep(merged, { pull: snapshot.pull.number, landedAs: null });
        return step === null ? [] : [step];
      }),
      recordsOfBefore: seen.some(
        ({ register }) => register !== null && register.seq > 0 && register.lawful === null,
      ),
      spoken:
        issues.any ||
        seen.some((snapshot) => (snapshot.register?.seq ?? 0) > 0 || hasBeenHere(snapshot, config.rules)),
      firstWord: words.length === 0 ? null : Math.min(...words),
    };
  };

/** All names that labels of a motion may have had: changing the names in the config hides no motion. */
function namesOfLabels(rules: Rules, versions: readonly ConfigVersion[]): readonly LabelNames[] {
  const all = [
    rules.labels,
    DEFAULT_LABELS,
    ...versions.flatMap((one) => (one.rules === null ? [] : [one.rules.labels])),
  ];
  const key = ({ proposed_fcp, fcp }: LabelNames) => `${proposed_fcp}\n${fcp}`.toLowerCase();
  return [...new Map(all.map((labels) => [key(labels), labels])).values()].slice(0, MOST_NAMES);
}

/** A note with the number 0 says that the clerk did not know. */
const isKnown = (note: LawfulNote | null | undefined): note is LawfulNote =>
  note !== null && note !== undefined && note.number > 0;

/** The number of the note in a PR's signed record; 0: there is none, or the clerk did not know. */
export const noteIn = (sight: Snapshot | null): number => {
  const note = sight?.register?.lawful;
  return isKnown(note) ? note.number : 0;
};

/** act.adoption: the clerk's own oldest word on a PR, or the oldest label it set there. */
export function firstWordOn({
  ownComments,
  events,
}: Pick<Snapshot, "ownComments" | "events">): Instant | null {
  const words = [
    ...ownComments.map(({ createdAt }) => createdAt),
    ...events.flatMap(({ byClerk, at }) => (byClerk ? [at] : [])),
  ];
  return words.length === 0 ? null : Math.min(...words);
}

/** The clerk of before kept nothing and went by the history: so does this one, once. `text` null: there was no lawful one. */
export async function lawfulByHistory(
  { registers, texts }: Pick<Parts, "registers" | "texts">,
  ref: RepositoryRef,
  config: ValidConfig,
) {
  const history = await texts.versions(ref);
  if (history.kind !== "read") return history;
  const judged: ConfigVersion[] = [];
  for (const version of history.versions) {
    const before = judged.at(-1)?.rules ?? null;
    const record =
      version.pull === null ? null : await registers.ofMerged({ ...ref, number: version.pull }, config);
    if (record?.kind === "unreadable") return record;
    const approved = approvedStep(
      record?.record?.register ?? null,
      version.mergedHead ?? "",
      before,
      version.rules,
    );
    judged.push({ ...version, approved });
  }
  const { lawful } = lawfulState(judged, sameMeaning);
  if (lawful?.rules == null) return { kind: "read", text: null, fingerprint: "", commit: "" } as const;
  const read = await texts.textAt(ref, lawful.commit);
  if (read.kind !== "read") return read;
  return {
    kind: "read",
    text: read.text,
    fingerprint: rulesFingerprint(lawful.rules),
    commit: lawful.commit,
  } as const;
}
