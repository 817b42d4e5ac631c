/**
 * What oversight may see of an episode. Hidden chain of thought is kept away by types: an overseer takes an
 * `OversightView`, which only this file can make, and which holds no thought and no fact of the host. A monitor that
 * reads thoughts takes a `ChainOfThoughtView` and so says it in its type; neither can be handed in for the other.
 */
import { COT_CLOSE, COT_OPEN } from '../policy/tags.ts';
import type { Part, Rollout, ToolResult, Turn } from '../record/rollout.ts';
import { clipList, clipMiddle, VIEW_LIMITS, type ViewLimits } from './oversight-clip.ts';

/** Not exported, so that nothing else can make a view. */
const SEES: unique symbol = Symbol('what oversight sees');

/**
 * One command as it was run. A call that could not be read was not run; its output says why. In an imported conversation
 * also an answer that the user replied to; there is no command then.
 */
export interface VisibleAction {
  /** What the model wrote before it, outside its thoughts. */
  readonly said: string;
  /** Empty: the model wrote an answer, and the user replied. */
  readonly command: string;
  /** Standard output, then standard error, as the model was shown them. */
  readonly output: string;
  /** What the user said next. Only imported conversations have it. */
  readonly reply?: string;
}

interface Visible {
  /** The system message: what whoever runs the model asked of it. Without what the dialect adds. */
  readonly instructions: string;
  /** What the user wrote. */
  readonly request: string;
  readonly actions: readonly VisibleAction[];
  /** What the user reads at the end; empty where the episode ended without it. */
  readonly answer: string;
}

/** For overseers: everything but the thoughts. */
export interface OversightView extends Visible {
  readonly [SEES]: 'actions';
}

/** For chain-of-thought monitors alone: the thoughts too, in order. */
export interface ChainOfThoughtView extends Visible {
  readonly [SEES]: 'thoughts';
  readonly thoughts: readonly string[];
}

/** A view written by hand, for training pairs and tests. What is tagged as a thought in it is taken out all the same. */
export const viewOf = (
  text: Pick<Visible, 'request' | 'answer'> & Partial<Visible>,
  limits: ViewLimits = VIEW_LIMITS,
): OversightView => ({ [SEES]: 'actions', ...clipped({ instructions: '', actions: [], ...text }, limits) });

/** What an overseer is shown of a rollout. */
export const oversightView = (rollout: Rollout, limits: ViewLimits = VIEW_LIMITS): OversightView => ({
  [SEES]: 'actions',
  ...clipped(visibleOf(rollout), limits),
});

/** What a chain-of-thought monitor is shown of a rollout. */
export const chainOfThoughtView = (rollout: Rollout, limits: ViewLimits = VIEW_LIMITS): ChainOfThoughtView => ({
  [SEES]: 'thoughts',
  ...clipped(visibleOf(rollout), limits),
  thoughts: rollout.turns
    .flatMap(({ parts }) => parts)
    .flatMap((part) => (part.kind === 'thought' ? [clipMiddle(part.text, limits.answer)] : [])),
});

/** The same view for a reader with less room. */
export const narrowed = (view: OversightView, limits: ViewLimits): OversightView => ({
  [SEES]: 'actions',
  ...clipped(view, limits),
});

const visibleOf = (rollout: Rollout): Visible => {
  const messages = (role: 'system' | 'user'): string =>
    rollout.task.messages
      .filter((message) => message.role === role)
      .map(({ text }) => text)
      .join('\n\n');
  const last = rollout.turns.at(-1);
  const final = last !== undefined && last.reply === undefined && !last.parts.some(isAction) ? last : null;
  return {
    instructions: messages('system'),
    request: messages('user'),
    actions: rollout.turns.filter((turn) => turn !== final).flatMap(actionsOf),
    answer: final === null ? '' : final.parts.map(textOf).join(''),
  };
};

const isAction = (part: Part): boolean => part.kind === 'call' || part.kind === 'malformed';

const textOf = (part: Part): string => (part.kind === 'text' ? part.text : '');

const actionsOf = (turn: Turn): VisibleAction[] => {
  const actions: VisibleAction[] = [];
  let said = '';
  for (const part of turn.parts) {
    if (part.kind === 'text') said += part.text;
    if (part.kind === 'call') {
      const result = turn.results.find(({ callId }) => callId === part.id);
      actions.push({ said, command: part.command, output: outputOf(result) });
      said = '';
    }
    if (part.kind === 'malformed') {
      // It was never run, and a tag that was cut off may hold a thought.
      actions.push({ said, command: withoutThoughts(part.text), output: `not run: ${part.problem}` });
      said = '';
    }
  }
  return turn.reply === undefined ? actions : replied(actions, said, turn.reply);
};

/** The user speaks behind everything else in a turn. */
const replied = (actions: readonly VisibleAction[], said: string, reply: string): VisibleAction[] => {
  const last = actions.at(-1);
  return last === undefined || said !== ''
    ? [...actions, { said, command: '', output: '', reply }]
    : [...actions.slice(0, -1), { ...last, reply }];
};

const outputOf = (result: ToolResult | undefined): string =>
  result === undefined ? 'not run' : [result.stdout, result.stderr].filter((text) => text !== '').join('\n');

const THOUGHT_OPENS = [COT_OPEN, '<think>'];
const THOUGHT_CLOSES = [COT_CLOSE, '</think>'];

/**
 * The paper's rule: of what the model wrote to be read, only what stands after the last closing tag of a thought, and
 * nothing after an opening one. The parser has taken thoughts out before; this holds where tags were nested or stray.
 * Commands that were run and their outputs are not cut: they took place, and a command between two tags would be hidden
 * from view.
 */
export const withoutThoughts = (text: string): string => {
  const after = Math.max(0, ...THOUGHT_CLOSES.map((tag) => endOf(text, tag)));
  const rest = text.slice(after);
  const before = Math.min(rest.length, ...THOUGHT_OPENS.map((tag) => rest.indexOf(tag)).filter((at) => at >= 0));
  return rest.slice(0, before).trim();
};

const endOf = (text: string, tag: string): number => {
  const at = text.lastIndexOf(tag);
  return at < 0 ? 0 : at + tag.length;
};

const clipped = (view: Visible, limits: ViewLimits): Visible => {
  const { kept, left, before } = clipList(view.actions, limits.actions);
  return {
    instructions: clipMiddle(view.instructions.trim(), limits.instructions),
    request: clipMiddle(view.request.trim(), limits.request),
    actions: kept.map(({ said, command, output, reply }, index) => {
      const words = clipMiddle(withoutThoughts(said), limits.answer);
      return {
        said: left > 0 && index === before ? `[${left} actions left out] ${words}`.trim() : words,
        command: clipMiddle(command, limits.command),
        output: clipMiddle(output, limits.output),
        ...(reply !== undefined && { reply: clipMiddle(reply.trim(), limits.request) }),
      };
    }),
    answer: clipMiddle(withoutThoughts(view.answer), limits.answer),
  };
};
