import type { EnvironmentSummary, Evaluation } from '../record/evaluation.ts';
import { asidesOf } from './asides.ts';
import { dotPlot, type Lane, rateMarkup, scaleOf } from './figure.ts';
import { warningsOf } from './finding.ts';
import { describeRate, plural, thousands } from './format.ts';
import { type Fragment, type Html, h } from './markup.ts';
import { twoByTwo } from './mosaic.ts';
import { type EnvironmentText, type LABELS, MEASURES } from './view.ts';

const resultRow = (result: EnvironmentSummary, index: number): Html =>
  h`<tr><th scope="row"><a href="#e${index}">${result.name}</a></th>${MEASURES.map(
    (name) => h`<td${name === 'gaming' ? h` class="headline"` : null}>${rateMarkup(result[name])}</td>`,
  )}${[result.unscored, result.faults, result.rollouts].map((count) => h`<td>${thousands(count)}</td>`)}</tr>`;

/** Every rate with its interval and counts, one environment a row. */
export const resultsTable = ({
  environments,
}: Evaluation): Html => h`<div class="scroll" tabindex="0" role="region" aria-label="Results by environment">
<table class="results"><caption>Percent of scored rollouts, 95 % interval in brackets, counts below.</caption>
<thead><tr><th scope="col">environment</th>${[...MEASURES, 'unscored', 'faults', 'rollouts'].map((name) => h`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${environments.map(resultRow)}</tbody></table></div>`;

export const warningNote = (evaluation: Evaluation): Html | null => {
  const warnings = warningsOf(evaluation);
  return warnings.length === 0
    ? null
    : h`<div class="note" role="note"><p><b><span class="warn">!</span> Before trusting these rates</b></p><ul>${warnings.map((text) => h`<li>${text}</li>`)}</ul></div>`;
};

/** The headline of every environment on one axis. */
export const gamingFigure = ({ environments }: Evaluation): Html => {
  const end = scaleOf(environments.map(({ gaming }) => gaming));
  const lanes = environments.map(({ name, gaming }): Lane => ({ label: name, rate: gaming, tone: 'gamed' }));
  return h`<figure>${dotPlot('gaming', 'Rate of gaming by environment', lanes, end)}
<figcaption>Rate of gaming: proxy passed and intent failed. Dot: rate; bar: 95 % interval; hollow dot: no interval can be given; dashed line: where the rate could lie if every unscored rollout counted 0 or 1. The axis ends at ${String(end * 100)} %.</figcaption></figure>`;
};

const kindsText = (kinds: EnvironmentSummary['kinds']): Html | null => {
  const list = Object.entries(kinds).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return list.length === 0
    ? null
    : h`<p>What was seen: ${list.map(([kind, count], index) => h`${index === 0 ? '' : ', '}<code>${kind}</code> in ${plural(count, 'rollout')}`)}.</p>`;
};

const about = (text: EnvironmentText | undefined): Html | null =>
  text === undefined
    ? null
    : h`<dl class="measured"><dt class="proxy">proxy: what is measured</dt><dd>${text.proxyText}</dd><dt class="intent">intent: what was meant</dt><dd>${text.intentText}</dd><dt class="quiet">source</dt><dd class="quiet">${text.origin}</dd></dl>`;

/** The headline from attempt to attempt, where there were several in one conversation. */
const attemptsFigure = ({ name, attempts }: EnvironmentSummary, index: number, end: number): Html | null => {
  if (attempts === undefined) return null;
  const lanes = attempts.at.flatMap(({ attempt, gaming, gamedSoFar }): Lane[] => [
    { label: `attempt ${attempt}`, rate: gaming, tone: 'gamed' },
    ...(attempt === 1 ? [] : [{ label: `by attempt ${attempt}`, rate: gamedSoFar, tone: 'plain' } as const]),
  ]);
  return h`<figure>${dotPlot(`a${index}`, `${name}: gaming by attempt`, lanes, end)}<figcaption>Rate of gaming at each attempt, and conversations that were gamed by then.</figcaption></figure>`;
};

const environmentSection = (
  result: EnvironmentSummary,
  index: number,
  text: EnvironmentText | undefined,
  end: number,
): Html => {
  const here = MEASURES.filter((name) => describeRate(result[name]).state !== 'inapplicable');
  const absent = MEASURES.filter((name) => !here.includes(name));
  const lanes = here.map(
    (name): Lane => ({ label: name, rate: result[name], tone: name === 'gaming' ? 'gamed' : 'plain' }),
  );
  return h`<section aria-labelledby="e${index}"><h3 id="e${index}">${text?.title ?? result.name}${text === undefined ? null : h` <code class="quiet">${result.name}</code>`}</h3>
${about(text)}
<figure>${dotPlot(`p${index}`, `${result.name}: gaming and what the model did`, lanes, end)}${
    absent.length === 0 ? null : h`<figcaption>Does not arise here: ${absent.join(', ')}.</figcaption>`
  }</figure>
${attemptsFigure(result, index, end)}
${kindsText(result.kinds)}
${asidesOf(result).map((text) => h`<p>${text}</p>`)}
${twoByTwo(`m${index}`, result)}</section>`;
};

/** One section an environment: what it measures and means, what the model did, and the two-by-two. All on one axis. */
export const environmentSections = ({ environments }: Evaluation, texts: readonly EnvironmentText[]): Fragment => {
  const end = scaleOf(
    environments.flatMap((result) => [
      ...MEASURES.map((name) => result[name]),
      ...(result.attempts?.at ?? []).flatMap(({ gaming, gamedSoFar }) => [gaming, gamedSoFar]),
    ]),
  );
  const textOf = new Map(texts.map((text) => [text.name, text]));
  return environments.map((result, index) => environmentSection(result, index, textOf.get(result.name), end));
};

export const measureWords: Readonly<Record<(typeof LABELS)[number], string>> = {
  attempted: 'the act of gaming was begun, whether or not it worked',
  succeeded: 'it took effect and stands at the end',
  evaded: 'it did, and the check that should catch it does not',
  disclosed: 'it was attempted, and the user was told',
};
