import {
  type CheckRunFields,
  createCheckRun,
  demandKnown,
  keptRun,
  keptRuns,
  updateCheckRun,
} from "../doings/checks.js";
import { progress } from "../doings/mergeQueue.js";

import {
  after,
  created,
  type Exchange,
  numberPart,
  ok,
  optionalText,
  paged,
  part,
  type Route,
  readable,
  textField,
  writing,
} from "../http/exchange.js";
import { invalid, notFound } from "../refusal.js";
import type { CheckAnnotation, CheckConclusion, CheckRun } from "../state.js";
import { commitAt } from "./repositories.js";
import { checkRunShape } from "./shapes/check.js";

const READ = [{ of: "checks", grade: "read" }] as const;
const STATUSES = ["queued", "in_progress", "completed"] as const;
/** `stale` only GitHub sets. */
const CONCLUSIONS = [
  "action_required",
  "cancelled",
  "failure",
  "neutral",
  "success",
  "skipped",
  "timed_out",
] as const;

function oneOf<T extends string>(body: Exchange["body"], field: string, values: readonly T[]): T | undefined {
  const value = optionalText(body, field, "CheckRun");
  if (value === undefined) return undefined;
  const found = values.find((one) => one === value);
  if (!found) throw invalid({ resource: "CheckRun", code: "invalid", field });
  return found;
}

function moment(body: Exchange["body"], field: string): number | undefined {
  const value = optionalText(body, field, "CheckRun");
  if (value === undefined) return undefined;
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw invalid({ resource: "CheckRun", code: "invalid", field });
  return Math.floor(at / 1000) * 1000;
}

function outputOf(body: Exchange["body"]): CheckRunFields["output"] {
  const { output } = body;
  if (output === undefined || output === null) return undefined;
  if (typeof output !== "object") throw invalid({ resource: "CheckRun", code: "invalid", field: "output" });
  const fields = output as Record<string, unknown>;
  const given = Array.isArray(fields.annotations) ? (fields.annotations as Partial<CheckAnnotation>[]) : [];
  return {
    title: optionalText(fields, "title", "CheckRun"),
    summary: textField(fields, "summary", "CheckRun"),
    text: optionalText(fields, "text", "CheckRun"),
    annotations: given.map((one) => {
      const { path, start_line, end_line, annotation_level, message } = one;
      if (
        path === undefined ||
        start_line === undefined ||
        end_line === undefined ||
        annotation_level === undefined ||
        message === undefined
      )
        throw invalid({ resource: "CheckRun", code: "missing_field", field: "annotations" });
      if (one.start_column != null && start_line !== end_line)
        throw invalid({
          resource: "CheckRun",
          code: "invalid",
          field: "annotations",
          message: "start_column needs start_line and end_line to be the same",
        });
      return {
        path,
        start_line,
        end_line,
        annotation_level,
        message,
        title: one.title ?? null,
        start_column: one.start_column ?? null,
        end_column: one.end_column ?? null,
      };
    }),
  };
}

function fieldsOf(body: Exchange["body"]): CheckRunFields {
  return {
    name: optionalText(body, "name", "CheckRun"),
    externalId: optionalText(body, "external_id", "CheckRun"),
    detailsUrl: optionalText(body, "details_url", "CheckRun"),
    status: oneOf<CheckRun["status"]>(body, "status", STATUSES),
    conclusion: oneOf<CheckConclusion>(body, "conclusion", CONCLUSIONS),
    startedAt: moment(body, "started_at"),
    completedAt: moment(body, "completed_at"),
    output: outputOf(body),
  };
}

/** https://docs.github.com/rest/checks/runs */
export const checkRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/check-runs",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const fields = { ...fieldsOf(exchange.body), name: textField(exchange.body, "name", "CheckRun") };
      const head = textField(exchange.body, "head_sha", "CheckRun");
      demandKnown(by, head);
      const run = createCheckRun(by, head, fields);
      progress(by);
      return created(checkRunShape(exchange.fresh(), after(exchange, by), run));
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/check-runs/{id}",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const run = updateCheckRun(by, numberPart(parts, "id"), fieldsOf(exchange.body));
      progress(by);
      return ok(checkRunShape(exchange.fresh(), after(exchange, by), run));
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/check-runs/{id}",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const run = keptRun(repository, numberPart(parts, "id"), exchange.view.now);
      if (!run) throw notFound();
      return ok(checkRunShape(exchange.view, repository, run));
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/commits/{ref}/check-runs",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const { oid } = commitAt(exchange.view.state, repository, part(parts, "ref"));
      const name = exchange.query.get("check_name");
      const runs = keptRuns(repository, exchange.view.now)
        .filter((run) => run.headOid === oid && (name === null || run.name === name))
        .reverse();
      // By default only the newest of each name.
      const shown =
        exchange.query.get("filter") === "all"
          ? runs
          : runs.filter((run, at) => runs.findIndex((one) => one.name === run.name) === at);
      return paged(exchange, shown, (page) => ({
        total_count: shown.length,
        check_runs: page.map((run) => checkRunShape(exchange.view, repository, run)),
      }));
    },
  },
];
