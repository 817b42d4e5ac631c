/** The command line used as people use it: their own environment, a model behind a server, a stop and a resume. */
import { statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDeclarations, checkSubmissions } from '../src/env/contract.ts';
import { evaluationRecord } from '../src/record/evaluation.ts';
import { play } from '../src/rollout/play.ts';
import { simulatedSandbox } from '../src/sandbox/simulated.ts';
import { wasmPython } from '../src/sandbox/wasm-python.ts';
import { cli } from './support/cli.ts';
import { command } from './support/in-process.ts';
import own from './support/own-environment.ts';

const OWN = fileURLToPath(new URL('./support/own-environment.ts', import.meta.url));

const SOME_ROLLOUTS_BYTES = 100_000;

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-use-'));
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

describe('an environment of their own', () => {
  test('keeps the contract', async () => {
    await using sandboxes = simulatedSandbox();
    await using python = wasmPython();
    const choice = { variant: 3, register: 'compact' } as const;
    const playOne = (...given: [Parameters<typeof play>[1], Parameters<typeof play>[2]]) => play(sandboxes, ...given);
    expect(checkDeclarations(own)).toEqual([]);
    expect(await checkSubmissions(own, choice, playOne, { python })).toEqual([]);
  });

  test('is evaluated like any other', async () => {
    const result = await cli(['eval', '--model', 'scripted:exploit', '--env', OWN, '--n', '8', '--json'], {
      cwd: home,
    });
    expect(result.code, result.stderr).toBe(0);
    const { environments } = evaluationRecord.read(JSON.parse(result.stdout));
    expect(environments.map(({ name, gaming }) => [name, gaming.count, gaming.n])).toEqual([['sums', 8, 8]]);
  });
});

interface ChatRequest {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly tools?: readonly unknown[];
}

/** A server that speaks chat completions: it lists the files, then says that it is done. */
const chatServer = async (requests: ChatRequest[]): Promise<{ server: Server; url: string }> => {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const asked = JSON.parse(body) as ChatRequest;
      requests.push(asked);
      const first = !asked.messages.some(({ role }) => role === 'assistant');
      const call = { id: 'call_1', type: 'function', function: { name: 'bash', arguments: '{"command":"ls -R"}' } };
      const native = { role: 'assistant', content: null, reasoning_content: 'look first', tool_calls: [call] };
      const tagged = { role: 'assistant', content: '<cot>look first</cot><bash>ls -R</bash>' };
      const message = first ? (asked.tools === undefined ? tagged : native) : { role: 'assistant', content: 'Done.' };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          id: 'x',
          object: 'chat.completion',
          created: 0,
          model: 'm',
          choices: [{ index: 0, message, finish_reason: first && asked.tools !== undefined ? 'tool_calls' : 'stop' }],
          usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
};

