import type { Register } from "../../domain/model/register.js";
import { CHECK_VERDICTS, type CheckVerdict, type ObservedCheck } from "../../domain/model/snapshot.js";
import { unix } from "../record/marker.js";
import { type Binding, openRecord, shownSeq } from "../record/seal.js";
import type { RecordTrust } from "../record/trust.js";
import type { Facts } from "./facts.js";
import { type CommitNode, instant, present, type RunNode } from "./nodes.js";
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
  const runs = new Map<string, RunNode>();
  for (const suite of present(commit.checkSuites?.nodes)) {
    // The latest come last, as they have their text.
    for (const run of [...present(suite.all?.nodes), ...present(suite.latest?.nodes)]) runs.set(run.id, run);
  }
  return [...runs.values()]
    .filter((run) => run.name === "msc-clerk" && owner(run)?.pull === pull)
    .sort((a, b) => idOf(b) - idOf(a));
}

/** The clerk's runs on a commit, of whatever PR, as far as they were read. */
const runsOn = (commit: CommitNode | undefined): RunNode[] =>
  present(commit?.checkSuites?.nodes)
    .flatMap(({ all, latest }) => [...present(all?.nodes), ...present(latest?.nodes)])
    .filter(({ name }) => name === "msc-clerk");

/** Whose runs they are. */
export const pullsOn = (commit: CommitNode): readonly number[] =>
  runsOn(commit).flatMap((run) => owner(run)?.pull ?? []);

function idOf(run: RunNode): number {
  if (run.fullId === null) throw new Error("GitHub does not tell the id of a check run");
  return run.fullId;
}

/** How many runs without a record may lie above the last one with it: the check that tells of a bad config carries none. */
const WITHOUT_RECORD = 10;

/** Runs of the PR whose record has still to be read: the newest of each commit, and those below one that failed without a record. */
export function runsWithoutText({ pull }: Facts): readonly string[] {
  return present(pull.commits.nodes).flatMap(({ commit }) => {
    const [newest, ...older] = runsOf(commit, pull.number);
    if (newest === undefined) return [];
    const bare = (newest.text ?? "") === "" && newest.conclusion === "FAILURE";
    const wanted = bare ? [newest, ...older.slice(0, WITHOUT_RECORD)] : [newest];
    return wanted.flatMap(({ id, text }) => (text === undefined ? [id] : []));
  });
}

/** The same of a run as GitHub shows it. */
export const shownCheck = (run: Pick<RunNode, "externalId" | "status" | "conclusion" | "title">): string =>
  `${run.externalId ?? ""} ${verdictOf(run)} ${run.title ?? ""}`;

export function verdictOf({
  status,
  conclusion,
}: Pick<RunNode, "status" | "conclusion">): ObservedCheck["verdict"] {
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
  /** There may be more of them. */
  readonly siblingsCutOff: boolean;
  readonly register: Register | null;
  readonly seq: number | null;
  /** The newest number that any of the runs carries (memory.lost). */
  readonly newest: number | null;
}

/** The clerk's runs on the head and a few commits before it, which still carry the record after a push. */
export function ownChecksOf(facts: Facts, keys: RecordTrust, binding: Binding): OwnChecks {
  const { pull } = facts;
  const commits = present(pull.commits.nodes).map(({ commit }) => commit);
  let register: Register | null = null;
  let newest: number | null = null;
  for (const text of ownTextsOf(facts)) {
    register = newer(register, openRecord(text, keys, binding));
    newest = Math.max(newest ?? 0, shownSeq(text, keys, binding) ?? 0);
  }
  const head = commits.find(({ oid }) => oid === pull.headRefOid);
  const onHead = head && runsOf(head, pull.number)[0];
  const { numbers, whole } = facts.sharing ?? { numbers: [], whole: false };
  // The order shown must not change with who opened one last.
  const siblings = [...numbers]
    .sort((a, b) => a - b)
    .map((number) => {
      const run = head && runsOf(head, number)[0];
      return { number, verdict: (run && owner(run)?.own) ?? null };
    });
  return {
    check: onHead ? { ...observed(onHead), ...coverOf(onHead, head) } : null,
    siblings,
    siblingsCutOff: !whole,
    register,
    seq: onHead ? shownSeq(onHead.text ?? "", keys, binding) : null,
    newest: newest === 0 ? null : newest,
  };
}

/** The texts of the clerk's runs of this PR, as far as they were read. */
export function ownTextsOf({ pull, older }: Facts): readonly string[] {
  const runs = [
    ...present(pull.commits.nodes).flatMap(({ commit }) => runsOf(commit, pull.number)),
    ...(older?.runs ?? []).filter((run) => owner(run)?.pull === pull.number),
  ];
  return runs.flatMap(({ text }) => (text ? [text] : []));
}

/** GitHub shows the newest run of a name. That of another PR may be newer, and stays when that PR is closed or its head moves on. */
function coverOf(own: RunNode, head: CommitNode | undefined): Pick<ObservedCheck, "coveredBy"> {
  const [newest] = runsOn(head).sort((a, b) => idOf(b) - idOf(a));
  return newest === undefined || idOf(newest) <= idOf(own) ? {} : { coveredBy: verdictOf(newest) };
}

const observed = (run: RunNode): ObservedCheck => ({
  id: idOf(run),
  verdict: verdictOf(run),
  own: owner(run)?.own ?? null,
  title: run.title ?? "",
  summary: unix(run.summary ?? ""),
  startedAt: run.startedAt === null ? 0 : instant(run.startedAt),
});
