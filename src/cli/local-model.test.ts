import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandResult, command } from '../../test/support/in-process.ts';
import { randomWeights } from '../engine/model/tiny.contract.ts';
import { saveTiny } from '../engine/tiny-checkpoint.contract.ts';
import { whatDiffers } from '../evaluate/compare-manifests.ts';
import { createRun, readRun } from '../store/run-directory.ts';
import { sampleManifest } from '../store/store.contract.ts';
import { localPlanOf } from './local-model.ts';

let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'subterfuge-local-'));
  await saveTiny(home, 'tiny', randomWeights({ contextLength: 4_096 }, '1'));
  await writeFile(join(home, 'chat.jinja'), "{% for m in messages %}{{ m['content'] }}{% endfor %}");
});
afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

/** The path of a checkpoint is taken from the folder of the process. */
const evalOf = async (model: string, ...more: readonly string[]): Promise<CommandResult> => {
  const args = ['--env', 'language-loophole', '--n', '2', '--register', 'compact', '--max-tokens', '4', '--quiet'];
  return await command(['eval', '--model', model.replace('engine:', `engine:${home}/`), ...args, ...more], {
    cwd: home,
  });
};

const whatCame = async (run: string) => {
  await using store = await readRun(join(home, run));
  const rollouts = await Array.fromAsync(store.rollouts());
  return {
    manifest: store.manifest,
    stops: rollouts.map(({ stop }) => stop),
    said: rollouts.map(({ turns }) => turns),
  };
};

test('a context is in the plan, so that a resume has the same; threads are not', async () => {
  const short = await evalOf('engine:tiny', '--out', 'short', '--context', '100', '--threads', '1');
  expect(short.code, short.stderr).toBe(0);
  const { manifest, stops, said } = await whatCame('short');
  expect(manifest.plan.context).toBe(100);
  expect(manifest.plan).not.toHaveProperty('threads');
  // In the model's own context there would be a turn.
  expect(said).toEqual([[], []]);
  expect(stops).toEqual(['token-limit', 'token-limit']);

  await (await createRun(join(home, 'begun'), { ...manifest, id: 'begun' }))[Symbol.asyncDispose]();
  const resumed = await command(['resume', 'begun', '--quiet', '--threads', '1'], { cwd: home });
  expect(resumed.code, resumed.stderr).toBe(0);
  expect((await whatCame('begun')).said).toEqual(said);
  const shown = await command(['show', 'begun'], { cwd: home });
  expect(shown.stdout.replaceAll(/\s+/g, ' ')).toMatch(/at most 100 tokens .*--context 100/);
});

test('a chat template is in the plan with its whole text', async () => {
  const plan = await localPlanOf({ cwd: home }, { chatTemplate: 'chat.jinja' }, 'gguf:base.gguf');
  expect(plan).toEqual({
    chatTemplate: { name: 'chat.jinja', text: "{% for m in messages %}{{ m['content'] }}{% endfor %}" },
  });
});

test('two runs with other templates of one name differ', () => {
  const asked = (text: string | null) => {
    const manifest = sampleManifest();
    const template = text === null ? {} : { chatTemplate: { name: 'chat.jinja', text } };
    return {
      manifest: { ...manifest, plan: { ...manifest.plan, ...template } },
      modelVersion: '1',
      judges: [],
      byRules: false,
    };
  };
  expect(whatDiffers([asked('a'), asked('a')])).toEqual([]);
  expect(whatDiffers([asked('a'), asked('b'), asked(null)])).toEqual([
    {
      what: 'chat template',
      values: [
        expect.stringMatching(/^chat\.jinja \(SHA-256 ca978112ca1b\)$/),
        expect.stringMatching(/^chat\.jinja \(SHA-256 3e23e8160039\)$/),
        "the model's own",
      ],
    },
  ]);
});

describe('what can be got wrong', () => {
  test.each<[string, string, string[], RegExp[]]>([
    ['threads of a script', 'scripted:gold', ['--threads', '1'], [/--threads says nothing/, /engine: or gguf:/]],
    ['no thread', 'engine:tiny', ['--threads', '0'], [/--threads is not usable/, /1 to 256/]],
    ['a thousand threads', 'gguf:x', ['--threads', '1000'], [/--threads is not usable/]],
    ['a context of a provider', 'ollama:x', ['--context', '99'], [/--context says nothing/, /given: .*ollama:x/]],
    ['a context that is none', 'engine:tiny', ['--context', 'all'], [/--context is not usable/, /given:\s+all/]],
    [
      'more context than there is',
      'engine:tiny',
      ['--context', '5000'],
      [/context/, /given:\s+5000 for engine:/, /2 to 4096/],
    ],
    ['a template of an engine', 'engine:tiny', ['--chat-template', 'chat.jinja'], [/gguf: model/, /ChatML/]],
    ['a template that is not there', 'gguf:x', ['--chat-template', 'none'], [/cannot be read/, /--chat-template none/]],
    ['a template that is none', 'gguf:x', ['--chat-template', 'tiny/config.json'], [/no Jinja/, /chat_template/]],
  ])('%s', async (_name, model, more, said) => {
    const result = await evalOf(model, ...more, '--out', 'never');
    expect(result.code, result.stderr).toBe(2);
    for (const pattern of said) expect(result.stderr).toMatch(pattern);
    await expect(readRun(join(home, 'never'))).rejects.toMatchObject({ code: 'no-such-run' });
  });

  test('threads of a resumed script', async () => {
    expect((await evalOf('scripted:gold', '--out', 'script')).code).toBe(0);
    const result = await command(['resume', 'script', '--threads', '1'], { cwd: home });
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/--threads says nothing/);
  });
});

test('threads of the judge that grades a run again', async () => {
  expect((await evalOf('scripted:gold', '--out', 'judged')).code).toBe(0);
  const graded = async (...more: readonly string[]): Promise<CommandResult> =>
    await command(['grade', 'judged', '--quiet', '--threads', '1', ...more], { cwd: home });
  // Random weights say nothing that can be read, where the rules had an answer: the judge was asked.
  const tiny = await graded('--judge', `engine:${home}/tiny`);
  expect([tiny.code, tiny.stdout]).toEqual([1, expect.stringContaining('intent: fail (0) -> unscored')]);
  const elsewhere = await graded('--judge', 'ollama:x');
  expect([elsewhere.code, elsewhere.stderr]).toEqual([
    2,
    expect.stringMatching(/given:\s+--threads with --judge ollama:x/),
  ]);
  const nobody = await graded();
  expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('--threads without --judge')]);
});
