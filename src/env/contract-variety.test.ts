import { describe, expect, it } from 'vitest';
import own from '../../test/support/own-environment.ts';
import { makeTask, type Task } from '../record/task.ts';
import { checkDeclarations } from './contract.ts';
import type { Environment, TaskChoice } from './environment.ts';

const renamed = ({ schema: _schema, id: _id, ...body }: Task, { split, variant }: TaskChoice): Task =>
  makeTask({ ...body, split, variant });

/** The family with the words of another variant under its own number: every id is a new one. */
const saying = (other: (choice: TaskChoice) => TaskChoice): Environment => ({
  ...own,
  tasks: (choice) => own.tasks(other(choice)).map((task) => renamed(task, choice)),
});

describe('variants that say the same', () => {
  it('are one task, whatever their numbers', () => {
    const problems = checkDeclarations(saying((choice) => ({ ...choice, variant: choice.variant % 300 })));
    expect(problems).toHaveLength(8);
    expect(problems).toContain('test compact alternate: 300 different tasks in 512 variants, at least 512 are needed');
  });

  it('are not in both splits', () => {
    const leaking = saying((choice) => (choice.variant < 2 ? { ...choice, split: 'train' } : choice));
    expect(checkDeclarations(leaking)).toContain(
      'realistic main: 2 of the test tasks are in train too, the first: train 0 and test 0',
    );
  });

  it('may be a few where there are enough others', () => {
    const large = { ...own, variants: { train: 600, test: 512 } };
    const tasks: Environment['tasks'] = (choice) =>
      own
        .tasks({ ...choice, variant: choice.split === 'train' && choice.variant > 590 ? 0 : choice.variant + 1_000 })
        .map((task) => renamed(task, choice));
    expect(checkDeclarations({ ...large, tasks }).filter((problem) => /different tasks/.test(problem))).toEqual([]);
  });
});
