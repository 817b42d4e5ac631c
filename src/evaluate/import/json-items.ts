/**
 * Cuts one large JSON document into values that fit in memory, without parsing it whole: the elements of an array, or the
 * members of an object, and of chosen members (`samples`) the elements. What is inside a value is not looked at.
 */

export interface JsonItem {
  /** The member's name, null for an element of the outermost array. */
  readonly key: string | null;
  /** The value is one element of the member's array. */
  readonly element: boolean;
  readonly text: string;
  /** The line that it starts in, from 1. */
  readonly line: number;
}

/** The document is no such JSON. */
export class BadDocument extends Error {
  readonly line: number;

  constructor(what: string, line: number) {
    super(what);
    this.name = 'BadDocument';
    this.line = line;
  }
}

type State = 'start' | 'items' | 'members' | 'key' | 'colon' | 'value' | 'done';

const SPACE = /\s/;

export interface Scanner {
  /** The values that end in this piece. Throws `BadDocument`. */
  push(text: string): JsonItem[];
  /** Throws `BadDocument` where the document ends too early. */
  end(): void;
}

export const jsonScanner = (expand: ReadonlySet<string>, most: number): Scanner => {
  let state: State = 'start';
  let top: 'array' | 'object' = 'array';
  let line = 1;
  let key: string | null = null;
  /** Inside the array of an expanded member. */
  let expanded = false;
  /** A comma or an opening bracket was just before. */
  let open = true;
  // Of the value, or key, that is being read.
  let parts: string[] = [];
  let length = 0;
  let startLine = 1;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let scalar = false;

  /** A function, since the compiler takes no notice of what another function did to the state. */
  const current = (): State => state;
  const bad = (what: string): never => {
    throw new BadDocument(what, line);
  };
  const begin = (next: 'key' | 'value'): void => {
    if (!open) bad('a comma is missing');
    open = false;
    parts = [];
    length = 0;
    startLine = line;
    depth = 0;
    inString = false;
    escaped = false;
    scalar = false;
    state = next;
  };
  const keep = (text: string): void => {
    length += text.length;
    if (length > most) bad(`a value is longer than ${most} characters`);
    if (text !== '') parts.push(text);
  };
  const item = (): JsonItem => {
    state = expanded || top === 'array' ? 'items' : 'members';
    return { key, element: expanded || top === 'array', text: parts.join(''), line: startLine };
  };
  /** Whether the value ends with this character (`after`), or before it (`before`). */
  const step = (c: string): 'after' | 'before' | 'no' => {
    if (inString) {
      if (escaped) escaped = false;
      else if (c === '\\') escaped = true;
      else if (c === '"') {
        inString = false;
        if (depth === 0) return 'after';
      }
      return 'no';
    }
    if (c === '"') {
      if (scalar) return bad('a quotation mark stands in a number or a word');
      inString = true;
    } else if (c === '{' || c === '[') {
      if (scalar) return bad('a bracket stands in a number or a word');
      depth += 1;
    } else if (c === '}' || c === ']') {
      if (depth === 0) return 'before';
      depth -= 1;
      if (depth === 0) return 'after';
    } else if (depth === 0) {
      if (c === ',' || SPACE.test(c)) return 'before';
      scalar = true;
    }
    return 'no';
  };
  const between = (c: string): void => {
    if (SPACE.test(c)) return;
    switch (state) {
      case 'start':
        if (c !== '[' && c !== '{') bad('the document is neither an array nor an object');
        top = c === '[' ? 'array' : 'object';
        state = top === 'array' ? 'items' : 'members';
        return;
      case 'items':
        if (c === ']') {
          state = expanded ? 'members' : 'done';
          expanded = false;
          open = false;
        } else if (c === ',') {
          if (open) bad('there is a comma too many');
          open = true;
        } else begin('value');
        return;
      case 'members':
        if (c === '}') state = 'done';
        else if (c === ',') {
          if (open) bad('there is a comma too many');
          open = true;
        } else if (c === '"') begin('key');
        else bad('the name of a member is missing');
        return;
      case 'colon':
        if (c !== ':') bad('a colon is missing');
        state = 'value';
        parts = [];
        length = 0;
        startLine = line;
        scalar = false;
        depth = 0;
        return;
      default:
        bad('more follows after its end: is it JSON Lines? Then its name has to end in .jsonl');
    }
  };

  return {
    push: (text) => {
      const found: JsonItem[] = [];
      let from = 0;
      for (let at = 0; at < text.length; at++) {
        const c = text.charAt(at);
        if (state === 'value' && parts.length === 0 && from === at && !inString && depth === 0 && !scalar) {
          if (SPACE.test(c)) {
            if (c === '\n') line += 1;
            from = at + 1;
            startLine = line;
            continue;
          }
          if (c === '[' && key !== null && top === 'object' && !expanded && expand.has(key)) {
            expanded = true;
            open = true;
            state = 'items';
            continue;
          }
        }
        if (state === 'value') {
          const ended = step(c);
          if (ended === 'before' && from === at && parts.length === 0) bad('a value is missing');
          if (ended !== 'no') {
            const stop = ended === 'after' ? at + 1 : at;
            keep(text.slice(from, stop));
            found.push(item());
            if (ended === 'before') between(c);
          }
        } else if (state === 'key') {
          if (!escaped && c === '"') {
            keep(text.slice(from, at));
            try {
              key = JSON.parse(`"${parts.join('')}"`) as string;
            } catch {
              bad('the name of a member is not JSON');
            }
            state = 'colon';
          } else escaped = !escaped && c === '\\';
        } else {
          between(c);
          const now = current();
          if (now === 'value') {
            // An element begins with this character; a member's value comes behind the colon.
            from = c === ':' ? at + 1 : at;
            if (c !== ':') step(c);
          } else if (now === 'key') from = at + 1;
        }
        if (c === '\n') line += 1;
      }
      if (state === 'value' || state === 'key') keep(text.slice(from));
      return found;
    },
    end: () => {
      if (state !== 'done') bad(state === 'start' ? 'there is nothing in it' : 'it ends too early');
    },
  };
};
