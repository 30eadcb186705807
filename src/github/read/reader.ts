import type { ReadingConfig, ValidConfig } from "../../config/outcome.js";
import { isByRule } from "../../domain/acts/scope.js";
import type { Phase } from "../../domain/model/decision.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import type { Caller } from "../client/call.js";
import type { Meter } from "../client/meter.js";
import type { Lagging, LawfulMemory, ProposalRef, Reader, RepositoryRef, Sight, Since } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import { besideConfig } from "./besideConfig.js";
import { closedProposals } from "./closedProposals.js";
import type { Configs, ParseConfig } from "./config.js";
import { configHistory } from "./governance/configHistory.js";
import { GovernanceReader } from "./governance/governanceReader.js";
import { Lawful } from "./governance/lawful.js";
import { MemberActivity } from "./governance/memberActivity.js";
import { MergedRecords } from "./governance/mergedRecords.js";
import { OpenMotions } from "./governance/openMotions.js";
import type { HasIssues } from "./governance/traces.js";
import { changed, everyOpen, labelled, openNumbers, repositories } from "./lists.js";
import { mergeQueue } from "./mergeQueue.js";
import type { Pulls } from "./pulls.js";
import { SpecPulls } from "./specPulls.js";

export interface ReaderParts {
  readonly caller: Caller;
  readonly configs: Configs;
  readonly pulls: Pulls;
  readonly parse: ParseConfig;
  readonly lawful: LawfulMemory;
  readonly clock: Clock;
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** What is read for all pull requests is not counted for the reconcile of one. */
  readonly meter: Meter;
  readonly hasIssues: HasIssues;
  /** Where there is none but this one, and GitHub would not say so; left out: GitHub is asked. */
  readonly only?: RepositoryRef | undefined;
}

/** GitHub → snapshots, in one call each. Decides nothing about a proposal, and writes nothing. */
export class GitHubReader implements Reader {
  readonly #parts: ReaderParts;
  readonly #motions: OpenMotions;
  readonly #activity: MemberActivity;
  readonly #governance: GovernanceReader;
  readonly #spec: SpecPulls;

  constructor(parts: ReaderParts) {
    const { caller, pulls, parse, clock, gitHubClock, meter, log, hasIssues } = parts;
    this.#parts = parts;
    this.#spec = new SpecPulls({ caller, log });
    const texts = configHistory(caller, parse);
    const registers = new MergedRecords(pulls);
    const rulesOf = (text: string): Rules | null => {
      const parsed = parse(text);
      return parsed.ok ? parsed.rules : null;
    };
    this.#motions = new OpenMotions({ pulls, texts, clock, meter });
    this.#activity = new MemberActivity({
      pulls,
      changed: (repository, since, most) => this.changed(repository, since, most),
      clock,
      gitHubClock,
      meter,
    });
    this.#governance = new GovernanceReader({
      texts,
      registers,
      lawful: new Lawful({
        memory: parts.lawful,
        registers,
        texts,
        clock: gitHubClock,
        log,
        meter,
        parse: rulesOf,
        hasIssues,
      }),
      clock: gitHubClock,
      activity: this.#activity,
      motions: this.#motions,
    });
  }

  config(repository: RepositoryRef, fresh = false) {
    return this.#parts.configs.config(repository, fresh);
  }

  async proposal(
    ref: ProposalRef,
    config: ValidConfig,
    lags: (shown: Snapshot) => Lagging | null,
  ): Promise<ReadResult<{ snapshot: Snapshot; sight?: Sight | null }> | Lagging> {
    const read = await this.#parts.pulls.read(ref, config);
    if (read.kind !== "read") return read;
    const lagging = lags(read.snapshot);
    if (lagging !== null) return lagging;
    const present = { ...read.snapshot, rosterCommit: config.commit };
    const judged = await this.#governance.withGovernance(ref, present, config);
    if (judged.kind !== "read") return judged;
    const { snapshot: governed } = judged;
    const gated =
      governed.lawfulRules === null
        ? judged
        : await this.#parts.pulls.withLawfulGates(ref, governed, config.rules);
    if (gated.kind !== "read") return gated;
    // Only now it is known whether the config is lawful that names where to look.
    const snapshot = await this.#spec.complete(ref, gated.snapshot, config.rules);
    return { kind: "read", snapshot, sight: read.sight ?? null };
  }

  async specNews(repository: RepositoryRef, config: ValidConfig, thorough: boolean) {
    if (config.rules.specRepository === undefined) return { kind: "read", numbers: [] } as const;
    const lawful = await this.#governance.isLawful(repository, config);
    if (lawful.kind !== "read") return lawful;
    if (!lawful.lawful) return { kind: "gone", why: "the config that names it is not lawful" } as const;
    return this.#spec.news(repository, config.rules, thorough);
  }

  judged(ref: ProposalRef, snapshot: Snapshot, phase: Phase): boolean {
    return this.#motions.judged(ref, snapshot, phase);
  }

  versions(repository: RepositoryRef, config: ValidConfig) {
    return this.#governance.versions(repository, config);
  }

  history(repository: RepositoryRef, id: number | null) {
    return this.#governance.history(repository, id);
  }

  lastActs(repository: RepositoryRef, config: ReadingConfig) {
    return this.#activity.lastActs(repository, config);
  }

  head(ref: ProposalRef) {
    return this.#parts.pulls.head(ref);
  }

  openNumbers(repository: RepositoryRef, after: string | null) {
    return openNumbers(this.#parts.caller, repository, after);
  }

  everyOpen(repository: RepositoryRef) {
    return everyOpen(this.#parts.caller, repository);
  }

  changed(repository: RepositoryRef, since: Since, most?: number, mostBeside?: number) {
    return changed(this.#parts.caller, repository, since, most, mostBeside);
  }

  async closedProposals(repository: RepositoryRef, rules: Rules) {
    if (isByRule(rules)) return { kind: "read", proposals: [] } as const;
    return closedProposals(this.#parts.caller, repository, rules.labels.proposal);
  }

  closedMotions(repository: RepositoryRef, { labels }: Rules) {
    return labelled(this.#parts.caller, repository, [labels.proposed_fcp, labels.fcp], "closed");
  }

  besideConfig(repository: RepositoryRef) {
    return besideConfig(this.#parts.caller, repository);
  }

  mergeQueue(repository: RepositoryRef, branch: string) {
    return mergeQueue(this.#parts.caller, repository, branch);
  }

  async repositories(installation?: number) {
    const { only } = this.#parts;
    if (only !== undefined) return { kind: "read", repositories: [only], unread: [] } as const;
    return repositories(this.#parts.caller, installation ?? null);
  }

  open(repository: RepositoryRef, from: { readonly after: string | null; readonly threads: boolean }) {
    return this.#parts.pulls.open(repository, from);
  }

  forget(ref: ProposalRef): void {
    this.#parts.pulls.forget(ref);
  }
}
