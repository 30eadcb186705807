import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { type Html, html, type Piece } from "msc-clerk/platform/html.js";
import { compareTrees } from "../commits.js";
import type { TreeFile } from "../state.js";
import { form } from "./pieces.js";
import { base, type Scene } from "./scene.js";

/** A file of the default branch, to edit: the config above all. */
export function editPage(scene: Scene, path: string): Html {
  const { repository, state } = scene;
  const tip = state.commits.get(repository.branches.get(repository.defaultBranch) ?? "");
  const text = tip?.files.get(path)?.text ?? "";
  const isConfig = path === CONFIG_FILE;
  return html`<h1>${isConfig ? "Roster and rules" : path}</h1>
<p><code>${path}</code> on <code>${repository.defaultBranch}</code>. ${isConfig ? "Whatever stands here on the default branch, and nothing else, decides: take a member out, lower a threshold, shorten the Final Comment Period to 1 day, or make a mistake and see how it is told." : null}</p>
${isConfig && scene.configFaults.length > 0 ? html`<div class="notice refused"><strong>As it stands, nothing is decided:</strong><ul>${scene.configFaults.map((fault) => html`<li>line ${fault.line}, column ${fault.column}: ${fault.message}</li>`)}</ul></div>` : null}
${form(
  scene,
  `${base(scene)}/edit/${path}`,
  html`<label for="text">The file</label><textarea id="text" name="text" rows="32" spellcheck="false">\n${text}</textarea>
<div class="row" style="margin-top:.6rem"><label class="wide">Message <input type="text" name="message" value="Change the roster"></label></div>
<div class="row"><button class="main" name="how" value="push">Push to ${repository.defaultBranch} as ${scene.you.login}</button><button name="how" value="pull">Open a pull request as ${scene.you.login}</button></div>`,
)}`;
}

export function newPage(scene: Scene): Html {
  return html`<h1>A new proposal</h1><p>Opens a pull request that adds a file under <code>proposals/</code>, as ${scene.you.login}. It counts as a proposal once it carries the label <code>proposal</code>.</p>
${form(
  scene,
  `${base(scene)}/new`,
  html`<div class="row"><label class="wide">Title <input type="text" name="title" required value="MSC${scene.repository.nextNumber}: "></label></div>
<div class="row"><label><input type="checkbox" name="label" value="yes" checked> with the label <code>proposal</code> (a maintainer adds it where you may not)</label></div>
<div class="row"><label><input type="checkbox" name="draft" value="yes"> as a draft</label></div>
<label for="text">Text</label><textarea id="text" name="text" rows="12">
# MSC${scene.repository.nextNumber}: …

## Proposal

## Potential issues

## Alternatives

## Security considerations
</textarea><div class="row" style="margin-top:.6rem"><button class="main">Open the pull request as ${scene.you.login}</button></div>`,
)}`;
}

/** What the clerk's links to commits and comparisons lead to. */
export function comparePage(scene: Scene, from: string, to: string): Html | null {
  const [before, after] = [scene.state.commits.get(from), scene.state.commits.get(to)];
  if (after === undefined) return null;
  const old = before?.files ?? new Map<string, TreeFile>();
  return html`<h1>${before === undefined ? "" : `${from.slice(0, 7)} to `}${to.slice(0, 7)}</h1><p>${after.message}</p>
${compareTrees(old, after.files).map((file) => html`<section class="card"><h2><code>${file.path}</code> <span class="soft">${file.status}</span></h2><div class="diff">${lineDifference(old.get(file.path)?.text ?? "", after.files.get(file.path)?.text ?? "")}</div></section>`)}`;
}

/** Common beginning and end stay; what lies between is shown as taken out and put in. Enough to see what a push did. */
function lineDifference(before: string, after: string): Piece {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end))
    end += 1;
  const shown = (lines: readonly string[], tag: "del" | "ins") =>
    lines.map((line) => (tag === "del" ? html`<del>− ${line}</del>` : html`<ins>+ ${line}</ins>`));
  return html`${fresh.slice(Math.max(0, start - 3), start).map((line) => `  ${line}\n`)}${shown(old.slice(start, old.length - end), "del")}${shown(fresh.slice(start, fresh.length - end), "ins")}${fresh.slice(fresh.length - end, fresh.length - end + 3).map((line) => `  ${line}\n`)}`;
}

/** Without a script. */
export const workingPage = (address: string): Html =>
  html`<h1>The clerk is at work…</h1><p>What you sent is being done. This page goes on by itself when it is; or <a href="${address}">look now</a>.</p>`;

export const missingPage = (): Html =>
  html`<h1>There is nothing here</h1><p><a href="/">Back to the proposals</a></p>`;
