import { inputError, runError } from '../../base/errors.ts';
import type { ModelConfig } from '../model/config.ts';
import type { Credit, OptimiserStep, Reach } from './trainer.ts';

const badSequence = (index: number, what: string, given: string, allowed: string): Error =>
  inputError({ code: 'bad-sequence', what: `Sequence ${index}: ${what}`, given, allowed });

/** Throws `bad-sequence` for a sequence that the model cannot read. */
export const checkIds = (sequences: readonly Int32Array[], { vocabSize, contextLength }: ModelConfig): void => {
  for (const [index, ids] of sequences.entries()) {
    if (ids.length < 1 || ids.length > contextLength) {
      throw badSequence(index, 'its length is not possible.', `${ids.length} tokens`, `1 to ${contextLength}`);
    }
    const wrong = ids.find((id) => id < 0 || id >= vocabSize);
    if (wrong !== undefined)
      throw badSequence(index, 'a token is not in the vocabulary.', `${wrong}`, `0 to ${vocabSize - 1}`);
  }
};

const checkLength = (index: number, name: string, given: ArrayLike<number> | undefined, length: number): void => {
  if (given === undefined || given.length === length) return;
  const what = `"${name}" has another length than its tokens ask for.`;
  throw badSequence(index, what, `${given.length}`, `${length}`);
};

/** Throws `bad-sequence` where a choice of tokens to score does not fit its sequence. */
export const checkScored = (sequences: readonly Int32Array[], scored: readonly ArrayLike<number>[] | null): void => {
  if (scored === null) return;
  for (const [index, ids] of sequences.entries()) {
    const chosen = scored[index];
    if (chosen === undefined)
      throw badSequence(index, '"scored" has nothing for it.', `${scored.length}`, `${sequences.length}`);
    checkLength(index, 'scored', chosen, ids.length - 1);
  }
};

/** A derivative that is no number is a computation gone wrong, not bad input. */
const checkFinite = (index: number, name: string, values: Float32Array | undefined): void => {
  const wrong = values?.findIndex((value) => !Number.isFinite(value)) ?? -1;
  if (wrong < 0) return;
  throw runError({
    code: 'not-finite',
    what: `The derivative of the loss by ${name} is no number.`,
    given: `${values?.[wrong]} at token ${wrong} of sequence ${index}`,
    todo: 'Go on from the last checkpoint with a lower learning rate.',
  });
};

const isNone = (values: Float32Array | undefined): boolean => values?.every((value) => value === 0) ?? true;

/** Throws `bad-sequence`, `not-finite`, or `no-value-head` where a loss by values has no head to reach. */
export const checkCredits = (
  credits: readonly Credit[],
  config: ModelConfig,
  { valueHead, reach }: { readonly valueHead: boolean; readonly reach: Reach },
): void => {
  if (reach === 'value-head' && !valueHead) {
    throw inputError({
      code: 'no-value-head',
      what: 'Only the value head was to be reached, and the model has none.',
      todo: 'Make the trainer with valueHead: true.',
    });
  }
  checkIds(
    credits.map(({ ids }) => ids),
    config,
  );
  for (const [index, { ids, logprobs, entropies, values, scored }] of credits.entries()) {
    checkLength(index, 'logprobs', logprobs, ids.length - 1);
    checkLength(index, 'entropies', entropies, ids.length - 1);
    checkLength(index, 'values', values, ids.length);
    checkLength(index, 'scored', scored, ids.length - 1);
    checkFinite(index, 'logprobs', logprobs);
    checkFinite(index, 'entropies', entropies);
    checkFinite(index, 'values', values);
    if (reach === 'value-head' && !(isNone(logprobs) && isNone(entropies))) {
      const what = 'its loss depends on more than values, and only the value head was to be reached.';
      throw badSequence(index, what, 'derivatives by log-probabilities or entropies', 'derivatives by values');
    }
    if (!valueHead && values?.some((value) => value !== 0) === true) {
      throw inputError({
        code: 'no-value-head',
        what: `Sequence ${index} has a loss by values, and the model has no value head.`,
        todo: 'Make the trainer with valueHead: true.',
      });
    }
  }
};

const isRate = (value: number | undefined): boolean => value === undefined || (Number.isFinite(value) && value >= 0);
const isShare = (value: number | undefined): boolean => value === undefined || (value >= 0 && value < 1);

/** Throws `bad-step`: a number of the optimiser with which weights would break. */
export const checkStep = (step: OptimiserStep): void => {
  const sound =
    isRate(step.learningRate) &&
    isRate(step.weightDecay) &&
    isShare(step.beta1) &&
    isShare(step.beta2) &&
    isRate(step.muon?.learningRate) &&
    isRate(step.valueHead?.learningRate) &&
    isShare(step.muon?.momentum) &&
    Number.isFinite(step.eps) &&
    step.eps > 0 &&
    step.maxGradientNorm > 0;
  if (sound) return;
  throw inputError({
    code: 'bad-step',
    what: 'The optimiser cannot take such a step.',
    given: JSON.stringify(step),
    allowed: 'rates and decay of at least 0, betas and momentum in [0, 1), eps and maxGradientNorm above 0',
  });
};
