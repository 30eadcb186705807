import { labelNamed } from "../doings/by.js";
import { addLabels, createLabel, deleteLabel, labelsOn, removeLabel, renameLabel } from "../doings/labels.js";
import {
  after,
  created,
  type Exchange,
  noContent,
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
import { labelsOf } from "../view.js";
import { labelShape } from "./shapes/thread.js";

const READ = [
  { of: "issues", grade: "read" },
  { of: "pull_requests", grade: "read" },
] as const;
export const labelNames = (body: Exchange["body"]): string[] => {
  const given = Array.isArray(body) ? body : body.labels;
  if (!Array.isArray(given)) throw invalid({ resource: "Label", code: "missing_field", field: "labels" });
  return given.map((one: unknown) => {
    const name = typeof one === "object" && one !== null && "name" in one ? one.name : one;
    if (typeof name !== "string" || name.trim() === "")
      throw invalid({ resource: "Label", code: "invalid", field: "name" });
    return name;
  });
};

/** https://docs.github.com/rest/issues/labels */
export const labelRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/labels",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const byName = [...repository.labels.values()].sort((a, b) =>
        a.name.toLowerCase().localeCompare(b.name.toLowerCase()),
      );
      return paged(exchange, byName, (page) =>
        page.map((label) => labelShape(exchange.view, repository, label)),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/labels/{name}",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const label = labelNamed(repository, part(parts, "name"));
      if (!label) throw notFound();
      return ok(labelShape(exchange.view, repository, label));
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/labels",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const color = optionalText(exchange.body, "color", "Label");
      const label = createLabel(by, {
        name: textField(exchange.body, "name", "Label"),
        description: optionalText(exchange.body, "description", "Label") ?? null,
        ...(color !== undefined && { color }),
      });
      return created(labelShape(exchange.fresh(), after(exchange, by), label));
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/labels/{name}",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const label = renameLabel(by, part(parts, "name"), textField(exchange.body, "new_name", "Label"));
      return ok(labelShape(exchange.fresh(), after(exchange, by), label));
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/labels/{name}",
    answer: (exchange, parts) => {
      deleteLabel(writing(exchange, parts), part(parts, "name"));
      return noContent;
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/issues/{number}/labels",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, READ);
      const thread = repository.threads.get(numberPart(parts, "number"));
      if (!thread) throw notFound();
      return paged(exchange, labelsOf(repository, thread), (page) =>
        page.map((label) => labelShape(exchange.view, repository, label)),
      );
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/issues/{number}/labels",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const labels = addLabels(by, numberPart(parts, "number"), labelNames(exchange.body));
      return ok(labels.map((label) => labelShape(exchange.fresh(), after(exchange, by), label)));
    },
  },
  {
    method: "PUT",
    path: "/repos/{owner}/{repo}/issues/{number}/labels",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const number = numberPart(parts, "number");
      const wanted = labelNames(exchange.body);
      const keep = new Set(wanted.map((name) => name.toLowerCase()));
      for (const label of labelsOn(by, number))
        if (!keep.has(label.name.toLowerCase())) removeLabel(by, number, label.name);
      return ok(
        addLabels(by, number, wanted).map((label) =>
          labelShape(exchange.fresh(), after(exchange, by), label),
        ),
      );
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/issues/{number}/labels/{name}",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const labels = removeLabel(by, numberPart(parts, "number"), part(parts, "name"));
      return ok(labels.map((label) => labelShape(exchange.fresh(), after(exchange, by), label)));
    },
  },
];
