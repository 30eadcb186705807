/**
 * How drawings look, and the pages of one proposal, of decisions, teams and figures: by classes alone, in the colours of the pages, so that they
 * change with light and dark.
 */
const DRAWINGS = `
svg.drawing { display: block; width: 100%; height: auto; font-size: 12px; fill: var(--fg) }
svg.wide { min-width: 44rem; max-width: 62rem }
svg.fitting { max-width: 34rem }
figure { margin: .5rem 0 }
figcaption { margin-block-start: .4rem; color: var(--soft); font-size: .86rem }
.drawing text { font-family: system-ui, sans-serif; font-variant-numeric: tabular-nums }
.drawing .axis line { stroke: var(--line); stroke-width: 1 }
.drawing .axis text, .drawing text.lane, .drawing .words text { fill: var(--soft) }
.drawing text.lane { font-weight: 600 }
.drawing .base { stroke: var(--edge) }
.drawing .now { stroke: var(--accent); stroke-width: 1.5; stroke-dasharray: 3 3 }
.mark, .many circle { stroke: var(--bg); stroke-width: 1.5; fill: var(--soft) }
.many text { fill: var(--bg); font-size: 10px; font-weight: 600 }
.yes.mark, .yes.many circle, .done.mark, .done.many circle { fill: var(--accent) }
.abstain.mark { fill: var(--bg); stroke: var(--abstain); stroke-width: 2.5 }
.abstain.many circle { fill: var(--bg); stroke: var(--abstain); stroke-width: 2.5 }
.abstain.many text { fill: var(--fg) }
.warn.mark, .warn.many circle, .no.mark, .no.many circle { fill: var(--warn) }
.stopped.mark, .stopped.many circle { fill: var(--bad) }
.mixed.many circle { fill: var(--fg) }
.drawing .span.open { fill: var(--warn) }
.drawing .span.resolved { fill: var(--rest) }
.drawing .span.ran { fill: var(--accent) }
.drawing .span.ahead { fill: var(--wash); stroke: var(--accent); stroke-dasharray: 3 3 }
.drawing .end { stroke: var(--fg); stroke-width: 1.5 }
.drawing .concerns text { font-size: 9.5px }
.drawing .concerns text.onopen { fill: var(--bg) }
.drawing .columns rect, .bar.first { fill: var(--accent); background: var(--accent) }
.bar.second { fill: var(--warn); background: var(--warn) }
.bar.third { fill: var(--abstain); background: var(--abstain) }
.drawing .box { fill: var(--wash); stroke: var(--accent) }
.drawing .median { stroke: var(--fg); stroke-width: 1.5 }
.drawing .said { font-weight: 600 }
.drawing .value { font-weight: 600 }
.meter { width: 10rem; max-width: 100%; height: 1rem; vertical-align: -.15em }
.meter .rest { fill: var(--rest) }
.meter .yes { fill: var(--accent) }
.meter .abstained { fill: var(--abstain) }
.meter .gap { stroke: var(--bg); stroke-width: 1.5 }
.meter .needed { stroke: var(--fg); stroke-width: 2 }
@media (forced-colors: active) { .drawing, .meter { forced-color-adjust: none; background: var(--bg) } }`;

const PROPOSAL = `
h1 .number { color: var(--soft); font-weight: 400 }
.standing .sentence { max-width: 70ch; font-size: 1.1rem }
.standing .place { font-size: .9rem }
.place.fcp, .place.proposed, .place.merged, .place.finished { border-color: currentColor; color: var(--accent) }
.place.rejected, .place.undecided, .place.obsolete, .place.postponed { border-color: currentColor; color: var(--bad) }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: .4rem 2rem; margin-block: 1rem }
.facts dt { color: var(--soft); font-size: .86rem; font-weight: 400 }
.facts dd { margin: 0 }
.count svg { margin-inline-end: .5rem }
table.votes { max-width: 60rem }
.votes th:first-child { min-width: 8.6rem }
.votes .choice { overflow-wrap: normal }
.votes td:last-child { width: 55% }
table.votes td:last-child { padding-inline-end: 0 }
@media (max-width: 30rem) { .votes th, .votes td { padding-inline-end: .5rem } }
tr.spoken > * { border-block-end: none }
tr.beneath td { padding-block-start: 0; padding-inline-start: 1rem }
table.votes time, .events time { white-space: nowrap }
.choice.yes { color: var(--accent); font-weight: 600 }
.choice.none { color: var(--soft) }
td > .said:first-child { margin-block-start: 0 }
.said { max-width: 70ch }
.former { margin: .2rem 0; padding: 0; list-style: none; color: var(--soft); font-size: .9rem }
ul.concerns, ul.gates, ol.decisions, ol.versions, ul.turnout, ul.labels, ul.labelled, ul.uncovered { padding: 0; list-style: none }
ul.concerns > li, ul.gates > li { padding-inline-start: .9rem; border-inline-start: 3px solid var(--line); margin-block: .9rem }
ul.concerns > li.open, ul.gates > li.unmet, ul.gates > li.unknown { border-color: var(--warn) }
ul.concerns h3, ul.gates p { margin-block: .1rem }
ol.events { padding: 0; list-style: none }
ol.events > li { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 0 1rem; padding-block: .3rem; border-block-end: 1px solid var(--line) }
.events .when { font-variant-numeric: tabular-nums; font-size: .94rem }
ul.labels { display: flex; flex-wrap: wrap; gap: .3rem }
@media (max-width: 40rem) { ol.events > li { grid-template-columns: 1fr } }`;

const OTHERS = `
nav.years { margin-block: 1rem }
.decisions > li { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 31rem); gap: 0 2rem; padding-block: .8rem; border-block-end: 1px solid var(--line) }
.decisions h3, .decisions p { margin-block: .15rem }
.decisions .turnout { margin: .2rem 0 }
.decisions .turnout svg { margin-inline-end: .5rem }
.decisions .turnout span { display: inline-block }
code.verify { display: inline-block; padding: .2rem .5rem; user-select: all; overflow-wrap: anywhere }
@media (max-width: 56rem) { .decisions > li { grid-template-columns: minmax(0, 1fr) } }
ul.labelled { columns: 22rem; column-gap: 2rem }
ul.labelled > li { margin-block-end: .35rem; break-inside: avoid }
.domains { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: .3rem 2rem }
.takes ul { margin: .1rem 0; padding-inline-start: 1.1rem }
.versions > li { padding-inline-start: .9rem; border-inline-start: 3px solid var(--line); margin-block: .9rem }
.versions p { margin: 0 }
.versions ul { margin: .1rem 0; padding-inline-start: 1.1rem }
.roster table { max-width: 48rem }
.roster th:first-child { width: 55% }
.roster th .quiet { font-weight: 400; font-size: .86rem }
form.day { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; margin-block: 1rem }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(28rem, 100%), 1fr)); gap: 1rem 3rem }
.figures > section { min-width: 0 }
.figures h2 { margin-block-start: 1rem }
.key { display: block; margin-block-start: .3rem; color: var(--soft); font-size: .86rem }
.key .bar { display: inline-block; width: .8em; height: .8em; margin-inline-start: .6em; border-radius: 2px }
table.numbers td { text-align: end; font-variant-numeric: tabular-nums }
table.numbers thead th + th { text-align: end }`;

export const DRAWING_STYLE = `${DRAWINGS}${PROPOSAL}${OTHERS}`;
