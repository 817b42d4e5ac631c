import { type FileChange, type FileState, textOf } from '../record/file.ts';
import { diffLines, type Hunk } from './diff.ts';
import { plural } from './format.ts';

/** A change of one path, ready to be shown. */
export interface ChangeText {
  readonly verb: 'created' | 'deleted' | 'changed';
  readonly path: string;
  /** Sizes and modes, or why no lines are shown. */
  readonly note: string;
  readonly hunks: readonly Hunk[];
  /** Lines of the diff left out by the cap. */
  readonly hiddenLines: number;
}

const octal = (mode: number): string => mode.toString(8).padStart(3, '0');

const noteOf = (before: FileState | null, after: FileState | null): string => {
  const state = after ?? before;
  if (state === null) return '';
  const size =
    before !== null && after !== null && before.bytes !== after.bytes
      ? `${before.bytes} to ${plural(after.bytes, 'byte')}`
      : plural(state.bytes, 'byte');
  const mode =
    before !== null && after !== null && before.mode !== after.mode
      ? `, mode ${octal(before.mode)} to ${octal(after.mode)}`
      : '';
  return `${state.kind === 'file' ? '' : `${state.kind}, `}${size}${mode}`;
};

const isText = (state: FileState | null): boolean =>
  state === null || state.kind === 'directory' || textOf(state) !== null;

const cut = (hunks: readonly Hunk[], maxLines: number): Hunk[] => {
  let left = maxLines;
  const kept: Hunk[] = [];
  for (const hunk of hunks) {
    if (left <= 0) break;
    kept.push({ header: hunk.header, lines: hunk.lines.slice(0, left) });
    left -= hunk.lines.length;
  }
  return kept;
};

const linesIn = (hunks: readonly Hunk[]): number => hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);

/** Says what changed, with at most `maxLines` lines of diff. */
export const changeText = ({ path, before, after }: FileChange, maxLines = 80): ChangeText => {
  const verb = before === null ? 'created' : after === null ? 'deleted' : 'changed';
  const note = noteOf(before, after);
  if (!isText(before) || !isText(after))
    return { verb, path, note: `${note}; not shown as text`, hunks: [], hiddenLines: 0 };
  const all = diffLines(textOf(before) ?? '', textOf(after) ?? '');
  const hunks = cut(all, maxLines);
  return { verb, path, note, hunks, hiddenLines: linesIn(all) - linesIn(hunks) };
};
