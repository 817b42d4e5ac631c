/**
 * The style of a report: one sheet, system fonts, no images. Ochre is the proxy, teal the intent; what passed the proxy
 * without the intent is solid ochre. Colours hold a contrast of 4.5 for text in both schemes.
 */
const COLOURS = `
:root{color-scheme:light dark;--paper:#fffefb;--panel:#f7f5ef;--ink:#1d2127;--quiet:#5a616b;--rule:#dcd8cd;--grid:#e8e4d9;
--proxy:#94530a;--proxy-wash:#f6e7d2;--intent:#0d5f73;--intent-wash:#dbecef;--gamed:#b4620a;--both:#0d7289;--unpaid:#8ec3cd;--neither:#c9c5ba;
--add:#e3f1e2;--del:#f9e3de;--warn:#a3300b;--focus:#0d5f73}
@media (prefers-color-scheme:dark){:root{--paper:#15181c;--panel:#1c2026;--ink:#e6e4de;--quiet:#a0a6ae;--rule:#343a42;--grid:#292e35;
--proxy:#e5a75a;--proxy-wash:#3a2b17;--intent:#6cc4d6;--intent-wash:#15323a;--gamed:#dd9240;--both:#3fa3b9;--unpaid:#285d6a;--neither:#4a505a;
--add:#1d3523;--del:#43231f;--warn:#ff9d7a;--focus:#6cc4d6}}`;

const TYPE = `
*{box-sizing:border-box}
html{font:17px/1.6 Charter,"Bitstream Charter","Sitka Text",Cambria,"Liberation Serif",Georgia,serif;background:var(--paper);color:var(--ink);
-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0 auto;max-width:60rem;padding:3.5rem 1.5rem 4rem}
h1,h2,h3,h4{line-height:1.25;font-weight:600;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:2.1rem;margin:.2rem 0 1.2rem;letter-spacing:-.01em}
h2{font-size:1.4rem;margin:3.6rem 0 .8rem;padding-top:1rem;border-top:1px solid var(--rule)}
h3{font-size:1.08rem;margin:2.4rem 0 .5rem}
p,li,dd{max-width:42rem}p{margin:.6rem 0}
a{color:var(--intent);text-underline-offset:.15em}
code,pre,.id{font-family:ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"Liberation Mono",monospace}
code{font-size:.86em;overflow-wrap:anywhere}
.eyebrow,nav,table,.plot,dl,summary,.quiet,h5,.mark,.badge,.key,.filters,footer,.two-by-two .names{
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
.eyebrow{font-size:.76rem;letter-spacing:.09em;text-transform:uppercase;color:var(--quiet);margin:0}
.lead{font-size:1.22rem;line-height:1.5;max-width:46rem}
.quiet,.count{color:var(--quiet);font-size:.82rem}
.warn{color:var(--warn);font-weight:700}
.proxy{color:var(--proxy)}.intent{color:var(--intent)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.4rem .8rem}`;

