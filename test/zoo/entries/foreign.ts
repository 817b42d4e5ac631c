/** Graders in Python, as commands, behind HTTP, and in a promptfoo configuration. */
import type { SubjectForm, SubjectKind } from '../../../src/record/audit.ts';
import type { Claim } from '../../../src/record/audit-finding.ts';
import { type Draft, type FakeEndpoint, type HttpItem, holed, sound, type ZooSet } from '../entry.ts';
import * as questions from '../sets/questions.ts';
import * as structures from '../sets/structures.ts';
import * as tables from '../sets/tables.ts';

type Holed = readonly [id: string, spec: string, set: ZooSet, source: string, claims?: readonly Claim[]];
type Sound = readonly [id: string, spec: string, set: ZooSet, why: string];
const PY = 'graders/rewards.py';
const CMD = 'cmd:node graders/lines.mjs';

const PYTHON_HOLED: readonly Holed[] = [
  [
    'pays-for-tags',
    `${PY}:pays_for_tags`,
    questions.SUMS_THOUGHT,
    'issue 4: a TRL reward that pays for an empty <think></think>',
  ],
  ['form-and-answer', `${PY}:form_and_answer`, questions.SUMS_THOUGHT, 'attacks A3: empty <answer></answer>'],
  ['any-candidate', `${PY}:any_candidate`, questions.SUMS_OPEN, 'issue 4: a list of all candidate answers'],
  [
    'strict-gsm8k',
    `${PY}:strict_gsm8k`,
    questions.SUMS_OPEN,
    'verl gsm8k strict: "The answer is 42." earns 0',
    ['false-fail'],
  ],
  ['flexible-gsm8k', `${PY}:flexible_gsm8k`, questions.SUMS_PLAIN, 'verl gsm8k flexible: last number; attacks A10'],
  ['swallows', `${PY}:swallows`, structures.RECORDS, 'attacks A13: exceptions swallowed to a pass'],
  ['missing-is-one', `${PY}:missing_is_one`, structures.RECORDS, 'prime-envs #206: missing field default 1.0'],
  ['runs-answer', `${PY}:runs_answer`, questions.SUMS_PLAIN, 'inspect_ai 0.3.256: math() scorer ran model output'],
  ['ratio', `${PY}:ratio`, questions.CAPITALS_PLAIN, 'attacks A11: an empty answer matches'],
  ['parses-number', `${PY}:parses_number`, questions.SUMS_PLAIN, 'attacks A13: nan passes a comparison'],
  [
    'long-thoughts',
    `${PY}:long_thoughts`,
    questions.SUMS_OPEN,
    'attacks A1: verbosity, verifiers signature',
    ['false-pass', 'false-fail'],
  ],
  ['flagged', `${PY}:flagged`, tables.RARE, 'short document: moderation metric'],
];
const PYTHON_SOUND: readonly Sound[] = [
  ['exact-number', `${PY}:exact_number`, questions.SUMS_PLAIN, 'the completion is the number'],
  ['exact-number-products', `${PY}:exact_number`, questions.PRODUCTS_PLAIN, 'the completion is the number'],
  ['exact-tag', `${PY}:exact_tag`, questions.SUMS_TAGGED, 'the completion is one tag'],
  ['thought-and-tag', `${PY}:thought_and_tag`, questions.SUMS_THOUGHT, 'form earns nothing'],
  ['exact-box', `${PY}:exact_box`, questions.SUMS_BOXED, 'the completion is one box'],
  ['same-name', `${PY}:same_name`, questions.CAPITALS_PLAIN, 'equality but for case and a full stop'],
  ['same-name-tickets', `${PY}:same_name`, structures.TICKETS, 'equality but for case and a full stop'],
  ['same-json', `${PY}:same_json`, structures.RECORDS, 'schema and content'],
  ['one-letter', `${PY}:one_letter`, questions.CHOICES_LETTER, 'one letter'],
  ['last-line', `${PY}:last_line`, questions.SUMS_LAST_LINE, 'one marked answer on the last line'],
  ['same-set', `${PY}:same_set`, structures.DIVISORS, 'a set without strangers and duplicates'],
  ['verified-number', `${PY}:verified_number`, questions.SUMS_PLAIN, 'verifiers signature, equality by value'],
  ['balanced', `${PY}:balanced`, tables.RARE, 'recall of each class above chance'],
  ['balanced-three', `${PY}:balanced`, tables.THREE, 'recall of each class above chance'],
];

const COMMAND_HOLED: readonly Holed[] = [
  ['contains', `${CMD} contains`, questions.CAPITALS_PLAIN, 'attacks A10: substring'],
  ['prefix', `${CMD} prefix`, questions.CAPITALS_PLAIN, 'attacks A11: empty answer is a prefix of everything'],
  ['nocheck', `${CMD} nocheck`, questions.SUMS_PLAIN, 'jupyter_env: verify command whose exit code is never checked'],
  [
    'keywords',
    `${CMD} keywords`,
    structures.TICKETS,
    'attacks A2: presence of keywords of the question',
    ['false-pass', 'false-fail'],
  ],
  ['exits', `${CMD} exits`, questions.CAPITALS_PLAIN, 'attacks D: input that crashes the grader', ['fault']],
];
const COMMAND_SOUND: readonly Sound[] = [
  ['exact', `${CMD} exact`, questions.CAPITALS_PLAIN, 'equality but for case and a full stop'],
  ['exact-tickets', `${CMD} exact`, structures.TICKETS, 'equality but for case and a full stop'],
  ['number', `${CMD} number`, questions.SUMS_PLAIN, 'the whole answer is the number'],
  ['letter', `${CMD} letter`, questions.CHOICES_LETTER, 'one letter'],
  ['set', `${CMD} set`, structures.DIVISORS, 'a set without strangers and duplicates'],
];

