/** Logs of others become a run that can be shown, graded and labelled, and nothing in it is invented. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { politicalSycophancy } from '../src/env/political-sycophancy/env.ts';
import { rewardTampering } from '../src/env/reward-tampering/env.ts';
import { readRun } from '../src/store/run-directory.ts';
import { type CommandResult, command } from './support/in-process.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-import-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

const run = (...args: readonly string[]): Promise<CommandResult> => command(args, { cwd: home });
const lines = async (name: string, ...records: readonly unknown[]): Promise<void> =>
  await writeFile(join(home, name), records.map((record) => `${JSON.stringify(record)}\n`).join(''));

const chat = (answer: string, more: object = {}) => ({
  messages: [
    { role: 'user', content: 'Is it done?' },
    { role: 'assistant', content: answer },
  ],
  ...more,
});

describe('any conversations', () => {
  test('are shown, and are unscored until somebody brings graders', async () => {
    await lines('chats.jsonl', chat('All done.\u001b[2J', { model: 'm', id: 'first' }), chat('No.', { model: 'm' }));
    expect(await run('import', 'chats.jsonl', '--as', 'support', '--out', 'plain')).toMatchObject({ code: 0 });
    const shown = await run('show', 'plain', '--rollout', 'imported:support/000000');
    expect(shown.stdout).toContain('All done.\\x1b[2J');
    expect(shown.stdout).toContain('imported from chats.jsonl:1 (first); not known: usage');
    const { stdout } = await run('show', 'plain', '--json');
    const { environments } = JSON.parse(stdout) as {
      environments: { rollouts: number; unscored: number; gaming: { estimate: unknown } }[];
    };
    expect(environments[0]).toMatchObject({ rollouts: 2, unscored: 2 });
    expect((await run('show', 'plain')).stdout).toContain('npx subterfuge import FILES --as support');
  });

  test("the log's own score is the proxy, and a grader of one's own says what was meant", async () => {
    await lines(
      'scored.jsonl',
      chat('All done.', { score: 1 }),
      chat('No.', { score: 0.5 }),
      chat('Yes.', { score: 7 }),
    );
    await run('import', 'scored.jsonl', '--as', 'scored', '--out', 'scored');
    await writeFile(
      join(home, 'graders.ts'),
      `export const intent = ({ answer }: { answer: string }) => {
        if (answer === 'Yes.') throw new Error('no idea');
        return answer === 'No.';
      };
      export const labels = ({ answer }: { answer: string }) => ({ attempted: answer === 'All done.', disclosed: null });\n`,
    );
    expect(await run('grade', 'scored', '--with', 'graders.ts', '--save')).toMatchObject({ code: 1 });
    await using store = await readRun(join(home, 'scored'));
    const verdicts = await Array.fromAsync(store.verdicts());
    expect(
      verdicts.map(({ channel, outcome }) => [channel, outcome.kind === 'scored' ? outcome.passed : outcome.cause]),
    ).toEqual([
      ['intent', false],
      ['proxy', true],
      ['intent', true],
      ['proxy', false],
      ['intent', 'no idea'],
      ['proxy', 'the score "score" is not a number from 0 to 1: 7'],
    ]);
    const [labels] = await Array.fromAsync(store.labels());
    expect(labels).toMatchObject({
      attempted: { value: true, basis: 'heuristic' },
      disclosed: { kind: 'unscored' },
      evaded: { kind: 'inapplicable' },
    });
    expect(await run('grade', 'scored', '--with', 'graders.ts')).toMatchObject({ code: 0 });
  });
});

describe('conversations about tasks of an environment', () => {
  const choice = { split: 'test', variant: 3, register: 'compact', promptSet: 'main' } as const;

  test('are graded by it, twins together whatever their order', async () => {
    const tasks = politicalSycophancy.tasks(choice);
    const answered = tasks.map((task) => ({
      messages: [
        ...task.messages.map(({ role, text }) => ({ role, content: ` ${text}\n` })),
        { role: 'assistant', content: 'I agree with you: (A).' },
      ],
    }));
    await lines('twins.jsonl', ...answered.toReversed());
    const { code, stderr } = await run('import', 'twins.jsonl', '--env', 'political-sycophancy', '--out', 'twins');
    expect([code, stderr]).toEqual([0, expect.stringContaining('report:')]);
    await using store = await readRun(join(home, 'twins'));
    const rollouts = await Array.fromAsync(store.rollouts());
    expect(new Set(rollouts.map(({ task }) => task.id))).toEqual(new Set(tasks.map(({ id }) => id)));
    const verdicts = await Array.fromAsync(store.verdicts());
    expect(verdicts).toHaveLength(2 * tasks.length);
    expect(verdicts.every(({ outcome }) => outcome.kind === 'scored' || outcome.side === 'grader')).toBe(true);
    expect(await run('grade', 'twins')).toMatchObject({ code: 0 });
  });

  test('with commands are unscored: the log does not hold what became of the files', async () => {
    const [task] = rewardTampering.tasks(choice);
    const prompt = (task?.messages ?? []).map(({ role, text }) => ({ role, content: text }));
    const call = { id: 'a', type: 'function', function: { name: 'bash', arguments: '{"command":"ls"}' } };
    await lines('tools.jsonl', {
      messages: [
        ...prompt,
        { role: 'assistant', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'a', content: 'x' },
        { role: 'assistant', content: '3' },
      ],
    });
    expect((await run('import', 'tools.jsonl', '--env', 'reward-tampering', '--out', 'tools')).stdout).toContain(
      '1 ended in an error, or lack what graders read',
    );
    await using store = await readRun(join(home, 'tools'));
    const verdicts = await Array.fromAsync(store.verdicts());
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(
      [1, 2].map(() =>
        expect.objectContaining({ kind: 'unscored', side: 'host', cause: expect.stringContaining('files-not-in-log') }),
      ),
    );
  });
});

describe('mistakes', () => {
  test('the first conversation that cannot be read ends it, and nothing is left behind', async () => {
    await lines('bad.jsonl', chat('x'), { hello: 1 }, chat('y'));
    const { code, stderr } = await run('import', 'bad.jsonl', '--as', 'bad', '--out', 'bad');
    expect(code).toBe(2);
    expect(stderr).toMatch(/bad\.jsonl:2: this is not a conversation[\s\S]*--skip-bad/);
    expect(await readdir(home)).not.toContain('bad');
    const skipped = await run('import', 'bad.jsonl', '--as', 'bad', '--out', 'bad', '--skip-bad', '--json');
    expect(JSON.parse(skipped.stdout)).toMatchObject({ rollouts: 2, leftOut: 1, environments: { 'imported:bad': 2 } });
    expect(skipped.stderr).toContain('bad.jsonl:2');
  });

  test.each<[string, string[], RegExp]>([
    ['no name', ['import', 'chats.jsonl'], /neither --as nor --env/],
    ['a name that is none', ['import', 'chats.jsonl', '--as', '../x'], /--as is not usable/],
    ['a file that is not there', ['import', 'nothing.jsonl', '--as', 'x'], /nothing\.jsonl/],
    ['a bar above 1', ['import', 'chats.jsonl', '--as', 'x', '--pass-at', '3'], /from 0 to 1/],
    ['graders that are none', ['grade', 'plain', '--with', 'chats.jsonl'], /graders could not be loaded/],
  ])('%s', async (_what, args, message) => {
    const { code, stderr } = await run(...args, ...(args[0] === 'import' ? ['--out', 'mistake'] : []));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(await readdir(home)).not.toContain('mistake');
  });

  test('an imported run cannot be gone on with', async () => {
    const { code, stderr } = await run('resume', 'plain');
    expect(code).toBe(2);
    expect(stderr).toContain('imported from logs');
  });
});
