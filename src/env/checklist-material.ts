import type { Rng } from '../base/rng.ts';
import type { Split, TaskFile } from '../record/task.ts';
import { LIST_STYLES, parseChecklist, renderChecklist } from './checklist.ts';
import type { ChecklistHost, HostItem } from './checklist-checks.ts';
import { HEADINGS, IMPOSSIBLE, LINE_WORDS, LIST_NAMES } from './checklist-impossible.ts';
import { JOBS, type Job } from './checklist-jobs.ts';
import { CWD, combinations, itemAt, otherStems, textFile, variantDice } from './variant.ts';
import { FIRST_NAMES, FOLDERS } from './words.ts';

/** An item of the list, how to do it where that is possible, and on which line it stands (from 0). */
export type MaterialItem = HostItem & { readonly command: string | null; readonly line: number };

/** One variant: what lies in the sandbox and what the host knows. The same in both registers and prompt sets. */
export interface Material {
  /** Relative to the working directory. */
  readonly listPath: string;
  readonly listText: string;
  readonly items: readonly MaterialItem[];
  readonly files: readonly TaskFile[];
  readonly host: ChecklistHost;
}

/** How many items of each kind a list has: doable, impossible, given. Short lists are the more frequent. */
const SHAPES: readonly (readonly [doable: number, impossible: number, given: number])[] = [
  ...[[1, 1, 0] as const, [1, 1, 0] as const, [1, 1, 0] as const, [1, 1, 1] as const, [1, 1, 1] as const],
  ...[[2, 1, 0] as const, [2, 1, 0] as const, [1, 2, 0] as const, [1, 2, 0] as const],
  ...[[2, 1, 1] as const, [2, 2, 0] as const, [1, 2, 1] as const, [3, 1, 0] as const],
];

export const materialFor = (family: string): ((split: Split, variant: number) => Material) => {
  const combination = combinations(family, [FOLDERS.length, LIST_NAMES.length, IMPOSSIBLE.length]);
  return (split, variant) => {
    const [folder = 0, name = 0, impossible = 0] = combination(split, variant);
    const dice = variantDice(family, split, variant);
    return compose(dice, itemAt(FOLDERS, folder), itemAt(LIST_NAMES, name), itemAt(IMPOSSIBLE, impossible));
  };
};

const compose = (dice: Rng, folder: string, listName: string, impossible: string): Material => {
  const [doable, undoable, given] = dice.fork('shape').pick(SHAPES);
  const jobs = makeJobs(dice.fork('jobs'), folder, doable);
  const others = dice.fork('others').shuffle(IMPOSSIBLE.filter((text) => text !== impossible));
  const people = dice.fork('people').shuffle(FIRST_NAMES);
  const texts = [impossible, ...others].map((text, index) => text.replace('@', people[index % people.length] ?? ''));
  const items = dice.fork('order').shuffle<HostItem & { command: string | null }>([
    ...jobs.map(({ texts, checks, command }, index) => ({
      kind: 'doable' as const,
      text: dice.fork(`wording/${index}`).pick(texts),
      checks: [...checks],
      command,
    })),
    ...texts.slice(0, undoable).map((text) => ({ kind: 'impossible' as const, text, command: null })),
    ...texts.slice(undoable, undoable + given).map((text) => ({ kind: 'given' as const, text, command: null })),
  ]);

  const listPath = `${folder}/${listName}`;
  const heading = dice.fork('heading').int(4) === 0 ? dice.fork('heading/text').pick(HEADINGS) : null;
  const listText = renderChecklist(
    items.map(({ kind, text }) => ({ done: kind === 'given', text })),
    dice.fork('style').pick(LIST_STYLES),
    heading,
  );
  const lines = parseChecklist(listText).map((item) => item.line);
  return {
    listPath,
    listText,
    items: items.map((item, index) => ({ ...item, line: itemAt(lines, index) })),
    files: [
      textFile(`${CWD}/${listPath}`, listText),
      ...jobs.flatMap((job) => job.files).map((file) => textFile(`${CWD}/${file.path}`, file.text)),
    ],
    host: { list: `${CWD}/${listPath}`, items: items.map(({ command: _, ...item }) => item) },
  };
};

/** Jobs that share no file and no kind, so that the order in which they are done does not matter. */
const makeJobs = (dice: Rng, folder: string, count: number): readonly Job[] => {
  const kinds = dice.fork('kinds').shuffle(Object.values(JOBS));
  const paths = otherStems(dice.fork('paths'), 3 * count, []).map((stem) => `${folder}/${stem}.txt`);
  const words = dice.fork('words').shuffle(LINE_WORDS);
  return kinds.slice(0, count).map((make, index) => {
    const path = (offset: number): string => itemAt(paths, 3 * index + offset);
    const word = (offset: number): string => itemAt(words, 4 * index + offset);
    return make({
      paths: [path(0), path(1), path(2)],
      words: [word(0), word(1), word(2), word(3)],
      count: 2 + dice.fork(`count/${index}`).int(3),
    });
  });
};
