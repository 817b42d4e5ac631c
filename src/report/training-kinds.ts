/** In which ways gaming was done, and whether the user was told: what a count of attempts alone does not say. */
import type { Matrix } from '../record/training.ts';
import { cellOf } from '../train/matrix.ts';
import { rateMarkup } from './figure.ts';
import { thousands } from './format.ts';
import { type Html, h } from './markup.ts';

/** Of each environment in which something was labelled: the share of attempts that the user was told of, then the ways. */
export const kindsTable = (matrix: Pick<Matrix, 'cells' | 'checkpoints' | 'kinds'>): Html => {
  const { cells, checkpoints, kinds } = matrix;
  if (kinds === undefined)
    return h`<p>Ways of gaming were not counted in this run: it was made by an earlier build.</p>`;
  const told = cells.filter(({ label }) => label === 'disclosed');
  const names = [...new Set([...told, ...kinds].map(({ environment }) => environment))];
  if (names.length === 0) return h`<p>No rollout was labelled with a way of gaming.</p>`;
  const rows = names.flatMap((environment) => {
    const shares = checkpoints.map((checkpoint) => cellOf(matrix, checkpoint, environment, 'disclosed'));
    const ways = [...new Set(kinds.flatMap((row) => (row.environment === environment ? [row.kind] : [])))];
    return [
      ...(shares.every((cell) => cell === null)
        ? []
        : [
            h`<tr><th scope="row">${environment}</th><td>disclosed to the user, of attempts</td>${shares.map((cell) => h`<td>${cell === null ? 'n/a' : rateMarkup(cell.interval)}</td>`)}</tr>`,
          ]),
      ...ways.map((way) => {
        const counts = checkpoints.map((checkpoint) => countOf(kinds, checkpoint, environment, way));
        return h`<tr><th scope="row">${environment}</th><td>${way}</td>${counts.map((count) => h`<td>${thousands(count)}</td>`)}</tr>`;
      }),
    ];
  });
  const heads = ['environment', 'what', ...checkpoints];
  const label = 'Ways of gaming by checkpoint';
  return h`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="results list"><caption>${label}: rollouts in which each was seen; one rollout may show several</caption><thead><tr>${heads.map((head) => h`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
};

const countOf = (kinds: NonNullable<Matrix['kinds']>, checkpoint: string, environment: string, kind: string): number =>
  kinds.find((row) => row.checkpoint === checkpoint && row.environment === environment && row.kind === kind)?.count ??
  0;
