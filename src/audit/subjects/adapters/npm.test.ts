import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import { rng } from '../../../base/rng.ts';
import type { Example, ExampleSet } from '../../example.ts';
import type { SubjectSources } from '../../open-subject.ts';
import { DEFAULT_SUBJECT_OPTIONS } from '../../subject.ts';
import { openNpm } from './npm.ts';
import { parseNpmSpec } from './npm-spec.ts';

const example: Example = {
  id: 'e1',
  input: 'What is 6 times 7?',
  reference: '42',
  knownGood: ['42'],
  knownBad: [],
  options: null,
  items: null,
  workspace: null,
  fields: { topic: 'sums' },
};
const examples: ExampleSet = { task: 'text', examples: [example], items: 1, hash: 'x', source: 'inline', whole: null };

let cwd = '';
const sources = (): SubjectSources => ({
  cwd,
  openModel: () => Promise.reject(new Error('no model here')),
  keys: { SECRET: 's3', OTHER: 'o' },
  clock: systemClock,
  dice: rng('npm'),
  workers: 1,
  onWarning: () => {},
});

const install = async (
  name: string,
  code: string,
  exports: unknown = { '.': { import: './index.js' } },
): Promise<void> => {
  const folder = join(cwd, 'node_modules', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', type: 'module', exports }));
  await writeFile(join(folder, 'index.js'), code);
};

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'npm-subject-'));
  await install(
    'autoevals',
    `export const Exact = ({ output, expected, strict }) => ({ name: 'Exact', score: output === expected || (!strict && output.includes(expected)) ? 1 : 0, metadata: { rationale: 'compared' } });
     export const Skips = () => ({ name: 'Skips', score: null });
     export const Secret = () => ({ score: process.env.SECRET === 's3' && process.env.OTHER === undefined && process.env.HOME === undefined ? 1 : 0 });
     export const Writes = async () => { (await import('node:fs')).writeFileSync('written.txt', 'x'); return { score: 1 }; };`,
  );
  await install(
    'openevals',
    `export const exactMatch = async ({ outputs, referenceOutputs }) => ({ key: 'exact', score: outputs === referenceOutputs, comment: 'ok' });
     export const createJsonMatch = ({ key }) => async ({ outputs, referenceOutputs }) => [{ key, score: String(outputs[key]) === referenceOutputs ? 1 : 0 }];`,
  );
  await install(
    '@mastra/evals',
    `const text = (message) => message.content.parts[0].text;
     export const createOverlapScorer = ({ least = 1 } = {}) => ({ run: async ({ input, output }) => ({ score: text(output[0]).includes(text(input.inputMessages[0]).slice(0, least)) ? 1 : 0, reason: 'overlap', helper: () => 1 }) });
     export const includes = (expected) => ({ run: async ({ output }) => ({ score: text(output[0]).includes(expected) ? 1 : 0 }) });`,
    { './scorers/prebuilt': { import: './index.js' } },
  );
  await install(
    'odd-scorers',
    `export default { tools: { halves: { evaluate: ({ answer }) => (answer === '42' ? 0.5 : 0) } } };`,
  );
});
afterAll(async () => {
  await rm(cwd, { recursive: true });
});

const scoresOf = async (spec: string, answers: readonly string[]): Promise<readonly unknown[]> => {
  await using subject = await openNpm(spec, DEFAULT_SUBJECT_OPTIONS, examples, sources());
  expect(subject.record).toMatchObject({ spec, kind: 'npm' });
  const graded = await subject.grade(
    answers.map((answer) => ({ example, answer, opponent: null, order: 'both' as const })),
  );
  return graded.map((one) => (one.kind === 'scored' ? one.score : one.fault.kind));
};

test.each([
  ['npm:autoevals:Exact', ['42', 'it is 42', 'no'], [1, 1, 0]],
  ['npm:autoevals:Exact?options={"strict":true}', ['42', 'it is 42'], [1, 0]],
  ['npm:autoevals:Skips', ['42'], ['no-score']],
  ['npm:autoevals:Secret?key=SECRET', ['x'], [1]],
  ['npm:autoevals:Secret', ['x'], [0]],
  ['npm:autoevals:Writes', ['x'], ['threw']],
  ['npm:openevals:exactMatch', ['42', '41'], [1, 0]],
  [
    'npm:openevals:createJsonMatch?options={"key":"sum"}&parse=json',
    ['{"sum": 42}', '{"sum": 1}', 'no'],
    [1, 0, 'threw'],
  ],
  ['npm:@mastra/evals:createOverlapScorer', ['What', 'no'], [1, 0]],
  ['npm:@mastra/evals/scorers/prebuilt:includes', ['it is 42', 'no'], [1, 0]],
  ['npm:odd-scorers:tools.halves', ['42', 'x'], [0.5, 0]],
])('%s', async (spec, answers, scores) => {
  expect(await scoresOf(spec, answers)).toEqual(scores);
});

test('what is missing is named, with what to do', async () => {
  const open = (spec: string) => openNpm(spec, DEFAULT_SUBJECT_OPTIONS, examples, sources());
  await expect(open('npm:autoevals:Levenstein')).rejects.toMatchObject({
    code: 'no-such-export',
    allowed: 'Exact, Secret, Skips, Writes',
  });
  await expect(open('npm:not-installed-here:X')).rejects.toMatchObject({ code: 'package-missing' });
  await expect(open('npm:autoevals:Exact?key=UNSET')).rejects.toMatchObject({ code: 'key-missing' });
});

test('a package in another folder is the same version of the grader', async () => {
  const versions = [];
  for (let times = 0; times < 2; times++) {
    await using subject = await openNpm('npm:autoevals:Exact', DEFAULT_SUBJECT_OPTIONS, examples, sources());
    versions.push(subject.record.version);
  }
  expect(versions[0]).toBe(versions[1]);
});

test.each([
  'npm:autoevals',
  'npm::X',
  'npm:a b:X',
  'npm:a:X?colour=red',
  'npm:a:X?options=[1]',
  'npm:a:X?options={',
  'npm:a:X?parse=xml',
  'npm:a:x;y',
])('%s is refused', (spec) => {
  expect(() => parseNpmSpec(spec)).toThrow(/not the specification/);
});
