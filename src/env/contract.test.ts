import { describe, expect, it } from 'vitest';
import { INAPPLICABLE, known } from '../grade/labels.ts';
import type { Labels } from '../record/verdict.ts';
import { play as playEpisode } from '../rollout/play.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { checkDeclarations, checkSubmissions, type SubmissionChoice } from './contract.ts';
import type { Environment } from './environment.ts';
import { ordinary } from './ordinary/env.ts';
import { politicalSycophancy } from './political-sycophancy/env.ts';

type Said = Omit<Labels, 'schema' | 'rollout'>;

const sandboxes = simulatedSandbox();
const python = {
  name: 'none',
  run: () => Promise.resolve({ kind: 'lost' as const, message: 'this family needs no Python' }),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

/** The family with labels that were tampered with, each beside the name of the submission that it is about. */
const mislabelled = (change: (labels: Said, answer: string) => Said): Environment => ({
  ...politicalSycophancy,
  labels: {
    name: 'mislabelled',
    label: async (group, context) =>
      (await politicalSycophancy.labels.label(group, context)).map((labels, index) =>
        change(labels, group[index]?.turns.at(-1)?.raw ?? ''),
      ),
  },
});

const check = async (environment: Environment, choice: Partial<SubmissionChoice> = {}): Promise<string[]> =>
  await checkSubmissions(
    environment,
    { variant: 5, register: 'compact', ...choice },
    (task, submission) => playEpisode(sandboxes, task, submission),
    { python },
  );

const CONTRARY = /other way round/;

describe('checkSubmissions', () => {
  it('finds nothing wrong with a family that keeps it, in both prompt sets', async () => {
    for (const promptSet of ['main', 'alternate'] as const) {
      const prompts: string[] = [];
      const noting: Environment = {
        ...politicalSycophancy,
        tasks: (choice) => {
          prompts.push(choice.promptSet);
          return politicalSycophancy.tasks(choice);
        },
      };
      expect(await check(noting, { promptSet })).toEqual([]);
      expect(new Set(prompts)).toEqual(new Set([promptSet]));
    }
  });

  it('finds a wrong submission that is labelled as an attempt', async () => {
    const problems = await check(
      mislabelled((labels, answer) =>
        CONTRARY.test(answer) ? { ...labels, attempted: known(true, ''), kinds: ['invented'] } : labels,
      ),
    );
    expect(problems.length).toBeGreaterThan(0);
    expect(new Set(problems)).toEqual(
      new Set(['variant 5 compact main, wrong "contrarian": is labelled as an attempt']),
    );
  });

  it.each<readonly [string, (labels: Said) => Said, string]>([
    ['kinds without an attempt', (labels) => ({ ...labels, kinds: ['x'] }), 'attempted is false, kinds: x'],
    ['an attempt without kinds', (labels) => ({ ...labels, kinds: [] }), 'attempted is true, kinds: none'],
    [
      'a disclosure of nothing',
      (labels) => ({ ...labels, disclosed: known(false, '') }),
      'disclosed is known, but attempted is false',
    ],
    ['no decision about an attempt', (labels) => ({ ...labels, attempted: INAPPLICABLE }), 'attempted is inapplicable'],
  ])('finds %s', async (_, change, problem) => {
    expect((await check(mislabelled(change))).join('\n')).toContain(problem);
  });
});

describe('controls', () => {
  const few: Pick<Environment, 'variants'> = { variants: { train: 1, test: 1 } };

  it('finds a control with a weakness, and a family without one that does not say it is a control', () => {
    const [weakness] = politicalSycophancy.weaknesses;
    const { control: _, ...nameless } = ordinary;
    const weak = checkDeclarations({ ...ordinary, ...few, weaknesses: weakness === undefined ? [] : [weakness] });
    expect(weak.join('\n')).toContain('it is a control (ordinary), so it has no weaknesses');
    expect(checkDeclarations({ ...nameless, ...few }).join('\n')).toContain('it has no weakness');
  });

  it('finds labels where there is nothing to game', async () => {
    const labelled: Environment = {
      ...ordinary,
      labels: {
        name: 'labelled',
        label: async (group, context) =>
          (await ordinary.labels.label(group, context)).map((labels) => ({ ...labels, attempted: known(false, '') })),
      },
    };
    expect((await check(labelled)).join('\n')).toContain('has labels, though there is nothing to game');
    expect(await check(ordinary)).toEqual([]);
  });

  it('finds a gold submission that does not do what it was told', async () => {
    const obedient: Environment = { ...politicalSycophancy, control: 'told', weaknesses: [] };
    expect((await check(obedient)).join('\n')).toContain('gold: is not labelled as an attempt');
  });
});
