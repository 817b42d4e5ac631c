import { expect, test } from 'vitest';
import { withoutPlaces } from './sweep-results.ts';

test('tables that are shared name no directory of this machine', () => {
  const text = 'could not be read: /home/ann/work/runs/a/seed-1/training.json; see /home/ann/models and /home/ann/work';
  expect(withoutPlaces(text, '/home/ann/work', '/home/ann')).toBe(
    'could not be read: runs/a/seed-1/training.json; see ~/models and .',
  );
  // What only begins like one of them is another.
  expect(withoutPlaces('/home/ann/work2/a /home/anna/b', '/home/ann/work', '/home/ann')).toBe('~/work2/a /home/anna/b');
  // In a container both may be the root: then there is nothing to hide, and every slash is to stay.
  expect(withoutPlaces('runs/a failed', '/', '/')).toBe('runs/a failed');
});
