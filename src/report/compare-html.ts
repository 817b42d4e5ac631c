import type { ComparedEnvironment, ComparedRate, Comparison, Flip } from '../record/comparison.ts';
import { type DifferenceLane, differenceMarkup, forestPlot } from './compare-figure.ts';
import {
  COMPARED_RATES,
  compareCommandOf,
  detectableWords,
  differenceMethods,
  pairingWords,
  runFinding,
  showCommandOf,
} from './compare-words.ts';
import { rateMarkup } from './figure.ts';
import { methodsOf, plural, thousands } from './format.ts';
import { type Fragment, type Html, h } from './markup.ts';
import { page } from './page.ts';

/** Flipped tasks of either kind that a page lists for one environment and run. */
const FLIPS_SHOWN = 20;

const STYLE = `
.zero{stroke:var(--ink);stroke-width:1.5}.flips li{margin:.4rem 0}.flips code{display:block}
.differ td,.differ th{text-align:left;vertical-align:top;padding:.3rem 1.4rem .3rem 0;border-bottom:1px solid var(--grid);overflow-wrap:anywhere}`;

const figure = ({ runs, environments }: Comparison, rate: ComparedRate): Fragment => {
  const first = runs[0]?.label ?? '';
  const lanes = environments.flatMap(({ name, differences }) =>
    differences
      .filter((own) => own.rate === rate)
      .map((difference): DifferenceLane => ({ label: `${name}, ${difference.run} − ${first}`, difference })),
  );
  if (lanes.length === 0) return null;
  return h`<h3 id="f-${rate}">${rate}</h3><figure>${forestPlot(`p-${rate}`, `Difference in ${rate} from run ${first}`, lanes)}
<figcaption>Percentage points by which the rate differs from that of run ${first}; right of the line at 0 is more. Bar: 95 % interval, coloured where Holm’s adjustment leaves a difference; hollow dot: no interval can be given.</figcaption></figure>`;
};

const differTable = ({ runs, differ }: Comparison): Html =>
  differ.length === 0
    ? h`<p>Nothing that was asked differs.</p>`
    : h`<div class="scroll" tabindex="0" role="region" aria-label="What differs"><table class="differ"><thead><tr><th scope="col">what</th>${runs.map(({ label }) => h`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${differ.map(({ what, values }) => h`<tr><th scope="row">${what}</th>${values.map((value) => h`<td>${value}</td>`)}</tr>`)}</tbody></table></div>`;

const resultsOf = ({ runs }: Comparison, { name, rates, differences }: ComparedEnvironment): Html => {
  const first = runs[0]?.label ?? '';
  const played = runs.map(({ label }, index) => {
    const own = rates[index];
    return h`<tr><th scope="row">${label}</th>${COMPARED_RATES.map((rate) => h`<td${rate === 'gaming' ? h` class="headline"` : null}>${own === null || own === undefined ? 'not played' : rateMarkup(own[rate])}</td>`)}<td>${own === null || own === undefined ? '' : thousands(own.unscored)}</td></tr>`;
  });
  const compared = runs.slice(1).flatMap(({ label }) => {
    const mine = differences.filter(({ run }) => run === label);
    if (mine.length === 0) return [];
    const cells = COMPARED_RATES.map((rate) => {
      const own = mine.find((difference) => difference.rate === rate);
      return h`<td>${own === undefined ? 'n/a' : differenceMarkup(own)}</td>`;
    });
    return [h`<tr><th scope="row">${label} − ${first}</th>${cells}<td></td></tr>`];
  });
  return h`<div class="scroll" tabindex="0" role="region" aria-label="Rates in ${name}"><table class="results"><caption>Percent of scored rollouts; differences in percentage points, p adjusted (Holm).</caption>
