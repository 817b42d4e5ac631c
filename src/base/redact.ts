/**
 * Keeps credentials out of everything that is written. Known values are matched exactly and in the forms in which they
 * leak (base64 at any alignment, URI-encoded, JSON-escaped); well-known kinds of key are matched by their shape.
 * Boundary: it reads one string at a time, so a secret cut into two strings, or into token ids, is not seen.
 */
export interface Secret {
  /** Said in place of the value: `[redacted:NAME]`. */
  readonly name: string;
  /** Shorter than `MIN_SECRET_CHARS`: not looked for, since short values occur by chance. */
  readonly value: string;
}

export interface Redactor {
  text(text: string): string;
  /** A JSON value with every string in it redacted, keys too: itself where there is nothing to redact, else a copy. */
  json<T>(value: T): T;
}

export const MIN_SECRET_CHARS = 8;
const KEY_CACHE = 1_000;

/** Only runs of one character class, so that matching hostile text stays linear. */
const SHAPES: readonly { readonly name: string; readonly shape: RegExp }[] = [
  { name: 'anthropic-key', shape: /(?<![A-Za-z0-9])sk-ant-[\w-]{8,}/g },
  { name: 'openai-key', shape: /(?<![A-Za-z0-9])sk-[\w-]{16,}/g },
  { name: 'google-key', shape: /(?<![A-Za-z0-9])AIza[\w-]{30,}/g },
  { name: 'huggingface-token', shape: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{20,}/g },
  { name: 'github-token', shape: /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]|github_pat_\w)\w{15,}/g },
  { name: 'aws-key', shape: /(?<![A-Za-z0-9])AKIA[0-9A-Z]{16}/g },
  { name: 'groq-key', shape: /(?<![A-Za-z0-9])gsk_[A-Za-z0-9]{20,}/g },
  { name: 'bearer-token', shape: /(?<=\bbearer[ \t]{1,4})[\w.~+/-]{8,}=*/gi },
];

/** One cheap look that rules nearly all text out. */
const ANY_SHAPE = /sk-|AIza|hf_|gh[pousr]_|github_pat_|AKIA|gsk_|[Bb][Ee][Aa][Rr][Ee][Rr][ \t]/;

/** Words joined by hyphens, and "bearer" before a word, have the shape of a key; keys have digits, or are long. */
const looksRandom = (match: string): boolean => /\d/.test(match) || (match.length >= 20 && !match.includes('-'));

/** The part of base64 text that `bytes` fix by themselves when `shift` unknown bytes come before them. */
const base64Inside = (bytes: Uint8Array, shift: number): string => {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
};

const forms = (value: string): string[] => {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = [bytes.toString('base64'), ...[0, 1, 2].map((shift) => base64Inside(bytes, shift))];
  // A lone surrogate has no URI form.
  const uri = value.isWellFormed() ? encodeURIComponent(value) : value;
  return [
    value,
    ...base64.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')]),
    uri,
    uri.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    JSON.stringify(value).slice(1, -1),
  ];
};

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export const redactor = (secrets: readonly Secret[]): Redactor => {
  const names = new Map<string, string>();
  for (const { name, value } of secrets) {
    if (value.length < MIN_SECRET_CHARS) continue;
    for (const form of forms(value)) if (!names.has(form)) names.set(form, name);
  }
  const needles = [...names.keys()].sort((a, b) => b.length - a.length);
  const exact = needles.length === 0 ? null : new RegExp(needles.map(escaped).join('|'), 'g');

  const pass = (text: string, mask: (name: string) => string): string => {
    let out = exact === null ? text : text.replace(exact, (match) => mask(names.get(match) ?? 'secret'));
    for (const { name, shape } of ANY_SHAPE.test(out) ? SHAPES : []) {
      out = out.replace(shape, (match) => (looksRandom(match) ? mask(name) : match));
    }
    return out;
  };
  const masks = new Map<string, string>();
  const maskOf = (name: string): string => {
    const made = masks.get(name);
    if (made !== undefined) return made;
    const wanted = `[redacted:${name}]`;
    // The mask itself could hold a secret (a value of "redacted", a name that is a key).
    const mask = pass(wanted, () => '') === wanted ? wanted : '[*]';
    masks.set(name, mask);
    return mask;
  };
  const text = (input: string): string => {
    if (input.length < MIN_SECRET_CHARS) return input;
    let current = input;
    // What is left around a mask can add up to another secret, so until nothing changes.
    for (let round = 0; round < 8; round++) {
      const next = pass(current, maskOf);
      if (next === current) return current;
      current = next;
    }
    return '[*]';
  };
  // A record has few keys, again and again.
  const keys = new Map<string, string>();
  const cleanKey = (key: string): string => {
    const known = keys.get(key);
    if (known !== undefined) return known;
    const clean = text(key);
    if (keys.size < KEY_CACHE) keys.set(key, clean);
    return clean;
  };
  /** Nearly always there is nothing to hide, and then nothing is copied. */
  const isClean = (value: unknown): boolean => {
    if (typeof value === 'string') return text(value) === value;
    if (Array.isArray(value)) return value.every(isClean);
    if (typeof value !== 'object' || value === null) return true;
    for (const [key, inner] of Object.entries(value)) if (cleanKey(key) !== key || !isClean(inner)) return false;
    return true;
  };
  const object = (value: object): unknown => {
    const taken = new Set<string>();
    const unique = (key: string): string => {
      let name = key;
      for (let n = 2; taken.has(name); n++) name = `${key}#${n}`;
      taken.add(name);
      return name;
    };
    // fromEntries defines own properties, so a key of `__proto__` stays a key.
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [unique(cleanKey(key)), deep(inner)]));
  };
  const deep = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(deep);
    return typeof value === 'object' && value !== null ? object(value) : value;
  };
  return { text, json: <T>(value: T): T => (isClean(value) ? value : (deep(value) as T)) };
};
