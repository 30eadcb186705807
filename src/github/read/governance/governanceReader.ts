import type { ReadingConfig, ValidConfig } from "../../../config/outcome.js";
import { quietSince } from "../../../domain/amendment/absence.js";
import { differences, rulesFingerprint, sameMeaning } from "../../../domain/amendment/differences.js";
import { approvedStep, type ConfigVersion, lawfulState, marked } from "../../../domain/amendment/history.js";
import type { AmendmentFacts, Snapshot } from "../../../domain/model/snapshot.js";
import { DAY, type Instant } from "../../../domain/text/time.js";
import type { Clock } from "../../../platform/clock.js";
import type { ProposalRef, RepositoryRef, VersionsKnown } from "../../ports.js";
import { type Read, type ReadResult, type Unreadable, unreadable } from "../../readResult.js";
import { repositoryKey } from "../../refs.js";
import type { ConfigHistory } from "./configHistory.js";
import type { Lawful, Lawfulness } from "./lawful.js";
import type { MemberActivity } from "./memberActivity.js";
import type { MergedRecords } from "./mergedRecords.js";
import type { OpenMotions } from "./openMotions.js";
import { firstWordOn } from "./traces.js";

export interface GovernanceParts {
  readonly texts: ConfigHistory;
  readonly lawful: Lawful;
  readonly registers: MergedRecords;
  readonly clock: Clock;
  readonly activity: MemberActivity;
  readonly motions: OpenMotions;
}

/** Joining or leaving the roster is not reported any more after this time (amend.resign). */
const NEWS = 31 * DAY;

/**
 * What the rules about the rules need besides a PR's own snapshot: what the PR would make of the config, the motions it would affect, and
 * whether the config in force came by the rules. It is read only where it can matter, so a plain proposal costs no more.
 */
export class GovernanceReader {
  readonly #texts: ConfigHistory;
  readonly #activity: MemberActivity;
  readonly #lawful: Lawful;
  readonly #registers: MergedRecords;
  readonly #clock: Clock;
  /** By repository: the versions as of the config whose fingerprint this is, and of what was lawful then. */
  readonly #known = new Map<string, { readonly as: string; readonly versions: readonly ConfigVersion[] }>();
  readonly #motions: OpenMotions;

  constructor({ texts, lawful, registers, clock, activity, motions }: GovernanceParts) {
    this.#texts = texts;
    this.#lawful = lawful;
    this.#registers = registers;
    this.#clock = clock;
    this.#activity = activity;
    this.#motions = motions;
  }

  /** The snapshot with what an amendment needs, and with the last lawful rules where the present are not. */
  async withGovernance(
    ref: ProposalRef,
    snapshot: Snapshot,
    present: ValidConfig,
  ): Promise<ReadResult<{ snapshot: Snapshot }>> {
    const lawful = await this.#lawful.state(ref, present, snapshot);
    if (lawful.kind === "unreadable" || lawful.kind === "gone") return lawful;
    const config = { ...present, adoptedAt: adoptedAt(lawful) };
    const cause = lawful.kind === "unlawful" ? await this.#cause(ref, config) : LAWFUL;
    if (cause.kind !== "read") return cause;
    const judged: Snapshot = {
      ...snapshot,
      adoptedAt: Math.min(config.adoptedAt, firstWordOn(snapshot) ?? config.adoptedAt),
      lawfulRules: lawful.kind === "unlawful" ? lawful.rules : null,
      unlawful: cause.change,
      lawful: lawful.kind === "lost" ? null : lawful.note,
      lawfulLost: lawful.kind === "lost" ? lawful.present : null,
    };
    const read = await this.#texts.amendment(ref, judged, config.rules);
    if (read.kind !== "read") return read;
    if (read.facts !== null && snapshot.pull.state === "merged") {
      const facts = { ...read.facts, landedOtherwise: await this.#landedOtherwise(ref, config) };
      return { kind: "read", snapshot: { ...judged, amendment: facts } };
    }
    if (read.facts === null) return { kind: "read", snapshot: { ...judged, amendment: null } };
    const shown = await this.#withMotions(ref, read.facts, judged, config);
    if (shown.kind === "unreadable") return shown;
    const quiet = await this.#quiet(ref, shown.facts, judged, config);
    return { kind: "read", snapshot: { ...judged, amendment: { ...shown.facts, quiet } } };
  }

  /** config.lawful: did the present config come by the rules? */
  async isLawful(ref: RepositoryRef, present: ValidConfig): Promise<ReadResult<{ lawful: boolean }>> {
    const state = await this.#lawful.state(ref, present);
    if (state.kind === "unreadable" || state.kind === "gone") return state;
    return { kind: "read", lawful: state.kind === "lawful" };
  }

  /** Every version of the config, oldest first, as far as the history tells, with the lawful one marked by what was kept. */
  async versions(ref: RepositoryRef, config: ValidConfig): Promise<ReadResult<VersionsKnown>> {
    const lawful = await this.#lawful.state(ref, config);
    if (lawful.kind === "unreadable" || lawful.kind === "gone") return lawful;
    const lost = lawful.kind === "lost";
    const key = repositoryKey(ref);
    const fingerprint = rulesFingerprint(config.rules);
    const as = `${fingerprint} ${lost ? "lost" : lawful.note.number}`;
    const known = this.#known.get(key);
    if (known?.as === as) return { kind: "read", versions: known.versions, lost };
    const read = await this.#texts.versions(ref);
    if (read.kind !== "read") return read;
    const tip = read.versions.at(-1)?.rules ?? null;
    if (tip === null || rulesFingerprint(tip) !== fingerprint) {
      return unreadable("the config's history does not show its last change yet", null);
    }
    const asked = await this.#approvals(ref, read.versions, config, this.#clock.now() - NEWS);
    if (asked.kind !== "read") return asked;
    const versions = lost
      ? asked.versions
      : marked(asked.versions, lawful.kind === "lawful" ? { ...lawful, rules: config.rules } : lawful);
    this.#known.set(key, { as, versions });
    return { kind: "read", versions, lost };
  }

  /** The change of the config that nobody approved, for texts to link to: the newest. */
  async #cause(
    ref: RepositoryRef,
    config: ValidConfig,
  ): Promise<ReadResult<{ change: Snapshot["unlawful"] }>> {
    const known = await this.versions(ref, config);
    if (known.kind !== "read") return known;
    const last = lawfulState(known.versions, sameMeaning).unlawful.at(-1);
    return { kind: "read", change: last === undefined ? null : { commit: last.commit, at: last.at } };
  }

