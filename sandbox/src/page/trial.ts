import { series } from "msc-clerk/domain/messages/grammar.js";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { type Html, html } from "msc-clerk/platform/html.js";
import { AMENDMENT } from "../seed.js";
import { commandButtons, mentionOf } from "./commandButtons.js";
import { base, editPath, pagePath, type Scene } from "./scene.js";

/** The proposal the trial is played on: in review, nothing moved yet. */
export const TRIAL_NUMBER = 1772;

/** What this sandbox is, and what to try in it. */
export function trial(scene: Scene): Html {
  switch (scene.about.kind) {
    case "matrix":
      return matrixTrial(scene, scene.about.firstPlayed);
    case "own":
      return ownTrial(scene, scene.about.file);
  }
}

function matrixTrial(scene: Scene, firstPlayed: string): Html {
  return html`<h1>A standards body that decides by pull request, in a box</h1>
<p>This page is a small GitHub on your own machine, with the roster of the Matrix Spec Core Team and some of its proposals. The real msc-clerk is connected to it: it counts the votes of the people on the roster, opens and closes the Final Comment Period, and has no vote itself. You play everybody else; nothing you do here leaves this machine.</p>
<section class="trial" aria-labelledby="trial"><h2 id="trial">Try it: five minutes</h2>
<ol>
<li>Open <a href="${pagePath(scene, TRIAL_NUMBER)}">#${TRIAL_NUMBER} Matrix spaces</a>. You are <strong>${firstPlayed}</strong>; press <code>@mscbot fcp merge</code> below the conversation. Labels, a status comment and the check appear.</li>
<li>Vote as others: pick someone under “You are”, then press <em>Approve</em>, or <code>@mscbot reviewed</code>, or tick their box in the status comment, or add the label <code>vote:approve</code>. Try it as <strong>passer-by</strong>, too.</li>
<li>The sixth of eight votes starts the Final Comment Period. Raise a concern with <code>@mscbot concern</code>, then move the clock <em>+5 days</em>: the time is up, and the concern holds the end.</li>
<li>Resolve it with <code>@mscbot resolve C1</code>: the period concludes at once, and the check turns green.</li>
<li>Change the rules of the game: vote on <a href="${pagePath(scene, AMENDMENT)}">#${AMENDMENT}</a>, which adds a member. Or edit <a href="${editPath(scene, CONFIG_FILE)}"><em>Roster and rules</em></a>, open a pull request, and press <code>@mscbot propose</code> on it: the clerk says what each change needs. What is pushed without a vote is reported, and elects nobody: try that, too. Or turn on <em>Trouble</em>, and see the clerk get there all the same.</li>
</ol></section>`;
}

function ownTrial(scene: Scene, file: string): Html {
  const { rules } = scene;
  const home = base(scene);
  const outside = scene.clerk.nextDeadline === "elsewhere";
  const teams = rules?.teams.map(({ title, members }) => `${title} (${members.length})`) ?? [];
  const motion = commandButtons(scene).usual[0];
  const propose = commandButtons(scene, true).usual[0];
  return html`<h1>Your own rules, on trial</h1>
<p>This page is a small GitHub on your own machine. Its repository began with nothing but <code>${file}</code> as its config, which the real msc-clerk ${outside ? "goes by, once you have started it" : "has found and goes by"}${teams.length === 0 ? "" : html`: ${series(teams)}`}. You play everybody of the roster; nothing you do here leaves this machine, and nobody is looked for on GitHub.</p>
<section class="trial" aria-labelledby="trial"><h2 id="trial">Try it</h2>
<ol>
<li><a href="${home}/new">Open a proposal</a>, as somebody who could write one: pick who you are under “You are”.</li>
<li>As a member, press <code>${motion ?? "fcp merge"}</code> below its conversation. Labels, a status comment and the check appear.</li>
<li>Vote as the others: <em>Approve</em>${rules === null ? null : html`, or <code>@${mentionOf(scene, rules)} reviewed</code>`}, or their box in the status comment. The status comment says how many are needed.</li>
<li>Move the clock until the time is up${outside ? ", and say something, so that the clerk learns of it" : ""}${rules === null || rules.conclude.merge === "manual" ? ": the check turns green, and somebody merges" : ": the clerk merges"}.</li>
<li>Change the rules themselves: edit <a href="${editPath(scene, CONFIG_FILE)}"><em>Roster and rules</em></a> and open a pull request: the clerk says what each change needs, and a member proposes it${propose === undefined ? "" : html` with <code>${propose}</code>`}. What is pushed without a vote is reported, and elects nobody. Somebody new is added under <a href="${home}/people">People</a>.</li>
${outside ? null : html`<li><a href="/state">Save</a> what is worth showing to others, or begin again.</li>`}
</ol></section>`;
}
