import type { Reaction, Repository, Thread, Written } from "../state.js";
import { type Deed, FORM_NAME } from "./scene.js";

/** What the clerk wrote last, newest first, read off what it left behind: as anybody could on GitHub. */
export function clerkDeeds(repository: Repository, clerkId: number, most = 30): readonly Deed[] {
  const deeds: Deed[] = [];
  for (const thread of repository.threads.values()) deeds.push(...deedsOn(thread, clerkId));
  for (const run of repository.runs.values()) {
    const suite = repository.suites.get(run.suiteId);
    if (suite === undefined || suite.appId !== null) continue;
    const at = suite.updatedAt;
    for (const thread of repository.threads.values()) {
      if (thread.pull?.headOid === run.headOid)
        deeds.push({
          at,
          text: `says in the ${run.name === FORM_NAME ? "form check" : "check"}: ${run.title ?? run.status}`,
          number: thread.number,
        });
    }
  }
  return deeds.sort((a, b) => b.at - a.at).slice(0, most);
}

function deedsOn(thread: Thread, clerkId: number): Deed[] {
  const { number } = thread;
  const deeds: Deed[] = [];
  const add = (at: number, text: string) => void deeds.push({ at, text, number });
  for (const event of thread.events) {
    if (event.actorId !== clerkId) continue;
    if (event.kind === "labeled") add(event.at, `added the label ${event.name}`);
    else if (event.kind === "unlabeled") add(event.at, `took off the label ${event.name}`);
    else if (event.kind === "closed" || event.kind === "reopened") add(event.at, `${event.kind} it`);
  }
  if (thread.authorId === clerkId) {
    add(thread.createdAt, `opened the issue “${thread.title}”`);
    const last = thread.revisions.findLast((one) => one.editorId === clerkId);
    if (last !== undefined && thread.revisions.length > 1) add(last.at, "brought the issue up to date");
  }
  for (const comment of thread.comments) {
    if (comment.authorId !== clerkId) continue;
    add(comment.createdAt, "wrote a comment");
    const last = comment.revisions.findLast((one) => one.editorId === clerkId);
    if (last !== undefined && comment.revisions.length > 1)
      add(last.at, "brought the status comment up to date");
  }
  const written: readonly Written[] = [
    ...thread.comments,
    ...(thread.pull?.reviews ?? []),
    ...(thread.pull?.inline ?? []),
  ];
  for (const one of written) {
    for (const reaction of one.reactions)
      if (reaction.authorId === clerkId) add(reaction.createdAt, answered(reaction));
  }
  return deeds;
}

const answered = ({ content }: Reaction): string =>
  (
    ({
      "+1": "answered 👍: accepted",
      confused: "answered 😕: refused",
      eyes: "answered 👀: looking",
    }) as Readonly<Record<string, string>>
  )[content] ?? "reacted";
