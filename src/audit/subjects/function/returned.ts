/**
 * What a grader returned, as one line of JSON: JSON has no NaN and no undefined, and an object may be endless. Only what decides a score
 * survives (audit/score.ts): one level of keys, text cut.
 */
export type Returned =
  | number
  | boolean
  | null
  | { readonly is: 'nan' | 'infinity' | '-infinity' | 'undefined' | 'function' | 'symbol' }
  | { readonly bigint: string }
  | { readonly text: string }
  | { readonly list: number }
  | { readonly keys: readonly (readonly [string, Returned])[] };

const MOST_TEXT = 2_000;
const MOST_KEYS = 100;

/** In the process of the grader. May throw what a getter throws. */
export const encodeReturned = (value: unknown, depth = 0): Returned => {
  switch (typeof value) {
    case 'number':
      if (Number.isFinite(value)) return value;
      return { is: Number.isNaN(value) ? 'nan' : value > 0 ? 'infinity' : '-infinity' };
    case 'boolean':
      return value;
    case 'string':
      return { text: value.slice(0, MOST_TEXT) };
    case 'bigint':
      return { bigint: String(value).slice(0, MOST_TEXT) };
    case 'object': {
      if (value === null) return null;
      if (Array.isArray(value)) return { list: value.length };
      const names = depth > 0 ? [] : Object.keys(value).slice(0, MOST_KEYS);
      return { keys: names.map((name) => [name, encodeReturned(Reflect.get(value, name), depth + 1)] as const) };
    }
    case 'undefined':
      return { is: 'undefined' };
    case 'function':
      return { is: 'function' };
    default:
      return { is: 'symbol' };
  }
};

const IS: Readonly<Record<Extract<Returned, { is: string }>['is'], unknown>> = {
  nan: Number.NaN,
  infinity: Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
  undefined: undefined,
  function: () => undefined,
  symbol: Symbol('of the grader'),
};

const isIs = (value: unknown): value is keyof typeof IS => typeof value === 'string' && Object.hasOwn(IS, value);

/** The same value on the host, as plain data. Throws where the line is not of this form: a grader may write there too. */
export const decodeReturned = (value: unknown): unknown => {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'object') {
    if ('is' in value && isIs(value.is)) return IS[value.is];
    if ('bigint' in value && typeof value.bigint === 'string') return BigInt(value.bigint);
    if ('text' in value && typeof value.text === 'string') return value.text;
    if ('list' in value && typeof value.list === 'number') return new Array<undefined>(value.list);
    if ('keys' in value && Array.isArray(value.keys)) {
      const entries: readonly unknown[] = value.keys;
      return Object.fromEntries(entries.map(decodeEntry));
    }
  }
  throw new TypeError('not a returned value');
};

const decodeEntry = (entry: unknown): [string, unknown] => {
  if (!Array.isArray(entry)) throw new TypeError('not an entry');
  const [name, value]: unknown[] = entry;
  if (typeof name !== 'string') throw new TypeError('an entry without a name');
  return [name, decodeReturned(value)];
};
