import type { Rules } from "../model/rules.js";
import type { PullFacts, RepositoryFacts } from "../model/snapshot.js";

/** What every text may need besides the decision. Plain data. */
export interface WordsContext {
  readonly rules: Rules;
  readonly repository: RepositoryFacts;
  readonly pull: PullFacts;
  /** Name people mention the clerk by, without `@`. */
  readonly mention: string;
}
