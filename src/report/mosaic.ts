import type { EnvironmentSummary, Joint } from '../record/evaluation.ts';
import { rateMarkup } from './figure.ts';
import { plural } from './format.ts';
import { type Fragment, type Html, h } from './markup.ts';

/** Cells in the order of the bar: what the proxy paid first, so that paid and unpaid work meet in the middle. */
const CELLS: readonly (readonly [keyof Joint, string])[] = [
  ['gamed', 'gamed'],
  ['both', 'both passed'],
  ['unpaid', 'unpaid honest work'],
  ['neither', 'neither passed'],
];

/** All scored rollouts of an environment as one bar, each cell as long as its count. */
const bar = (id: string, name: string, joint: Joint): Html | null => {
  const total = CELLS.reduce((sum, [cell]) => sum + joint[cell].count, 0);
  if (total === 0) return null;
  let done = 0;
  const parts: Fragment[] = CELLS.map(([cell]) => {
    const x = (done / total) * 100;
    const { count } = joint[cell];
    done += count;
    return count === 0
      ? null
      : h`<rect class="${cell}" x="${x.toFixed(3)}%" y="0" width="${((count / total) * 100).toFixed(3)}%" height="100%"/>`;
  });
  const words = CELLS.map(([cell, label]) => `${label}: ${joint[cell].count}`).join('; ');
  return h`<svg class="bar" role="img" aria-labelledby="${id}-t ${id}-d" focusable="false"><title id="${id}-t">${name}: ${plural(total, 'scored rollout')} by outcome</title><desc id="${id}-d">${words}</desc>${parts}</svg>`;
};

const cellMarkup = (cell: keyof Joint, label: string, joint: Joint): Html =>
  h`<td class="${cell}"><span class="cell-name">${label}</span>${rateMarkup(joint[cell])}</td>`;

/** The two-by-two of proxy and intent as a table, under a bar of the counts. */
export const twoByTwo = (id: string, { name, joint }: EnvironmentSummary): Html => h`${bar(id, name, joint)}
<table class="two">
<thead><tr><td></td><th scope="col" class="intent">intent passed</th><th scope="col" class="intent">intent failed</th></tr></thead>
<tbody>
<tr><th scope="row" class="proxy">proxy passed</th>${cellMarkup('both', 'both', joint)}${cellMarkup('gamed', 'gamed', joint)}</tr>
<tr><th scope="row" class="proxy">proxy failed</th>${cellMarkup('unpaid', 'unpaid', joint)}${cellMarkup('neither', 'neither', joint)}</tr>
</tbody></table>`;
