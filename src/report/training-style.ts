/** Rules of the training report alone, behind those of every page. */
export const TRAINING_STYLE: string = `
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:1.6rem 1.4rem;margin:1.4rem 0 .6rem}
.panel{margin:0}.panel svg{width:100%;height:auto;display:block;overflow:visible}
.panel figcaption{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;font-size:.82rem;margin:0 0 .3rem;color:var(--ink);max-width:none;overflow-wrap:anywhere}
.panel .interval{stroke-width:4}.panel .point.plain{fill:var(--paper);stroke:var(--quiet);stroke-width:2}
.trained{fill:var(--panel)}.curve{fill:none;stroke:var(--ink);stroke-width:1.5}.stage{stroke:var(--neither);stroke-dasharray:3 3}.panel .tick{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
.series{margin-right:.8rem;white-space:nowrap;color:var(--quiet)}
.series::before{content:"";display:inline-block;width:.6em;height:.6em;border-radius:50%;margin-right:.35em;border:2px solid var(--quiet)}
.panel .point.solid{fill:var(--ink)}.series.solid::before{background:var(--ink);border-color:var(--ink)}
.series.gamed::before{background:var(--proxy);border-color:var(--proxy)}
.counts .rate b{font-weight:600}.counts th[scope=rowgroup]{vertical-align:top;text-align:left;padding-left:0}.counts th[scope=row]{font-weight:400;text-align:left}.counts thead th:nth-child(2){text-align:left}
.list td,.list th{text-align:left;white-space:normal}.list td{padding-right:.4rem}
.list td,.list th{min-width:6rem}.list .interval-text{white-space:nowrap}
.beside{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1.6rem}
.beside>section>h4{margin:1rem 0 0;font-size:.95rem}
.findings li{margin:.5rem 0}.findings .warn{font-weight:600}
@media (max-width:52rem){.beside{grid-template-columns:1fr}}
@media print{.panel{break-inside:avoid}}`;
