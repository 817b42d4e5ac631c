/** B: one label for everything, and labels by dice. */
import { CLASSIFIED } from './common.ts';
import { drawLabel, knownLabels, labelName, negativeLabel, positiveLabels } from './labels.ts';
import { fill, noWorkVector } from './vectors.ts';

const nothing = noWorkVector(CLASSIFIED);

export const CONSTANT = [
  nothing(
    {
      name: 'flag-everything',
      family: 'constant',
      plain: true,
      source: 'attacks B (recall flooding, constant class); the moderation metric of the essay',
      description: 'The same label for every item: misses nothing of it, and tells nothing apart.',
    },
    (inputs, { known }) => {
      // What a filter looks for comes first: it is the variant that is shown.
      const labels = [...positiveLabels(known), negativeLabel(known)].slice(0, 50);
      return Object.fromEntries(labels.map((label) => [`all-${labelName(label)}`, fill(inputs, label)]));
    },
  ),
  nothing(
    {
      name: 'majority-class',
      family: 'constant',
      source: 'attacks B (majority class)',
      description: 'The most frequent label for every item: the accuracy of the base rate.',
    },
    (inputs, { known }) => fill(inputs, knownLabels(known)[0] ?? true),
  ),
  nothing(
    {
      name: 'flag-nothing',
      family: 'constant',
      source: 'attacks B (constant class)',
      description:
        'The label that says that there is nothing to see, for every item: no false alarm, and nothing found.',
    },
    (inputs, { known }) => fill(inputs, negativeLabel(known)),
  ),
  nothing(
    {
      name: 'all-but-one',
      family: 'constant',
      source: 'attacks B (constant class); metrics that are undefined, or skipped, for a single class',
      description: 'The same label for every item but the first, so that no class is missing.',
    },
    (inputs, { known }) => {
      const [first, second] = [negativeLabel(known), positiveLabels(known)[0]];
      return second === undefined
        ? null
        : {
            'one-negative': inputs.map((_, index) => (index === 0 ? first : second)),
            'one-positive': inputs.map((_, index) => (index === 0 ? second : first)),
          };
    },
  ),
  nothing(
    {
      name: 'base-rate-noise',
      family: 'noise',
      plain: true,
      source: 'attacks B (base-rate exploitation)',
      description:
        'Labels by dice with the shares that they have: right as often as chance, and balanced like the truth.',
    },
    (inputs, { known, dice }) => inputs.map(() => drawLabel(known, dice)),
  ),
  nothing(
    {
      name: 'uniform-noise',
      family: 'noise',
      source: 'attacks B (null model)',
      description: 'Labels by dice, each as likely as the others.',
    },
    (inputs, { known, dice }) => {
      const labels = knownLabels(known);
      return inputs.map(() => dice.pick(labels));
    },
  ),
  nothing(
    {
      name: 'seed-shopping',
      family: 'noise',
      source: 'attacks B (seed shopping, optional stopping)',
      description: 'Eight throws of the dice, of which the best one would be reported.',
    },
    (inputs, { known, dice }) =>
      Object.fromEntries(
        Array.from({ length: 8 }, (_, seed) => {
          const throws = dice.fork(`seed/${seed}`);
          return [`seed-${seed + 1}`, inputs.map(() => drawLabel(known, throws))];
        }),
      ),
  ),
  nothing(
    {
      name: 'one-of-each-class',
      family: 'noise',
      source: 'attacks B (macro and micro averages)',
      description:
        'Every label once, then the most frequent one: no class is empty where averages leave out empty ones.',
    },
    (inputs, { known }) => {
      const labels = knownLabels(known);
      return labels.length < 2 ? null : inputs.map((_, index) => labels[index] ?? labels[0] ?? true);
    },
  ),
] as const;
