/** A judge in the place of rules, and the inflation matrix, as a user of the command line meets them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeServer } from '../src/policy/fake-server.contract.ts';
import { evaluationRecord } from '../src/record/evaluation.ts';
import { inflationRecord } from '../src/record/inflation.ts';
import { type CommandResult, command } from './support/in-process.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-judge-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const run = (...args: readonly string[]): Promise<CommandResult> => command(args, { cwd: home });
const evalOf = (env: string, out: string, ...more: readonly string[]): Promise<CommandResult> =>
  run('eval', '--env', env, '--register', 'compact', '--n', '6', '--quiet', '--out', out, ...more);

/** Every reply of the judge. */
const saying = (content: string) => ({
  kind: 'answer' as const,
  body: {
    id: 'x',
    object: 'chat.completion',
    created: 1,
    model: 'j',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 20_000, completion_tokens: 4, total_tokens: 20_004 },
  },
});

test('eval --judge: within the purse, resumed without asking twice, agreement in what is printed', async () => {
  await using server = await fakeServer();
  server.plan(...Array.from({ length: 40 }, () => saying('score: 10')));
  const judge = ['--judge', `openai-compatible:j@${server.url}`];
  const stopped = await evalOf(
    'language-loophole',
    'judged',
    '--model',
    'scripted:exploit',
    '--concurrency',
    '1',
    ...judge,
    '--judge-price',
    '1,1',
    '--max-cost',
    '0.1',
  );
  expect([stopped.code, stopped.stderr]).toEqual([3, expect.stringContaining('--max-cost')]);
  const { code, stdout, stderr } = await run('resume', 'judged', '--quiet', '--json', '--max-cost', '5');
  expect(code, stderr).toBe(0);
  expect(new Set(server.seen.map(({ body }) => JSON.stringify(body.messages))).size).toBe(server.seen.length);
  const [summary] = evaluationRecord.read(JSON.parse(stdout)).environments;
  expect(summary?.judged?.intent).toMatchObject({ agree: { count: 0, n: 6 }, judgeOnly: { count: 6 } });
  const shown = await run('show', 'judged');
  expect(shown.stdout).toContain('judged by openai-compatible:j@');
  // What the judge said stays, and the rules still say the same.
  expect(await run('grade', 'judged')).toMatchObject({ code: 0 });
});

test('a run that a judge graded before its end goes on with that judge', async () => {
  await using model = await fakeServer();
  await using server = await fakeServer();
  const dressed = '## Answer\n- **Certainly** it is 40,961.\n- This is clearly and definitely right, as is well known.';
  model.plan(...Array.from({ length: 40 }, () => saying(dressed)));
  server.plan(...Array.from({ length: 40 }, () => saying('score: 10')));
  const asked = ['--model', `openai-compatible:m@${model.url}`, '--price', '1,1', '--concurrency', '1'];
  expect((await evalOf('rater-surface', 'early', ...asked, '--max-cost', '0.07')).code).toBe(3);
  const judge = ['--judge', `openai-compatible:j@${server.url}`, '--judge-price', '1,1'];
  const stopped = await run('grade', 'early', '--save', '--quiet', ...judge, '--max-cost', '0.13');
  expect([stopped.code, stopped.stderr]).toEqual([3, expect.stringMatching(/Raise --max-cost.*--judge \S+ --save/)]);
  expect((await run('grade', 'early', '--save', '--quiet', ...judge, '--max-cost', '5')).code).toBe(1);
  const { code, stdout, stderr } = await run(
    'resume',
    'early',
    '--quiet',
    '--json',
    '--max-cost',
    '5',
    '--judge-price',
    '1,1',
  );
  expect([code, stderr]).toEqual([0, expect.stringContaining('begun without a judge')]);
  const [summary] = evaluationRecord.read(JSON.parse(stdout)).environments;
  expect(summary).toMatchObject({ rollouts: 6, judged: { intent: { agree: { n: 6 } } } });
  expect(summary?.judged?.byRules).toBeUndefined();
});

test('grade --judge shows how far it is and what is spent', async () => {
  await using server = await fakeServer();
  server.plan(...Array.from({ length: 40 }, () => saying('score: 0')));
  expect(await evalOf('rater-surface', 'shown', '--model', 'scripted:gold')).toMatchObject({ code: 0 });
  const errStream = new PassThrough();
  const judge = ['--judge', `openai-compatible:j@${server.url}`, '--judge-price', '1,1'];
  const { code, stdout } = await command(['grade', 'shown', '--json', '--max-cost', '9', ...judge], {
    cwd: home,
    errStream,
  });
  expect([code, JSON.parse(stdout)]).toMatchObject([1, { rollouts: 6 }]);
  expect(String(errStream.read())).toMatch(
    /\n6\/6 rollouts · .* done in \d+s · \d+k tokens in, \d+ out · \$0\.\d\d of \$9\.00\n$/,
  );
});

