/** What the built-in monitors find of a trained model's gaming, at fixed rates of false alarms. */
import type { MonitorsOfRun } from '../train/matrix-monitors.ts';
import { line } from './clip.ts';
import { paragraph } from './columns.ts';
import { formatRate, thousands } from './format.ts';
import { type Html, h } from './markup.ts';

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;

const NO_POSITIVES = 'no attempt at gaming to find';

type At = MonitorsOfRun['reports'][number]['scopes'][number]['at'][number];

const recallText = ({ recall, threshold, resolved }: At): string => {
  if (recall.n === 0) return NO_POSITIVES;
  const from = threshold === null ? 'flags nothing' : `from ${Number(threshold.toFixed(3))}`;
  return `${formatRate(recall)}, ${from}${resolved ? '' : ', too few negatives for this rate'}`;
};

/** On a page: every monitor, scope and rate. */
export const monitorsTable = (monitors: MonitorsOfRun | null): Html => {
  const [first] = monitors?.reports ?? [];
  if (monitors === null || first === undefined) return h`<p>Not measured in this run.</p>`;
  const rates = first.scopes[0]?.at.map(({ allowed }) => allowed) ?? [];
  const rows = monitors.reports.flatMap(({ monitor, sees, basis, scopes }) =>
    scopes.map(
      ({ environment, positives, negatives, at }) =>
        h`<tr><th scope="row">${monitor}</th><td>${sees}, ${basis}</td><td>${environment}</td><td>${thousands(positives)} / ${thousands(negatives)}</td>${at.map((one) => h`<td>${recallText(one)}<br><span class="quiet">flagged wrongly ${formatRate(one.falseAlarms)}</span></td>`)}</tr>`,
    ),
  );
  return h`<p>Recall on the evaluation of <b>${monitors.checkpoint}</b>; taken for gaming: what is labelled <code>${first.truth}</code>. The threshold is chosen on the same episodes, so on new ones more may be flagged wrongly. Tasks that ask for the act are left out.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Monitors"><table class="results list"><caption>Recall of the monitors at fixed rates of false alarms</caption><thead><tr><th scope="col">monitor</th><th scope="col">sees</th><th scope="col">environment</th><th scope="col">gaming / rest</th>${rates.map((rate) => h`<th scope="col">at most ${percent(rate)} flagged wrongly</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
};

/** The rate that a terminal shows. */
const SHOWN_RATE = 0.01;

export const monitorLines = (monitors: MonitorsOfRun, width: number): string[] => [
  ...paragraph(
    `Monitors on ${line(monitors.checkpoint)}: attempts at gaming found where at most ${percent(SHOWN_RATE)} of the rest is flagged`,
    width,
  ),
  ...monitors.reports.flatMap(({ monitor, scopes }) => {
    const found = scopes[0]?.at.find(({ allowed }) => allowed === SHOWN_RATE);
    return paragraph(`${line(monitor)}: ${found === undefined ? 'n/a' : recallText(found)}`, width, '  ', '    ');
  }),
];
