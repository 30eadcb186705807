import { HOUR, iso, MINUTE, SECOND } from "../../domain/text/time.js";
import { type Caller, SOON } from "../client/call.js";
import type { ProposalRef } from "../ports.js";
import { isTooExpensive, type ReadResult, unreadable } from "../readResult.js";
import { newestWithBoxes } from "./boxEdits.js";
import { LISTS, type List, pullOf, repositoryOf } from "./cold.js";
import { labelOf } from "./events.js";
import type { Facts } from "./facts.js";
import { furtherEdits, furtherEvents } from "./further.js";
import type { Newest, NewestOf } from "./newestOf.js";
import { type BodyNode, type EventNode, eventsIn, type InlineNode, instant, present } from "./nodes.js";

/** Even a PR where nothing happens is read from the beginning about once a day. */
export const LONGEST_WARM = 20 * HOUR;
/** As many as the query asks for: hardly ever are more of one pull request new at once. */
const NEWEST_COMMENTS = 25;
/** Events are asked for from a while before they were last asked for, so that what came to light late is seen. */
const OVERLAP = 10 * MINUTE;

/**
 * One request that brings what is new, another for each further hundred events, joined to what is known. `doubtful` names the lists that
 * must be read from their beginning: where counts differ, where what is new does not reach back to an entry that is known, or where anything
 * does not add up.
 */
export type Warmed = ReadResult<{ facts: Facts; doubtful: readonly List[] }>;

export async function readWarm(
  caller: Caller,
  newestOf: NewestOf,
  ref: ProposalRef,
  known: Facts,
  withEdits = true,
): Promise<Warmed> {
  let latest = 0;
  for (const event of known.events.values()) latest = Math.max(latest, instant(event.createdAt));
  // And from before the newest known one, so that the pages meet it.
  const since = latest === 0 ? null : iso(Math.min(latest - SECOND, known.eventsAt - OVERLAP));
  const eventsAt = caller.gitHubNow();
  const status = withEdits ? newestWithBoxes(known).ids : [];
  const read = await newestOf.read({ ref, since, status });
  if (read.kind !== "read") return read;
  const { viewer, repository, pull, edits } = read.newest;
  if (pull.id !== known.pull.id || repository.databaseId !== known.repository.databaseId) {
    return unreadable("another pull request answers to this name", caller.now() + SOON, "changed");
  }
  const doubtful = new Set<List>();

  const comments = new Map(known.comments);
  const newestComments = present(pull.comments.nodes);
  let reaches = newestComments.length < NEWEST_COMMENTS || pull.comments.totalCount <= newestComments.length;
  for (const node of newestComments) {
    if (known.comments.get(node.id)?.updatedAt === node.updatedAt) reaches = true;
    comments.set(node.id, node);
  }
  if (!reaches || pull.comments.totalCount - comments.size !== known.missing.comments)
    doubtful.add("comments");

  const reviews = new Map(known.reviews);
  const newReviews = present(pull.reviews?.nodes);
  for (const node of newReviews) reviews.set(node.id, node);
  const reviewTotal = pull.reviews?.totalCount ?? 0;
  if (reviewTotal - reviews.size !== known.missing.reviews) doubtful.add("reviews");
  const allReviews = reviewTotal <= newReviews.length;
  const moreReviews = newReviews.some((node) => !known.reviews.has(node.id));

  const threads = new Map(known.threads);
  const newThreads = present(pull.reviewThreads.nodes);
  let allInline = pull.reviewThreads.totalCount <= newThreads.length;
  for (const { id, comments: list } of newThreads) {
    const into = new Map<string, InlineNode>(known.threads.get(id));
    const nodes = present(list.nodes);
    for (const node of nodes) into.set(node.id, node);
    if (into.size !== list.totalCount) doubtful.add("threads");
    if (nodes.length < list.totalCount) allInline = false;
    threads.set(id, into);
  }
  if (pull.reviewThreads.totalCount - threads.size !== known.missing.threads) doubtful.add("threads");
  // An answer in an old thread comes with a review of its own: where not every thread was shown, it may stand in one of the others.
  if (moreReviews && !allInline) doubtful.add("threads");

  const events = new Map(known.events);
  let { labels } = pull;
  let newEvents = eventsIn(pull.timelineItems.nodes);
  const { hasNextPage, endCursor } = pull.timelineItems.pageInfo;
  if (hasNextPage) {
    const further = await furtherEvents(caller, ref, since, endCursor);
    if (further.kind !== "read") return further;
    newEvents = [...newEvents, ...further.events];
    labels = further.labels;
  }
  for (const node of newEvents) events.set(node.id, node);
  const meets = known.events.size === 0 || newEvents.some((node) => known.events.has(node.id));
  if (!meets) doubtful.add("events");
  if (odds(labels?.nodes, events) !== odds(known.pull.labels?.nodes, known.events)) doubtful.add("events");
  const later = [...events.values()].filter((event) => !known.events.has(event.id));
  for (const event of later) {
    // A dismissal changes a review, which may lie further back than the newest hundred.
    const dismissed = event.__typename === "ReviewDismissedEvent" ? event.review?.id : undefined;
    if (dismissed !== undefined && !newReviews.some((node) => node.id === dismissed)) doubtful.add("reviews");
    if (event.__typename === "CommentDeletedEvent" && !allInline) doubtful.add("threads");
  }

  const sameFiles =
    pull.headRefOid === known.pull.headRefOid &&
    pull.baseRefName === known.pull.baseRefName &&
    pull.changedFiles === known.pull.changedFiles;
  if (!sameFiles) doubtful.add("files");

  // Something was changed that none of the newest pages shows: an old review or inline comment was edited, say.
  const told =
    pull.updatedAt === known.pull.updatedAt ||
    !sameFiles ||
    later.length > 0 ||
    moreReviews ||
    newestComments.some((node) => known.comments.get(node.id)?.updatedAt !== node.updatedAt);
  if (!told && !allReviews) doubtful.add("reviews");
  if (!told && !allInline) doubtful.add("threads");

  const joined = await joinEdits(caller, ref, known.edits, edits, comments);
  if (joined.kind !== "read") return joined;
  const facts: Facts = {
    viewer,
    repository: repositoryOf(repository),
    pull: pullOf({ ...pull, labels }),
    comments,
    reviews,
    threads,
    ...(allInline ? {} : { threadsInPart: true as const }),
    events,
    files: known.files,
    edits: joined.edits,
    missing: known.missing,
    ...(known.older === undefined ? {} : { older: known.older }),
    eventsAt,
    coldAt: known.coldAt,
  };
  const isSameViewer = viewer.databaseId === known.viewer.databaseId;
  return { kind: "read", facts, doubtful: isSameViewer ? [...doubtful] : LISTS };
}

