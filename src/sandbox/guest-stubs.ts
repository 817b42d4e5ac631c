import { relative } from 'node:path/posix';
import { type Command, defineCommand, type ExecResult, latin1FromBytes, type ResolvedCommandContext } from 'just-bash';
import { guestRandom } from './guest-clock.ts';
import { GuestFsError } from './guest-errors.ts';
import type { GuestFs } from './guest-fs.ts';
import { nowRunning, SHELL_PID } from './running.ts';

/** Small commands that a shell's user expects and just-bash lacks. The guest is root, without root's right to pass modes by. */

type Run = (args: readonly string[], context: ResolvedCommandContext) => ExecResult | Promise<ExecResult>;

const said = (stdout: string): ExecResult => ({ stdout, stderr: '', exitCode: 0 });
const failed = (stderr: string, exitCode = 1): ExecResult => ({ stdout: '', stderr, exitCode });
const isOption = (arg: string): boolean => arg.startsWith('-') && arg !== '-';

/** `act` on each operand; refusals of the file system become lines of stderr. */
const forEach = (
  operands: readonly string[],
  say: (shown: string) => string,
  act: (shown: string) => string,
): ExecResult => {
  let [stdout, stderr] = ['', ''];
  for (const shown of operands)
    try {
      stdout += act(shown);
    } catch (thrown) {
      if (!(thrown instanceof GuestFsError)) throw thrown;
      stderr += `${say(shown)}: ${thrown.reason}\n`;
    }
  return { stdout, stderr, exitCode: stderr === '' ? 0 : 1 };
};

const id: Run = (args) => {
  const [user] = args.filter((arg) => !isOption(arg));
  if (user !== undefined && user !== 'root') return failed(`id: '${user}': no such user\n`);
  const letters = args.filter(isOption).join('').replaceAll('-', '');
  if (!/[ugG]/.test(letters)) return said('uid=0(root) gid=0(root) groups=0(root)\n');
  return said(letters.includes('n') ? 'root\n' : '0\n');
};

const UNAME = { s: 'Linux', n: 'localhost', r: '6.1.0', v: '#1 SMP', m: 'x86_64', o: 'GNU/Linux' } as const;
const UNAME_LONG: Readonly<Record<string, string>> = {
  '--all': 'a',
  '--kernel-name': 's',
  '--nodename': 'n',
  '--kernel-release': 'r',
  '--kernel-version': 'v',
  '--machine': 'm',
  '--operating-system': 'o',
};
const uname: Run = (args) => {
  const letters = args.map((arg) => UNAME_LONG[arg] ?? arg.replace(/^-/, '')).join('') || 's';
  if (!/^[asnrvmopi]+$/.test(letters)) return failed(`uname: extra operand '${args[0]}'\n`);
  const chosen = Object.entries(UNAME).filter(([letter]) => letters.includes('a') || letters.includes(letter));
  return said(`${chosen.map(([, text]) => text).join(' ') || 'unknown'}\n`);
};

const MAX_PATH = 4_096;
const NAME_CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const TRIES = 100;

