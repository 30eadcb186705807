import { demand } from "../permissions.js";
import { invalid, notFound, Refusal } from "../refusal.js";
import type { Label } from "../state.js";
import { withEntry, withoutEntry } from "../store.js";
import { type By, labelNamed, repositoryOf } from "./by.js";

export function createLabel(
  by: By,
  made: { name: string; color?: string; description?: string | null },
): Label {
  const repository = repositoryOf(by);
  demand(by.actor, repository, "makeLabel");
  // https://github.com/EndBug/label-sync/issues/302, https://github.com/Financial-Times/github-label-sync/issues/188
  if (by.actor.app !== null && !repository.hasIssues)
    throw new Refusal(403, "Resource not accessible by integration");
  if (made.name.trim() === "") throw invalid({ resource: "Label", code: "missing_field", field: "name" });
  if (labelNamed(repository, made.name))
    throw invalid({ resource: "Label", code: "already_exists", field: "name" });
  const color = made.color ?? "ededed";
  if (!/^[0-9a-f]{6}$/i.test(color)) throw invalid({ resource: "Label", code: "invalid", field: "color" });
  if ((made.description ?? "").length > 100)
    throw invalid({
      resource: "Label",
      code: "invalid",
      field: "description",
      message: "description is too long (maximum is 100 characters)",
    });
  const label: Label = {
    id: by.store.ids.next("label"),
    name: made.name,
    color,
    description: made.description ?? null,
  };
  by.store.changeRepository(by.repositoryId, (now) => ({
    ...now,
    labels: withEntry(now.labels, label.id, label),
  }));
  by.store.tell({
    event: "label",
    action: "created",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    label,
  });
  return label;
}

function existing(by: By, name: string): Label {
  const label = labelNamed(repositoryOf(by), name);
  if (!label) throw notFound();
  return label;
}

export function renameLabel(by: By, name: string, newName: string): Label {
  const label = existing(by, name);
  demand(by.actor, repositoryOf(by), "makeLabel");
  const other = labelNamed(repositoryOf(by), newName);
  if (other && other.id !== label.id)
    throw invalid({ resource: "Label", code: "already_exists", field: "name" });
  const after = { ...label, name: newName };
  by.store.changeRepository(by.repositoryId, (now) => ({
    ...now,
    labels: withEntry(now.labels, label.id, after),
  }));
  by.store.tell({
    event: "label",
    action: "edited",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    label: after,
    changes: { name: { from: label.name } },
  });
  return after;
}

/** Takes it off everything without a word in any timeline; old events of it show no label any more. */
export function deleteLabel(by: By, name: string): void {
  const label = existing(by, name);
  demand(by.actor, repositoryOf(by), "makeLabel");
  by.store.changeRepository(by.repositoryId, (now) => ({
    ...now,
    labels: withoutEntry(now.labels, label.id),
    threads: new Map(
      [...now.threads].map(([number, thread]) =>
        thread.labelIds.includes(label.id)
          ? [number, { ...thread, labelIds: thread.labelIds.filter((id) => id !== label.id) }]
          : [number, thread],
      ),
    ),
  }));
  by.store.tell({
    event: "label",
    action: "deleted",
    repositoryId: by.repositoryId,
    senderId: by.actor.accountId,
    label,
  });
}

/** Adds one by one; what is on already stays and makes no event. A name the repository lacks becomes a label, for who may make one. */
export function addLabels(by: By, number: number, names: readonly string[]): readonly Label[] {
  by.store.thread(by.repositoryId, number);
  demand(by.actor, repositoryOf(by), "label");
  for (const name of names) {
    const label = labelNamed(repositoryOf(by), name) ?? createLabel(by, { name });
    const thread = by.store.thread(by.repositoryId, number);
    if (thread.labelIds.includes(label.id)) continue;
    if (thread.labelIds.length >= 100)
      throw new Refusal(422, "Validation Failed", [
        { resource: "Issue", code: "custom", field: "labels", message: "too many labels" },
      ]);
    by.store.changeThread(by.repositoryId, number, (now) => ({
      ...now,
      labelIds: [...now.labelIds, label.id],
    }));
    by.store.addEvent(by.repositoryId, number, by.actor, {
      kind: "labeled",
      labelId: label.id,
      name: label.name,
      color: label.color,
    });
    if (thread.pull)
      by.store.tell({
        event: "pull_request",
        action: "labeled",
        repositoryId: by.repositoryId,
        senderId: by.actor.accountId,
        number,
        label,
      });
  }
  return labelsOn(by, number);
}

export function removeLabel(by: By, number: number, name: string): readonly Label[] {
  const thread = by.store.thread(by.repositoryId, number);
  demand(by.actor, repositoryOf(by), "label");
  const label = labelNamed(repositoryOf(by), name);
  if (!label || !thread.labelIds.includes(label.id)) throw new Refusal(404, "Label does not exist");
  by.store.changeThread(by.repositoryId, number, (now) => ({
    ...now,
    labelIds: now.labelIds.filter((id) => id !== label.id),
  }));
  by.store.addEvent(by.repositoryId, number, by.actor, {
    kind: "unlabeled",
    labelId: label.id,
    name: label.name,
    color: label.color,
  });
  if (thread.pull)
    by.store.tell({
      event: "pull_request",
      action: "unlabeled",
      repositoryId: by.repositoryId,
      senderId: by.actor.accountId,
      number,
      label,
    });
  return labelsOn(by, number);
}

export function labelsOn(by: By, number: number): readonly Label[] {
  const { labels } = repositoryOf(by);
  return by.store.thread(by.repositoryId, number).labelIds.flatMap((id) => labels.get(id) ?? []);
}