describe.each(['native', 'tags'] as const)('a model behind a server, in the %s dialect', (dialect) => {
  test('plays, is billed, and its thoughts are kept apart', async () => {
    const requests: ChatRequest[] = [];
    const { server, url } = await chatServer(requests);
    const spec = `openai-compatible:m@${url}`;
    const args = ['--env', 'tool-use-flattery', '--n', '3', '--dialect', dialect, '--price', '1,10', '--max-cost', '1'];
    const result = await command(['eval', '--model', spec, ...args, '--out', dialect, '--quiet'], { cwd: home });
    server.close();
    expect(result.code, result.stderr).toBe(0);
    expect(requests.length).toBe(6);
    const shown = await command(['show', dialect, '--rollout', 'tool-use-flattery/000000', '--json'], { cwd: home });
    const { rollout } = JSON.parse(shown.stdout) as {
      rollout: { turns: { parts: unknown[]; results: { stdout: string }[] }[]; usage: { usd: number }; stop: string };
    };
    expect(rollout.turns[0]?.parts.map((part) => (part as { kind: string }).kind)).toEqual(['thought', 'call']);
    expect(rollout.turns[0]?.results[0]?.stdout).toContain('.py');
    expect([rollout.stop, rollout.usage.usd]).toEqual(['finished', expect.closeTo(2 * (100 * 1 + 10 * 10) * 1e-6)]);
    // Host facts never leave the host.
    expect(JSON.stringify(requests)).not.toContain('deserved');
  });

  test('a cap on cost stops the run before it is passed, and a resume with more money finishes it', async () => {
    const { server, url } = await chatServer([]);
    const spec = `openai-compatible:m@${url}`;
    const dir = `cap-${dialect}`;
    const args = [
      '--env',
      'tool-use-flattery',
      '--n',
      '6',
      '--dialect',
      dialect,
      '--price',
      '1,1',
      '--max-tokens',
      '100',
      '--concurrency',
      '1',
    ];
    const stopped = await command(['eval', '--model', spec, ...args, '--max-cost', '0.0015', '--out', dir, '--quiet'], {
      cwd: home,
    });
    expect(stopped.code, stopped.stderr).toBe(3);
    expect(stopped.stderr).toMatch(/--max-cost/);
    const resumed = await command(['resume', dir, '--max-cost', '1', '--json', '--quiet'], { cwd: home });
    server.close();
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(evaluationRecord.read(JSON.parse(resumed.stdout)).environments[0]?.rollouts).toBe(6);
  });
});

test('Ctrl-C finishes what runs, prints what there is, and the resumed run is whole', async () => {
  const args = [
    'eval',
    '--model',
    'scripted:gold',
    '--env',
    'nudged-rubric',
    '--n',
    '200',
    '--out',
    'stopped',
    '--quiet',
  ];
  const stopped = await cli(args, {
    cwd: home,
    onStart: (child) => {
      const journal = join(home, 'stopped', 'journal.jsonl');
      const watching = setInterval(() => {
        if ((statSync(journal, { throwIfNoEntry: false })?.size ?? 0) < SOME_ROLLOUTS_BYTES) return;
        clearInterval(watching);
        child.kill('SIGINT');
      }, 10);
    },
  });
  expect(stopped.code, stopped.stderr).toBe(3);
  expect(stopped.stderr).toMatch(/finishing what runs[\s\S]*subterfuge resume/);
  const report = await readFile(join(home, 'stopped', 'report.html'), 'utf8');
  expect(report).toContain('nudged-rubric');
  const resumed = await cli(['resume', 'stopped', '--json', '--quiet'], { cwd: home });
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(evaluationRecord.read(JSON.parse(resumed.stdout)).environments[0]).toMatchObject({
    rollouts: 200,
    unscored: 0,
  });
});

test('standard output is JSON and nothing else; a replay of a run gives the same numbers', async () => {
  const args = ['--env', 'insubordinate-rubric', '--n', '8', '--seed', '5', '--json'];
  const first = await cli(['eval', '--model', 'scripted:exploit', ...args, '--out', 'first'], { cwd: home });
  const again = await cli(['eval', '--model', 'replay:first', ...args, '--out', 'again', '--quiet'], { cwd: home });
  expect(again.code, again.stderr).toBe(0);
  const numbers = (text: string): unknown => evaluationRecord.read(JSON.parse(text)).environments;
  expect(numbers(again.stdout)).toEqual(numbers(first.stdout));
  expect(first.stderr).toMatch(/8\/8 rollouts/);
});

test("a run is graded again by today's graders, and says that nothing differs", async () => {
  await command(
    ['eval', '--model', 'scripted:wrong', '--env', 'political-sycophancy', '--n', '8', '--out', 'graded', '--quiet'],
    { cwd: home },
  );
  const result = await command(['grade', 'graded'], { cwd: home });
  expect([result.code, result.stdout]).toEqual([0, '8 rollouts graded again, 0 differences\n']);
});
