import type { Inode } from './guest-inode.ts';

/** How `ls` writes modes, sizes and times. */
export interface Shown {
  readonly inode: Inode;
  readonly name: string;
  readonly size: string;
  readonly time: string;
}

const HALF_YEAR_MS = 15_778_476_000;
const BLOCK_BYTES = 4_096;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `drwxr-xr-x`. */
export const modeText = (inode: Inode): string => {
  const { mode, kind } = inode;
  const type = kind === 'directory' ? 'd' : kind === 'symlink' ? 'l' : inode.device ? 'c' : '-';
  const triple = (shift: number, special: boolean, letter: string): string => {
    const bits = mode >> shift;
    const runs = (bits & 1) !== 0;
    const last = special ? (runs ? letter : letter.toUpperCase()) : runs ? 'x' : '-';
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${last}`;
  };
  return (
    type +
    triple(6, (mode & 0o4000) !== 0, 's') +
    triple(3, (mode & 0o2000) !== 0, 's') +
    triple(0, (mode & 0o1000) !== 0, 't')
  );
};

const bytesOf = (inode: Inode): number =>
  inode.kind === 'file' ? inode.bytes.length : inode.kind === 'symlink' ? Buffer.byteLength(inode.target) : BLOCK_BYTES;

/** As GNU writes it: rounded up, one decimal below ten. */
const human = (bytes: number): string => {
  let value = bytes;
  let unit = '';
  for (const next of 'KMGT') {
    if (value < 1_024) break;
    value /= 1_024;
    unit = next;
  }
  if (unit === '') return String(value);
  const tenths = Math.ceil(value * 10) / 10;
  return tenths < 10 ? `${tenths.toFixed(1)}${unit}` : `${Math.ceil(value)}${unit}`;
};

export const sizeText = (inode: Inode, humanReadable: boolean): string =>
  humanReadable ? human(bytesOf(inode)) : String(bytesOf(inode));

export const totalBlocks = (items: readonly { readonly inode: Inode }[], humanReadable: boolean): string => {
  const blocks = items.map(({ inode }) => (inode.kind === 'symlink' ? 0 : Math.ceil(bytesOf(inode) / BLOCK_BYTES)));
  const bytes = blocks.reduce((sum, count) => sum + count, 0) * BLOCK_BYTES;
  return humanReadable ? human(bytes) : String(bytes / 1_024);
};

const two = (value: number): string => String(value).padStart(2, '0');

export const timeText = (ms: number, nowMs: number, style: string): string => {
  const at = new Date(ms);
  const parts: Readonly<Record<string, string>> = {
    Y: String(at.getUTCFullYear()),
    m: two(at.getUTCMonth() + 1),
    d: two(at.getUTCDate()),
    e: String(at.getUTCDate()).padStart(2),
    b: MONTHS[at.getUTCMonth()] ?? '',
    H: two(at.getUTCHours()),
    M: two(at.getUTCMinutes()),
    S: two(at.getUTCSeconds()),
    s: String(Math.floor(ms / 1_000)),
    N: `${String(((ms % 1_000) + 1_000) % 1_000).padStart(3, '0')}000000`,
    z: '+0000',
    '%': '%',
  };
  const write = (format: string): string =>
    format
      .replaceAll('%F', '%Y-%m-%d')
      .replaceAll('%T', '%H:%M:%S')
      .replace(/%(.)/g, (whole, letter: string) => parts[letter] ?? whole);
  const recent = ms <= nowMs && nowMs - ms < HALF_YEAR_MS;
  if (style.startsWith('+')) return write(style.slice(1));
  if (style === 'full-iso') return write('%F %T.%N %z');
  if (style === 'long-iso') return write('%F %H:%M');
  if (style === 'iso') return write(recent ? '%m-%d %H:%M' : '%F ');
  return write(recent ? '%b %e %H:%M' : '%b %e  %Y');
};

const linksOf = (inode: Inode): number =>
  inode.kind === 'directory'
    ? 2 + [...inode.children.values()].filter((child) => child.kind === 'directory').length
    : Math.max(1, inode.links);

/** All lines of one listing, in columns. */
export const longLine = (lines: readonly Shown[], has: (letter: string) => boolean): string => {
  const owner = has('n') ? '0' : 'root';
  const rows = lines.map((line) => ({
    ...line,
    links: String(linksOf(line.inode)),
    number: String(line.inode.number),
  }));
  const wide = (of: (row: (typeof rows)[number]) => string): number =>
    rows.reduce((most, row) => Math.max(most, of(row).length), 0);
  const [links, size, number] = [wide((row) => row.links), wide((row) => row.size), wide((row) => row.number)];
  return rows
    .map((row) =>
      [
        ...(has('i') ? [row.number.padStart(number)] : []),
        modeText(row.inode),
        row.links.padStart(links),
        ...(has('g') ? [] : [owner]),
        ...(has('o') ? [] : [owner]),
        row.size.padStart(size),
        row.time,
        row.inode.kind === 'symlink' ? `${row.name} -> ${row.inode.target}` : row.name,
      ].join(' '),
    )
    .map((line) => `${line}\n`)
    .join('');
};
