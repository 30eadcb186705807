import { addLabels } from "../doings/labels.js";
import { editThread, openIssue, setLocked } from "../doings/pulls.js";
import {
  after,
  created,
  type Exchange,
  noContent,
  numberPart,
  ok,
  optionalText,
  paged,
  type Route,
  readable,
  since,
  textField,
  writing,
} from "../http/exchange.js";
import { may } from "../permissions.js";
import { invalid, notFound } from "../refusal.js";
import type { Repository, Thread } from "../state.js";
import { accountOf, labelsOf } from "../view.js";
import { labelNames } from "./labels.js";
import { restLogin } from "./shapes/account.js";
import { eventShape } from "./shapes/event.js";
import { issueShape } from "./shapes/thread.js";

const READ = [
  { of: "issues", grade: "read" },
  { of: "pull_requests", grade: "read" },
] as const;

export function stateField(body: Exchange["body"]): "open" | "closed" | undefined {
  const { state } = body;
  if (state === undefined || state === "open" || state === "closed") return state;
  throw invalid({ resource: "Issue", code: "invalid", field: "state" });
}

function listed(exchange: Exchange, repository: Repository): readonly Thread[] {
  const { query } = exchange;
  const from = since(exchange);
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "")
    .split(",")
    .filter(Boolean)
    .map((name) => name.toLowerCase());
  const creator = query.get("creator")?.toLowerCase();
  for (const other of ["assignee", "milestone", "mentioned", "type"])
    if (query.has(other)) throw new Error(`the sandbox does not list issues by ${other}`);
  const createdBy = ({ authorId }: Thread) => {
    const author = accountOf(exchange.view, authorId);
    return author !== undefined && restLogin(author).toLowerCase() === creator;
  };
  const sort = query.get("sort") ?? "created";
  const key = (thread: Thread) =>
    sort === "updated" ? thread.updatedAt : sort === "comments" ? thread.comments.length : thread.createdAt;
  const sign = query.get("direction") === "asc" ? 1 : -1;
  return [...repository.threads.values()]
    .filter(
      (thread) =>
        thread.updatedAt >= from &&
        (state === "all" || thread.state === state) &&
        (creator === undefined || createdBy(thread)),
    )
    .filter((thread) =>
      labels.every((name) => labelsOf(repository, thread).some((label) => label.name.toLowerCase() === name)),
    )
    .sort((a, b) => sign * (key(a) - key(b) || a.number - b.number));
}

/** https://docs.github.com/rest/issues/issues, https://docs.github.com/rest/issues/events */
export const issueRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      return paged(exchange, listed(exchange, repository), (page) =>
        page.map((thread) => issueShape(exchange.view, repository, thread)),
      );
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const body = optionalText(exchange.body, "body", "Issue");
      const thread = openIssue(by, {
        title: textField(exchange.body, "title", "Issue"),
        ...(body !== undefined && { body }),
      });
      // Labels come along only for who may put them on; for others GitHub drops them without a word.
      if (exchange.body.labels !== undefined && may(by.actor, after(exchange, by), "label"))
        addLabels(by, thread.number, labelNames(exchange.body));
      return created(
        issueShape(exchange.fresh(), after(exchange, by), by.store.thread(by.repositoryId, thread.number)),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/events",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const events = [...repository.threads.values()].flatMap((thread) =>
        thread.events.map((event) => ({ thread, event })),
      );
      events.sort((a, b) => b.event.id - a.event.id);
      return paged(exchange, events, (page) =>
        page.map(({ thread, event }) => eventShape(exchange.view, repository, thread, event)),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/{number}/events",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const thread = repository.threads.get(numberPart(parts, "number"));
      if (!thread) throw notFound();
      return paged(exchange, thread.events, (page) =>
        page.map((event) => {
          // Of one issue's events it would be the same in each.
          const { issue: _, ...shape } = eventShape(exchange.view, repository, thread, event);
          return shape;
        }),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/{number}",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const thread = repository.threads.get(numberPart(parts, "number"));
      if (!thread) throw notFound();
      return ok(issueShape(exchange.view, repository, thread));
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/issues/{number}",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const { body } = exchange;
      const edit = {
        title: optionalText(body, "title", "Issue"),
        body: optionalText(body, "body", "Issue"),
        state: stateField(body),
      };
      const thread = editThread(by, numberPart(parts, "number"), edit);
      return ok(issueShape(exchange.fresh(), after(exchange, by), thread));
    },
  },
  {
    method: "PUT",
    path: "/repos/{owner}/{repo}/issues/{number}/lock",
    answer: (exchange, parts) => {
      setLocked(writing(exchange, parts), numberPart(parts, "number"), true);
      return noContent;
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/issues/{number}/lock",
    answer: (exchange, parts) => {
      setLocked(writing(exchange, parts), numberPart(parts, "number"), false);
      return noContent;
    },
  },
];
