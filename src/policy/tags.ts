import { inputError } from '../base/errors.ts';
import type { SubmissionStep } from './submission.ts';

/**
 * The paper's way of writing a turn: `<cot>hidden thought</cot>`, then `<bash>command</bash>` or a final text.
 * This file writes it; src/rollout/dialects reads it.
 */
export const COT_OPEN = '<cot>';
export const COT_CLOSE = '</cot>';
export const BASH_OPEN = '<bash>';
export const BASH_CLOSE = '</bash>';

const thoughtLine = (thought: string | undefined): string => {
  if (thought === undefined) return '';
  if (thought.includes(COT_CLOSE)) throw unwritable('thought', thought, COT_CLOSE);
  return `${COT_OPEN}${thought}${COT_CLOSE}\n`;
};

const unwritable = (what: string, given: string, tag: string): Error =>
  inputError({
    code: 'unwritable-tags',
    what: `a ${what} holds ${tag}, which would end it early in the tags dialect`,
    given: given.slice(0, 200),
    allowed: `any text without ${tag}`,
    todo: `write the ${what} differently (in a shell: split the word, e.g. '</ba''sh>')`,
  });

/** One call as an assistant turn. The closing `</bash>` is there: `cutAtStop` takes it off as a sampler would. */
export const renderTags = (step: SubmissionStep): string => {
  if (step.command.includes(BASH_CLOSE)) throw unwritable('command', step.command, BASH_CLOSE);
  return `${thoughtLine(step.thought)}${BASH_OPEN}${step.command}${BASH_CLOSE}`;
};

/** The message to the user as an assistant turn. */
export const renderFinalTags = (final: { readonly thought?: string; readonly text: string }): string =>
  `${thoughtLine(final.thought)}${final.text}`;

/** True while a `<bash>` was opened and not closed: what a sampler leaves that stopped at `</bash>`. */
export const hasOpenCall = (text: string): boolean => text.lastIndexOf(BASH_OPEN) > text.lastIndexOf(BASH_CLOSE);

/** An earlier turn as it is shown again: a call that a stop sequence cut off gets its end back. */
export const closeCall = (text: string): string => (hasOpenCall(text) ? `${text}${BASH_CLOSE}` : text);

/** The text before the first of the stop sequences, and whether there was one. */
export const cutAtStop = (text: string, stop: readonly string[]): { readonly text: string; readonly cut: boolean } => {
  const found = stop.map((s) => (s === '' ? -1 : text.indexOf(s))).filter((index) => index >= 0);
  return found.length === 0 ? { text, cut: false } : { text: text.slice(0, Math.min(...found)), cut: true };
};
