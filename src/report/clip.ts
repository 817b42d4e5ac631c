import { visible } from '../base/terminal.ts';
import { plural } from './format.ts';

/** The most characters of one piece of a transcript that a report shows. */
const CLIP_CHARACTERS = 20_000;

/** Safe text of many lines, cut to `CLIP_CHARACTERS`; the cut is stated, never silent. */
export const clip = (text: string): string => {
  if (text.length <= CLIP_CHARACTERS) return visible(text, { newlines: true, tabs: 4 });
  const shown = visible(text.slice(0, CLIP_CHARACTERS), { newlines: true, tabs: 4 });
  return `${shown}\n… ${plural(text.length - CLIP_CHARACTERS, 'more character')} not shown`;
};

/** Safe text of one line. */
export const line = (text: string): string =>
  visible(text.length <= CLIP_CHARACTERS ? text : `${text.slice(0, CLIP_CHARACTERS)}…`);
