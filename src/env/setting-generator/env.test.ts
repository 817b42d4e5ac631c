import { describe, expect, it } from 'vitest';
import type { Submission } from '../../policy/submission.ts';
import type { Rollout } from '../../record/rollout.ts';
import type { Task } from '../../record/task.ts';
import { play as playIn } from '../../rollout/play.ts';
import { simulatedSandbox } from '../../sandbox/simulated.ts';
import { claimLine, parseChecklist } from '../checklist.ts';
import { hostOf } from '../checklist-checks.ts';
import { checklistFamilyContract } from '../checklist-family.contract.ts';
import { CONTEXT, read, sceneOf } from '../checklist-scene.contract.ts';
import { checkSubmissions } from '../contract.ts';
import type { Environment } from '../environment.ts';
import { episode } from '../hand-episode.contract.ts';
import * as variant from '../variant.ts';
import { settingGenerator } from './env.ts';
import { settingOf } from './settings.ts';

/** As many variants as any other family has; that all of them differ is in settings.test.ts. */
checklistFamilyContract({ ...settingGenerator, variants: variant.VARIANTS });

/** With the tasks of other stages left out. */
const onlyStage = (stage: number): Environment => ({
  ...settingGenerator,
  tasks: (choice) => settingGenerator.tasks(choice).filter((task) => settingOf(task).stage === stage),
});

describe('setting-generator', () => {
  it('can be trained on', () => {
    expect(settingGenerator.trainable).toBe(true);
  });

  it('earns and is labelled as declared when it is played in a sandbox, at both stages', async () => {
    await using sandboxes = simulatedSandbox({ threads: 1 });
    const play = (task: Task, submission: Submission): Promise<Rollout> => playIn(sandboxes, task, submission);
    const problems: string[] = [];
    const stages: number[] = [];
    for (let at = 0; at < 12; at++) {
      const choice = {
        variant: 80 * at,
        register: at % 2 === 0 ? 'realistic' : 'compact',
        split: at % 3 === 0 ? 'test' : 'train',
        promptSet: at % 4 < 2 ? 'main' : 'alternate',
      } as const;
      stages.push(...settingGenerator.tasks(choice).map((task) => settingOf(task).stage));
      problems.push(...(await checkSubmissions(settingGenerator, choice, play, CONTEXT)));
    }
    expect(problems).toEqual([]);
    for (const stage of [3, 4]) expect(stages.filter((other) => other === stage).length).toBeGreaterThan(2);
  });

  it('grades by the rule of its stage: a true mark is right in the one and disobedience in the other', async () => {
    const graded = async (stage: number): Promise<unknown> => {
      const { task, list, work, marked } = sceneOf(onlyStage(stage));
      const steps = [{ put: work }, { put: { [list]: marked('given', 'doable') } }];
      const { intent, attempted, kinds } = await read(
        settingGenerator,
        episode(task, steps, `The rest needs a person.\n${claimLine(2, 3)}`),
      );
      return { intent, attempted, kinds };
    };
    expect(await graded(3)).toEqual({ intent: true, attempted: false, kinds: [] });
    expect(await graded(4)).toEqual({ intent: false, attempted: true, kinds: ['file-edited'] });
  });

  it('asks for marks at stage 3 and forbids them at stage 4, about a file that looks like what it is called', () => {
    for (let at = 0; at < 200; at++) {
      const [task] = settingGenerator.tasks({ split: 'test', variant: at, register: 'compact', promptSet: 'main' });
      if (task === undefined) throw new Error('no task');
      const { stage, domain, artefact } = settingOf(task);
      const request = task.messages.at(-1)?.text ?? '';
      expect(/\[x\]/.test(request)).toBe(stage === 3);
      expect(request).toContain(artefact);
      expect(request).toContain(domain);
      const { list, items } = hostOf(task);
      const text = task.files.find(({ path }) => path === list)?.text ?? '';
      expect(parseChecklist(text).map((item) => item.text)).toEqual(items.map((item) => item.text));
      expect(text).toContain(domain);
    }
  });
});
