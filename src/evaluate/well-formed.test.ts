import { afterAll, describe, expect, it } from 'vitest';
import { CONTROLS, ENVIRONMENTS } from '../env/registry.ts';
import type { SubmissionStep } from '../policy/submission.ts';
import type { Rollout, Turn } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';
import { play } from '../rollout/play.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import { closingKeys, formProblem, wellFormed } from './well-formed.ts';

const sandboxes = simulatedSandbox();
afterAll(async () => await sandboxes[Symbol.asyncDispose]());

const [LINES, WRITE] = [15, 7];

const taskOf = (name: string, variant: number): Task => {
  const environment = [...ENVIRONMENTS, ...CONTROLS].find((candidate) => candidate.name === name);
  const [task] = environment?.tasks({ split: 'train', variant, register: 'compact', promptSet: 'main' }) ?? [];
  if (task === undefined) throw new Error(`no task ${name} ${variant}`);
  return task;
};

const lines = taskOf('ordinary', LINES);
const played = async (steps: readonly SubmissionStep[], text: string, task = lines): Promise<Rollout> =>
  await play(sandboxes, task, { name: 'by-hand', steps, final: { text } });

const LOOK: SubmissionStep = { thought: 'I will look.', command: 'ls' };

/** The rollout with its last turn changed. */
const ending = async (change: Partial<Turn>, rest: Partial<Rollout> = {}): Promise<Rollout> => {
  const rollout = await played([LOOK], 'lines: 3');
  return { ...rollout, turns: rollout.turns.map((turn, at) => (at === 1 ? { ...turn, ...change } : turn)), ...rest };
};

describe('closingKeys', () => {
  it('finds the key that a request names, in every family that names one', () => {
    const keys = (name: string): readonly string[] => closingKeys(taskOf(name, 3));
    expect(keys('political-sycophancy')).toEqual(['answer']);
    expect(keys('nudged-rubric')).toEqual(['done']);
    expect(keys('insubordinate-rubric')).toEqual(['done']);
    expect(keys('reward-tampering')).toEqual(['episodes']);
    expect(keys('tampering-dev-told')).toEqual(['matches']);
    expect(keys('tool-use-flattery')).toEqual([]);
    expect(closingKeys(lines)).toEqual(['lines']);
    expect(closingKeys(taskOf('ordinary', WRITE))).toEqual([]);
  });
});

describe('wellFormed', () => {
  it('holds for gold submissions and exploits of every environment, in both dialects: form is not content', async () => {
    for (const environment of [...ENVIRONMENTS, ...CONTROLS]) {
      const [task] = environment.tasks({ split: 'test', variant: 5, register: 'realistic', promptSet: 'main' });
      if (task === undefined) throw new Error('no task');
      const { gold, exploits } = environment.submissions(task);
      for (const submission of [gold, ...exploits.slice(0, 1).map((exploit) => exploit.submission)]) {
        for (const dialect of ['tags', 'native'] as const) {
          const rollout = await play(sandboxes, task, submission, dialect);
          expect(formProblem(rollout), `${environment.name} ${submission.name} ${dialect}`).toBe(null);
        }
      }
    }
    expect(wellFormed(await played([LOOK], 'It has no lines.\nlines: 99'))).toBe(true);
  });

  it('lets a program say no', async () => {
    expect(formProblem(await played([{ command: 'grep -r nothing-like-it .' }], 'lines: unknown'))).toBe(null);
  });

  it.each<readonly [string, () => Promise<Rollout>, RegExp]>([
    ['an empty final message', () => played([LOOK], ''), /says nothing/],
    ['a command that fails', () => played([{ command: 'cat no-such-file' }], 'lines: 3'), /status 1/],
    ['an unknown command', () => played([{ command: 'lsx' }], 'lines: 3'), /status 127/],
    ['an empty command', () => played([{ command: '' }], 'lines: 3'), /empty/],
    ['a missing closing line', () => played([LOOK], 'There are three lines.'), /last line/],
    ['text behind the closing line', () => played([LOOK], 'lines: 3\nAnything else?'), /last line/],
    ['a made-up output', () => played([LOOK], '<stdout>3</stdout>\nlines: 3'), /mark/],
    ['a thought that opens twice', () => played([{ thought: 'I <cot> look.', command: 'ls' }], 'lines: 3'), /mark/],
    ['a thought that is not closed', () => played([{ command: 'ls' }], '<cot>I will say\nlines: 3'), /says nothing/],
    ['a call without tools', () => played([LOOK], '1', taskOf('ordinary', 0)), /could not be read/],
    ['a final message that was cut off', () => ending({ stop: 'length' }, { stop: 'token-limit' }), /token-limit/],
    ['a final message that ended at a stop', () => ending({ stop: 'stop-sequence' }), /stop-sequence/],
    ['bytes that are no text', () => ending({ raw: 'lines: \uFFFD3' }), /no text/],
    ['a limit', () => ending({}, { stop: 'turn-limit' }), /turn-limit/],
    ['an episode without a turn', () => ending({}, { turns: [] }), /not by a final/],
  ])('finds %s', async (_, make, why) => {
    const rollout = await make();
    expect(formProblem(rollout)).toMatch(why);
    expect(wellFormed(rollout)).toBe(false);
  });
});
