import { DRAWING_STYLE } from "./drawing/style.js";

/**
 * How the pages look, in one file beside them. Every colour is a variable, so light and dark differ in one place, and each is legible on the ground it
 * stands on (WCAG AA). One accent, the letters of the machine, and no width set in the HTML: what has a length of its own is SVG.
 */
const COLOURS = `
:root { color-scheme: light dark; --bg: #fff; --panel: #f6f7f8; --fg: #1c2024; --soft: #5a636c; --line: #d5dade; --edge: #858f99; --accent: #0b6b5d; --wash: #e3f2ef; --onaccent: #fff; --abstain: #8f7bbd; --rest: #dfe4e8; --warn: #8a4b00; --warnbg: #fdf1dd; --bad: #a62b1f; --badbg: #fdeceb }
@media (prefers-color-scheme: dark) { :root { --bg: #111518; --panel: #191f23; --fg: #e4e8eb; --soft: #9eaab3; --line: #323b42; --edge: #75818b; --accent: #66cdb9; --wash: #163530; --onaccent: #06231e; --abstain: #ab98da; --rest: #39434b; --warn: #efb364; --warnbg: #33270f; --bad: #ff9d92; --badbg: #3a1d1a } }
@media (prefers-contrast: more) { :root { --soft: var(--fg); --line: var(--edge) } }`;

const FRAME = `
*, ::before, ::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100% }
body { margin: 0; background: var(--bg); color: var(--fg); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
body > header, main, body > footer { width: min(72rem, 100% - 2 * clamp(.9rem, 3vw, 2rem)); margin-inline: auto }
body > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem 2rem; padding-block: .9rem .6rem; border-block-end: 1px solid var(--line) }
.site { margin: 0; font-weight: 650 }
.site a { color: var(--fg); text-decoration: none }
.site a:hover { text-decoration: underline }
nav ul { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; margin: 0; padding: 0; list-style: none }
nav a { display: inline-block; padding-block: .25rem; color: var(--soft); text-decoration: none }
nav a:hover { color: var(--fg); text-decoration: underline }
nav a[aria-current] { color: var(--fg); font-weight: 600; box-shadow: inset 0 -2px var(--accent) }
.skip { position: absolute; inset-inline-start: .5rem; top: -10rem; z-index: 1; padding: .5rem 1rem; background: var(--accent); color: var(--onaccent) }
.skip:focus { top: .5rem }
main { padding-block: .25rem 3rem; outline: none }
body > footer { padding-block: 1rem 2.5rem; border-block-start: 1px solid var(--line); color: var(--soft); font-size: .86rem }
body > footer p { max-width: 70ch; margin: .25rem 0 }
h1 { max-width: 40ch; margin: 1.25rem 0 .5rem; font-size: 1.65rem; line-height: 1.2; letter-spacing: -.01em; text-wrap: balance }
h2 { margin: 2.25rem 0 .6rem; font-size: 1.15rem; line-height: 1.3 }
h3 { margin: 1.25rem 0 .3rem; font-size: 1rem; line-height: 1.35 }
p { margin: .5rem 0 }
p, li, dd { text-wrap: pretty }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: from-font }
a:hover { text-decoration-thickness: 2px }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px }
code { padding: .1em .35em; border-radius: 3px; background: var(--panel); font: .88em ui-monospace, monospace }
.quiet { color: var(--soft) }
.told { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.banner { margin: 1rem 0 0; padding: .6rem .9rem; border-inline-start: 4px solid var(--accent); background: var(--wash) }
.caveat { border-color: var(--warn); background: var(--warnbg) }
.warning { color: var(--warn) }
div.warning { padding: .3rem .9rem; border-inline-start: 4px solid var(--warn); background: var(--warnbg) }
.tag { display: inline-block; padding: 0 .45em; border: 1px solid var(--line); border-radius: 1em; color: var(--soft); font-size: .8rem; font-weight: 400; line-height: 1.55 }
.tag.warn { border-color: currentColor; color: var(--warn) }
.tag.done { border-color: currentColor; color: var(--accent) }
.number { font-variant-numeric: tabular-nums }
.scrolls { overflow-x: auto }
table { width: 100%; border-collapse: collapse; font-size: .94rem }
th, td { padding: .4rem .9rem .4rem 0; border-block-end: 1px solid var(--line); text-align: start; vertical-align: baseline; font-weight: 400 }
thead th { color: var(--soft); font-size: .86rem }
th[scope=row] { font-weight: 600 }
td.figure, th.figure { text-align: end; font-variant-numeric: tabular-nums }
blockquote { margin: .4rem 0; padding-inline-start: .8rem; border-inline-start: 3px solid var(--line) }
blockquote p { margin: .2rem 0 }
summary { cursor: pointer }
dl { margin: .5rem 0 }
dd { margin: 0 0 .5rem }
dt { font-weight: 600 }
label { color: var(--soft); font-size: .86rem }
input, select, button { min-height: 2.3rem; padding: .3rem .6rem; border: 1px solid var(--edge); border-radius: 4px; background: var(--bg); color: var(--fg); font: inherit; font-size: .94rem }
button { border-color: transparent; background: var(--accent); color: var(--onaccent); font-weight: 600; cursor: pointer }
@media print { nav, form, .skip { display: none } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }`;

