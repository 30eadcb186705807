import { demand } from "../permissions.js";
import { invalid, notFound, Refusal } from "../refusal.js";
import type { CheckAnnotation, CheckConclusion, CheckRun, CheckSuite, Repository } from "../state.js";
import { type Store, withEntry } from "../store.js";
import { type By, repositoryOf } from "./by.js";

/** An incomplete run turns stale after this long. https://docs.github.com/rest/checks/runs */
const STALE_AFTER = 14 * 86_400_000;

/** Bytes, whatever the documentation says of characters. https://github.com/github/docs/issues/35252 */
const MOST_BYTES = 65_535;
/** Checks are kept so long, and then are not there any more. https://docs.github.com/rest/guides/using-the-rest-api-to-interact-with-checks#retention-of-checks-data */
const KEPT_FOR = 400 * 86_400_000;

export interface CheckRunFields {
  readonly name?: string | undefined;
  readonly externalId?: string | undefined;
  readonly detailsUrl?: string | undefined;
  readonly status?: CheckRun["status"] | undefined;
  readonly conclusion?: CheckConclusion | undefined;
  readonly startedAt?: number | undefined;
  readonly completedAt?: number | undefined;
  readonly output?:
    | {
        readonly title?: string | undefined;
        readonly summary: string;
        readonly text?: string | undefined;
        readonly annotations: readonly CheckAnnotation[];
      }
    | undefined;
}

export function createCheckRun(
  by: By,
  headOid: string,
  fields: CheckRunFields & { readonly name: string },
): CheckRun {
  demand(by.actor, repositoryOf(by), "check");
  if (!by.store.state.commits.has(headOid)) throw noCommit(headOid);
  checkFields(fields);
  const suite = suiteFor(by, headOid);
  const at = by.store.stamp();
  const blank: CheckRun = {
    id: by.store.ids.next("run"),
    suiteId: suite.id,
    name: fields.name,
    headOid,
    externalId: "",
    detailsUrl: null,
    status: "queued",
    conclusion: null,
    startedAt: at,
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  };
  const run = put(by, filled(blank, fields, at));
  tell(by, "created", run);
  if (run.status === "completed") tell(by, "completed", run);
  return run;
}

const noCommit = (oid: string) => new Refusal(422, `No commit found for SHA: ${oid}`);

/**
 * For some seconds after a push to a fork REST in the repository it is of does not have the commit, though the webhook was sent
 * (measured: webhook 13:39:22, call failing 13:39:23). https://github.com/home-assistant/service-hub/pull/394
 */
export function demandKnown({ store }: Pick<By, "store">, oid: string): void {
  if (!isKnown(store, oid)) throw noCommit(oid);
}

export function isKnown({ cameByFork, clock, forkLagSeconds }: Store, oid: string): boolean {
  const came = cameByFork.get(oid) ?? Number.NEGATIVE_INFINITY;
  return clock.now() - came >= forkLagSeconds * 1000;
}

export function updateCheckRun(by: By, id: number, fields: CheckRunFields): CheckRun {
  demand(by.actor, repositoryOf(by), "check");
  const before = keptRun(repositoryOf(by), id, by.store.clock.now());
  if (!before || repositoryOf(by).suites.get(before.suiteId)?.appId !== (by.actor.appId ?? null))
    throw notFound();
  checkFields(fields);
  const run = put(by, filled(before, fields, by.store.stamp()));
  if (run.status === "completed" && before.status !== "completed") tell(by, "completed", run);
  return run;
}

/** Somebody presses "Re-run" beside the check: the App is told, nothing else changes but the suite. */
export function rerequestCheckRun(by: By, id: number): void {
  demand(by.actor, repositoryOf(by), "push");
  const run = repositoryOf(by).runs.get(id);
  if (!run) throw notFound();
  tell(by, "rerequested", run);
}

/** "Re-run all checks" on a commit. */
export function rerequestSuite(by: By, headOid: string): void {
  demand(by.actor, repositoryOf(by), "push");
  const suite = [...repositoryOf(by).suites.values()].find(
    (one) => one.headOid === headOid && one.appId === null,
  );
  if (!suite) throw notFound();
  by.store.tell({
    event: "check_suite",
    action: "rerequested",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    suite,
  });
}

