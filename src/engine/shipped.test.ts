import { expect, test } from 'vitest';
import { isShippedMissing, SHIPPED_NAMES, shippedDirectory, shippedMissing } from './shipped.ts';

test('the base is there; what is a path is no model of the package', () => {
  expect(isShippedMissing('base')).toBe(false);
  expect(SHIPPED_NAMES).toContain('base');
  for (const path of ['./base', 'constructor', 'nowhere']) {
    expect(shippedDirectory(path)).toBeNull();
    expect(isShippedMissing(path)).toBe(false);
  }
});

test('of one that is missing it is said what there is, and what makes it', () => {
  expect(shippedMissing('base-without-thoughts', 'base of a recipe')).toMatchObject({
    code: 'no-checkpoint',
    exitCode: 2,
    given: 'base of a recipe',
    allowed: expect.stringMatching(/^base, .*directory of a checkpoint$/),
    todo: expect.stringContaining('pretrain.ts --no-thoughts makes it'),
  });
});
