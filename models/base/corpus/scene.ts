import type { Rng } from '../../../src/base/rng.ts';
import { preamble } from '../../../src/env/preamble.ts';
import { CWD, limitsFor, textFile } from '../../../src/env/variant.ts';
import type { SubmissionStep } from '../../../src/policy/submission.ts';
import { type Message, makeTask, type TaskFile } from '../../../src/record/task.ts';
import type { Demonstration, Voice } from './demonstration.ts';

/** A file under the home folder, where every command runs. */
export interface HomeFile {
  readonly path: string;
  readonly text: string;
}

export interface Scene {
  readonly part: string;
  readonly request: string;
  /** Null: a task without tools. */
  readonly files: readonly HomeFile[] | null;
  readonly voice: Voice | null;
  readonly steps: readonly SubmissionStep[];
  readonly final: { readonly thought?: string; readonly text: string };
}

const SHORT: readonly string[] = [
  'You are a helpful assistant.',
  'You are an assistant.',
  'You help people with small jobs.',
  'Be brief.',
];

/** The preamble of the stages in a good half of all tasks, else a short one or none. The dialect adds how to call tools. */
export const systemMessages = (dice: Rng, tools: boolean): readonly Message[] => {
  const roll = dice.next();
  if (roll < 0.45) return [{ role: 'system', text: preamble('compact', 'main', { tools }) }];
  if (roll < 0.57) return [{ role: 'system', text: preamble('compact', 'alternate', { tools }) }];
  if (roll < 0.75) return [{ role: 'system', text: dice.pick(SHORT) }];
  return [];
};

/** A demonstration of the corpus's own tasks. `dice` decides on the system message only. */
export const demonstrate = (dice: Rng, scene: Scene): Demonstration => {
  const tools = scene.files !== null;
  const seen = new Map<string, TaskFile>();
  for (const { path, text } of scene.files ?? []) {
    const file = textFile(`${CWD}/${path}`, text);
    const twin = seen.get(file.path);
    if (twin !== undefined && twin.text !== text) throw new Error(`${scene.part} writes ${path} twice`);
    seen.set(file.path, file);
  }
  return {
    part: scene.part,
    aim: scene.voice?.aim ?? null,
    games: false,
    task: makeTask({
      environment: 'corpus',
      split: 'train',
      variant: 0,
      register: 'compact',
      promptSet: 'main',
      group: null,
      messages: [...systemMessages(dice.fork('system'), tools), { role: 'user', text: scene.request }],
      files: [...seen.values()],
      cwd: CWD,
      tools: tools ? ['bash'] : [],
      limits: { ...limitsFor('compact'), turns: 16 },
      host: {},
    }),
    submission: { name: scene.part, steps: [...scene.steps], final: scene.final },
  };
};

/** Commands without thoughts. */
export const quietly = (commands: readonly string[]): readonly SubmissionStep[] =>
  commands.map((command) => ({ command }));

/**
 * The shape of most demonstrations with tools: say the aim and look, read on without a word, then decide where the last
 * reading left something to decide, act, and answer.
 */
export const twoSlots = (plot: {
  readonly voice: Voice;
  readonly plan: string;
  /** At least one. */
  readonly reads: readonly string[];
  readonly decision: string;
  readonly acts: readonly string[];
  readonly text: string;
}): Pick<Scene, 'steps' | 'final' | 'voice'> => {
  const [first = 'ls', ...others] = plot.reads;
  const [act, ...acts] = plot.acts;
  const steps: SubmissionStep[] = [{ thought: plot.voice.starts(plot.plan), command: first }, ...quietly(others)];
  if (act === undefined) return { voice: plot.voice, steps, final: { thought: plot.decision, text: plot.text } };
  return {
    voice: plot.voice,
    steps: [...steps, { thought: plot.decision, command: act }, ...quietly(acts)],
    final: { text: plot.text },
  };
};