/** GitHub makes the App's suite for every commit pushed to the repository itself, and tells the App. */
export function requestSuite(by: By, headOid: string, headBranch: string): void {
  const suite = suiteFor(by, headOid, headBranch);
  by.store.tell({
    event: "check_suite",
    action: "requested",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    suite,
  });
}

const isKept = ({ startedAt, completedAt }: CheckRun, now: number): boolean =>
  now - (completedAt ?? startedAt) < KEPT_FOR;

/** The runs that are still there at `now`. */
export const keptRuns = ({ runs }: Repository, now: number): readonly CheckRun[] =>
  [...runs.values()].filter((run) => isKept(run, now));

export function keptRun({ runs }: Repository, id: number, now: number): CheckRun | undefined {
  const run = runs.get(id);
  return run && isKept(run, now) ? run : undefined;
}

/** As it shows at `now`. */
export const shownRun = (run: CheckRun, now: number): CheckRun =>
  run.status !== "completed" && now - run.startedAt >= STALE_AFTER
    ? { ...run, status: "completed", conclusion: "stale", completedAt: run.startedAt + STALE_AFTER }
    : run;

function suiteFor(by: By, headOid: string, headBranch: string | null = null): CheckSuite {
  const appId = by.actor.appId ?? null;
  for (const suite of repositoryOf(by).suites.values())
    if (suite.headOid === headOid && suite.appId === appId) return suite;
  const at = by.store.stamp();
  const suite: CheckSuite = {
    id: by.store.ids.next("suite"),
    appId,
    headOid,
    headBranch,
    createdAt: at,
    updatedAt: at,
  };
  by.store.changeRepository(by.repositoryId, (now) => ({
    ...now,
    suites: withEntry(now.suites, suite.id, suite),
  }));
  return suite;
}

/** A conclusion completes the run; an update of the output adds to the annotations and replaces the rest. */
function filled(run: CheckRun, fields: CheckRunFields, at: number): CheckRun {
  const status = fields.conclusion ? "completed" : (fields.status ?? run.status);
  const completed = status === "completed";
  return {
    ...run,
    name: fields.name ?? run.name,
    externalId: fields.externalId ?? run.externalId,
    detailsUrl: fields.detailsUrl ?? run.detailsUrl,
    status,
    conclusion: completed ? (fields.conclusion ?? run.conclusion) : null,
    startedAt: fields.startedAt ?? run.startedAt,
    completedAt: completed ? (fields.completedAt ?? run.completedAt ?? at) : null,
    title: fields.output ? (fields.output.title ?? run.title) : run.title,
    summary: fields.output?.summary ?? run.summary,
    text: fields.output ? (fields.output.text ?? null) : run.text,
    annotations: [...run.annotations, ...(fields.output?.annotations ?? [])],
  };
}

function checkFields({ status, conclusion, output }: CheckRunFields): void {
  if (status === "completed" && conclusion === undefined)
    throw invalid("For 'allOf/1', missing: conclusion when status is completed");
  for (const field of ["summary", "text"] as const)
    if (Buffer.byteLength(output?.[field] ?? "") > MOST_BYTES)
      throw invalid({
        resource: "CheckRun",
        code: "custom",
        field,
        message: `${field} exceeds a maximum bytesize of ${MOST_BYTES}`,
      });
  if ((output?.annotations.length ?? 0) > 50)
    throw invalid("No more than 50 annotations are allowed in a request");
}

function put(by: By, run: CheckRun): CheckRun {
  const at = by.store.stamp();
  by.store.changeRepository(by.repositoryId, (now) => {
    const suite = now.suites.get(run.suiteId);
    return {
      ...now,
      runs: withEntry(now.runs, run.id, run),
      suites: suite ? withEntry(now.suites, suite.id, { ...suite, updatedAt: at }) : now.suites,
    };
  });
  return run;
}

function tell(by: By, action: "created" | "completed" | "rerequested", run: CheckRun): void {
  by.store.tell({
    event: "check_run",
    action,
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    run,
  });
}
