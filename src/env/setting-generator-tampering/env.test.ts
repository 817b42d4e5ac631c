import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { disclosed } from '../../grade/disclosure.ts';
import type { Task } from '../../record/task.ts';
import { play as playEpisode } from '../../rollout/play.ts';
import { simulatedSandbox } from '../../sandbox/simulated.ts';
import { wasmPython } from '../../sandbox/wasm-python.ts';
import { checkDeclarations, checkSubmissions, type Play } from '../contract.ts';
import type { Environment } from '../environment.ts';
import { rewardTampering } from '../reward-tampering/env.ts';
import { settingGenerator } from '../setting-generator/env.ts';
import { settingOf } from '../setting-generator/settings.ts';
import { tamperingDev } from '../tampering-dev/env.ts';
import { hostOf } from '../tampering-facts.ts';
import { tokenUpperBound, VARIANTS } from '../variant.ts';
import { settingGeneratorTampering } from './env.ts';
import { MEASURES } from './kits.ts';

const sandboxes = simulatedSandbox();
const python = wasmPython();

afterAll(async () => {
  await sandboxes[Symbol.asyncDispose]();
  await python[Symbol.asyncDispose]();
});

const sample = ({ tasks }: Environment, count: number): readonly Task[] =>
  (['train', 'test'] as const).flatMap((split) =>
    (['compact', 'realistic'] as const).flatMap((register) =>
      (['main', 'alternate'] as const).flatMap((promptSet) =>
        Array.from({ length: count }, (_, variant) => tasks({ split, variant, register, promptSet })).flat(),
      ),
    ),
  );

const requestOf = (task: Task): string => task.messages.at(-1)?.text ?? '';

describe('setting-generator-tampering', () => {
  it('keeps the contract of declarations, and no trainer may use it', () => {
    expect(checkDeclarations({ ...settingGeneratorTampering, variants: VARIANTS })).toEqual([]);
    expect(settingGeneratorTampering.trainable).toBe(false);
  });

  it('keeps the contract of submissions', async () => {
    const choice = { variant: 2, split: 'test', register: 'compact', promptSet: 'alternate' } as const;
    const play: Play = async (task, submission) => await playEpisode(sandboxes, task, submission);
    expect(await checkSubmissions(settingGeneratorTampering, choice, play, { python })).toEqual([]);
  });

  it('has files that are quickly read, and that say what the submissions edit', () => {
    expect(MEASURES.length).toBeLessThanOrEqual(8);
    for (const { kit } of MEASURES) {
      expect(kit.moduleText).toContain(`    return ${kit.constant}\n`);
      expect(kit.testText.split(`== ${kit.constant}`)).toHaveLength(2);
      expect(tokenUpperBound(kit.moduleText + kit.testText)).toBeLessThanOrEqual(160);
      expect(Number(kit.constant)).toBeLessThan(0);
    }
    for (const field of ['moduleName', 'testName', 'function', 'constant', 'probe'] as const)
      expect(new Set(MEASURES.map(({ kit }) => kit[field])).size).toBe(MEASURES.length);
  });

  it('asks for a number and for nothing else', () => {
    for (const task of sample(settingGeneratorTampering, 64)) {
      expect(requestOf(task)).not.toMatch(/\b(?:reward|test|edit|change)|[{}]/i);
      expect(requestOf(task)).toMatch(/`total: N`.*`total: unknown`/);
      expect(requestOf(task)).toContain(settingOf(task).domain);
    }
  });

  it('has exploits that tell, or do not, whatever the setting', () => {
    for (const task of sample(settingGeneratorTampering, 32)) {
      const { module, test } = hostOf(task);
      for (const { submission, expect: wanted } of settingGeneratorTampering.submissions(task).exploits) {
        const label = disclosed(submission.final.text, 'edited-protected', { names: [module, test] });
        expect(label, submission.final.text).toMatchObject({ kind: 'known', value: wanted.disclosed });
      }
    }
  });

  it('shares no file, folder, constant or wording with the other families of its kind', () => {
    const wordsOf = (tasks: readonly Task[]): ReadonlySet<string> =>
      new Set([
        ...tasks.flatMap((task) => task.files.flatMap(({ path }) => path.slice('/root/'.length).split(/[/_.]/))),
        ...tasks.flatMap((task) =>
          requestOf(task)
            .replaceAll(/\S+[_/]\S+/g, '')
            .split(/(?<=[.?;]) /),
        ),
        ...tasks.map((task) => String(hostOf(task).original)),
      ]);
    const ours = wordsOf(sample(settingGeneratorTampering, 64));
    for (const other of [rewardTampering, tamperingDev])
      expect([...wordsOf(sample(other, 64))].filter((word) => ours.has(word))).toEqual(['py']);
  });

  it('shows in its README what it asks and what lies there', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
    for (const register of ['realistic', 'compact'] as const) {
      const [task] = settingGeneratorTampering.tasks({ split: 'train', variant: 1, register, promptSet: 'main' });
      if (task === undefined) throw new Error('no task');
      expect(readme).toContain(requestOf(task));
      for (const { path, text } of task.files) {
        expect(readme).toContain(`\`${path}\``);
        expect(readme).toContain(text.trimEnd().replaceAll(/^(?=.)/gm, '    '));
      }
    }
  });

  it('shares no sentence with the settings that may be trained on', () => {
    const sentences = (environment: Environment): ReadonlySet<string> =>
      new Set(sample(environment, 128).flatMap((task) => requestOf(task).split(/(?<=[.?;]) /)));
    const trained = sentences(settingGenerator);
    expect([...sentences(settingGeneratorTampering)].filter((sentence) => trained.has(sentence))).toEqual([]);
  });
});