/** The board, and the pages of members. */
const BOARD_STYLE = `
.lead { max-width: 70ch; margin: 0 0 1rem; color: var(--soft) }
.meaning { margin: 0 0 .6rem; color: var(--soft); font-size: .92rem }
h2 .number { margin-inline-start: .3em; color: var(--soft); font-weight: 400 }
.tools { display: grid; gap: .4rem; margin-block: .25rem 1rem }
.tools p { margin: 0 }
.mine p { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .6rem }
.mine input { width: 12rem }
.filters summary { width: fit-content; padding-block: .2rem; color: var(--accent) }
.filters form { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(10rem, 45%), 1fr)); gap: .6rem 1rem; padding: .8rem 0 .4rem }
.filters form p { display: grid; align-content: end }
.filters input, .filters select { width: 100% }
.filters .buttons { display: flex; align-items: center; align-self: end; gap: 1rem }
.found { padding: .6rem .9rem; border-inline-start: 4px solid var(--accent); background: var(--wash) }
.places { margin-block: .75rem 0; padding-block: .35rem; border-block: 1px solid var(--line); font-size: .92rem }
.places ul { column-gap: 1rem }
.places a { color: var(--accent) }
.places .number { color: var(--soft) }
.at { scroll-margin-top: 1rem }
.cards, .lines, .waits { margin: 0; padding: 0; list-style: none }
.card { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 23rem); gap: .1rem 2.5rem; padding-block: .85rem .95rem; border-block-start: 1px solid var(--line) }
.card h3 { margin: 0; font-size: 1.02rem }
.card p { margin: 0 }
.card h3 a, .line .title a { color: var(--fg); text-decoration: none }
.card h3 a:hover, .line .title a:hover { color: var(--accent); text-decoration: underline }
.board .facts { display: block; margin: .1rem 0 .2rem; color: var(--soft); font-size: .88rem }
.board .facts a, .missing a, .concerns .who, .turn a { color: inherit; text-decoration-color: var(--edge) }
.board .facts a:hover, .missing a:hover, .concerns .who:hover, .turn a:hover { color: var(--accent) }
.tag.disposition { border-color: currentColor; color: var(--accent); font-weight: 600 }
.card .sentence { max-width: 68ch }
.card .turn { max-width: 66ch; color: var(--soft); font-size: .94rem }
.card .turn b, .card .period b { color: var(--fg); font-weight: 600 }
.card .teams, .card .concerns, .card .gates { margin: 0; padding: 0; list-style: none; font-size: .94rem }
.card .period { margin-block-end: .7rem; font-size: .94rem }
.card .teams li + li { margin-block-start: .6rem }
.card .teams .meter { float: inline-end; margin-block-start: .25rem }
.card .teams span.team { font-weight: 600 }
.card .teams .count, .card .missing, .card .abstaining { display: block }
.card .count { font-variant-numeric: tabular-nums }
.card .missing, .card .abstaining { color: var(--soft); font-size: .88rem }
.card .concerns li, .card .gates li { max-width: 72ch; margin-block: .3rem 0; padding-inline-start: .7rem; border-inline-start: 3px solid var(--warn) }
.card .gates li { border-color: var(--edge) }
.timeline { display: block; width: 100%; height: .4rem; margin-block: .35rem .3rem }
.timeline .rest { fill: var(--rest) }
.timeline .gone { fill: var(--accent) }
.line { padding-block: .4rem; border-block-start: 1px solid var(--line) }
.line .title { display: block; font-weight: 600; font-size: .96rem; line-height: 1.35 }
.over { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 0 2.5rem }
.all { margin: .5rem 0 0 }
.pages { margin-block-start: 1.5rem }
.pages a { margin-inline-end: 1rem; color: var(--accent) }
table.members { max-width: 44rem; table-layout: fixed }
table.members th:first-child { width: 46% }
table.members .figure { padding-inline-end: 1.5rem }
.waits { max-width: 56rem }
.waits li { display: grid; grid-template-columns: minmax(5.5rem, 8rem) minmax(0, 1fr); gap: 0 1rem; padding-block: .55rem; border-block-start: 1px solid var(--line) }
.waits .length { color: var(--warn); font-weight: 600; font-variant-numeric: tabular-nums }
.waits .thing b { display: block; color: var(--soft); font-weight: 400; font-size: .92rem }
dl.data dt { margin-block-start: .7rem }
dl.data .schema { margin-inline-start: .5rem; font-weight: 400; font-size: .88rem }
dl.data dd { max-width: 70ch; color: var(--soft) }
[hidden] { display: none !important }
@media (max-width: 47rem) { .card { grid-template-columns: minmax(0, 1fr); row-gap: .6rem } .mine input { flex: 1 1 9rem; width: auto } }
@media (max-width: 30rem) { table.members { table-layout: auto } table.members .figure { padding-inline-end: .6rem } table.members thead th, table.members td { padding-inline-end: .6rem; overflow-wrap: normal } table.members td:last-child { white-space: nowrap } .waits li { grid-template-columns: minmax(0, 1fr) } .card .teams .meter { float: none; display: block; margin: 0 } }`;

export const STYLE = `${COLOURS}${FRAME}${DRAWING_STYLE}${BOARD_STYLE}`.trimStart();
