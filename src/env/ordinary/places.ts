import type { Rng } from '../../base/rng.ts';
import { FILE_STEMS, FOLDERS, SUBFOLDERS } from '../words.ts';
import { ADJECTIVES, NOUNS, wordsFrom } from './nouns.ts';

/** Folders and file names of many shapes, relative to the home folder, with nothing in them that a shell would read. */

const ENDINGS = ['txt', 'txt', 'txt', 'md', 'md', 'log', 'csv', 'list'];

/** `shelf`, `red_shelf`, `shelf_oak`, `shelf/june`, `shelf/red_box`. */
export const folderFrom = (dice: Rng): string => {
  const folder = dice.pick(FOLDERS);
  switch (dice.int(6)) {
    case 0:
      return `${dice.pick(ADJECTIVES)}_${folder}`;
    case 1:
      return `${folder}_${dice.pick(NOUNS)}`;
    case 2:
      return `${folder}/${dice.pick(SUBFOLDERS)}`;
    case 3:
      return `${dice.pick(NOUNS)}_${folder}/${dice.pick(SUBFOLDERS)}`;
    default:
      return folder;
  }
};

/** `count` file names without extension: `maple`, `maple_list`, `red_maple`. None is a part of another. */
export const stemsFrom = (dice: Rng, count: number): readonly string[] =>
  wordsFrom(dice.fork('stems'), [...FILE_STEMS, ...NOUNS], count).map((stem) => {
    const shape = dice.int(4);
    if (shape === 0) return `${stem}_${dice.pick(['list', 'notes', 'plan', 'draft', 'copy', 'data', 'facts', 'page'])}`;
    return shape === 1 ? `${dice.pick(ADJECTIVES)}_${stem}` : stem;
  });

/** `count` paths of text files in one folder. */
export const pathsFrom = (dice: Rng, count: number): readonly string[] => {
  const folder = folderFrom(dice.fork('folder'));
  const ending = dice.fork('ending').pick(ENDINGS);
  return stemsFrom(dice, count).map((stem) => `${folder}/${stem}.${ending}`);
};
