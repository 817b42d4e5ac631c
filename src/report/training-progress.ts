/** Where a training run stands, as text: the phase, how much of it is done, and how long the rest will take. */

import { unreachable } from '../base/errors.ts';
import { truncate } from '../base/terminal.ts';
import type { Phase } from '../train/phases.ts';
import type { TrainProgress, TrainStep } from '../train/setup.ts';
import { line } from './clip.ts';
import { thousands } from './format.ts';
import { duration } from './progress-text.ts';

export interface TrainingCounts {
  readonly progress: TrainProgress;
  /** Of all phases, 0 to 1. */
  readonly share: number;
  /** The same, where this process began. */
  readonly from: number;
}

type State = TrainingCounts & { readonly elapsedMs: number };

/** What the steps cost beside playing one rollout, roughly: for a display, not for a figure. */
const WEIGHT: Readonly<Record<TrainStep, number>> = { evaluate: 1, measure: 0.3, sample: 1, judge: 0.2, update: 0.6 };
const STEPS: Readonly<Record<Phase['kind'], readonly TrainStep[]>> = {
  evaluate: ['evaluate', 'measure'],
  round: ['sample', 'judge', 'update'],
};

const workOf = ({ kind, rollouts }: Phase): number =>
  rollouts * STEPS[kind].reduce((sum, step) => sum + WEIGHT[step], 0);

/** Share of the work that is done, where phases before `at` are over and one step of it is under way. */
export const shareDone = (phases: readonly Phase[], { phase, at, step, done, total }: TrainProgress): number => {
  const all = phases.reduce((sum, one) => sum + workOf(one), 0);
  const before = phases.slice(0, at).reduce((sum, one) => sum + workOf(one), 0);
  const steps = STEPS[phase.kind];
  const over = steps.slice(0, Math.max(0, steps.indexOf(step))).reduce((sum, one) => sum + WEIGHT[one], 0);
  const part = total === null || total === 0 ? 0 : Math.min(1, done / total);
  return all === 0 ? 1 : Math.min(1, (before + phase.rollouts * (over + part * WEIGHT[step])) / all);
};

const doing = (step: TrainStep): string => {
  switch (step) {
    case 'sample':
      return 'sampling';
    case 'judge':
      return 'overseeing';
    case 'update':
      return 'updating';
    case 'evaluate':
      return 'evaluating';
    case 'measure':
      return 'measuring';
    default:
      return unreachable(step);
  }
};

const whereIn = (phase: Phase): string => {
  if (phase.kind === 'evaluate') return phase.checkpoint;
  return phase.round === 0 ? phase.stage.name : `${phase.stage.name}, round ${phase.round + 1}`;
};

/** Null until enough is done to tell. */
const leftMs = ({ share, from, elapsedMs }: State): number | null => {
  const fresh = share - from;
  return fresh < 0.005 || elapsedMs < 2000 ? null : (elapsedMs * (1 - share)) / fresh;
};

const countText = ({ done, total, step }: TrainProgress): string => {
  if (step === 'measure') return '';
  return total === null ? thousands(done) : `${thousands(done)}/${thousands(total)}`;
};

/** `[3/9] tool-use-flattery: sampling 512/2,048 · 34 % · 4m 10s · 8m 05s left`. */
export const trainingLine = (state: State): string => {
  const { progress, share, elapsedMs } = state;
  const left = leftMs(state);
  const head = `[${progress.at + 1}/${progress.of}] ${line(whereIn(progress.phase))}: ${doing(progress.step)} ${countText(progress)}`;
  const rest = [`${Math.floor(share * 100)} %`, duration(elapsedMs), left === null ? '' : `${duration(left)} left`];
  return [head.trimEnd(), ...rest].filter((part) => part !== '').join(' · ');
};

const BAR = 30;

/** A bar and the line, neither wider than `columns`. */
export const renderTrainingProgress = (state: State, columns: number): string => {
  const size = Math.min(BAR, columns);
  const full = Math.floor(state.share * size);
  return [`${'━'.repeat(full)}${'╌'.repeat(size - full)}`, trainingLine(state)]
    .map((text) => truncate(text, columns))
    .join('\n');
};
