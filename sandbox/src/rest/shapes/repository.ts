import type { components } from "@octokit/openapi-types";
import { nodeId } from "../../ids.js";
import type { Repository } from "../../state.js";
import { apiUrl, fullName, htmlUrl, time, type View } from "../../view.js";
import { userShape } from "./account.js";

export type RepositoryShape = components["schemas"]["repository"];

/** A list of a thousand pull requests names its repository two thousand times. */
const made = new WeakMap<Repository, { readonly view: View; readonly shape: RepositoryShape }>();

export function repositoryShape(view: View, repository: Repository): RepositoryShape {
  const known = made.get(repository);
  if (
    known &&
    known.view.state === view.state &&
    known.view.api === view.api &&
    known.view.html === view.html
  )
    return known.shape;
  const shape = shapeOf(view, repository);
  made.set(repository, { view, shape });
  return shape;
}

function shapeOf(view: View, repository: Repository): RepositoryShape {
  const url = apiUrl(view, repository);
  const html = htmlUrl(view, repository);
  const open = [...repository.threads.values()].filter(({ state }) => state === "open").length;
  const forks = [...view.state.repositories.values()].filter(
    ({ parentId }) => parentId === repository.id,
  ).length;
  return {
    id: repository.id,
    node_id: nodeId("repository", repository.id),
    name: repository.name,
    full_name: fullName(view, repository),
    private: repository.private,
    visibility: repository.private ? "private" : "public",
    owner: userShape(view, repository.ownerId),
    html_url: html,
    description: repository.description,
    fork: repository.parentId !== null,
    ...urls(url),
    git_url: `git:${html.replace(/^https?:/, "")}.git`,
    ssh_url: `git@${html.replace(/^https?:\/\//, "").replace("/", ":")}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    forks,
    forks_count: forks,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 1,
    default_branch: repository.defaultBranch,
    open_issues: open,
    open_issues_count: open,
    topics: [],
    has_issues: repository.hasIssues,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: repository.archived,
    disabled: false,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    pushed_at: time(repository.pushedAt),
    created_at: time(repository.createdAt),
    updated_at: time(repository.updatedAt),
  };
}

const urls = (url: string) => ({
  url,
  archive_url: `${url}/{archive_format}{/ref}`,
  assignees_url: `${url}/assignees{/user}`,
  blobs_url: `${url}/git/blobs{/sha}`,
  branches_url: `${url}/branches{/branch}`,
  collaborators_url: `${url}/collaborators{/collaborator}`,
  comments_url: `${url}/comments{/number}`,
  commits_url: `${url}/commits{/sha}`,
  compare_url: `${url}/compare/{base}...{head}`,
  contents_url: `${url}/contents/{+path}`,
  contributors_url: `${url}/contributors`,
  deployments_url: `${url}/deployments`,
  downloads_url: `${url}/downloads`,
  events_url: `${url}/events`,
  forks_url: `${url}/forks`,
  git_commits_url: `${url}/git/commits{/sha}`,
  git_refs_url: `${url}/git/refs{/sha}`,
  git_tags_url: `${url}/git/tags{/sha}`,
  hooks_url: `${url}/hooks`,
  issue_comment_url: `${url}/issues/comments{/number}`,
  issue_events_url: `${url}/issues/events{/number}`,
  issues_url: `${url}/issues{/number}`,
  keys_url: `${url}/keys{/key_id}`,
  labels_url: `${url}/labels{/name}`,
  languages_url: `${url}/languages`,
  merges_url: `${url}/merges`,
  milestones_url: `${url}/milestones{/number}`,
  notifications_url: `${url}/notifications{?since,all,participating}`,
  pulls_url: `${url}/pulls{/number}`,
  releases_url: `${url}/releases{/id}`,
  stargazers_url: `${url}/stargazers`,
  statuses_url: `${url}/statuses/{sha}`,
  subscribers_url: `${url}/subscribers`,
  subscription_url: `${url}/subscription`,
  tags_url: `${url}/tags`,
  teams_url: `${url}/teams`,
  trees_url: `${url}/git/trees{/sha}`,
});
