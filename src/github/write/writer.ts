import type { Action } from "../../domain/model/action.js";
import { LABELS, LIFE_LABELS, labelNameOf } from "../../domain/model/labels.js";
import type { Register } from "../../domain/model/register.js";
import type { Rules } from "../../domain/model/rules.js";
import { cutTo } from "../../domain/text/cut.js";
import { HOUR, type Instant } from "../../domain/text/time.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { type Answer, type Caller, SOON } from "../client/call.js";
import { pages, readOne } from "../client/rest.js";
import { GRAPHQL } from "../client/routes.js";
import type { NodeIds } from "../nodeIds.js";
import type { ProposalRef, RepositoryRef, WriteOutcome, Writer } from "../ports.js";
import type { OwnForms } from "../read/ownForms.js";
import type { OwnReactions } from "../read/ownReactions.js";
import type { RecordKeys } from "../record/keys.js";
import { CHECK_ROOM } from "../record/marker.js";
import { sealRecord } from "../record/seal.js";
import { refusedAs } from "./refusedAs.js";
import {
  type Composed,
  checkRequest,
  commentRequest,
  furtherAnnotations,
  plainRequest,
  type WriteRequest,
} from "./requests.js";
import { SpecLinks } from "./specLinks.js";
import { documentOf, MOST_TOGETHER, partsOfAnswer, type Update, updateOf } from "./together.js";
import { UnknownCommits } from "./unknownCommits.js";

export interface WriterParts {
  readonly caller: Caller;
  readonly keys: RecordKeys;
  readonly reacted: OwnReactions;
  readonly forms: OwnForms;
  /** Numeric ids of repositories by `owner/name` in lower case: records are bound to them. The reader notes what it sees. */
  readonly repositoryIds: Map<string, number>;
  /** GraphQL's ids of what is there, which reads and answers bring. */
  readonly nodeIds: NodeIds;
  readonly log: Log;
}

/** GitHub's bad days pass. */
const ALONE_FOR = HOUR;

type Sealed = Action & { readonly kind: "create_comment" | "update_comment" | "put_check" };

/**
 * Actions → requests, one at a time, paced, within GitHub's limits. What GitHub answers becomes an outcome, never an exception.
 * Single labels only (label.single); a POST that makes something is never sent twice by itself (comment.once).
 */
export class GitHubWriter implements Writer {
  readonly #parts: WriterParts;
  readonly #unknown = new UnknownCommits();

