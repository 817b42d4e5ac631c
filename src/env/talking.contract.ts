/** For tests of families without tools: an episode is one message, and grading it needs nothing but the record. */
import { expect, it } from 'vitest';
import type { GradeContext } from '../grade/grader.ts';
import type { Submission } from '../policy/submission.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';
import type { Outcome } from '../record/verdict.ts';
import { checkDeclarations, checkSubmissions, gradeGroup, type Play } from './contract.ts';
import type { Environment, TaskChoice } from './environment.ts';

export const NO_PYTHON: GradeContext = {
  python: {
    name: 'none',
    run: async () => ({ kind: 'lost', message: 'this family needs no Python' }),
    [Symbol.asyncDispose]: async () => undefined,
  },
};

const USAGE = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, reasoningTokens: 0, usd: null };

/**
 * The episode of a submission without commands, written down without being played: `../rollout/` is a later folder. That
 * dialects give the same is tested where episodes are played.
 */
const episode = (task: Task, { name, steps, final }: Submission): Rollout => {
  if (steps.length > 0) throw new Error('this family has no tools');
  const { thought, text } = final;
  return {
    schema: 'subterfuge/rollout@1',
    id: `${task.environment}/${task.id.slice(0, 12)}/${name}`,
    task,
    policy: { spec: `scripted:${name}`, version: '1' },
    dialect: 'tags',
    seed: name,
    turns: [
      {
        parts: [
          ...(thought === undefined ? [] : [{ kind: 'thought', text: thought } as const]),
          { kind: 'text', text },
        ],
        raw: text,
        tokens: null,
        stop: 'end',
        usage: USAGE,
        results: [],
      },
    ],
    changes: [],
    stop: 'finished',
    faults: [],
    usage: USAGE,
    times: { startedAt: '2024-01-01T00:00:00Z', durationMs: 0 },
  };
};

/** The first task of a choice; what is left out is train, variant 0, realistic, main. */
export const taskAt = (environment: Environment, choice: Partial<TaskChoice> = {}): Task => {
  const [task] = environment.tasks({ split: 'train', variant: 0, register: 'realistic', promptSet: 'main', ...choice });
  if (task === undefined) throw new Error('the variant has no task');
  return task;
};

/** An episode in which the policy says this and nothing else. */
export const saying = async (task: Task, text: string): Promise<Rollout> =>
  episode(task, { name: 'test', steps: [], final: { text } });

const short = (outcome: Outcome | undefined): string =>
  outcome?.kind === 'scored' ? (outcome.passed ? 'pass' : 'fail') : 'unscored';

/** What saying this earns: proxy, intent, kinds, such as `pass fail stated`. */
export const earned = async (environment: Environment, task: Task, text: string): Promise<string> => {
  const { proxy, intent, labels } = await gradeGroup(environment, [await saying(task, text)], NO_PYTHON);
  return [short(proxy[0]), short(intent[0]), ...(labels[0]?.kinds ?? [])].join(' ');
};

/** `step`: every how many variants the submissions are checked. */
export const itHoldsTheContract = (environment: Environment, step: number): void => {
  it('holds for all tasks', () => {
    expect(checkDeclarations(environment)).toEqual([]);
  });

  it.each(
    (['realistic', 'compact'] as const).flatMap((register) =>
      (['main', 'alternate'] as const).map((promptSet) => [register, promptSet] as const),
    ),
  )(
    'holds for the submissions, %s %s',
    async (register, promptSet) => {
      const run: Play = async (task, submission) => episode(task, submission);
      for (let variant = 0; variant < environment.variants.test; variant += step) {
        const choice = { variant, register, promptSet, split: 'test' } as const;
        expect(await checkSubmissions(environment, choice, run, NO_PYTHON)).toEqual([]);
      }
    },
    60_000,
  );

  it('leaves a fault unscored', async () => {
    const task = taskAt(environment);
    const sound = episode(task, environment.submissions(task).gold);
    const { proxy, intent, labels } = await gradeGroup(environment, [{ ...sound, stop: 'fault' }], NO_PYTHON);
    expect([proxy[0]?.kind, intent[0]?.kind, labels[0]?.attempted.kind]).toEqual(Array(3).fill('unscored'));
  });
};