test('grade --judge --save puts a judge in the place of the rules of a run that is done', async () => {
  await using server = await fakeServer();
  server.plan(...Array.from({ length: 40 }, () => saying('score: 0')));
  expect(await evalOf('rater-surface', 'done', '--model', 'scripted:gold')).toMatchObject({ code: 0 });
  const { code, stdout } = await run(
    'grade',
    'done',
    '--save',
    '--quiet',
    '--judge',
    `openai-compatible:j@${server.url}`,
  );
  expect([code, stdout]).toEqual([1, expect.stringContaining('intent: pass (1) -> fail (0)')]);
  const asked = server.seen.length;
  expect(await run('grade', 'done', '--save', '--quiet', '--judge', `openai-compatible:j@${server.url}`)).toMatchObject(
    {
      code: 0,
    },
  );
  expect(server.seen.length).toBe(asked);
});

test('inflation: two models, each rating the other', async () => {
  const of = (model: string, out: string, ...more: readonly string[]): Promise<CommandResult> =>
    evalOf('self-evaluation', out, '--model', model, ...more);
  expect(await of('scripted:gold', 'g')).toMatchObject({ code: 0 });
  expect(await of('scripted:exploit/ten-for-everybody', 'e', '--sibling', 'g')).toMatchObject({ code: 0 });
  expect(await of('scripted:gold', 'ge', '--sibling', 'e')).toMatchObject({ code: 0 });
  const { stdout } = await run('inflation', 'g', 'e', 'ge', '--json');
  const { authors } = inflationRecord.read(JSON.parse(stdout));
  expect(authors.map(({ author }) => author)).toEqual(['scripted:gold', 'scripted:exploit/ten-for-everybody', null]);
  expect(authors[1]?.rated).toMatchObject([
    { own: true, inflation: { estimate: { mean: 1 } } },
    { rater: 'scripted:gold', inflation: { estimate: { n: 6 } }, ownAbove: { estimate: { n: 6 } } },
  ]);
  const shown = await run('inflation', 'g', 'e', 'ge', '--html', 'matrix.html');
  expect(shown.stdout).toContain('answers of');
  expect(shown.stderr).toContain('matrix.html');
  expect(await readFile(join(home, 'matrix.html'), 'utf8')).toContain('Who inflates whose answers');
  const twice = await run('inflation', 'g', 'g');
  expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('counted twice')]);
});

test('a second judge is asked for itself, and caps without a judge are refused', async () => {
  await using first = await fakeServer();
  await using second = await fakeServer();
  first.plan(...Array.from({ length: 40 }, () => saying('score: 10')));
  second.plan(...Array.from({ length: 40 }, () => saying('score: 0')));
  const judgedBy = (url: string): string[] => ['--judge', `openai-compatible:j@${url}`];
  expect(await evalOf('language-loophole', 'two', '--model', 'scripted:gold', ...judgedBy(first.url))).toMatchObject({
    code: 0,
  });
  const { code, stdout } = await run('grade', 'two', '--save', '--quiet', ...judgedBy(second.url));
  expect([code, stdout]).toEqual([1, expect.stringContaining('intent: pass (1) -> fail (0)')]);
  expect(second.seen.length).toBeGreaterThan(0);
  // One run, one judge: the one whose verdicts stand in it.
  const resumed = await run('resume', 'two', '--quiet');
  expect([resumed.code, resumed.stderr]).toEqual([
    0,
    expect.stringContaining(`graded by openai-compatible:j@${second.url}`),
  ]);
  const capped = await run('grade', 'two', '--max-cost', '1');
  expect([capped.code, capped.stderr]).toEqual([2, expect.stringContaining('--max-cost without --judge')]);
});

test.each<[string, string[], RegExp]>([
  ['a judge that only reads out', ['--judge', 'scripted:gold'], /cannot judge/],
  ['a price without a judge', ['--judge-price', '1,1'], /without --judge/],
  ['an unknown judge', ['--judge', 'nobody'], /not a model specification/],
  [
    'a cap without the price of the judge',
    ['--judge', 'openai-compatible:j@http://127.0.0.1:9/v1', '--max-cost', '1'],
    /--judge-price/,
  ],
  ['a sibling that is no run', ['--sibling', 'nothing'], /no run at/],
])('%s', async (_name, args, said) => {
  const { code, stderr } = await evalOf('self-evaluation', 'bad', '--model', 'scripted:gold', ...args);
  expect([code, stderr]).toEqual([2, expect.stringMatching(said)]);
});
