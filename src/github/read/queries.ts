/**
 * Everything the clerk asks GitHub in GraphQL. `test/github/queries.test.ts` holds each text against GitHub's published schema;
 * `answers.ts` has the shapes that come back.
 */

const WHO =
  "fragment who on Actor{__typename login ... on User{databaseId} ... on Bot{databaseId} ... on Mannequin{databaseId}}";

const SAID =
  "id fullDatabaseId url body createdAt updatedAt lastEditedAt viewerDidAuthor author{...who} editor{...who} reactionGroups{content viewerHasReacted}";
const COMMENT = `${SAID} includesCreatedEdit`;
const REVIEW = `${SAID} includesCreatedEdit state submittedAt commit{oid}`;
const INLINE = `${SAID} includesCreatedEdit publishedAt pullRequestReview{submittedAt}`;
const PAGE = "pageInfo{hasNextPage endCursor}";

const RUN = "id fullId:databaseId name externalId status conclusion startedAt title summary";
/**
 * The clerk's runs on one commit. `latest` has `text`, which carries the sealed record and may be long; `all` has every PR's that
 * shares the commit, and older ones, without it.
 */
const SUITE = `id
        latest:checkRuns(first:10,filterBy:{checkType:LATEST,checkName:"msc-clerk"}){nodes{${RUN} text}}
        all:checkRuns(first:100,filterBy:{checkType:ALL,checkName:"msc-clerk"}){${PAGE} nodes{${RUN}}}`;
const RUNS = `oid checkSuites(first:5,filterBy:{appId:$appId}){${PAGE} nodes{${SUITE}}}`;

/** The newest come first: those opened on a head that others have had are the ones that could hide them (check.head). */
const siblings = (first: number, after = "") =>
  `associatedPullRequests(first:${first}${after},orderBy:{field:CREATED_AT,direction:DESC}){${PAGE} nodes{number state headRefOid baseRepository{databaseId}}}`;
const SIBLINGS = `oid ${siblings(20)}`;

/** Facts that every look reads anew. */
const HEAD = `databaseId name isArchived owner{login}
    defaultBranchRef{name target{... on Commit{oid file(path:$config){oid}}}}`;
const PULL = `id fullDatabaseId number title url state isDraft locked createdAt updatedAt closedAt mergedAt
      author{...who} baseRefName headRefOid changedFiles
      labels(first:100){totalCount nodes{name}}
      commits(last:4){nodes{commit{${RUNS}}}}
      tip:commits(last:1){nodes{commit{${SIBLINGS}}}}`;

const EVENT_TYPES =
  "LABELED_EVENT,UNLABELED_EVENT,CLOSED_EVENT,REOPENED_EVENT,MERGED_EVENT,CONVERT_TO_DRAFT_EVENT,READY_FOR_REVIEW_EVENT,REVIEW_DISMISSED_EVENT,COMMENT_DELETED_EVENT,HEAD_REF_FORCE_PUSHED_EVENT,BASE_REF_CHANGED_EVENT";
const EVENT = `__typename
        ... on LabeledEvent{id createdAt actor{...who} label{name}}
        ... on UnlabeledEvent{id createdAt actor{...who} label{name}}
        ... on ClosedEvent{id createdAt actor{...who}}
        ... on ReopenedEvent{id createdAt actor{...who}}
        ... on MergedEvent{id createdAt actor{...who}}
        ... on ConvertToDraftEvent{id createdAt actor{...who}}
        ... on ReadyForReviewEvent{id createdAt actor{...who}}
        ... on ReviewDismissedEvent{id createdAt actor{...who} previousReviewState pullRequestCommit{commit{oid}} review{id fullDatabaseId}}
        ... on CommentDeletedEvent{id createdAt actor{...who} deletedCommentAuthor{...who}}
        ... on HeadRefForcePushedEvent{id createdAt actor{...who} beforeCommit{oid} afterCommit{oid}}
        ... on BaseRefChangedEvent{id createdAt actor{...who} currentRefName previousRefName}`;

const SUBMITTED = "states:[APPROVED,CHANGES_REQUESTED,COMMENTED,DISMISSED]";
const THREAD_COMMENTS = `comments(first:50){totalCount ${PAGE} nodes{${INLINE}}}`;

