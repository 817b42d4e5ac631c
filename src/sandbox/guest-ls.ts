import { type Command, defineCommand, type ExecResult } from 'just-bash';
import { guestNowMs } from './guest-clock.ts';
import { GuestFsError } from './guest-errors.ts';
import type { Inode, InodeDirectory } from './guest-inode.ts';
import { may } from './guest-lookup.ts';
import { longLine, type Shown, sizeText, timeText, totalBlocks } from './guest-ls-format.ts';
import { nowRunning } from './running.ts';

/** just-bash's `ls` shows one mode for every file and follows every link; modes are enforced here, so they must show. */

const OUTPUT_CHARACTERS = 4_194_304;
const LETTERS = 'aAdFhlrRStUf1nogipsLHcuCxmqNvGkwB';
const LONG: Readonly<Record<string, string>> = {
  '--all': 'a',
  '--almost-all': 'A',
  '--directory': 'd',
  '--classify': 'F',
  '--human-readable': 'h',
  '--reverse': 'r',
  '--recursive': 'R',
  '--inode': 'i',
  '--size': 's',
  '--numeric-uid-gid': 'n',
  '--no-group': 'o',
  '--dereference': 'L',
};
const IGNORED = /^--(?:color|hyperlink|quoting-style|width|format=single-column|literal)(?:=.*)?$/;

interface Asked {
  readonly options: ReadonlySet<string>;
  readonly timeStyle: string;
  readonly foldersFirst: boolean;
  readonly operands: readonly string[];
}

const failed = (stderr: string): ExecResult => ({ stdout: '', stderr, exitCode: 2 });
const HINT = "Try 'ls --help' for more information.\n";

const parse = (args: readonly string[]): Asked | string => {
  const options = new Set<string>();
  const operands: string[] = [];
  let timeStyle = 'locale';
  let foldersFirst = false;
  let optionsEnded = false;
  for (const arg of args) {
    if (optionsEnded || !arg.startsWith('-') || arg === '-') operands.push(arg);
    else if (arg === '--') optionsEnded = true;
    else if (arg === '--group-directories-first') foldersFirst = true;
    else if (arg === '--full-time') {
      timeStyle = 'full-iso';
      options.add('l');
    } else if (arg.startsWith('--time-style=')) timeStyle = arg.slice('--time-style='.length);
    else if (arg.startsWith('--sort=')) options.add({ size: 'S', time: 't', none: 'U' }[arg.slice(7)] ?? 'v');
    else if (LONG[arg] !== undefined) options.add(LONG[arg]);
    else if (arg.startsWith('--')) {
      if (!IGNORED.test(arg)) return `ls: unrecognized option '${arg}'\n${HINT}`;
    } else
      for (const letter of arg.slice(1)) {
        if (!LETTERS.includes(letter)) return `ls: invalid option -- '${letter}'\n${HINT}`;
        options.add(letter);
      }
  }
  for (const letter of 'nog') if (options.has(letter)) options.add('l');
  if (options.has('f')) options.add('a').add('U');
  return { options, timeStyle, foldersFirst, operands: operands.length === 0 ? ['.'] : operands };
};

interface Listed {
  readonly shown: string;
  readonly inode: Inode;
}

interface Folder {
  readonly shown: string;
  readonly inode: InodeDirectory;
  readonly parent: InodeDirectory;
}

/** What one call of `ls` prints. */
class Listing {
  stdout = '';
  stderr = '';
  exitCode = 0;
  readonly #asked: Asked;

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  has(letter: string): boolean {
    return this.#asked.options.has(letter);
  }

  complain(text: string, exitCode: number): void {
    this.stderr += `ls: ${text}\n`;
    this.exitCode = Math.max(this.exitCode, exitCode);
  }

  full(): boolean {
    if (this.stdout.length <= OUTPUT_CHARACTERS) return false;
    nowRunning().limit ??= 'output_size';
    return true;
  }

