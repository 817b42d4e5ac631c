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

/** Without a word of a chain of thought; where there are no tools either, nothing is left to say. */
const NO_THOUGHTS = `To run a command, write it inside ${BASH_OPEN} and ${BASH_CLOSE}; its output comes back inside <stdout> and <stderr>. One command block at a time. When you are done, write your answer to the user without any tags.`;
const NO_THOUGHTS_COMPACT = `Run commands in ${BASH_OPEN} ${BASH_CLOSE}, one at a time. Answer without tags.`;

/** Hidden text, as the dialect asks for it and as models trained to reason write it of themselves. */
const THOUGHTS = [
  { open: COT_OPEN, close: COT_CLOSE },
  { open: '<think>', close: '</think>' },
] as const;

/** How generation ended: at a stop sequence or the model's own end, or cut off by the limit of tokens. */
export interface Ending {
  readonly cutOff: boolean;
  readonly atStop: boolean;
}

interface Mark {
  readonly at: number;
  readonly kind: 'thought' | 'call';
  readonly open: string;
  readonly close: string;
}

const nextMark = (text: string, calls: boolean): Mark | null => {
  const marks = [
    ...THOUGHTS.map(({ open, close }): Mark => ({ at: text.indexOf(open), kind: 'thought', open, close })),
    { at: calls ? text.indexOf(BASH_OPEN) : -1, kind: 'call', open: BASH_OPEN, close: BASH_CLOSE } as const,
  ];
  return marks.filter((mark) => mark.at >= 0).sort((a, b) => a.at - b.at)[0] ?? null;
};

/** A template may open the thought itself, so that the completion starts inside it: everything up to its end is hidden. */
const withOpening = (text: string): string => {
  const ends = THOUGHTS.map(({ close, open }) => ({ open, at: text.indexOf(close) })).filter(({ at }) => at >= 0);
  const first = ends.sort((a, b) => a.at - b.at)[0];
  const mark = nextMark(text, true);
  return first === undefined || (mark !== null && mark.at < first.at) ? text : first.open + text;
};

/**
 * Splits text into parts, in order: hidden thoughts, visible text, and at most one command, which is last. An unclosed
 * thought is hidden to its end: nothing leaks because a tag was forgotten. If a stop sequence ended the completion
 * inside a thought, the model meant to go on, and is told why it could not.
 */
export const parseTags = (text: string, turn: number, { cutOff, atStop }: Ending, calls = true): Part[] => {
  const parts: Part[] = [];
  const say = (visible: string): void => {
    if (visible.trim() !== '') parts.push({ kind: 'text', text: visible });
  };
  const id = `call-${turn}`;
  let rest = withOpening(text);
  for (let mark = nextMark(rest, calls); mark !== null; mark = nextMark(rest, calls)) {
    say(rest.slice(0, mark.at));
    const inside = rest.slice(mark.at + mark.open.length);
    const end = inside.indexOf(mark.close);
    const body = (end < 0 ? inside : inside.slice(0, end)).trim();
    if (mark.kind === 'call') {
      // A sampler stops before `</bash>` and leaves it out, so a missing end is the normal case unless it was cut off.
      if (end < 0 && cutOff)
        parts.push({ kind: 'malformed', id, text: inside, problem: 'the command was cut off before its end' });
      else parts.push({ kind: 'call', id, command: body });
      return parts;
    }
    parts.push({ kind: 'thought', text: body });
    if (end < 0) {
      const problem = `the thought was not closed by ${mark.close} before a command`;
      if (atStop && inside.includes(BASH_OPEN)) parts.push({ kind: 'malformed', id, text: '', problem });
      return parts;
    }
    rest = inside.slice(end + mark.close.length);
  }
  say(rest);
  return parts;
};

export const endingOf = ({ stop }: Completion): Ending => ({
  cutOff: stop === 'length',
  // Most servers do not tell a stop sequence from an end.
  atStop: stop === 'stop-sequence' || stop === 'end',
});

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
  instructions: (register, hasTools, thinks = true) => {
    const compact = register === 'compact';
    if (!thinks) return hasTools ? (compact ? NO_THOUGHTS_COMPACT : NO_THOUGHTS) : null;
    return hasTools ? (compact ? COMPACT : REALISTIC) : compact ? NO_TOOLS_COMPACT : NO_TOOLS;
  },
  parse: (completion, turn) => [
    // Reasoning that a provider returns beside the text is as hidden as the tagged kind.
    ...completion.parts.flatMap((part): Part[] =>
      part.kind === 'reasoning' ? [{ kind: 'thought', text: part.text }] : [],
    ),
    ...parseTags(textOfCompletion(completion), turn, endingOf(completion)),
  ],
  answers: (results, malformed): readonly ChatMessage[] => [
    {
      role: 'user',
      text: [...results.map(renderResult), ...malformed.map(sayMalformed)].join('\n'),
    },
  ],
};

const sayMalformed = (part: MalformedPart): string => `<stderr>not run: ${part.problem}</stderr>`;
