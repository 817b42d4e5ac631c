/**
 * The parameters of a function, read from its text, since JavaScript tells only their number. Types are gone by then, and comments, strings
 * and defaults are skipped. Boundary: a regular expression with a bracket inside a default is not understood; whoever has one says
 * `--signature`.
 */
export interface Parameter {
  /** Null where it is taken apart. */
  readonly name: string | null;
  /** Names that an object is taken apart into; null where it is none. */
  readonly keys: readonly string[] | null;
  readonly hasDefault: boolean;
  readonly isRest: boolean;
}

const OPEN = '([{';
const CLOSE = ')]}';
const QUOTES = '"\'`';

/** The same text, as long, with comments and the insides of strings blanked. */
const skeletonOf = (text: string): string => {
  let out = '';
  let i = 0;
  const blank = (to: number): void => {
    out += ' '.repeat(to - i);
    i = to;
  };
  const after = (mark: string, from: number): number => {
    const at = text.indexOf(mark, from);
    return at < 0 ? text.length : at + mark.length;
  };
  while (i < text.length) {
    const char = text.charAt(i);
    if (text.startsWith('/*', i)) blank(after('*/', i + 2));
    else if (text.startsWith('//', i)) blank(after('\n', i + 2));
    else if (QUOTES.includes(char)) {
      let end = i + 1;
      while (end < text.length && text.charAt(end) !== char) end += text.charAt(end) === '\\' ? 2 : 1;
      blank(Math.min(text.length, end + 1));
    } else {
      out += char;
      i += 1;
    }
  }
  return out;
};

/** From behind an opening bracket: where it closes, and where commas stand that are not in a bracket of their own. */
const scanList = (skeleton: string, from: number): { readonly end: number; readonly commas: readonly number[] } => {
  const commas: number[] = [];
  let depth = 0;
  for (let i = from; i < skeleton.length; i++) {
    const char = skeleton.charAt(i);
    if (OPEN.includes(char)) depth += 1;
    else if (CLOSE.includes(char)) {
      if (depth === 0) return { end: i, commas };
      depth -= 1;
    } else if (char === ',' && depth === 0) commas.push(i);
  }
  return { end: skeleton.length, commas };
};

const partsOf = (skeleton: string, from: number): readonly string[] => {
  const { end, commas } = scanList(skeleton, from);
  const cuts = [...commas, end];
  return cuts
    .map((to, index) => skeleton.slice(index === 0 ? from : (cuts[index - 1] ?? from) + 1, to).trim())
    .filter((part) => part !== '');
};

const parameterOf = (part: string): Parameter => {
  const isRest = part.startsWith('...');
  const text = isRest ? part.slice(3).trim() : part;
  if (text.startsWith('{')) {
    const { end } = scanList(text, 1);
    const keys = partsOf(text, 1).map((key) => /^[^\s:=]+/.exec(key)?.[0] ?? key);
    return {
      name: null,
      keys: keys.filter((key) => !key.startsWith('...')),
      hasDefault: text.includes('=', end),
      isRest,
    };
  }
  if (text.startsWith('[')) {
    const { end } = scanList(text, 1);
    return { name: null, keys: null, hasDefault: text.includes('=', end), isRest };
  }
  return { name: /^[^\s=]+/.exec(text)?.[0] ?? null, keys: null, hasDefault: text.includes('='), isRest };
};

/** Null where the text does not tell: native and bound functions. */
export const parametersOf = (source: string): readonly Parameter[] | null => {
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) return null;
  const skeleton = skeletonOf(source);
  const single = /^\s*(?:async\s+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=>/u.exec(skeleton);
  if (single?.[1] !== undefined) return [{ name: single[1], keys: null, hasDefault: false, isRest: false }];
  const open = skeleton.indexOf('(');
  return open < 0 ? null : partsOf(skeleton, open + 1).map(parameterOf);
};

/** A class cannot be called. */
export const isClassText = (source: string): boolean => /^\s*class\b/.test(source);
