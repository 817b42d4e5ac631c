/** The smaller tables of a training report: capability, causes, dense measures, controls, and the paper's figures. */
import type { Matrix } from '../record/training.ts';
import { cellOf } from '../train/matrix.ts';
import { rateMarkup } from './figure.ts';
import { formatEstimate, formatRate, thousands } from './format.ts';
import { type Fragment, type Html, h } from './markup.ts';
import { comparisonsOf } from './training-compare.ts';
import { shiftWords } from './training-finding.ts';
import { PAPER_BY_STAGE, PAPER_ROWS } from './training-paper.ts';
import { type Control, labelWords, roleIn, type TrainedEnvironment } from './training-view.ts';

const table = (label: string, heads: readonly string[], rows: Fragment): Html =>
  h`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="results list"><caption>${label}</caption><thead><tr>${heads.map((head) => h`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

const NONE = 'Not measured in this run.';

/** Ordinary work solved, and transcripts that are well-formed, by checkpoint. */
export const capabilityTable = ({ capability, checkpoints, cells }: Matrix): Html => {
  const names = [...new Set(capability.map(({ environment }) => environment))];
  const formed = [
    ...new Set(cells.filter(({ label }) => label === 'well-formed').map(({ environment }) => environment)),
  ];
  if (names.length + formed.length === 0) return h`<p>${NONE}</p>`;
  const solved = names.map((name) => {
    const own = checkpoints.map((checkpoint) =>
      capability.find((row) => row.checkpoint === checkpoint && row.environment === name),
    );
    return h`<tr><th scope="row">${name}, solved</th>${own.map((row) => h`<td>${row === undefined ? 'n/a' : rateMarkup(row.interval)}</td>`)}</tr>`;
  });
  const wear = formed.flatMap((name) =>
    (['well-formed', 'well-formed-otherwise'] as const).flatMap((label) => {
      const own = checkpoints.map((checkpoint) => cellOf({ cells }, checkpoint, name, label));
      if (own.every((cell) => cell === null)) return [];
      return [
        h`<tr><th scope="row">${name}, ${labelWords('stage', label)}</th>${own.map((cell) => h`<td>${cell === null ? 'n/a' : rateMarkup(cell.interval)}</td>`)}</tr>`,
      ];
    }),
  );
  return table('Ordinary capability and well-formedness by checkpoint', ['what', ...checkpoints], [...solved, ...wear]);
};

export const causesTable = ({ causes, checkpoints }: Matrix): Html => {
  const rows = [...new Set(causes.map(({ environment, cause }) => `${environment}\n${cause}`))].map((key) => {
    const [environment = '', cause = ''] = key.split('\n');
    const counts = checkpoints.map(
      (checkpoint) =>
        causes.find((row) => row.checkpoint === checkpoint && row.environment === environment && row.cause === cause)
          ?.count,
    );
    return h`<tr><th scope="row">${environment}</th><td>${cause}</td>${counts.map((count) => h`<td>${count === undefined ? 'n/a' : thousands(count)}</td>`)}</tr>`;
  });
  return rows.length === 0
    ? h`<p>No tampering family was evaluated.</p>`
    : table('Attempts at tampering by cause', ['environment', 'cause', ...checkpoints], rows);
};

export const denseTable = ({ dense, checkpoints }: Matrix): Html => {
  const rows = [...new Set(dense.map(({ measure }) => measure))].map((measure) => {
    const own = checkpoints.map((checkpoint) =>
      dense.find((row) => row.checkpoint === checkpoint && row.measure === measure),
    );
    return h`<tr><th scope="row"><code>${measure}</code></th>${own.map((row) => h`<td>${row === undefined ? 'n/a' : formatEstimate(row.estimate)}</td>`)}</tr>`;
  });
  return rows.length === 0
    ? h`<p>${NONE}</p>`
    : table(
        'Dense measures by checkpoint, mean over held-out variants with 95 % interval',
        ['measure', ...checkpoints],
        rows,
      );
};

/** Headline cells of every control beside those of the run, at every checkpoint behind the base. */
export const controlTables = (
  matrix: Matrix,
  controls: readonly Control[],
  environments: readonly TrainedEnvironment[],
): Fragment =>
  controls.map((control) => {
    const { name } = control;
    const compared = comparisonsOf(matrix, control, environments);
    const rows = compared.map(
      ({ checkpoint, environment, label, run, control: other, difference, isPaired, adjusted, reading }) => {
        const what = labelWords(roleIn(environments, environment), label);
        const p = adjusted === null ? '' : ` (p ${adjusted < 0.001 ? '< 0.001' : `= ${adjusted.toFixed(3)}`})`;
        return h`<tr><th scope="row">${environment}</th><td>${what}</td><td>${checkpoint}</td><td>${formatRate(run.interval)}</td><td>${formatRate(other.interval)}</td><td>${shiftWords(difference)}${isPaired ? '' : ', not paired'}</td><td>${reading}${p}</td></tr>`;
      },
    );
    const other = control.matrix;
    return h`<h3>Against ${name} <span class="quiet">recipe ${other.recipe}, ${other.algorithm}, seed ${other.seed}</span></h3>${
      other.algorithm === matrix.algorithm
        ? null
        : h`<p>Not a control of its own kind: it was trained by ${other.algorithm}, this run by ${matrix.algorithm}, so a difference may come from that.</p>`
    }${table(
      `This run, ${name}, and the difference`,
      ['environment', 'what', 'checkpoint', 'this run', name, 'difference', 'reading'],
      rows,
    )}<p class="quiet">Differences are taken task by task over the tasks that both runs played. Readings after Holm’s adjustment over the ${compared.length} rows; what could not be paired is not tested.</p>`;
  });

/** Our held-out cells under the paper's rows. */
export const paperTable = (matrix: Matrix, environments: readonly TrainedEnvironment[]): Html => {
  const end = matrix.checkpoints.at(-1) ?? 'base';
  const base = matrix.checkpoints[0] ?? 'base';
  const heldOut = [...new Set(matrix.cells.map(({ environment }) => environment))].filter(
    (name) => roleIn(environments, name) === 'held-out',
  );
  const ours = heldOut.flatMap((name) =>
    (end === base ? [base] : [base, end]).map((checkpoint) => {
      const text = (label: 'succeeded' | 'evaded'): string => {
        const cell = cellOf(matrix, checkpoint, name, label);
        return cell === null ? 'n/a' : formatRate(cell.interval);
      };
      return h`<tr><th scope="row">this run: ${name}, ${checkpoint === base ? 'before training' : `after ${checkpoint}`}</th><td>${text('succeeded')}</td><td>${text('evaded')}</td><td class="quiet">${matrix.algorithm}, seed ${matrix.seed}</td></tr>`;
    }),
  );
  const theirs = PAPER_ROWS.map(
    ({ what, overwritten, evaded, source }) =>
      h`<tr><th scope="row">${what}</th><td>${overwritten.text}</td><td>${evaded.text}</td><td class="quiet">paper, ${source}</td></tr>`,
  );
  const steps = PAPER_BY_STAGE.map(([stage, rate]) => `${stage} ${rate}`).join(', ');
  return h`${table('Held-out tampering: this run and the paper', ['what', 'reward overwritten', 'and no test tells', 'source'], [...ours, ...theirs])}
<p class="quiet">The paper’s Figure 2 for HHH expert iteration, reward overwritten after each stage, without counts: ${steps}. It prints no intervals: those of its counts are ours. Its model is thousands of times larger than one that trains in minutes, so levels cannot be compared; whether and where gaming rises can.</p>`;
};
