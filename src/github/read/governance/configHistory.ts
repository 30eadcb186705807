import type { ConfigVersion } from "../../../domain/amendment/history.js";
import type { Rules } from "../../../domain/model/rules.js";
import type { AmendmentFacts, Snapshot } from "../../../domain/model/snapshot.js";
import type { Caller } from "../../client/call.js";
import type { ChangedPull, Listed, ProposalRef, RepositoryRef } from "../../ports.js";
import type { ReadResult } from "../../readResult.js";
import { Amendments } from "../amendment.js";
import type { ParseConfig } from "../config.js";
import { configAt, configVersions } from "../configVersions.js";
import { labelled, lately } from "../lists.js";

/** What the rules about the rules ask GitHub besides: the config at a PR's head, and through time. */
export interface ConfigHistory {
  /** `facts` null: the PR leaves the config alone. */
  amendment(
    ref: ProposalRef,
    snapshot: Snapshot,
    rules: Rules,
  ): Promise<ReadResult<{ facts: AmendmentFacts | null }>>;
  /** Oldest first, `approved` left to be found out. */
  versions(repository: RepositoryRef): Promise<ReadResult<{ versions: readonly ConfigVersion[] }>>;
  /** The text of the config as it stood at this commit, on whatever branch; null: there is no such commit, or no such file in it. */
  textAt(repository: RepositoryRef, commit: string): Promise<ReadResult<{ text: string | null }>>;
  /** PRs, open or not, those that have changed lately first; a page of them. */
  lately(repository: RepositoryRef): Promise<ReadResult<{ pulls: readonly ChangedPull[] }>>;
  /** Numbers of the open PRs that carry a label of a motion. */
  openMotions(repository: RepositoryRef, rules: Rules): Promise<ReadResult<Listed>>;
}

export function configHistory(caller: Caller, parse: ParseConfig): ConfigHistory {
  const amendments = new Amendments(caller, parse);
  return {
    amendment: (ref, snapshot, rules) => amendments.read(ref, snapshot, rules),
    versions: (repository) => configVersions(caller, repository, parse),
    textAt: (repository, commit) => configAt(caller, repository, commit),
    lately: (repository) => lately(caller, repository),
    openMotions: (repository, { labels }) =>
      labelled(caller, repository, [labels.proposed_fcp, labels.fcp], "open"),
  };
}