  readonly #links: SpecLinks;
  /** This GitHub knows the mutations that updates go by together. */
  #together = true;
  /** GitHub did not say what became of several: until then they go one by one, as what is too much for it would be so each time. */
  #aloneUntil: Instant = 0;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#links = new SpecLinks({
      caller: parts.caller,
      send: (ref, request) => this.#send(ref, request),
    });
  }

  async apply(ref: ProposalRef, action: Action): Promise<WriteOutcome> {
    const { log, reacted, forms } = this.#parts;
    try {
      switch (action.kind) {
        case "create_comment":
        case "update_comment":
        case "put_check": {
          const composed = await this.#composed(ref, action);
          if ("kind" in composed) return composed;
          const { request, recordLeftOut } = composed;
          if (recordLeftOut) this.#tellLeftOut(ref, action);
          const outcome = await this.#send(ref, request);
          if (outcome.kind !== "done" || action.kind !== "put_check") {
            return recordLeftOut && outcome.kind === "done" ? { ...outcome, recordLeftOut: true } : outcome;
          }
          if (outcome.id === null) return outcome;
          for (const further of furtherAnnotations(ref, action, outcome.id)) {
            const added = await this.#send(ref, further);
            // The verdict is written already; only the rest of the annotations is missing.
            if (added.kind !== "done") {
              log.warn("Not all annotations of a check went through.", {
                proposal: nameOf(ref),
                why: added.why,
              });
              break;
            }
          }
          return outcome;
        }
        case "react": {
          const outcome = await this.#send(ref, plainRequest(ref, action));
          if (outcome.kind === "done") reacted.note(ref, action.on, action.reaction);
          return outcome;
        }
        case "put_form": {
          const outcome = await this.#send(ref, plainRequest(ref, action));
          if (outcome.kind === "done" && outcome.id !== null) {
            const { verdict, title, summary } = action;
            forms.note(ref, action.head, { id: Number(outcome.id), verdict, title, summary });
          }
          return outcome;
        }
        case "link_spec_pull":
          return await this.#links.apply(action);
        default:
          return await this.#send(ref, plainRequest(ref, action));
      }
    } catch (thrown) {
      log.error("An action could not be carried out.", {
        proposal: nameOf(ref),
        action: action.kind,
        error: errorMessage(thrown),
      });
      return { kind: "unclear", why: errorMessage(thrown) };
    }
  }

  async applyTogether(
    ref: ProposalRef,
    actions: readonly [Action, ...Action[]],
  ): Promise<readonly WriteOutcome[]> {
    const alone = async () => [await this.apply(ref, actions[0])];
    const holds = this.#together && this.#parts.caller.now() >= this.#aloneUntil;
    if (!holds || actions.length < 2) return alone();
    try {
      const updates: { readonly action: Action; readonly update: Update; readonly leftOut: boolean }[] = [];
      for (const action of actions.slice(0, MOST_TOGETHER)) {
        const composed = await this.#composedPlain(ref, action);
        if (composed === null) break;
        const update = updateOf(ref, action, composed.request, this.#parts.nodeIds);
        if (update === null) break;
        updates.push({ action, update, leftOut: composed.recordLeftOut });
      }
      if (updates.length < 2) return await alone();
      const outcomes = await this.#sendTogether(
        ref,
        updates.map(({ update }) => update),
      );
      if (outcomes === null) return await alone();
      return outcomes.map((outcome, at) => {
        const { action, leftOut } = updates[at] ?? { action: actions[0], leftOut: false };
        if (outcome.kind !== "done") return outcome;
        if (action.kind === "react") this.#parts.reacted.note(ref, action.on, action.reaction);
        if (!leftOut) return outcome;
        this.#tellLeftOut(ref, action);
        return { ...outcome, recordLeftOut: true };
      });
    } catch (thrown) {
      const why = errorMessage(thrown);
      this.#parts.log.error("Actions could not be carried out.", { proposal: nameOf(ref), error: why });
      return [{ kind: "unclear", why }];
    }
  }

  /**
   * What came of each, in order; null: nothing was done, and this GitHub wants them one by one. Each is the same when done twice, so the whole
   * is sent again like any of them, and one that failed is sent once more by itself.
   */
  async #sendTogether(ref: ProposalRef, updates: readonly Update[]): Promise<WriteOutcome[] | null> {
    const { caller, log, nodeIds } = this.#parts;
    const document = documentOf(updates);
    const options = { repeatable: true, write: "changes" } as const;
    const answer = await caller.call(ref.installation, GRAPHQL, document, options);
    const later = (why: string, retryAt: number | null): WriteOutcome => ({ kind: "later", why, retryAt });
    if (answer.kind === "no") return null;
    if (answer.kind !== "ok") {
      if (answer.kind === "unclear") this.#aloneUntil = caller.now() + ALONE_FOR;
      const outcome = answer.kind === "later" ? answer : later(answer.why, caller.now() + SOON);
      return updates.map(() => outcome);
    }
    const { parts, says, isUnknown } = partsOfAnswer(answer.data, updates);
    if (isUnknown) {
      this.#together = false;
      log.warn("This GitHub does not take several updates in one request: they go one by one.", { says });
      return null;
    }
    const until = says === "" ? null : caller.heldBy(ref.installation, answer.status, answer.headers, says);
    let waits: WriteOutcome | null = until === null ? null : later("GitHub's rate limit is used up", until);
    const outcomes: WriteOutcome[] = [];
    for (const [at, part] of parts.entries()) {
      const update = updates[at];
      if (part === "done" || update === undefined) {
        outcomes.push({ kind: "done", id: null });
        continue;
      }
      if (part === "unclear" && until === null) this.#aloneUntil = caller.now() + ALONE_FOR;
      if (part === "unclear") waits ??= later(cutTo(`no answer: ${says}`, 300), caller.now() + SOON);
      if (update.label !== null) nodeIds.forget(ref, { kind: "label", name: update.label });
      const outcome = waits ?? (await this.#send(ref, update.request));
      outcomes.push(outcome);
      if (outcome.kind === "later") waits = outcome;
    }
    return outcomes;
  }

  /** null: it is not made of one plain request. */
  async #composedPlain(ref: ProposalRef, action: Action): Promise<Composed | null> {
    switch (action.kind) {
      case "update_comment":
      case "put_check": {
        const composed = await this.#composed(ref, action);
        return "kind" in composed ? null : composed;
      }
      case "react":
      case "add_label":
      case "remove_label":
        return { request: plainRequest(ref, action), recordLeftOut: false };
      default:
        return null;
    }
  }

  async #composed(ref: ProposalRef, action: Sealed): Promise<Composed | WriteOutcome> {
    const { keys } = this.#parts;
    const repository = await this.#repositoryId(ref);
    if (typeof repository !== "number") return repository;
    const composed =
      action.kind === "put_check"
        ? checkRequest(ref, action, keys, repository)
        : commentRequest(ref, action, keys, repository);
    if (composed !== null) return composed;
    return {
      kind: "refused",
      status: 422,
      why:
        action.kind === "put_check"
          ? "its record would not be kept whole"
          : "the comment is longer than GitHub takes (65,536 characters), or its record would not be read back",
    };
  }

  #tellLeftOut(ref: ProposalRef, { kind }: Action): void {
    this.#parts.log.warn("The record does not fit; its number stands in its place.", {
      proposal: nameOf(ref),
      action: kind,
    });
  }

  canKeep(repository: number, pull: number, register: Register): "kept" | "too_large" | "unreadable" {
    const sealed = sealRecord(register, this.#parts.keys, { repository, pull }, CHECK_ROOM);
    return sealed.kind === "sealed" ? "kept" : sealed.kind;
  }

  async ensureLabels(ref: RepositoryRef, rules: Rules): Promise<WriteOutcome> {
    const { caller, log, nodeIds } = this.#parts;
    const repo = { owner: ref.owner, repo: ref.name };
    const listed = await pages(caller, ref.installation, "GET /repos/{owner}/{repo}/labels", repo);
    if (listed.kind === "unreadable") return { kind: "later", why: listed.why, retryAt: listed.retryAt };
    if (listed.kind === "gone") return { kind: "refused", status: 404, why: listed.why };
    const present = new Set(listed.items.map(({ name }) => name.toLowerCase()));
    for (const { name, node_id } of listed.items) nodeIds.note(ref, { kind: "label", name }, node_id);
    const used = [
      ...LABELS.map((row) => ({ ...row, name: labelNameOf(rules.labels, row.key) })),
      ...LIFE_LABELS.map((row) => ({ ...row, name: rules[row.key] ?? null })),
    ];
    for (const { name, colour, description } of used) {
      if (name === null || present.has(name.toLowerCase())) continue;
      const outcome = await this.#send(ref, {
        route: "POST /repos/{owner}/{repo}/labels",
        parameters: { ...repo, name, color: colour, description },
        // A second one of the same name is refused as such: never two.
        repeatable: true,
        creates: false,
        permission: "Issues: write",
        alsoDone: [],
      });
      const exists =
        outcome.kind === "refused" &&
        outcome.status === 422 &&
        /already_exists|already exists/i.test(outcome.why);
      if (outcome.kind !== "done" && !exists) return outcome;
      log.info("Made a label that was missing.", { repository: `${ref.owner}/${ref.name}`, label: name });
    }
    return { kind: "done", id: null };
  }

  async #send(ref: RepositoryRef, request: WriteRequest): Promise<WriteOutcome> {
    const { caller } = this.#parts;
    const answer = await caller.call(ref.installation, request.route, request.parameters, {
      repeatable: request.repeatable,
      write: request.creates ? "creates" : "changes",
    });
    return this.#outcomeOf(ref, request, answer);
  }

  #outcomeOf(ref: RepositoryRef, request: WriteRequest, answer: Answer): WriteOutcome {
    const { caller, log } = this.#parts;
    const early = this.#unknown.tooEarly(request, answer, caller.now());
    if (early !== null) {
      const why = "GitHub does not know the commit yet";
      if (early.isLate)
        log.warn(`${why}, so it has no check. It is tried again each minute.`, {
          repository: `${ref.owner}/${ref.name}`,
        });
      return { kind: "later", why, retryAt: early.until };
    }
    switch (answer.kind) {
      case "ok":
        if (request.route === GRAPHQL) return this.#mutated(ref, request, answer);
        this.#noteId(ref, request, answer.data);
        return { kind: "done", id: idIn(answer.data) };
      case "later":
        return answer;
      case "unclear":
        // A request that may be repeated has been sent a few times already: it may be sent again later.
        return request.repeatable ? { kind: "later", why: answer.why, retryAt: caller.now() + SOON } : answer;
      case "no":
        if (answer.at === "call" && request.alsoDone.includes(answer.status))
          return { kind: "done", id: null };
        return refusedAs(answer, request.permission);
    }
  }

  /** What was made just now is what the next reconcile changes. */
  #noteId(ref: RepositoryRef, { route, parameters }: WriteRequest, data: unknown): void {
    const [id, nodeId] = [idIn(data), (data as { readonly node_id?: unknown } | null)?.node_id];
    if (id === null) return;
    const { nodeIds } = this.#parts;
    if (route === "POST /repos/{owner}/{repo}/labels")
      nodeIds.note(ref, { kind: "label", name: parameters.name }, nodeId);
    if (route === "POST /repos/{owner}/{repo}/check-runs") nodeIds.note(ref, { kind: "run", id }, nodeId);
    if (route === "POST /repos/{owner}/{repo}/issues/{issue_number}/comments")
      nodeIds.note(ref, { kind: "comment", id }, nodeId);
  }

  /** A mutation that failed has `errors`, with status 200. */
  #mutated(
    ref: RepositoryRef,
    request: WriteRequest,
    answer: Answer & { readonly kind: "ok" },
  ): WriteOutcome {
    const { caller } = this.#parts;
    type Body = { readonly errors?: readonly { readonly type?: string; readonly message?: string }[] } | null;
    const errors = (answer.data as Body)?.errors ?? [];
    if (errors.length === 0) return { kind: "done", id: null };
    const why = cutTo(
      errors.map(({ type, message }) => `${type ?? ""} ${message ?? ""}`.trim()).join("; "),
      300,
    );
    const until = caller.heldBy(ref.installation, answer.status, answer.headers, why);
    if (until !== null) return { kind: "later", why: "GitHub's rate limit is used up", retryAt: until };
    if (errors.some(({ type }) => type === "FORBIDDEN")) {
      return refusedAs({ status: 403, why, needs: null, at: "call" }, request.permission);
    }
    if (errors.every(({ type }) => type === "NOT_FOUND")) return { kind: "refused", status: 404, why };
    return { kind: "unclear", why };
  }

  async #repositoryId(ref: RepositoryRef): Promise<number | WriteOutcome> {
    const key = `${ref.owner}/${ref.name}`.toLowerCase();
    const known = this.#parts.repositoryIds.get(key);
    if (known !== undefined) return known;
    const { caller } = this.#parts;
    const read = await readOne(caller, ref.installation, "GET /repos/{owner}/{repo}", {
      owner: ref.owner,
      repo: ref.name,
    });
    if (read.kind === "gone") return { kind: "refused", status: 404, why: read.why };
    if (read.kind === "unreadable") return { kind: "later", why: read.why, retryAt: read.retryAt };
    const id = Number(read.data?.id);
    if (!Number.isSafeInteger(id))
      return {
        kind: "later",
        why: "GitHub does not say which repository it is",
        retryAt: caller.now() + SOON,
      };
    this.#parts.repositoryIds.set(key, id);
    return id;
  }
}

/** Ids of 64 bits may come as BigInt. */
function idIn(data: unknown): string | null {
  const id =
    typeof data === "object" && data !== null && !Array.isArray(data)
      ? (data as { id?: unknown }).id
      : undefined;
  return typeof id === "number" || typeof id === "bigint" ? String(id) : null;
}

const nameOf = (ref: ProposalRef): string => `${ref.owner}/${ref.name}#${ref.number}`;
