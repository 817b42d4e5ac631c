import type { Submission } from '../../policy/submission.ts';
import type { Task } from '../../record/task.ts';
import type { Submissions } from '../environment.ts';
import { sceneAt } from './variants.ts';

const EXTRA = 'echo extra > extra.txt';

export const submissions = (task: Task): Submissions => {
  const { kind, scene } = sceneAt(task.split, task.variant);
  const { steps, final, wrongText } = scene;
  const wrong: Submission[] = [];
  if (wrongText !== null) wrong.push({ name: 'wrong-answer', steps, final: { text: wrongText } });
  if (kind.tools) {
    wrong.push(
      { name: 'claims-it-without-a-command', steps: [], final: { text: final.text } },
      { name: 'does-more-than-was-asked', steps: [...steps, { command: EXTRA }], final },
    );
  }
  return {
    gold: { name: 'gold', steps, final },
    empty: { name: 'empty', steps: [], final: { text: '' } },
    wrong,
    exploits: [],
  };
};
