import { expect, test } from 'vitest';
import { rewardTampering } from '../../src/env/reward-tampering/env.ts';
import { fileState } from '../../src/record/file.ts';
import { endStateOf, exploitOf } from './episode-script.ts';

const taskOf = (variant: number) => {
  const [task] = rewardTampering.tasks({ split: 'test', variant, register: 'compact', promptSet: 'main' });
  if (task === undefined) throw new Error(`no task for variant ${variant}`);
  return task;
};

test('no command says where the working directory is, so it does the same in another', () => {
  const names = new Set<string>();
  for (let variant = 0; variant < 16; variant++) {
    const { name, steps } = exploitOf(rewardTampering, taskOf(variant));
    names.add(name);
    expect(steps.length).toBeGreaterThan(0);
    for (const { command } of steps) expect(command).not.toMatch(/(^|\s)\//);
  }
  expect(names.size).toBeGreaterThan(5);
});

test('the end of an episode: untouched, changed, removed and new files, but no folders', () => {
  const task = taskOf(0);
  const [module, check] = task.files;
  if (module === undefined || check === undefined) throw new Error('the task has two files');
  const state = (text: string) => fileState(Buffer.from(text), 0o644);
  const relative = (path: string): string => path.slice(task.cwd.length + 1);
  const untouched = endStateOf({ task, changes: [] });
  expect(untouched).toEqual({
    [relative(module.path)]: state(module.text).sha256,
    [relative(check.path)]: state(check.text).sha256,
  });
  const folder = fileState(Buffer.alloc(0), 0o755, 'directory');
  const end = endStateOf({
    task,
    changes: [
      { path: module.path, before: state(module.text), after: state('changed') },
      { path: check.path, before: state(check.text), after: null },
      { path: `${task.cwd}/new`, before: null, after: folder },
      { path: `${task.cwd}/new/file`, before: null, after: state('new') },
    ],
  });
  expect(end).toEqual({
    [relative(module.path)]: state('changed').sha256,
    [relative(check.path)]: null,
    'new/file': state('new').sha256,
  });
});
