import type { components } from "@octokit/openapi-types";
import { commitsBetween, differences, mergeBase } from "../commits.js";
import { isKnown } from "../doings/checks.js";
import { type Exchange, ok, paged, part, type Route, readable } from "../http/exchange.js";
import { atLeast, levelOf } from "../permissions.js";
import { notFound } from "../refusal.js";
import type { Commit, Repository, State, TreeFile } from "../state.js";
import { apiUrl, htmlUrl, type View } from "../view.js";
import { fileShape } from "./pulls.js";
import { restLogin, userShape } from "./shapes/account.js";
import { commitShape } from "./shapes/commit.js";
import { repositoryShape } from "./shapes/repository.js";

type Schemas = components["schemas"];

const METADATA = [{ of: "metadata", grade: "read" }] as const;
const CONTENTS = [{ of: "contents", grade: "read" }] as const;

/** A branch, `owner:branch` of a fork, or a commit's id (also its start). */
export function commitAt(state: State, repository: Repository, ref: string): Commit {
  const branch = ref.replace(/^(refs\/)?heads\//, "");
  const oid = repository.branches.get(branch) ?? forkBranch(state, ref) ?? ref.toLowerCase();
  const commit =
    state.commits.get(oid) ??
    (/^[0-9a-f]{7,39}$/.test(oid)
      ? [...state.commits.values()].find((one) => one.oid.startsWith(oid))
      : undefined);
  if (!commit) throw notFound();
  return commit;
}

function forkBranch(state: State, ref: string): string | undefined {
  const [login, branch] = ref.split(":");
  if (login === undefined || branch === undefined) return undefined;
  for (const repository of state.repositories.values())
    if (state.accounts.get(repository.ownerId)?.login === login && repository.branches.has(branch))
      return repository.branches.get(branch);
  return undefined;
}

/** https://docs.github.com/rest/repos */
export const repositoryRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/repos/{owner}/{repo}",
    answer: (exchange, parts) => ok(fullRepository(exchange, readable(exchange, parts, METADATA))),
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/contents/{path+}",
    answer: (exchange, parts) =>
      ok(contents(exchange, readable(exchange, parts, CONTENTS), part(parts, "path"))),
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/compare/{range+}",
    answer: (exchange, parts) => compare(exchange, readable(exchange, parts, CONTENTS), part(parts, "range")),
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/commits/{ref}",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, CONTENTS);
      return ok(
        commitShape(exchange.view, repository, commitAt(exchange.view.state, repository, part(parts, "ref"))),
      );
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/branches/{branch+}",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, CONTENTS);
      return ok(branchShape(exchange.view, repository, part(parts, "branch")));
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/collaborators/{login}/permission",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, METADATA);
      const login = part(parts, "login").toLowerCase();
      const account = [...exchange.view.state.accounts.values()].find(
        (one) => restLogin(one).toLowerCase() === login,
      );
      if (!account) throw notFound();
      const level = levelOf(repository, account.id);
      const permission = level === "maintain" ? "write" : level === "triage" ? "read" : level;
      return ok({ permission, role_name: level, user: userShape(exchange.view, account.id) });
    },
  },
];

/** https://docs.github.com/rest/branches/branches#get-a-branch */
export function branchShape(
  view: View,
  repository: Repository,
  name: string,
): Schemas["branch-with-protection"] {
  const commit = view.state.commits.get(repository.branches.get(name) ?? "");
  if (!commit) throw notFound();
  const self = `${apiUrl(view, repository)}/branches/${encodeURIComponent(name)}`;
  const isProtected = name === repository.defaultBranch;
  return {
    name,
    commit: commitShape(view, repository, commit),
    _links: { self, html: `${htmlUrl(view, repository)}/tree/${name}` },
    protected: isProtected,
    protection: { enabled: isProtected },
    protection_url: `${self}/protection`,
  };
}

/** Asked for by itself a repository says more of itself than in a list. */
export function fullRepository({ view, caller }: Exchange, repository: Repository) {
  const level = caller.kind === "person" ? levelOf(repository, caller.actor.accountId) : "read";
  const forks = [...view.state.repositories.values()].filter(({ parentId }) => parentId === repository.id);
  const parent = view.state.repositories.get(repository.parentId ?? -1);
  return {
    ...repositoryShape(view, repository),
    network_count: forks.length,
    subscribers_count: 0,
    permissions: {
      admin: level === "admin",
      maintain: atLeast(level, "maintain"),
      push: atLeast(level, "write"),
      triage: atLeast(level, "triage"),
      pull: true,
    },
    ...(parent && { parent: repositoryShape(view, parent), source: repositoryShape(view, parent) }),
  };
}

