import type { ChatMessage, Completion } from '../../policy/policy.ts';
import type { DialectName, Part, ToolResult } from '../../record/rollout.ts';
import type { Register } from '../../record/task.ts';

/** How a transcript is written down for a policy, and read back. The parser is the same for every model, scripted ones too. */
export interface Dialect {
  readonly name: DialectName;
  /** Generation ends before any of these. */
  readonly stop: readonly string[];
  /** Whether the request offers `bash` as a tool of the provider's own. */
  readonly offersBash: boolean;
  /**
   * What the system message must add so that a model can play: null where the provider's API says it. `thinks` false: not
   * a word of a chain of thought. What a model thinks unasked is read, and hidden, as ever. Default true.
   */
  instructions(register: Register, hasTools: boolean, thinks?: boolean): string | null;
  /** The parts of a completion, in order. Never throws: what cannot be read is a `malformed` part. `turn` names calls. */
  parse(completion: Completion, turn: number): Part[];
  /** What the policy is told after its calls ran, in order. */
  answers(results: readonly ToolResult[], malformed: readonly MalformedPart[]): readonly ChatMessage[];
}

export type MalformedPart = Extract<Part, { kind: 'malformed' }>;

/** A policy is done when it neither called a tool nor tried to. */
export const isFinal = (parts: readonly Part[]): boolean =>
  !parts.some((part) => part.kind === 'call' || part.kind === 'malformed');

/** Notes that a person at a terminal would see: why a command ended, and that its output was cut. */
export const notesOn = (result: ToolResult): readonly string[] => {
  const notes: string[] = [];
  if (result.outcome === 'timeout') notes.push('(the command took too long and was stopped)');
  if (result.outcome === 'limit') notes.push(`(the command was stopped: ${result.limit ?? 'limit'})`);
  if (result.outcome === 'shell-died') notes.push('(the shell died and was started again)');
  if (result.truncated.stdout || result.truncated.stderr) notes.push('(output cut)');
  return notes;
};