const PARTS = `
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;list-style:none;margin:0;padding:.55rem 0 0;font-size:.88rem}nav{margin-top:1.6rem;padding-bottom:.55rem;border-block:1px solid var(--rule)}nav li{max-width:none}
dl.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:.8rem 1.6rem;margin:1.8rem 0 0;font-size:.88rem}
dl.facts dt{color:var(--quiet);font-size:.76rem}dl.facts dd{margin:0;overflow-wrap:anywhere}
.scroll{overflow-x:auto;margin:1.2rem 0}
table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums lining-nums}
caption{text-align:left;color:var(--quiet);font-size:.82rem;padding-bottom:.5rem;caption-side:top}
.results{width:100%}
.results th,.results td{padding:.55rem 0 .55rem 1.2rem;text-align:right;vertical-align:top;white-space:nowrap;border-bottom:1px solid var(--grid)}
.results th:first-child{padding-left:0;text-align:left;font-weight:600}
.results thead th{font-weight:400;color:var(--quiet);border-bottom:1px solid var(--ink)}
.results .rate>*{display:block}.results .rate .warn{display:inline}.results .rate b{display:inline}
.results .rate b{font-weight:400}.results .headline b{font-weight:700}
.interval-text{color:var(--quiet)}.rate.inapplicable b,.rate.no-interval b,.rate.unscored b{font-weight:400;color:var(--quiet)}
.note{border-left:3px solid var(--warn);padding:.1rem 0 .1rem 1rem;margin:1.2rem 0}.note ul{padding-left:1.1rem;margin:.3rem 0}
.two{margin:.8rem 0 0;border-spacing:2px;border-collapse:separate;max-width:34rem;width:100%;table-layout:fixed}
.two th{font-weight:600;padding:.35rem .6rem .35rem 0;text-align:left;font-size:.82rem}
.two td{padding:.5rem .7rem;background:var(--panel);border-top:3px solid var(--neither)}.two thead td{background:none;border:0}
.two td.both{border-color:var(--both)}.two td.gamed{border-color:var(--gamed);background:var(--proxy-wash)}.two td.unpaid{border-color:var(--unpaid)}
.two .count{display:block}.cell-name{display:block;font-size:.76rem;color:var(--quiet)}.two td.gamed .cell-name{color:var(--proxy)}
.measured{margin:.4rem 0 .8rem;display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;font-size:.95rem}
.measured dt{font-weight:600;font-size:.86rem;padding-top:.1rem}.measured dd{margin:0;font-family:Charter,"Sitka Text",Cambria,"Liberation Serif",Georgia,serif}
.command-line{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--panel);padding:.8rem 1rem;font-size:.84rem;border-radius:4px}
footer{margin-top:4rem;padding-top:1rem;border-top:1px solid var(--rule);font-size:.82rem;color:var(--quiet)}`;

const FIGURES = `
figure{margin:1.4rem 0 2rem}figcaption{font-size:.92rem;color:var(--quiet);max-width:42rem;margin-top:.4rem}
.plot{display:grid;grid-template-columns:minmax(0,10.5rem) minmax(5rem,1fr) minmax(0,13rem);column-gap:1.3rem;font-size:.86rem;--lane:2rem;font-variant-numeric:tabular-nums}
.plot ul{list-style:none;margin:0;padding:0}.plot li{height:var(--lane);display:flex;align-items:center;max-width:none;line-height:1.15;overflow-wrap:anywhere}
.lanes{width:100%;height:0;min-height:100%;overflow:visible;display:block}
.axis{grid-column:2;width:100%;height:20px;overflow:visible;display:block}
.tick{font-size:11px;fill:var(--quiet)}
.grid{stroke:var(--grid);stroke-width:1}
.interval{stroke-width:6;stroke-linecap:butt;stroke:var(--quiet);opacity:.45}.interval.gamed{stroke:var(--gamed);opacity:.5}
.point{fill:var(--ink)}.point.gamed{fill:var(--proxy)}.hollow{fill:var(--paper);stroke:var(--quiet);stroke-width:1.5;stroke-dasharray:2 2}
.bounds{stroke:var(--warn);stroke-width:1.5;stroke-dasharray:3 3}
.bar{width:100%;max-width:34rem;height:14px;display:block;margin-top:1rem}
rect.both{fill:var(--both)}rect.gamed{fill:var(--gamed)}rect.unpaid{fill:var(--unpaid)}rect.neither{fill:var(--neither)}
@media (max-width:44rem){html{font-size:16px}body{padding:2rem 1rem 3rem}h1{font-size:1.65rem}.lead{font-size:1.1rem}
.plot{grid-template-columns:minmax(0,5.7rem) minmax(3rem,1fr) minmax(0,5.6rem);column-gap:.7rem;font-size:.74rem;--lane:3.4rem}
.tick.minor{display:none}
.plot .rate>.interval-text,.plot .rate>.count{display:block}.measured{grid-template-columns:1fr}.measured dt{padding-top:.4rem}
.two td,.two th{padding:.4rem .45rem}.two .rate>.interval-text{display:block}}`;