/** A page of each list that has more to give, side by side. */
export const LOOK = `query Look($owner:String!,$repo:String!,$number:Int!,$config:String!,$appId:Int!,$page:Int!,$threadPage:Int!,$head:Boolean!,$comments:Boolean!,$commentsAfter:String,$reviews:Boolean!,$reviewsAfter:String,$threads:Boolean!,$threadsAfter:String,$events:Boolean!,$eventsAfter:String,$files:Boolean!,$filesAfter:String){
  rateLimit{cost remaining}
  viewer{login databaseId}
  repository(owner:$owner,name:$repo){
    headFacts:databaseId
    ...repositoryFacts @include(if:$head)
    pullRequest(number:$number){
      number
      ...pullFacts @include(if:$head)
      comments(first:$page,after:$commentsAfter) @include(if:$comments){totalCount ${PAGE} nodes{${COMMENT}}}
      reviews(first:$page,after:$reviewsAfter,${SUBMITTED}) @include(if:$reviews){totalCount ${PAGE} nodes{${REVIEW}}}
      reviewThreads(first:$threadPage,after:$threadsAfter) @include(if:$threads){totalCount ${PAGE} nodes{id ${THREAD_COMMENTS}}}
      timelineItems(first:$page,after:$eventsAfter,itemTypes:[${EVENT_TYPES}]) @include(if:$events){${PAGE} nodes{${EVENT}}}
      files(first:100,after:$filesAfter) @include(if:$files){totalCount ${PAGE} nodes{path changeType}}
    }
  }
}
fragment repositoryFacts on Repository{${HEAD}}
fragment pullFacts on PullRequest{${PULL}}
${WHO}`;

/** The newest of each list, to be joined to what is remembered. `edits`: the status comments known to be there. */
export const WARM = `query Warm($owner:String!,$repo:String!,$number:Int!,$config:String!,$appId:Int!,$since:DateTime,$status:[ID!]!){
  rateLimit{cost remaining}
  viewer{login databaseId}
  repository(owner:$owner,name:$repo){
    ${HEAD}
    pullRequest(number:$number){
      ${PULL}
      comments(first:50,orderBy:{field:UPDATED_AT,direction:DESC}){totalCount nodes{${COMMENT}}}
      reviews(last:100,${SUBMITTED}){totalCount nodes{${REVIEW}}}
      reviewThreads(last:50){totalCount nodes{id comments(last:30){totalCount nodes{${INLINE}}}}}
      timelineItems(first:100,since:$since,itemTypes:[${EVENT_TYPES}]){${PAGE} nodes{${EVENT}}}
    }
  }
  edits:nodes(ids:$status){id ... on IssueComment{userContentEdits(first:10){totalCount ${PAGE} nodes{id createdAt editedAt diff deletedAt editor{...who}}}}}
}
${WHO}`;

const EDITS_PAGE = (after: string) =>
  `userContentEdits(first:$first${after}){totalCount ${PAGE} nodes{id createdAt editedAt diff deletedAt editor{...who}}}`;

/** The edit lists of up to a hundred utterances; the newest edit comes first. */
export const EDITS = `query Edits($ids:[ID!]!,$first:Int!){rateLimit{cost remaining} nodes(ids:$ids){id ... on Comment{${EDITS_PAGE("")}}}}
${WHO}`;

/** Further pages, each at its own place: a thread's comments, or an utterance's edits. Parts are named `p0`, `p1`, … */
export function furtherPages(of: "thread" | "edits", count: number): string {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const variables = numbers.map((index) => `$id${index}:ID!,$after${index}:String`).join(",");
  const parts = numbers.map((index) =>
    of === "thread"
      ? `p${index}:node(id:$id${index}){... on PullRequestReviewThread{comments(first:100,after:$after${index}){totalCount ${PAGE} nodes{${INLINE}}}}}`
      : `p${index}:node(id:$id${index}){... on Comment{${EDITS_PAGE(`,after:$after${index}`)}}}`,
  );
  return `query Further(${variables}${of === "edits" ? ",$first:Int!" : ""}){rateLimit{cost remaining} ${parts.join("\n")}}\n${WHO}`;
}

