import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { type Html, html, NOTHING, type Piece } from "msc-clerk/platform/html.js";
import type { CheckRun } from "../state.js";
import type { PullThread } from "../store.js";
import { commandButtons } from "./commandButtons.js";
import { changesOf, fileHead } from "./filesPage.js";
import { renderMarkdown } from "./markdown.js";
import { beginningOf, namedPath } from "./newProposal.js";
import {
  avatar,
  basedOn,
  checkDot,
  checkWord,
  form,
  label,
  live,
  more,
  nameOf,
  standingBadge,
} from "./pieces.js";
import { checkOf, FORM_NAME, labelsShown, pagePath, type Scene, standing } from "./scene.js";
import { timeline } from "./timeline.js";

/** A proposal as GitHub shows a pull request, with everything the person you are could try on it. */
export function proposalPage(scene: Scene, thread: PullThread): Html {
  const url = pagePath(scene, thread.number);
  return html`${live("head", "header", "", head(scene, thread))}
${live("labels", "section", "", labels(scene, thread, url))}
${live("check", "section", "card", check(scene, thread, url))}
<h2>Conversation</h2>
${timeline(scene, thread)}
${live("merge", "section", "merge", merge(scene, thread, url))}
${say(scene, thread, url)}
${change(scene, thread, url)}`;
}

function head(scene: Scene, thread: PullThread): Html {
  const { pull } = thread;
  const branch = html`<code>${pull.headLabel}</code> (at <code>${pull.headOid.slice(0, 7)}</code>) into <code>${pull.base}</code>`;
  const what =
    pull.mergedAt === null
      ? html`${nameOf(scene, thread.authorId)} wants to merge ${branch}`
      : html`${nameOf(scene, pull.mergedById)} merged ${branch}`;
  return html`<h1>${thread.title} <span class="soft">#${thread.number}</span></h1>
<p class="soft" style="margin:.2rem 0 .8rem">${standingBadge(standing(thread))} ${what}</p>`;
}

function labels(scene: Scene, thread: PullThread, url: string): Html {
  const on = labelsShown(scene, thread);
  const others = [...scene.repository.labels.values()]
    .filter((one) => !on.includes(one))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return html`<h2 class="hidden">Labels</h2><div class="row">${form(
    scene,
    `${url}/unlabel`,
    html`<span class="row">${on.length === 0 ? html`<span class="soft">no labels</span>` : on.map((one) => html`<span class="row" style="gap:.1rem">${label(one)}<button class="link small" name="name" value="${one.name}" aria-label="Remove the label ${one.name}" title="Remove">✕</button></span>`)}</span>`,
  )}</div><div class="row" style="margin:.55rem 0 1rem">${form(
    scene,
    `${url}/label`,
    html`<span class="row"><label class="hidden" for="add-label">Label</label><select id="add-label" name="name">${others.map((one) => html`<option>${one.name}</option>`)}</select><button>Add label as ${scene.you.login}</button></span>`,
  )}</div>`;
}

function check(scene: Scene, thread: PullThread, url: string): Html {
  const run = checkOf(scene, thread);
  if (run === null)
    return html`<h2>Check</h2><p class="soft" style="margin:0">The clerk has put no check on this commit.</p>`;
  const second = checkOf(scene, thread, FORM_NAME);
  return html`<h2 class="hidden">Check</h2>${shownRun(scene, run, url)}${second === null ? NOTHING : shownRun(scene, second, url)}`;
}

const shownRun = (scene: Scene, run: CheckRun, url: string): Html =>
  html`<div class="check">${checkDot(run)}<div><strong>${run.name}</strong> <span class="badge">${checkWord(run)}</span><div>${run.title ?? ""}</div>
${run.summary === null ? NOTHING : more("Details of the check", html`<div class="markdown">${renderMarkdown(run.summary)}${annotations(run)}</div>${form(scene, `${url}/rerun`, html`<input type="hidden" name="run" value="${run.id}"><button>Re-run the check as ${scene.you.login}</button>`)}`)}</div></div>`;

const annotations = ({ annotations: all }: CheckRun): Piece =>
  all.map((one) => html`<p><code>${one.path}:${one.start_line}</code> ${one.message}</p>`);

