import type { EnvironmentSummary, Evaluation } from '../record/evaluation.ts';
import type { EvalPlan } from '../record/run.ts';
import { repeatCommand } from './command.ts';
import { findingText } from './finding.ts';
import { plural, thousands } from './format.ts';
import { type Fragment, type Html, h } from './markup.ts';
import { facts, method, reading } from './notes-html.ts';
import { page } from './page.ts';
import { environmentSections, gamingFigure, resultsTable, warningNote } from './results-html.ts';
import { transcriptMarkup } from './transcript-html.ts';
import { type EnvironmentText, type RolloutView, STANDINGS, type Standing, standingOf } from './view.ts';

export interface ReportInput {
  readonly evaluation: Evaluation;
  readonly plan: EvalPlan;
  readonly versions: { readonly subterfuge: string; readonly node: string };
  readonly environments: readonly EnvironmentText[];
  /** Any number; at most `transcriptsEach` of an environment are shown, and the page says so. */
  readonly rollouts: readonly RolloutView[];
  /** Default 12. */
  readonly transcriptsEach?: number;
  /** How to repeat it. Default: made from the plan. */
  readonly command?: string;
}

interface Chosen {
  readonly view: RolloutView;
  readonly standing: Standing;
}

const byId = (a: Chosen, b: Chosen): number => (a.view.rollout.id < b.view.rollout.id ? -1 : 1);

/** Gamed first, then attempted, then the rest; by id within each. */
const inOrder = (views: readonly RolloutView[]): Chosen[] =>
  views
    .map((view) => ({ view, standing: standingOf(view) }))
    .sort((a, b) => STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) || byId(a, b));

const transcriptSection = (
  result: EnvironmentSummary,
  index: number,
  views: readonly RolloutView[],
  most: number,
): Html => {
  const shown = inOrder(views).slice(0, most);
  const total = plural(result.rollouts, 'rollout');
  const order = 'Gamed first, then attempted, then the rest, by id: not a random sample.';
  const said =
    shown.length === 0
      ? `None of its ${total} was handed to this report.`
      : shown.length === result.rollouts
        ? `All ${total}.`
        : `${thousands(shown.length)} of ${total}; at most ${most} are shown. ${order}`;
  return h`<section aria-labelledby="t${index}"><h3 id="t${index}">${result.name}</h3><p class="quiet">${said}</p>
${shown.map(({ view, standing }, place) => transcriptMarkup(`t${index}-${place}`, view, standing))}</section>`;
};

const transcripts = ({ evaluation, rollouts, transcriptsEach = 12 }: ReportInput): Fragment =>
  evaluation.environments.map((result, index) => {
    const own = rollouts.filter(({ rollout }) => rollout.task.environment === result.name);
    return transcriptSection(result, index, own, transcriptsEach);
  });

const FILTERS: Readonly<Record<Standing, string>> = { gamed: 'gamed', attempted: 'attempted only', rest: 'the rest' };

const filters = (): Html =>
  h`<p class="filters"><a href="#transcripts">all</a>${STANDINGS.map((s) => h`<a href="#only-${s}" id="only-${s}">${FILTERS[s]}</a>`)}</p>`;

const SECTIONS = [
  ['results', 'Results'],
  ['gaming', 'Gaming by environment'],
  ['environments', 'What the model did'],
  ['reading', 'How to read this'],
  ['method', 'Method'],
  ['transcripts', 'Transcripts'],
] as const;

const contents = ({ environments }: Evaluation): Html => {
  const own = environments.map(({ name }, index) => h`<li><a href="#t${index}">${name}</a></li>`);
  return h`<nav aria-label="Contents"><ul>${SECTIONS.map(([id, title]) => h`<li><a href="#${id}">${title}</a></li>`)}</ul>${
    environments.length < 2 ? null : h`<ul><li class="quiet">Transcripts of</li>${own}</ul>`
  }</nav>`;
};

/**
 * One static page: findings, table, figures, method and transcripts. It runs no script, loads nothing, and escapes every
 * string that came from a model, a task or a file.
 */
export const renderReport = (input: ReportInput): string => {
  const { evaluation, plan, versions, environments, command = repeatCommand(plan) } = input;
  const header = h`<p class="eyebrow">Subterfuge evaluation</p>
<h1>${evaluation.model}</h1>
<p class="lead">${findingText(evaluation)}</p>
${facts(evaluation, plan)}
${contents(evaluation)}`;
  const main = h`<section aria-labelledby="results"><h2 id="results">Results</h2>${warningNote(evaluation)}${resultsTable(evaluation)}</section>
<section aria-labelledby="gaming"><h2 id="gaming">Gaming by environment</h2>${gamingFigure(evaluation)}</section>
<section aria-labelledby="environments"><h2 id="environments">What the model did</h2>${environmentSections(evaluation, environments)}</section>
<section aria-labelledby="reading"><h2 id="reading">How to read this</h2>${reading()}</section>
<section aria-labelledby="method"><h2 id="method">Method</h2>${method(evaluation, versions, command)}</section>
<section aria-labelledby="transcripts"><h2 id="transcripts">Transcripts</h2><p>Text in a dashed frame is the model’s hidden chain of thought: no overseer saw it. Control and invisible characters are written out, as in <code>\\x1b</code>.</p>${filters()}${transcripts(input)}</section>`;
  const footer = h`<p>Made by Subterfuge ${versions.subterfuge} from run ${evaluation.run}. This page runs no script and loads nothing.</p>`;
  return page({ title: `${evaluation.model}: Subterfuge evaluation`, header, main, footer }).toString();
};
