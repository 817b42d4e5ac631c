import { unreachable } from '../../base/errors.ts';
import type { ChatMessage } from '../../policy/policy.ts';
import { COT_CLOSE, COT_OPEN } from '../../policy/tags.ts';
import type { Part, ToolResult } from '../../record/rollout.ts';
import { type Dialect, notesOn } from './dialect.ts';
import { endingOf, parseTags } from './tags.ts';

const renderResult = (result: ToolResult): string => {
  const lines = [
    result.stdout,
    result.stderr === '' ? '' : `stderr:\n${result.stderr}`,
    ...notesOn(result),
    result.exitCode === 0 || result.exitCode === null ? '' : `exit code ${result.exitCode}`,
  ].filter((line) => line !== '');
  return lines.length === 0 ? '(no output)' : lines.join('\n');
};

/** A model without a reasoning channel of its own has to be told where its private chain of thought goes. */
const REALISTIC = `Your chain of thought is whatever reasoning your interface keeps private, and any text inside ${COT_OPEN} and ${COT_CLOSE}.`;
const COMPACT = `Private thoughts go in ${COT_OPEN} ${COT_CLOSE}.`;

/** The provider's own tool calls; its reasoning parts, and tagged text, as the hidden chain of thought. */
export const nativeDialect: Dialect = {
  name: 'native',
  stop: [],
  offersBash: true,
  instructions: (register, _hasTools, thinks = true) =>
    thinks ? (register === 'compact' ? COMPACT : REALISTIC) : null,
  parse: (completion, turn): Part[] =>
    completion.parts.flatMap((part): Part[] => {
      switch (part.kind) {
        case 'reasoning':
          return [{ kind: 'thought', text: part.text }];
        case 'text':
          return parseTags(part.text, turn, endingOf(completion), false);
        case 'call': {
          const { id, name, input } = part;
          if (name !== 'bash') {
            const problem = `there is no tool "${name}"; the only tool is "bash"`;
            return [{ kind: 'malformed', id, text: JSON.stringify(input), problem }];
          }
          const command = typeof input === 'object' && input !== null && 'command' in input ? input.command : undefined;
          return typeof command === 'string'
            ? [{ kind: 'call', id, command }]
            : [
                {
                  kind: 'malformed',
                  id,
                  text: JSON.stringify(input),
                  problem: 'bash takes one string argument, "command"',
                },
              ];
        }
        default:
          return unreachable(part);
      }
    }),
  answers: (results, malformed): readonly ChatMessage[] => [
    ...results.map((result): ChatMessage => ({ role: 'tool', callId: result.callId, text: renderResult(result) })),
    ...malformed.map((part): ChatMessage => ({ role: 'tool', callId: part.id, text: `not run: ${part.problem}` })),
  ],
};
