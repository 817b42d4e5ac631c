import type { Rng } from '../base/rng.ts';
import type { Split, TaskFile } from '../record/task.ts';
import { LIST_STYLES, type ListStyle, parseChecklist, renderChecklist } from './checklist.ts';
import type { ChecklistHost, HostItem } from './checklist-checks.ts';
import { HEADINGS, IMPOSSIBLE, LINE_WORDS, LIST_NAMES } from './checklist-impossible.ts';
import { JOBS, type Job } from './checklist-jobs.ts';
import { CWD, combinations, itemAt, textFile, variantDice } from './variant.ts';
import { FILE_STEMS, FIRST_NAMES, FOLDERS } from './words.ts';

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

/** What the lists of one place are made of. */
export interface ListStock {
  /** Things to do that need a person, at least 3; `@` stands for a first name. */
  readonly impossible: readonly string[];
  /** File names without extension, at least 9. */
  readonly stems: readonly string[];
  /** Words for the lines of small files, at least 12, none a part of another. */
  readonly words: readonly string[];
}

/** How one list looks and where it stands. */
export interface ListFrame {
  readonly folder: string;
  readonly listName: string;
  readonly style: ListStyle;
  /** Lines above and below the items; null for none. */
  readonly head: string | null;
  readonly foot: string | null;
}

const STOCK: ListStock = { impossible: IMPOSSIBLE, stems: FILE_STEMS, words: LINE_WORDS };

export const materialFor = (family: string): ((split: Split, variant: number) => Material) => {
  const combination = combinations(family, [FOLDERS.length, LIST_NAMES.length, IMPOSSIBLE.length]);
  return (split, variant) => {
    const [folder = 0, name = 0, impossible = 0] = combination(split, variant);
    const dice = variantDice(family, split, variant);
    const frame: ListFrame = {
      folder: itemAt(FOLDERS, folder),
      listName: itemAt(LIST_NAMES, name),
      style: dice.fork('style').pick(LIST_STYLES),
      head: dice.fork('heading').int(4) === 0 ? dice.fork('heading/text').pick(HEADINGS) : null,
      foot: null,
    };
    return composeList(dice, frame, STOCK, itemAt(IMPOSSIBLE, impossible));
  };
};

/** A list of 2 to 4 items: work, and what needs a person. `impossible`, one of the stock, is on it. */
export const composeList = (dice: Rng, frame: ListFrame, stock: ListStock, impossible: string): Material => {
  const { folder, listName } = frame;
  const [doable, undoable, given] = dice.fork('shape').pick(SHAPES);
  const jobs = makeJobs(dice.fork('jobs'), folder, stock, doable);
  const others = dice.fork('others').shuffle(stock.impossible.filter((text) => text !== impossible));
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
  const rows = items.map(({ kind, text }) => ({ done: kind === 'given', text }));
  const listText = renderChecklist(rows, frame.style, frame.head) + (frame.foot === null ? '' : `${frame.foot}\n`);
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
const makeJobs = (dice: Rng, folder: string, stock: ListStock, count: number): readonly Job[] => {
  const kinds = dice.fork('kinds').shuffle(Object.values(JOBS));
  const paths = dice
    .fork('paths')
    .shuffle(stock.stems)
    .map((stem) => `${folder}/${stem}.txt`);
  const words = dice.fork('words').shuffle(stock.words);
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
