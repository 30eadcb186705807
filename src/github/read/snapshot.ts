import { rosterOf } from "../../domain/acts/needs.js";
import { personOf, sameAccount } from "../../domain/model/people.js";
import type { Rules } from "../../domain/model/rules.js";
import type {
  ChangedFile,
  PullFacts,
  RepositoryFacts,
  Snapshot,
  Utterance,
} from "../../domain/model/snapshot.js";
import { cutTo } from "../../domain/text/cut.js";
import type { Instant } from "../../domain/text/time.js";
import { type Binding, sealedLineOf } from "../record/seal.js";
import type { RecordBelief, Signed } from "../record/trust.js";
import { accountOf, withoutSuffix } from "./accounts.js";
import { ownChecksOf, ownTextsOf } from "./checks.js";
import { utterancesOf } from "./edits.js";
import { eventOf, reviewFactsOf } from "./events.js";
import type { Facts } from "./facts.js";
import { legacyCommentsOf } from "./legacy.js";
import { Mentions } from "./mentions.js";
import { type BodyNode, fullIdOf, instant, instantOrNull, present } from "./nodes.js";
import { newer, ownBodiesOf, ownCommentsOf } from "./own.js";
import type { CommentAuthorAssociation, PatchStatus, ReactionContent } from "./queries/generated.js";
import { revisionsOf } from "./revisions.js";

export interface SnapshotParts {
  readonly rules: Rules;
  readonly adoptedAt: Instant;
  readonly rosterCommit: string | null;
  readonly keys: RecordBelief;
  /** The lines of a body that its author said in their own voice. */
  readonly spokenLines: (body: string) => readonly string[];
  /** Reactions the clerk has put on since the facts were read, by `comment:123`. */
  readonly reacted: (utterance: string) => ReadonlySet<string>;
}

/**
 * How much of a comment is read for commands where its author is on no team: only the first few commands in it are answered
 * (reply.always), and reading costs time. What a member wrote, and what the clerk once accepted, is read whole.
 */
const OUTSIDERS_HEARD = 8_192;

/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const MOST_FILES = 3000;

/** GitHub's answers → the facts the core decides by. Pure; `texts` are asked for afterwards, by the register. */
export function snapshotOf(facts: Facts, parts: SnapshotParts): Snapshot {
  const { rules } = parts;
  const { viewer, repository, pull } = facts;
  if (viewer.databaseId === null) throw new Error("GitHub does not say who the clerk is");
  // https://docs.github.com/en/issues: a hundred is the most a PR can wear. Should that change, half of them are not all.
  if ((pull.labels?.totalCount ?? 0) > present(pull.labels?.nodes).length)
    throw new Error("it has more labels than the clerk reads");
  const login = withoutSuffix(viewer.login);
  const mentions = new Mentions(rules, login);
  const linesOf = (body: string) => (mentions.mayOccurIn(body) ? parts.spokenLines(body) : []);
  const isOnRoster = rosterOf(rules);
  const binding = { repository: repository.databaseId, pull: pull.number };
  const keys = parts.keys.among(() => sealedLinesOf(facts, binding));
  const own = ownCommentsOf(facts, keys, binding);
  const checks = ownChecksOf(facts, keys, binding);

  const utterances: Utterance[] = [];
  for (const { kind, node } of utterancesOf(facts)) {
    const createdAt = publishedAt(node);
    const id = `${kind}:${fullIdOf(node)}`;
    const has = ownReactions(node, parts.reacted(id));
    const author = accountOf(node.author);
    const whole = has("THUMBS_UP") || (author !== null && isOnRoster(personOf(author)));
    utterances.push({
      id,
      nodeId: node.id,
      kind,
      url: node.url,
      author,
      byClerk: node.viewerDidAuthor,
      createdAt,
      // https://docs.github.com/en/communities/moderating-comments-and-conversations/managing-disruptive-comments#hiding-a-comment
      ...(node.isMinimized ? { hidden: true } : {}),
      revisions: node.viewerDidAuthor
        ? [{ editor: author, at: createdAt, lines: [] }]
        : revisionsOf(node, facts.edits.get(node.id), createdAt, (body) =>
            // What a member says with a review is shown with their vote, also where it speaks to nobody of the clerk's.
            kind === "review" && whole
              ? parts.spokenLines(body)
              : linesOf(whole ? body : cutTo(body, OUTSIDERS_HEARD)),
          ),
      reactions: { thumbsUp: has("THUMBS_UP"), confused: has("CONFUSED"), eyes: has("EYES") },
      review: kind === "review" ? reviewFactsOf(node, facts.events) : null,
    });
  }

  return {
    repository: repositoryFacts(facts),
    clerk: { login, id: viewer.databaseId },
    adoptedAt: parts.adoptedAt,
    rosterCommit: parts.rosterCommit,
    // author.named: names stand on lines that mention nobody of the clerk's.
    pull: {
      ...pullFacts(facts),
      description: descriptionOf(facts, rules.namedAuthors === true ? parts.spokenLines : linesOf),
      ...aboutIn(pull.body, parts.spokenLines),
    },
    labels: present(pull.labels?.nodes).map(({ name }) => name),
    utterances,
    events: [...facts.events.values()].map((node) => eventOf(node, viewer)),
    files: facts.files.map(
      ({ path, changeType }): ChangedFile => ({ path, change: CHANGES[changeType] ?? "other" }),
    ),
    filesCutOff: facts.files.length >= MOST_FILES,
    ownComments: own.comments,
    legacyComments: legacyCommentsOf(facts, rules, parts.adoptedAt),
    check: checks.check,
    siblings: checks.siblings,
    siblingsCutOff: checks.siblingsCutOff,
    register: newer(own.register, checks.register),
    registerFrom: "github",
    carriers: {
      comment: own.seq,
      check: checks.seq,
      newest: Math.max(own.newest ?? 0, checks.newest ?? 0) || null,
      newestRun: checks.newest,
      erased: own.erased,
    },
    unkept: false,
    texts: [],
    // What the rules about the rules need is read afterwards (`governance`).
    lawfulRules: null,
    lawful: null,
    unlawful: null,
    lawfulLost: null,
    published: [],
    amendment: null,
  };
}