function merge(scene: Scene, thread: PullThread, url: string): Html {
  const now = standing(thread);
  if (now === "merged") return html`<p style="margin:0">${standingBadge(now)} This is merged.</p>`;
  const button = (deed: string, words: string, kind = "") =>
    form(scene, `${url}/${deed}`, html`<button class="${kind}">${words}</button>`);
  return html`<h2>As ${scene.you.login}, you can try to</h2><div class="row">${
    now === "closed"
      ? button("reopen", "Reopen")
      : [
          button("merge", "Merge", "main"),
          button("close", "Close"),
          now === "draft" ? button("ready", "Ready for review") : button("draft", "Convert to draft"),
        ]
  }</div><p class="small soft" style="margin:.5rem 0 0">On GitHub a branch protection that requires the clerk’s check keeps “Merge” shut until the check is green. Here it is open, so that you can see what the clerk says then.</p>`;
}

function say(scene: Scene, thread: PullThread, url: string): Html {
  const amends = changesOf(scene, thread).files.some(({ path }) => path === CONFIG_FILE);
  const { usual, others } = commandButtons(scene, amends);
  const pressed = (command: string) =>
    html`<button class="command" name="body" value="${command}">${command}</button>`;
  return html`<section class="card" aria-labelledby="say"><h2 id="say">Say something</h2>
${live("say-as", "div", "row", html`${avatar(scene.you.login)}<span>You are <strong>${scene.you.login}</strong>. One press says:</span>`)}
${form(
  scene,
  `${url}/comment`,
  html`<div class="row" style="margin:.6rem 0">${usual.map(pressed)}</div>${more("All other commands", html`<div class="row">${others.map(pressed)}</div>`)}`,
)}
${form(
  scene,
  `${url}/comment`,
  html`<label for="body">Comment (Markdown; commands on a line of their own)</label><textarea id="body" name="body" rows="4"></textarea>
<div class="row" style="margin-top:.6rem"><button class="main">Comment</button><button formaction="${url}/approve">Approve</button><button formaction="${url}/request-changes">Request changes</button><button formaction="${url}/review">Comment-only review</button></div>`,
)}</section>`;
}

function change(scene: Scene, thread: PullThread, url: string): Html {
  const { to, files } = changesOf(scene, thread);
  const path =
    files.find((file) => file.status !== "removed")?.path ??
    namedPath(beginningOf(scene).path, thread.title, scene.rules?.prefix);
  const file = to.get(path);
  return live(
    "change",
    "section",
    "card",
    html`<h2>The text</h2>
${files.map((file) => html`<p class="small" style="margin:.2rem 0">${fileHead(file)}</p>`)}
<p><a href="${url}/files">See what changes, and how it will read</a></p>
${more(
  "Change it: push a commit",
  form(
    scene,
    `${url}/push`,
    html`${basedOn(file)}<input type="hidden" name="path" value="${path}"><label>${path}<textarea name="text" rows="10">\n${file?.text ?? ""}</textarea></label>
<div class="row" style="margin-top:.5rem"><label class="wide">Message <input type="text" name="message" value="Say it more plainly"></label><button>Push as ${scene.you.login}</button></div>
<div class="row"><label><input type="checkbox" name="force" value="yes"> as a force-push that rewrites the branch</label></div>`,
  ),
)}${more(
  "Comment on a line",
  form(
    scene,
    `${url}/inline`,
    html`<input type="hidden" name="path" value="${path}"><div class="row"><label>Line <input type="number" name="line" min="1" value="1" style="width:5rem"></label></div><label>Comment <textarea name="body" rows="3"></textarea></label><div class="row"><button>Comment as ${scene.you.login}</button></div>`,
  ),
)}${more("Change the title", form(scene, `${url}/retitle`, html`<div class="row"><label class="wide">Title <input type="text" name="title" value="${thread.title}"></label><button>Retitle as ${scene.you.login}</button></div>`))}${more(
  thread.locked ? "Unlock the conversation" : "Lock the conversation",
  form(
    scene,
    `${url}/${thread.locked ? "unlock" : "lock"}`,
    html`<button>${thread.locked ? "Unlock" : "Lock"} as ${scene.you.login}</button>`,
  ),
)}`,
  );
}
