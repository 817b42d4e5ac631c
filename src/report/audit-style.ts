/** Rules of the audit report alone, behind those of every page. */
export const AUDIT_STYLE: string = `
.cheat{border-left:4px solid var(--gamed);background:var(--proxy-wash);padding:.8rem 1.1rem;margin:1.4rem 0;border-radius:0 4px 4px 0}
.cheat h2{border:0;margin:0 0 .4rem;padding:0;font-size:.82rem;letter-spacing:.06em;text-transform:uppercase;color:var(--proxy);font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
.cheat pre{background:var(--paper)}
.errors{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1rem;margin:1.4rem 0;max-width:44rem}
.errors>div{background:var(--panel);border-top:3px solid var(--gamed);padding:.7rem 1rem}.errors>div.fails{border-color:var(--both)}
.errors dt{font-size:.82rem;color:var(--quiet)}.errors dd{margin:.2rem 0 0;font-size:1.15rem}.errors .interval-text,.errors .count{display:block;font-size:.9rem}.errors dd.quiet{font-size:.82rem}
.scale{max-width:44rem;margin:1.4rem 0}.scale svg{width:100%;height:56px;display:block;overflow:visible}
.scale .ends{display:flex;justify-content:space-between;gap:1rem;font-size:.82rem;color:var(--quiet);font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
.scale .ends>span:last-child{text-align:right}.baseline{stroke:var(--neither);stroke-width:2}
.found{border-top:1px solid var(--grid);padding:.4rem 0 1.2rem}.found h3{margin:1rem 0 .2rem}
details.found>summary{font-size:.95rem;padding:.6rem 0}.found h3 .quiet{font-weight:400;margin-left:.4rem}
.beside{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1.2rem}.beside h4{margin:.6rem 0 0;font-size:.86rem;font-weight:600}
.beside pre,.cheat pre{white-space:pre-wrap;overflow-wrap:anywhere}.beside .score{font-size:.86rem;color:var(--quiet)}.beside .cheating h4{color:var(--proxy)}.beside .honest h4{color:var(--intent)}
.chart{max-width:34rem}.chart svg{width:100%;height:auto;display:block;overflow:visible}.chart .band{opacity:.25}.chart .line{fill:none;stroke-width:2}
.chart .proxy.line{stroke:var(--proxy)}.chart .intent.line{stroke:var(--intent)}.chart .proxy.band{fill:var(--proxy)}.chart .intent.band{fill:var(--intent)}
.chart text{font-size:12px;font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}.chart text.proxy{fill:var(--proxy)}.chart text.intent{fill:var(--intent)}
.gate td:first-child{font-weight:600;white-space:nowrap;padding-left:0}.gate .failed td:first-child,.gate .undecided td:first-child{color:var(--warn)}
.list td,.list th{text-align:left;white-space:normal}.list td{padding-right:.4rem;overflow-wrap:anywhere}.list .interval-text{white-space:nowrap}
@media (max-width:44rem){.beside,.errors{grid-template-columns:minmax(0,1fr)}}
@media print{.found,.cheat,.chart{break-inside:avoid}}`;
