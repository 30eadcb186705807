import { gitHubHost, isGitHubsCloud, webAddress } from "../platform/gitHubAddress.js";
import { Misuse } from "./misuse.js";

export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

export interface PullName extends RepositoryName {
  readonly number: number;
}

/** What a word on the command line stands for. `why`: it stands for none of them, and goes on from the word. */
export type Named =
  | ({ readonly kind: "pull" } & PullName)
  | ({ readonly kind: "repository" } & RepositoryName)
  | { readonly kind: "not"; readonly why: string };

/**
 * `o/r#1` or `o/r`, or the address of either as it stands in a browser, whatever follows the number, or as one clones it.
 *
 * @param baseUrl the API that is asked: only addresses of its own pages name anything there
 */
export function nameIn(word: string, baseUrl: string): Named {
  const text = word.trim();
  const pull =
    /^([^/\s]+)\/([^/\s#]+)#(\d+)$/.exec(text) ??
    /^([^/\s]+)\/([^/\s#]+)\/(?:pull|issues)\/(\d+)\/?$/.exec(text);
  if (pull !== null) return checked(pull[1], pull[2], pull[3]);
  const address = /^(?:(?:https?|ssh):\/\/|git@|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/[^/\s]+\/)/i.test(text);
  if (address) return byAddress(text, baseUrl);
  const repository = /^([^/\s]+)\/([^/\s]+?)\/?$/.exec(text);
  if (repository !== null) return checked(repository[1], repository[2]);
  if (/^#?\d+$/.test(text)) return { kind: "not", why: "is only a number" };
  return { kind: "not", why: "has not the form OWNER/REPO" };
}

/** Of an address only what stands in its path counts. */
function byAddress(text: string, baseUrl: string): Named {
  const full = /^git@/.test(text)
    ? text.replace(/^git@([^:/]+):/, "https://$1/")
    : /^[a-z]+:\/\//i.test(text)
      ? text.replace(/^ssh:\/\/(?:git@)?/, "https://")
      : `https://${text}`;
  if (!URL.canParse(full)) return { kind: "not", why: "is no address" };
  const { host, pathname } = new URL(full);
  const asked = gitHubHost(baseUrl);
  if (isOfGitHub(baseUrl) && host.toLowerCase().replace(/^www\./, "") !== asked.toLowerCase())
    return {
      kind: "not",
      why: `is at ${host}, and ${asked} is asked here (set GITHUB_API_URL to ${apiOf(host)} to ask that one)`,
    };
  const [owner, name, what, number] = pathname.split("/").filter((part) => part !== "");
  if (what === undefined) return checked(owner, name?.replace(/\.git$/, ""));
  if (what === "pull" || what === "issues" || what === "pulls")
    return number === undefined ? checked(owner, name) : checked(owner, name, number);
  return { kind: "not", why: "is the address of neither a pull request nor a repository" };
}

/** Of any other address, a proxy's or the sandbox's, it cannot be told where its pages are: all are taken for them. */
const isOfGitHub = (baseUrl: string): boolean =>
  isGitHubsCloud(baseUrl) || webAddress(baseUrl) !== baseUrl.replace(/\/$/, "");

const apiOf = (host: string): string =>
  isGitHubsCloud(`https://api.${host}`) ? `https://api.${host}` : `https://${host}/api/v3`;

/** By GitHub's own rules for names, as far as they keep what is no name out of an address. */
function checked(owner = "", name = "", number?: string): Named {
  if (!/^[A-Za-z0-9_-]{1,39}$/.test(owner))
    return { kind: "not", why: owner === "" ? "names no owner" : `has an owner that cannot be: ${owner}` };
  if (!/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/.test(name))
    return {
      kind: "not",
      why: name === "" ? "names no repository" : `has a repository that cannot be: ${name}`,
    };
  if (number === undefined) return { kind: "repository", owner, name };
  return /^[1-9]\d{0,8}$/.test(number)
    ? { kind: "pull", owner, name, number: Number(number) }
    : { kind: "not", why: `has a number that cannot be: ${number}` };
}

/** The pull request that a word names. */
export function pullNamed(word: string, baseUrl: string): PullName {
  const found = nameIn(word, baseUrl);
  if (found.kind === "pull") return found;
  throw new Misuse(
    found.kind === "repository"
      ? `"${word}" names the repository ${found.owner}/${found.name}, and a pull request is asked for: ${HOW_PULL}.`
      : `"${word}" names no pull request: it ${found.why}. ${HOW_PULL[0]?.toUpperCase()}${HOW_PULL.slice(1)}.`,
  );
}

/** The repository that a word names. */
export function repositoryNamed(word: string, baseUrl: string): RepositoryName {
  const found = nameIn(word, baseUrl);
  if (found.kind === "repository") return found;
  throw new Misuse(
    found.kind === "pull"
      ? `"${word}" names the pull request ${found.number} of ${found.owner}/${found.name}, and the whole repository is asked for: write ${found.owner}/${found.name}.`
      : `"${word}" names no repository: it ${found.why}. Write it as acme/standards, or as its address, https://github.com/acme/standards.`,
  );
}

const HOW_PULL =
  "write it as acme/standards#12, or as its address, https://github.com/acme/standards/pull/12";
