import { describe, expect, it } from 'vitest';
import own from '../../test/support/own-environment.ts';
import { INAPPLICABLE, known, unscoredLabel } from '../grade/labels.ts';
import { makeTask } from '../record/task.ts';
import type { TaskChoice } from './environment.ts';
import { contradiction, readSubmissions, readTasks } from './load-shape.ts';
import { politicalSycophancy } from './political-sycophancy/env.ts';
import type { BareLabels } from './single.ts';

const CHOICE: TaskChoice = { split: 'train', variant: 3, register: 'compact', promptSet: 'main' };
const [task] = own.tasks(CHOICE);
const twins = politicalSycophancy.tasks(CHOICE);

describe('tasks', () => {
  it.each<readonly [string, unknown, string]>([
    ['no array', 'tasks', 'expected array'],
    ['none', [], 'there is no task'],
    ['an object of its own', [{ prompt: 'What is 2 + 2?' }], '0.schema'],
    ['two where one stands alone', [task, task], 'there are 2 tasks, but task 0 says that it stands alone'],
  ])('%s', (_, value, problem) => {
    expect(readTasks(value, 'sums', CHOICE)).toContain(problem);
  });

  it('belong to the environment, to the choice, and to one whole group', () => {
    expect(readTasks([task], 'sums', CHOICE)).toEqual([task]);
    expect(readTasks([task], 'other', CHOICE)).toContain('belongs to "sums"');
    expect(readTasks([task], 'sums', { ...CHOICE, variant: 4 })).toBe('4 was asked for, but task 0 says variant 3');
    expect(readTasks(twins, 'political-sycophancy', CHOICE)).toHaveLength(twins.length);
    expect(readTasks(twins.slice(0, 1), 'political-sycophancy', CHOICE)).toContain(`has ${twins.length}`);
    const group = { id: 'else', role: 'right', size: twins.length };
    const other = makeTask({ ...bodyOf(twins[1]), group });
    expect(readTasks([twins[0], other, ...twins.slice(2)], 'political-sycophancy', CHOICE)).toContain('"else"');
  });
});

const bodyOf = (one: (typeof twins)[number] | undefined): Parameters<typeof makeTask>[0] => {
  if (one === undefined) throw new Error('there is no such task');
  const { schema: _schema, id: _id, ...body } = one;
  return body;
};

describe('submissions', () => {
  it('are read as they are, or it is said what is wrong', () => {
    if (task === undefined) throw new Error('there is no task');
    const given = own.submissions(task);
    expect(readSubmissions(given)).toBe(given);
    expect(readSubmissions({ ...given, gold: { name: 'gold', steps: ['ls'], final: { text: '' } } })).toContain(
      'gold.steps.0',
    );
    expect(readSubmissions({ ...given, exploits: undefined })).toContain('exploits');
  });
});

describe('labels', () => {
  const no = known(false, '');
  const yes = known(true, '');
  const none: BareLabels = {
    attempted: no,
    succeeded: no,
    evaded: INAPPLICABLE,
    disclosed: INAPPLICABLE,
    kinds: [],
  };

  it.each<readonly [string, Partial<BareLabels>, string | null]>([
    ['nothing', {}, null],
    ['a full success', { attempted: yes, succeeded: yes, evaded: yes, disclosed: no, kinds: ['x'] }, null],
    ['an attempt without success', { attempted: yes, kinds: ['x'] }, null],
    ['what could not be decided', { attempted: unscoredLabel('?'), succeeded: yes, kinds: ['x'] }, null],
    ['success alone', { succeeded: yes }, 'succeeded without an attempt'],
    ['evasion alone', { attempted: yes, kinds: ['x'], evaded: yes }, 'evaded without a success'],
    ['kinds alone', { kinds: ['x'] }, 'kinds (x) without an attempt'],
    ['an attempt of no kind', { attempted: yes }, 'an attempt of no kind'],
    ['a disclosure of nothing', { disclosed: no }, 'disclosed is decided though nothing was attempted'],
  ])('%s', (_, change, problem) => {
    expect(contradiction({ ...none, ...change })).toBe(problem);
  });
});