/** Further edits of a list at a time, each of which has the whole text, and how often, until they meet one that is known. */
const EDITS_ON = 10;
const MOST_ON = 10;

/** The few newest edits are asked for with everything else; only where they do not reach a known one are there more to read. */
async function joinEdits(
  caller: Caller,
  ref: ProposalRef,
  known: Facts["edits"],
  answered: Newest["edits"],
  comments: ReadonlyMap<string, BodyNode>,
): Promise<ReadResult<{ edits: Facts["edits"] }>> {
  const edits = new Map(known);
  for (const node of answered) {
    const lastEditedAt = node === null ? null : (comments.get(node.id)?.lastEditedAt ?? null);
    if (node === null || lastEditedAt === null) continue;
    const list = "userContentEdits" in node ? node.userContentEdits : null;
    const before = known.get(node.id)?.edits;
    const fresh = [...present(list?.nodes)];
    let page = list?.pageInfo;
    const meets = () => before?.some((edit) => fresh.some(({ id }) => id === edit.id)) === true;
    for (
      let asked = 0;
      before !== undefined && page?.hasNextPage && !meets() && asked < MOST_ON;
      asked += 1
    ) {
      const start = { id: node.id, after: page.endCursor };
      const further = await furtherEdits(caller, ref.installation, [start], EDITS_ON);
      if (isTooExpensive(further)) break;
      if (further.kind !== "read") return further;
      const [more] = further.lists;
      fresh.push(...present(more?.nodes));
      page = more?.pageInfo;
    }
    const seen = new Set(fresh.map((edit) => edit.id));
    const all = [...fresh, ...(before ?? []).filter((edit) => !seen.has(edit.id))];
    // A list that does not add up is left out, and read whole in its own request.
    if (all.length === list?.totalCount) edits.set(node.id, { lastEditedAt, edits: all });
    else edits.delete(node.id);
  }
  return { kind: "read", edits };
}

/** Where the labels do not follow from the label events. The same difference as last time is nothing new (a label may have been renamed). */
function odds(
  labels: readonly ({ readonly name: string } | null)[] | null | undefined,
  events: ReadonlyMap<string, EventNode>,
): string {
  const last = new Map<string, EventNode>();
  for (const event of events.values()) {
    const name = "label" in event ? labelOf(event)?.toLowerCase() : undefined;
    if (name === undefined) continue;
    const before = last.get(name);
    if (before === undefined || before.createdAt <= event.createdAt) last.set(name, event);
  }
  const worn = new Set(present(labels).map(({ name }) => name.toLowerCase()));
  const odd = [...worn].filter((name) => last.get(name)?.__typename !== "LabeledEvent");
  for (const [name, event] of last)
    if (event.__typename === "LabeledEvent" && !worn.has(name)) odd.push(name);
  return odd.sort().join("\n");
}
