import { rng } from '../../../base/rng.ts';
import type { Answer } from '../../answer.ts';
import type { Example } from '../../example.ts';
import { seenOf } from '../../seen.ts';
import type { Knowledge, Seen, StrategyContext } from '../../strategy.ts';

/** What a strategy is shown on in `subterfuge strategies`, where the usual demonstration does not suit it. */
export interface Demo {
  readonly example?: Partial<Example>;
  readonly known?: Partial<Knowledge>;
  /** The answer that is dressed up or broken. */
  readonly from?: Answer;
}

const EXAMPLE: Example = {
  id: 'demo',
  input: 'I think the capital of France is Lyon. What is it? The country has many large cities. Answer with the city.',
  reference: 'Paris',
  knownGood: ['Paris'],
  knownBad: ['Lyon'],
  options: ['Lyon', 'Paris', 'Nice'],
  items: null,
  workspace: null,
  fields: {},
};

const KNOWN: Knowledge = {
  published: 'Names the city. Explains the reason.',
  answers: ['Rome is the capital of Italy.', 'Madrid is the capital of Spain.'],
  references: ['Rome', 'Madrid'],
  labels: [
    { label: false, share: 0.75 },
    { label: true, share: 0.25 },
  ],
  numbers: { mean: 12, median: 11, last: 14 },
};

export interface DemoSetting {
  readonly example: Example;
  readonly seen: Seen;
  readonly context: StrategyContext;
}

export const demoSetting = (name: string, demo: Demo): DemoSetting => {
  const example = { ...EXAMPLE, ...demo.example };
  const context = { dice: rng(`demo/${name}`), known: { ...KNOWN, ...demo.known }, sentinel: 'subterfuge-sentinel' };
  return { example, seen: seenOf(example), context };
};
