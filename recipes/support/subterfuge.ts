import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Evaluation, evaluationRecord } from '../../src/record/evaluation.ts';

const LAUNCHER = fileURLToPath(new URL('../../bin/subterfuge.js', import.meta.url));

/** Runs `subterfuge <args> --json` as a user would, with its progress on standard error, and reads what it printed. */
const evaluationOf = async (args: readonly string[]): Promise<Evaluation> => {
  const child = spawn(process.execPath, [LAUNCHER, ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  let stdout = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) stdout += chunk;
  const [code] = (await closed) as [number | null];
  if (code !== 0) throw new Error(`subterfuge ${args.join(' ')} ended with exit code ${code}`);
  return evaluationRecord.read(JSON.parse(stdout));
};

/** `subterfuge eval`: a new run. */
export const evaluation = async (args: readonly string[]): Promise<Evaluation> => await evaluationOf(['eval', ...args]);

/** `subterfuge resume`: the rest of a run, nothing where all of it is there. */
export const resumed = async (run: string, args: readonly string[]): Promise<Evaluation> =>
  await evaluationOf(['resume', run, ...args]);
