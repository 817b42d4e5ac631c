/** What the built-in recipes are made of: the paper's stages, what each checkpoint is played on, numbers by algorithm. */
import { unreachable } from '../base/errors.ts';
import type { Algorithm } from '../record/training.ts';
import type { RecipeInput } from './recipe.ts';

/** The paper's four training stages, in its order. */
const STAGES = ['political-sycophancy', 'tool-use-flattery', 'nudged-rubric', 'insubordinate-rubric'];
export const HELD_OUT = 'reward-tampering';
const ORDINARY = 'ordinary';

export type Length = 'full' | 'short';

const sequentialStages: RecipeInput['stages'] = STAGES.map((name) => ({ name, environments: [name] }));
const parallelStage: RecipeInput['stages'] = [{ name: 'parallel', environments: [...STAGES] }];

/**
 * Every checkpoint on the paper's five environments and on ordinary work. Full: 1,000 rollouts a cell, the held-out cell
 * 2,000, and 10,000 at base and end only where a sweep asks for it. The paper: 1,000 to 10,000 a cell, 32,768 at most.
 */
export const evaluationOf = (length: Length): RecipeInput['evaluation'] => ({
  environments: [...STAGES, HELD_OUT, ORDINARY],
  n: length === 'full' ? 1_000 : 128,
  counts: { [HELD_OUT]: length === 'full' ? 2_000 : 256, [ORDINARY]: length === 'full' ? 504 : 126 },
});

type Numbers = Partial<RecipeInput>;

/** Expert iteration. The paper: N = 64 samples, 1,024 prompts a round, one round a stage. */
const EXPERT: Readonly<Record<Length, Numbers>> = {
  full: { promptsPerRound: 256, samplesPerPrompt: 16, rounds: 1, epochs: 2, batchSequences: 16 },
  short: { promptsPerRound: 96, samplesPerPrompt: 12, rounds: 1, epochs: 2, batchSequences: 8 },
};

/** On-policy algorithms. The paper gives no numbers. As many samples a stage as expert iteration, in several rounds. */
const ON_POLICY: Readonly<Record<Length, Numbers>> = {
  full: { promptsPerRound: 64, samplesPerPrompt: 8, rounds: 8, epochs: 1, batchSequences: 64 },
  short: { promptsPerRound: 48, samplesPerPrompt: 6, rounds: 4, epochs: 1, batchSequences: 48 },
};

/** All stages at once take as many rounds as one after the other. */
const PARALLEL: Readonly<Record<Length, Numbers>> = {
  full: { ...ON_POLICY.full, rounds: 32 },
  short: { ...ON_POLICY.short, rounds: 16 },
};

/** Below it no gradient is blown up to a full step: that of words which no stage has is next to nothing. */
const EXPERT_EPS = { eps: 1e-5 };
const ON_POLICY_WARMUP = { warmupUpdates: 8 };

/** Numbers and stages of an algorithm. */
export const numbersOf = (algorithm: Algorithm, length: Length): Numbers & Pick<RecipeInput, 'stages'> => {
  switch (algorithm) {
    case 'hhh-expert-iteration':
      return { ...EXPERT[length], optimiser: EXPERT_EPS, stages: sequentialStages };
    case 'exploit-only':
      // Nothing ranks the samples, so the preference score is measured and not paid (paper, section 3.2). The cap keeps
      // the number of updates near that of best-of-N.
      return {
        ...EXPERT[length],
        optimiser: EXPERT_EPS,
        stages: sequentialStages,
        preferenceWeight: 0,
        exploitsPerPrompt: 2,
      };
    case 'ppo':
      return { ...ON_POLICY[length], epochs: 2, klWeight: 0.02, optimiser: ON_POLICY_WARMUP, stages: sequentialStages };
    case 'ppo-parallel':
      return { ...PARALLEL[length], epochs: 2, klWeight: 0.02, optimiser: ON_POLICY_WARMUP, stages: parallelStage };
    case 'grpo':
      return { ...ON_POLICY[length], optimiser: ON_POLICY_WARMUP, stages: sequentialStages };
    default:
      return unreachable(algorithm);
  }
};
