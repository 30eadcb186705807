import { addComment, deleteComment, editComment, findComment } from "../doings/comments.js";
import { react } from "../doings/reactions.js";
import { deleteInline, editInline, findInline } from "../doings/reviews.js";
import {
  type Answer,
  after,
  created,
  type Exchange,
  noContent,
  numberPart,
  ok,
  type Parts,
  paged,
  type Route,
  readable,
  since,
  textField,
  writing,
} from "../http/exchange.js";
import { invalid, notFound } from "../refusal.js";
import { REACTIONS, type ReactionContent, type Repository, type Written } from "../state.js";
import { isPull } from "../store.js";
import { inlineShape } from "./shapes/pull.js";
import { commentShape, reactionShape } from "./shapes/thread.js";

const READ = [
  { of: "issues", grade: "read" },
  { of: "pull_requests", grade: "read" },
] as const;
const READ_PULLS = [{ of: "pull_requests", grade: "read" }] as const;

interface Placed<P, T> {
  readonly thread: P;
  readonly written: T;
}

/** `sort`, `direction` and `since` of the repository-wide lists. */
function listed<P, T extends Written>(
  exchange: Exchange,
  all: readonly Placed<P, T>[],
): readonly Placed<P, T>[] {
  const from = since(exchange);
  const by = exchange.query.get("sort") === "updated" ? "updatedAt" : "createdAt";
  const sign = exchange.query.get("direction") === "desc" ? -1 : 1;
  return all
    .filter(({ written }) => written.updatedAt >= from)
    .sort((a, b) => sign * (a.written[by] - b.written[by] || a.written.id - b.written.id));
}

function reaction(
  exchange: Exchange,
  parts: Parts,
  kind: "issue" | "comment" | "inline",
  of: (by: ReturnType<typeof writing>) => { number: number; id: number },
): Answer {
  const by = writing(exchange, parts);
  const content = textField(exchange.body, "content", "Reaction");
  if (!(content in REACTIONS)) throw invalid({ resource: "Reaction", code: "invalid", field: "content" });
  const { number, id } = of(by);
  const outcome = react(by, kind, number, id, content as ReactionContent);
  const body = reactionShape(exchange.fresh(), outcome.reaction);
  return outcome.fresh ? created(body) : ok(body);
}

const commentsOf = (repository: Repository) =>
  [...repository.threads.values()].flatMap((thread) =>
    thread.comments.map((written) => ({ thread, written })),
  );
const inlinesOf = (repository: Repository) =>
  [...repository.threads.values()]
    .filter(isPull)
    .flatMap((thread) => thread.pull.inline.map((written) => ({ thread, written })));

/** https://docs.github.com/rest/issues/comments, https://docs.github.com/rest/pulls/comments, https://docs.github.com/rest/reactions */
export const commentRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/comments",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      return paged(exchange, listed(exchange, commentsOf(repository)), (page) =>
        page.map(({ thread, written }) => commentShape(exchange.view, repository, thread, written)),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/{number}/comments",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const thread = repository.threads.get(numberPart(parts, "number"));
      if (!thread) throw notFound();
      const from = since(exchange);
      const comments = thread.comments.filter((one) => one.updatedAt >= from);
      return paged(exchange, comments, (page) =>
        page.map((one) => commentShape(exchange.view, repository, thread, one)),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/comments/{id}",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const id = numberPart(parts, "id");
      const found = commentsOf(repository).find(({ written }) => written.id === id);
      if (!found) throw notFound();
      return ok(commentShape(exchange.view, repository, found.thread, found.written));
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues/{number}/comments",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const number = numberPart(parts, "number");
      const comment = addComment(by, number, textField(exchange.body, "body", "IssueComment"));
      return created(
        commentShape(
          exchange.fresh(),
          after(exchange, by),
          by.store.thread(by.repositoryId, number),
          comment,
        ),
      );
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/issues/comments/{id}",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const id = numberPart(parts, "id");
      const comment = editComment(by, id, textField(exchange.body, "body", "IssueComment"));
      const { number } = findComment(by, id);
      return ok(
        commentShape(
          exchange.fresh(),
          after(exchange, by),
          by.store.thread(by.repositoryId, number),
          comment,
        ),
      );
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/issues/comments/{id}",
    answer: (exchange, parts) => {
      deleteComment(writing(exchange, parts), numberPart(parts, "id"));
      return noContent;
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues/comments/{id}/reactions",
    answer: (exchange, parts) => {
      const id = numberPart(parts, "id");
      return reaction(exchange, parts, "comment", (by) => ({ number: findComment(by, id).number, id }));
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues/{number}/reactions",
    answer: (exchange, parts) => {
      const number = numberPart(parts, "number");
      return reaction(exchange, parts, "issue", (by) => ({
        number,
        id: by.store.thread(by.repositoryId, number).id,
      }));
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/pulls/comments/{id}/reactions",
    answer: (exchange, parts) => {
      const id = numberPart(parts, "id");
      return reaction(exchange, parts, "inline", (by) => ({ number: findInline(by, id).thread.number, id }));
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/pulls/comments",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ_PULLS);
      return paged(exchange, listed(exchange, inlinesOf(repository)), (page) =>
        page.map(({ thread, written }) => inlineShape(exchange.view, repository, thread, written)),
      );
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/pulls/comments/{id}",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const id = numberPart(parts, "id");
      const inline = editInline(by, id, textField(exchange.body, "body", "PullRequestReviewComment"));
      return ok(inlineShape(exchange.fresh(), after(exchange, by), findInline(by, id).thread, inline));
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/pulls/comments/{id}",
    answer: (exchange, parts) => {
      deleteInline(writing(exchange, parts), numberPart(parts, "id"));
      return noContent;
    },
  },
];
