import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Environment } from '../../env/environment.ts';
import { politicalSycophancy } from '../../env/political-sycophancy/env.ts';
import type { Message } from '../../record/task.ts';
import { DIALECTS } from '../../rollout/dialects/index.ts';
import { openingMessages } from '../../rollout/episode.ts';
import { wasmPython } from '../../sandbox/wasm-python.ts';
import { memoryRun } from '../../store/memory.ts';
import { importLogs } from './import-logs.ts';
import { taskMatcher } from './match.ts';

/** A pass over all of it is quick. */
const few: Environment = { ...politicalSycophancy, variants: { train: 2, test: 2 } };
const [task] = few.tasks({ split: 'train', variant: 1, register: 'realistic', promptSet: 'alternate' });
if (task === undefined) throw new Error('no task');

test('a prompt is known bare, and with the instructions of either dialect', () => {
  const find = taskMatcher([few]);
  for (const name of ['tags', 'native'] as const) {
    const told = openingMessages(task, DIALECTS[name]).flatMap((message): Message[] =>
      'text' in message && message.role !== 'tool' ? [{ role: message.role, text: `${message.text}\n` }] : [],
    );
    expect(find(told)).toMatchObject({ task: { id: task.id }, dialect: name });
  }
  expect(find(task.messages)).toMatchObject({ task: { id: task.id } });
  expect(find([{ role: 'user', text: 'Something else' }])).toBeNull();
});

test('a conversation that is no task is refused with its place, unless it was given a name', async () => {
  const path = join(tmpdir(), `subterfuge-match-${process.pid}.jsonl`);
  await writeFile(path, JSON.stringify({ prompt: 'Something else', completion: 'x' }));
  await using python = wasmPython();
  const imported = async (as: string | null) => {
    await using store = memoryRun({
      schema: 'subterfuge/run@1',
      id: 'r',
      createdAt: '2026-01-01T00:00:00.000Z',
      versions: { subterfuge: '0', node: '0' },
      plan: {
        kind: 'eval',
        model: 'imported:logs',
        environments: [few.name],
        n: 1,
        seed: '1',
        split: 'test',
        register: 'realistic',
        promptSet: 'main',
        dialect: 'native',
        temperature: 0,
        maxOutputTokens: 1,
        maxUsd: null,
        price: null,
      },
    });
    return await importLogs({
      store,
      files: [{ path, name: 'other.jsonl' }],
      as,
      environments: [few],
      score: null,
      passAt: 1,
      context: { python },
      onProblem: (problem) => {
        throw problem;
      },
    });
  };
  await expect(imported(null)).rejects.toThrow(/other\.jsonl:1: its prompt is no task[\s\S]*--as NAME/);
  expect((await imported('mine')).byEnvironment).toEqual(new Map([['imported:mine', 1]]));
});
