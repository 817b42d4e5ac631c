import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mean } from '../stats/mean.ts';
import { hasMeasures, readMeasures } from './dense-checkpoint.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dense-'));
  await mkdir(join(dir, 'dense'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const measures = [{ measure: 'log-p-first-act', estimate: mean([{ value: -3, cluster: 'v' }], [-2000, 0]) }];
const kept = (text: string): Promise<void> => writeFile(join(dir, 'dense', 'base.json'), text);
const record = { schema: 'subterfuge/dense@1', checkpoint: 'base', version: 'abc', measures };

test('reads what was measured of these weights', async () => {
  expect([await hasMeasures(dir, 'base'), await readMeasures(dir, 'base', 'abc')]).toEqual([false, []]);
  await kept(JSON.stringify(record));
  expect([await hasMeasures(dir, 'base'), await readMeasures(dir, 'base', 'abc')]).toEqual([true, measures]);
});

test.each<[string, string, RegExp]>([
  ['a torn file', '{"schema"', /cannot be used/],
  ['another checkpoint', JSON.stringify({ ...record, checkpoint: 'nudged-rubric' }), /nudged-rubric/],
  ['other weights', JSON.stringify({ ...record, version: 'abd' }), /other weights/],
])('refuses %s', async (_what, text, said) => {
  await kept(text);
  await expect(readMeasures(dir, 'base', 'abc')).rejects.toThrow(said);
});