function contents(
  exchange: Exchange,
  repository: Repository,
  path: string,
): Schemas["content-file"] | Schemas["content-directory"] {
  const ref = exchange.query.get("ref") ?? repository.defaultBranch;
  const { files } = commitAt(exchange.view.state, repository, ref);
  const file = files.get(path);
  if (file) return fileContents(exchange, repository, ref, path, file);
  const inside = [...files].filter(([each]) => each.startsWith(`${path}/`));
  if (inside.length === 0) throw notFound();
  // Of what lies deeper only the folder would be listed, which nobody asks for here.
  return inside
    .filter(([each]) => !each.slice(path.length + 1).includes("/"))
    .slice(0, 1000)
    .map(([each, one]) => {
      const { content: _, encoding: __, ...entry } = fileContents(exchange, repository, ref, each, one);
      return entry;
    });
}

function fileContents(
  exchange: Exchange,
  repository: Repository,
  ref: string,
  path: string,
  file: TreeFile,
): Schemas["content-file"] {
  const url = `${apiUrl(exchange.view, repository)}/contents/${encodeURI(path)}?ref=${encodeURIComponent(ref)}`;
  const html = `${htmlUrl(exchange.view, repository)}/blob/${encodeURIComponent(ref)}/${encodeURI(path)}`;
  const git = `${apiUrl(exchange.view, repository)}/git/blobs/${file.oid}`;
  const size = Buffer.byteLength(file.text);
  // Above a megabyte the file comes without its content. https://docs.github.com/rest/repos/contents#get-repository-content
  const large = size > 1_048_576;
  return {
    type: "file",
    encoding: large ? "none" : "base64",
    size,
    name: path.slice(path.lastIndexOf("/") + 1),
    path,
    content: large ? "" : Buffer.from(file.text).toString("base64").replace(/.{60}/g, "$&\n"),
    sha: file.oid,
    url,
    git_url: git,
    html_url: html,
    download_url: html,
    _links: { self: url, git, html },
  };
}

function compare(exchange: Exchange, repository: Repository, range: string) {
  const { view } = exchange;
  const cut = range.indexOf("...");
  if (cut < 0) throw notFound();
  const base = commitAt(view.state, repository, range.slice(0, cut));
  const head = commitAt(view.state, repository, range.slice(cut + 3));
  if (!isKnown(exchange.store, head.oid)) throw notFound();
  const common = view.state.commits.get(mergeBase(view.state, base.oid, head.oid) ?? "");
  if (!common) throw notFound();
  const ahead = commitsBetween(view.state, base.oid, head.oid);
  const behind = commitsBetween(view.state, head.oid, base.oid).length;
  const html = htmlUrl(view, repository);
  const api = apiUrl(view, repository);
  // 250 commits on the one page GitHub gives to who does not page. https://docs.github.com/rest/commits/commits#compare-two-commits
  const plain = !exchange.query.has("per_page") && !exchange.query.has("page");
  if (plain) exchange.query.set("per_page", "250");
  const shape = (page: Commit[]): Schemas["commit-comparison"] => ({
    url: `${api}/compare/${range}`,
    html_url: `${html}/compare/${range}`,
    permalink_url: `${html}/compare/${base.oid}...${head.oid}`,
    diff_url: `${html}/compare/${range}.diff`,
    patch_url: `${html}/compare/${range}.patch`,
    base_commit: commitShape(view, repository, base),
    merge_base_commit: commitShape(view, repository, common),
    status: ahead.length > 0 ? (behind > 0 ? "diverged" : "ahead") : behind > 0 ? "behind" : "identical",
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: page.map((commit) => commitShape(view, repository, commit)),
    files: differences(view.state, base.oid, head.oid)
      .slice(0, 300)
      .map((file) => fileShape(html, api, head.oid, file)),
  });
  return plain ? ok(shape(ahead.slice(0, 250))) : paged(exchange, ahead, shape);
}
