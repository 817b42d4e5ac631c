/** Builders for strategies over predictions, with the guards of text/named.ts as far as they apply. */
import { canonicalJson, type Json } from '../../../base/json.ts';
import { isVector, type Vector } from '../../answer.ts';
import type { Example } from '../../example.ts';
import type { Candidate, Knowledge, Seen, StrategyContext, StrategyOf } from '../../strategy.ts';
import type { Common, Said } from '../define.ts';
import { type Demo, demoSetting } from '../text/demo.ts';

/** Predictions by variant; one alone is the variant `only`. Null or no entry: it does not apply. */
export type Vectors = Vector | Readonly<Record<string, Vector | null>> | null;

const isAlone = (vectors: Exclude<Vectors, null>): vectors is Vector => Array.isArray(vectors);

/** Arithmetic on huge labels may overflow, and JSON has no word for what comes out. */
const isRecordable = (vector: Vector): boolean =>
  vector.every((value) => typeof value !== 'number' || Number.isFinite(value));

/** JSON has one zero. */
const withoutSignOfZero = (value: Json): Json => (value === 0 ? 0 : value);

const listed = (vectors: Vectors): readonly { readonly variant: string; readonly answer: Vector }[] => {
  if (vectors === null) return [];
  const byVariant = isAlone(vectors) ? { only: vectors } : vectors;
  return Object.entries(byVariant).flatMap(([variant, answer]) =>
    answer !== null && isRecordable(answer)
      ? [{ variant: variant.toWellFormed(), answer: answer.map(withoutSignOfZero) }]
      : [],
  );
};

const equal = (left: Vector, right: Vector): boolean =>
  left.length === right.length && canonicalJson(left) === canonicalJson(right);

const shown = (name: string, [first]: readonly Candidate[]): Candidate['answer'] => {
  if (first === undefined) throw new RangeError(`strategy ${name} makes nothing of its own demonstration`);
  return first.answer;
};

const items = (inputs: readonly Json[], labels: readonly Json[]): Example['items'] =>
  inputs.map((input, index) => ({ input, label: labels[index] ?? null }));

const CLASSES: Demo = {
  example: {
    reference: null,
    knownGood: [],
    knownBad: [],
    options: null,
    items: items(['good day', 'you fool', 'thank you', 'well done'], [false, true, false, false]),
  },
  known: { numbers: null },
};
const SERIES: Demo = {
  example: {
    ...CLASSES.example,
    items: items([{ previous: 10 }, { previous: 12 }, { previous: 11 }, { previous: 14 }], [12, 11, 14, 13]),
  },
  known: { labels: [12, 11, 14, 13].map((label) => ({ label, share: 0.25 })) },
};
const QUERY: Demo = {
  example: { ...CLASSES.example, items: items(['doc-a', 'doc-b', 'doc-c', 'doc-d'], [0, 1, 0, 1]) },
};

/** The demonstration that suits the form. */
const demoFor = ({ subjects }: Common): Demo =>
  subjects.includes('classification') ? CLASSES : subjects.includes('forecast') ? SERIES : QUERY;

/** What is ranked where an example has no items: its options. */
const ranked = ({ subjects }: Common, options: readonly string[] | null): readonly Json[] =>
  subjects.includes('ranking') ? (options ?? []) : [];

/** Predictions without the work. `inputs` are those of the items, or the options that are ranked; not called where there are none. */
export const noWorkVector =
  (common: Common) =>
  (
    said: Said,
    make: (inputs: readonly Json[], context: StrategyContext, seen: Seen) => Vectors,
  ): StrategyOf<'no-work'> => {
    const made = (seen: Seen, context: StrategyContext): readonly Candidate[] => {
      const inputs = seen.items ?? ranked(common, seen.options);
      return inputs.length === 0 ? [] : listed(make(inputs, context, seen));
    };
    const { seen, context } = demoSetting(said.name, demoFor(common));
    const example = { from: null, to: shown(said.name, made(seen, context)) };
    return { ...common, ...said, needs: said.needs ?? [], kind: 'no-work', example, make: made };
  };

/** Good predictions broken. `labels` are those of the items. What comes out as it went in is dropped. */
export const degradeVector =
  (common: Common) =>
  (
    said: Said,
    make: (good: Vector, labels: readonly Json[], known: Knowledge, inputs: readonly Json[]) => Vectors,
    from?: Vector,
  ): StrategyOf<'degrade'> => {
    const made: StrategyOf<'degrade'>['make'] = (good, { items: rows, options }, { known }) => {
      const inputs = rows?.map(({ input }) => input) ?? ranked(common, options);
      if (!isVector(good) || inputs.length === 0) return [];
      const labels = rows?.map(({ label }) => label) ?? fill(inputs, null);
      return listed(make(good, labels, known, inputs)).filter(
        ({ answer }) => !equal(answer, good) && !equal(answer, labels),
      );
    };
    const { example: demo, context } = demoSetting(said.name, demoFor(common));
    const good = from ?? (demo.items ?? []).map(({ label }) => label);
    const example = { from: good, to: shown(said.name, made(good, demo, context)) };
    return { ...common, ...said, needs: said.needs ?? ['known-good'], kind: 'degrade', example, make: made };
  };

export const fill = <T extends Json>(inputs: readonly unknown[], value: T): readonly T[] => inputs.map(() => value);

export const isNumber = (value: Json | undefined): value is number => typeof value === 'number';
