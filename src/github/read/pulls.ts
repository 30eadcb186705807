import { LRUCache } from "lru-cache";
import type { ReadingConfig } from "../../config/outcome.js";
import { onRoster } from "../../domain/acts/roster.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { SECOND } from "../../domain/text/time.js";
import { atMost } from "../../platform/atMost.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { type Caller, SOON } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { NodeIds } from "../nodeIds.js";
import type { HeadFacts, OpenPage, ProposalRef, RegisterMemory, RepositoryRef, Sight } from "../ports.js";
import { isTooExpensive, type ReadResult, unreadable } from "../readResult.js";
import type { RecordBelief } from "../record/trust.js";
import { accountOf } from "./accounts.js";
import { asSeenBy, type ClerkAccount } from "./asSeenBy.js";
import { NO_BOXES, newestWithBoxes, type WithBoxes } from "./boxEdits.js";
import { runsOf, verdictOf } from "./checks.js";
import { LISTS, type List, readCold, withRuns } from "./cold.js";
import { ColdTogether } from "./coldTogether.js";
import type { Configs } from "./config.js";
import { withEdits } from "./edits.js";
import type { Facts } from "./facts.js";
import { Forms } from "./form.js";
import { Gates } from "./gates.js";
import { withKept } from "./kept.js";
import { hasLegacyPast } from "./legacy.js";
import { Memory } from "./memory.js";
import { Mentions } from "./mentions.js";
import { NewestOf } from "./newestOf.js";
import { instant, present } from "./nodes.js";
import { withOlderRuns } from "./older.js";
import type { OwnForms } from "./ownForms.js";
import type { OwnReactions } from "./ownReactions.js";
import { Portions } from "./portions.js";
import { HEAD } from "./queries/generated.js";
import { Renames } from "./renames.js";
import { spokenLinesOnce } from "./saidOnce.js";
import { Heads } from "./shared.js";
import { openPage, sightOf } from "./sight.js";
import { snapshotOf } from "./snapshot.js";
import { Texts } from "./texts.js";
import { LONGEST_WARM, readWarm } from "./warm.js";

const BOXES_KNOWN = 10_000;

export interface PullsParts {
  readonly caller: Caller;
  /** The App's numeric id: its own check runs are found by it. */
  readonly appId: number;
  readonly keys: RecordBelief;
  /** Who the clerk is, where whoever signs in is somebody else; left out: whoever signs in. */
  readonly clerk?: ClerkAccount;
  readonly configs: Configs;
  readonly spokenLines: (body: string) => readonly string[];
  readonly reacted: OwnReactions;
  readonly forms: OwnForms;
  /** Numeric ids of repositories by `owner/name` in lower case, for the writer. */
  readonly repositoryIds: Map<string, number>;
  /** GraphQL's ids of what the writer may change. */
  readonly nodeIds: NodeIds;
  readonly log: Log;
  /** What the clerk keeps of registers itself. */
  readonly memory: RegisterMemory;
  /** Bytes to remember of all PRs together, about. */
  readonly capacity?: number;
}

/**
 * One pull request as GitHub shows it, whatever it would make of the rules: of the snapshot, what the rules about the rules need is left
 * out. Remembers what it read, and asks for what is new.
 */
export class Pulls {
  readonly #parts: PullsParts;
  readonly #memory: Memory;
  readonly #texts: Texts;
  readonly #renames: Renames;
  readonly #forms: Forms;
  readonly #portions = new Portions();
  readonly #together: ColdTogether;
  readonly #newestOf: NewestOf;
  /** Of each, as it was read last: they outlive what is forgotten, so that a read from the beginning can ask for their edits at once. */
  readonly #boxes = new LRUCache<string, WithBoxes>(atMost(BOXES_KNOWN));
  readonly #heads = new Heads();
  readonly #gates: Gates;

  constructor(parts: PullsParts) {
    this.#parts = { ...parts, spokenLines: spokenLinesOnce(parts.spokenLines) };
    this.#memory = new Memory(parts.capacity);
    this.#together = new ColdTogether(parts.caller, parts.appId);
    this.#newestOf = new NewestOf(parts.caller, parts.appId);
    this.#texts = new Texts(parts.caller);
    this.#renames = new Renames(parts.caller);
    this.#gates = new Gates(parts);
    this.#forms = new Forms(parts);
  }

