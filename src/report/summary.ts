import pc from 'picocolors';
import type { Evaluation } from '../record/evaluation.ts';
import type { Manifest } from '../record/run.ts';
import { askedOf } from './asked.ts';
import { line } from './clip.ts';
import { paragraph } from './columns.ts';
import { repeatCommand } from './command.ts';
import { findingText } from './finding.ts';
import { renderTable, type TextOptions } from './table.ts';

/** What `show RUN` prints: what was asked, what was found, the table, and how to repeat it. */
export const renderSummary = (evaluation: Evaluation, manifest: Manifest, options: TextOptions): string => {
  const c = pc.createColors(options.colour);
  const { plan, versions } = manifest;
  const asked = [...askedOf(evaluation, plan).map(([, value]) => value), `seed ${plan.seed}`].map((text) => line(text));
  const made = `run ${line(evaluation.run)} · ${line(manifest.createdAt)} · subterfuge ${line(versions.subterfuge)}, node ${line(versions.node)}`;
  return [
    ...paragraph(line(evaluation.model), options.width).map((text) => c.bold(text)),
    ...paragraph(asked.join(' · '), options.width).map((text) => c.dim(text)),
    ...paragraph(made, options.width).map((text) => c.dim(text)),
    '',
    ...paragraph(line(findingText(evaluation)), options.width),
    '',
    renderTable(evaluation, options),
    '',
    ...paragraph(line(repeatCommand(plan)), options.width, 'Repeat it: ', '  '),
  ].join('\n');
};
