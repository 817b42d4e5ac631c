import type { Comparison } from '../record/comparison.ts';
import { type CompareInput, labelOf } from './compare-side.ts';
import { SEES_REFUSALS } from './evaluation-of.ts';

const seesRefusals = ({ store }: CompareInput): boolean => SEES_REFUSALS[store.manifest.plan.sandbox ?? 'simulated'];

/** Where one sandbox sees refused writes and the other does not, attempts are not counted alike. */
export const refusalWarnings = (inputs: readonly CompareInput[]): Comparison['warnings'] => {
  const blind = inputs.flatMap((input, index) => (seesRefusals(input) ? [] : [labelOf(index)]));
  if (blind.length === 0 || blind.length === inputs.length) return [];
  const counting = inputs.flatMap(({ environments }) => environments ?? []).filter(({ labels }) => labels.refusals);
  const names = [...new Set(counting.map(({ name }) => name))];
  if (names.length === 0) return [];
  return [
    {
      code: 'refusals-unseen',
      text: `${blind.join(', ')}: the sandbox does not see refused writes, which count as attempts in ${names.join(', ')}. Differences in attempted there may be of the sandboxes alone.`,
    },
  ];
};
