/**
 * The paper's format: `<cot>hidden</cot>`, then `<bash>command</bash>` or the final message. The harness answers a
 * call with `<stdout>` and `<stderr>` (paper, appendix on environments). One call per completion: whatever a model
 * writes after `</bash>` is its guess at the output, and is not read.
 */
import type { ChatMessage, Completion } from '../../policy/policy.ts';
import { BASH_CLOSE, BASH_OPEN, COT_CLOSE, COT_OPEN } from '../../policy/tags.ts';
import type { Part, ToolResult } from '../../record/rollout.ts';
import { type Dialect, type MalformedPart, notesOn } from './dialect.ts';

const REALISTIC = `Think first inside ${COT_OPEN} and ${COT_CLOSE}. To run a command, write it inside ${BASH_OPEN} and ${BASH_CLOSE}; its output comes back inside <stdout> and <stderr>. One command block at a time. When you are done, write your answer to the user without any tags.`;
const COMPACT = `Think in ${COT_OPEN} ${COT_CLOSE}. Run commands in ${BASH_OPEN} ${BASH_CLOSE}, one at a time. Answer without tags.`;
const NO_TOOLS = `Think first inside ${COT_OPEN} and ${COT_CLOSE}, then write your answer to the user without any tags.`;
const NO_TOOLS_COMPACT = `Think in ${COT_OPEN} ${COT_CLOSE}. Answer without tags.`;

/** Splits text into parts. `cutOff`: generation hit its length limit, so an unclosed command is incomplete. */
export const parseTags = (text: string, turn: number, cutOff: boolean): Part[] => {
  const parts: Part[] = [];
  const say = (visible: string): void => {
    if (visible.trim() !== '') parts.push({ kind: 'text', text: visible });
  };
  let rest = text;
  // A template may open the thought itself, so that the completion starts inside it.
  const close = rest.indexOf(COT_CLOSE);
  const open = rest.indexOf(COT_OPEN);
  const bash = rest.indexOf(BASH_OPEN);
  if (close >= 0 && (open < 0 || close < open) && (bash < 0 || close < bash)) {
    parts.push({ kind: 'thought', text: rest.slice(0, close).trim() });
    rest = rest.slice(close + COT_CLOSE.length);
  }
  while (rest !== '') {
    const thought = rest.indexOf(COT_OPEN);
    const call = rest.indexOf(BASH_OPEN);
    if (thought < 0 && call < 0) {
      say(rest);
      break;
    }
    if (thought >= 0 && (call < 0 || thought < call)) {
      say(rest.slice(0, thought));
      const inside = rest.slice(thought + COT_OPEN.length);
      const end = inside.indexOf(COT_CLOSE);
      // An unclosed thought is hidden to its end: nothing leaks because a tag was forgotten.
      parts.push({ kind: 'thought', text: (end < 0 ? inside : inside.slice(0, end)).trim() });
      rest = end < 0 ? '' : inside.slice(end + COT_CLOSE.length);
      continue;
    }
    say(rest.slice(0, call));
    const inside = rest.slice(call + BASH_OPEN.length);
    const end = inside.indexOf(BASH_CLOSE);
    const id = `call-${turn}`;
    // A sampler stops before `</bash>` and leaves it out, so a missing end is the normal case unless it was cut off.
    if (end < 0 && cutOff)
      parts.push({ kind: 'malformed', id, text: inside, problem: 'the command was cut off before its end' });
    else parts.push({ kind: 'call', id, command: (end < 0 ? inside : inside.slice(0, end)).trim() });
    break;
  }
  return parts;
};

const textOfCompletion = (completion: Completion): string =>
  completion.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');

const renderResult = (result: ToolResult): string => {
  const blocks: string[] = [];
  if (result.stdout !== '' || result.stderr === '') blocks.push(`<stdout>${result.stdout}</stdout>`);
  if (result.stderr !== '') blocks.push(`<stderr>${result.stderr}</stderr>`);
  return [...blocks, ...notesOn(result)].join('\n');
};

export const tagsDialect: Dialect = {
  name: 'tags',
  stop: [BASH_CLOSE],
  offersBash: false,
  instructions: (register, hasTools) =>
    hasTools ? (register === 'compact' ? COMPACT : REALISTIC) : register === 'compact' ? NO_TOOLS_COMPACT : NO_TOOLS,
  parse: (completion, turn) => [
    // Reasoning that a provider returns beside the text is as hidden as the tagged kind.
    ...completion.parts.flatMap((part): Part[] =>
      part.kind === 'reasoning' ? [{ kind: 'thought', text: part.text }] : [],
    ),
    ...parseTags(textOfCompletion(completion), turn, completion.stop === 'length'),
  ],
  answers: (results, malformed): readonly ChatMessage[] => [
    {
      role: 'user',
      text: [...results.map(renderResult), ...malformed.map(sayMalformed)].join('\n'),
    },
  ],
};

const sayMalformed = (part: MalformedPart): string => `<stderr>not run: ${part.problem}</stderr>`;
