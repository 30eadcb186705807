import type { Rules } from "../domain/model/rules.js";
import type { Instant } from "../domain/text/time.js";

/**
 * The result of reading the config of a repository. Its four kinds are kept apart everywhere: a reader that treats
 * `unreadable` as `absent`, or `invalid` as an empty roster, would decide with a smaller electorate.
 */
export type ConfigOutcome =
  | {
      readonly kind: "valid";
      readonly rules: Rules;
      /** Commit of the default branch it was read at. */
      readonly commit: string;
      /** act.adoption: when the file first reached the default branch, as far as its history tells. Never in the future. */
      readonly adoptedAt: Instant;
      /** Numeric id of the repository. */
      readonly repository: number;
      /** The file as it stands. */
      readonly text: string;
      /** Left out: not told, so nothing of the repository is shown to anybody. */
      readonly shown?: ShownRepository;
    }
  /** config.absent: the clerk writes nothing in that repository. */
  | { readonly kind: "absent" }
  /** config.unreadable: nothing is decided; try again. */
  | { readonly kind: "unreadable"; readonly why: string; readonly retryAt: Instant | null }
  /** config.invalid: no transition; checks show every fault. */
  | {
      readonly kind: "invalid";
      readonly faults: readonly ConfigFault[];
      readonly commit: string;
      readonly repository: number;
      readonly shown?: ShownRepository;
    };

/** How a repository is known to people, and whether everybody may see it. */
export interface ShownRepository {
  readonly owner: string;
  readonly name: string;
  readonly url: string;
  readonly isPublic: boolean;
}

export type ValidConfig = Extract<ConfigOutcome, { kind: "valid" }>;
export type InvalidConfig = Extract<ConfigOutcome, { kind: "invalid" }>;
/** What reading a pull request takes of a config. */
export type ReadingConfig = Pick<ValidConfig, "rules" | "adoptedAt">;

/** One fault of the config file, at its place. Lines and columns count from 1. */
export interface ConfigFault {
  readonly line: number;
  readonly column: number;
  /** `teams.spec-core-team.members[3].login`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong and what to do, one sentence. */
  readonly message: string;
}
