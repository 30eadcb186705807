import { type Html, html, type Piece } from "msc-clerk/platform/html.js";
import { compareTrees, type FileDifference, mergeBase } from "../commits.js";
import { lineChanges, linesOf } from "../lineChanges.js";
import type { TreeFile } from "../state.js";
import type { PullThread } from "../store.js";
import { renderMarkdown } from "./markdown.js";
import { live } from "./pieces.js";
import { pagePath, type Scene } from "./scene.js";

type Tree = ReadonlyMap<string, TreeFile>;

/** What a pull request changes, from where it left the base branch to its head. */
export function changesOf({ state }: Scene, { pull }: PullThread) {
  const from: Tree =
    state.commits.get(mergeBase(state, pull.baseOid, pull.headOid) ?? "")?.files ?? new Map();
  const to: Tree = state.commits.get(pull.headOid)?.files ?? new Map();
  return { from, to, files: compareTrees(from, to) };
}

/** A pull request's files, as GitHub's tab of that name has them: each text as it will read, and line by line what changes. */
export function filesPage(scene: Scene, thread: PullThread): Html {
  const { from, to, files } = changesOf(scene, thread);
  return html`<h1>${thread.title} <span class="soft">#${thread.number}</span></h1>
<p><a href="${pagePath(scene, thread.number)}">Back to the conversation</a></p>
${live(
  "files",
  "div",
  "",
  html`${files.length === 0 ? html`<p class="soft">It changes no file.</p>` : null}${files.map((file) => {
    const text = to.get(file.path)?.text ?? null;
    const rendered =
      text === null || !/\.(?:md|markdown)$/i.test(file.path)
        ? null
        : html`<h3>As it will read</h3><div class="markdown" style="border:1px solid var(--line);border-radius:6px;padding:.6rem .9rem;margin:.3rem 0 .8rem">${renderMarkdown(text)}</div><h3>What changes</h3>`;
    return html`<section class="card"><h2>${fileHead(file)}</h2>${rendered}${fileDifference(from, to, file)}</section>`;
  })}`,
)}`;
}

/** `texts/a.md modified, +3 −1`. */
export const fileHead = ({ path, status, previous, additions, deletions }: FileDifference): Html =>
  html`<code>${path}</code> <span class="soft">${status}${previous === null ? "" : ` from ${previous}`}, +${additions} −${deletions}</span>`;

/** One file, line by line. */
export const fileDifference = (from: Tree, to: Tree, { path, previous }: FileDifference): Html =>
  html`<div class="diff">${lineDifference(from.get(previous ?? path)?.text ?? "", to.get(path)?.text ?? "")}</div>`;

/** Lines that stay are shown only this near to one that changes. */
const AROUND = 3;

function lineDifference(before: string, after: string): Piece {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const changes = lineChanges(old, fresh);
  if (changes.length === 0) return html`<span class="soft">The text stays as it is.</span>`;
  const pieces: Piece[] = [];
  let shown = 0;
  for (const [index, { from, to, lines }] of changes.entries()) {
    const start = Math.max(shown, from - AROUND);
    if (start > shown) pieces.push(html`<span class="soft">⋯ ${start - shown} unchanged\n</span>`);
    pieces.push(old.slice(start, from).map((line) => html`  ${ended(line)}`));
    pieces.push(old.slice(from, to).map((line) => html`<del>− ${bare(line)}${unended(line)}</del>`));
    pieces.push(lines.map((line) => html`<ins>+ ${bare(line)}${unended(line)}</ins>`));
    shown = Math.min(to + AROUND, changes[index + 1]?.from ?? old.length);
    pieces.push(old.slice(to, shown).map((line) => html`  ${ended(line)}`));
  }
  if (shown < old.length) pieces.push(html`<span class="soft">⋯ ${old.length - shown} unchanged</span>`);
  return pieces;
}

const bare = (line: string): string => line.replace(/\r?\n$/, "");
const unended = (line: string): Piece =>
  line.endsWith("\n") ? null : html`<span class="soft"> (no line end)</span>`;
const ended = (line: string): string => `${bare(line)}\n`;
