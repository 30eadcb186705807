import type { FormFacts, FormFinding } from "../model/form.js";
import { wellFormed } from "../text/cut.js";
import { settledPath } from "./fileName.js";
import { markdownLines } from "./lines.js";
import { unknown } from "./unknown.js";

/** So many links of a description are looked at. */
const MOST_LINKS = 500;

/** The description links the text at the head; after the merge, on the default branch. Only its author edits it, the clerk never does. */
export function rendered(facts: FormFacts): readonly FormFinding[] {
  const { read, added, merged } = facts;
  if (read === null) return [unknown("rendered", "unread")];
  const [path] = added;
  if (path === undefined) return [];
  const fits = merged ? mergedPlaces(facts) : headPlaces(facts, read);
  const links = linksIn(read.description);
  if (links.some((url) => added.some((one) => fits(url, one)))) return [];
  const settled = merged ? path : settledPath(path, facts);
  const to = merged
    ? addressOf(facts, facts.repository, facts.defaultBranch, settled)
    : read.headRepository === null
      ? addressOf(facts, facts.repository, facts.head, path)
      : addressOf(facts, read.headRepository, read.branch, settled);
  return [
    {
      check: "rendered",
      severity: merged ? "warning" : "problem",
      path: null,
      line: null,
      fault: { code: merged ? "link_not_merged" : "no_link", to, renamed: settled !== path },
    },
  ];
}

type Fits = (url: string, path: string) => boolean;

/** By its branch, in the head's repository under whatever name it has had; or by its commit, in it or where the pull request is. */
function headPlaces(facts: FormFacts, { branch, headRepository }: NonNullable<FormFacts["read"]>): Fits {
  const owners = [headRepository, facts.repository].map((name) => name?.split("/")[0]?.toLowerCase());
  return (url, path) => {
    const place = placeIn(url, facts);
    if (place === null) return false;
    const byBranch = [`${branch}/${path}`, `refs/heads/${branch}/${path}`].includes(place.rest);
    return (
      (byBranch && headRepository !== null && place.owner === owners[0]) ||
      (owners.includes(place.owner) && isAtCommit(place.rest, path, facts.head))
    );
  };
}

function mergedPlaces(facts: FormFacts): Fits {
  const owner = facts.repository.split("/")[0]?.toLowerCase();
  return (url, path) => {
    const place = placeIn(url, facts);
    if (place === null || place.owner !== owner) return false;
    const commit = place.rest.slice(0, place.rest.indexOf("/"));
    return (
      place.rest === `${facts.defaultBranch}/${path}` ||
      (/^[0-9a-f]{40}$/u.test(commit) && place.rest === `${commit}/${path}` && commit !== facts.head)
    );
  };
}

/** Commits may be written short. */
function isAtCommit(rest: string, path: string, head: string): boolean {
  const commit = rest.slice(0, rest.indexOf("/")).toLowerCase();
  return commit.length >= 7 && head.startsWith(commit) && rest.slice(commit.length + 1) === path;
}

/** Whose file a link shows, and what stands behind `/blob/`, decoded; null: it shows none on this GitHub. */
function placeIn(url: string, facts: FormFacts) {
  const site = withoutScheme(siteOf(facts)).toLowerCase();
  const address = withoutScheme(decoded(url.replace(/[?#].*$/su, "")));
  if (address.slice(0, site.length).toLowerCase() !== site) return null;
  const [owner, , kind, ...rest] = address.slice(site.length).split("/");
  if (owner === undefined || (kind !== "blob" && kind !== "tree")) return null;
  return { owner: owner.toLowerCase(), rest: rest.join("/").replace(/\/{1,9}$/u, "") };
}

const withoutScheme = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/iu, "");

/** `https://github.com/`, whichever GitHub it is. */
const siteOf = ({ repositoryUrl, repository }: FormFacts): string =>
  repositoryUrl.slice(0, Math.max(0, repositoryUrl.length - repository.length));

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

const addressOf = (facts: FormFacts, repository: string, at: string, path: string): string =>
  `${siteOf(facts)}${repository}/blob/${encoded(at)}/${encoded(path)}`;

const encoded = (path: string): string =>
  wellFormed(path)
    .split("/")
    .map((part) =>
      encodeURIComponent(part).replace(/[()'*!]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
    )
    .join("/");

/** Addresses in a description that people see: not those in comments and code. */
function linksIn(description: string): readonly string[] {
  const shown = markdownLines(withoutComments(description)).flatMap(({ text, kind }) =>
    kind === "prose" ? [text] : [],
  );
  const links: string[] = [];
  for (const line of shown)
    for (const [found] of line.matchAll(/https?:\/\/[^\s<>"'`\]]{1,2000}/giu)) {
      if (links.length >= MOST_LINKS) return links;
      links.push(balanced(found));
    }
  return links;
}

function withoutComments(text: string): string {
  const [first = "", ...others] = text.split("<!--");
  return [
    first,
    ...others.map((part) => (part.includes("-->") ? part.slice(part.indexOf("-->") + 3) : "")),
  ].join("");
}

/** The bracket that closes a Markdown link is none of its address, nor is the end of a sentence. */
function balanced(url: string): string {
  let open = 0;
  for (const [at, sign] of [...url].entries()) {
    if (sign === "(") open += 1;
    if (sign === ")" && --open < 0) return [...url].slice(0, at).join("");
  }
  return url.replace(/[.,;:!]{1,9}$/u, "");
}
