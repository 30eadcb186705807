import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { type By, repositoryOf } from "../doings/by.js";
import { rerequestCheckRun } from "../doings/checks.js";
import { addComment, deleteComment, editComment, findComment } from "../doings/comments.js";
import { addLabels, removeLabel } from "../doings/labels.js";
import { close, editThread, merge, openIssue, reopen, setDraft, setLocked } from "../doings/pulls.js";
import { pushCommit } from "../doings/pushes.js";
import {
  addInlineComment,
  dismissReview,
  editReview,
  resolveThread,
  submitReview,
} from "../doings/reviews.js";
import { may } from "../permissions.js";
import { Person } from "../person.js";
import { Refusal } from "../refusal.js";
import type { Account, TreeFile } from "../state.js";
import { type Beginning, namedPath } from "./newProposal.js";
import { BASE, baseOf } from "./pieces.js";

/** What a form sent; a field that is missing counts as empty. */
export interface Sent {
  get(name: string): string | null;
}

const field = (sent: Sent, name: string): string => sent.get(name) ?? "";
/** Browsers send line ends as CRLF; GitHub keeps them so in comments, and files are kept with LF. */
const fileText = (sent: Sent): string => field(sent, "text").replace(/\r\n/g, "\n");

/** What a person can do to a pull request, by the last part of the form's address. Refusals are thrown in GitHub's words. */
type Deed = (by: By, number: number, sent: Sent) => void;

const DEEDS: Readonly<Record<string, Deed>> = {
  comment: (by, number, sent) => void addComment(by, number, field(sent, "body")),
  approve: (by, number, sent) =>
    void submitReview(by, number, { event: "APPROVE", body: field(sent, "body") }),
  "request-changes": (by, number, sent) =>
    void submitReview(by, number, { event: "REQUEST_CHANGES", body: field(sent, "body") }),
  review: (by, number, sent) =>
    void submitReview(by, number, { event: "COMMENT", body: field(sent, "body") }),
  inline: (by, number, sent) =>
    void addInlineComment(by, number, {
      path: field(sent, "path"),
      line: Number(field(sent, "line")) || 1,
      body: field(sent, "body"),
    }),
  label: (by, number, sent) => void addLabels(by, number, [field(sent, "name")]),
  unlabel: (by, number, sent) => void removeLabel(by, number, field(sent, "name")),
  edit: (by, number, sent) => void editThread(by, number, { body: field(sent, "body") }),
  retitle: (by, number, sent) => void editThread(by, number, { title: field(sent, "title") }),
  merge: (by, number) => void merge(by, number),
  close: (by, number) => close(by, number),
  reopen: (by, number) => reopen(by, number),
  draft: (by, number) => setDraft(by, number, true),
  ready: (by, number) => setDraft(by, number, false),
  lock: (by, number) => setLocked(by, number, true),
  unlock: (by, number) => setLocked(by, number, false),
  rerun: (by, _number, sent) => rerequestCheckRun(by, Number(field(sent, "run"))),
  push: pushToHead,
};

/** Does it and returns true; false: there is no such deed. */
export function doToPull(by: By, number: number, name: string, sent: Sent): boolean {
  const deed = Object.hasOwn(DEEDS, name) ? DEEDS[name] : undefined;
  if (deed === undefined) return false;
  deed(by, number, sent);
  return true;
}

/** What can be done to one comment or review. */
export function doToWritten(by: By, kind: string, id: number, name: string, sent: Sent): boolean {
  switch (`${kind}/${name}`) {
    case "comments/edit":
      editComment(by, id, field(sent, "body"));
      return true;
    case "comments/delete":
      deleteComment(by, id);
      return true;
    case "comments/tick":
      tick(by, id, Number(field(sent, "at")), Number(field(sent, "length")));
      return true;
    case "reviews/edit":
      editReview(by, id, field(sent, "body"));
      return true;
    case "reviews/dismiss":
      dismissReview(by, id, field(sent, "message"));
      return true;
    case "threads/resolve":
    case "threads/unresolve":
      resolveThread(by, id, name === "resolve");
      return true;
    default:
      return false;
  }
}

/** GitHub's page sends the whole text with the one box changed, when the text is still the one the visitor saw. */
function tick(by: By, id: number, at: number, length: number): void {
  const { body } = findComment(by, id).comment;
  const mark = body[at];
  if (body.length !== length || body[at - 1] !== "[" || body[at + 1] !== "]" || mark === undefined)
    throw new Refusal(422, "The comment has changed meanwhile. Look again, then tick.");
  editComment(by, id, `${body.slice(0, at)}${mark === " " ? "x" : " "}${body.slice(at + 1)}`);
}