/** What the clerk itself has sealed here, in its comments and its check runs. */
const sealedLinesOf = (facts: Facts, binding: Binding): readonly Signed[] =>
  [...ownBodiesOf(facts), ...ownTextsOf(facts)].flatMap((text) => sealedLineOf(text, binding) ?? []);

/** What a person wrote in the draft of a review was said when the review was submitted. */
function publishedAt(node: BodyNode): Instant {
  const moments = [node.createdAt];
  if ("submittedAt" in node) moments.push(node.submittedAt ?? node.createdAt);
  if ("publishedAt" in node)
    moments.push(node.publishedAt ?? node.createdAt, node.pullRequestReview?.submittedAt ?? node.createdAt);
  return Math.max(...moments.map(instant));
}

function ownReactions(node: BodyNode, since: ReadonlySet<string>): (content: ReactionContent) => boolean {
  const shown = new Set(
    (node.reactionGroups ?? []).filter((group) => group.viewerHasReacted).map((group) => group.content),
  );
  return (content) => shown.has(content) || since.has(content);
}

const repositoryFacts = ({ repository }: Facts): RepositoryFacts => ({
  owner: repository.owner.login,
  name: repository.name,
  id: repository.databaseId,
  defaultBranch: repository.defaultBranchRef?.name ?? "",
  archived: repository.isArchived,
  ...(repository.hasIssuesEnabled ? {} : { withoutIssues: true }),
});

const pullFacts = ({ pull }: Facts): Omit<PullFacts, "description"> => ({
  number: pull.number,
  nodeId: pull.id,
  title: pull.title,
  url: pull.url,
  state: pull.state === "MERGED" ? "merged" : pull.state === "CLOSED" ? "closed" : "open",
  draft: pull.isDraft,
  locked: pull.locked,
  author: accountOf(pull.author),
  ...(NEWCOMERS.includes(pull.authorAssociation) ? { newcomer: true } : {}),
  base: pull.baseRefName,
  head: pull.headRefOid,
  createdAt: instant(pull.createdAt),
  closedAt: instantOrNull(pull.closedAt),
  mergedAt: instantOrNull(pull.mergedAt),
});

/** Nothing of theirs was merged here before. https://docs.github.com/graphql/reference/enums#commentauthorassociation */
const NEWCOMERS: readonly CommentAuthorAssociation[] = ["FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "NONE"];

/** What the author says in the description; what somebody else made of it is nobody's word. */
function descriptionOf(
  { pull }: Facts,
  linesOf: (body: string) => readonly string[],
): PullFacts["description"] {
  const [author, editor] = [accountOf(pull.author), accountOf(pull.editor)];
  const lines = linesOf(pull.body);
  const own =
    pull.lastEditedAt === null || (author !== null && editor !== null && sameAccount(author, editor));
  return own && lines.length > 0 ? { lines, at: instant(pull.lastEditedAt ?? pull.createdAt) } : null;
}

/** Lines of the description that the pages tell of, as `metadataIn` reads them. */
function aboutIn(body: string, linesOf: (body: string) => readonly string[]): Pick<PullFacts, "about"> {
  // Most descriptions have none, and are not read for it.
  if (!/shepherd|documentation/i.test(body)) return {};
  const about = linesOf(body).filter((line) => /^[*_]{0,2}(?:shepherd|documentation)/iu.test(line));
  return about.length === 0 ? {} : { about };
}

/** GitHub may come to know another kind. */
const CHANGES: Readonly<Partial<Record<PatchStatus, ChangedFile["change"]>>> = {
  ADDED: "added",
  COPIED: "added",
  MODIFIED: "modified",
  CHANGED: "modified",
  DELETED: "removed",
  RENAMED: "renamed",
};
