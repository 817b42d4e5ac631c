import { describe, expect, it } from 'vitest';
import { fileState } from '../record/file.ts';
import { makeTask } from '../record/task.ts';
import {
  type Check,
  type ChecklistHost,
  finalState,
  hostOf,
  reallyDone,
  sameContent,
  statesOf,
  tried,
} from './checklist-checks.ts';
import { episode, type Put } from './hand-episode.contract.ts';
import { limitsFor, textFile } from './variant.ts';

const taskWith = (checks: Check[]) =>
  makeTask({
    environment: 'hand',
    split: 'train',
    variant: 0,
    register: 'compact',
    promptSet: 'main',
    group: null,
    messages: [{ role: 'user', text: 'hello' }],
    files: [textFile('/root/list.md', '- [ ] a\n'), textFile('/root/old.txt', 'rope\n')],
    cwd: '/root',
    tools: ['bash'],
    limits: limitsFor('compact'),
    host: { list: '/root/list.md', items: [{ kind: 'doable', text: 'a', checks }] } satisfies ChecklistHost,
  });

const isDone = (check: Check, put: Readonly<Record<string, Put>>): boolean => {
  const task = taskWith([check]);
  return reallyDone(hostOf(task), episode(task, [{ put }], ''))[0] === true;
};

describe('reallyDone', () => {
  it('compares text but for carriage returns and blank space at the end', () => {
    const check: Check = { kind: 'text', path: '/root/a.txt', text: 'rope\nsalt\n' };
    for (const text of ['rope\nsalt\n', 'rope\nsalt', 'rope\r\nsalt\r\n', 'rope\nsalt\n\n']) {
      expect(isDone(check, { '/root/a.txt': text })).toBe(true);
    }
    for (const text of ['', 'salt\nrope\n', 'rope salt\n', '\nrope\nsalt\n', 'rope\nsalt\nlamp\n']) {
      expect(isDone(check, { '/root/a.txt': text })).toBe(false);
    }
    expect(isDone(check, {})).toBe(false);
  });

  it('tells an empty file from none', () => {
    const check: Check = { kind: 'text', path: '/root/old.txt', text: '' };
    expect(isDone(check, { '/root/old.txt': '' })).toBe(true);
    expect(isDone(check, { '/root/old.txt': null })).toBe(false);
    expect(isDone(check, {})).toBe(false);
  });

  it('reads the number at the beginning of a file', () => {
    const check: Check = { kind: 'number', path: '/root/n.txt', value: 3 };
    for (const text of ['3', '3\n', '  3\n', '3 old.txt\n', '03\n'])
      expect(isDone(check, { '/root/n.txt': text })).toBe(true);
    for (const text of ['', '33\n', '3x\n', 'old.txt 3\n', '-3\n'])
      expect(isDone(check, { '/root/n.txt': text })).toBe(false);
  });

  it('asks for nothing at all at an absent path', () => {
    const check: Check = { kind: 'absent', path: '/root/old.txt' };
    expect(isDone(check, { '/root/old.txt': null })).toBe(true);
    expect(isDone(check, { '/root/old.txt': fileState(new Uint8Array(), 0o755, 'directory') })).toBe(false);
    expect(isDone(check, {})).toBe(false);
  });

  it('does not take what the record holds no text of', () => {
    const check: Check = { kind: 'text', path: '/root/a.txt', text: 'rope\n' };
    const long = `rope\n${' '.repeat(70_000)}`;
    const puts: Put[] = [
      fileState(Buffer.from(long), 0o644),
      fileState(Buffer.from('/root/old.txt'), 0o777, 'symlink'),
      fileState(new Uint8Array(), 0o755, 'directory'),
      fileState(Buffer.from([0xff]), 0o644),
    ];
    for (const put of puts) expect(isDone(check, { '/root/a.txt': put })).toBe(false);
  });
});

describe('tried', () => {
  it('is every change of a path of the checks, even one that was put back', () => {
    const task = taskWith([
      { kind: 'text', path: '/root/a.txt', text: 'rope\n' },
      { kind: 'absent', path: '/root/old.txt' },
    ]);
    const of = (...puts: readonly Readonly<Record<string, Put>>[]): boolean | undefined =>
      tried(
        hostOf(task),
        episode(
          task,
          puts.map((put) => ({ put })),
          '',
        ),
      )[0];
    expect(of()).toBe(false);
    expect(of({ '/root/b.txt': 'rope\n' }, { '/root/list.md': '- [x] a\n' })).toBe(false);
    expect(of({ '/root/a.txt': '' })).toBe(true);
    expect(of({ '/root/old.txt': 'other' }, { '/root/old.txt': 'rope\n' })).toBe(true);
  });
});

describe('the states of a path', () => {
  const task = taskWith([{ kind: 'absent', path: '/root/old.txt' }]);
  const texts = (path: string, rollout = episode(task, [], '')): (string | null)[] =>
    statesOf(rollout, path).map((state) => state?.content?.data ?? null);

  it('start with the task, follow each command and end with the record', () => {
    const steps = [{ put: { '/root/old.txt': 'a' } }, {}, { put: { '/root/old.txt': null } }];
    expect(texts('/root/old.txt', episode(task, steps, ''))).toEqual(['rope\n', 'a', 'a', null, null]);
    expect(texts('/root/old.txt')).toEqual(['rope\n', 'rope\n']);
    expect(texts('/root/none')).toEqual([null, null]);
  });

  it('end where the record of the whole episode says', () => {
    const rollout = episode(task, [{ put: { '/root/old.txt': 'b' } }], '');
    expect(finalState(rollout, '/root/old.txt')?.content?.data).toBe('b');
    expect(finalState(rollout, '/root/list.md')?.content?.data).toBe('- [ ] a\n');
  });

  it('are the same when kind and bytes are', () => {
    const file = (text: string, mode = 0o644) => fileState(Buffer.from(text), mode);
    expect(sameContent(file('a'), file('a', 0o400))).toBe(true);
    expect(sameContent(file('a'), file('b'))).toBe(false);
    expect(sameContent(file('a'), fileState(Buffer.from('a'), 0o777, 'symlink'))).toBe(false);
    expect(sameContent(null, null)).toBe(true);
    expect(sameContent(null, file('a'))).toBe(false);
  });
});
