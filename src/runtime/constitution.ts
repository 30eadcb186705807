import type { ConfigOutcome } from "../config/outcome.js";
import { quietSince } from "../domain/amendment/absence.js";
import { differences, rulesPrint } from "../domain/amendment/differences.js";
import { approvedStep, type ConfigVersion, lawfulState } from "../domain/amendment/history.js";
import { equal } from "../domain/equal.js";
import type { Register } from "../domain/register.js";
import type { Rules } from "../domain/rules.js";
import type { AmendmentFacts, Snapshot } from "../domain/snapshot.js";
import { isMembersAffair } from "../domain/standing.js";
import type { ConstitutionReader, ProposalRef, Reader, RepositoryRef, Unreadable } from "../github/ports.js";
import type { Activity } from "./activity.js";
import { repositoryKey } from "./keys.js";
import type { Previews } from "./previews.js";

type ValidConfig = Extract<ConfigOutcome, { kind: "valid" }>;
/** What reading a PR takes of a config. */
type ReadingConfig = Pick<ValidConfig, "rules" | "adoptedAt">;

export type ConstitutionFacts =
  | { readonly kind: "read"; readonly snapshot: Snapshot }
  | { readonly kind: "gone"; readonly why: string }
  | Unreadable;

export type VersionsKnown =
  | { readonly kind: "read"; readonly versions: readonly ConfigVersion[] }
  | { readonly kind: "gone"; readonly why: string }
  | Unreadable;

/**
 * What the rules about the rules need to know of a look: what the PR would make of the config, the motions it would touch, and
 * whether the config in force came by the rules. Asked for only where it can matter: no look at a plain proposal costs more.
 */
export class Constitution {
  readonly #reader: Reader;
  readonly #texts: ConstitutionReader;
  readonly #activity: Activity | null;
  /** By repository: the versions as of the config whose print this is. The same print anew is the same history, or a revert. */
  readonly #known = new Map<
    string,
    { readonly print: string; readonly versions: readonly ConfigVersion[] }
  >();
  readonly #previews: Previews | null;
  /** Registers of merged PRs: they do not change any more. */
  readonly #registers = new Map<string, Register | null>();

  constructor(
    reader: Reader,
    texts: ConstitutionReader,
    activity: Activity | null = null,
    previews: Previews | null = null,
  ) {
    this.#previews = previews;
    this.#reader = reader;
    this.#texts = texts;
    this.#activity = activity;
  }

  /** The snapshot with what an amendment needs, and with the last lawful rules where the present are not. */
  async complete(ref: ProposalRef, snapshot: Snapshot, config: ValidConfig): Promise<ConstitutionFacts> {
    const lawful = await this.#lawfulRules(ref, config);
    if (lawful.kind !== "read") return lawful;
    const judged: Snapshot = { ...snapshot, lawfulRules: lawful.rules };
    const read = await this.#texts.amendment(ref, judged, config.rules);
    if (read.kind !== "read") return read;
    const opens = read.facts !== null && snapshot.pull.state === "open";
    const standing = isMembersAffair(snapshot, config.rules) ? "members" : "outsiders";
    this.#previews?.amends(ref, opens ? standing : null);
    if (read.facts !== null && snapshot.pull.state === "merged") {
      const facts = { ...read.facts, ...(await this.#landed(ref, config)) };
      return { kind: "read", snapshot: { ...judged, amendment: facts } };
    }
    const amendment = read.facts === null ? null : await this.#withMotions(ref, read.facts, judged, config);
    if (amendment !== null && "kind" in amendment) return amendment;
    const quiet = amendment === null ? [] : await this.#quiet(ref, amendment, judged, config);
    if (!Array.isArray(quiet)) return quiet as Unreadable;
    if (amendment !== null && quiet.length > 0)
      return { kind: "read", snapshot: { ...judged, amendment: { ...amendment, quiet } } };
    return { kind: "read", snapshot: { ...judged, amendment } };
  }

  /** Every version of the config, oldest first, those since the last lawful one with what was found of them. */
  async versions(ref: RepositoryRef, config: ValidConfig): Promise<VersionsKnown> {
    const key = repositoryKey(ref);
    const print = rulesPrint(config.rules);
    const known = this.#known.get(key);
    if (known?.print === print) return { kind: "read", versions: known.versions };
    const read = await this.#texts.versions(ref);
    if (read.kind !== "read") return read;
    const present = read.versions.at(-1)?.rules ?? null;
    if (present === null || rulesPrint(present) !== print) {
      return {
        kind: "unreadable",
        why: "the config's history does not show its last change yet",
        retryAt: null,
      };
    }
    const judged = await this.#approvals(ref, read.versions, config);
    if (judged.kind !== "read") return judged;
    this.#known.set(key, { print, versions: judged.versions });
    return judged;
  }

  /** Was the merge of this amendment the step that was approved? What came before an approved version is ratified by it. */
  async #landed(ref: ProposalRef, config: ValidConfig): Promise<Pick<AmendmentFacts, "landed">> {
    const read = await this.versions(ref, config);
    if (read.kind !== "read") return {};
    const at = read.versions.findIndex(({ pull }) => pull === ref.number);
    return at < 0 ? {} : { landed: at <= read.versions.findLastIndex(({ approved }) => approved) };
  }

  /**
   * Every version of the config, oldest first, each asked whether it was approved. It needs no valid config now: what is wrong with
   * it is part of the history.
   */
  async history(ref: RepositoryRef): Promise<VersionsKnown> {
    const read = await this.#texts.versions(ref);
    if (read.kind !== "read") return read;
    const valid = read.versions.findLast(({ rules }) => rules !== null);
    const [first] = read.versions;
    if (valid?.rules == null || first === undefined) return read;
    const by = { rules: valid.rules, adoptedAt: first.at };
    return this.#approvals(ref, read.versions, by, "all");
  }

  async #lawfulRules(
    ref: RepositoryRef,
    config: ValidConfig,
  ): Promise<
    { readonly kind: "read"; readonly rules: Rules | null } | Exclude<VersionsKnown, { kind: "read" }>
  > {
    const read = await this.versions(ref, config);
    if (read.kind !== "read") return read;
    const { lawful, unlawful } = lawfulState(fromLastLawful(read.versions), equal);
    return { kind: "read", rules: unlawful.length === 0 ? null : (lawful?.rules ?? null) };
  }

