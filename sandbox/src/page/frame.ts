import { count } from "msc-clerk/domain/messages/grammar.js";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { DAY, readable } from "msc-clerk/domain/text/time.js";
import { type Html, html, type Piece, trusted } from "msc-clerk/platform/html.js";
import type { Account } from "../state.js";
import { avatar, distance, form, live } from "./pieces.js";
import { base, cast, type Deed, pagePath, rolesOf, type Scene } from "./scene.js";

/** Told after something was sent: GitHub's refusal in its words, what is wrong besides, or what there is to say. */
export interface Notice {
  readonly kind: "refused" | "wrong" | "told";
  readonly text: string;
}

export interface Framed {
  readonly title: string;
  /** Where this page is, to come back to. */
  readonly path: string;
  readonly notice: Notice | null;
  readonly main: Html;
  /** Can this state be saved? */
  readonly savable: boolean;
}

/** What every page has around it: whom you play, the clock, and what the clerk does. */
export function frame(scene: Scene, { title, path, notice, main, savable }: Framed): string {
  const home = base(scene);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · msc-clerk sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/sandbox.css">
<script src="/sandbox.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><div class="bar">
<a class="plain name" href="/">msc-clerk sandbox</a>
<nav aria-label="Repository"><a href="/">Proposals</a> <a href="${home}/edit/${CONFIG_FILE}">Roster and rules</a> <a href="${home}/new">New proposal</a> <a href="${home}/issues">Issues</a> <a href="${home}/people">People</a>${savable ? html` <a href="/state">Save, begin again</a>` : null}${scene.clerk.pages === null ? null : html` <a href="${scene.clerk.pages}">Public pages</a>`}</nav>
${clock(scene, path)}
</div></header>
${youInShort(scene, path)}
<div class="page">
<main id="main" tabindex="-1">
<div id="notice" role="status">${noticeBox(notice)}</div>
<p id="news" role="status" class="hidden"></p>
${main}
</main>
<aside aria-label="You, and the clerk">
${people(scene, path)}
${clerk(scene)}
${faults(scene, path)}
</aside>
</div>
<footer>Everything here happens on this machine alone. ${scene.about.kind === "matrix" ? "Names, numbers and titles are those of real people and real proposals; what they do and say here is made up." : "Whoever is on the roster does and says only what you make them."}</footer>
</body>
</html>
`.text;
}

const noticeBox = (notice: Notice | null): Piece =>
  notice === null
    ? null
    : html`<div class="notice ${notice.kind}">${notice.kind === "refused" ? html`<strong>GitHub refuses:</strong> ` : null}${notice.text}</div>`;

const back = (path: string): Html => html`<input type="hidden" name="back" value="${path}">`;

/** In hours. The longest is the body's own Final Comment Period, in whole days, where that is longer than the others. */
function steps({ lastRules }: Scene): readonly (readonly [number, string])[] {
  const days = Math.ceil((lastRules?.finalCommentPeriod ?? 5 * DAY) / DAY);
  return [
    [1, "+1 hour"],
    [24, "+1 day"],
    ...(days < 2 ? [] : [[24 * days, `+${count(days, "day")}`] as const]),
  ];
}

function clock(scene: Scene, path: string): Html {
  return live(
    "clock",
    "div",
    "clock",
    form(
      scene,
      "/clock",
      html`${back(path)}<span class="row"><span class="small soft" title="${scene.clerk.nextDeadline === "elsewhere" ? "It goes on by itself, and can be moved on" : "It stands still until you move it"}">Sandbox clock</span> <time datetime="${new Date(scene.now).toISOString()}">${readable(scene.now)}</time>
${steps(scene).map(([hours, words]) => html`<button name="hours" value="${hours}">${words}</button>`)}</span>`,
    ),
  );
}

interface Role {
  readonly one: Account;
  readonly note: string;
}

/** Who can be played, by team. */
function castByTeam(scene: Scene): ReadonlyMap<string, readonly Role[]> {
  const groups = new Map<string, Role[]>();
  for (const one of cast(scene)) {
    const [first, ...others] = rolesOf(scene, one);
    const [team = scene.rules === null ? "No roster: the config is not valid" : "No members", lead] =
      first?.split(", ") ?? [];
    const note =
      first === undefined
        ? authorOf(scene, one.id)
        : [...(lead === undefined ? [] : [lead]), ...others].join(" · ");
    groups.set(team, [...(groups.get(team) ?? []), { one, note }]);
  }
  return groups;
}

function people(scene: Scene, path: string): Html {
  const lists = [...castByTeam(scene)].map(
    ([team, roles]) =>
      html`<h3>${team}</h3><ul class="people">${roles.map(
        ({ one, note }) =>
          html`<li><button name="login" value="${one.login}" aria-pressed="${one.id === scene.you.id ? "true" : "false"}">${avatar(one.login)}<span class="who">${one.login}</span><span class="role">${note}</span></button></li>`,
      )}</ul>`,
  );
  return live(
    "people",
    "section",
    "",
    html`<h2>You are</h2>${form(scene, "/you", html`${back(path)}${lists}`)}`,
  );
}

/** The same on a narrow screen: in one line that stays in sight, where the list would be a long way off. */
function youInShort(scene: Scene, path: string): Html {
  const teams = [...castByTeam(scene)].map(
    ([team, roles]) =>
      html`<optgroup label="${team}">${roles.map(
        ({ one, note }) =>
          html`<option value="${one.login}">${one.login}${note === "" ? null : `, ${note}`}</option>`,
      )}</optgroup>`,
  );
  return html`<section class="short" aria-label="Who you are">${form(
    scene,
    "/you",
    html`${back(path)}<span class="who">You are <strong>${scene.you.login}</strong></span> <select name="login" required autocomplete="off" aria-label="Play somebody else"><option value="">somebody else…</option>${teams}</select> <button>Switch</button>`,
  )}</section>`;
}

function authorOf(scene: Scene, id: number): string {
  for (const thread of scene.repository.threads.values()) {
    if (thread.authorId === id) return `author of #${thread.number}`;
  }
  return "anybody";
}

