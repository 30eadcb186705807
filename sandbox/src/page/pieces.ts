import { count } from "msc-clerk/domain/messages/grammar.js";
import { isLegacyName } from "msc-clerk/domain/model/people.js";
import { DAY, HOUR, MINUTE, readable } from "msc-clerk/domain/text/time.js";
import { type Html, html, type Piece, trusted } from "msc-clerk/platform/html.js";
import type { CheckRun, Label, TreeFile } from "../state.js";
import { refilled } from "./refill.js";
import { loginOf, rolesOf, type Scene, type Standing } from "./scene.js";

/** A moment, with how far it is from the sandbox's present. */
export const moment = (scene: Scene, at: number): Html =>
  html`<time datetime="${new Date(at).toISOString()}" title="${readable(at)}">${distance(at - scene.now)}</time>`;

export function distance(milliseconds: number): string {
  const away = Math.abs(milliseconds);
  const words =
    away < MINUTE
      ? "moments"
      : away < HOUR
        ? count(Math.floor(away / MINUTE), "minute")
        : away < DAY
          ? count(Math.floor(away / HOUR), "hour")
          : count(Math.floor(away / DAY), "day") +
            (away < 10 * DAY && away % DAY >= HOUR
              ? ` ${count(Math.floor((away % DAY) / HOUR), "hour")}`
              : "");
  if (away < MINUTE) return milliseconds > 0 ? "in a moment" : "just now";
  return milliseconds > 0 ? `in ${words}` : `${words} ago`;
}

/** Two letters on a colour of their own. Says nothing that the name beside it does not. */
export function avatar(login: string, clerk = false): Html {
  let hue = 0;
  for (const character of login) hue = (hue * 31 + (character.codePointAt(0) ?? 0)) % 360;
  const letters = clerk ? "✓" : login.slice(0, 2).toUpperCase();
  const colour = clerk ? "#0550ae" : `hsl(${hue} 45% 32%)`;
  return html`<span class="avatar${clerk ? " clerk" : ""}" style="background:${colour}" aria-hidden="true">${letters}</span>`;
}

export const person = (scene: Scene, id: number | null): Html => html`<strong>${nameOf(scene, id)}</strong>`;

export const nameOf = (scene: Scene, id: number | null): string => {
  const login = loginOf(scene, id);
  return id === scene.clerkId ? login.replace(/\[bot\]$/, "") : login;
};

export function badges(scene: Scene, id: number | null, authorId: number | null): Html {
  const account = id === null ? undefined : scene.state.accounts.get(id);
  const words = account === undefined ? [] : rolesOf(scene, account);
  const all = [
    ...(id === scene.clerkId ? ["the clerk"] : []),
    ...(account !== undefined && scene.lastRules !== null && isLegacyName(account.login, scene.lastRules)
      ? ["older bot"]
      : []),
    ...words,
    ...(id !== null && id === authorId ? ["author"] : []),
  ];
  return html`${all.map((word) => html`<span class="badge">${word}</span>`)}`;
}

/** White or black, whichever reads better: one of them always has a contrast above 4.5. */
export function label({
  name,
  color,
  description,
}: Pick<Label, "name" | "color"> & { readonly description?: string | null }): Html {
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  const ink = luminance > 0.179 ? "#000" : "#fff";
  return html`<span class="label" style="background:#${color};color:${ink}" title="${description ?? ""}">${name}</span>`;
}

const STANDING: Readonly<Record<Standing, string>> = {
  open: "Open",
  draft: "Draft",
  merged: "Merged",
  closed: "Closed",
};
export const standingBadge = (standing: Standing): Html =>
  html`<span class="state ${standing}">${STANDING[standing]}</span>`;

export const checkWord = (run: CheckRun): string =>
  run.status === "completed"
    ? (({ success: "passed", failure: "failed", neutral: "neutral" } as Readonly<Record<string, string>>)[
        run.conclusion ?? ""
      ] ??
      run.conclusion ??
      "done")
    : "waiting";

export const checkDot = (run: CheckRun): Html =>
  html`<span class="dot ${run.status === "completed" ? run.conclusion : run.status}" aria-hidden="true"></span>`;

/**
 * A form that posts and comes back. It carries in whose name it was drawn, and what tells a second press from a second wish; one that was
 * refused is drawn as it was sent.
 */
export function form({ you, drawing }: Scene, action: string, body: Piece): Html {
  const { once, kept } = drawing;
  const hidden = (name: string, value: string) =>
    html`<input type="hidden" name="${name}" value="${value}" autocomplete="off">`;
  const shown = html`${body}`;
  return html`<form method="post" action="${action}">${hidden("form", action)}${hidden("as", you.login)}${hidden("once", once)}${
    kept?.form === action ? refilled(shown, kept.sent) : shown
  }</form>`;
}

/** What a form that edits a file was drawn with, so that it writes over nothing that was pushed since. */
export const BASE = "base";
/** Empty: there is no such file. */
export const baseOf = (file: TreeFile | undefined): string => file?.oid ?? "";
export const basedOn = (file: TreeFile | undefined): Html =>
  html`<input type="hidden" name="${BASE}" value="${baseOf(file)}">`;

export function more(summary: string, body: Piece): Html {
  const shown = html`${body}`;
  const open = shown.text.includes(" data-kept") ? trusted(" open") : null;
  return html`<details class="more"${open}><summary>${summary}</summary>${shown}</details>`;
}

/** A part with a name, by which the page's script knows it again when something has come before it. */
export function live(
  id: string,
  tag: "div" | "section" | "li" | "header",
  className: string,
  body: Html,
): Html {
  return html`<${trusted(tag)} id="${id}" class="${className}">${body}</${trusted(tag)}>`;
}
