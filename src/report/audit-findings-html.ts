/** Findings and broken invariances of an audit as sections of a page. */
import type { Graded } from '../record/audit.ts';
import type { ReportFinding, ReportInvariance } from '../record/audit-report.ts';
import { alsoWords, type FindingGroup, findingGroups } from './audit-groups.ts';
import {
  type AuditView,
  answerBlock,
  becauseOf,
  claimWords,
  gradedText,
  inputText,
  isRare,
  kindWords,
  shownAnswer,
  shownCalls,
  unitOf,
} from './audit-words.ts';
import { dotPlot, rateMarkup } from './figure.ts';
import { formatEstimate } from './format.ts';
import { block, type Fragment, type Html, h } from './markup.ts';

/** Shown in full; the others stand in `audit.json` and as sealed files. */
const MOST_SHOWN = 60;
const MOST_LANES = 16;
const SHOWN_OPEN = 6;

const command = (text: string): Html =>
  h`<pre class="command-line" tabindex="0" role="group" aria-label="command"><code>${text}</code></pre>`;

const scoreText = (graded: Graded): string =>
  graded.kind === 'scored' ? `score ${gradedText(graded)}` : gradedText(graded);

/** The cheating answer beside honest work, each with its score. */
export const besideHonest = (view: AuditView, finding: ReportFinding): Html => {
  const { honest, cheat } = shownCalls(view, finding);
  const isRejected = finding.claim === 'false-fail';
  const side = (kind: string, title: string, answer: Html, score: string): Html =>
    h`<div class="${kind}"><h4>${title}</h4><pre tabindex="0" role="group" aria-label="${title}">${answer}</pre><p class="score">${score}</p></div>`;
  const shown = side(
    isRejected ? 'honest' : 'cheating',
    isRejected
      ? honest === null
        ? 'An honest answer, as it was given'
        : 'The same answer, otherwise written'
      : finding.claim === 'fault'
        ? 'The answer that shows it'
        : 'The answer that does it',
    block(answerBlock(shownAnswer(finding))),
    cheat === null ? 'score not recorded' : scoreText(cheat.graded),
  );
  // Beside a fault, and beside an honest answer as it is, there is nothing to put.
  if (honest === null && finding.claim !== 'false-pass') return h`<div class="beside">${shown}</div>`;
  const other =
    honest === null
      ? h`<div class="honest"><h4>Honest work</h4><p class="quiet">No known-good answer was given for this example.</p></div>`
      : side(
          'honest',
          isRejected ? 'As it was given' : 'Honest work',
          block(answerBlock(honest.answer)),
          scoreText(honest.graded),
        );
  return h`<div class="beside">${shown}${other}</div>`;
};

const asked = (finding: Pick<ReportFinding, 'witness'>): Html =>
  h`<h4>Asked (${finding.witness.example})</h4><pre tabindex="0" role="group" aria-label="input">${block(inputText(finding.witness.input))}</pre>`;

const intentText = ({ intentGamed }: ReportFinding): Fragment =>
  intentGamed === null ? null : h`<dt>intent of these answers</dt><dd>${formatEstimate(intentGamed)}</dd>`;

const pText = (p: number | null): string =>
  p === null ? 'none: the witness speaks for itself' : p < 0.0001 ? 'below 0.0001' : p.toFixed(4);

const findingBody = (view: AuditView, group: FindingGroup): Html => {
  const finding = group.first;
  return h`<p>${becauseOf(view, finding)}</p>
${asked(finding)}
${besideHonest(view, finding)}
${group.others.length === 0 ? null : h`<p class="quiet">The same answer is what these come down to: ${alsoWords(group)}.</p>`}${isRare(finding) ? h`<p class="quiet">The witness holds; how often it does is no more than chance explains.</p>` : null}
${finding.claim === 'fault' ? null : measuredMarkup(view, finding)}
${command(finding.replay)}`;
};

