/** docs/environments.md agrees with the code: its list, and the fields of the contract. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as author from '../src/env/author.ts';
import { environmentSchema } from '../src/env/load-shape.ts';
import { DOCUMENT, withFamilies } from './support/families.ts';

const text = readFileSync(DOCUMENT, 'utf8');

test('the list of environments is that of "subterfuge envs" (node test/support/families.ts writes it)', () => {
  expect(text).toBe(withFamilies(text));
});

test('every field of an environment is explained', () => {
  const fields = text.split('\n').flatMap((line) => (/^\| (`[^|]+`) \|/.exec(line)?.[1] ?? '').split(', '));
  expect(Object.keys(environmentSchema.shape).filter((name) => !fields.includes(`\`${name}\``))).toEqual([]);
});

test('every helper of subterfuge/env is named', () => {
  const helpers = [...Object.keys(author), 'checkEnvironment', 'earnedBy'];
  expect(helpers.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
