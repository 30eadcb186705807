import { UNLAWFUL_CONFIG } from "msc-clerk/domain/duties/duties.js";
import { dutyIn } from "msc-clerk/github/issues.js";
import { type Html, html, NOTHING, type Piece } from "msc-clerk/platform/html.js";
import { form } from "./pieces.js";
import { base, issues, pagePath, type Scene, type Scenery } from "./scene.js";

/** A config that came without the votes it needs: what that means, and the way out. Nothing where the present one came by the rules. */
export function unlawfulBox(scene: Scene): Html {
  if (scene.unlawful === null) return NOTHING;
  const branch = scene.repository.defaultBranch;
  const report = reportOf(scene);
  return html`<div class="notice refused"><strong>This file came to ${branch} without the votes it needs, so it elects nobody and changes no rule by itself.</strong>
<p>Until it is ratified or reverted, a proposal needs what the last lawful rules ask for <em>and</em> what this file asks for. ${report}</p>
${form(
  scene,
  `${base(scene)}/propose-config`,
  html`<p>The way to change the rules is a pull request that is voted for. This puts ${branch} back to the last lawful rules, and opens one with the file as it stands now:</p>
<div class="row"><label class="wide">Title <input type="text" name="message" value="Change the rules"></label> <button class="main">Open it as a pull request, as ${scene.you.login}</button></div>`,
)}</div>`;
}

/** Where the clerk reports it. */
function reportOf(scene: Scene): Piece {
  const report = issues(scene).find(
    ({ authorId, state, body }) =>
      authorId === scene.clerkId && state === "open" && dutyIn(body) === UNLAWFUL_CONFIG,
  );
  if (report !== undefined)
    return html`The clerk reports it in <a href="${pagePath(scene, report.number)}">issue #${report.number}</a>.`;
  return scene.faults.loseWebhooks ? "The clerk has not heard of it yet, as every webhook is lost." : null;
}

/** Told when a file was pushed to the default branch. `after`: what there is once the clerk has looked. */
export const toldOfPush = (after: Scenery, isConfig: boolean): string =>
  isConfig && after.configFaults.length > 0
    ? `Pushed to ${after.repository.defaultBranch}. It is not valid, so nothing is decided until it is right.`
    : isConfig && after.unlawful !== null
      ? `Pushed to ${after.repository.defaultBranch}, but nobody has voted on it: it elects nobody and changes no rule by itself.`
      : `Pushed to ${after.repository.defaultBranch}. The clerk looks at every open proposal again.`;
