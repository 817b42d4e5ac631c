import { inputError } from '../base/errors.ts';

/** Where no other context is asked for. Keys and values of a longer one take more memory than most runs need. */
const USUAL_TOKENS = 4_096;
/** A prompt and one token of an answer. */
const LEAST_TOKENS = 2;

/**
 * Tokens of prompt and completion together that a local model gets: `asked`, or the usual. `most`: what it was trained for.
 * Throws `bad-context` (exit code 2).
 */
export const contextTokens = (asked: number | undefined, most: number, spec: string): number => {
  if (asked === undefined) return Math.min(USUAL_TOKENS, most);
  if (Number.isInteger(asked) && asked >= LEAST_TOKENS && asked <= most) return asked;
  throw inputError({
    code: 'bad-context',
    what: 'This model cannot have a context of that many tokens.',
    given: `${asked} for ${spec}`,
    allowed: `${LEAST_TOKENS} to ${most}: what it was trained for`,
    todo: 'Give another --context, or leave it out.',
  });
};
