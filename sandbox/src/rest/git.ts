import type { components } from "@octokit/openapi-types";
import { isAncestor } from "../commits.js";
import { dropBranch, renameDefaultBranch } from "../doings/bases.js";
import { repositoryOf } from "../doings/by.js";
import { openPull } from "../doings/pulls.js";
import { pushCommit, pushOid } from "../doings/pushes.js";
import { fork } from "../doings/repositories.js";
import {
  after,
  created,
  type Exchange,
  noContent,
  ok,
  optionalText,
  paged,
  part,
  type Route,
  readable,
  textField,
  writing,
} from "../http/exchange.js";
import { nodeId } from "../ids.js";
import { demand } from "../permissions.js";
import { invalid, notFound, Refusal } from "../refusal.js";
import type { Repository } from "../state.js";
import { isPull } from "../store.js";
import { apiUrl, time } from "../view.js";
import { branchShape, commitAt, fullRepository } from "./repositories.js";
import { commitShape } from "./shapes/commit.js";
import { pullShape, simplePullShape } from "./shapes/pull.js";

type Schemas = components["schemas"];

const PULLS = [{ of: "pull_requests", grade: "read" }] as const;
const HEADS = "refs/heads/";

/**
 * What people do with branches, files and forks, over REST: the conformance kit asks GitHub and the sandbox for the same.
 * https://docs.github.com/rest/git/refs, https://docs.github.com/rest/repos/contents#create-or-update-file-contents
 */
