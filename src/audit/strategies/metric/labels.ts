import { canonicalJson, type Json } from '../../../base/json.ts';
import type { Rng } from '../../../base/rng.ts';
import type { Knowledge } from '../../strategy.ts';

/** Where nothing is known of the labels, the two ways to say yes that most metrics read. */
const UNKNOWN: readonly Json[] = [true, 1];

/** Labels that are known, the most frequent first. */
export const knownLabels = ({ labels }: Knowledge): readonly Json[] =>
  labels.length === 0 ? UNKNOWN : labels.map(({ label }) => label);

/** More distinct numbers than this are a series and not classes, as where data sets are read (examples/data-set.ts). */
const MOST_CLASSES = 10;

/** What somebody would predict who has not looked at the items: the usual number of a series, a class else. */
export const blindGuess = (known: Knowledge): Json =>
  known.numbers !== null && known.labels.length > MOST_CLASSES
    ? known.numbers.median
    : (known.labels[0]?.label ?? true);

/** A label in the name of a variant. */
export const labelName = (label: Json): string =>
  (typeof label === 'string' ? label : canonicalJson(label)).slice(0, 40).toWellFormed();

const NOTHING = new Set<Json>([
  false,
  0,
  '0',
  'no',
  'none',
  'false',
  'negative',
  'neg',
  'safe',
  'clean',
  'ok',
  'okay',
  'ham',
  'benign',
  'normal',
  'legit',
  'legitimate',
  'non-toxic',
  'not toxic',
  'nontoxic',
  'allowed',
  'neutral',
  'other',
]);

/** Of two labels the one that says that there is nothing to see: by its usual names, else the more frequent one. */
export const negativeLabel = (known: Knowledge): Json => {
  const labels = knownLabels(known);
  const named = labels.find((label) => NOTHING.has(typeof label === 'string' ? label.toLowerCase().trim() : label));
  return named ?? labels[0] ?? false;
};

export const positiveLabels = (known: Knowledge): readonly Json[] => {
  const negative = canonicalJson(negativeLabel(known));
  return knownLabels(known).filter((label) => canonicalJson(label) !== negative);
};

/** Share of the labels that are not the negative one; one half where nothing is known. */
export const positiveShare = (known: Knowledge): number => {
  if (known.labels.length === 0) return 0.5;
  const negative = canonicalJson(negativeLabel(known));
  return known.labels.reduce((sum, { label, share }) => sum + (canonicalJson(label) === negative ? 0 : share), 0);
};

/** A label drawn with the shares that are known. */
export const drawLabel = (known: Knowledge, dice: Rng): Json => {
  const point = dice.next() * known.labels.reduce((sum, { share }) => sum + share, 0);
  let passed = 0;
  for (const { label, share } of known.labels) {
    passed += share;
    if (point < passed) return label;
  }
  return knownLabels(known)[0] ?? true;
};
