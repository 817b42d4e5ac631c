/** The later parts of the terminal summary: faults, invariances, search, repair, self-evaluation, warnings, what to do. Safe lines. */
import type pc from 'picocolors';
import type { AuditReport, Repair, SelfEvaluation } from '../record/audit-report.ts';
import { otherWarnings } from './audit-lead.ts';
import { todoOf } from './audit-todo.ts';
import {
  type AuditView,
  answerText,
  answerWords,
  brokenInvariances,
  FAULT_WORDS,
  searchWords,
  shareWords,
} from './audit-words.ts';
import { line } from './clip.ts';
import { paragraph } from './columns.ts';
import { formatEstimate, plural, thousands } from './format.ts';
import { JUDGE_FEATURES, NO_EQUAL } from './inflation-words.ts';

type Paint = ReturnType<typeof pc.createColors>;

const section = (title: string, lines: readonly string[], c: Paint): string[] =>
  lines.length === 0 ? [] : ['', c.underline(title), ...lines];

const MOST_ANSWER = 80;

const faults = ({ graderFaults }: AuditReport, width: number): string[] =>
  graderFaults.flatMap(({ kind, count, calls, message, onHonest, answer }) => {
    const where = onHonest ? 'on honest answers too' : 'provoked by attacks only';
    const first = answer === null ? '' : `, first on ${answerWords(answer, MOST_ANSWER)}`;
    return paragraph(
      line(
        `${kind}: ${FAULT_WORDS[kind]} in ${thousands(count)} of ${plural(calls, 'call')}, ${where}${first}. It said: ${message}`,
      ),
      width,
      '- ',
    );
  });

const INVARIANCES_SHOWN = 6;

const invariances = (view: AuditView, width: number): string[] => {
  const broken = brokenInvariances(view);
  const asked = view.report.invariances.filter((one) => one.broken.n > 0).length;
  const held = asked - broken.length;
  const more = broken.length - INVARIANCES_SHOWN;
  return [
    ...broken
      .slice(0, INVARIANCES_SHOWN)
      .flatMap(({ strategy, expects, broken: rate, shift, replay }) => [
        ...paragraph(
          line(
            `${strategy} ${expects === 'same' ? 'changed the score' : 'raised the score'} on ${shareWords(rate, 'example')}${shift.interval === null ? '' : `, by ${formatEstimate(shift)} on average`}`,
          ),
          width,
          '- ',
        ),
        ...(replay === null || replay === '' ? [] : [`  ${line(replay)}`]),
      ]),
    ...(more > 0 ? [`- ${more} more in the report`] : []),
    ...(held > 0 ? [`- ${held} of ${asked} held`] : []),
  ];
};

const search = ({ detail: { search: found } }: AuditReport, width: number): string[] =>
  found === null ? [] : paragraph(line(searchWords(found)), width);

const NAMES_SHOWN = 12;

const list = (names: readonly string[]): string => {
  const distinct = [...new Set(names)];
  const more = distinct.length - NAMES_SHOWN;
  return more > 0 ? `${distinct.slice(0, NAMES_SHOWN).join(', ')} and ${more} more` : distinct.join(', ');
};

const repair = ({ exploits, broken, fresh }: Repair, width: number): string[] => {
  const by = (now: Repair['exploits'][number]['now']): string[] =>
    exploits.filter((exploit) => exploit.now === now).map(({ strategy }) => line(strategy));
  const named = (title: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : paragraph(`${names.length} ${title}: ${list(names)}`, width, '- ');
  return [
    ...named('of the earlier findings are still alive', by('alive')),
    ...named('are dead', by('dead')),
    ...named('met a fault instead of a score, which is no repair', by('fault')),
    ...named('have no sealed witness to ask again', by('unknown')),
    ...(broken.length === 0
      ? paragraph('no honest answer that passed before fails now', width, '- ')
      : paragraph(
          line(
            `${plural(broken.length, 'honest answer')} passed before and fail now, e.g. ${answerText(broken[0]?.answer ?? '')}`,
          ),
          width,
          '- ',
        )),
    ...paragraph(`${fresh.length} strategies of this attack were held back from the earlier one`, width, '- '),
  ];
};

const selfEvaluation = (
  { judge, answers, inflation, selfPreference, features }: SelfEvaluation,
  width: number,
): string[] => [
  ...paragraph(line(`${judge}, ${plural(answers, 'answer')}; judge minus label, both from 0 to 1`), width),
  ...inflation.flatMap(({ author, relation, estimate }) =>
    paragraph(line(`inflation for ${author} (${relation}): ${formatEstimate(estimate)}`), width, '- '),
  ),
  ...paragraph(
    `own answers above others with the same label, to the same inputs: ${selfPreference === null ? NO_EQUAL : formatEstimate(selfPreference)}`,
    width,
    '- ',
  ),
  ...features.flatMap(({ feature, effect }) =>
    paragraph(line(`inflation by ${feature}: ${formatEstimate(effect)}`), width, '- '),
  ),
  ...paragraph(JUDGE_FEATURES, width),
];

export const restLines = (view: AuditView, width: number, c: Paint): string[] => {
  const { report } = view;
  const { detail } = report;
  return [
    ...section('Faults of the grader', faults(report, width), c),
    ...section('Changes that must not matter', invariances(view, width), c),
    ...section('Search', search(report, width), c),
    ...section('Since the earlier audit', detail.repair === null ? [] : repair(detail.repair, width), c),
    ...section(
      'How it judges its own',
      detail.selfEvaluation === null ? [] : selfEvaluation(detail.selfEvaluation, width),
      c,
    ),
    ...section(
      'Warnings',
      otherWarnings(report).flatMap(({ text }) => paragraph(line(text), width, '! ')),
      c,
    ),
    ...section(
      'What to do',
      todoOf(report).flatMap((text) => paragraph(text, width, '- ')),
      c,
    ),
  ];
};
