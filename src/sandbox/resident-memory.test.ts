import { expect, test } from 'vitest';
import { residentMb } from './resident-memory.ts';

test('a process has memory where the system tells, and nothing has none', () => {
  const own = residentMb(process.pid);
  if (process.platform === 'linux') expect(own).toBeGreaterThan(1);
  else expect(own).toBe(0);
  expect(residentMb(undefined)).toBe(0);
  expect(residentMb(2 ** 30)).toBe(0);
});
