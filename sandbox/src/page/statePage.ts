import { readable } from "msc-clerk/domain/text/time.js";
import { type Html, html } from "msc-clerk/platform/html.js";
import { type SavedFile, stateNameOf } from "../savedFiles.js";
import type { Sent } from "./deeds.js";
import { form } from "./pieces.js";
import type { Scene } from "./scene.js";

/** Saved states, and back to the beginning: what a stage offers whose clerk is its own. */
export interface States {
  /** Where they are kept. */
  readonly directory: string;
  /** Newest first. */
  list(): readonly SavedFile[];
  /** The file of one; null: there is none of that name. */
  text(name: string): string | null;
  save(name: string): Promise<void>;
  /** Goes on from there. What there was is gone. Resolves with why that cannot be, or null. */
  open(name: string): Promise<string | null>;
  beginAgain(): Promise<void>;
}

/** The address of a saved state, to be kept or handed on. */
export const statePath = (name: string): string => `/state/${name}`;

export function statesPage(scene: Scene, states: States): Html {
  const all = states.list();
  return html`<h1>Save, or begin again</h1>
<h2 style="margin-top:1.2rem">Save this state</h2>
<p>All there is now, with all the clerk knows, under a name. It keeps its address (<code>/state/NAME</code>) also after the sandbox was stopped and started. Each is a file in <code>${states.directory}</code>; somebody else goes on from it with <code>npm run sandbox -- --state FILE</code>.</p>
${form(
  scene,
  "/state/save",
  html`<div class="row"><label>Name <input type="text" name="name" required maxlength="100"></label> <button class="main">Save</button> <span class="small soft">one of that name is replaced</span></div>`,
)}
<h2 style="margin-top:1.2rem">Saved states</h2>
${
  all.length === 0
    ? html`<p class="soft">None yet.</p>`
    : html`<ul>${all.map(({ name, savedAt }) => html`<li><a href="${statePath(name)}">${name}</a> <span class="soft small">saved ${readable(savedAt)}</span> · <a href="${statePath(name)}.json" download>the file</a></li>`)}</ul>`
}
<h2 style="margin-top:1.2rem">Begin again</h2>
<p>Back to how this sandbox began. The clerk forgets as well. What was not saved is gone.</p>
${form(
  scene,
  "/state/again",
  html`<div class="row"><label><input type="checkbox" name="sure" value="yes" required> Throw away what was done since</label> <button>Begin again</button></div>`,
)}`;
}

/** What the address of a saved state leads to: a look before what there is now is given up. null: there is none of that name. */
export function statePage(scene: Scene, states: States, name: string): Html | null {
  const found = states.list().find((one) => one.name === name);
  if (found === undefined) return null;
  return html`<h1>The state “${name}”</h1>
<p>Saved ${readable(found.savedAt)}. Going on from it gives up what the sandbox shows now, unless that was <a href="/state">saved</a>.</p>
${form(scene, `${statePath(name)}/open`, html`<button class="main">Go on from there</button>`)}`;
}

/** What was done, to be told; `wrong`: why it was not. null: there is no such form. */
export interface StateDone {
  readonly to: string;
  readonly told: string;
  readonly wrong: boolean;
}

const done = (to: string, told: string): StateDone => ({ to, told, wrong: false });
const not = (to: string, told: string): StateDone => ({ to, told, wrong: true });

export async function doToState(states: States, path: string, sent: Sent): Promise<StateDone | null> {
  if (path === "/state/again") {
    if (sent.get("sure") !== "yes")
      return not("/state", "Nothing was done: say that what was done since may go.");
    await states.beginAgain();
    return done("/", "Everything is as it was at the beginning.");
  }
  if (path === "/state/save") {
    const typed = (sent.get("name") ?? "").trim();
    const name = stateNameOf(typed);
    if (name === null)
      return not("/state", `“${typed}” cannot be a name here: it needs a letter of a to z, or a digit.`);
    await states.save(name);
    return done("/state", `Saved. Its address is ${statePath(name)}`);
  }
  const name = /^\/state\/([^/]+)\/open$/.exec(path)?.[1];
  if (name === undefined) return null;
  const why = await states.open(name);
  return why === null ? done("/", `This is the state “${name}”.`) : not("/state", why);
}