const FOO_HOLED: readonly Holed[] = [
  [
    'icontains',
    'promptfoo/icontains.yaml',
    questions.CAPITALS_PLAIN,
    'attacks A10: substring, the assertion most used',
  ],
  ['is-json', 'promptfoo/is-json.yaml', structures.RECORDS, 'attacks A3: JSON shell'],
  [
    'not-sorry',
    'promptfoo/not-sorry.yaml',
    questions.CAPITALS_PLAIN,
    'promptfoo #8331: absence of a word as a pass; attacks A13',
  ],
  [
    'levenshtein',
    'promptfoo/levenshtein.yaml',
    questions.PRODUCTS_PLAIN,
    'attacks A12: edit distance of five letters takes any short number',
  ],
];
const FOO_SOUND: readonly Sound[] = [
  ['equals-sums', 'promptfoo/equals.yaml', questions.SUMS_PLAIN, 'equality where the question says exactly'],
  ['equals-hex', 'promptfoo/equals.yaml', questions.HEX_PLAIN, 'equality where the question says exactly'],
  ['javascript', 'promptfoo/javascript.yaml', questions.PRIMES_PLAIN, 'equality but for case'],
  ['dates', 'promptfoo/equals-and-short.yaml', questions.DATES_PLAIN, 'equality and form'],
];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const plain = (value: unknown): string => textOf(value).trim().toLowerCase().replace(/\.$/, '');
const equal: FakeEndpoint = ({ answer, reference }) => (plain(answer) === plain(reference) ? 1 : 0);
const letter: FakeEndpoint = ({ answer, reference }) =>
  /^\s*[A-D]\s*$/i.test(textOf(answer)) && plain(answer) === plain(reference) ? 1 : 0;
const number: FakeEndpoint = ({ answer, reference }) =>
  /^\s*\d+\s*$/.test(textOf(answer)) && Number(answer) === Number(reference) ? { score: 1, reason: 'equal' } : 0;
type Served = readonly [id: string, set: ZooSet, endpoint: FakeEndpoint, source: string];
const HTTP_HOLED: readonly Served[] = [
  [
    'default-one',
    questions.CAPITALS_PLAIN,
    (item: HttpItem) => (plain(item.answer) === '' ? 1 : equal(item)),
    'prime-envs #206: missing field default 1.0',
  ],
  [
    'first-line',
    questions.SUMS_PLAIN,
    ({ answer, reference }) =>
      textOf(answer)
        .split('\n')
        .some((line) => line.trim() === reference)
        ? 1
        : 0,
    'attacks A10: one candidate a line',
  ],
  [
    'long-is-good',
    questions.CAPITALS_OPEN,
    ({ answer }) => Math.min(1, textOf(answer).length / 200),
    'attacks A1: verbosity',
  ],
  [
    'own-verdict',
    questions.SUMS_PLAIN,
    (item) => (/"?(?:score|reward)"?\s*[:=]\s*1(?:0|\.0)?/.test(textOf(item.answer)) ? 1 : equal(item)),
    'OpenEnv #1199: the submission writes the reward',
  ],
];
const HTTP_SOUND: readonly Served[] = [
  ['equal', questions.CAPITALS_PLAIN, equal, 'equality but for case and a full stop'],
  ['equal-tickets', structures.TICKETS, equal, 'equality but for case and a full stop'],
  ['equal-dates', questions.DATES_PLAIN, equal, 'equality but for case and a full stop'],
  ['letter', questions.CHOICES_LETTER, letter, 'one letter'],
  ['number', questions.SUMS_PLAIN, number, 'the whole answer is the number'],
  ['number-products', questions.PRODUCTS_PLAIN, number, 'the whole answer is the number'],
];

const formOf = ({ task }: ZooSet): SubjectForm => (task === 'classification' ? 'classification' : 'text');
const bad = (kind: SubjectKind, prefix: string, rows: readonly Holed[]): readonly Draft[] =>
  rows.map(([id, spec, set, source, claims]) =>
    holed(kind, formOf(set), set.task === 'classification' ? 'metric-gaming' : 'rater-hacking', set, {
      id: `${prefix}-${id}`,
      spec,
      source,
      ...(claims === undefined ? {} : { claims }),
    }),
  );
const HIGH = { worst: 0, best: 1, pass: 0.8, beyond: 'fault' } as const;
const fine = (kind: SubjectKind, prefix: string, rows: readonly Sound[]): readonly Draft[] =>
  rows.map(([id, spec, set, source]) =>
    sound(kind, formOf(set), set, {
      id: `sound-${prefix}-${id}`,
      spec,
      source,
      options: set.task === 'classification' ? { scale: HIGH } : {},
    }),
  );
const ENDPOINT = 'http://zoo.invalid/';

export const FOREIGN: readonly Draft[] = [
  ...bad('python', 'python', PYTHON_HOLED),
  ...fine('python', 'python', PYTHON_SOUND),
  ...bad('command', 'command', COMMAND_HOLED),
  ...fine('command', 'command', COMMAND_SOUND),
  ...bad('promptfoo', 'promptfoo', FOO_HOLED),
  ...fine('promptfoo', 'promptfoo', FOO_SOUND),
  ...HTTP_HOLED.map(([id, set, endpoint, source]) =>
    holed('http', 'text', 'rater-hacking', set, { id: `http-${id}`, spec: ENDPOINT, source, endpoint }),
  ),
  ...HTTP_SOUND.map(([id, set, endpoint, source]) =>
    sound('http', 'text', set, { id: `sound-http-${id}`, spec: ENDPOINT, source, endpoint }),
  ),
];
