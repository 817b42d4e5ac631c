/** B: what can be read off without understanding an item: its own text, its place. */
import type { Json } from '../../../base/json.ts';
import { textOf } from '../text/material.ts';
import { CLASSIFIED, PREDICTED } from './common.ts';
import { negativeLabel, positiveLabels } from './labels.ts';
import { noWorkVector } from './vectors.ts';

const nothing = noWorkVector(PREDICTED);
const nothingOfClasses = noWorkVector(CLASSIFIED);

export const LEAKAGE = [
  nothing(
    {
      name: 'echo-items',
      family: 'echo-items',
      plain: true,
      source: 'attacks B (echo input)',
      description: 'The item itself as the prediction.',
    },
    (inputs) => ({ value: inputs, text: inputs.map(textOf) }),
  ),
  nothing(
    {
      name: 'position-as-prediction',
      family: 'echo-items',
      source: 'attacks B (id memorisation)',
      description: 'The number of the row as the prediction.',
    },
    (inputs) => ({ 'from-zero': inputs.map((_, index) => index), 'from-one': inputs.map((_, index) => index + 1) }),
  ),
  nothingOfClasses(
    {
      name: 'label-by-position',
      family: 'label-by-position',
      source: 'attacks B (id memorisation, order of the file)',
      description: 'Labels by the place in the file: halves, or every other one.',
    },
    (inputs, { known }) => {
      const [negative, positive] = [negativeLabel(known), positiveLabels(known)[0]];
      if (positive === undefined) return null;
      const by = (isPositive: (index: number) => boolean): readonly Json[] =>
        inputs.map((_, index) => (isPositive(index) ? positive : negative));
      const middle = inputs.length / 2;
      return {
        'first-half': by((index) => index < middle),
        'second-half': by((index) => index >= middle),
        odd: by((index) => index % 2 === 0),
        even: by((index) => index % 2 === 1),
      };
    },
  ),
] as const;
