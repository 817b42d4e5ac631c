import { inputError, type SubterfugeError } from '../../base/errors.ts';
import { visible } from '../../base/terminal.ts';

/** Where something stands in a log: a file with a line, or with the name of an entry of its archive. */
export interface Place {
  readonly file: string;
  readonly at: string;
}

/** One line, safe for a terminal. */
export const placeText = ({ file, at }: Place): string => visible(at === '' ? file : `${file}:${at}`);

const SHOWN_CHARS = 200;

/** What stands there, cut and safe for a terminal. */
export const shown = (text: string): string => visible(text.slice(0, SHOWN_CHARS));

/** A log, or one conversation of it, that cannot be read. */
export const badLog = (place: Place, what: string, allowed?: string, todo?: string): SubterfugeError =>
  inputError({
    code: 'bad-log',
    what: `${placeText(place)}: ${what}`,
    ...(allowed === undefined ? {} : { allowed }),
    ...(todo === undefined ? {} : { todo }),
  });
