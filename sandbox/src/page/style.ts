/** One sheet for all pages. Colours are pairs with a contrast of at least 4.5 to 1 in both schemes. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1f2328;--soft:#59636e;--line:#d1d9e0;--panel:#f6f8fa;--accent:#0969da;--accent-fg:#fff;--good:#1a7f37;--bad:#cf222e;--wait:#9a6700;--done:#8250df;--goodbg:#dafbe1;--waitbg:#fff8c5;--badbg:#ffebe9;--accentbg:#ddf4ff;--btn:#f6f8fa}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9aa4af;--line:#3d444d;--panel:#151b23;--accent:#4493f8;--accent-fg:#0d1117;--good:#3fb950;--bad:#f85149;--wait:#d29922;--done:#ab7df8;--goodbg:#12261e;--waitbg:#272115;--badbg:#25171c;--accentbg:#121d2f;--btn:#212830}}
*{box-sizing:border-box}
html{scroll-padding:1rem 0}
body{margin:0;overflow-wrap:break-word;background:var(--bg);color:var(--fg);font:15px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif}
a{color:var(--accent)}
a:not(:hover):not(.plain){text-decoration-color:color-mix(in srgb,var(--accent) 40%,transparent)}
a code{background:color-mix(in srgb,var(--accent) 7%,transparent)}
a.plain{color:inherit;text-decoration:none}a.plain:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 .35rem;font-weight:600}h2{font-size:1.05rem;margin:0 0 .6rem}h3,h4,h5,h6{font-size:1rem;margin:0}
code,pre,textarea,kbd{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86em}
code{overflow-wrap:anywhere;background:color-mix(in srgb,var(--soft) 16%,transparent);padding:.15em .35em;border-radius:5px}
pre{background:var(--panel);border:1px solid var(--line);padding:.7rem;border-radius:6px;overflow:auto;margin:.5rem 0}pre code{background:none;padding:0}
.skip{position:absolute;left:-99rem}.skip:focus{left:.5rem;top:.5rem;background:var(--bg);padding:.4rem .7rem;z-index:9}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.soft{color:var(--soft)}.small{font-size:.86em}.right{text-align:right}.center{text-align:center}
header.top{border-bottom:1px solid var(--line);background:var(--panel)}
.bar{max-width:1180px;margin:0 auto;padding:.7rem 1.1rem;display:flex;gap:.5rem 1.3rem;align-items:center;flex-wrap:wrap}
.bar .name{font-weight:600}.bar nav{display:flex;gap:0 .9rem;flex-wrap:wrap}.bar a{padding:.15rem 0}
.clock{margin-left:auto;display:flex;gap:.45rem;align-items:center;flex-wrap:wrap}.clock time{font-variant-numeric:tabular-nums;font-weight:600}
.short{display:none}
.page{max-width:1180px;margin:0 auto;padding:1.2rem 1.1rem 4rem;display:grid;grid-template-columns:minmax(0,1fr) 19rem;gap:1.6rem}main{min-width:0}main:focus{outline:0}
aside{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:1.2rem 2px 1rem;margin:-1.2rem 0 0}aside section,.card{border:1px solid var(--line);border-radius:8px;padding:.8rem .9rem;margin-bottom:1rem;background:var(--bg)}
aside h2{font-size:.95rem}
@media (max-width:900px){main *{scroll-margin-top:4.2rem}aside{position:static;max-height:none}.page{grid-template-columns:minmax(0,1fr)}.clock{margin-left:0}
#people{display:none}.short{display:block;position:sticky;top:0;z-index:6;background:var(--panel);border-bottom:1px solid var(--line)}
.short form{display:flex;gap:.5rem;align-items:center;padding:.4rem 1.1rem;min-height:3.1rem}.short .who{flex:0 1 auto;min-width:0;font-size:.9rem;line-height:1.25;overflow-wrap:anywhere}.short select{flex:1 1 6rem;min-width:5rem;width:5rem}.short button{flex:none}}
button,.button{font:inherit;font-size:.9rem;font-weight:500;line-height:1.3;min-height:1.75rem;min-width:1.75rem;text-align:start;overflow-wrap:anywhere;padding:.32rem .75rem;border:1px solid var(--line);border-radius:6px;background:var(--btn);color:var(--fg);cursor:pointer;text-decoration:none;display:inline-block}
button:hover{border-color:var(--soft)}
button.main{background:#1f883d;border-color:#1a7f37;color:#fff}@media (prefers-color-scheme:dark){button.main{background:#238636;border-color:#2ea043}}
button.link{border:0;background:none;padding:0 .2rem;text-align:center;color:var(--accent);font-weight:400;text-decoration:underline}
button[aria-disabled]{opacity:.6;cursor:progress}button[aria-busy]::after{content:" …"}
button.command{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.82rem;font-weight:400}
input[type=text],input[type=number],select,textarea{font:inherit;color:var(--fg);background:var(--bg);border:1px solid color-mix(in srgb,var(--soft) 70%,var(--line));border-radius:6px;padding:.32rem .55rem;max-width:100%;min-height:1.75rem}input[type=checkbox]{width:1.5rem;height:1.5rem;margin:0 .2rem 0 0;vertical-align:middle}
label.wide{flex:1 1 100%}.wide input{width:100%;max-width:40rem;display:block}
textarea{width:100%;min-height:6rem;display:block;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86rem}
label{font-size:.9rem}.row,.row>form,.row>label{min-width:0}.row{display:flex;gap:.5rem;flex-wrap:wrap;align-items:center}form>.row+.row,form>label+.row,textarea+.row{margin-top:.55rem}
.people{list-style:none;margin:0 0 .5rem;padding:0}.people button{width:100%;text-align:left;border:1px solid transparent;background:none;display:flex;gap:.5rem;align-items:center;padding:.16rem .35rem;font-weight:400}
.people button:hover{background:var(--panel)}.people button[aria-pressed=true]{background:var(--accentbg);border-color:var(--accent)}
.people .who{font-weight:600;overflow-wrap:anywhere}.people .role{color:var(--soft);font-size:.8rem;margin-left:auto;text-align:right}.people .avatar{width:1.45rem;height:1.45rem;font-size:.62rem}
aside h3{font-size:.8rem;color:var(--soft);font-weight:600;margin:.2rem 0 .1rem}
.avatar{display:inline-grid;place-items:center;width:1.7rem;height:1.7rem;border-radius:50%;font-size:.72rem;font-weight:600;color:#fff;flex:none}
.avatar.clerk{border-radius:6px}
.label{display:inline-block;margin:.08rem 0;border-radius:2em;padding:.08rem .6rem;font-size:.78rem;font-weight:600;line-height:1.5;overflow-wrap:anywhere;border:1px solid rgb(0 0 0/.12)}
@media (prefers-color-scheme:dark){.label{border-color:rgb(255 255 255/.2)}}
.state{display:inline-flex;align-items:center;gap:.3rem;border-radius:2em;padding:.2rem .75rem;font-weight:600;font-size:.87rem;color:#fff;background:#1a7f37}.state.draft{background:#59636e}.state.merged{background:#8250df}.state.closed{background:#cf222e}
.proposals{width:100%;border-collapse:collapse}.proposals th{text-align:left;font-size:.82rem;color:var(--soft);font-weight:600;padding:.3rem .6rem}
.proposals td{border-top:1px solid var(--line);padding:.6rem;vertical-align:top}.proposals td:first-child{width:55%}.proposals a.title{font-weight:600}
.proposals .labels{margin-top:.25rem;display:flex;gap:.25rem;flex-wrap:wrap}
@media (max-width:700px){.proposals thead{position:absolute;clip-path:inset(50%)}.proposals tr{display:block;border-top:1px solid var(--line);padding:.5rem 0}.proposals td,.proposals td:first-child{display:block;width:auto;border:0;padding:.2rem 0}}
.check{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.1rem .6rem}.dot{width:.8rem;height:.8rem;border-radius:50%;margin-top:.36rem;flex:none;background:var(--soft)}
.dot.success{background:var(--good)}.dot.failure,.dot.action_required{background:var(--bad)}.dot.in_progress,.dot.queued{background:none;border:3px solid var(--wait)}
.trial{background:var(--accentbg);border:1px solid color-mix(in srgb,var(--accent) 45%,transparent);border-radius:8px;padding:1rem 1.2rem;margin:.9rem 0 1.4rem}.trial ol{margin:.4rem 0 0;padding-left:1.35rem}.trial li{margin:.3rem 0}
#notice:has(button){position:sticky;top:.5rem;z-index:5}@media (max-width:900px){#notice:has(button){top:3.6rem}}.notice button{margin:-.1rem 0;float:right}.notice::after{content:"";display:block;clear:both}.notice{box-shadow:0 4px 14px rgb(0 0 0/.18);border:1px solid;border-radius:8px;padding:.6rem .9rem;margin-bottom:1rem}.notice.refused,.notice.wrong{background:var(--badbg);border-color:var(--bad)}.notice.working{background:var(--waitbg);border-color:var(--wait)}.notice.told{background:var(--goodbg);border-color:var(--good)}
.timeline{list-style:none;margin:0;padding:0}
.entry{margin:0 0 1rem;scroll-margin-top:1rem}.entry:target>.box{border-color:var(--accent);box-shadow:0 0 0 2px color-mix(in srgb,var(--accent) 30%,transparent)}
.box{border:1px solid var(--line);border-radius:8px;overflow:hidden}.box.clerk{border-color:color-mix(in srgb,var(--accent) 55%,var(--line))}
.box>header{background:var(--panel);border-bottom:1px solid var(--line);padding:.4rem .8rem;display:flex;gap:.5rem;align-items:center;flex-wrap:wrap;font-size:.9rem}
.box.clerk>header{background:var(--accentbg)}
.box .body{padding:.75rem .95rem}.box .foot{padding:.35rem .9rem;border-top:1px solid var(--line);display:flex;gap:1rem;flex-wrap:wrap;font-size:.85rem;align-items:baseline}
.badge{border:1px solid var(--line);border-radius:2em;padding:0 .5rem;font-size:.76rem;color:var(--soft);font-weight:500}
.event{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.15rem .6rem;align-items:start;margin:0 0 .8rem .55rem;font-size:.9rem}.event details.more{display:inline-block;margin-left:.5rem;vertical-align:top}.event .avatar{width:1.35rem;height:1.35rem;font-size:.6rem}
.review{margin-left:.55rem;margin-bottom:.4rem}.review .mark{font-weight:600}.mark.APPROVED{color:var(--good)}.mark.CHANGES_REQUESTED{color:var(--bad)}
.markdown{overflow-wrap:break-word}.markdown table,.proposals{overflow-wrap:normal}.markdown>:first-child{margin-top:0}.markdown>:last-child{margin-bottom:0}.markdown p{margin:.55rem 0;white-space:pre-line}
.markdown ul,.markdown ol{margin:.4rem 0;padding-left:1.5rem}.markdown li.task{list-style:none;margin-left:-1.3rem}.markdown h4,.markdown h5,.markdown h6{margin:.95rem 0 .4rem}
.markdown table{border-collapse:collapse;margin:.5rem 0}.markdown th,.markdown td{border:1px solid var(--line);padding:.28rem .65rem}.markdown th{text-align:left}.markdown th.right,.markdown td.right{text-align:right}
.markdown blockquote{margin:.5rem 0;padding-left:.8rem;border-left:3px solid var(--line);color:var(--soft)}.markdown details{margin:.5rem 0}.scroll{overflow-x:auto;max-width:100%}
.tick{position:relative;width:1.75rem;height:1.75rem;padding:0;border:0;background:none;vertical-align:middle;margin:-.3rem -.1rem -.3rem -.3rem;display:inline-grid;place-items:center;line-height:1;font-size:.8rem;font-weight:700}
.tick span{display:grid;place-items:center;width:1.15rem;height:1.15rem;border:1.5px solid var(--soft);border-radius:4px;background:var(--bg)}
.tick[aria-checked=true] span{background:var(--accent);border-color:var(--accent);color:var(--accent-fg)}.tick:hover span{border-color:var(--accent)}
summary{cursor:pointer;padding:.15rem 0;min-height:1.6rem}details.more{font-size:.9rem}details.more>summary{color:var(--accent)}details.more[open]>summary{margin-bottom:.5rem}
.deeds{list-style:none;margin:0;padding:0;font-size:.85rem}.deeds>li{padding:.35rem 0;border-top:1px solid var(--line)}.deeds>li:first-child{border-top:0}.deeds ul{margin:.1rem 0 0;padding-left:1.05rem}
.deeds time{color:var(--soft);font-size:.8rem}
dl.facts{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.15rem .7rem;margin:0;font-size:.9rem}dl.facts dt{color:var(--soft)}dl.facts dd{margin:0}
.merge{border:1px solid var(--line);border-radius:8px;padding:.75rem .95rem;margin:1rem 0}
.diff{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.82rem;white-space:pre-wrap}.diff ins{background:var(--goodbg);text-decoration:none;display:block}.diff del{background:var(--badbg);text-decoration:none;display:block}
footer{max-width:1180px;margin:0 auto;padding:0 1.1rem 2rem;color:var(--soft);font-size:.85rem}
@media (prefers-reduced-motion:no-preference){[data-fresh]>.box{animation:fresh 2.5s}@keyframes fresh{from{box-shadow:0 0 0 3px var(--accent)}}}
`;
