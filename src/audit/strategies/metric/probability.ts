/** B: numbers in place of labels, for metrics of probabilities, of thresholds and of order. */
import { CLASSIFIED } from './common.ts';
import { positiveShare } from './labels.ts';
import { fill, noWorkVector } from './vectors.ts';

const nothing = noWorkVector(CLASSIFIED);

export const PROBABILITY = [
  nothing(
    {
      name: 'constant-probability',
      family: 'probability',
      plain: true,
      source: 'attacks B (calibration hacking: constant p)',
      description: 'The base rate as the probability of every item: perfectly calibrated, and no help.',
      needs: ['binary-labels'],
    },
    (inputs, { known }) => ({ 'base-rate': fill(inputs, positiveShare(known)), half: fill(inputs, 0.5) }),
  ),
  nothing(
    {
      name: 'sharpened-probability',
      family: 'probability',
      source: 'attacks B (improper-score sharpening)',
      description: 'Full certainty for every item: the best bet under a score that is not proper.',
      needs: ['binary-labels'],
    },
    (inputs) => ({
      one: fill(inputs, 1),
      nearly: fill(inputs, 0.999),
      zero: fill(inputs, 0),
      hardly: fill(inputs, 0.001),
    }),
  ),
  nothing(
    {
      name: 'tied-scores',
      family: 'probability',
      source: 'attacks B (tie handling)',
      description: 'The same score for all, outside the usual range: every comparison is a tie.',
      needs: ['binary-labels'],
    },
    (inputs) => ({ large: fill(inputs, 100), minus: fill(inputs, -1) }),
  ),
  nothing(
    {
      name: 'threshold-shift',
      family: 'threshold',
      plain: true,
      source: 'attacks B (threshold gaming)',
      description: 'A hair above, on and below the usual threshold for every item.',
      needs: ['binary-labels'],
    },
    (inputs) => ({ above: fill(inputs, 0.500_001), below: fill(inputs, 0.499_999) }),
  ),
  nothing(
    {
      name: 'position-order',
      family: 'position',
      plain: true,
      source: 'attacks B (id memorisation, label leakage by order)',
      description: 'Scores that rise or fall with the place in the file: right where the file is sorted by label.',
      needs: ['binary-labels'],
    },
    (inputs) => {
      const rising = inputs.map((_, index) => (index + 1) / (inputs.length + 1));
      return { rising, falling: rising.toReversed() };
    },
  ),
] as const;
