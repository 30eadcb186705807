import { FORM_CHECK_KEYS, type FormCheck, type FormFacts, type FormFinding } from "../model/form.js";
import type { Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { ChangedFile, Snapshot } from "../model/snapshot.js";
import { globMatcher } from "../text/glob.js";
import { fileName } from "./fileName.js";
import { heading } from "./heading.js";
import { images } from "./images.js";
import { lineLength } from "./lineLength.js";
import { oneProposal } from "./oneProposal.js";
import { rendered } from "./rendered.js";
import { signOff } from "./signOff.js";
import { title } from "./title.js";

const CHECKS: Readonly<Record<FormCheck, (facts: FormFacts) => readonly FormFinding[]>> = {
  "file-name": fileName,
  title,
  heading,
  rendered,
  "sign-off": signOff,
  "one-proposal": oneProposal,
  images,
  "line-length": lineLength,
};

/** form.check: everything that these checks find, in their order. What is not known is a finding too. */
export const formFindings = (
  facts: FormFacts,
  checks: readonly FormCheck[] = FORM_CHECK_KEYS,
): readonly FormFinding[] =>
  FORM_CHECK_KEYS.filter((key) => checks.includes(key)).flatMap((key) => CHECKS[key](facts));

/** Paths of the texts it adds. A pull request that adds none mends old ones, and is left alone. */
export function addedTexts(
  files: readonly ChangedFile[],
  { proposalPaths }: Pick<Rules, "proposalPaths">,
): readonly string[] {
  const matchers = proposalPaths.map(globMatcher);
  const added = files.filter(({ change }) => change === "added").map(({ path }) => path);
  return [...new Set(added)].filter((path) => matchers.some((fits) => fits([...path]))).sort();
}

/**
 * Is its form looked at? It is open and adds a text; or it was merged, and the clerk has kept a register of it: then only the link is
 * looked at (form.check).
 */
export const hasForm = ({ pull, files, register }: Snapshot, rules: Rules): boolean =>
  (pull.state === "open" || (pull.state === "merged" && register !== null)) &&
  addedTexts(files, rules).length > 0;

/** What the checks go by; null: its form is not looked at. `register`: as it is by now, with what was said since the snapshot's. */
export function formFacts(
  snapshot: Snapshot,
  rules: Rules,
  register: Pick<Register, "signedOffPrivately"> | null = snapshot.register,
): FormFacts | null {
  if (!hasForm(snapshot, rules)) return null;
  const { pull, repository, files, filesCutOff, form } = snapshot;
  const added = addedTexts(files, rules);
  return {
    number: pull.number,
    title: pull.title,
    draft: pull.draft,
    merged: pull.state === "merged",
    prefix: rules.prefix ?? null,
    repositoryUrl: pull.url.replace(/\/pull\/\d+.*$/u, ""),
    repository: `${repository.owner}/${repository.name}`,
    defaultBranch: repository.defaultBranch,
    head: pull.head,
    added,
    others: [...new Set(files.filter(({ change }) => change === "added").map(({ path }) => path))]
      .filter((path) => !added.includes(path))
      .sort(),
    folders: [...new Set(rules.proposalPaths.map(folderOf))],
    filesCutOff,
    privately: register?.signedOffPrivately !== undefined,
    read: form?.kind === "read" ? form : null,
  };
}

/** The folder of a glob: what stands before its first star or question mark, as far as whole folders go. */
const folderOf = (glob: string): string => {
  const fixed = /^[^*?]*/u.exec(glob)?.[0] ?? "";
  return fixed.slice(0, Math.max(0, fixed.lastIndexOf("/")));
};
