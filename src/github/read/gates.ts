import { LRUCache } from "lru-cache";
import { isAccepted } from "../../domain/acts/motionOutcome.js";
import { stageNow } from "../../domain/acts/stage.js";
import { gatesAskedFor } from "../../domain/gates/askedFor.js";
import { dependenciesNamed, MOST_DEPENDENCIES } from "../../domain/gates/named.js";
import type { DependenciesFacts, DependencyFacts, GateFacts, ThreadFacts } from "../../domain/model/gates.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { HOUR } from "../../domain/text/time.js";
import { implementationLinks } from "../../markdown/implementationLinks.js";
import { atMost } from "../../platform/atMost.js";
import { type Caller, SOON } from "../client/call.js";
import { ask } from "../client/graphql.js";
import { readOne } from "../client/rest.js";
import type { ProposalRef, RegisterMemory } from "../ports.js";
import { type ReadResult, unreadable } from "../readResult.js";
import { accountOf } from "./accounts.js";
import { checklistFacts, needsChecklist } from "./checklist.js";
import { instant, present } from "./nodes.js";
import { isTooLong, MOST_ENTRIES, type Progress, step } from "./paging.js";
import { THREADS } from "./queries/generated.js";

export interface GatesParts {
  readonly caller: Caller;
  /** What the clerk keeps of other proposals. */
  readonly memory: RegisterMemory;
}

/**
 * gate.begin, gate.end: the snapshot with what the gates of the config ask for and no other reading tells. That a thread was resolved, or
 * another proposal accepted, moves no time stamp of the pull request, so it is asked for anew at each look; where no gate asks, nothing is.
 */
export class Gates {
  readonly #parts: GatesParts;
  /** What was merged stays so. */
  readonly #merged = new LRUCache<string, true>(atMost(5000));
  /** Numbers of no pull request: anybody can write any. */
  readonly #unknown = new LRUCache<string, true>({ ...atMost(5000), ttl: HOUR });

  constructor(parts: GatesParts) {
    this.#parts = parts;
  }

