import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('./cli-entry.ts', import.meta.url));

const { PATH, TMPDIR, NODE_COMPILE_CACHE } = process.env;
/** What a process needs of this machine. Says nothing about the person at it. */
export const MACHINE: NodeJS.ProcessEnv = {
  PATH,
  ...(TMPDIR !== undefined && { TMPDIR }),
  ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }),
};

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd: string;
  /** Added to a minimal environment: no key of the machine reaches a test. */
  readonly env?: Readonly<Record<string, string>>;
  /** A channel between the two processes, as a sweep has it to its runs. Nothing is sent. */
  readonly channel?: boolean;
  /** Called with the process once it runs. */
  readonly onStart?: (child: ChildProcess) => void;
}

/** Runs the command line from source in a process of its own. */
export const cli = (args: readonly string[], options: CliOptions): Promise<CliResult> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY, ...args], {
      cwd: options.cwd,
      env: { ...MACHINE, HOME: options.cwd, NODE_NO_WARNINGS: '1', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', ...(options.channel === true ? ['ipc' as const] : [])],
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    options.onStart?.(child);
  });
