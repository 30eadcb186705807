import type { Action } from "../../domain/model/action.js";
import { LABELS, LIFE_LABELS, labelNameOf } from "../../domain/model/labels.js";
import type { Register } from "../../domain/model/register.js";
import type { Rules } from "../../domain/model/rules.js";
import { cutTo } from "../../domain/text/cut.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { type Answer, type Caller, SOON } from "../client/call.js";
import { pages, readOne } from "../client/rest.js";
import { GRAPHQL } from "../client/routes.js";
import type { ProposalRef, RepositoryRef, WriteOutcome, Writer } from "../ports.js";
import type { OwnForms } from "../read/ownForms.js";
import type { OwnReactions } from "../read/ownReactions.js";
import type { RecordKeys } from "../record/keys.js";
import { CHECK_ROOM } from "../record/marker.js";
import { sealRecord } from "../record/seal.js";
import {
  checkRequest,
  commentRequest,
  furtherAnnotations,
  plainRequest,
  type WriteRequest,
} from "./requests.js";
import { SpecLinks } from "./specLinks.js";
import { UnknownCommits } from "./unknownCommits.js";

export interface WriterParts {
  readonly caller: Caller;
  readonly keys: RecordKeys;
  readonly reacted: OwnReactions;
  readonly forms: OwnForms;
  /** Numeric ids of repositories by `owner/name` in lower case: records are bound to them. The reader notes what it sees. */
  readonly repositoryIds: Map<string, number>;
  readonly log: Log;
}

/**
 * Actions → REST, one at a time, paced, within GitHub's limits. What GitHub answers becomes an outcome, never an exception.
 * Single labels only (label.single); a POST that makes something is never sent twice by itself (comment.once).
 */
export class GitHubWriter implements Writer {
  readonly #parts: WriterParts;
  readonly #unknown = new UnknownCommits();

  readonly #links: SpecLinks;

  constructor(parts: WriterParts) {
    this.#parts = parts;
    this.#links = new SpecLinks({
      caller: parts.caller,
      send: (ref, request) => this.#send(ref, request),
    });
  }

  async apply(ref: ProposalRef, action: Action): Promise<WriteOutcome> {
    const { keys, log, reacted, forms } = this.#parts;
    try {
      switch (action.kind) {
        case "create_comment":
        case "update_comment":
        case "put_check": {
          const repository = await this.#repositoryId(ref);
          if (typeof repository !== "number") return repository;
          const composed =
            action.kind === "put_check"
              ? checkRequest(ref, action, keys, repository)
              : commentRequest(ref, action, keys, repository);
          if (composed === null) {
            return {
              kind: "refused",
              status: 422,
              why:
                action.kind === "put_check"
                  ? "its record would not be kept whole"
                  : "the comment is longer than GitHub takes (65,536 characters), or its record would not be read back",
            };
          }
          const { request, recordLeftOut } = composed;
          if (recordLeftOut) {
            log.warn("The record does not fit; its number stands in its place.", {
              proposal: nameOf(ref),
              action: action.kind,
            });
          }
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

  canKeep(repository: number, pull: number, register: Register): "kept" | "too_large" | "unreadable" {
    const sealed = sealRecord(register, this.#parts.keys, { repository, pull }, CHECK_ROOM);
    return sealed.kind === "sealed" ? "kept" : sealed.kind;
  }

  async ensureLabels(ref: RepositoryRef, rules: Rules): Promise<WriteOutcome> {
    const { caller, log } = this.#parts;
    const repo = { owner: ref.owner, repo: ref.name };
    const listed = await pages(caller, ref.installation, "GET /repos/{owner}/{repo}/labels", repo);
    if (listed.kind === "unreadable") return { kind: "later", why: listed.why, retryAt: listed.retryAt };
    if (listed.kind === "gone") return { kind: "refused", status: 404, why: listed.why };
    const present = new Set(listed.items.map(({ name }) => name.toLowerCase()));
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

type No = Pick<Extract<Answer, { kind: "no" }>, "status" | "why" | "needs" | "at">;

function refusedAs(answer: No, permission: string): WriteOutcome {
  const refused = { kind: "refused", status: answer.status, why: refusal(answer, permission) } as const;
  return isLocked(answer) ? { ...refused, locked: true } : refused;
}

/** “Unable to create comment because issue is locked.” (https://github.com/renovatebot/renovate/issues/6215) */
const isLocked = ({ status, why, at }: No): boolean =>
  at === "call" && status === 403 && /\blocked\b/i.test(why);

/** The sentence for the person who can grant the permission. */
function refusal(answer: No, permission: string): string {
  const { status, why, needs, at } = answer;
  if (at === "sign-in") return `The App is not installed there any more, or suspended (${why})`;
  if (isLocked(answer)) return `GitHub refuses it because the conversation is locked (${why})`;
  if (status === 403) {
    return `GitHub refuses it (${why}). The App needs the permission "${permission}"${needs ? ` (GitHub: ${needs})` : ""}: grant it in the App's settings, then accept it for the installation.`;
  }
  if (status === 404)
    return `GitHub does not find it, or the App may not see it (${why}); it needs "${permission}".`;
  return `GitHub answered ${status}: ${why}`;
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
