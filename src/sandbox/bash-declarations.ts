/**
 * Reads what bash's `declare -p` prints: the variables of a shell. It comes from the guest, who may print anything there: what is not of that
 * form is no state at all (null), and never an exception.
 */

export interface ShellVariable {
  readonly name: string;
  readonly value: string;
  readonly exported: boolean;
}

const HEAD = /declare -([-A-Za-z]+) ([A-Za-z_]\w*)(=|\n)/y;
/** Each piece of a quoted word, or of an array. Latin-1: one character is one byte. */
const DOUBLE = /"((?:[^"\\]|\\[\s\S])*)"/y;
const ANSI = /\$'((?:[^'\\]|\\[\s\S])*)'/y;
const ARRAY = /\((?:[^"'()$\\]|"(?:[^"\\]|\\[\s\S])*"|\$'(?:[^'\\]|\\[\s\S])*'|\$(?!'))*\)/y;
const ESCAPE = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([\s\S]))/g;
const CONTROL: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** Scalars with a value, in the order of the listing. Arrays are left out, and so are values that are not UTF-8. */
export const readDeclarations = (listing: Uint8Array): readonly ShellVariable[] | null => {
  const text = Buffer.from(listing.buffer, listing.byteOffset, listing.byteLength).toString('latin1');
  const out: ShellVariable[] = [];
  let at = 0;
  while (at < text.length) {
    const head = matchAt(HEAD, text, at);
    if (head === null) return null;
    const [whole, flags = '', name = '', separator] = head;
    at += whole.length;
    if (separator === '\n') continue;
    const word = wordAt(text, at);
    if (word === null || text[at + word.length] !== '\n') return null;
    at += word.length + 1;
    const value = word.bytes === null || /[aAn]/.test(flags) ? null : utf8(word.bytes);
    if (value !== null) out.push({ name, value, exported: flags.includes('x') });
  }
  return out;
};

/** A quoted word. `bytes` null: an array. */
const wordAt = (text: string, at: number): { readonly length: number; readonly bytes: string | null } | null => {
  const double = matchAt(DOUBLE, text, at);
  if (double !== null) return { length: double[0].length, bytes: (double[1] ?? '').replace(/\\([\\"$`])/g, '$1') };
  const ansi = matchAt(ANSI, text, at);
  if (ansi !== null) return { length: ansi[0].length, bytes: (ansi[1] ?? '').replace(ESCAPE, unescaped) };
  const array = matchAt(ARRAY, text, at);
  return array === null ? null : { length: array[0].length, bytes: null };
};

const unescaped = (_all: string, octal?: string, hex?: string, other = ''): string => {
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  return CONTROL[other] ?? other;
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const utf8 = (bytes: string): string | null => {
  try {
    return decoder.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    // Not text: no record could hold it.
    return null;
  }
};

/** One word for bash, whatever is in it. A zero byte cannot be in a variable. */
export const quoted = (value: string): string => `'${value.replaceAll('\0', '').replaceAll("'", "'\\''")}'`;
