import { keptRuns, shownRun } from "../../doings/checks.js";
import { nodeId } from "../../ids.js";
import type { CheckRun, CheckSuite, Repository } from "../../state.js";
import { appOf, htmlUrl, time, timeOrNull } from "../../view.js";
import { connection, type PageArguments } from "../connection.js";
import type { Context, Node } from "../context.js";

export function suitesOf(
  context: Context,
  repository: Repository,
  oid: string,
  args: PageArguments & { filterBy?: SuiteFilter | null },
): Node {
  const { appId, checkName } = args.filterBy ?? {};
  const runs = keptRuns(repository, context.view.now);
  const suites = [...repository.suites.values()].filter(
    (suite) =>
      suite.headOid === oid &&
      (appId == null || appId === appOf(context.view, suite.appId).id) &&
      (checkName == null || runs.some(({ suiteId, name }) => suiteId === suite.id && name === checkName)),
  );
  return connection(
    "checkSuites",
    suites,
    args,
    (suite) => suiteNode(context, repository, suite),
    ({ id }) => [id],
  );
}

export interface SuiteFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
}

interface RunFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
  readonly checkType?: "ALL" | "LATEST" | null;
  readonly status?: string | null;
}

export function suiteNode(context: Context, repository: Repository, suite: CheckSuite): Node {
  const runs = keptRuns(repository, context.view.now)
    .filter(({ suiteId }) => suiteId === suite.id)
    .map((run) => shownRun(run, context.view.now));
  const app = appOf(context.view, suite.appId);
  const complete = runs.length > 0 && runs.every(({ status }) => status === "completed");
  return {
    __typename: "CheckSuite",
    id: nodeId("suite", repository.id, suite.id),
    databaseId: suite.id,
    createdAt: time(suite.createdAt),
    updatedAt: time(suite.updatedAt),
    status: runs.length === 0 ? "QUEUED" : complete ? "COMPLETED" : "IN_PROGRESS",
    conclusion: complete ? (runs.at(-1)?.conclusion?.toUpperCase() ?? null) : null,
    app: {
      __typename: "App",
      id: nodeId("app", app.id),
      databaseId: app.id,
      slug: app.slug,
      name: app.name,
    },
    checkRuns: (args: PageArguments & { filterBy?: RunFilter | null }) => {
      const { appId, checkName, checkType, status } = args.filterBy ?? {};
      const fitting = runs.filter(
        (run) =>
          (appId == null || appId === app.id) &&
          (checkName == null || run.name === checkName) &&
          (status == null || run.status.toUpperCase() === status),
      );
      const shown =
        checkType === "ALL"
          ? fitting
          : fitting.filter((run) => !fitting.some((other) => other.name === run.name && other.id > run.id));
      return connection(
        "checkRuns",
        shown,
        args,
        (run) => runNode(context, repository, run),
        ({ id }) => [id],
      );
    },
  };
}

export function runNode(context: Context, repository: Repository, run: CheckRun): Node {
  const url = `${htmlUrl(context.view, repository)}/runs/${run.id}`;
  return {
    __typename: "CheckRun",
    id: nodeId("run", repository.id, run.id),
    databaseId: run.id,
    name: run.name,
    externalId: run.externalId,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    startedAt: time(run.startedAt),
    completedAt: timeOrNull(run.completedAt),
    title: run.title,
    summary: run.summary,
    text: run.text,
    detailsUrl: run.detailsUrl ?? url,
    url,
    permalink: url,
    checkSuite: () => {
      const suite = repository.suites.get(run.suiteId);
      return suite ? suiteNode(context, repository, suite) : null;
    },
    annotations: (args: PageArguments) =>
      connection("annotations", run.annotations, args, (one) => ({
        path: one.path,
        message: one.message,
        title: one.title,
        annotationLevel: one.annotation_level.toUpperCase(),
        location: {
          start: { line: one.start_line, column: one.start_column },
          end: { line: one.end_line, column: one.end_column },
        },
      })),
  };
}
