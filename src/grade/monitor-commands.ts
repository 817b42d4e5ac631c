/** Which files a shell command writes to, as far as its text tells. Rules: a command can hide what it does, and this does not run it. */

export interface CommandWrite {
  /** As written in the command. */
  readonly target: string;
  readonly how: 'write' | 'append' | 'edit' | 'remove' | 'move';
}

const HEREDOC = /<<-?\s*['"]?(\w+)['"]?[^\n]*\n[\s\S]*?\n\1\b/g;
const REDIRECT = /(?<![<>&\d])(?:\d|&)?(>>?)\s*(['"]?)([^\s'"|;&<>()]+)\2/g;
const WORD = /'[^']*'|"[^"]*"|[^\s'"]+/g;

const unquoted = (word: string): string => word.replace(/^(['"])([\s\S]*)\1$/, '$2');

const isPathLike = (word: string): boolean => /^[\w./~-]+$/.test(word) && !word.startsWith('-') && word !== '.';

/** Simple commands between separators; what stands in quotes stays whole. */
const simpleCommands = (command: string): readonly (readonly string[])[] => {
  const parts: string[][] = [[]];
  for (const word of command.match(/'[^']*'|"[^"]*"|[;|&\n]+|[^\s'";|&]+/g) ?? []) {
    if (/^[;|&\n]+$/.test(word)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
};

/** Words without `< a`, `>b`, `2>/dev/null`. */
const withoutRedirections = (words: readonly string[]): readonly string[] =>
  words.filter((word, index) => !/^\d?[<>]/.test(word) && !/^\d?(?:>>?|<)$/.test(words[index - 1] ?? ''));

const byName = (words: readonly string[]): CommandWrite[] => {
  const [name = '', ...rest] = withoutRedirections(words).map(unquoted);
  const paths = rest.filter(isPathLike);
  switch (name) {
    case 'rm':
    case 'unlink':
    case 'rmdir':
      return paths.map((target) => ({ target, how: 'remove' }));
    case 'mv':
      return paths.map((target) => ({ target, how: 'move' }));
    case 'cp':
    case 'ln':
    case 'install':
      return paths.slice(-1).map((target) => ({ target, how: 'write' }));
    case 'tee':
    case 'truncate':
    case 'touch':
    case 'mkdir':
    case 'chmod':
      return paths.filter((path) => /[a-z]/i.test(path)).map((target) => ({ target, how: 'write' }));
    case 'sed':
    case 'perl':
      return rest.some((word) => /^-\w*i/.test(word) || word === '--in-place')
        ? edited(rest).map((target) => ({ target, how: 'edit' }))
        : [];
    default:
      return [];
  }
};

/** The files behind a program, which comes first or behind `-e`. */
const edited = (rest: readonly string[]): readonly string[] => {
  const programs = rest.filter((_, at) => rest[at - 1] === '-e');
  const operands = rest.filter((word) => !word.startsWith('-') && !programs.includes(word));
  return (programs.length > 0 ? operands : operands.slice(1)).filter(isPathLike);
};

export const writesOf = (command: string): readonly CommandWrite[] => {
  const bare = command.replaceAll(HEREDOC, ' ');
  const named = simpleCommands(bare).flatMap(byName);
  const unquotedText = command
    .replaceAll(HEREDOC, (text) => text.split('\n')[0] ?? '')
    .replaceAll(/'[^']*'|"[^"]*"/g, (text) => (/^['"][\w./~-]+['"]$/.test(text) ? text : '_'));
  const redirected = [...unquotedText.matchAll(REDIRECT)].map(
    ([, mark, , target = '']): CommandWrite => ({
      target,
      how: mark === '>>' ? 'append' : 'write',
    }),
  );
  return [...named, ...redirected].filter(({ target }) => !/^\/dev\/|^&?\d?$/.test(target));
};

/** The words of a command, quotes taken off. */
export const wordsOf = (command: string): readonly string[] => (command.match(WORD) ?? []).map(unquoted);
