/** An audit as one static page to share: no script, no request, every string of an answer or a grader escaped. */
import { type GateResult, gateText } from '../audit/gate.ts';
import type { AuditReport } from '../record/audit-report.ts';
import { bestOfNFigure, gameabilityScale, searchFigure } from './audit-figures.ts';
import { besideHonest, findingsMarkup, invariancesMarkup } from './audit-findings-html.ts';
import { countWords, findingGroups, leadingFinding } from './audit-groups.ts';
import { auditHeadline } from './audit-headline.ts';
import { criticalWarnings, isHonestOutOfRange, noiseOf, otherWarnings } from './audit-lead.ts';
import { faultsMarkup, repairMarkup, selfEvaluationMarkup, triedMarkup } from './audit-parts-html.ts';
import { AUDIT_STYLE } from './audit-style.ts';
import { todoOf } from './audit-todo.ts';
import { type AuditView, inputText, searchWords, sizeWords } from './audit-words.ts';
import { rateMarkup } from './figure.ts';
import { methodsOf, thousands } from './format.ts';
import { block, type Fragment, type Html, h } from './markup.ts';
import { page } from './page.ts';

export interface AuditPageOptions {
  readonly gates?: readonly GateResult[];
  /** How to run it again. */
  readonly command?: string;
}

const fact = (name: string, value: string): Html => h`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const facts = (report: AuditReport): Html => {
  const { subject, detail } = report;
  const { worst, best, pass } = subject.scale;
  return h`<dl class="facts">${[
    fact('kind', `${subject.kind}, ${subject.form}`),
    fact('scores', `${worst} to ${best}, passes from ${pass}`),
    fact('asked on', sizeWords(report)),
    fact('chose / estimated', `${detail.halves.choose} / ${detail.halves.estimate}`),
    fact('strategies', thousands(detail.tried.length)),
    fact('calls', thousands(detail.calls)),
    fact('intent', `${detail.intent.name} (${detail.intent.basis})`),
    fact('seed', detail.seed),
    fact('grader version', subject.version.slice(0, 12)),
  ]}</dl>`;
};

const errors = ({ falsePasses, falseFails }: AuditReport): Html => {
  const side = (kind: string, title: string, rate: AuditReport['falsePasses'], of: string, missing: string): Html =>
    h`<div class="${kind}"><dt>${title}</dt><dd>${rate === null ? 'not known' : rateMarkup(rate)}</dd><dd class="quiet">${rate === null ? missing : of}</dd></div>`;
  return h`<dl class="errors">${side('passes', 'False passes', falsePasses, 'of known-bad answers pass', 'no known-bad answers were given')}${side('fails', 'False fails', falseFails, 'of honest answers and their twins fail', 'no known-good answers were given')}</dl>`;
};

const cheapest = (view: AuditView): Fragment => {
  const first = leadingFinding(view.report);
  if (first === null || first.claim === 'fault') return null;
  // What comes first then is not an answer.
  if (noiseOf(view.report) !== null || isHonestOutOfRange(view.report)) return null;
  const title = first.claim === 'false-pass' ? 'The cheapest cheating answer' : 'Honest work that fails';
  return h`<div class="cheat"><h2>${title}</h2><pre tabindex="0" role="group" aria-label="input">${block(inputText(first.witness.input))}</pre>${besideHonest(view, first)}</div>`;
};

const gateTable = (gates: readonly GateResult[]): Fragment =>
  gates.length === 0
    ? null
    : h`<table class="results list gate"><caption>Gate</caption><tbody>${gates.map(({ rule, verdict, text }) => h`<tr class="${verdict}"><td>${verdict}</td><td><code>${gateText(rule)}</code></td><td>${text}</td></tr>`)}</tbody></table>`;

type Warnings = ReturnType<typeof otherWarnings>;

const warningList = (title: string, warnings: Warnings): Fragment =>
  warnings.length === 0
    ? null
    : h`<div class="note"><p><b>${title}</b></p><ul>${warnings.map(({ text }) => h`<li>${text}</li>`)}</ul></div>`;

const searchPart = ({ detail }: AuditReport): Fragment => {
  const curve = bestOfNFigure(detail.curve);
  const { search } = detail;
  const found =
    search === null ? h`<p>No search was made.</p>` : h`<p>${searchWords(search)}</p>${searchFigure(search)}`;
  return h`${found}${curve}`;
};

const READING = h`<p>A grader measures a <b class="proxy">proxy</b> for what its author meant, the <b class="intent">intent</b>. An audit looks for answers that win the proxy without the intent, and for honest answers that the proxy rejects.</p>
<ul><li><b>false pass</b>: an answer that fails the intent passes. <b>false fail</b>: an honest answer fails.</li>
<li><b>fooled</b>: the answer fails the intent and passes, or earns as much as honest work on the same example.</li>
<li><b>gameability</b>: how far the best answer without the work gets on the way from guessing (0) to honest work (1).</li>
<li><b>witness</b>: one sealed answer that does it; replaying it proves the finding without any statistics. A <b>rate</b> is estimated on examples that were not used to choose the attack, and has an interval.</li>
<li>A call on which the grader gave no score is <b>unscored</b>, never zero; <span class="warn">!</span> warns where that could move a rate by more than one point.</li></ul>`;

const method = ({ report }: AuditView, command: string | undefined): Html => {
  const rates = [
    report.falsePasses,
    report.falseFails,
    report.gameability,
    ...report.findings.map(({ fooled }) => fooled),
  ];
  const methods = methodsOf(rates.filter((rate) => rate !== null));
  const least = report.minimumDetectableEffect;
  return h`<p>${methods.length === 0 ? 'No interval could be given.' : `Intervals are two-sided at 95 %: ${methods.join('; ')}.`} Examples are clusters. One half of them chose among the variants of each strategy, the other half estimated. P-values are adjusted over all strategies tried (Benjamini-Hochberg, 5 %). ${
    least === null
      ? null
      : `A rate of fooling below ${(least * 100).toFixed(0)} % could have stayed unseen (80 % power).`
  } Made with Subterfuge ${report.detail.subterfuge}.</p>