  /** `description`: the whole of it, whoever saved it last. */
  async complete(
    ref: ProposalRef,
    snapshot: Snapshot,
    description: string,
    rules: Rules,
  ): Promise<ReadResult<{ snapshot: Snapshot }>> {
    const { pull, register } = snapshot;
    const concerned =
      pull.state !== "merged" && (stageNow(snapshot, rules).inScope || register?.motion?.end === null);
    const asked = gatesAskedFor(snapshot, rules);
    const kinds = new Set(asked.map(({ kind }) => kind));
    if (!concerned || !READ.some((kind) => kinds.has(kind))) return { kind: "read", snapshot };
    const written = writtenIn(description, snapshot);
    let gates: GateFacts = {};
    if (kinds.has("review_threads")) {
      const read = await threadsOf(this.#parts.caller, ref);
      if (read.kind !== "read") return read;
      gates = { ...gates, threads: read.threads };
    }
    if (kinds.has("dependencies")) {
      const read = written && (await this.#dependencies(ref, snapshot, namedIn(written, snapshot, rules)));
      if (read !== null && read.kind !== "read") return read;
      gates = { ...gates, dependencies: read === null ? null : read.dependencies };
    }
    const [list] = asked.flatMap((gate) => (gate.kind === "checklist" ? [gate] : []));
    if (list !== undefined && needsChecklist(snapshot)) {
      const read = await checklistFacts(this.#parts.caller, ref, snapshot, list.file);
      if (read.kind !== "read") return read;
      gates = { ...gates, checklist: read.checklist };
    }
    if (kinds.has("implementation"))
      gates = { ...gates, implementations: written && [...new Set(written.flatMap(implementationLinks))] };
    return { kind: "read", snapshot: { ...snapshot, gates } };
  }

  /** What they have come to, and what those wait for in turn that are not done yet. */
  async #dependencies(
    ref: ProposalRef,
    { pull, repository, register }: Snapshot,
    named: readonly number[],
  ): Promise<ReadResult<{ dependencies: DependenciesFacts }>> {
    const known = new Map<number, DependencyFacts>();
    const wanted = [...new Set([...(register?.gates?.dependencies ?? []), ...named])];
    for (const number of wanted) {
      if (number === pull.number || known.has(number) || known.size >= MOST_LOOKED_AT) continue;
      const read = await this.#one(ref, repository.id, number);
      if (read.kind !== "read") return read;
      known.set(number, read.one);
      if (read.one.state !== "merged" && read.one.state !== "accepted") wanted.push(...read.one.dependsOn);
    }
    return { kind: "read", dependencies: { named, known: [...known.values()] } };
  }

  async #one(
    ref: ProposalRef,
    repository: number,
    number: number,
  ): Promise<ReadResult<{ one: DependencyFacts }>> {
    const { caller, memory } = this.#parts;
    const key = `${repository}#${number}`;
    const done = { number, state: "merged", dependsOn: [] } as const;
    const unknown = { number, state: "unknown", dependsOn: [] } as const;
    if (this.#unknown.has(key)) return { kind: "read", one: unknown };
    if (this.#merged.has(key)) return { kind: "read", one: done };
    const { owner, name: repo } = ref;
    const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
    const read = await readOne(caller, ref.installation, route, { owner, repo, pull_number: number });
    if (read.kind === "gone") {
      this.#unknown.set(key, true);
      return { kind: "read", one: unknown };
    }
    if (read.kind !== "read") return read;
    if (read.data.merged) {
      this.#merged.set(key, true);
      return { kind: "read", one: done };
    }
    const recalled = await memory.recall(repository, number);
    if (recalled.kind === "unavailable")
      return unreadable(`the clerk's store cannot be read: ${recalled.why}`, caller.now() + SOON);
    const { motion, gates } = recalled.register ?? { motion: null };
    const state = isAccepted(motion) ? "accepted" : read.data.state === "closed" ? "closed" : "open";
    return { kind: "read", one: { number, state, dependsOn: gates?.dependencies ?? [] } };
  }
}

/** Gates for which something is read here. */
const READ = ["review_threads", "dependencies", "checklist", "implementation"] as const;

/** So many proposals are looked at, those that are named and what they wait for in turn. */
const MOST_LOOKED_AT = 30;

/** Its description and its texts; null: what these say is not known now. A proposal that adds no text says all in its description. */
function writtenIn(description: string, { form }: Snapshot): readonly string[] | null {
  const texts = form === undefined ? [] : form.kind === "read" ? form.texts : null;
  return texts && [description, ...texts.flatMap((one) => ("text" in one ? [one.text] : []))];
}

function namedIn(
  written: readonly string[],
  { pull, repository }: Snapshot,
  rules: Rules,
): readonly number[] {
  const naming = {
    prefix: rules.prefix ?? null,
    repositoryUrl: pull.url.replace(/\/pull\/\d+.*$/u, ""),
    repository: `${repository.owner}/${repository.name}`,
  };
  const numbers = new Set(written.flatMap((text) => dependenciesNamed(text, naming)));
  numbers.delete(pull.number);
  return [...numbers].slice(0, MOST_DEPENDENCIES);
}

const PAGE = 100;

/** `threads` null: there are more of them than are read. */
async function threadsOf(
  caller: Caller,
  { installation, owner, name, number }: ProposalRef,
): Promise<ReadResult<{ threads: readonly ThreadFacts[] | null }>> {
  const found: ThreadFacts[] = [];
  const place: Progress = { after: null, done: false, asked: 0 };
  while (!place.done) {
    if (isTooLong(place, MOST_ENTRIES)) return { kind: "read", threads: null };
    const variables = { owner, repo: name, number, page: PAGE, after: place.after };
    const answered = await ask(caller, installation, THREADS, variables);
    if (answered.kind !== "read") return answered;
    const list = answered.data.repository?.pullRequest?.reviewThreads;
    if (!list) return { kind: "gone", why: "there is no such pull request" };
    for (const { isResolved, resolvedBy, comments } of present(list.nodes)) {
      // One of a review that is not submitted yet has none that others see.
      const [first] = present(comments.nodes);
      if (first === undefined) continue;
      found.push({
        url: first.url,
        by: accountOf(first.author),
        at: instant(first.publishedAt ?? first.createdAt),
        resolved: isResolved,
        resolvedBy: accountOf(resolvedBy),
      });
    }
    step(place, list.pageInfo, PAGE);
  }
  return { kind: "read", threads: found };
}
