import { type Command, defineCommand, type ExecResult } from 'just-bash';
import { GuestFsError, shellMessage } from './guest-errors.ts';
import type { GuestFs } from './guest-fs.ts';
import type { Inode, InodeFile } from './guest-inode.ts';
import { nowRunning } from './running.ts';

/** just-bash's `sed` and `xargs`, with options that they do not know, or silently get wrong, written as they know them. */

interface SedCall {
  readonly args: readonly string[];
  readonly suffix: string | null;
  readonly files: readonly string[];
}

const SED_LONG: Readonly<Record<string, string>> = {
  '--quiet': '-n',
  '--silent': '-n',
  '--regexp-extended': '-E',
  '--separate': '-s',
};

const sedCall = (given: readonly string[]): SedCall => {
  const args: string[] = [];
  const operands: string[] = [];
  const rest = [...given];
  let suffix: string | null = null;
  let scripted = false;
  let inPlace = false;
  const script = (option: '-e' | '-f', text: string | undefined): void => {
    scripted = true;
    args.push(option, ...(text === undefined ? [] : [text]));
  };
  const cluster = (letters: string): void => {
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i];
      const tail = letters.slice(i + 1);
      // What follows `i` in the same word is the suffix, as in GNU's: `-ie` keeps a copy called `fe`.
      if (letter === 'i') {
        inPlace = true;
        suffix = tail === '' ? suffix : tail;
        return;
      }
      if (letter === 'e' || letter === 'f') {
        script(`-${letter}`, tail === '' ? rest.shift() : tail);
        return;
      }
      if (letter !== 's') args.push(`-${letter}`);
    }
  };
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      operands.push(...rest.splice(0));
    } else if (!arg.startsWith('-') || arg === '-') operands.push(arg);
    else if (!arg.startsWith('--')) cluster(arg.slice(1));
    else if (arg === '--in-place' || arg.startsWith('--in-place=')) {
      inPlace = true;
      suffix = arg.slice('--in-place='.length) || suffix;
    } else if (arg.startsWith('--expression=')) script('-e', arg.slice('--expression='.length));
    else if (arg.startsWith('--file=')) script('-f', arg.slice('--file='.length));
    else if (arg === '--expression' || arg === '--file') script(arg === '--file' ? '-f' : '-e', rest.shift());
    else if (SED_LONG[arg] !== '-s') args.push(SED_LONG[arg] ?? arg);
  }
  if (inPlace) args.push('-i');
  return { args: [...args, ...operands], suffix, files: inPlace ? operands.slice(scripted ? 0 : 1) : [] };
};

const backupPath = (path: string, suffix: string): string => {
  const slash = path.lastIndexOf('/') + 1;
  const base = path.slice(slash);
  const name = suffix.includes('*') ? suffix.replaceAll('*', base) : base + suffix;
  return name.includes('/') ? name : path.slice(0, slash) + name;
};

const fileAt = (fs: GuestFs, path: string): InodeFile | null => {
  try {
    const inode: Inode | undefined = fs.lookup(path, true, 'open').inode;
    return inode?.kind === 'file' ? inode : null;
  } catch (thrown) {
    if (thrown instanceof GuestFsError) return null;
    throw thrown;
  }
};

const unavailable = (name: string): ExecResult => ({ stdout: '', stderr: `${name}: not available\n`, exitCode: 127 });

/** just-bash's writes no backup for `-i.bak`. */
const sed: Command = defineCommand('sed', async (given, context) => {
  if (context.origCommand === undefined) return unavailable('sed');
  const { args, suffix, files } = sedCall(given);
  if (suffix === null) return context.origCommand([...args]);
  const { fs } = nowRunning();
  const before = files.flatMap((shown) => {
    const inode = fileAt(fs, fs.resolvePath(context.cwd, shown));
    return inode === null ? [] : [{ shown, inode, bytes: inode.bytes, mtimeMs: inode.mtimeMs }];
  });
  const result = await context.origCommand([...args]);
  let { stderr, exitCode } = result;
  for (const { shown, inode, bytes, mtimeMs } of before) {
    // Content is never changed in place: the same bytes mean that it was not written.
    if (inode.bytes === bytes) continue;
    const backup = backupPath(shown, suffix);
    const path = fs.resolvePath(context.cwd, backup);
    try {
      fs.writeSync(path, bytes);
      const copy = fileAt(fs, path);
      if (copy !== null) Object.assign(copy, { mode: inode.mode, mtimeMs });
    } catch (thrown) {
      if (!(thrown instanceof GuestFsError)) throw thrown;
      // Without its backup the edit does not happen either.
      fs.writeSync(fs.resolvePath(context.cwd, shown), bytes);
      inode.mtimeMs = mtimeMs;
      stderr += `sed: cannot rename ${shellMessage(thrown, context.cwd)}\n`;
      exitCode = 4;
    }
  }
  return { ...result, stderr, exitCode };
});

const XARGS_VALUED: Readonly<Record<string, string>> = {
  '--replace': 'I',
  '--max-args': 'n',
  '--max-procs': 'P',
  '--delimiter': 'd',
};

/** just-bash's takes no attached values, and splits at blanks under `-I`, where lines are meant. */
const xargs: Command = defineCommand('xargs', async (given, context) => {
  if (context.origCommand === undefined) return unavailable('xargs');
  const options: string[] = [];
  const rest = [...given];
  let replaces = false;
  let delimited = false;
  const take = (letter: string, value: string | undefined): void => {
    replaces ||= letter === 'I';
    delimited ||= letter === 'd' || letter === '0';
    options.push(`-${letter}`, ...(value === undefined ? [] : [value]));
  };
  while (rest[0]?.startsWith('-') === true) {
    const arg = rest.shift() ?? '';
    if (arg === '--') break;
    const [name = '', value] = arg.startsWith('--') ? arg.split(/=(.*)/s, 2) : [];
    const valued = XARGS_VALUED[name];
    if (arg === '--null') take('0', undefined);
    else if (valued !== undefined) take(valued, value ?? (valued === 'I' ? '{}' : rest.shift()));
    else if (arg.startsWith('--')) options.push(arg);
    else
      for (let i = 1; i < arg.length; i++) {
        const letter = arg[i] ?? '';
        const tail = arg.slice(i + 1);
        if (letter === 'i') take('I', tail === '' ? '{}' : tail);
        else if ('InPd'.includes(letter)) take(letter, tail === '' ? rest.shift() : tail);
        else take(letter, undefined);
        if ('iInPd'.includes(letter)) break;
      }
  }
  if (replaces && !delimited) options.push('-d', '\\n');
  return context.origCommand([...options, ...rest]);
});

export const OPTION_COMMANDS: readonly Command[] = [sed, xargs];
