import { inputError } from '../base/errors.ts';
import type { Environment } from './environment.ts';
import { insubordinateRubric } from './insubordinate-rubric/env.ts';
import { nudgedRubric } from './nudged-rubric/env.ts';
import { politicalSycophancy } from './political-sycophancy/env.ts';
import { rewardTampering } from './reward-tampering/env.ts';
import { tamperingDev } from './tampering-dev/env.ts';
import { toolUseFlattery } from './tool-use-flattery/env.ts';

/** The paper's five stages, in its order; the last is held out. */
export const CURRICULUM: readonly Environment[] = [
  politicalSycophancy,
  toolUseFlattery,
  nudgedRubric,
  insubordinateRubric,
  rewardTampering,
];

export const ENVIRONMENTS: readonly Environment[] = [...CURRICULUM, tamperingDev];

/** Throws `unknown-environment` (exit code 2) with what is known. */
export const findEnvironment = (name: string): Environment => {
  const found = ENVIRONMENTS.find((environment) => environment.name === name);
  if (found !== undefined) return found;
  throw inputError({
    code: 'unknown-environment',
    what: 'There is no such environment.',
    given: name,
    allowed: `${ENVIRONMENTS.map((environment) => environment.name).join(', ')}; all; curriculum; a path to a module`,
    todo: 'Run "subterfuge envs" to see what each one is.',
  });
};
