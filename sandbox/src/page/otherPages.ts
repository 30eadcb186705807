import { memberInYaml } from "msc-clerk/domain/messages/memberInYaml.js";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { type Html, html } from "msc-clerk/platform/html.js";
import { compareTrees } from "../commits.js";
import type { TreeFile } from "../state.js";
import { fileDifference, fileHead } from "./filesPage.js";
import { basedOn, form, live, more } from "./pieces.js";
import { base, cast, editPath, type Scene } from "./scene.js";
import { unlawfulBox } from "./unlawful.js";

/** A file of the default branch, to edit: the config above all. */
export function editPage(scene: Scene, path: string): Html {
  const { repository, state } = scene;
  const tip = state.commits.get(repository.branches.get(repository.defaultBranch) ?? "");
  const file = tip?.files.get(path);
  const isConfig = path === CONFIG_FILE;
  return html`<h1>${isConfig ? "Roster and rules" : path}</h1>
<p><code>${path}</code> on <code>${repository.defaultBranch}</code>.${isConfig ? CHANGING_RULES : null}</p>
${isConfig ? live("config", "section", "", aboutConfig(scene)) : null}
${form(
  scene,
  editPath(scene, path),
  html`${basedOn(file)}<label for="text">The file</label><textarea id="text" name="text" rows="32" spellcheck="false">\n${file?.text ?? ""}</textarea>
<div class="row" style="margin-top:.6rem"><label class="wide">Message <input type="text" name="message" value="${isConfig ? "Change the roster" : `Change ${path}`}"></label></div>
<div class="row">${isConfig ? [pullButton(scene, "main"), pushButton(scene, "plain")] : [pushButton(scene, "main"), pullButton(scene, "plain")]}</div>`,
)}
${isConfig ? idsOf(scene) : null}`;
}

const pullButton = (scene: Scene, kind: "main" | "plain"): Html =>
  html`<button class="${kind}" name="how" value="pull">Open a pull request as ${scene.you.login}</button>`;
const pushButton = (scene: Scene, kind: "main" | "plain"): Html =>
  html`<button class="${kind}" name="how" value="push">Push to ${scene.repository.defaultBranch} as ${scene.you.login}</button>`;

const CHANGING_RULES = html` The clerk counts by what stands there lawfully. To change it, take a member out, lower a threshold, shorten the Final Comment Period, and open a pull request: the clerk says what each change needs, a member proposes it, and once it has been voted for and merged it counts. What is pushed without a vote is reported, and elects nobody. Or make a mistake, and see how it is told.`;

/** What is wrong with the config as it stands, or with how it came. */
function aboutConfig(scene: Scene): Html {
  const { configFaults: faults } = scene;
  return html`${faults.length > 0 ? html`<div class="notice refused"><strong>As it stands, nothing is decided:</strong><ul>${faults.map(({ line, column, message }) => html`<li>line ${line}, column ${column}: ${message}</li>`)}</ul></div>` : null}${unlawfulBox(scene)}`;
}

/** Whom a config means by a number: `{ login: …, id: … }`. */
const idsOf = (scene: Scene): Html =>
  more(
    "Ids of accounts, to write into the file",
    html`<p class="small">A member is written as <code>${memberInYaml(scene.you.login, scene.you.id)}</code>: a login can change hands, an id does not. <a href="${base(scene)}/people">Add an account</a>.</p><ul class="small">${cast(scene).map(({ login, id }) => html`<li>${login}: <code>${id}</code></li>`)}</ul>`,
  );

/** What the clerk's links to commits and comparisons lead to. */
export function comparePage(scene: Scene, from: string, to: string): Html | null {
  const [before, after] = [scene.state.commits.get(from), scene.state.commits.get(to)];
  if (after === undefined) return null;
  const old = before?.files ?? new Map<string, TreeFile>();
  return html`<h1>${before === undefined ? "" : `${from.slice(0, 7)} to `}${to.slice(0, 7)}</h1><p>${after.message}</p>
${compareTrees(old, after.files).map((file) => html`<section class="card"><h2>${fileHead(file)}</h2>${fileDifference(old, after.files, file)}</section>`)}`;
}

/** Without a script. */
export const workingPage = (address: string): Html =>
  html`<h1>The clerk is at work…</h1><p>What you sent is being done. This page goes on by itself when it is; or <a href="${address}">look now</a>.</p>`;

export const missingPage = (): Html =>
  html`<h1>There is nothing here</h1><p><a href="/">Back to the proposals</a></p>`;
