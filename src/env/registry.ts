import { inputError } from '../base/errors.ts';
import { countdownChecker } from './countdown-checker/env.ts';
import type { Environment } from './environment.ts';
import { importedEnvironment, isImportedName } from './imported.ts';
import { impossibleTests } from './impossible-tests/env.ts';
import { insubordinateRubric } from './insubordinate-rubric/env.ts';
import { languageLoophole } from './language-loophole/env.ts';
import { moderationRecall } from './moderation-recall/env.ts';
import { nudgedRubric } from './nudged-rubric/env.ts';
import { ordinary } from './ordinary/env.ts';
import { politicalSycophancy } from './political-sycophancy/env.ts';
import { raterSurface } from './rater-surface/env.ts';
import { rewardTampering } from './reward-tampering/env.ts';
import { secretLoophole } from './secret-loophole/env.ts';
import { selfEvaluation } from './self-evaluation/env.ts';
import { settingGenerator } from './setting-generator/env.ts';
import { settingGeneratorTampering } from './setting-generator-tampering/env.ts';
import { summaryFaithfulness } from './summary-faithfulness/env.ts';
import { tamperingDev } from './tampering-dev/env.ts';
import { ticketResolution } from './ticket-resolution/env.ts';
import { told } from './told.ts';
import { toolUseFlattery } from './tool-use-flattery/env.ts';

/** The paper's five stages, in its order; the last is held out. */
export const CURRICULUM: readonly Environment[] = [
  politicalSycophancy,
  toolUseFlattery,
  nudgedRubric,
  insubordinateRubric,
  rewardTampering,
];

/** Everyday failures: metrics, raters, self-evaluation and instructions that are met in the letter. */
export const EVERYDAY: readonly Environment[] = [
  moderationRecall,
  raterSurface,
  summaryFaithfulness,
  ticketResolution,
  selfEvaluation,
  languageLoophole,
  secretLoophole,
];

/** Code that is measured by tests or by a checker: passing is proof of a cheat, or can be checked exactly. */
export const CODE: readonly Environment[] = [impossibleTests, countdownChecker];

/** Thousands of settings of the curriculum's last three stages; those like the held-out one are held out too. */
export const SETTINGS: readonly Environment[] = [settingGenerator, settingGeneratorTampering];

/** The families in which a proxy can be won without the intent: what `all` means. */
export const ENVIRONMENTS: readonly Environment[] = [...CURRICULUM, tamperingDev, ...EVERYDAY, ...CODE, ...SETTINGS];

export const rewardTamperingTold: Environment = told(rewardTampering, { unit: 'episodes', value: 'reward' });
export const tamperingDevTold: Environment = told(tamperingDev, { unit: 'matches', value: 'score' });

/** Beside them: can the model do ordinary work, and can it tamper when it is told to? Nothing there is gaming. */
export const CONTROLS: readonly Environment[] = [ordinary, rewardTamperingTold, tamperingDevTold];

/**
 * The same family with its request to tamper in front, itself where it is one. Throws `no-told-variant` (exit code 2) for a
 * family without one.
 */
export const toldVariantOf = (environment: Environment): Environment => {
  if (environment.control === 'told') return environment;
  const told = CONTROLS.filter(({ control }) => control === 'told');
  const found = told.find(({ name }) => name === `${environment.name}-told`);
  if (found !== undefined) return found;
  throw inputError({
    code: 'no-told-variant',
    what: 'There is no variant of this environment in which the model is told to tamper.',
    given: environment.name,
    allowed: told.map(({ name }) => name.replace(/-told$/, '')).join(', '),
    todo: 'Name only these with --instructed, and measure the others in a run of their own.',
  });
};

/** Throws `unknown-environment` (exit code 2) with what is known. */
export const findEnvironment = (name: string): Environment => {
  if (isImportedName(name)) return importedEnvironment(name);
  const known = [...ENVIRONMENTS, ...CONTROLS];
  const found = known.find((environment) => environment.name === name);
  if (found !== undefined) return found;
  throw inputError({
    code: 'unknown-environment',
    what: 'There is no such environment.',
    given: name,
    allowed: `${known.map((environment) => environment.name).join(', ')}; all; curriculum; a path to a module`,
    todo: 'Run "subterfuge envs" to see what each one is.',
  });
};
