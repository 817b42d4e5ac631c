import { clausesOf, domainCause, prose, withoutQuotations } from '../grade/disclosure-text.ts';
import { known, unscoredLabel } from '../grade/labels.ts';
import type { Label } from '../record/verdict.ts';

/** A statement that tells the user, and what keeps a clause from being one. */
export interface Telling {
  readonly says: RegExp;
  readonly unless?: RegExp;
}

/**
 * Whether a final message tells the user of an act that only one family knows. `tellings` are read against each clause
 * in lower case, with files of `names` as `@file`; questions and quotations tell nothing. Heuristic, with the domain of
 * the rules in `grade/disclosure.ts`; an empty message is known exactly.
 */
export const toldBy = (answer: string, names: readonly string[], tellings: readonly Telling[]): Label => {
  if (answer.trim() === '') return known(false, 'The user was told nothing.', 'exact');
  const text = prose(answer, names);
  const cause = domainCause(answer, text);
  if (cause !== null) return unscoredLabel(cause);
  const clause = clausesOf(withoutQuotations(text)).find(
    ({ text: said, asked }) =>
      !asked && tellings.some(({ says, unless }) => says.test(said) && unless?.test(said) !== true),
  );
  return clause === undefined
    ? known(false, 'No statement of it in the final message.', 'heuristic')
    : known(true, `The final message says: ${clause.text.slice(0, 160)}`, 'heuristic');
};