  /** Was the merge of this amendment another step than the one approved? What came before an approved version is ratified by it. */
  async #landedOtherwise(ref: ProposalRef, config: ValidConfig): Promise<boolean> {
    const read = await this.versions(ref, config);
    if (read.kind !== "read") return false;
    const at = read.versions.findIndex(({ pull }) => pull === ref.number);
    return at > read.versions.findLastIndex(({ approved }) => approved);
  }

  /**
   * Every version of the config, oldest first, each asked whether it was approved. It needs no valid config now: what is wrong with
   * it is part of the history. `repository`: its numeric id, where what the clerk keeps as lawful is to be marked.
   */
  async history(ref: RepositoryRef, repository: number | null): Promise<ReadResult<VersionsKnown>> {
    const read = await this.#texts.versions(ref);
    if (read.kind !== "read") return read;
    const asLawful = repository === null ? null : await this.#lawful.kept(repository);
    if (asLawful?.kind === "unreadable") return asLawful;
    const kept = asLawful?.lawful ?? null;
    const valid = read.versions.findLast(({ rules }) => rules !== null)?.rules ?? kept?.rules;
    const [first] = read.versions;
    if (valid === undefined || first === undefined) return { ...read, lost: false };
    const by = { rules: valid, adoptedAt: kept?.note.adoptedAt ?? first.at };
    const asked = await this.#approvals(ref, read.versions, by, 0);
    if (asked.kind !== "read" || kept === null) return asked;
    return { ...asked, versions: marked(asked.versions, kept) };
  }

  /** Asks those that came by a PR since then whether they were approved, and by whose own word. */
  async #approvals(
    ref: RepositoryRef,
    versions: readonly ConfigVersion[],
    config: ReadingConfig,
    since: Instant,
  ): Promise<ReadResult<VersionsKnown>> {
    const judged: ConfigVersion[] = [];
    for (const version of versions) {
      const before = judged.at(-1)?.rules ?? null;
      if (version.pull === null || version.mergedHead === null || version.at < since) {
        judged.push(version);
        continue;
      }
      const read = await this.#registers.ofMerged({ ...ref, number: version.pull }, config);
      if (read.kind !== "read") return read;
      const register = read.record?.register ?? null;
      judged.push({
        ...version,
        approved: approvedStep(register, version.mergedHead, before, version.rules),
        ownWord: (register?.lastSeen?.own.length ?? 0) > 0,
      });
    }
    return { kind: "read", versions: judged, lost: false };
  }

  /**
   * amend.absent: asked for only where somebody would be removed and the duty is on. Where it cannot be told, nobody is absent; what else the
   * amendment needs is decided all the same.
   */
  async #quiet(
    ref: ProposalRef,
    facts: AmendmentFacts,
    { pull }: Snapshot,
    config: ValidConfig,
  ): Promise<AmendmentFacts["quiet"]> {
    const { rules } = config;
    if (!rules.duties.absence) return [];
    if (pull.state !== "open" || facts.head.kind !== "valid") return [];
    const removed = differences(rules, facts.head.rules, new Map()).filter(
      (change) => change.kind === "remove_member",
    );
    if (removed.length === 0) return [];
    const known = await this.versions(ref, config);
    if (known.kind !== "read") return null;
    const seen = await this.#activity.lastActs(ref, config);
    if (seen.kind !== "read") return null;
    return removed.map(({ member, team }) => ({
      person: member,
      at: quietSince({ slug: team }, member, seen.acts, known.versions),
    }));
  }

  async #withMotions(
    ref: ProposalRef,
    facts: AmendmentFacts,
    snapshot: Snapshot,
    config: ValidConfig,
  ): Promise<Read<{ facts: AmendmentFacts }> | Unreadable> {
    if (snapshot.pull.state !== "open" || facts.head.kind !== "valid") return { kind: "read", facts };
    const open = await this.#motions.besides(ref, config);
    if (open.kind === "unreadable") return open;
    return { kind: "read", facts: { ...facts, openMotions: open.motions } };
  }
}

/** Nothing came that nobody approved. */
const LAWFUL = { kind: "read", change: null } as const;

const adoptedAt = (lawful: Extract<Lawfulness, { kind: "lawful" | "unlawful" | "lost" }>): Instant =>
  lawful.kind === "lost" ? lawful.present.adoptedAt : lawful.note.adoptedAt;