/** Head and own check runs only, for the check that says what is wrong with the config. */
export const HEAD_ONLY = `query Head($owner:String!,$repo:String!,$number:Int!,$appId:Int!){
  rateLimit{cost remaining}
  repository(owner:$owner,name:$repo){isArchived pullRequest(number:$number){state headRefOid commits(last:1){nodes{commit{${RUNS}}}}}}
}`;

/** The clerk's runs on a commit that is not among the last of the PR's own list. */
export const COMMIT_RUNS = `query Runs($owner:String!,$repo:String!,$head:GitObjectID!,$appId:Int!){
  rateLimit{cost remaining}
  repository(owner:$owner,name:$repo){object(oid:$head){... on Commit{${RUNS} ${SIBLINGS}}}}
}`;

/**
 * The clerk's runs further back: on the PR's last hundred commits, and on those that a forced push took away (`p0`, `p1`, …).
 */
export function olderRuns(pushedAway: number): string {
  const numbers = Array.from({ length: pushedAway }, (_, index) => index);
  const variables = numbers.map((index) => `,$oid${index}:GitObjectID!`).join("");
  const runs = `oid checkSuites(first:5,filterBy:{appId:$appId}){nodes{
        latest:checkRuns(first:10,filterBy:{checkType:LATEST,checkName:"msc-clerk"}){nodes{${RUN} text}}}}`;
  const parts = numbers.map((index) => `p${index}:object(oid:$oid${index}){... on Commit{${runs}}}`);
  return `query OlderRuns($owner:String!,$repo:String!,$number:Int!,$appId:Int!${variables}){rateLimit{cost remaining}
  repository(owner:$owner,name:$repo){pullRequest(number:$number){commits(last:100){nodes{commit{${runs}}}}} ${parts.join("\n")}}}`;
}

/** Beyond their first pages: the pull requests that hold the head, and the clerk's runs and suites on it. */
export const MORE_SIBLINGS = `query Siblings($owner:String!,$repo:String!,$head:GitObjectID!,$after:String){
  rateLimit{cost remaining}
  repository(owner:$owner,name:$repo){object(oid:$head){... on Commit{${siblings(100, ",after:$after")}}}}
}`;
export const MORE_SUITES = `query Suites($owner:String!,$repo:String!,$head:GitObjectID!,$appId:Int!,$after:String){
  rateLimit{cost remaining}
  repository(owner:$owner,name:$repo){object(oid:$head){... on Commit{checkSuites(first:20,after:$after,filterBy:{appId:$appId}){${PAGE} nodes{${SUITE}}}}}}
}`;
export const MORE_RUNS = `query MoreRuns($id:ID!,$after:String){
  rateLimit{cost remaining}
  node(id:$id){... on CheckSuite{checkRuns(first:100,after:$after,filterBy:{checkType:ALL,checkName:"msc-clerk"}){${PAGE} nodes{${RUN}}}}}
}`;

/** Records of runs that are not the latest of their name: another PR with the same head has a newer one. */
export const RUN_TEXTS =
  "query RunTexts($ids:[ID!]!){rateLimit{cost remaining} nodes(ids:$ids){id ... on CheckRun{text}}}";

/** The config file at the head of the default branch. */
export const CONFIG = `query Config($owner:String!,$repo:String!,$config:String!){
  rateLimit{cost remaining}
  repository(owner:$owner,name:$repo){
    databaseId isArchived
    defaultBranchRef{name target{... on Commit{oid file(path:$config){mode type oid size object{__typename ... on Blob{text isTruncated isBinary byteSize}}}}}}
  }
}`;

/** Since when there has been a config on the default branch, newest commit first (act.adoption). */
export const CONFIG_HISTORY = `query History($owner:String!,$repo:String!,$config:String!,$commit:GitObjectID!,$after:String){
  rateLimit{cost remaining}
  repository(owner:$owner,name:$repo){object(oid:$commit){... on Commit{history(first:100,after:$after,path:$config){${PAGE} nodes{oid committedDate associatedPullRequests(first:10){nodes{merged mergedAt baseRefName}}}}}}}
}`;

export const REACT =
  "mutation React($id:ID!,$content:ReactionContent!){addReaction(input:{subjectId:$id,content:$content}){reaction{id}}}";
