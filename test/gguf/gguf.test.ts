import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleRequest, exampleTask } from '../../src/policy/fixtures.contract.ts';
import { type GgufOptions, ggufModel } from '../../src/policy/gguf.ts';
import { policyContract } from '../../src/policy/policy.contract.ts';
import { readRun } from '../../src/store/run-directory.ts';
import { command } from '../support/in-process.ts';

/** Put there by `python3 interop/smollm2/fetch.py`. */
const MODEL = '.models/smollm2-135m-instruct.gguf';

/** An optional peer: these tests are for machines that have it. */
const installed = existsSync('node_modules/node-llama-cpp');

const small: GgufOptions = { contextSize: 512, threads: 1 };

const CHATML = `{% for message in messages %}<|im_start|>{{ message['role'] }}
{{ message['content'] }}<|im_end|>
{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant
{% endif %}`;

/** As a template for a base model is: no token of its own. */
const LINES = `{% for message in messages %}{{ 'Assistant' if message['role'] == 'assistant' else 'User' }}:
{{ message['content'] }}

{% endfor %}{% if add_generation_prompt %}Assistant:
{% endif %}`;

if (existsSync(MODEL) && installed) {
  for (const sequences of [1, 3]) {
    policyContract({
      name: `gguf with ${sequences} sequences`,
      open: async () => await ggufModel(MODEL, { ...small, sequences }),
      task: exampleTask,
      request: (dialect, index) => ({ ...exampleRequest(dialect, index), maxOutputTokens: 12 }),
      deterministic: sequences === 1,
      honoursLimits: true,
      dialects: ['tags'],
    });
  }

  describe('SmolLM2', () => {
    test('follows its chat template, gives a log-probability per token, and does not overrun its context', async () => {
      await using model = await ggufModel(MODEL, small);
      const policy = model.policyFor(exampleTask(0), 'x/0');
      const request = { ...exampleRequest('tags', 0), temperature: 0, maxOutputTokens: 16, stop: [] };
      const question = [{ role: 'user', text: 'What is the capital of France? Answer with one word.' }] as const;
      const { parts, tokens, usage } = await policy.complete({ ...request, messages: question });
      expect(parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')).toContain('Paris');
      expect(tokens?.ids).toHaveLength(usage.outputTokens);
      expect(model.version).toMatch(/^[0-9a-f]{12}$/);
      const long = [{ role: 'user', text: 'word '.repeat(600) }] as const;
      await expect(policy.complete({ ...request, messages: long })).rejects.toMatchObject({
        fault: { code: 'context-full', side: 'policy' },
      });
      await expect(policy.complete({ ...request, dialect: 'native' })).rejects.toThrow(/tags dialect only/);
    });

    test('keeps the evaluated transcript for the next turn where asked to', async () => {
      await using model = await ggufModel(MODEL, { ...small, reusePrefix: true });
      const policy = model.policyFor(exampleTask(0), 'x/0');
      const request = { ...exampleRequest('tags', 0), temperature: 0, maxOutputTokens: 4 };
      const one = await policy.complete(request);
      const again = await policy.complete(request);
      expect(one.usage.cachedTokens).toBe(0);
      expect(again.usage.cachedTokens).toBe(one.usage.inputTokens - 1);
      expect(again.parts).toEqual(one.parts);
    });

    test('says the same with one thread as with two', async () => {
      const said: unknown[] = [];
      for (const threads of [1, 2]) {
        await using model = await ggufModel(MODEL, { ...small, threads });
        said.push((await model.policyFor(exampleTask(0), 'x/0').complete(exampleRequest('tags', 0))).tokens?.ids);
      }
      expect(said[1]).toEqual(said[0]);
    });

    test('has the context that it was trained for, and no more', async () => {
      await expect(ggufModel(MODEL, { ...small, contextSize: 1_000_000 })).rejects.toMatchObject({
        code: 'bad-context',
        exitCode: 2,
      });
      await using model = await ggufModel(MODEL, { ...small, contextSize: 100 });
      const policy = model.policyFor(exampleTask(0), 'x/0');
      const request = { ...exampleRequest('tags', 0), maxOutputTokens: 400, stop: [] };
      const { usage } = await policy.complete(request);
      expect(usage.inputTokens + usage.outputTokens).toBeLessThanOrEqual(100);
      await expect(
        policy.complete({ ...request, messages: [{ role: 'user', text: 'word '.repeat(110) }] }),
      ).rejects.toMatchObject({ fault: { code: 'context-full' } });
    });

    test('disposing ends a running completion with a fault', async () => {
      const model = await ggufModel(MODEL, small);
      const work = model
        .policyFor(exampleTask(0), 'x/0')
        .complete({ ...exampleRequest('tags', 0), maxOutputTokens: 300, stop: [] });
      const ended = expect(work).rejects.toMatchObject({ fault: { code: 'aborted' } });
      await model[Symbol.asyncDispose]();
      await ended;
    });
  });

  describe('a base model, which has no template', () => {
    let home = '';
    beforeAll(async () => {
      home = await mkdtemp(join(tmpdir(), 'subterfuge-gguf-'));
      const bytes = await readFile(MODEL);
      const key = 'tokenizer.chat_template';
      const at = bytes.indexOf(key);
      expect(at).toBeGreaterThan(0);
      // The same length, so that everything else stays where it is.
      bytes.write('tokenizer.no__template_', at, 'latin1');
      expect(bytes.indexOf(key)).toBe(-1);
      await writeFile(join(home, 'base.gguf'), bytes);
      await writeFile(join(home, 'lines.jinja'), LINES);
      await writeFile(join(home, 'chatml.jinja'), CHATML);
      await writeFile(join(home, 'broken.jinja'), '{% for %}');
    });
    afterAll(async () => await rm(home, { recursive: true, force: true }));

    test('is refused with the option that helps, and speaks with a template', async () => {
      const path = join(home, 'base.gguf');
      await expect(ggufModel(path, small)).rejects.toMatchObject({
        code: 'no-chat-template',
        todo: expect.stringContaining('--chat-template FILE'),
      });
      const template = { name: 'chatml.jinja', text: CHATML };
      await using model = await ggufModel(path, { ...small, chatTemplate: template });
      const { parts, stop } = await model.policyFor(exampleTask(0), 'x/0').complete({
        ...exampleRequest('tags', 0),
        messages: [{ role: 'user', text: 'What is the capital of France? Answer with one word.' }],
        temperature: 0,
        stop: [],
      });
      expect(JSON.stringify(parts)).toContain('Paris');
      expect(stop).toBe('end');
      await expect(
        ggufModel(path, { ...small, chatTemplate: { name: 'broken.jinja', text: '{% for %}' } }),
      ).rejects.toMatchObject({ code: 'bad-chat-template', exitCode: 2, given: `broken.jinja for ${path}` });
    });

    test('a turn in plain text ends where it begins one of the user', async () => {
      const template = { name: 'lines.jinja', text: LINES };
      await using model = await ggufModel(join(home, 'base.gguf'), { ...small, chatTemplate: template });
      const asked = {
        ...exampleRequest('tags', 0),
        // It goes on with what it has seen twice.
        messages: [
          { role: 'user', text: 'one' },
          { role: 'assistant', parts: [], raw: 'two', echo: null },
          { role: 'user', text: 'one' },
          { role: 'assistant', parts: [], raw: 'two', echo: null },
          { role: 'user', text: 'one' },
        ],
        temperature: 0,
        stop: [],
      } as const;
      const { parts, stop } = await model.policyFor(exampleTask(0), 'x/0').complete(asked);
      expect(stop).toBe('end');
      expect(parts).toEqual([{ kind: 'text', text: expect.stringMatching(/^\w+$/) }]);
    });

    test('is told the template of the plan by a resume, whatever became of the file', async () => {
      const args = [
        '--env',
        'political-sycophancy',
        '--register',
        'compact',
        '--n',
        '1',
        '--max-tokens',
        '4',
        '--quiet',
      ];
      const model = ['--model', `gguf:${join(home, 'base.gguf')}`, '--threads', '1', '--context', '600'];
      const template = ['--chat-template', 'chatml.jinja', '--out', 'run'];
      const first = await command(['eval', ...model, ...args, ...template], { cwd: home });
      expect(first.code, first.stderr).toBe(0);
      await rm(join(home, 'chatml.jinja'));
      const again = await command(['resume', 'run', '--quiet', '--threads', '1'], { cwd: home });
      expect(again.code, again.stderr).toBe(0);
      await using run = await readRun(join(home, 'run'));
      expect(run.manifest.plan).toMatchObject({ context: 600, chatTemplate: { name: 'chatml.jinja', text: CHATML } });
    });
  });
} else {
  test(`node-llama-cpp and ${MODEL} are here: bash interop/smollm2/setup.sh`, () => expect.unreachable());
}