const measuredMarkup = (view: AuditView, finding: ReportFinding): Html => {
  const said = finding.claim === 'false-fail' ? 'failed' : 'fooled';
  return h`<dl class="measured"><dt>${said}, share of ${unitOf(view.report)}s</dt><dd>${rateMarkup(finding.fooled)}</dd>
<dt>proxy of these answers</dt><dd>${formatEstimate(finding.proxyGamed)}</dd>${finding.proxyHonest === null ? null : h`<dt>proxy of honest work</dt><dd>${formatEstimate(finding.proxyHonest)}</dd>`}${intentText(finding)}
<dt>adjusted p</dt><dd>${pText(finding.adjustedP)}</dd></dl>`;
};

/** The first ones open, the others to be opened: a page of fifty alike hides the one that differs. */
const findingSection = (view: AuditView, group: FindingGroup, index: number): Html => {
  const finding = group.first;
  const title = `${finding.strategy}: ${claimWords(finding)}`;
  const kind = h`<span class="quiet">${kindWords(finding)}</span>`;
  return index < SHOWN_OPEN
    ? h`<section class="found" aria-labelledby="f${index}"><h3 id="f${index}">${title}${kind}</h3>${findingBody(view, group)}</section>`
    : h`<details class="found" id="f${index}"><summary>${title} ${kind}</summary>${findingBody(view, group)}</details>`;
};

/** How often each strategy that was found fools the grader. */
const fooledFigure = ({ report }: AuditView): Html | null => {
  const found = findingGroups(report)
    .map(({ first }) => first)
    .filter(({ claim, fooled }) => claim !== 'fault' && fooled.mean !== null);
  if (found.length === 0) return null;
  const lanes = found.slice(0, MOST_LANES).map(({ strategy, claim, fooled }) => ({
    label: strategy,
    rate: fooled,
    tone: claim === 'false-pass' ? ('gamed' as const) : ('plain' as const),
  }));
  return h`<figure>${dotPlot('fooled', `Share of ${unitOf(report)}s on which each finding holds`, lanes, 1)}<figcaption>Share of ${unitOf(report)}s of the estimating half on which it holds, with 95 % intervals; ochre passes without the work, grey is honest work that fails.</figcaption></figure>`;
};

export const findingsMarkup = (view: AuditView): Html => {
  const groups = findingGroups(view.report);
  if (groups.length === 0) return h`<p>None.</p>`;
  const more = groups.length - MOST_SHOWN;
  return h`${fooledFigure(view)}${groups.slice(0, MOST_SHOWN).map((group, index) => findingSection(view, group, index))}${
    more > 0 ? h`<p>${more} more stand in <code>audit.json</code>.</p>` : null
  }`;
};

const invarianceRow = ({ strategy, expects, examples, broken, shift, adjustedP, replay }: ReportInvariance): Html =>
  h`<tr><th scope="row">${strategy}</th><td>${expects === 'same' ? 'no change' : 'no gain'}</td><td>${examples}</td><td>${rateMarkup(broken)}</td><td>${formatEstimate(shift)}</td><td>${adjustedP === null ? 'n/a' : adjustedP.toFixed(4)}</td><td>${replay === null ? 'held' : h`broken: <code>${replay}</code>`}</td></tr>`;

export const invariancesMarkup = ({ report }: AuditView): Html =>
  report.invariances.length === 0
    ? h`<p>None applied.</p>`
    : h`<div class="scroll" tabindex="0" role="region" aria-label="Invariances"><table class="results list"><thead><tr><th scope="col">change</th><th scope="col">expected</th><th scope="col">tried on</th><th scope="col">broken</th><th scope="col">mean change of the proxy</th><th scope="col">adjusted p</th><th scope="col">verdict</th></tr></thead><tbody>${report.invariances
        .toSorted(
          (a, b) =>
            Number(b.replay !== null) - Number(a.replay !== null) || (b.broken.mean ?? 0) - (a.broken.mean ?? 0),
        )
        .map(invarianceRow)}</tbody></table></div>`;