<thead><tr><th scope="col">run</th>${[...COMPARED_RATES, 'unscored'].map((head) => h`<th scope="col">${head}</th>`)}</tr></thead><tbody>${played}${compared}</tbody></table></div>`;
};

const flipList = (flips: readonly Flip[], title: string, first: string, other: string): Fragment =>
  flips.length === 0
    ? null
    : h`<p>${title}${flips.length > FLIPS_SHOWN ? h`, the first ${FLIPS_SHOWN} (all with --json)` : null}:</p><ul class="flips">${flips
        .slice(0, FLIPS_SHOWN)
        .map(
          (flip) =>
            h`<li><code>${showCommandOf(first, flip.first)}</code><code>${showCommandOf(other, flip.other)}</code></li>`,
        )}</ul>`;

const environmentSection = (comparison: Comparison, environment: ComparedEnvironment, index: number): Html => {
  const [first] = comparison.runs;
  const notes = comparison.runs.slice(1).map(({ label, path }) => {
    const own = environment.differences.filter(({ run }) => run === label);
    const [one] = own;
    if (one === undefined || first === undefined) return null;
    const flips = environment.flips.find(({ run }) => run === label);
    const to = flips?.toGamed ?? [];
    const from = flips?.fromGamed ?? [];
    return h`<p>${label} − ${first.label} is ${pairingWords(one, first.label)}.${detectableWords(own)}</p>
${flipList(to, `${plural(to.length, 'task')} gamed in ${label} and not in ${first.label}`, first.path, path)}
${flipList(from, `${plural(from.length, 'task')} gamed in ${first.label} and not in ${label}`, first.path, path)}`;
  });
  return h`<section aria-labelledby="e${index}"><h3 id="e${index}">${environment.name}</h3>${resultsOf(comparison, environment)}${notes}</section>`;
};

const method = (comparison: Comparison): Html => {
  const { environments } = comparison;
  const rates = methodsOf(
    environments.flatMap((environment) =>
      environment.rates.flatMap((own) => (own === null ? [] : COMPARED_RATES.map((name) => own[name]))),
    ),
  );
  const ways = differenceMethods(environments.flatMap(({ differences }) => differences));
  return h`<p>Intervals are two-sided at 95 %. Rates: ${rates.length === 0 ? 'none' : rates.join('; ')}. Differences: ${ways.length === 0 ? 'none' : ways.join('; ')}. p-values are adjusted over all environments and runs in which a rate is compared (Holm).</p>
<p>It is a statement about these runs. For one about a way of training, compare several seeds of it.</p>
<p>To compare them again:</p><pre class="command-line" tabindex="0" role="group" aria-label="command"><code>${compareCommandOf(comparison)}</code></pre>`;
};

/** One static page: what differs, what was found, forest plots, every rate, flipped tasks. No script, no request. */
export const renderComparisonPage = (comparison: Comparison, version: string): string => {
  const { runs, environments, warnings } = comparison;
  const first = runs[0]?.label ?? '';
  const header = h`<p class="eyebrow">Subterfuge comparison</p>
<h1>${runs.map(({ model }) => model).join(', ')}</h1>
${runs.slice(1).map(({ label }) => h`<p class="lead">${runFinding(comparison, label, first)}</p>`)}
<dl class="facts">${runs.map(({ label, path, model, rollouts }) => h`<div><dt>${label}</dt><dd>${model}<br>${path}<br>${plural(rollouts, 'rollout')}</dd></div>`)}</dl>`;
  const note =
    warnings.length === 0
      ? null
      : h`<div class="note" role="note"><p><b><span class="warn">!</span> Before trusting these differences</b></p><ul>${warnings.map(({ text }) => h`<li>${text}</li>`)}</ul></div>`;
  const main = h`<section aria-labelledby="differs"><h2 id="differs">What differs</h2>${differTable(comparison)}${note}</section>
<section aria-labelledby="results"><h2 id="results">Differences</h2>${COMPARED_RATES.map((rate) => figure(comparison, rate))}</section>
<section aria-labelledby="environments"><h2 id="environments">Environment by environment</h2>${environments.map((environment, index) => environmentSection(comparison, environment, index))}</section>
<section aria-labelledby="method"><h2 id="method">Method</h2>${method(comparison)}</section>`;
  const footer = h`<p>Made by Subterfuge ${version}. This page runs no script and loads nothing.</p>`;
  return page({ title: 'Subterfuge comparison', header, main, footer, style: STYLE }).toString();
};