  sorted(items: readonly Listed[]): Listed[] {
    const out = [...items];
    if (!this.has('U')) {
      out.sort((a, b) => (a.shown < b.shown ? -1 : a.shown > b.shown ? 1 : 0));
      if (this.has('S')) out.sort((a, b) => sizeOf(b.inode) - sizeOf(a.inode));
      else if (this.has('t')) out.sort((a, b) => b.inode.mtimeMs - a.inode.mtimeMs);
      if (this.has('r')) out.reverse();
    }
    if (this.#asked.foldersFirst)
      out.sort((a, b) => Number(b.inode.kind === 'directory') - Number(a.inode.kind === 'directory'));
    return out;
  }

  print(items: readonly Listed[], withTotal: boolean): void {
    const lines: Shown[] = items.map(({ shown, inode }) => ({
      inode,
      name: shown + this.#indicator(inode),
      size: sizeText(inode, this.has('h')),
      time: timeText(inode.mtimeMs, guestNowMs(), this.#asked.timeStyle),
    }));
    if (withTotal && (this.has('l') || this.has('s'))) this.stdout += `total ${totalBlocks(items, this.has('h'))}\n`;
    if (this.has('l')) this.stdout += longLine(lines, (letter) => this.has(letter));
    else
      for (const { inode, name } of lines)
        this.stdout += `${this.has('i') ? `${inode.number} ` : ''}${this.has('s') ? `${totalBlocks([{ inode }], this.has('h'))} ` : ''}${name}\n`;
  }

  folder({ shown, inode, parent }: Folder): Folder[] {
    if (!may(inode, 'r')) {
      this.complain(`cannot open directory '${shown}': Permission denied`, 2);
      return [];
    }
    const names = [...inode.children].filter(([name]) => this.has('a') || this.has('A') || !name.startsWith('.'));
    const items = names.map(([name, child]) => ({ shown: name, inode: child }));
    if (this.has('a') && !this.has('A')) items.push({ shown: '.', inode }, { shown: '..', inode: parent });
    if (!may(inode, 'x') && this.has('l')) {
      for (const [name] of names) this.complain(`cannot access '${join(shown, name)}': Permission denied`, 1);
      return [];
    }
    const sorted = this.sorted(items);
    this.print(sorted, true);
    return sorted.flatMap((item): Folder[] =>
      item.inode.kind === 'directory' && item.shown !== '.' && item.shown !== '..'
        ? [{ shown: join(shown, item.shown), inode: item.inode, parent: inode }]
        : [],
    );
  }

  #indicator(inode: Inode): string {
    if (inode.kind === 'directory') return this.has('F') || this.has('p') ? '/' : '';
    if (!this.has('F')) return '';
    if (inode.kind === 'symlink') return this.has('l') ? '' : '@';
    return (inode.mode & 0o111) === 0 ? '' : '*';
  }
}

const join = (folder: string, name: string): string => (folder.endsWith('/') ? folder + name : `${folder}/${name}`);
const sizeOf = (inode: Inode): number => (inode.kind === 'file' ? inode.bytes.length : 0);

export const ls: Command = defineCommand('ls', async (args, context) => {
  if (args.includes('--help') && context.origCommand !== undefined) return context.origCommand(['--help']);
  const asked = parse(args);
  if (typeof asked === 'string') return failed(asked);
  const { fs } = nowRunning();
  const listing = new Listing(asked);
  const files: Listed[] = [];
  const folders: (Listed & { readonly parent: InodeDirectory })[] = [];
  const keepLinks = (['l', 'd', 'F'] as const).some((letter) => listing.has(letter)) && !listing.has('L');
  for (const shown of asked.operands) {
    const path = fs.resolvePath(context.cwd, shown);
    const find = (follow: boolean): { readonly inode: Inode; readonly parent: InodeDirectory } | GuestFsError => {
      try {
        return fs.existing(path, follow, 'ls');
      } catch (thrown) {
        if (thrown instanceof GuestFsError) return thrown;
        throw thrown;
      }
    };
    let found = find(!keepLinks || shown.endsWith('/'));
    // A link that leads nowhere is listed itself.
    if (found instanceof GuestFsError && found.code === 'ENOENT') found = find(false);
    if (found instanceof GuestFsError)
      listing.complain(`cannot access '${shown}': ${shown === '' ? 'No such file or directory' : found.reason}`, 2);
    else if (found.inode.kind === 'directory' && !listing.has('d'))
      folders.push({ shown, inode: found.inode, parent: found.parent });
    else files.push({ shown, inode: found.inode });
  }
  if (files.length > 0) listing.print(listing.sorted(files), false);
  const parents = new Map(folders.map((folder) => [folder.shown, folder.parent]));
  const pending = listing.sorted(folders).flatMap(({ shown, inode }): Folder[] => {
    const parent = parents.get(shown);
    return inode.kind === 'directory' && parent !== undefined ? [{ shown, inode, parent }] : [];
  });
  pending.reverse();
  const titled = asked.operands.length > 1 || listing.has('R');
  for (let next = pending.pop(); next !== undefined && !listing.full(); next = pending.pop()) {
    if (titled) listing.stdout += `${listing.stdout === '' ? '' : '\n'}${next.shown}:\n`;
    const inner = listing.folder(next);
    if (listing.has('R')) pending.push(...inner.reverse());
  }
  const { stdout, stderr, exitCode } = listing;
  return { stdout, stderr, exitCode };
});