const mktemp: Run = (args, context) => {
  const { fs } = nowRunning();
  let folder: string | undefined;
  let suffix = '';
  let template: string | undefined;
  let [makesFolder, dry] = [false, false];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (!isOption(arg)) template = arg;
    else if (arg === '--directory') makesFolder = true;
    else if (arg === '--dry-run') dry = true;
    else if (arg.startsWith('--tmpdir')) folder = arg.slice('--tmpdir='.length) || '/tmp';
    else if (arg.startsWith('--suffix=')) suffix = arg.slice('--suffix='.length);
    else if (!arg.startsWith('--'))
      for (const letter of arg.slice(1)) {
        if (letter === 'd') makesFolder = true;
        if (letter === 'u') dry = true;
        if (letter === 't') folder ??= '/tmp';
        if (letter === 'p') folder = rest.shift() ?? '/tmp';
      }
  }
  const inTmp = template === undefined ? (folder ?? context.env.get('TMPDIR') ?? '/tmp') : folder;
  const pattern = (inTmp === undefined ? '' : `${inTmp}/`) + (template ?? 'tmp.XXXXXXXXXX') + suffix;
  const match = /^(.*?)(X{3,})([^X/]*)$/s.exec(pattern);
  if (match === null) return failed(`mktemp: too few X's in template '${template ?? pattern}'\n`);
  const [, before = '', letters = '', after = ''] = match;
  const kind = makesFolder ? 'directory' : 'file';
  return forEach(
    [pattern],
    (shown) => `mktemp: failed to create ${kind} via template '${shown}'`,
    () => {
      for (let i = 0; i < TRIES; i++) {
        const name = Array.from(letters, () => NAME_CHARACTERS[Math.floor(guestRandom() * NAME_CHARACTERS.length)]);
        const shown = before + name.join('') + after;
        const path = fs.resolvePath(context.cwd, shown);
        if (fs.lookup(path, false, 'open').inode !== undefined) continue;
        if (dry) return `${shown}\n`;
        if (makesFolder) fs.mkdirSyncAt(path, false);
        else fs.writeSync(path, new Uint8Array(0));
        fs.chmodSync(path, makesFolder ? 0o700 : 0o600);
        return `${shown}\n`;
      }
      throw new GuestFsError('EEXIST', 'open', pattern);
    },
  );
};

/** What of the path exists is followed, the rest taken as written. */
const loosePath = (fs: GuestFs, path: string): string => {
  if (path.length > MAX_PATH) throw new GuestFsError('ENAMETOOLONG', 'realpath', path);
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    try {
      return fs.resolvePath(fs.lookup(path.slice(0, end), true, 'realpath').path, path.slice(end + 1));
    } catch (thrown) {
      if (!(thrown instanceof GuestFsError) || thrown.code !== 'ENOENT') throw thrown;
    }
  return fs.resolvePath('/', path);
};

const realpath: Run = (args, context) => {
  const { fs } = nowRunning();
  const options = args.filter(isOption);
  const operands = args.filter((arg) => !isOption(arg));
  if (operands.length === 0) return failed('realpath: missing operand\n');
  const has = (letter: string, long: string): boolean =>
    options.some((arg) => arg === long || (!arg.startsWith('--') && arg.includes(letter)));
  const base = options.find((arg) => arg.startsWith('--relative-to='));
  const absolute = (shown: string): string => (shown.startsWith('/') ? shown : `${context.cwd}/${shown}`);
  const result = forEach(
    operands,
    (shown) => `realpath: ${shown}`,
    (shown) => {
      const path = absolute(shown);
      if (shown === '') throw new GuestFsError('ENOENT', 'realpath', shown);
      const real = has('m', '--canonicalize-missing')
        ? loosePath(fs, path)
        : has('e', '--canonicalize-existing')
          ? fs.existing(path, true, 'realpath').path
          : fs.lookup(path, true, 'realpath').path;
      const relativeTo = base === undefined ? null : loosePath(fs, absolute(base.slice('--relative-to='.length)));
      return `${relativeTo === null ? real : relative(relativeTo, real) || '.'}\n`;
    },
  );
  return has('q', '--quiet') ? { ...result, stderr: '' } : result;
};

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  K: 1_024,
  M: 1_048_576,
  G: 1_073_741_824,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
};

