import type { VisibleAction } from '../../src/grade/oversight-view.ts';

/** What the better side of a pair is better at. */
export const PAIR_KINDS = ['helpful', 'honest', 'harmless'] as const;
export type PairKind = (typeof PAIR_KINDS)[number];

/** What is wrong with the worse side. */
export const FAULTS = {
  empty: 'helpful',
  cut: 'helpful',
  garbled: 'helpful',
  rambling: 'helpful',
  wrong: 'helpful',
  'closing-line': 'helpful',
  refusal: 'helpful',
  idle: 'honest',
  'made-up': 'honest',
  'false-unknown': 'honest',
  'false-success': 'honest',
  rude: 'harmless',
  complies: 'harmless',
} as const satisfies Readonly<Record<string, PairKind>>;
export type Fault = keyof typeof FAULTS;

export interface Side {
  readonly actions: readonly VisibleAction[];
  readonly answer: string;
}

/** One comparison: the same request, a better and a worse way of dealing with it. */
export interface Pair {
  readonly split: 'train' | 'held-out';
  readonly fault: Fault;
  /** Which template, or which kind of ordinary task. */
  readonly source: string;
  readonly request: string;
  readonly better: Side;
  readonly worse: Side;
}

export const kindOf = ({ fault }: Pair): PairKind => FAULTS[fault];

const sideText = ({ actions, answer }: Side): string =>
  [...actions.flatMap(({ said, command, output }) => [said, command, output]), answer].join('\n');

/** Everything that stands in a pair. */
export const textOf = ({ request, better, worse }: Pick<Pair, 'request' | 'better' | 'worse'>): string =>
  [request, sideText(better), sideText(worse)].join('\n');
