import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import { isViewer } from "./accounts.js";
import { utterancesOf } from "./edits.js";
import type { Facts } from "./facts.js";
import {
  type Actor,
  type BodyNode,
  type InlineNode,
  isOfAnotherKind,
  present,
  type Viewer,
} from "./nodes.js";
import { REACTORS, type ReactorsQuery } from "./queries/generated.js";
import { NO_CLERK } from "./whoIsTheClerk.js";

/** The App's own account, `slug[bot]`, by which GitHub names the author of its comments. */
export interface ClerkAccount {
  readonly login: string;
  readonly id: number;
}

/** So many utterances are asked about at once: eight reactions each, with up to a hundred who put it on. */
const BATCH = 50;

/**
 * What somebody else read, as the clerk would have read it. What GitHub tells of whoever asks (`viewer`, `viewerDidAuthor`, `viewerHasReacted`) is
 * told of the clerk's account instead, and what GitHub shows to nobody but whoever asks is left out: the drafts of their own reviews.
 * A reaction of the clerk's is not seen below a hundred others of its kind.
 */
export async function asSeenBy(
  clerk: ClerkAccount,
  caller: Caller,
  ref: ProposalRef,
  facts: Facts,
): Promise<ReadResult<{ facts: Facts }>> {
  const viewer: Viewer = { login: clerk.login, databaseId: clerk.id };
  const reacted = new Map<string, ReadonlySet<string>>();
  // Where there is no clerk, none of it is its own, and nobody need be asked.
  const ids = clerk === NO_CLERK.account ? [] : [...utterancesOf(facts)].map(({ node }) => node.id);
  for (let at = 0; at < ids.length; at += BATCH) {
    const variables = { ids: ids.slice(at, at + BATCH) };
    const answered = await ask(caller, ref.installation, REACTORS, variables);
    if (answered.kind !== "read") return answered;
    for (const node of present(answered.data.nodes)) reacted.set(node.id, reactionsBy(viewer, node));
  }
  const seen = <T extends BodyNode>(node: T): T => ({
    ...node,
    viewerDidAuthor: isViewer(node.author, viewer),
    reactionGroups: (node.reactionGroups ?? []).map((group) => ({
      ...group,
      viewerHasReacted: reacted.get(node.id)?.has(group.content) ?? false,
    })),
  });
  const all = <T extends BodyNode>(nodes: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...nodes].map(([id, node]) => [id, seen(node)]));
  const threads = [...facts.threads].flatMap(([id, thread]) => {
    const submitted = new Map([...thread].filter(([, node]) => !isDraft(node)));
    return submitted.size === 0 && thread.size > 0 ? [] : [[id, all(submitted)] as const];
  });
  return {
    kind: "read",
    facts: {
      ...facts,
      viewer,
      comments: all(facts.comments),
      reviews: all(facts.reviews),
      threads: new Map(threads),
    },
  };
}

/** Of a review that its author has not submitted yet: shown to them alone. */
const isDraft = ({ pullRequestReview }: InlineNode): boolean =>
  pullRequestReview !== null && pullRequestReview.submittedAt === null;

type Reacted = NonNullable<ReactorsQuery["nodes"][number]>;

function reactionsBy(viewer: Viewer, node: Reacted): ReadonlySet<string> {
  const groups = isOfAnotherKind(node) || !("reactionGroups" in node) ? [] : (node.reactionGroups ?? []);
  const by = ({ reactors }: (typeof groups)[number]): boolean =>
    present(reactors.nodes).some((one) => isViewer(one as Actor, viewer));
  return new Set(groups.filter(by).map(({ content }) => content));
}