  /** Asks from the newest back: what came before an approved version needs no asking for the present (config.lawful). */
  async #approvals(
    ref: RepositoryRef,
    versions: readonly ConfigVersion[],
    config: ReadingConfig,
    reach: "newest" | "all" = "newest",
  ): Promise<VersionsKnown> {
    const judged = [...versions];
    for (let index = versions.length - 1; index > 0; index -= 1) {
      const version = versions[index];
      if (version?.pull == null || version.mergedHead === null) continue;
      const register = await this.#registerOf({ ...ref, number: version.pull }, config);
      if (register.kind !== "read") return register;
      if (
        approvedStep(register.register, version.mergedHead, versions[index - 1]?.rules ?? null, version.rules)
      ) {
        judged[index] = {
          ...version,
          approved: true,
          ownWord: (register.register?.seen?.own.length ?? 0) > 0,
        };
        if (reach === "newest") break;
      }
    }
    return { kind: "read", versions: judged };
  }

  async #registerOf(ref: ProposalRef, config: ReadingConfig) {
    const key = `${repositoryKey(ref)}#${ref.number}`;
    const known = this.#registers.get(key);
    if (known !== undefined) return { kind: "read", register: known } as const;
    const read = await this.#reader.proposal(ref, config.rules, config.adoptedAt);
    if (read.kind === "unreadable") return read;
    const register = read.kind === "read" ? read.snapshot.register : null;
    if (read.kind === "read" && read.snapshot.pull.state === "merged") this.#registers.set(key, register);
    return { kind: "read", register } as const;
  }

  /** amend.absent: asked for only where somebody would be removed and the duty is on. */
  async #quiet(ref: ProposalRef, facts: AmendmentFacts, { pull }: Snapshot, config: ValidConfig) {
    const { rules, adoptedAt } = config;
    if (this.#activity === null || !rules.duties.absence) return [];
    if (pull.state !== "open" || facts.head.kind !== "valid") return [];
    const removed = differences(rules, facts.head.rules, new Map()).filter(
      (change) => change.kind === "remove_member",
    );
    if (removed.length === 0) return [];
    const known = await this.versions(ref, config);
    if (known.kind !== "read") return known;
    const acts = await this.#activity.lastActs(ref, rules, adoptedAt);
    if (acts === null)
      return { kind: "unreadable", why: "who was seen in the repository cannot be read", retryAt: null };
    return removed.map(({ member, team }) => ({
      person: member,
      at: quietSince({ slug: team }, member, acts, known.versions),
    }));
  }

  async #withMotions(
    ref: ProposalRef,
    facts: AmendmentFacts,
    snapshot: Snapshot,
    config: ValidConfig,
  ): Promise<AmendmentFacts | Unreadable> {
    if (snapshot.pull.state !== "open" || facts.head.kind !== "valid") return facts;
    const openMotions = (await this.#previews?.motions(ref, config)) ?? [];
    if ("kind" in openMotions) return openMotions;
    return { ...facts, openMotions };
  }
}

/** The versions from the last approved one on, or all of them: the first is lawful either way. */
function fromLastLawful(versions: readonly ConfigVersion[]): readonly ConfigVersion[] {
  const at = versions.findLastIndex((version) => version.approved);
  return at < 0 ? versions : versions.slice(at);
}
