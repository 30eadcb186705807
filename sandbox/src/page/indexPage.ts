import { type Html, html } from "msc-clerk/platform/html.js";
import { checkDot, checkWord, label, live, moment, nameOf, standingBadge } from "./pieces.js";
import { checkOf, labelsShown, pagePath, pulls, type Scene, standing } from "./scene.js";

/** The proposal the trial is played on: in review, nothing moved yet. */
export const TRIAL_NUMBER = 1772;

/** The first screen: what this is, what to try, and the proposals. */
export function indexPage(scene: Scene): Html {
  const all = [...pulls(scene)].sort(
    (a, b) => Number(b.state === "open") - Number(a.state === "open") || a.number - b.number,
  );
  const trial = pagePath(scene, TRIAL_NUMBER);
  return html`<h1>A standards body that decides by pull request, in a box</h1>
<p>This page is a small GitHub on your own machine, with the roster of the Matrix Spec Core Team and some of its proposals. The real msc-clerk is connected to it: it counts the votes of the people on the roster, opens and closes the Final Comment Period, and has no vote itself. You play everybody else; nothing you do here leaves this machine.</p>
<section class="trial" aria-labelledby="trial"><h2 id="trial">Try it: five minutes</h2>
<ol>
<li>Open <a href="${trial}">#${TRIAL_NUMBER} Matrix spaces</a>. You are <strong>richvdh</strong>; press <code>@mscbot fcp merge</code> below the conversation. Labels, a status comment and the check appear.</li>
<li>Vote as others: pick someone under “You are”, then press <em>Approve</em>, or <code>@mscbot reviewed</code>, or tick their box in the status comment, or add the label <code>vote:approve</code>. Try it as <strong>passer-by</strong>, too.</li>
<li>The sixth of eight votes starts the Final Comment Period. Raise a concern with <code>@mscbot concern</code>, then move the clock <em>+5 days</em>: the time is up, and the concern holds the end.</li>
<li>Resolve it with <code>@mscbot resolve C1</code>: the period concludes at once, and the check turns green.</li>
<li>Change the rules of the game: edit <em>Roster and rules</em>, or turn on <em>Trouble</em> and see the clerk get there all the same.</li>
</ol></section>
<h2 id="proposals">Proposals</h2>
${live(
  "proposal-list",
  "div",
  "scroll",
  html`<table class="proposals" aria-labelledby="proposals"><thead><tr><th scope="col">Proposal</th><th scope="col">State</th><th scope="col">What the clerk’s check says</th></tr></thead><tbody>
${all.map((thread) => {
  const check = checkOf(scene, thread);
  return html`<tr><td><a class="plain title" href="${pagePath(scene, thread.number)}">${thread.title}</a> <span class="soft">#${thread.number}</span>
<div class="small soft">opened by ${nameOf(scene, thread.authorId)} ${moment(scene, thread.createdAt)}</div>
<div class="labels">${labelsShown(scene, thread).map(label)}</div></td>
<td>${standingBadge(standing(thread))}</td>
<td>${check === null ? html`<span class="soft small">no check</span>` : html`<div class="check">${checkDot(check)}<span><span class="hidden">${checkWord(check)}: </span>${check.title ?? ""}</span></div>`}</td></tr>`;
})}</tbody></table>`,
)}`;
}
