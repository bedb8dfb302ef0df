"""The small style sheet and the small script of the standalone page."""

STYLE = """
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:16px/1.5 Inter,'Segoe UI',Roboto,Arial,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0}
.skip{position:absolute;left:-999px;top:0;background:var(--ink);color:var(--on-ink);padding:.6em 1em;z-index:3}
.skip:focus{left:0}
.switch{position:absolute;opacity:0;width:1px;height:1px}
nav{display:inline-flex;gap:2px;margin:16px 2.8vw 0;padding:3px;border-radius:10px;background:var(--sand)}
nav label{padding:.35em 1em;min-height:24px;border-radius:8px;font-weight:600;cursor:pointer}
.view{display:none}
.scroll{overflow-x:auto;overscroll-behavior-x:contain}
.scroll:focus-visible{outline:3px solid var(--trail);outline-offset:-3px}
.view svg{display:block;width:100%;min-width:var(--least);max-width:var(--most);height:auto;margin:0 auto}
.view .hit{cursor:help}
.view g[data-tip]:hover>.hit{fill:var(--trail);fill-opacity:.09}
.view g[data-tip]:focus{outline:none}
.view g[data-tip]:focus-visible>.hit{stroke:var(--trail);stroke-width:2.5}
#tip{position:fixed;z-index:2;max-width:min(26rem,92vw);padding:.7em .9em;border-radius:10px;background:var(--ink);color:var(--on-ink);
font-size:.875rem;line-height:1.45;box-shadow:0 6px 24px rgb(0 0 0/.25);pointer-events:none}
#tip[hidden]{display:none}
.cards,.phone{display:none}
#data{padding:0 2.8vw 3rem}
#data h2{font-size:1.1rem}
details{border-top:1px solid var(--line);padding:.6em 0}
summary{cursor:pointer;font-weight:600;min-height:24px}
table{border-collapse:collapse;margin:.6em 0;font-size:.875rem}
caption{position:absolute;left:-9999px}
th,td{text-align:left;vertical-align:top;padding:.45em .9em .45em 0;border-bottom:1px solid var(--line);min-width:7rem}
th{font-weight:600}
@media (max-width:760px){
.phone{display:block;font-size:1.35rem;line-height:1.25;margin:1.1rem 1rem .4rem}
nav{display:flex;margin:1rem 1rem 0}nav label{flex:auto;text-align:center;padding:.55em .6em;font-size:.875rem}
.cards{display:block;padding:0 1rem}
.cards article{margin:1rem 0;border-top:6px solid var(--sand);padding-top:.4rem}
.cards article.deal{border-color:var(--ink)}
.cards h2{margin:.3rem 0;font-size:1.2rem}
.cards p{margin:.35rem 0}
.cards .break{background:var(--break-tint);border-radius:10px;padding:.6em .8em;font-size:.875rem}
.cards .break strong{display:block;font-size:1.35rem;color:var(--break)}
.cards .bar{position:relative;padding-top:14px;font-size:.875rem}
.cards .bar span{position:absolute;left:0;top:0;height:9px;background:var(--trail);border-radius:2px}
.cards .bar::before{content:"";position:absolute;left:0;right:0;top:0;height:9px;background:var(--break-band);border-radius:2px}
.cards dl{margin:.6rem 0}.cards dt{font-weight:600;font-size:.875rem;color:var(--muted)}.cards dd{margin:0 0 .5rem}
.cards ul{margin:0;padding:0;list-style:none}.cards li{margin:.15rem 0}.cards small{color:var(--muted);font-size:.75em}
#data{padding:0 1rem 3rem}
}
@media print{@page{size:A3 landscape;margin:6mm}nav,.skip,#data,#tip,.cards{display:none!important}.scroll{overflow:visible}
.view svg{min-width:0;width:100%;max-height:96vh}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
"""
"""No colours but the roles'; nothing is fetched."""

SCRIPT = """
(()=>{const tip=document.getElementById('tip');let now=null;
const hide=()=>{tip.hidden=true;now=null};
const show=g=>{if(now===g)return;now=g;tip.textContent=g.dataset.tip;tip.hidden=false;
const r=g.getBoundingClientRect(),t=tip.getBoundingClientRect(),m=8;
let x=Math.min(Math.max(m,r.left+r.width/2-t.width/2),innerWidth-t.width-m);
let y=r.bottom+m;if(y+t.height>innerHeight-m)y=Math.max(m,r.top-t.height-m);
tip.style.left=x+'px';tip.style.top=y+'px'};
const find=e=>e.target.closest&&e.target.closest('g[data-tip]');
addEventListener('pointerover',e=>{const g=find(e);g?show(g):hide()});
addEventListener('focusin',e=>{const g=find(e);g?show(g):hide()});
addEventListener('keydown',e=>{if(e.key==='Escape')hide()});
addEventListener('scroll',hide,true)})();
"""
"""Shows a tip at what the pointer or the keyboard is on. Without it the page loses only the tips, whose content the tables have too."""
