import type { CountedPull } from "../spec/counted.js";
import type { WordsContext } from "./context.js";
import { escaped, plain } from "./escape.js";
import { day, series } from "./grammar.js";
import { link } from "./links.js";

/** spec.linked: on the proposal, which pull requests bring it into the specification. Nothing that people wrote there is repeated. */
export function specComment(
  repository: { readonly owner: string; readonly name: string },
  pulls: readonly CountedPull[],
  { rules }: WordsContext,
): string {
  const name = `${repository.owner}/${repository.name}`;
  const lines = pulls.map((one) => `- ${link(pullName(name, one.number), one.url)}: ${stateWords(one)}`);
  const labels = [rules.labels.spec_pr_missing, rules.labels.spec_pr_in_review, rules.labels.merged];
  const named = labels.flatMap((label) => (label === null ? [] : [`“${escaped(label)}”`]));
  return [
    "**The change to the specification**",
    "",
    ...(lines.length > 0 ? lines : [`No pull request in ${escaped(name)} is for this proposal any more.`]),
    "",
    `The labels ${series(named)} follow what happens there. One that somebody puts on by hand stands until the next change there.`,
  ].join("\n");
}

/** As code, so that GitHub does not put its title in the place of it. */
const pullName = (repository: string, number: number): string => `\`${plain(repository)}#${number}\``;

function stateWords({ state, at }: CountedPull): string {
  switch (state) {
    case "open":
      return "in review";
    case "closed":
      return `closed on ${day(at)} without being merged`;
    case "merged":
      return `merged on ${day(at)}`;
  }
}

/** spec.linked: on the pull request of the specification, the accepted proposals it is for. */
export function specLink(
  proposals: readonly number[],
  { name, url }: { readonly name: string; readonly url: string },
): string {
  const links = [...proposals]
    .sort((a, b) => a - b)
    .map((number) => link(pullName(name, number), `${url}/pull/${number}`));
  const [what, label] =
    links.length === 1
      ? ["an accepted proposal", "the label of the proposal follows"]
      : ["accepted proposals", "the labels of the proposals follow"];
  return `This pull request brings ${what} into the specification: ${series(links)}. What becomes of it, ${label}.`;
}
