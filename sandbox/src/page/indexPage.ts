import { type Html, html } from "msc-clerk/platform/html.js";
import { checkDot, checkWord, label, live, moment, nameOf, standingBadge } from "./pieces.js";
import { base, checkOf, editPath, labelsShown, pagePath, pulls, type Scene, standing } from "./scene.js";
import { trial } from "./trial.js";
import { unlawfulBox } from "./unlawful.js";

/** The first screen: what this is, what to try, and the proposals. */
export function indexPage(scene: Scene): Html {
  const all = [...pulls(scene)].sort(
    (a, b) => Number(b.state === "open") - Number(a.state === "open") || a.number - b.number,
  );
  return html`${trial(scene)}
${live("unlawful", "div", "", unlawfulBox(scene))}
<h2 id="proposals">Proposals</h2>
${live(
  "proposal-list",
  "div",
  "scroll",
  all.length === 0
    ? html`<p class="soft">None yet. <a href="${base(scene)}/new">Open the first</a>.</p>`
    : html`<table class="proposals" aria-labelledby="proposals"><thead><tr><th scope="col">Proposal</th><th scope="col">State</th><th scope="col">What the clerk’s check says</th></tr></thead><tbody>
${all.map((thread) => {
  const check = checkOf(scene, thread);
  return html`<tr><td><a class="plain title" href="${pagePath(scene, thread.number)}">${thread.title}</a> <span class="soft">#${thread.number}</span>
<div class="small soft">opened by ${nameOf(scene, thread.authorId)} ${moment(scene, thread.createdAt)}</div>
<div class="labels">${labelsShown(scene, thread).map(label)}</div></td>
<td>${standingBadge(standing(thread))}</td>
<td>${check === null ? html`<span class="soft small">no check</span>` : html`<div class="check">${checkDot(check)}<span><span class="hidden">${checkWord(check)}: </span>${check.title ?? ""}</span></div>`}</td></tr>`;
})}</tbody></table>`,
)}
<h2 id="files" style="margin-top:1.2rem">Files on ${scene.repository.defaultBranch}</h2>
${live("files", "div", "", html`<ul>${filesOf(scene).map((path) => html`<li><a href="${editPath(scene, path)}"><code>${path}</code></a></li>`)}</ul>`)}`;
}

function filesOf({ repository, state }: Scene): readonly string[] {
  const tip = state.commits.get(repository.branches.get(repository.defaultBranch) ?? "");
  return [...(tip?.files.keys() ?? [])].sort();
}
