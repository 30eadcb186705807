import type { Register } from "../../domain/register.js";
import { CHECK_VERDICTS, type CheckVerdict, type ObservedCheck } from "../../domain/snapshot.js";
import type { RecordKeys } from "../record/keys.js";
import { plain } from "../record/marker.js";
import { type Binding, openRecord, shownSeq } from "../record/seal.js";
import { type CommitNode, instant, present, type RunNode } from "./answers.js";
import type { Facts } from "./facts.js";
import { newer } from "./own.js";

/** `PR:VERDICT`: whose run it is, and what that PR alone would show (check.head). */
export const externalId = (pull: number, own: CheckVerdict): string => `${pull}:${own}`;

const EXTERNAL = /^(\d{1,15}):([a-z_]+)$/;

function owner(run: RunNode): { readonly pull: number; readonly own: CheckVerdict | null } | null {
  const found = EXTERNAL.exec(run.externalId ?? "");
  if (!found) return null;
  return { pull: Number(found[1]), own: CHECK_VERDICTS.find((verdict) => verdict === found[2]) ?? null };
}

/** This PR's runs on a commit, newest first. */
export function runsOf(commit: CommitNode, pull: number): readonly RunNode[] {
  return present(commit.checkSuites?.nodes)
    .flatMap((suite) => present(suite.checkRuns?.nodes))
    .filter((run) => run.name === "msc-clerk" && run.fullId !== null && owner(run)?.pull === pull)
    .sort((a, b) => (b.fullId ?? 0) - (a.fullId ?? 0));
}

export function verdictOf({ status, conclusion }: RunNode): ObservedCheck["verdict"] {
  if (status !== "COMPLETED") return "in_progress";
  switch (conclusion) {
    case "SUCCESS":
    case "FAILURE":
    case "NEUTRAL":
      return conclusion === "SUCCESS" ? "success" : conclusion === "FAILURE" ? "failure" : "neutral";
    case "STALE":
      return "stale";
    default:
      return "other";
  }
}

export interface OwnChecks {
  readonly check: ObservedCheck | null;
  readonly siblings: readonly { readonly number: number; readonly verdict: CheckVerdict | null }[];
  readonly register: Register | null;
  readonly seq: number | null;
}

/** The clerk's runs on the head and a few commits before it, which still carry the record after a push. */
export function ownChecksOf({ pull, repository }: Facts, keys: RecordKeys, binding: Binding): OwnChecks {
  const commits = present(pull.commits.nodes).map(({ commit }) => commit);
  let register: Register | null = null;
  for (const commit of commits) {
    for (const run of runsOf(commit, pull.number))
      register = newer(register, openRecord(run.text ?? "", keys, binding));
  }
  const head = commits.find(({ oid }) => oid === pull.headRefOid);
  const newest = head && runsOf(head, pull.number)[0];
  const siblings = present(head?.associatedPullRequests?.nodes)
    .filter(
      (other) =>
        other.number !== pull.number &&
        other.state === "OPEN" &&
        other.headRefOid === pull.headRefOid &&
        other.baseRepository?.databaseId === repository.databaseId,
    )
    .map(({ number }) => {
      const run = head && runsOf(head, number)[0];
      return { number, verdict: (run && owner(run)?.own) ?? null };
    });
  return {
    check: newest ? observed(newest) : null,
    siblings,
    register,
    seq: newest ? shownSeq(newest.text ?? "", keys, binding) : null,
  };
}

const observed = (run: RunNode): ObservedCheck => ({
  id: run.fullId ?? 0,
  verdict: verdictOf(run),
  own: owner(run)?.own ?? null,
  title: run.title ?? "",
  summary: plain(run.summary ?? ""),
  startedAt: run.startedAt === null ? 0 : instant(run.startedAt),
});
