import {
  type CustomCommand,
  defineCommand,
  type ExecResult,
  latin1FromBytes,
  type ResolvedCommandContext,
} from 'just-bash';
import { GuestFsError } from './guest-errors.ts';
import { ls } from './guest-ls.ts';
import { OPTION_COMMANDS } from './guest-options.ts';
import { pythonCommand } from './guest-python.ts';
import { STUB_COMMANDS } from './guest-stubs.ts';
import { type Alarm, nowRunning } from './running.ts';

/** Commands of ours that take the place of just-bash's, each for a reason given here or where it is defined. */

const failed = (stderr: string, exitCode = 1): ExecResult => ({ stdout: '', stderr, exitCode });

const DURATION = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/;
const UNIT_MS: Readonly<Record<string, number>> = { '': 1_000, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const durationMs = (text: string): number | null => {
  const match = DURATION.exec(text);
  return match === null ? null : Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? 1_000);
};

/** just-bash's waits for real time; the guest's clock only moves when the guest sleeps. */
const timeout = defineCommand('timeout', async (args, context) => {
  const rest = [...args];
  while (rest[0]?.startsWith('-') === true) {
    const option = rest.shift();
    if (option === '-k' || option === '-s' || option === '--kill-after' || option === '--signal') rest.shift();
  }
  const duration = rest.shift();
  const [command, ...operands] = rest;
  if (duration === undefined || command === undefined) return failed('timeout: missing operand\n', 125);
  const ms = durationMs(duration);
  if (ms === null) return failed(`timeout: invalid time interval '${duration}'\n`, 125);
  if (context.exec === undefined) return failed('timeout: cannot run commands here\n', 125);
  const run = nowRunning();
  const alarm: Alarm = run.setAlarm(ms);
  try {
    const result = await context.exec(`'${command.replaceAll("'", `'\\''`)}'`, {
      cwd: context.cwd,
      args: operands,
      stdin: latin1FromBytes(context.stdin),
      stdinKind: 'bytes',
      signal: alarm.signal,
    });
    if (alarm.fired()) return { ...result, stderr: '', exitCode: 124 };
    return result;
  } finally {
    run.clearAlarm(alarm);
  }
});

/** just-bash's `rm -f` says nothing, and exits 0, when the file system refuses. */
const rm = defineCommand('rm', async (args, context) => {
  const { fs } = nowRunning();
  const options = new Set<string>();
  const operands: string[] = [];
  let optionsEnded = false;
  for (const arg of args) {
    if (optionsEnded || !arg.startsWith('-') || arg === '-') operands.push(arg);
    else if (arg === '--') optionsEnded = true;
    else if (LONG[arg] !== undefined) options.add(LONG[arg]);
    else if (/^-[rRfvdiI]+$/.test(arg)) for (const letter of arg.slice(1)) options.add(letter === 'R' ? 'r' : letter);
    else return failed(`rm: unrecognized option '${arg}'\nTry 'rm --help' for more information.\n`);
  }
  if (operands.length === 0 && !options.has('f'))
    return failed("rm: missing operand\nTry 'rm --help' for more information.\n");
  let stdout = '';
  let stderr = '';
  const refuse = (shown: string, thrown: unknown): void => {
    if (!(thrown instanceof GuestFsError)) throw thrown;
    if (thrown.code !== 'ENOENT' || !options.has('f')) stderr += `rm: cannot remove '${shown}': ${thrown.reason}\n`;
  };
  const remove = (path: string, shown: string): boolean => {
    try {
      const { inode } = fs.existing(path, false, 'unlink');
      if (inode.kind === 'directory') {
        if (!options.has('r') && !options.has('d')) throw new GuestFsError('EISDIR', 'unlink', path);
        let emptied = true;
        if (options.has('r'))
          for (const name of [...inode.children.keys()])
            emptied = remove(path === '/' ? `/${name}` : `${path}/${name}`, `${shown}/${name}`) && emptied;
        if (!emptied) return false;
      }
      fs.removeSync(path, false);
      if (options.has('v')) stdout += `removed '${shown}'\n`;
      return true;
    } catch (thrown) {
      refuse(shown, thrown);
      return false;
    }
  };
  for (const shown of operands) {
    const path = fs.resolvePath(context.cwd, shown);
    if (path === '/') stderr += "rm: it is dangerous to operate recursively on '/'\n";
    else if (/(^|\/)\.\.?\/*$/.test(shown))
      stderr += `rm: refusing to remove '.' or '..' directory: skipping '${shown}'\n`;
    else remove(path, shown.replace(/\/+$/, ''));
  }
  return { stdout, stderr, exitCode: stderr === '' ? 0 : 1 };
});
const LONG: Readonly<Record<string, string>> = {
  '--recursive': 'r',
  '--force': 'f',
  '--verbose': 'v',
  '--dir': 'd',
};

const UNPINNED_SQL = /random|current_|now|julianday|unixepoch/i;

/** SQLite runs in a thread of just-bash's own, where clock and dice are the host's. */
const sqlite3 = defineCommand('sqlite3', async (args, context: ResolvedCommandContext) => {
  if (UNPINNED_SQL.test(args.join(' ')) || UNPINNED_SQL.test(latin1FromBytes(context.stdin)))
    nowRunning().repeatable = false;
  return context.origCommand === undefined ? failed('sqlite3: not available\n', 127) : context.origCommand(args);
});

export const GUEST_COMMANDS: readonly CustomCommand[] = [
  pythonCommand('python3'),
  pythonCommand('python'),
  timeout,
  rm,
  sqlite3,
  ls,
  ...OPTION_COMMANDS,
  ...STUB_COMMANDS,
];

/** `sleep` takes no time: it moves the guest's clock, as far as the next deadline. */
export const guestSleep = async (ms: number): Promise<void> => nowRunning().sleep(ms);
