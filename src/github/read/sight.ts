import { fingerprint } from "../../domain/text/fingerprint.js";
import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { OpenPage, RepositoryRef, Sight } from "../ports.js";
import { isTooExpensive, type ReadResult } from "../readResult.js";
import { shownCheck } from "./checks.js";
import type { Facts } from "./facts.js";
import { instant, present } from "./nodes.js";
import { FORM_RUN, formExternalId } from "./ownForms.js";
import { OPEN, type OpenPullFragment } from "./queries/generated.js";

/** Of one pull request whatever can differ when something has happened to it, but for its check runs and threads. */
interface Marks {
  readonly pull: Pick<
    OpenPullFragment,
    | "id"
    | "title"
    | "state"
    | "isDraft"
    | "locked"
    | "updatedAt"
    | "lastEditedAt"
    | "baseRefName"
    | "headRefOid"
    | "changedFiles"
  >;
  readonly labels: readonly string[];
  /** GitHub's count, and when the one last changed was. */
  readonly comments: readonly [number, string];
  readonly reviews: readonly (readonly [string, string, string])[];
  readonly threads: number;
}

function printOf({ pull, labels, comments, reviews, threads }: Marks): string {
  const { id, title, state, isDraft, locked, updatedAt, lastEditedAt } = pull;
  const { baseRefName, headRefOid, changedFiles } = pull;
  const sorted = reviews.map((one) => one.join(" ")).sort();
  return fingerprint("sight", [
    ...[id, title, state, isDraft, locked, updatedAt, lastEditedAt ?? "", baseRefName, headRefOid],
    ...[changedFiles, [...labels].sort(), comments, sorted, threads],
  ]);
}

/** null: a list is longer than the query for many shows, so that nobody could compare, or not everything was read that it does not show. */
export function sightOf(facts: Facts): Sight | null {
  const { pull, comments, reviews, threads, missing, eventsAt } = facts;
  if (facts.threadsInPart === true) return null;
  const total = reviews.size + missing.reviews;
  const labels = present(pull.labels?.nodes).map(({ name }) => name);
  if (total > SHOWN || (pull.labels?.totalCount ?? 0) > labels.length) return null;
  let newest = "";
  for (const { updatedAt } of comments.values()) if (updatedAt > newest) newest = updatedAt;
  return {
    print: printOf({
      pull,
      labels,
      comments: [comments.size + missing.comments, newest],
      reviews: [...reviews.values()].map(({ id, state, updatedAt }) => [id, state, updatedAt] as const),
      threads: threads.size + missing.threads,
    }),
    title: pull.title,
    author: pull.author?.login ?? "",
    labels,
    state: pull.state === "OPEN" ? "open" : pull.state === "MERGED" ? "merged" : "closed",
    createdAt: instant(pull.createdAt),
    updatedAt: instant(pull.updatedAt),
    head: pull.headRefOid,
    readAt: Math.floor(eventsAt),
  };
}

/** `last:` of a list in the query for many. */
const SHOWN = 100;
/** Pull requests a request, at first and where GitHub finds that too dear. */
const PAGE = 50;
const LEAST = 3;
const SMALLER = [25, 10, LEAST];

/** A page of the open pull requests, oldest first. `after` null: from the beginning. */
export async function openPage(
  caller: Caller,
  appId: number,
  ref: RepositoryRef,
  { after, threads }: { readonly after: string | null; readonly threads: boolean },
): Promise<ReadResult<OpenPage>> {
  const named = { owner: ref.owner, repo: ref.name, appId, after, threads };
  const asked = (page: number, repeatable = false) =>
    ask(caller, ref.installation, OPEN, { ...named, page }, { repeatable });
  let read = await asked(PAGE);
  for (const smaller of SMALLER) if (isTooExpensive(read)) read = await asked(smaller, smaller === LEAST);
  if (read.kind !== "read") return read;
  const { repository } = read.data;
  if (!repository || repository.databaseId === null)
    return { kind: "gone", why: "there is no such repository" };
  const { nodes, pageInfo } = repository.pullRequests;
  return {
    kind: "read",
    pulls: present(nodes).map(entryOf),
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  };
}

function entryOf(pull: OpenPullFragment): OpenPage["pulls"][number] {
  const { number, labels, comments, reviews, reviewThreads, commits, headRefOid } = pull;
  const names = present(labels?.nodes).map(({ name }) => name);
  const shown = present(reviews?.nodes);
  const threads = present(reviewThreads.nodes);
  const head = present(commits.nodes).find(({ commit }) => commit.oid === headRefOid)?.commit;
  const whole =
    head !== undefined &&
    (labels?.totalCount ?? 0) <= names.length &&
    (reviews?.totalCount ?? 0) <= shown.length;
  if (!whole) return { number, marks: null };
  const runs = present(head.checkSuites?.nodes).flatMap(({ checkRuns }) => present(checkRuns?.nodes));
  const own = runs.find(
    ({ name, externalId }) => name === "msc-clerk" && externalId?.startsWith(`${number}:`),
  );
  const form = runs.find(
    ({ name, externalId }) => name === FORM_RUN && externalId === formExternalId(number),
  );
  return {
    number,
    marks: {
      print: printOf({
        pull,
        labels: names,
        comments: [comments.totalCount, present(comments.nodes)[0]?.updatedAt ?? ""],
        reviews: shown.map(({ id, state, updatedAt }) => [id, state, updatedAt] as const),
        threads: reviewThreads.totalCount,
      }),
      check: own === undefined ? "" : shownCheck(own),
      form: form === undefined ? "" : `${form.conclusion ?? ""} ${form.title ?? ""}`,
      threads:
        reviewThreads.totalCount > threads.length
          ? null
          : threads.map(({ isResolved, resolvedBy }) => `${isResolved} ${resolvedBy?.login ?? ""}`),
    },
  };
}
