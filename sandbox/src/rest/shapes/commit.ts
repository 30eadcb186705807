import type { components } from "@octokit/openapi-types";
import { nodeId } from "../../ids.js";
import type { Commit, Repository, Signature } from "../../state.js";
import { accountOf, apiUrl, time, type View } from "../../view.js";
import { userShape } from "./account.js";
import { commitUrl } from "./thread.js";

type Schemas = components["schemas"];

const person = ({ name, email, date }: Signature) => ({ name, email, date: time(date) });

/** `author` and `committer` are null when the address a commit names belongs to no account. */
export function commitShape(view: View, repository: Repository, commit: Commit): Schemas["commit"] {
  const url = `${apiUrl(view, repository)}/commits/${commit.oid}`;
  const account = ({ accountId }: Signature) =>
    accountOf(view, accountId) ? userShape(view, accountId) : null;
  return {
    sha: commit.oid,
    node_id: nodeId("commit", repository.id, commit.oid),
    url,
    html_url: commitUrl(view, repository, commit.oid),
    comments_url: `${url}/comments`,
    commit: {
      url: `${apiUrl(view, repository)}/git/commits/${commit.oid}`,
      author: person(commit.author),
      committer: person(commit.committer),
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.oid, url: `${apiUrl(view, repository)}/git/trees/${commit.oid}` },
      verification: {
        verified: false,
        reason: "unsigned",
        payload: null,
        signature: null,
        verified_at: null,
      },
    },
    author: account(commit.author),
    committer: account(commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${apiUrl(view, repository)}/commits/${sha}`,
      html_url: commitUrl(view, repository, sha),
    })),
  };
}
