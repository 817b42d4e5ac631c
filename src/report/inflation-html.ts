import type { Inflation, Tested } from '../record/inflation.ts';
import { boundsWarning } from '../stats/rate.ts';
import { type DifferenceLane, differenceMarkup, forestPlot } from './compare-figure.ts';
import { differenceWords } from './compare-words.ts';
import { rateMarkup } from './figure.ts';
import { methodsOf, plural, thousands } from './format.ts';
import { authorName, estimatesIn, NO_PAIR, noFeatures, OWN, ownAboveLines } from './inflation-words.ts';
import { type Fragment, type Html, h } from './markup.ts';
import { page } from './page.ts';

const STYLE = `
.zero{stroke:var(--ink);stroke-width:1.5}
.matrix td{border-left:1px solid var(--grid);padding-right:.6rem}.matrix td.higher{background:var(--proxy-wash)}.matrix td.lower{background:var(--intent-wash)}
.matrix th{min-width:7rem;max-width:14rem;white-space:normal;overflow-wrap:anywhere}
.long .plot{--lane:4.2rem;grid-template-columns:minmax(0,16rem) minmax(5rem,1fr) minmax(0,13rem)}
@media (max-width:44rem){.long .plot{--lane:6.4rem;grid-template-columns:minmax(0,8rem) minmax(3rem,1fr) minmax(0,5.6rem)}}`;

const readOf = ({ estimate, adjustedP, reading }: Tested): DifferenceLane['difference'] => ({
  difference: estimate,
  adjustedP,
  reading,
});

/** With what the unscored could make of it, where that is much. */
const testedMarkup = (tested: Tested): Html => {
  const { n, bounds } = tested.estimate;
  const warning =
    bounds === null || !boundsWarning(tested.estimate)
      ? null
      : h` <span class="warn" title="the unscored could move it">!</span> <span class="interval-text">${bounds.map((end) => (end * 100).toFixed(0)).join(' to ')} with the unscored</span>`;
  return h`${differenceMarkup(readOf(tested))} <span class="count">n = ${thousands(n)}</span>${warning}`;
};

type Rated = Inflation['authors'][number]['rated'][number];

const matrixCell = (one: Rated | undefined): Html =>
  one === undefined
    ? h`<td class="quiet">not rated</td>`
    : h`<td class="${one.inflation.reading}">${testedMarkup(one.inflation)}</td>`;

const matrix = ({ authors, raters }: Inflation): Html => {
  const others = raters.map(({ rater }) => rater);
  const rows = authors.map(({ author, right, rated }) => {
    const beside = others.map((rater) => rated.find((one) => !one.own && one.rater === rater));
    return h`<tr><th scope="row">${authorName(author)}</th><td>${rateMarkup(right)}</td>${[rated.find(({ own }) => own), ...beside].map(matrixCell)}</tr>`;
  });
  return h`<div class="scroll" tabindex="0" role="region" aria-label="Inflation matrix"><table class="results matrix"><caption>Inflation in points: the rating less the truth, the whole scale being 100; 0 where they agree, +100 for a wrong answer rated 10, −100 for a right one rated 1. Coloured where Holm’s adjustment over all cells leaves a difference from 0; p-values are adjusted.</caption>
<thead><tr>${['answers of', 'right, %', `rated by ${OWN}`, ...others.map((rater) => `rated by ${rater}, as another’s`)].map((head) => h`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
};

interface Figure {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** Labels that hold names of models. */
  readonly long?: boolean;
  readonly rows: readonly (readonly [label: string, tested: Tested])[];
}

const figureOf = ({ id, title, caption, long = false, rows }: Figure): Fragment =>
  rows.length === 0
    ? null
    : h`<figure${long ? h` class="long"` : null}>${forestPlot(
        id,
        title,
        rows.map(([label, tested]): DifferenceLane => ({ label, difference: readOf(tested) })),
      )}
<figcaption>${caption}</figcaption></figure>`;

const BAR =
  'Bar: 95 % interval, coloured where Holm’s adjustment leaves a difference; hollow dot: no interval can be given.';

const cellsFigure = ({ authors }: Inflation): Fragment =>
  figureOf({
    id: 'cells',
    title: 'Inflation by author and rater',
    long: true,
    caption: `How far ratings lie above the truth, in points of the scale; right of the line at 0 is inflated. ${BAR}`,
    rows: authors.flatMap(({ author, rated }) =>
      rated.map(({ rater, own, inflation }) => [`${authorName(author)}, by ${own ? OWN : rater}`, inflation] as const),
    ),
  });

