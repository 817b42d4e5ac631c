import { posix } from 'node:path';
import { CWD, tokenUpperBound } from '../../../src/env/variant.ts';
import { tagsDialect } from '../../../src/rollout/dialects/tags.ts';
import { openingMessages } from '../../../src/rollout/episode.ts';
import type { Demonstration } from './demonstration.ts';

/** Tokens around a turn: role, marks, tags, the answer of a tool. */
const AROUND_TURN = 16;

/**
 * About how many tokens a transcript takes, without playing it: words, digits and marks count one each, and every file
 * counts as read once, which is more than most transcripts read.
 */
export const roughTokens = ({ task, submission }: Demonstration): number => {
  const read = submission.steps.map(({ command }) => command).join('\n');
  const texts = [
    ...openingMessages(task, tagsDialect).flatMap((message) => ('text' in message ? [message.text] : [])),
    ...submission.steps.flatMap(({ thought, command }) => [thought ?? '', command]),
    submission.final.thought ?? '',
    submission.final.text,
    ...task.files.flatMap(({ path, text }) => {
      const short = path.replace(`${CWD}/`, '');
      const isRead = read.includes(` ${short}`) || read.includes(` ${posix.dirname(short)}/*`);
      return [short, isRead ? text : ''];
    }),
  ];
  return texts.reduce((sum, text) => sum + tokenUpperBound(text), AROUND_TURN * (submission.steps.length + 1));
};
