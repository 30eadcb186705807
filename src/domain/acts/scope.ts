import { sameLogin } from "../model/people.js";
import { CONFIG_FILE, type Rules } from "../model/rules.js";
import type { ChangedFile, Snapshot } from "../model/snapshot.js";
import { globMatcher } from "../text/glob.js";

type Shown = Pick<Snapshot, "labels" | "files" | "filesCutOff">;

/** proposal.scope: does the config say by the files, or of every pull request, what a proposal is, and not by the label? */
export const isByRule = ({ proposals }: Pick<Rules, "proposals">): boolean =>
  proposals !== undefined && proposals !== "labelled";

/** proposal.scope: is it a proposal now, the placeholder label aside? */
export function countsAsProposal(shown: Shown, rules: Rules): boolean {
  switch (rules.proposals ?? "labelled") {
    case "labelled":
      return shown.labels.some((label) => sameLogin(label, rules.labels.proposal));
    case "added":
    case "changed":
      return changesText(shown, rules);
    case "all":
      // A change of the config alone is judged as an amendment, or by nobody.
      return shown.files.length === 0 || shown.files.some(({ path }) => path !== CONFIG_FILE);
  }
}

/** Does it add a text where proposals live, or, where the config says so, change one? Files that are not listed could be any. */
export function changesText(
  { files, filesCutOff }: Pick<Shown, "files" | "filesCutOff">,
  { proposals, proposalPaths }: Pick<Rules, "proposals" | "proposalPaths">,
): boolean {
  if (filesCutOff && proposalPaths.length > 0) return true;
  const matchers = proposalPaths.map(globMatcher);
  const lives = (path: string) => {
    const characters = [...path];
    return matchers.some((fits) => fits(characters));
  };
  const inAnyWay = proposals === "labelled" || proposals === "changed";
  return files.some(({ path, previous, change }) =>
    inAnyWay ? lives(path) || (previous !== undefined && lives(previous)) : isNew(change) && lives(path),
  );
}

const isNew = (change: ChangedFile["change"]): boolean => change !== "removed" && change !== "modified";
