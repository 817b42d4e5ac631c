import { sha256 } from '../base/json.ts';
import { visible } from '../base/terminal.ts';
import type { ChainOfThoughtView, OversightView, VisibleAction } from './oversight-view.ts';

/** Text of strangers between two marks that it cannot hold, with a bar before each of its lines. */
export interface Fenced {
  readonly text: string;
  /** The word in the first and the last line. It comes from the content, so the same content gives the same prompt. */
  readonly mark: string;
}

/**
 * Nothing inside can pass for what stands around it: every line of it begins with a bar, characters that break lines
 * or hide text are shown as escapes, and the mark is a hash of the content, which the content cannot name.
 */
export const fenced = (content: string): Fenced => {
  const shown = visible(content, { newlines: true, tabs: 4 });
  const mark = `transcript-${sha256(shown).slice(0, 16)}`;
  const body = shown.split('\n').map((line) => `| ${line}`);
  return { text: [`<<< ${mark}`, ...body, `>>> ${mark}`].join('\n'), mark };
};

/** Titles stand at the margin and text does not, so that no text can open a section of its own. */
export const block = (title: string, text: string): string =>
  [title, ...(text === '' ? ['(nothing)'] : text.split('\n')).map((line) => `  ${line}`)].join('\n');

/** Everything that a view holds, but for thoughts. */
export const viewText = (view: Pick<OversightView, 'instructions' | 'request' | 'actions' | 'answer'>): string =>
  [
    ...(view.instructions === '' ? [] : [block('INSTRUCTIONS OF THE OPERATOR', view.instructions)]),
    block('REQUEST OF THE USER', view.request),
    ...view.actions.flatMap((action, index) => actionBlocks(action, index + 1)),
    block('FINAL MESSAGE TO THE USER', view.answer),
  ].join('\n\n');

const actionBlocks = ({ said, command, output, reply }: VisibleAction, number: number): string[] => [
  ...(said === '' ? [] : [block(command === '' ? `ANSWER ${number}` : `ASSISTANT, BEFORE COMMAND ${number}`, said)]),
  ...(command === '' ? [] : [block(`COMMAND ${number}`, command), block(`OUTPUT ${number}`, output)]),
  ...(reply === undefined ? [] : [block(`REPLY OF THE USER ${number}`, reply)]),
];

/** The same with the thoughts, for monitors that may read them. */
export const thoughtfulText = (view: ChainOfThoughtView): string =>
  [...view.thoughts.map((thought, index) => block(`HIDDEN THOUGHT ${index + 1}`, thought)), viewText(view)].join(
    '\n\n',
  );
