import type { Command, Option } from 'commander';
import { inputError } from '../base/errors.ts';
import { ADD_UP } from './options.ts';

/**
 * Makes every option of a command refuse what a shell lets through unseen: an empty value (`--seed "$SEED"` where nothing
 * is set), and a second value that would silently take the place of the first. The same value twice does no harm.
 */
export const withStrictOptions = (command: Command): Command => {
  for (const option of command.options) if (takesValue(option)) beStrict(option);
  return command;
};

const takesValue = (option: Option): boolean => option.required || option.optional;

const beStrict = (option: Option): void => {
  const { parseArg, flags, description } = option;
  const flag = option.long ?? flags;
  let first: string | null = null;
  option.argParser((given: string, before: unknown): unknown => {
    // The option's own words on an empty value say more, where it has any.
    const value = parseArg === undefined ? given : parseArg(given, before);
    if (given === '') {
      throw inputError({
        code: 'bad-option',
        what: `${flag} has no value.`,
        given: `${flag} ''`,
        allowed: `${flags}: ${description}`,
      });
    }
    if (first !== null && first !== given && !ADD_UP.has(parseArg)) {
      throw inputError({
        code: 'option-twice',
        what: `${flag} was given twice, with two values.`,
        given: `${flag} ${first} ${flag} ${given}`,
        allowed: `${flag} once`,
      });
    }
    first = given;
    return value;
  });
};
