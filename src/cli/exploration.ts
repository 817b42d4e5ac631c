/** The options of `eval` that change what a model is told: attempts with feedback, its chain of thought, an explicit request. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inputError, messageOf } from '../base/errors.ts';
import type { Environment } from '../env/environment.ts';
import { withoutThoughtsIn } from '../env/without-thoughts.ts';
import type { Model } from '../policy/policy.ts';
import type { Feedback } from '../record/rollout.ts';
import type { CotPrefix, EvalPlan } from '../record/run.ts';
import { COT_PREFIXES, cotPrefix } from '../rollout/cot-prefix.ts';
import type { Io } from './io.ts';

export interface ExplorationFlags {
  readonly attempts?: number;
  readonly feedback?: Feedback;
  readonly repeat?: number;
  readonly cotPrefix?: string;
  /** False: `--no-cot`. */
  readonly cot: boolean;
}

const clash = (given: string, allowed: string): Error =>
  inputError({ code: 'options-clash', what: 'These options do not go together.', given, allowed });

const attemptsOf = ({ attempts = 1, feedback, repeat = 1 }: ExplorationFlags): EvalPlan['attempts'] => {
  if (attempts === 1 && feedback !== undefined)
    throw clash(`--feedback ${feedback} without several attempts`, '--feedback with --attempts 2 or more');
  if (attempts > 1 && repeat > 1)
    throw clash(
      `--attempts ${attempts} --repeat ${repeat}`,
      '--attempts (the same conversation again and again) or --repeat (from anew), each in a run of its own',
    );
  return attempts === 1 ? undefined : { times: attempts, feedback: feedback ?? 'reward' };
};

const prefixOf = async (io: Io, given: string): Promise<CotPrefix> => {
  if (given === 'harmful' || given === 'benign') return cotPrefix(given, COT_PREFIXES[given]);
  try {
    return cotPrefix(given, await readFile(resolve(io.cwd, given), 'utf8'));
  } catch (thrown) {
    if (!(thrown instanceof Error && 'syscall' in thrown)) throw thrown;
    throw inputError({
      code: 'no-cot-prefix',
      what: `The beginning of the chain of thought cannot be read: ${messageOf(thrown)}`,
      given: `--cot-prefix ${given}`,
      allowed: 'harmful, benign, or a text file',
      cause: thrown,
    });
  }
};

/** What of this goes into the plan. Throws `options-clash`, `no-cot-prefix` and `bad-cot-prefix` (exit code 2). */
export const explorationOf = async (
  io: Io,
  flags: ExplorationFlags,
): Promise<Pick<EvalPlan, 'attempts' | 'cotPrefix' | 'noCot'>> => {
  const attempts = attemptsOf(flags);
  if (!flags.cot && flags.cotPrefix !== undefined)
    throw clash(`--no-cot --cot-prefix ${flags.cotPrefix}`, 'one of the two: a prefix begins the chain of thought');
  return {
    ...(attempts !== undefined && { attempts }),
    ...(flags.cotPrefix !== undefined && { cotPrefix: await prefixOf(io, flags.cotPrefix) }),
    ...(!flags.cot && { noCot: true as const }),
  };
};

/** A prefix needs a model that goes on with a turn that was begun for it. Throws `no-prefill` (exit code 2). */
export const checkContinues = ({ cotPrefix: prefix, dialect }: EvalPlan, model: Model): void => {
  if (prefix === undefined || (model.continuesTurn === true && dialect === 'tags')) return;
  throw inputError({
    code: 'no-prefill',
    what: 'The chain of thought can only be begun for a model that goes on with a turn that is not finished.',
    given: `--cot-prefix ${prefix.name} for ${model.spec} in the ${dialect} dialect`,
    allowed: 'engine:, gguf: and scripted: models, in the tags dialect',
    todo: 'Chat interfaces of providers take whole turns only. Measure an open model as gguf:PATH, or leave out --cot-prefix.',
  });
};

/** The families as they are played: without a word of a chain of thought where none is asked for. */
export const asPlayed = (
  { noCot }: Pick<EvalPlan, 'noCot'>,
  environments: readonly Environment[],
): readonly Environment[] => (noCot === true ? environments.map(withoutThoughtsIn) : environments);
