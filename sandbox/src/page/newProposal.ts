import type { ProposalScope, Rules } from "msc-clerk/domain/model/rules.js";
import { globFits } from "msc-clerk/domain/text/glob.js";
import { type Html, html, type Piece } from "msc-clerk/platform/html.js";
import { form } from "./pieces.js";
import { base, type Scene, type Scenery } from "./scene.js";

/** Stands in a path for what its title makes of it. */
const NAME = "NAME";

/** What a new proposal begins with under these rules. */
export interface Beginning {
  readonly title: string;
  /** Where its text goes, with {@link NAME} in it. */
  readonly path: string;
  /** Other places that the rules speak of. */
  readonly otherPaths: readonly string[];
  /** The label that makes it one; null: it needs none. */
  readonly label: string | null;
  readonly heading: string;
}

export function beginningOf({ rules, repository: { nextNumber } }: Scenery): Beginning {
  const prefix = rules?.prefix === undefined ? "" : `${rules.prefix}${nextNumber}: `;
  const scope = rules?.proposals;
  const numbered = scope === "changed" || scope === "all" ? NAME : `${nextNumber}-${NAME}`;
  const [path = `proposals/${numbered}.md`, ...otherPaths] = pathsOf(rules).map((glob) =>
    pathIn(glob, numbered),
  );
  return {
    title: prefix,
    path,
    otherPaths,
    label: needsLabel(scope) ? (rules?.labels.proposal ?? "proposal") : null,
    heading: `${prefix}…`,
  };
}

const needsLabel = (scope: ProposalScope | undefined): boolean => scope === undefined || scope === "labelled";

/** Where proposals live, and what single decisions are about. */
const pathsOf = (rules: Rules | null): readonly string[] =>
  rules === null
    ? []
    : [...new Set([...rules.proposalPaths, ...rules.decisions.flatMap(({ match }) => match.paths)])];

/** A path that the glob fits, with this name in it where it leaves one open. */
function pathIn(glob: string, name: string): string {
  const path = glob
    .replace(/\*\*\//g, "")
    .replace(/\*\*$/, `${name}.md`)
    .replace(/\*+/, name)
    .replace(/\*+/g, "x")
    .replace(/\?/g, "x");
  return globFits(glob, path) ? path : glob;
}

/** The path with the title in the place of {@link NAME}. `prefix`: the word before a proposal's number, where titles have one. */
export function namedPath(path: string, title: string, prefix: string | undefined): string {
  const words =
    prefix !== undefined && title.startsWith(prefix) ? title.slice(prefix.length).replace(/^\d+/, "") : title;
  const slug = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return path.replaceAll(NAME, slug === "" ? "proposal" : slug);
}

export function newPage(scene: Scene): Html {
  const { title, path, otherPaths, label, heading } = beginningOf(scene);
  const what: Piece =
    label === null
      ? scene.rules?.proposals === "all"
        ? "Every pull request is a proposal here."
        : html`Whatever ${scene.rules?.proposals === "changed" ? "adds or changes" : "adds"} a text there is a proposal.`
      : html`It counts as a proposal once it carries the label <code>${label}</code>.`;
  return html`<h1>A new proposal</h1><p>Opens a pull request that adds a file, as ${scene.you.login}. ${what}</p>
${form(
  scene,
  `${base(scene)}/new`,
  html`<div class="row"><label class="wide">Title <input type="text" name="title" required value="${title}"></label></div>
<div class="row"><label class="wide">File <input type="text" name="path" required list="paths" value="${path}"></label><datalist id="paths">${[path, ...otherPaths].map((one) => html`<option value="${one}"></option>`)}</datalist> <span class="small soft">${NAME} is made from the title</span></div>
${label === null ? null : html`<div class="row"><label><input type="checkbox" name="label" value="yes" checked> with the label <code>${label}</code> (a maintainer adds it where you may not)</label></div>`}
<div class="row"><label><input type="checkbox" name="draft" value="yes"> as a draft</label></div>
<label for="text">Text</label><textarea id="text" name="text" rows="12">
# ${heading}

## Proposal

## Potential issues

## Alternatives

## Security considerations
</textarea><div class="row" style="margin-top:.6rem"><button class="main">Open the pull request as ${scene.you.login}</button></div>`,
)}`;
}
