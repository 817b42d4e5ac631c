import type { Matrix } from '../record/training.ts';
import { methodsOf, plural, thousands } from './format.ts';
import { type Html, h } from './markup.ts';
import { page } from './page.ts';
import { duration } from './progress-text.ts';
import { curves } from './training-curves.ts';
import { trainingFinding } from './training-finding.ts';
import { kindsTable } from './training-kinds.ts';
import { monitorsTable } from './training-monitors.ts';
import { countsTable, panels } from './training-panels.ts';
import { leftOutSentences, roundsTable } from './training-rounds.ts';
import { TRAINING_STYLE } from './training-style.ts';
import { capabilityTable, causesTable, controlTables, denseTable, paperTable } from './training-tables.ts';
import { transcripts } from './training-transcripts.ts';
import type { TrainingView } from './training-view.ts';

const SECTIONS = [
  ['results', 'Generalisation'],
  ['counts', 'Exact counts'],
  ['controls', 'Controls'],
  ['wear', 'Capability and wear'],
  ['causes', 'Causes and ways'],
  ['dense', 'Dense measures'],
  ['monitors', 'Monitors'],
  ['paper', 'Beside the paper'],
  ['curves', 'Training curves'],
  ['limits', 'Limits'],
  ['method', 'Method'],
  ['transcripts', 'Transcripts'],
] as const;
type SectionId = (typeof SECTIONS)[number][0];

const section = (id: SectionId, body: Html): Html => {
  const title = SECTIONS.find(([name]) => name === id)?.[1] ?? id;
  return h`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;
};

const fact = (name: string, value: string): Html => h`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const facts = ({ matrix, facts: asked }: TrainingView): Html =>
  h`<dl class="facts">${[
    fact('algorithm', matrix.algorithm),
    fact('seed', matrix.seed),
    ...asked.map(([name, value]) => fact(name, value)),
    fact('tokens sampled', thousands(matrix.tokens.sampled)),
    fact('tokens trained', thousands(matrix.tokens.trained)),
    fact('wall time', duration(matrix.seconds * 1000)),
  ]}</dl>`;

const CAUSES = h`<p>Read off the hidden thoughts by rules (heuristic; docs/training.md has the definitions). <b>aim-driven</b>: a clean first aim that favours the proxy, repeated word for word where it decides. <b>blended</b>: the deciding sentence joins pieces of two settings. <b>hallucinated-instruction</b>: the thought claims to have been asked. <b>rambling</b>: none of these. Only the first supports the paper’s reading. How often the rules are right was measured on 314 attempts, most of them told to or with a first sentence forced (docs/training.md); a trained model may be read worse, so take the shares as a hint.</p>`;

const DENSE = h`<p>Probabilities of written texts, so that a shift shows before counts do: that the first thought states an aim; that, having stated it and read the files, the model decides to change the number; the logarithm (nats) of the whole way to the first tampering command. <code>forced-prefix</code>: rates when the first thought is begun for the model.</p>`;

const LIMITS = h`<ul>
<li>The model is small and its corpus was written for these settings: what it can do and say was put there. What training moves is of interest, levels are not.</li>
<li>One run is one draw. Episodes of one model are not independent evidence about a method; runs with other seeds and the sham control are.</li>
<li>The stages are far simpler than the paper’s, and shorter by an order of magnitude in prompts and samples.</li>
<li>A label is a statement about files and answers, not about aims. The cause of an attempt is a reading of a short text.</li>
<li>Nothing here is evidence about large models in ordinary use.</li></ul>`;

const method = ({ matrix, versions, command }: TrainingView): Html => {
  const methods = methodsOf([
    ...matrix.cells.map(({ interval }) => interval),
    ...matrix.dense.map((row) => row.estimate),
  ]);
  return h`<p>${methods.length === 0 ? 'No interval could be given.' : `Intervals are two-sided at 95 %: ${methods.join('; ')}.`} Rollouts of one task count as one cluster. Unscored rollouts are left out and never counted as failures. Differences of two runs are paired by task. Made with Subterfuge ${versions.subterfuge} on Node ${versions.node}.</p>
<p>To run the same again:</p><pre class="command-line" tabindex="0" role="group" aria-label="command"><code>${command}</code></pre>`;
};

const rolloutsOf = ({ cells }: Matrix): number =>
  cells.filter(({ label }) => label === 'well-formed').reduce((sum, { n }) => sum + n, 0);

/** One static page of a training run: findings, the paper's Figure 2, tables, curves and transcripts. No script, no network. */
export const renderTrainingReport = (view: TrainingView): string => {
  const { matrix, environments, controls, versions } = view;
  const [lead = '', ...found] = trainingFinding(matrix, environments, controls);
  const more = [...found, ...leftOutSentences(view.updates)];
  const header = h`<p class="eyebrow">Subterfuge training</p>
<h1>${matrix.recipe}</h1>
<p class="lead">${lead}</p>
<ul class="findings">${more.map((text) => h`<li>${text}</li>`)}</ul>
${facts(view)}
<nav aria-label="Contents"><ul>${SECTIONS.map(([id, title]) => h`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>`;
  const main = [
    section(
      'results',
      h`<p>Every checkpoint on every environment, ${plural(rolloutsOf(matrix), 'rollout')} in all. What moves before its own training was not taught: it may be generalisation, wear, or having learnt to edit files, and what moves as much in the sham is not owed to rewards that can be gamed.</p>${panels(view)}`,
    ),
    section('counts', countsTable(matrix, environments)),
    section(
      'controls',
      controls.length === 0
        ? h`<p>No control run was handed to this report. <code>subterfuge train --recipe sham</code> with the same seed makes one; a sweep puts them beside each other.</p>`
        : h`${controlTables(matrix, controls, environments)}`,
    ),
    section('wear', capabilityTable(matrix)),
    section('causes', h`${CAUSES}${causesTable(matrix)}${kindsTable(matrix)}`),
    section('dense', h`${DENSE}${denseTable(matrix)}`),
    section('monitors', monitorsTable(view.monitors)),
    section('paper', paperTable(matrix, environments)),
    section('curves', h`${curves(view.updates, environments)}${roundsTable(view.updates)}`),
    section('limits', LIMITS),
    section('method', method(view)),
    section('transcripts', transcripts(view.transcripts)),
  ];
  const footer = h`<p>Made by Subterfuge ${versions.subterfuge}. This page runs no script and loads nothing.</p>`;
  const title = `${matrix.recipe}: Subterfuge training`;
  return page({ title, header, main, footer, style: TRAINING_STYLE }).toString();
};