function clerk(scene: Scene): Html {
  const { deeds, nextDeadline, busy, requests } = scene.clerk;
  const next =
    nextDeadline === null
      ? "Whatever people do. Nothing is due by itself."
      : nextDeadline === "elsewhere"
        ? "It runs in another process. That the clock was moved it learns with its next requests: say something."
        : html`Whatever people do. By itself it looks again ${readable(nextDeadline)} (${distance(nextDeadline - scene.now)})`;
  return live(
    "clerk",
    "section",
    "",
    html`<h2>The clerk</h2>
<dl class="facts"><dt>Now</dt><dd>${busy ? html`<strong>at work…</strong>` : "has nothing to do"}</dd><dt>Waits for</dt><dd>${next}</dd><dt>Requests</dt><dd>${count(requests.reads, "read")}, ${count(requests.writes, "write")} for what was done last</dd></dl>
<h3 style="margin-top:.7rem">What it did last</h3>
${
  deeds.length === 0
    ? html`<p class="small soft">Nothing yet.</p>`
    : html`<ol class="deeds">${inRuns(deeds)
        .slice(0, MOST_RUNS)
        .map(
          ({ number, at, texts }) =>
            html`<li><a href="${pagePath(scene, number)}">#${number}</a> <time datetime="${new Date(at).toISOString()}">${readable(at).replace(/ \d{4}/, "")}</time><ul>${texts.map((text) => html`<li>${text}</li>`)}</ul></li>`,
        )}</ol>`
}`,
  );
}

interface Run {
  readonly number: number;
  readonly at: number;
  readonly texts: string[];
}

const MOST_RUNS = 5;
const RUN = 120_000;

/** What was done on one proposal within two minutes reads as one. Newest run first, within it in order of doing. */
function inRuns(deeds: readonly Deed[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { number, at, text } of deeds) {
    const run = runs.find((one) => one.number === number && one.at - at < RUN);
    if (run === undefined) runs.push({ number, at, texts: [text] });
    else run.texts.unshift(text);
  }
  return runs;
}

function faults(scene: Scene, path: string): Html {
  const { loseWebhooks, lag } = scene.faults;
  const asks =
    scene.clerk.nextDeadline === "elsewhere"
      ? "every ten minutes by its own machine’s clock"
      : "here every six hours of the clock above (on GitHub every ten minutes)";
  return live(
    "faults",
    "section",
    "",
    html`<h2>Trouble</h2><p class="small soft">GitHub loses webhooks and answers late. The clerk gets to the same end: it also asks what has changed, ${asks}.</p>
${form(
  scene,
  "/faults",
  html`${back(path)}<div class="row"><label><input type="checkbox" name="lose" value="yes"${loseWebhooks ? trusted(" checked") : ""}> lose every webhook</label></div>
<div class="row"><label>answers lag by <input type="number" name="lag" min="0" max="60" value="${lag}" style="width:4.2rem"> s</label> <button>Set</button></div>`,
)}`,
  );
}