/** A form that edits a file says which text it was drawn with: as GitHub's editor does, it never writes over what somebody has pushed since. */
function demandUnchanged(sent: Sent, path: string, there: TreeFile | undefined): void {
  const seen = sent.get(BASE);
  if (seen !== null && seen !== baseOf(there))
    throw new Refusal(
      409,
      `${path} has changed since you started editing. Sent again, your text takes the place of what stands there now.`,
    );
}

function pushToHead(by: By, number: number, sent: Sent): void {
  const { pull } = by.store.pull(by.repositoryId, number);
  if (pull.headRepositoryId === null) throw new Refusal(422, "The fork this came from is gone.");
  const there = { ...by, repositoryId: pull.headRepositoryId };
  const message = field(sent, "message").trim();
  const path = field(sent, "path");
  const head = by.store.state.commits.get(pull.headOid);
  demandUnchanged(sent, path, head?.files.get(path));
  pushCommit(there, pull.headRef, {
    files: { [path]: fileText(sent) },
    ...(message === "" ? {} : { message }),
    ...(field(sent, "force") === "yes" ? { onto: head?.parents ?? [] } : {}),
  });
}

/** Edits a file of the default branch: pushed there, or proposed as a pull request, whose number is returned. */
export function editFile(by: By, path: string, sent: Sent): number | null {
  const repository = repositoryOf(by);
  const message = field(sent, "message").trim() || `Change ${path}`;
  const files = { [path]: fileText(sent) };
  const tip = by.store.state.commits.get(repository.branches.get(repository.defaultBranch) ?? "");
  demandUnchanged(sent, path, tip?.files.get(path));
  if (tip?.files.get(path)?.text === files[path])
    throw new Refusal(422, "There is nothing to commit: the file is as it was.");
  if (field(sent, "how") === "pull")
    return new Person(by).openPull({ title: message, files, message }).number;
  pushCommit(by, repository.defaultBranch, { files, message });
  return null;
}

/** The way out of a config that was pushed without a vote: the last lawful one is put back, and a pull request, whose number is returned, proposes what was pushed. */
export function proposeConfig(by: By, lawful: string, sent: Sent): number {
  const { defaultBranch, branches } = repositoryOf(by);
  const tip = by.store.state.commits.get(branches.get(defaultBranch) ?? "");
  const pushed = tip?.files.get(CONFIG_FILE)?.text ?? "";
  const message = field(sent, "message").trim() || "Change the rules";
  pushCommit(by, defaultBranch, {
    files: { [CONFIG_FILE]: lawful },
    message: "Go back to the last lawful rules",
  });
  return new Person(by).openPull({ title: message, files: { [CONFIG_FILE]: pushed }, message }).number;
}

/** Opens a proposal as the form of a new one has it. What it leaves out is as the form begins. */
export function openProposalDeed(by: By, sent: Sent, { beginning, prefix }: NewProposal): number {
  const title = field(sent, "title").trim();
  const path = namedPath(field(sent, "path").trim() || beginning.path, title, prefix);
  if (!isPath(path)) throw new Refusal(422, `“${path}” is no path of a file.`);
  const files = { [path]: fileText(sent) };
  const opened = new Person(by).openPull({ title, files, draft: field(sent, "draft") === "yes" }).number;
  if (field(sent, "label") === "yes" && beginning.label !== null)
    addLabels(labeller(by), opened, [beginning.label]);
  return opened;
}

export interface NewProposal {
  readonly beginning: Beginning;
  /** The word before a proposal's number, where the rules have one. */
  readonly prefix: string | undefined;
}

/** As git takes one: names between single slashes, none of them a way up. */
const isPath = (path: string): boolean =>
  path.split("/").every((name) => name.trim() !== "" && name !== "." && name !== ".." && name !== ".git");

/** Authors who may not label wait for a maintainer, who is quick here. */
function labeller(by: By): By {
  const repository = repositoryOf(by);
  if (may(by.actor, repository, "label")) return by;
  const actors = [...repository.levels.keys()].map((accountId) => ({ accountId, app: null }));
  const maintainer = actors.find((actor) => may(actor, repository, "label"));
  return maintainer === undefined ? by : { ...by, actor: maintainer };
}

export const openIssueDeed = (by: By, sent: Sent): number =>
  openIssue(by, { title: field(sent, "title"), body: field(sent, "body") }).number;

export const personBy = (by: Omit<By, "actor">, account: Account): By => ({
  ...by,
  actor: { accountId: account.id, app: null },
});