export const gitRoutes: readonly Route[] = [
  {
    method: "PUT",
    path: "/repos/{owner}/{repo}/contents/{path+}",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const path = part(parts, "path");
      const branch = optionalText(exchange.body, "branch", "Commit") ?? repositoryOf(by).defaultBranch;
      const tip = by.store.state.commits.get(repositoryOf(by).branches.get(branch) ?? "");
      if (!tip) throw new Refusal(404, `Branch ${branch} not found`);
      const before = tip.files.get(path)?.oid;
      const sha = optionalText(exchange.body, "sha", "Commit");
      if (before !== undefined && sha === undefined)
        throw new Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
      if (before !== sha) throw new Refusal(409, `${path} does not match ${sha}`);
      const text = Buffer.from(textField(exchange.body, "content", "Commit"), "base64").toString();
      const message = textField(exchange.body, "message", "Commit");
      const commit = pushCommit(by, branch, { files: { [path]: text }, message });
      const shown = commitShape(exchange.fresh(), after(exchange, by), commit);
      const { sha: oid, node_id, url, html_url, parents } = shown;
      const { author, committer, message: said, tree, verification } = shown.commit;
      const answer = {
        content: {
          name: path.slice(path.lastIndexOf("/") + 1),
          path,
          sha: commit.files.get(path)?.oid,
          type: "file",
        },
        commit: {
          sha: oid,
          node_id,
          url,
          html_url,
          author,
          committer,
          message: said,
          tree,
          parents,
          verification,
        },
      };
      return before === undefined ? created(answer) : ok(answer);
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/git/refs",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const ref = textField(exchange.body, "ref", "Reference");
      const branch = branchIn(ref);
      if (repositoryOf(by).branches.has(branch)) throw new Refusal(422, "Reference already exists");
      pushOid(by, branch, textField(exchange.body, "sha", "Reference"));
      return created(refShape(exchange, after(exchange, by), branch));
    },
  },
  {
    method: "PATCH",
    path: "/repos/{owner}/{repo}/git/refs/heads/{branch+}",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const branch = part(parts, "branch");
      const before = repositoryOf(by).branches.get(branch);
      if (before === undefined) throw new Refusal(422, "Reference does not exist");
      const oid = textField(exchange.body, "sha", "Reference");
      if (exchange.body.force !== true && !isAncestor(by.store.state, before, oid))
        throw new Refusal(422, "Update is not a fast forward");
      pushOid(by, branch, oid);
      return ok(refShape(exchange, after(exchange, by), branch));
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/git/refs/heads/{branch+}",
    answer: (exchange, parts) => {
      dropBranch(writing(exchange, parts), part(parts, "branch"));
      return noContent;
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/branches/{branch+}/rename",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      // Of other branches nothing hangs on the name here.
      if (part(parts, "branch") !== repositoryOf(by).defaultBranch) throw notFound();
      const to = textField(exchange.body, "new_name", "Branch");
      renameDefaultBranch(by, to);
      const repository = after(exchange, by);
      return created(branchShape(exchange.fresh(), repository, to));
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/forks",
    answer: (exchange, parts) => {
      const made = fork(writing(exchange, parts));
      return { status: 202, body: fullRepository(exchange, made) };
    },
  },
  {
    method: "POST",
    path: "/repos/{owner}/{repo}/pulls",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      const { body } = exchange;
      const head = textField(body, "head", "PullRequest");
      const text = optionalText(body, "body", "PullRequest");
      const base = textField(body, "base", "PullRequest");
      const thread = openPull(by, {
        title: textField(body, "title", "PullRequest"),
        base,
        draft: body.draft === true,
        ...headOf(exchange, repositoryOf(by), head),
        ...(text !== undefined && { body: text }),
      });
      return created(pullShape(exchange.fresh(), after(exchange, by), thread));
    },
  },
  {
    method: "GET",
    path: "/repos/{owner}/{repo}/commits/{ref}/pulls",
    answer: (exchange, parts) => {
      const repository = readable(exchange, parts, PULLS);
      const { oid } = commitAt(exchange.view.state, repository, part(parts, "ref"));
      // Of a commit that came by a fork it names none, as GraphQL does (see the commit's node).
      const pulls = [...repository.threads.values()]
        .filter(isPull)
        .filter(({ pull }) => pull.headRepositoryId === repository.id && pull.headOid === oid);
      return paged(exchange, pulls, (page) =>
        page.map((thread) => simplePullShape(exchange.view, repository, thread)),
      );
    },
  },
  {
    // It keeps nobody out here: that an App is not kept out either is what the sandbox believes.
    method: "PUT",
    path: "/repos/{owner}/{repo}/interaction-limits",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      demand(by.actor, repositoryOf(by), "administer");
      const limit = textField(exchange.body, "limit", "InteractionLimit");
      const day = 86_400_000;
      return ok({ limit, origin: "repository", expires_at: time(by.store.clock.now() + day) });
    },
  },
  {
    method: "DELETE",
    path: "/repos/{owner}/{repo}/interaction-limits",
    answer: (exchange, parts) => {
      const by = writing(exchange, parts);
      demand(by.actor, repositoryOf(by), "administer");
      return noContent;
    },
  },
];

function branchIn(ref: string): string {
  if (!ref.startsWith(HEADS)) throw new Refusal(422, `${ref} is not a valid ref name.`);
  return ref.slice(HEADS.length);
}

/** `branch`, or `login:branch` of a fork. */
function headOf(exchange: Exchange, repository: Repository, head: string) {
  const [login, branch] = head.includes(":") ? head.split(":") : [null, head];
  if (login === null) return { headRepositoryId: repository.id, headRef: head };
  const { state } = exchange.fresh();
  const home = [...state.repositories.values()].find(
    (one) =>
      (one.id === repository.id || one.parentId === repository.id) &&
      state.accounts.get(one.ownerId)?.login === login,
  );
  if (!home || branch === undefined)
    throw invalid({ resource: "PullRequest", code: "invalid", field: "head" });
  return { headRepositoryId: home.id, headRef: branch };
}

function refShape(exchange: Exchange, repository: Repository, branch: string): Schemas["git-ref"] {
  const url = `${apiUrl(exchange.fresh(), repository)}/git`;
  const sha = repository.branches.get(branch) ?? "";
  return {
    ref: `${HEADS}${branch}`,
    node_id: nodeId("repository", repository.id, branch),
    url: `${url}/refs/heads/${branch}`,
    object: { sha, type: "commit", url: `${url}/commits/${sha}` },
  };
}