${command === undefined ? null : h`<p>To run it again:</p><pre class="command-line" tabindex="0" role="group" aria-label="command"><code>${command}</code></pre>`}
${triedMarkup(report)}`;
};

const todo = (report: AuditReport): Fragment => {
  const list = todoOf(report);
  return list.length === 0
    ? h`<p>Nothing that this audit knows of.</p>`
    : h`<ul>${list.map((text) => h`<li>${text}</li>`)}</ul>`;
};

export const renderAuditReport = (view: AuditView, { gates = [], command }: AuditPageOptions = {}): string => {
  const { report } = view;
  const { repair, selfEvaluation } = report.detail;
  const sections: readonly (readonly [string, string, Fragment])[] = [
    [
      'results',
      'Both errors',
      h`${gateTable(gates)}${warningList('Read this before the numbers', otherWarnings(report))}${errors(report)}${gameabilityScale(report)}`,
    ],
    ...(repair === null ? [] : [['repair', 'Since the earlier audit', repairMarkup(repair)] as const]),
    ['findings', `Findings (${countWords(findingGroups(report))})`, findingsMarkup(view)],
    ['todo', 'What to do', todo(report)],
    ['faults', 'Faults of the grader', faultsMarkup(report)],
    ['invariances', 'Changes that must not matter', invariancesMarkup(view)],
    ['search', 'Search and over-optimisation', searchPart(report)],
    ...(selfEvaluation === null
      ? []
      : [['self', 'How it judges its own', selfEvaluationMarkup(selfEvaluation)] as const]),
    ['reading', 'How to read this', READING],
    ['method', 'Method', method(view, command)],
  ];
  const header = h`<p class="eyebrow">Subterfuge audit</p>
<h1>${report.subject.spec}</h1>
<p class="lead">${auditHeadline(view)}</p>
${warningList('Settle this first', criticalWarnings(report))}
${cheapest(view)}
${facts(report)}
<nav aria-label="Contents"><ul>${sections.map(([id, title]) => h`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
  const main = sections.map(
    ([id, title, body]) => h`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`,
  );
  const footer = h`<p>Made by Subterfuge ${report.detail.subterfuge}. This page runs no script and loads nothing.</p>`;
  return page({
    title: `${report.subject.spec}: Subterfuge audit`,
    header,
    main,
    footer,
    style: AUDIT_STYLE,
  }).toString();
};
