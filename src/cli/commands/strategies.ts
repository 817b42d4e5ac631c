import { Command } from 'commander';
import type { Answer } from '../../audit/answer.ts';
import { isFiles, isText } from '../../audit/answer.ts';
import { listingOf, selectStrategies } from '../../audit/listing.ts';
import { inRound } from '../../audit/rounds.ts';
import type { Strategy } from '../../audit/strategy.ts';
import { inputError } from '../../base/errors.ts';
import { padEnd, visible } from '../../base/terminal.ts';
import { type FailureClass, failureClassSchema, type SubjectForm, subjectFormSchema } from '../../record/audit.ts';
import { line } from '../../report/clip.ts';
import { paragraph } from '../../report/columns.ts';
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
/** Columns of the rule under the last heading. */
const MOST_SUBJECTS = 18;

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

const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));

/** A name is what the next command is given, so it is never cut: on a narrow terminal the subjects go on below. */
const rows = (members: readonly Strategy[], width: number): string[] => {
  const head = { name: 'strategy', kind: 'kind', subjects: ['subjects'] };
  const names = widest([head.name, ...members.map(({ name }) => name)]) + 2;
  const kinds = widest([head.kind, ...members.map(({ kind }) => kind)]) + 2;
  const row = ({ name, kind, subjects }: typeof head): string[] =>
    paragraph(subjects.join(' '), width, padEnd(name, names) + padEnd(kind, kinds));
  return [
    ...row(head),
    '─'.repeat(Math.min(width, names + kinds + MOST_SUBJECTS)),
    ...members.flatMap((one) => row({ ...one, subjects: [...one.subjects] })),
  ];
};

const table = (strategies: readonly Strategy[], width: number): string => {
  const classes = [...Map.groupBy(strategies, ({ class: failure }) => failure)];
  const parts = classes.flatMap(([failure, members]) => [
    `${failure} (${members.length})`,
    ...rows(members, width),
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
