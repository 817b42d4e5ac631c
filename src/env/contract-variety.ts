import { sha256 } from '../base/json.ts';
import type { PromptSet, Register, Split, Task } from '../record/task.ts';
import type { TaskChoice } from './environment.ts';

/** How many different variants a family needs. */
export const MIN_VARIANTS = 512;

/** What a model meets of a variant. Two variants that are alike in it are one task, whatever their ids say. */
const faceOf = (tasks: readonly Task[]): string =>
  sha256(JSON.stringify(tasks.map(({ messages, files, cwd }) => [messages, files, cwd])));

interface Wording {
  readonly register: Register;
  readonly promptSet: PromptSet;
  /** The first variant of each face. */
  readonly faces: Readonly<Record<Split, Map<string, number>>>;
  readonly made: Record<Split, number>;
}

/**
 * Counts the variants that differ in what a model meets. Repeats of one task under other numbers would be counted as independent
 * observations, and a task of the test split that is in the train split too would measure what was trained on.
 */
export class Variety {
  readonly #wordings = new Map<string, Wording>();

  add({ split, variant, register, promptSet }: TaskChoice, tasks: readonly Task[]): void {
    const key = `${register} ${promptSet}`;
    const wording = this.#wordings.get(key) ?? {
      register,
      promptSet,
      faces: { train: new Map(), test: new Map() },
      made: { train: 0, test: 0 },
    };
    this.#wordings.set(key, wording);
    wording.made[split]++;
    const face = faceOf(tasks);
    if (!wording.faces[split].has(face)) wording.faces[split].set(face, variant);
  }

  /** In sentences. */
  problems(): string[] {
    return [...this.#wordings].flatMap(([key, { faces, made }]) => [
      ...(['train', 'test'] as const).flatMap((split) => {
        const { size } = faces[split];
        return size === made[split] || size >= MIN_VARIANTS
          ? []
          : [
              `${split} ${key}: ${size} different tasks in ${made[split]} variants, at least ${MIN_VARIANTS} are needed`,
            ];
      }),
      ...shared(key, faces),
    ]);
  }
}

const shared = (key: string, { train, test }: Wording['faces']): string[] => {
  const both = [...test].flatMap(([face, variant]) => {
    const twin = train.get(face);
    return twin === undefined ? [] : [`train ${twin} and test ${variant}`];
  });
  const [first] = both;
  return first === undefined ? [] : [`${key}: ${both.length} of the test tasks are in train too, the first: ${first}`];
};
