import { unreachable } from '../../base/errors.ts';
import type { ChatMessage } from '../../policy/policy.ts';
import type { Part, ToolResult } from '../../record/rollout.ts';
import { type Dialect, notesOn } from './dialect.ts';

const renderResult = (result: ToolResult): string => {
  const lines = [
    result.stdout,
    result.stderr === '' ? '' : `stderr:\n${result.stderr}`,
    ...notesOn(result),
    result.exitCode === 0 || result.exitCode === null ? '' : `exit code ${result.exitCode}`,
  ].filter((line) => line !== '');
  return lines.length === 0 ? '(no output)' : lines.join('\n');
};

/** The provider's own tool calls, and its reasoning parts as the hidden chain of thought. */
export const nativeDialect: Dialect = {
  name: 'native',
  stop: [],
  offersBash: true,
  instructions: () => null,
  parse: (completion): Part[] =>
    completion.parts.flatMap((part): Part[] => {
      switch (part.kind) {
        case 'reasoning':
          return [{ kind: 'thought', text: part.text }];
        case 'text':
          return part.text.trim() === '' ? [] : [{ kind: 'text', text: part.text }];
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
