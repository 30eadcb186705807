import type { WordsContext } from "./context.js";
import { escaped, plain } from "./escape.js";

/** A link with `text` as Markdown; only the text when the address is none that a browser should follow. */
export const link = (text: string, url: string): string =>
  /^https?:\/\//.test(url) ? `[${text}](${safeAddress(url)})` : text;

const safeAddress = (url: string): string =>
  plain(url).replace(
    /[\s()<>[\]\\`"|*~@]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );

/** `abc1234`, as GitHub shortens commits. */
export const shortCommit = (commit: string): string => plain(commit).slice(0, 7);

/** The repository's page, from the pull request's own address: right on GitHub Enterprise too. */
const repositoryUrl = (context: WordsContext): string => context.pull.url.replace(/\/pull\/\d+.*$/, "");

/** Another pull request by its number alone, as `#1` would show up in its timeline. */
export const pullLink = (context: WordsContext, number: number): string =>
  link(`${number}`, `${repositoryUrl(context)}/pull/${number}`);

/** A file as it stood at a commit, as a link to its page. */
export const fileLink = (context: WordsContext, path: string, commit: string): string =>
  HEX.test(commit)
    ? link(
        `\`${plain(path).replace(/`/g, "’")}\``,
        `${repositoryUrl(context)}/blob/${commit}/${path.split("/").map(encodeURIComponent).join("/")}`,
      )
    : escaped(path);

/** A commit as a link to its page. */
export const commitLink = (context: WordsContext, commit: string): string =>
  HEX.test(commit)
    ? link(`\`${shortCommit(commit)}\``, `${repositoryUrl(context)}/commit/${commit}`)
    : escaped(shortCommit(commit));

/** `abc1234...def5678` as a link to GitHub's comparison of the two. */
export function compareLink(context: WordsContext, from: string, to: string): string {
  const range = `${shortCommit(from)}...${shortCommit(to)}`;
  return HEX.test(from) && HEX.test(to)
    ? link(range, `${repositoryUrl(context)}/compare/${from}...${to}`)
    : escaped(range);
}

const HEX = /^[0-9a-f]{4,64}$/i;