const truncate: Run = (args, context) => {
  const { fs } = nowRunning();
  const operands: string[] = [];
  let size: string | undefined;
  let create = true;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '-s' || arg === '--size') size = rest.shift();
    else if (arg.startsWith('--size=')) size = arg.slice('--size='.length);
    else if (/^-s./.test(arg)) size = arg.slice(2);
    else if (arg === '-c' || arg === '--no-create') create = false;
    else if (isOption(arg)) return failed(`truncate: unrecognized option '${arg}'\n`);
    else operands.push(arg);
  }
  if (size === undefined) return failed("truncate: you must specify either '--size' or '--reference'\n");
  const match = /^([+-]?)(\d+)([KMG]B?|)$/.exec(size);
  if (match === null) return failed(`truncate: Invalid number: '${size}'\n`);
  if (operands.length === 0) return failed('truncate: missing file operand\n');
  const amount = Number(match[2]) * (UNITS[match[3] ?? ''] ?? 1);
  return forEach(
    operands,
    (shown) => `truncate: cannot open '${shown}' for writing`,
    (shown) => {
      const path = fs.resolvePath(context.cwd, shown);
      const { inode } = fs.lookup(path, true, 'open');
      if (inode === undefined && !create) return '';
      const bytes = inode?.kind === 'file' ? inode.bytes : new Uint8Array(0);
      const target = match[1] === '+' ? bytes.length + amount : match[1] === '-' ? bytes.length - amount : amount;
      // Before the host makes room for it.
      if (target > fs.diskBytes) throw new GuestFsError('ENOSPC', 'open', path);
      const next = new Uint8Array(Math.max(0, target));
      next.set(bytes.subarray(0, next.length));
      fs.writeSync(path, next);
      return '';
    },
  );
};

/** just-bash's shows variables that are not exported too. */
const env: Run = (args, context) => {
  if (args.length > 0 && context.origCommand !== undefined) return context.origCommand([...args]);
  return said(
    Object.entries(context.exportedEnv ?? {})
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
};

/** There is no terminal to stop at. */
const pager: Run = (args, context) => {
  if (context.exec === undefined) return failed('cannot run commands here\n', 127);
  return context.exec('cat', {
    cwd: context.cwd,
    args: args.filter((arg) => !isOption(arg) && !arg.startsWith('+')),
    stdin: latin1FromBytes(context.stdin),
    stdinKind: 'bytes',
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  });
};

/** Background jobs have ended before anything could be sent to them. */
const kill: Run = (args) => {
  if (args[0] === '-l' || args[0] === '-L') return said('HUP INT QUIT KILL TERM STOP CONT\n');
  const operands = args.filter((arg, i) => !isOption(arg) && !(i > 0 && args[i - 1] === '-s'));
  if (operands.length === 0)
    return failed('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n', 2);
  const shell = String(SHELL_PID);
  if (operands.every((pid) => pid === shell))
    return args[0] === '-0' ? said('') : failed(`bash: kill: (${shell}) - Operation not permitted\n`);
  return failed(
    operands
      .filter((pid) => pid !== shell)
      .map((pid) =>
        /^-?\d+$/.test(pid) ? `bash: kill: (${pid}) - No such process\n` : `bash: kill: ${pid}: no such job\n`,
      )
      .join(''),
  );
};

/** Only the trap on EXIT can come to pass here. */
const trap: Run = (args) => {
  const run = nowRunning();
  const rest = args[0] === '--' ? args.slice(1) : [...args];
  const [action, ...signals] = rest;
  if (action === undefined || action === '-p')
    return said(run.exitTrap === null ? '' : `trap -- '${run.exitTrap.replaceAll("'", `'\\''`)}' EXIT\n`);
  if (action === '-l') return said('');
  const [on, code] =
    signals.length === 0 ? [[action], null] : [signals, action === '-' || action === '' ? null : action];
  if (on.some((signal) => /^(?:EXIT|0)$/i.test(signal))) run.exitTrap = code;
  return said('');
};

const COMMANDS: Readonly<Record<string, Run>> = {
  id,
  whoami: () => said('root\n'),
  uname,
  mktemp,
  realpath,
  truncate,
  env,
  less: pager,
  more: pager,
  kill,
  trap,
};

export const STUB_COMMANDS: readonly Command[] = Object.entries(COMMANDS).map(([name, run]) =>
  defineCommand(name, async (args, context) => run(args, context)),
);

/** Each has a file in /bin: just-bash finds a command by its path, a shell's own ones too. */
export const STUB_FILES: readonly string[] = Object.keys(COMMANDS);
