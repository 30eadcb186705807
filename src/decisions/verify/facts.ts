import type { RegisterLine } from "../../domain/messages/registerOfDecisions.js";
import type { PublicRecord } from "../../domain/model/publicRecord.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { Instant } from "../../domain/text/time.js";
import type { RecordText } from "../inComment.js";

/** A record where it was found: nothing of it is believed yet. */
export interface FoundRecord extends RecordText {
  /** Link to its comment; empty: it is not known where it stands. */
  readonly url: string;
  /** Which motion of the proposal the comment says it is about; null: it does not. */
  readonly motion: number | null;
  /** Who saved that comment last, as far as GitHub tells. */
  readonly savedBy: "the clerk" | "somebody else" | "not known";
}

/** What is read of the thread, as the clerk's own reader reads it: everything that `decide` needs but the clerk's memory. */
export type Thread = Pick<
  Snapshot,
  | "repository"
  | "clerk"
  | "adoptedAt"
  | "pull"
  | "labels"
  | "utterances"
  | "events"
  | "files"
  | "filesCutOff"
  | "ownComments"
  | "legacyComments"
  | "texts"
>;

/** The config at a commit. `not read`: nobody asked, or GitHub did not answer; `none`: it is no valid config, or there is none. */
export type ConfigAt =
  | { readonly kind: "rules"; readonly rules: Rules }
  | { readonly kind: "none" }
  | { readonly kind: "not read" };

/** One state of the config on the default branch, oldest first in every list of them. */
export interface VersionFacts {
  readonly commit: string;
  readonly at: Instant;
  /** null: it was not valid, or gone. */
  readonly rules: Rules | null;
  /** The pull request it came by; null: it was pushed. */
  readonly pull: number | null;
  /** The decision records that stand on that pull request. */
  readonly records: readonly FoundRecord[];
}

/** Everything that one record is held against. */
export interface Evidence {
  readonly found: FoundRecord;
  readonly record: PublicRecord;
  /** Where it stands. */
  readonly place: { readonly repository: number; readonly proposal: number };
  /** Keys given by whoever asks, in place of those that configs list. Empty: none is. */
  readonly pinned: readonly string[];
  readonly configAt: (commit: string) => ConfigAt;
  /** null: it was not read. */
  readonly history: readonly VersionFacts[] | null;
  /** null: it was not read. */
  readonly thread: Thread | null;
  /** `off`: Issues are off there, so there is none. null: it was not read, or cannot be found. */
  readonly register: RegisterFacts | "off" | null;
}

/** The register of decisions as its issues say it: nothing of it is believed yet. */
export interface RegisterFacts {
  /** Of all its pages. */
  readonly lines: readonly RegisterLine[];
  readonly checkpoint: string | null;
}