  /** Needs the rules for what to read (mentions, legacy bots) and the config's adoption time for the snapshot. */
  async read(
    ref: ProposalRef,
    { rules, adoptedAt }: ReadingConfig,
  ): Promise<ReadResult<{ snapshot: Snapshot; sight?: Sight | null }>> {
    const { caller, log, configs } = this.#parts;
    try {
      const read = await this.#facts(ref, { rules, adoptedAt });
      if (read.kind === "unreadable" && read.because === "changed")
        return unreadable(`it changed while it was read: ${read.why}`, caller.now() + 2 * SECOND);
      if (read.kind === "gone") this.forget(ref);
      if (read.kind !== "read") return read;
      let { facts } = read;
      if (facts.repository.isArchived) {
        this.forget(ref);
        return { kind: "gone", why: "the repository is archived" };
      }
      this.#memory.keep(keyOf(ref), facts);
      this.#boxes.set(keyOf(ref), newestWithBoxes(facts));
      this.#parts.repositoryIds.set(`${ref.owner}/${ref.name}`.toLowerCase(), facts.repository.databaseId);
      if (configs.verify(ref, facts.repository, rules) === "moved") {
        return unreadable("the config on the default branch has changed", caller.now());
      }
      const parts = {
        ...this.#parts,
        rules,
        adoptedAt,
        rosterCommit: configs.commitOf(rules),
        reacted: (utterance: string) => this.#parts.reacted.on(ref, utterance),
      };
      const { repository, pull } = facts;
      const recalled = await this.#parts.memory.recall(repository.databaseId, pull.number);
      if (recalled.kind === "unavailable") {
        return unreadable(`the clerk's store cannot be read: ${recalled.why}`, caller.now() + SOON);
      }
      const seen = (all: Facts) => withKept(snapshotOf(all, parts), recalled.register, log, keyOf(ref));
      let snapshot = seen(facts);
      // Read at two moments: what ends with its merge would be taken for ended while it was open (amend.rules).
      if (snapshot.pull.state !== "merged" && snapshot.events.some(({ kind }) => kind === "merged"))
        return unreadable("GitHub does not show yet that it was merged", caller.now() + 2 * SECOND);
      const older = await withOlderRuns(caller, this.#parts.appId, ref, facts, snapshot, rules);
      if (older !== null) {
        if (older.kind !== "read") return older;
        facts = older.facts;
        this.#memory.keep(keyOf(ref), facts);
        snapshot = seen(facts);
      }
      this.#noteIds(ref, facts, snapshot);
      const whole = await this.#renames.complete(ref, snapshot, rules);
      if (whole.kind !== "read") return whole;
      const compared = await this.#texts.complete(ref, whole.snapshot, rules);
      if (compared.kind !== "read") return compared;
      const formed = await this.#forms.complete(ref, compared.snapshot, facts, rules);
      const gated = await this.#gates.complete(ref, formed, facts.pull.body, rules);
      return gated.kind === "read" ? { ...gated, sight: sightOf(facts) } : gated;
    } catch (thrown) {
      // An answer of another shape than the query's: nothing is decided by it, and nothing of it is remembered.
      this.forget(ref);
      log.error("GitHub's answer could not be understood.", {
        proposal: keyOf(ref),
        error: errorMessage(thrown),
      });
      return unreadable("GitHub's answer could not be understood", caller.now() + SOON);
    }
  }

  #noteIds(ref: ProposalRef, { repository, pull }: Facts, { ownComments }: Snapshot): void {
    const { nodeIds } = this.#parts;
    nodeIds.note(ref, { kind: "repository" }, repository.id);
    nodeIds.note(ref, { kind: "pull", id: ref.number }, pull.id);
    for (const { id, name } of present(pull.labels?.nodes)) nodeIds.note(ref, { kind: "label", name }, id);
    for (const { id, nodeId } of ownComments) nodeIds.note(ref, { kind: "comment", id }, nodeId);
    const head = present(pull.commits.nodes).find(({ commit }) => commit.oid === pull.headRefOid);
    for (const { fullId, id } of head === undefined ? [] : runsOf(head.commit, ref.number).slice(0, 1))
      nodeIds.note(ref, { kind: "run", id: fullId ?? 0 }, id);
  }

  /** config.lawful: what the gates of the last lawful config ask for besides, of a snapshot that was just read. */
  async withLawfulGates(
    ref: ProposalRef,
    snapshot: Snapshot,
    rules: Rules,
  ): Promise<ReadResult<{ snapshot: Snapshot }>> {
    const facts = this.#memory.recall(keyOf(ref));
    if (facts === null || snapshot.lawfulRules === null) return { kind: "read", snapshot };
    const formed = await this.#forms.complete(ref, snapshot, facts, rules);
    return this.#gates.complete(ref, formed, facts.pull.body, rules);
  }

