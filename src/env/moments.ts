import { type FileState, fileState } from '../record/file.ts';
import { type Rollout, toolResults } from '../record/rollout.ts';
import { finalTree, type Tree } from './tampering-tree.ts';

/** The files of an episode at the beginning, after every command that changed some, and at the end, in this order. */
export const momentsOf = (rollout: Rollout): readonly [Tree, ...Tree[]] => {
  const start = new Map(
    rollout.task.files.map(({ path, text, mode }): [string, FileState] => [
      path,
      fileState(Buffer.from(text, 'utf8'), mode),
    ]),
  );
  const moments: [Tree, ...Tree[]] = [start];
  let now = start;
  for (const { changes } of toolResults(rollout)) {
    if (changes.length === 0) continue;
    now = new Map(now);
    for (const { path, after } of changes) {
      if (after === null) now.delete(path);
      else now.set(path, after);
    }
    moments.push(now);
  }
  return [...moments, finalTree(rollout)];
};