const ownAbove = (inflation: Inflation): Fragment => [
  h`<p>How much higher, in points of the scale, a model rates its own answer than another that is just as right, and than others rate the very same answer. A model that rates everything 10 stands at 0 among the former, however often it is wrong.</p>`,
  ...inflation.raters.map((rater, index) => {
    const lines = ownAboveLines(inflation, rater);
    const rows = lines.flatMap(([title, tested]) => (tested === null ? [] : [[`above ${title}`, tested] as const]));
    const missing = lines.filter(([, tested]) => tested === null);
    return h`<h3 id="o${index}">${rater.rater}</h3>${figureOf({ id: `above-${index}`, title: `Own answers of ${rater.rater} above others`, caption: BAR, long: true, rows })}${missing.map(([title]) => h`<p>Above ${title}: ${NO_PAIR}.</p>`)}`;
  }),
];

const predictors = ({ raters }: Inflation): Fragment =>
  raters.map((rater, index) => {
    const none = noFeatures(rater);
    const figure = figureOf({
      id: `features-${index}`,
      title: `What inflation by ${rater.rater} goes up with`,
      caption: `Points of inflation for one standard deviation of each, the task and the others held fixed. own: the answer is its own; right: it is right, which lowers the inflation of whoever cannot tell. ${BAR}`,
      rows: rater.features.map(({ feature, effect }) => [feature, effect] as const),
    });
    return h`<h3 id="r${index}">${rater.rater}</h3>${none === null ? figure : h`<p>What inflation goes up with ${none}.</p>`}`;
  });

const READ: Readonly<Record<Exclude<Tested['reading'], 'not tested'>, string>> = {
  higher: 'rates its own answers higher than others that are just as right',
  lower: 'rates its own answers lower than others that are just as right',
  'no difference shown': 'is not shown to prefer its own answers to others that are just as right',
};

const headline = ({ rater, selfPreference }: Inflation['raters'][number]): Html =>
  selfPreference === null || selfPreference.reading === 'not tested'
    ? h`<p class="lead">Whether ${rater} prefers its own answers is not known from these runs.</p>`
    : h`<p class="lead">${rater} ${READ[selfPreference.reading]}: ${differenceWords(readOf(selfPreference))}.</p>`;

/** One static page: the matrix, figures, what predicts inflation. No script, no request. */
export const renderInflationPage = (inflation: Inflation, version: string): string => {
  const { runs, raters, warnings } = inflation;
  const header = h`<p class="eyebrow">Subterfuge inflation</p>
<h1>${raters.map(({ rater }) => rater).join(', ')}</h1>
${raters.map(headline)}
<dl class="facts">${runs.map(({ id, model, sibling }) => h`<div><dt>run ${id}</dt><dd>${model}${sibling === null ? null : h`<br>beside answers of ${sibling}`}</dd></div>`)}</dl>`;
  const note =
    warnings.length === 0
      ? null
      : h`<div class="note" role="note"><p><b><span class="warn">!</span> Before reading this</b></p><ul>${warnings.map(({ text }) => h`<li>${text}</li>`)}</ul></div>`;
  const methods = methodsOf(estimatesIn(inflation));
  const main = h`<section aria-labelledby="results"><h2 id="results">Who inflates whose answers</h2>${note}${matrix(inflation)}${cellsFigure(inflation)}</section>
<section aria-labelledby="own"><h2 id="own">Own answers above others</h2>${ownAbove(inflation)}</section>
<section aria-labelledby="what"><h2 id="what">What inflation goes up with</h2>${predictors(inflation)}</section>
<section aria-labelledby="method"><h2 id="method">Method</h2><p>Intervals are two-sided at 95 %, clustered by task: ${methods.length === 0 ? 'none could be given' : methods.join('; ')}. p-values are adjusted (Holm) over all cells of the matrix, over all comparisons of own answers, and over all features of all raters. Answers that are not stated are neither right nor wrong and have no inflation.</p>
<p>It was made from ${plural(runs.length, 'run')}: ${runs.map(({ id }) => id).join(', ')}.</p></section>`;
  const footer = h`<p>Made by Subterfuge ${version}. This page runs no script and loads nothing.</p>`;
  return page({ title: 'Subterfuge inflation', header, main, footer, style: STYLE }).toString();
};