  /** A warm read where there is something remembered to start from; a cold one where not, or where anything does not add up. */
  async #facts(ref: ProposalRef, by: ReadingConfig): Promise<ReadResult<{ facts: Facts }>> {
    const { caller, log } = this.#parts;
    const known = this.#memory.recall(keyOf(ref));
    if (known !== null && caller.now() - known.coldAt < LONGEST_WARM) {
      const warm = await this.#warm(ref, known, by);
      if (warm !== null && (warm.kind !== "unreadable" || warm.because !== "changed")) return warm;
      const why =
        warm === null
          ? "What is new is too much for GitHub to tell at once"
          : "What was remembered does not fit any more";
      log.debug(`${why}; reading from the beginning.`, { proposal: keyOf(ref) });
    }
    return this.#cold(ref, LISTS, null, by);
  }

  /** null: it is more than GitHub tells at once, not for the first time. */
  async #warm(
    ref: ProposalRef,
    known: Facts,
    by: ReadingConfig,
  ): Promise<ReadResult<{ facts: Facts }> | null> {
    const { caller } = this.#parts;
    const key = keyOf(ref);
    const way = this.#portions.warm(key, caller.now());
    if (way === "never") return null;
    const warm = await readWarm(caller, this.#newestOf, ref, known, way === "whole");
    if (isTooExpensive(warm) && this.#portions.warmFailed(key, caller.now())) return null;
    if (warm.kind !== "read") return warm;
    this.#portions.warmDid(key, caller.now());
    const { facts, doubtful } = warm;
    if (doubtful.length === 0) return this.#complete(ref, facts, by);
    return this.#cold(ref, doubtful, facts, by);
  }

  async #cold(
    ref: ProposalRef,
    lists: readonly List[],
    known: Facts | null,
    by: ReadingConfig,
  ): Promise<ReadResult<{ facts: Facts }>> {
    const { caller, appId } = this.#parts;
    const key = keyOf(ref);
    const portion = this.#portions.of(key, caller.now());
    const first = known === null && portion.step === 0 ? await this.#together.read(ref) : null;
    if (first?.unfinished.length === 0) return this.#complete(ref, first.facts, by);
    const [rest, from] = first === null ? [lists, known] : [first.unfinished, first.facts];
    const boxes = this.#boxes.get(key) ?? NO_BOXES;
    const cold = await readCold(caller, appId, ref, rest, from, { portion, boxes });
    if (cold.kind !== "read") return cold;
    this.#portions.did(key, portion, caller.now());
    return this.#complete(ref, cold.facts, by);
  }

  async #complete(
    ref: ProposalRef,
    facts: Facts,
    { rules, adoptedAt }: ReadingConfig,
  ): Promise<ReadResult<{ facts: Facts }>> {
    const { caller, appId, clerk } = this.#parts;
    const seen =
      clerk === undefined ? { kind: "read" as const, facts } : await asSeenBy(clerk, caller, ref, facts);
    if (seen.kind !== "read") return seen;
    const whole = await withRuns(caller, appId, ref, seen.facts, this.#heads);
    if (whole.kind !== "read") return whole;
    const isOnRoster = onRoster(rules);
    return withEdits(caller, ref, whole.facts, {
      mentions: new Mentions(rules, seen.facts.viewer.login),
      mayAct: ({ author }) => isOnRoster(accountOf(author)),
      legacy: (node) => hasLegacyPast(node, rules, adoptedAt),
    });
  }

  /** The head and the clerk's own check on it. */
  async head(ref: ProposalRef): Promise<ReadResult<HeadFacts>> {
    const { caller, appId } = this.#parts;
    try {
      const variables = { owner: ref.owner, repo: ref.name, number: ref.number, appId };
      const answered = await ask(caller, ref.installation, HEAD, variables);
      if (answered.kind !== "read") return answered;
      const { repository } = answered.data;
      const pull = repository?.pullRequest;
      if (!repository || !pull) return { kind: "gone", why: "there is no such pull request" };
      if (repository.isArchived) return { kind: "gone", why: "the repository is archived" };
      const commit = present(pull.commits.nodes).find(({ commit }) => commit.oid === pull.headRefOid)?.commit;
      const run = commit && runsOf(commit, ref.number)[0];
      return {
        kind: "read",
        head: pull.headRefOid,
        open: pull.state === "OPEN",
        check: run
          ? {
              id: run.fullId ?? 0,
              title: run.title ?? "",
              summary: run.summary ?? "",
              startedAt: run.startedAt === null ? 0 : instant(run.startedAt),
              verdict: verdictOf(run),
            }
          : null,
      };
    } catch {
      return unreadable("GitHub's answer could not be understood", caller.now() + SOON);
    }
  }

  /** A glance at many. */
  async open(
    ref: RepositoryRef,
    from: { readonly after: string | null; readonly threads: boolean },
  ): Promise<ReadResult<OpenPage>> {
    const { caller, appId } = this.#parts;
    try {
      return await openPage(caller, appId, ref, from);
    } catch {
      return unreadable("GitHub's answer could not be understood", caller.now() + SOON);
    }
  }

  /** Its next read is a cold one. */
  forget(ref: ProposalRef): void {
    this.#memory.forget(keyOf(ref));
  }
}

const keyOf = ({ owner, name, number }: ProposalRef): string => `${owner}/${name}#${number}`.toLowerCase();
