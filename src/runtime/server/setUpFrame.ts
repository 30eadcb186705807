import { escapeHtml } from "../../platform/html.js";

/** What every page of the set-up has: its head, its look, the steps and where one is. No script: a form is all it needs. */
export interface PageContext {
  /** Lets the page's own style pass the policy it is sent with. */
  readonly nonce: string;
}

export const STEPS = [
  "Make the App",
  "Start the clerk",
  "Install the App",
  "Put the config",
  "Ask the doctor",
] as const;

/** Of a step, from 1. */
export const stepHeading = (step: number): string => `<h2>${step}. ${STEPS[step - 1] ?? ""}</h2>`;

export interface Page {
  readonly title: string;
  /** Which of the steps it is about, from 1. */
  readonly step: number;
  /** HTML. */
  readonly content: string;
}

export const framed = ({ nonce }: PageContext, { title, step, content }: Page): string => `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${escapeHtml(title)} – setting up msc-clerk</title>
    <style nonce="${nonce}">${STYLE}</style>
  </head>
  <body>
    <header><p>Setting up <strong>msc-clerk</strong></p>
      <nav aria-label="Steps"><ol>
        ${STEPS.map((name, index) => stepItem(name, index + 1, step)).join("\n        ")}
      </ol></nav>
    </header>
    <main>
      <h1>${escapeHtml(title)}</h1>
      ${content}
    </main>
  </body>
</html>
`;

function stepItem(name: string, number: number, at: number): string {
  if (number < at) return `<li class="done">${name}<span class="told"> (done)</span></li>`;
  return number === at ? `<li aria-current="step">${name}</li>` : `<li>${name}</li>`;
}

/** What was wrong with what was sent; nothing where there is none. Read aloud when the page comes. */
export const faultBox = (faults: readonly string[]): string =>
  faults.length === 0
    ? ""
    : `<div class="faults" role="alert"><p>That cannot be taken yet:</p><ul>${faults
        .map((fault) => `<li>${escapeHtml(fault)}</li>`)
        .join("")}</ul></div>`;

const STYLE = `
:root { color-scheme: light dark; --bg: #fff; --fg: #1f2328; --soft: #59636e; --line: #818b98; --panel: #f6f8fa; --accent: #0969da; --main: #1a7f37; --mainfg: #fff; --bad: #b3261e; --badbg: #ffebe9; --good: #1a7f37 }
@media (prefers-color-scheme: dark) { :root { --bg: #0d1117; --fg: #e6edf3; --soft: #9aa4af; --line: #6e7681; --panel: #151b23; --accent: #6cb0ff; --main: #2ea043; --mainfg: #06130a; --bad: #ff938a; --badbg: #2d1618; --good: #56d364 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--bg); color: var(--fg); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere }
header, main { max-width: 44rem; margin: 0 auto; padding: 0 1rem }
header { padding-top: 1.5rem; color: var(--soft) }
header p { margin: 0 0 .75rem }
header strong { color: var(--fg) }
main { padding-bottom: 4rem }
nav ol { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; margin: 0; padding: .6rem 0 .6rem 1.3rem; border-block: 1px solid var(--line); font-size: .9rem }
nav li { padding: 0 .1rem }
@media (max-width: 30rem) { nav ol { flex-direction: column; gap: .1rem } }
nav [aria-current] { color: var(--fg); font-weight: 600; text-decoration: underline; text-decoration-color: var(--accent); text-decoration-thickness: 3px; text-underline-offset: .35em }
nav .done { color: var(--good) }
nav .done::after { content: " \\2713" }
.told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 1.75rem 0 .75rem }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
a { color: var(--accent) }
code, pre { font: .9em ui-monospace, monospace; background: var(--panel); border-radius: .3rem }
code { padding: .1em .3em }
pre { padding: .75rem 1rem; overflow-x: auto; white-space: pre; overflow-wrap: normal; border: 1px solid var(--line) }
pre code { padding: 0; font-size: 1em }
label, legend { font-weight: 600 }
.field { margin: 1.25rem 0 }
.hint { margin: .15rem 0 .4rem; color: var(--soft); font-size: .92rem }
input:not([type=radio]), textarea { display: block; width: 100%; max-width: 30rem; font: inherit; padding: .45rem .6rem; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: .4rem }
textarea { font: .85rem/1.4 ui-monospace, monospace; max-width: none }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 1.5rem 0; padding: .25rem 1rem .75rem }
.choice { display: grid; grid-template-columns: auto 1fr; gap: 0 .6rem; align-items: start; margin: .75rem 0 }
.choice input { margin: .35rem 0 0 }
.choice label { display: block }
.choice .hint { margin: 0 }
button { font: inherit; font-weight: 600; padding: .55rem 1.1rem; color: var(--mainfg); background: var(--main); border: 1px solid transparent; border-radius: .4rem; cursor: pointer }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
dl { margin: 1rem 0 1.5rem; border: 1px solid var(--line); border-radius: .5rem; padding: .25rem 1rem }
dt { font-weight: 600; margin-top: .5rem }
dd { margin: 0 0 .5rem }
.faults { margin: 1rem 0; padding: .6rem 1rem; color: var(--bad); background: var(--badbg); border: 1px solid currentColor; border-radius: .5rem }
.faults p, .faults ul { margin: .2rem 0 }
.more { margin-top: 2rem; padding-top: .25rem; border-top: 1px solid var(--line); color: var(--soft) }
`;
