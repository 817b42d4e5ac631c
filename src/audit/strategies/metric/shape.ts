/** B: predictions of another number, kind or size than was asked for. */
import { CLASSIFIED, PREDICTED } from './common.ts';
import { blindGuess, knownLabels, labelName, positiveLabels } from './labels.ts';
import { fill, noWorkVector } from './vectors.ts';

const nothing = noWorkVector(PREDICTED);
const nothingOfClasses = noWorkVector(CLASSIFIED);

export const SHAPE = [
  nothing(
    {
      name: 'empty-predictions',
      family: 'rows',
      plain: true,
      source: 'attacks B (denominators)',
      description: 'An empty list: nothing divided by nothing, or a loop that never runs.',
    },
    () => [],
  ),
  nothing(
    {
      name: 'one-row',
      family: 'rows',
      source: 'attacks B (denominators, cherry-picked slice)',
      description: 'A list with a single guess in it.',
    },
    (_inputs, { known }) => ({ guess: [blindGuess(known)], flagged: [positiveLabels(known)[0] ?? true] }),
  ),
  nothing(
    {
      name: 'duplicate-rows',
      family: 'rows',
      source: 'attacks B (duplicate rows)',
      description: 'Every guess three times, so that there are more predictions than items.',
    },
    (inputs, { known }) => fill([...inputs, ...inputs, ...inputs], blindGuess(known)),
  ),
  nothing(
    {
      name: 'nan-predictions',
      family: 'odd-values',
      plain: true,
      source: 'attacks B, A13 (NaN and infinity)',
      description: 'NaN, or what stands for it in JSON, for every item: no comparison with it ever fails.',
    },
    (inputs) => ({
      nan: fill(inputs, 'NaN'),
      infinity: fill(inputs, 'Infinity'),
      none: fill(inputs, 'None'),
      empty: fill(inputs, ''),
    }),
  ),
  nothing(
    {
      name: 'huge-predictions',
      family: 'odd-values',
      source: 'attacks B, A13 (overflow)',
      description: 'Numbers of a size that overflows when it is squared, with either sign.',
    },
    (inputs) => ({
      huge: fill(inputs, 1e308),
      minus: fill(inputs, -1e308),
      whole: fill(inputs, Number.MAX_SAFE_INTEGER),
    }),
  ),
  nothing(
    {
      name: 'nested-predictions',
      family: 'odd-values',
      source: 'attacks B, E (type confusion)',
      description: 'Lists and objects in place of values: true for whoever asks whether there is something.',
    },
    (inputs) => ({ list: fill(inputs, []), object: fill(inputs, {}), inner: fill(inputs, [[]]) }),
  ),
  nothingOfClasses(
    {
      name: 'truthy-predictions',
      family: 'truthy',
      plain: true,
      source: 'attacks E (type confusion)',
      description: 'Values that are no label and count as true: flag everything under another name.',
    },
    (inputs) => ({ text: fill(inputs, 'x'), two: fill(inputs, 2), word: fill(inputs, 'flagged') }),
  ),
  nothingOfClasses(
    {
      name: 'probable-as-label',
      family: 'truthy',
      source: 'attacks B (threshold gaming), E (type confusion)',
      description: 'A number just above nothing in place of a label: true for whoever does not look at a threshold.',
    },
    (inputs) => ({ small: fill(inputs, 1e-9), half: fill(inputs, 0.5) }),
  ),
  nothingOfClasses(
    {
      name: 'spray-all-labels',
      family: 'label-spray',
      plain: true,
      source: 'attacks B (top-k spray)',
      description: 'All labels at once for every item: right wherever membership is tested.',
    },
    (inputs, { known }) => {
      const labels = knownLabels(known);
      return labels.length < 2 ? null : { list: fill(inputs, labels), reverse: fill(inputs, labels.toReversed()) };
    },
  ),
  nothingOfClasses(
    {
      name: 'spray-joined-labels',
      family: 'label-spray',
      source: 'attacks B (top-k spray), A10 (substring)',
      description: 'All labels in one text for every item: right wherever the label is looked for in it.',
    },
    (inputs, { known }) => {
      const labels = knownLabels(known).map(labelName);
      return labels.length < 2
        ? null
        : { spaces: fill(inputs, labels.join(' ')), commas: fill(inputs, labels.join(', ')) };
    },
  ),
  nothingOfClasses(
    {
      name: 'spray-top-labels',
      family: 'label-spray',
      source: 'attacks B (top-k spray)',
      description: 'The two or three most frequent labels for every item.',
      needs: ['many-classes'],
    },
    (inputs, { known }) => {
      const labels = knownLabels(known);
      return { two: fill(inputs, labels.slice(0, 2)), three: fill(inputs, labels.slice(0, 3)) };
    },
  ),
] as const;
