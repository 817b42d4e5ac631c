import { messageOf } from '../../base/errors.ts';
import { badLog, type Place, shown } from './bad-log.ts';

const NOT_JSON = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/gs;

/** Python writes NaN and Infinity, which JSON has not. They become null: a number that is none is not known. */
const withoutNaN = (text: string): string =>
  text.replace(NOT_JSON, (match) => (match.startsWith('"') ? match : 'null'));

/** Parses one JSON text of a log. Throws `bad-log` with its place. */
export const parseJson = (text: string, place: Place): unknown => {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (/NaN|Infinity/.test(text)) {
      try {
        return JSON.parse(withoutNaN(text));
      } catch {
        // Something else is wrong with it too: the first error says what.
      }
    }
    throw badLog(place, `this is not JSON: ${shown(messageOf(thrown))}`);
  }
};
