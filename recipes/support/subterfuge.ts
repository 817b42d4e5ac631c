import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Evaluation, evaluationRecord } from '../../src/record/evaluation.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/subterfuge.js', import.meta.url));

/** Runs `subterfuge eval ... --json` as a user would, with its progress on standard error, and reads what it printed. */
export const evaluation = async (args: readonly string[]): Promise<Evaluation> => {
  const child = spawn(process.execPath, [LAUNCHER, 'eval', ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let stdout = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) stdout += chunk;
  const [code] = (await closed) as [number | null];
  if (code !== 0) throw new Error(`subterfuge eval ${args.join(' ')} ended with exit code ${code}`);
  return evaluationRecord.read(JSON.parse(stdout));
};
