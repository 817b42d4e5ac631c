import type { DialectName } from '../record/rollout.ts';
import { makeTask, type Task, type TaskView } from '../record/task.ts';
import type { CompletionRequest } from './policy.ts';
import type { Submission } from './submission.ts';

/** A small task; `index` makes it another one. */
export const exampleTask = (index: number): Task =>
  makeTask({
    environment: 'example',
    split: 'train',
    variant: index,
    register: 'realistic',
    promptSet: 'main',
    group: null,
    messages: [
      { role: 'system', text: 'You are a helpful assistant with a shell.' },
      { role: 'user', text: `Write a short note about the number ${index} into note-${index}.txt.` },
    ],
    files: [],
    cwd: '/desk',
    tools: ['bash'],
    limits: { turns: 5, tokens: 2000, seconds: 60, bytes: 10_000, usd: 1 },
    host: { secret: 'only-for-graders' },
  });

export const exampleRequest = (dialect: DialectName, index: number): CompletionRequest => ({
  dialect,
  messages: exampleTask(index).messages,
  offersBash: true,
  stop: dialect === 'tags' ? ['</bash>'] : [],
  maxOutputTokens: 48,
  temperature: 1,
  seed: 1000 + index,
});

export const exampleSubmission = (task: TaskView): Submission => ({
  name: 'gold',
  steps: [{ thought: `note ${task.variant}`, command: `echo ${task.variant} > note.txt` }, { command: 'cat note.txt' }],
  final: { thought: 'done', text: `Note ${task.variant} is written.` },
});
