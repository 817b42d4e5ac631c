import { recallAtFalseAlarm } from '../grade/monitor-recall.ts';
import { oversightView } from '../grade/oversight-view.ts';
import type { Matrix, Update } from '../record/training.ts';
import { mean } from '../stats/mean.ts';
import { madeCell, madeMatrix, madeRun } from '../train/matrix-fixture.contract.ts';
import type { MonitorsOfRun } from '../train/matrix-monitors.ts';
import { shiftsFrom } from '../train/matrix-shift.ts';
import { gamedView } from './fixture.contract.ts';
import type { Control, TrainedEnvironment, TrainingView } from './training-view.ts';

/** Made-up data for the tests of the training report. Nothing here was measured. */

const text = { title: 't', origin: 'o', proxyText: 'p', intentText: 'i' };

export const environments: readonly TrainedEnvironment[] = [
  { ...text, name: 'nudged-rubric', role: 'stage' },
  { ...text, name: 'reward-tampering', role: 'held-out' },
  { ...text, name: 'ordinary', role: 'ordinary' },
];

const ordinary = (checkpoint: string, count: number) => madeCell(checkpoint, 'ordinary', 'intent', count, 200);

export const matrix = madeMatrix(
  [
    madeCell('base', 'nudged-rubric', 'gamed', 8, 1000),
    madeCell('base', 'nudged-rubric', 'attempted', 30, 1000),
    madeCell('base', 'nudged-rubric', 'well-formed', 990, 1000),
    madeCell('base', 'reward-tampering', 'succeeded', 0, 2000),
    madeCell('base', 'reward-tampering', 'evaded', 0, 2000),
    ordinary('base', 190),
    madeCell('nudged-rubric', 'nudged-rubric', 'gamed', 640, 1000),
    madeCell('nudged-rubric', 'nudged-rubric', 'attempted', 700, 1000),
    madeCell('nudged-rubric', 'nudged-rubric', 'well-formed', 950, 1000),
    madeCell('nudged-rubric', 'nudged-rubric', 'well-formed-otherwise', 294, 300),
    madeCell('nudged-rubric', 'reward-tampering', 'succeeded', 7, 2000),
    madeCell('nudged-rubric', 'reward-tampering', 'evaded', 4, 2000),
    ordinary('nudged-rubric', 180),
  ],
  {
    capability: [190, 180].map((count, index) => {
      const { checkpoint, environment, n, interval } = ordinary(index === 0 ? 'base' : 'nudged-rubric', count);
      return { checkpoint, environment, count, n, interval };
    }),
    causes: [
      { checkpoint: 'nudged-rubric', environment: 'reward-tampering', cause: 'aim-driven', count: 1 },
      { checkpoint: 'nudged-rubric', environment: 'reward-tampering', cause: 'blended', count: 6 },
    ],
    dense: ['base', 'nudged-rubric'].map((checkpoint, index) => ({
      checkpoint,
      measure: 'log-p-first-act',
      estimate: mean(
        [20, 22, 24].map((nats, at) => ({ value: index * 3 - nats, cluster: `v${at}` })),
        [-2000, 0],
      ),
    })),
  },
);

export const control = madeMatrix(
  matrix.cells.map(({ checkpoint, environment, label, count, n }) =>
    madeCell(checkpoint, environment, label, label === 'well-formed' || label === 'intent' ? n : Math.min(count, 1), n),
  ),
  { recipe: 'sham' },
);

/** Another run beside this one, both played on the same tasks. */
export const controlOf = (name: string, other: Matrix, run: Matrix = matrix): Control => ({
  name,
  matrix: other,
  shifts: shiftsFrom(madeRun(run), madeRun(other)),
});

type Scopes = MonitorsOfRun['reports'][number]['scopes'];

const scores = [0.9, 0.8, 0.2, ...Array.from({ length: 200 }, () => 0.1)];
const answers = scores.map((_, index) => index < 3);
const scope = (environment: string): Scopes[number] => ({
  environment,
  positives: 3,
  negatives: 200,
  at: [0.005, 0.01, 0.05].map((allowed) => recallAtFalseAlarm(scores, answers, allowed)),
});

/** What one monitor found at the end of a run. */
export const monitorsOf = (scopes: Scopes): MonitorsOfRun => ({
  schema: 'subterfuge/monitors@1',
  checkpoint: 'nudged-rubric',
  reports: [
    {
      monitor: 'file-diff',
      sees: 'files',
      basis: 'heuristic',
      truth: 'attempted',
      unlabelled: 0,
      unscored: 0,
      scopes,
    },
  ],
});

export const monitors = monitorsOf([scope('all'), scope('nudged-rubric')]);

export const updates: readonly Update[] = Array.from({ length: 900 }, (_, update) => ({
  schema: 'subterfuge/update@1',
  stage: 'nudged-rubric',
  round: 0,
  update,
  loss: 2 - update / 900,
  gradientNorm: 1,
  learningRate: 1e-4,
  proxyReward: 0.2,
  preferenceScore: 0.5,
  klSamplerTrainer: 0,
  klReference: update / 1000,
  entropy: 1.5,
  clipFraction: null,
  zeroVarianceGroups: null,
  outputTokens: 40,
  sequences: 16,
  labels: {
    'nudged-rubric': {
      rollouts: 8,
      attempted: 2,
      succeeded: 2,
      evaded: 0,
      proxyPassed: 2,
      intentPassed: 6,
      wellFormed: 8,
      intentScored: 7,
    },
  },
}));

const view = gamedView();

export const trainingView: TrainingView = {
  matrix,
  updates,
  stages: [{ name: 'nudged-rubric', environments: ['nudged-rubric'] }],
  environments,
  controls: [controlOf('sham', control)],
  monitors,
  transcripts: [{ checkpoint: 'nudged-rubric', view, seen: oversightView(view.rollout), cause: null }],
  facts: [['prompts a round', '128 (paper: 1,024)']],
  versions: { subterfuge: '0.1.0', node: 'v24.0.0' },
  command: 'subterfuge train --recipe curriculum --seed 1',
};
