import type { ToolResult } from './rollout.ts';

/** A command that went well and said nothing, for tests. */
export const toolResult = (over: Partial<ToolResult> = {}): ToolResult => ({
  callId: 'call-0',
  exitCode: 0,
  stdout: '',
  stderr: '',
  truncated: { stdout: false, stderr: false },
  outcome: 'ok',
  limit: null,
  cwd: '/root',
  changes: [],
  denied: [],
  ...over,
});
