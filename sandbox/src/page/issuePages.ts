import { type Html, html } from "msc-clerk/platform/html.js";
import type { Thread } from "../state.js";
import { form, label, live, moment, nameOf, standingBadge } from "./pieces.js";
import { base, issues, labelsShown, pagePath, type Scene, standing } from "./scene.js";
import { timeline } from "./timeline.js";

/** All issues: those in which the clerk reports what is due, and what people open. */
export function issuesPage(scene: Scene): Html {
  return html`<h1>Issues</h1>
<p>Here the clerk reports what is due without anybody acting: a config that nobody approved, a resignation, a lead’s vote of confidence or an empty seat.</p>
${live("issue-list", "div", "", issueList(scene))}
${form(
  scene,
  `${base(scene)}/issues`,
  html`<h2 style="margin-top:1.2rem">Open an issue</h2><div class="row"><label class="wide">Title <input type="text" name="title" required></label></div>
<label>Text <textarea name="body" rows="4"></textarea></label><div class="row"><button>Open it as ${scene.you.login}</button></div>`,
)}`;
}

const issueList = (scene: Scene): Html => {
  const all = issues(scene);
  if (all.length === 0) return html`<p class="soft">There is none.</p>`;
  return html`<div class="scroll"><table class="proposals"><thead><tr><th scope="col">Issue</th><th scope="col">State</th></tr></thead><tbody>
${all.map(
  (
    thread,
  ) => html`<tr><td><a class="plain title" href="${pagePath(scene, thread.number)}">${thread.title}</a> <span class="soft">#${thread.number}</span>
<div class="small soft">opened by ${nameOf(scene, thread.authorId)} ${moment(scene, thread.createdAt)}</div></td><td>${standingBadge(standing(thread))}</td></tr>`,
)}</tbody></table></div>`;
};

/** One issue as GitHub shows it. */
export function issuePage(scene: Scene, thread: Thread): Html {
  const url = pagePath(scene, thread.number);
  const deed = thread.state === "open" ? "close" : "reopen";
  return html`${live(
    "head",
    "header",
    "",
    html`<h1>${thread.title} <span class="soft">#${thread.number}</span></h1>
<p class="soft">${standingBadge(standing(thread))} opened by ${nameOf(scene, thread.authorId)} ${labelsShown(scene, thread).map(label)}</p>`,
  )}
${timeline(scene, thread)}
${live("merge", "section", "merge", form(scene, `${url}/${deed}`, html`<button>${thread.state === "open" ? "Close" : "Reopen"} as ${scene.you.login}</button>`))}
<section class="card" aria-labelledby="say"><h2 id="say">Say something</h2>${form(
    scene,
    `${url}/comment`,
    html`<label>Comment as ${scene.you.login} <textarea name="body" rows="4"></textarea></label><div class="row"><button class="main">Comment</button></div>`,
  )}</section>`;
}