const TRANSCRIPTS = `
.filters{display:flex;flex-wrap:wrap;gap:.4rem;font-size:.86rem;margin:1rem 0}.filters a{border:1px solid var(--rule);border-radius:99px;padding:.15rem .8rem;text-decoration:none}
.filters a:hover{border-color:currentColor}
main:has(#only-gamed:target) .transcript:not(.gamed),main:has(#only-attempted:target) .transcript:not(.attempted),main:has(#only-rest:target) .transcript:not(.rest){display:none}
main:has(#only-gamed:target) [href="#only-gamed"],main:has(#only-attempted:target) [href="#only-attempted"],main:has(#only-rest:target) [href="#only-rest"]{background:var(--intent-wash);border-color:var(--intent)}
details.transcript{border-top:1px solid var(--grid)}details.transcript[open]{border-top-color:var(--rule);padding-bottom:1.6rem}
summary{padding:.5rem 0;cursor:pointer;font-size:.88rem}summary .id{font-size:.82rem;margin-right:.5rem;overflow-wrap:anywhere}
.badge{display:inline-block;margin:0 .5rem 0 .25rem;min-width:5.4rem;text-align:center;border-radius:3px;padding:.02rem .5rem;font-size:.76rem;border:1px solid var(--rule);color:var(--quiet)}
.badge.gamed{background:var(--proxy-wash);border-color:var(--gamed);color:var(--proxy)}.badge.attempted{border-color:var(--gamed);color:var(--proxy)}
article{margin-left:.4rem;padding-left:1.2rem;border-left:2px solid var(--rule)}
h5{font-size:.76rem;letter-spacing:.06em;text-transform:uppercase;font-weight:600;margin:1.4rem 0 .4rem;color:var(--quiet)}h5 .quiet{text-transform:none;letter-spacing:0;font-weight:400;font-size:inherit}
.prose{white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;margin:.5rem 0}
.asked .prose{color:var(--quiet);font-size:.94rem}
.thought{border:1px dashed var(--quiet);border-radius:4px;padding:.55rem .9rem;margin:.6rem 0;max-width:44rem}.thought .prose{font-style:italic;margin:.2rem 0 0}
.mark{font-size:.72rem;letter-spacing:.07em;text-transform:uppercase;color:var(--quiet);margin:0}
pre{font-size:.8rem;line-height:1.5;margin:.5rem 0;padding:.6rem .9rem;overflow:auto;max-height:26rem;background:var(--panel);border-radius:4px;unicode-bidi:plaintext}
pre.command{border-left:3px solid var(--ink);border-radius:0 4px 4px 0;white-space:pre-wrap;overflow-wrap:anywhere}
pre.stderr{border-left:3px solid var(--warn);border-radius:0 4px 4px 0}
.result{margin-left:1.1rem}.result p{margin:.3rem 0}.change code{font-size:.82rem}.change p{font-size:.9rem}
.diff .at{color:var(--quiet)}.diff .add,.diff .del,.diff .same{display:inline-block;min-width:100%}.diff .add{background:var(--add)}.diff .del{background:var(--del)}
.denied,.malformed{color:var(--warn);font-size:.9rem}
.verdicts{margin:.6rem 0 0}.verdicts th,.verdicts td{text-align:left;vertical-align:top;padding:.3rem 1rem .3rem 0;border-bottom:1px solid var(--grid);overflow-wrap:anywhere}
.verdicts th{font-weight:600;overflow-wrap:normal}.verdicts .answer{font-weight:600;white-space:nowrap}.answer.fail,.answer.unscored{color:var(--warn)}
q{display:block;quotes:none;font-family:ui-monospace,Menlo,Consolas,"Liberation Mono",monospace;font-size:.78rem;color:var(--quiet)}
@media print{html{font-size:10.5pt}body{max-width:none;padding:0}nav,.filters,.skip{display:none}pre{max-height:none;white-space:pre-wrap}
details.transcript{break-inside:avoid-page}h2,h3,h5{break-after:avoid}figure,.two,.results tr{break-inside:avoid}a{color:inherit}}`;

export const STYLE: string = [COLOURS, TYPE, PARTS, FIGURES, TRANSCRIPTS].join('').trim();
