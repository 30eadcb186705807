/** A tree entry of the config file, as the queries ask for it. */
export interface FileEntry {
  readonly mode: number;
  readonly type: string;
  readonly oid: string;
  readonly size: number;
  readonly object: {
    readonly __typename: string;
    readonly text?: string | null;
    readonly isTruncated?: boolean;
    readonly isBinary?: boolean | null;
    readonly byteSize?: number;
  } | null;
}

const FILE =
  "file(path:$config){mode type oid size object{__typename ... on Blob{text isTruncated isBinary byteSize}}}";
const PAGE = "pageInfo{hasNextPage endCursor}";

/** The config at the head of a PR, at its merge base and on the default branch. */
export const AMENDMENT = `query Amendment($owner:String!,$repo:String!,$config:String!,$head:GitObjectID!,$base:GitObjectID!){
  rateLimit{cost remaining}
  repository(owner:$owner,name:$repo){
    atHead:object(oid:$head){... on Commit{${FILE}}}
    atBase:object(oid:$base){... on Commit{${FILE}}}
    defaultBranchRef{target{... on Commit{${FILE}}}}
  }
}`;

/** The config as it stood at one commit, on whatever branch: what was lawful stays readable, whatever the branch has become. */
export const CONFIG_AT = `query ConfigAt($owner:String!,$repo:String!,$config:String!,$commit:GitObjectID!){
  rateLimit{cost remaining}
  repository(owner:$owner,name:$repo){at:object(oid:$commit){... on Commit{${FILE}}}}
}`;

/** Every commit that touched the config on the default branch, newest first, with its text and the PR it came by. */
export const CONFIG_VERSIONS = `query Versions($owner:String!,$repo:String!,$config:String!,$after:String){
  rateLimit{cost remaining}
  repository(owner:$owner,name:$repo){
    defaultBranchRef{name target{... on Commit{oid committedDate ${FILE} history(first:50,after:$after,path:$config){${PAGE} nodes{
      oid committedDate author{user{login databaseId}} ${FILE}
      associatedPullRequests(first:5){nodes{number merged mergedAt baseRefName headRefOid mergeCommit{oid ${FILE}} author{login ... on User{databaseId}} mergedBy{login}}}
    }}}}}
  }
}`;
