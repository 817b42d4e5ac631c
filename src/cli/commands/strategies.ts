import { Command } from 'commander';
import type { Answer } from '../../audit/answer.ts';
import { isFiles, isText } from '../../audit/answer.ts';
import { listingOf, selectStrategies } from '../../audit/listing.ts';
import { inRound } from '../../audit/rounds.ts';
import type { Strategy } from '../../audit/strategy.ts';
import { inputError } from '../../base/errors.ts';
import { visible } from '../../base/terminal.ts';
import { type FailureClass, failureClassSchema, type SubjectForm, subjectFormSchema } from '../../record/audit.ts';
import { line } from '../../report/clip.ts';
import { cell, paragraph, tableLines } from '../../report/columns.ts';
import { oneOf } from '../options.ts';
import type { CommandContext } from '../program.ts';

interface StrategiesOptions {
  readonly class?: FailureClass;
  readonly subject?: SubjectForm;
  readonly json?: boolean;
}

const HELP = `
A name shows one strategy: what it does, where it was seen, and an example.

  subterfuge strategies --class metric-gaming
  subterfuge strategies --subject judge
  subterfuge strategies twin-answer-sentence`;

const KINDS: Readonly<Record<Strategy['kind'], string>> = {
  'no-work': 'an answer without the work: it fails what was meant',
  'known-bad': 'a wrong answer dressed up: it stays wrong',
  degrade: 'a good answer broken: it fails what was meant',
  invariance: 'a change that must not matter',
  'honest-twin': 'the same honest answer in other words: a grader that fails it errs',
  procedure: 'another way of asking the same',
};

const MOST_SHOWN = 1_500;

const answerText = (answer: Answer | null): string => {
  if (answer === null) return '(nothing)';
  if (isText(answer)) return answer;
  if (!isFiles(answer)) return JSON.stringify(answer);
  return Object.entries(answer)
    .map(([path, text]) => `--- ${path}\n${text}`)
    .join('\n');
};

const shown = (answer: Answer | null): string => {
  const text = answerText(answer);
  const cut = text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
  return visible(cut.trimEnd(), { newlines: true, tabs: 4 }).replaceAll(/^/gm, '    ');
};

const roundText = (strategy: Strategy, all: readonly Strategy[]): string =>
  inRound(all, 'first').includes(strategy) ? 'in every audit' : 'held back for the attack after a repair (--against)';

const one = (strategy: Strategy, all: readonly Strategy[], width: number): string =>
  [
    strategy.name,
    ...paragraph(line(strategy.description), width, '  '),
    '',
    ...paragraph(KINDS[strategy.kind], width, '  kind:     '),
    `  class:    ${strategy.class}`,
    ...paragraph(strategy.subjects.join(', '), width, '  subjects: '),
    `  needs:    ${strategy.needs.join(', ') || 'nothing'}`,
    ...paragraph(line(strategy.source), width, '  source:   '),
    `  used:     ${roundText(strategy, all)}`,
    '',
    '  from:',
    shown(strategy.example.from),
    '  to:',
    shown(strategy.example.to),
  ].join('\n');

const table = (strategies: readonly Strategy[], width: number): string => {
  const classes = [...Map.groupBy(strategies, ({ class: failure }) => failure)];
  const parts = classes.flatMap(([failure, members]) => [
    `${failure} (${members.length})`,
    ...tableLines(
      [
        ['strategy', 'kind', 'subjects'].map((name) => cell(name)),
        ...members.map(({ name, kind, subjects }) => [cell(name), cell(kind), cell(subjects.join(' '))]),
      ],
      width,
      false,
      (text) => text,
    ),
    '',
  ]);
  return [...parts, `${strategies.length} in all. One of them in full: subterfuge strategies NAME`].join('\n');
};

const named = (name: string, all: readonly Strategy[]): Strategy => {
  const found = all.find((strategy) => strategy.name === name);
  if (found !== undefined) return found;
  const alike = all.filter((strategy) => strategy.name.includes(name)).map((strategy) => strategy.name);
  throw inputError({
    code: 'unknown-strategy',
    what: 'There is no such strategy.',
    given: name,
    ...(alike.length === 0 ? {} : { allowed: alike.join(', ') }),
    todo: 'subterfuge strategies lists them.',
  });
};

export const strategiesCommand = ({ io }: CommandContext): Command =>
  new Command('strategies')
    .description('List the ways in which audit tries to game a grader, and the changes that must not matter to it.')
    .argument('[name]', 'show one of them in full')
    .option('--class <name>', failureClassSchema.options.join(', '), oneOf('class', failureClassSchema.options))
    .option('--subject <form>', subjectFormSchema.options.join(', '), oneOf('subject', subjectFormSchema.options))
    .option('--json', 'print JSON (docs/json.md)')
    .addHelpText('after', HELP)
    .action(async (name: string | undefined, { json, ...filter }: StrategiesOptions) => {
      // Loaded here, since every other command would pay for the whole catalogue at its start.
      const { STRATEGIES } = await import('../../audit/strategies/index.ts');
      const strategies = name === undefined ? selectStrategies(STRATEGIES, filter) : [named(name, STRATEGIES)];
      if (json === true) io.out(`${JSON.stringify(listingOf(strategies), null, 2)}\n`);
      else if (name === undefined) io.out(`${table(strategies, io.columns)}\n`);
      else io.out(`${strategies.map((strategy) => one(strategy, STRATEGIES, io.columns)).join('\n')}\n`);
    });
