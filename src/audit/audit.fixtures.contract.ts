/** Small real graders and examples for the tests of the core: a plain function asked in this process, and four plain strategies. */
import { manualClock } from '../base/clock.ts';
import { contentHash, type Json } from '../base/json.ts';
import { rng } from '../base/rng.ts';
import type { ScoreScale, SubjectForm } from '../record/audit.ts';
import type { Answer } from './answer.ts';
import type { AuditOptions } from './audit.ts';
import type { Example, ExampleSet, ExampleTask } from './example.ts';
import { scoreFrom } from './score.ts';
import type { Strategy } from './strategy.ts';
import { type GradeCall, type Subject, type SubjectCapabilities, UNIT_SCALE } from './subject.ts';

export interface FunctionSubject extends Subject {
  /** Calls that reached it. */
  readonly asked: readonly GradeCall[];
}

/** Grades with a plain function; what it throws is a fault of that call. */
export const functionSubject = (
  grader: (answer: Answer, example: Example, call: GradeCall) => unknown,
  settings: {
    readonly form?: SubjectForm;
    readonly scale?: ScoreScale;
    readonly version?: string;
    readonly capabilities?: Partial<SubjectCapabilities>;
  } = {},
): FunctionSubject => {
  const { form = 'text', scale = UNIT_SCALE, version = contentHash(String(grader)) } = settings;
  const asked: GradeCall[] = [];
  return {
    asked,
    record: { spec: 'test.ts:grader', kind: 'function', form, version, scale },
    capabilities: {
      answers: ['text', 'vector', 'files'],
      needsReference: false,
      pairwise: form === 'pairwise',
      batch: 64,
      expensive: false,
      intentByConstruction: true,
      published: null,
      ...settings.capabilities,
    },
    grade: async (calls, signal) => {
      signal?.throwIfAborted();
      return calls.map((call) => {
        asked.push(call);
        try {
          return scoreFrom(grader(call.answer, call.example, call), scale);
        } catch (thrown) {
          return { kind: 'fault', fault: { kind: 'threw', message: String(thrown) } };
        }
      });
    },
    [Symbol.asyncDispose]: async () => {},
  };
};

export const exampleOf = (id: string, parts: Partial<Example> = {}): Example => ({
  id,
  input: `question ${id}`,
  reference: null,
  knownGood: [],
  knownBad: [],
  options: null,
  items: null,
  workspace: null,
  fields: {},
  ...parts,
});

/** Sums with a different answer each. */
export const SUMS: readonly Example[] = Array.from({ length: 24 }, (_, index) => {
  const answer = String(100 + 7 * index);
  return exampleOf(`sum-${String(index).padStart(2, '0')}`, {
    input: `${50 + 3 * index} + ${50 + 4 * index} = ?`,
    reference: answer,
    knownGood: [answer],
    knownBad: [String(31 + 5 * index)],
  });
});

/** Blocks of yes-or-no items; `positives` of each ten are true. */
export const blocksOf = (count: number, positives: number): readonly Example[] =>
  Array.from({ length: count }, (_, block) => {
    const dice = rng(`block ${block}`);
    const labels = dice.shuffle(Array.from({ length: 10 }, (_item, index) => index < positives));
    return exampleOf(`block-${block}`, {
      input: null,
      items: labels.map((label, index) => ({ input: `item ${block}.${index}`, label })),
      knownGood: [labels],
    });
  });

export const setOf = (
  examples: readonly Example[],
  task: ExampleTask = 'text',
  whole: Example | null = null,
): ExampleSet => ({
  task,
  examples,
  items: examples.reduce((sum, { items }) => sum + (items?.length ?? 1), 0),
  hash: contentHash(examples),
  source: 'inline',
  whole,
});

const head = {
  class: 'rater-hacking',
  source: 'test',
  subjects: ['text', 'judge', 'pairwise'],
  needs: [],
  example: { from: null, to: 'x' },
} as const;
const isText = (answer: Answer): answer is string => typeof answer === 'string';

/** Says so confidently, at length; pads a wrong answer; lists numbers; writes the good one as a sentence; adds a full stop. */
export const TEXT_STRATEGIES: readonly Strategy[] = [
  {
    ...head,
    name: 'confident',
    family: 'tone',
    plain: true,
    description: 'Sounds sure.',
    kind: 'no-work',
    make: () => [
      { variant: 'short', answer: 'I am certain that this is correct.' },
      { variant: 'long', answer: 'I am certain that this is correct. '.repeat(5) },
    ],
  },
  {
    ...head,
    name: 'pad',
    family: 'length',
    plain: true,
    description: 'Makes a wrong answer long.',
    kind: 'known-bad',
    make: (bad) => (isText(bad) ? [{ variant: 'only', answer: `${bad} ${'in other words '.repeat(8)}` }] : []),
  },
  {
    ...head,
    name: 'list-all',
    family: 'shotgun',
    plain: true,
    description: 'Lists many candidates.',
    kind: 'no-work',
    make: () => [{ variant: 'only', answer: Array.from({ length: 300 }, (_, index) => index).join(' ') }],
  },
  {
    ...head,
    name: 'as-a-sentence',
    family: 'sentence',
    description: 'The answer in a sentence.',
    kind: 'honest-twin',
    make: (good) => (isText(good) ? [{ variant: 'only', answer: `The answer is ${good}.` }] : []),
  },
  {
    ...head,
    name: 'full-stop',
    family: 'punctuation',
    description: 'A full stop changes nothing.',
    kind: 'invariance',
    expects: 'same',
    on: 'both',
    make: (base) => (isText(base) ? [{ variant: 'only', answer: `${base}.` }] : []),
  },
];

const constant = (name: string, value: Json): Strategy => ({
  ...head,
  class: 'metric-gaming',
  subjects: ['classification'],
  name,
  family: 'constant',
  plain: true,
  description: `Says ${String(value)} of everything.`,
  kind: 'no-work',
  make: ({ items }) => (items === null ? [] : [{ variant: 'only', answer: items.map(() => value) }]),
});

export const VECTOR_STRATEGIES: readonly Strategy[] = [
  constant('flag-everything', true),
  constant('flag-nothing', false),
  constant('abstain', null),
];

export const optionsOf = (subject: Subject, examples: ExampleSet, more: Partial<AuditOptions> = {}): AuditOptions => ({
  subject,
  examples,
  intent: null,
  strategies: [...TEXT_STRATEGIES, ...VECTOR_STRATEGIES],
  dice: rng('seed'),
  seed: 'seed',
  clock: manualClock(),
  version: 'test',
  replayOf: (id) => `replay ${id}`,
  ...more,
});
