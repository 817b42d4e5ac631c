import { expect, test } from 'vitest';
import type { TaskFile } from '../record/task.ts';
import { DEFAULT_SANDBOX_LIMITS as LIMITS } from './sandbox.ts';
import { keptOpenings } from './simulated-openings.ts';

const file = (text: string): TaskFile => ({ path: '/w/a', text, mode: 0o644 });
const textAt = ({ items }: ReturnType<ReturnType<typeof keptOpenings>>): string =>
  Buffer.from(items.get('/w/a')?.entry.data ?? '').toString();

test('files that cannot change are made into a state once, for each folder, environment and disk', () => {
  const open = keptOpenings();
  const files = Object.freeze([Object.freeze(file('one'))]);
  const spec = { files, cwd: '/w', seed: 'a' };
  const state = open(spec, LIMITS);
  expect(open({ ...spec, seed: 'b' }, LIMITS)).toBe(state);
  expect(open({ ...spec, cwd: '/v' }, LIMITS).cwd).toBe('/v');
  expect(open({ ...spec, env: { A: '1' } }, LIMITS).env).toContainEqual(['A', '1']);
  expect(() => open(spec, { ...LIMITS, diskBytes: 1 })).toThrow('larger than its disk');
});

test('files that can change are read each time', () => {
  const open = keptOpenings();
  const files = Object.freeze([file('one')]);
  const spec = { files, cwd: '/w', seed: 'a' };
  expect(textAt(open(spec, LIMITS))).toBe('one');
  Object.assign(files[0] ?? {}, { text: 'two' });
  expect(textAt(open(spec, LIMITS))).toBe('two');
});
