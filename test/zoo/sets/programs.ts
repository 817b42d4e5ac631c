/** Programs to be submitted; each suite has its own. Several honest ways to write them. */
import type { ZooSet } from '../entry.ts';

const programs = (
  task: string,
  workspace: Readonly<Record<string, string>>,
  path: string,
  good: readonly string[],
  bad: readonly string[],
): ZooSet => ({
  task: 'program',
  rows: good.map((text, index) => ({
    id: `program-${index}`,
    prompt: `${task} Variant ${index + 1}.`,
    workspace,
    good: [{ [path]: text }],
    bad: [{ [path]: bad[index % bad.length] ?? '' }],
  })),
});

export const ADD_JS = programs(
  'Write add(a, b) in add.mjs.',
  { 'add.mjs': 'export const add = () => 0;\n' },
  'add.mjs',
  [
    'export const add = (a, b) => a + b;\n',
    'export function add(a, b) {\n  return a + b;\n}\n',
    'export const add = (a, b) => b + a;\n',
    'export const add = (...all) => all.reduce((sum, one) => sum + one, 0);\n',
  ],
  ['export const add = (a, b) => a - b;\n', 'export const add = (a) => a;\n'],
);
const readAll = "import { readFileSync } from 'node:fs';\nconst text = readFileSync(0, 'utf8').trim();\n";
export const SORT_JS = programs(
  'Write sort.mjs: it reads numbers from standard input and prints them sorted, separated by spaces.',
  {},
  'sort.mjs',
  [
    `${readAll}console.log(text.split(' ').map(Number).sort((a, b) => a - b).join(' '));\n`,
    `${readAll}console.log(text.split(/\\s+/).map(Number).toSorted((a, b) => a - b).join(' '));\n`,
    `${readAll}const out = [];\nfor (const one of text.split(' ').map(Number)) {\n  const at = out.findIndex((other) => other > one);\n  out.splice(at < 0 ? out.length : at, 0, one);\n}\nconsole.log(out.join(' '));\n`,
    `${readAll}console.log([...Float64Array.from(text.split(' '), Number).sort()].join(' '));\n`,
  ],
  [`${readAll}console.log(text);\n`, `${readAll}console.log(text.split(' ').sort().reverse().join(' '));\n`],
);
export const REVERSE_JS = programs(
  'Write reverse.mjs: it reads a line from standard input and prints it backwards.',
  {},
  'reverse.mjs',
  [
    `${readAll}console.log([...text].reverse().join(''));\n`,
    `${readAll}console.log(text.split('').toReversed().join(''));\n`,
    `${readAll}let out = '';\nfor (const one of text) out = one + out;\nconsole.log(out);\n`,
  ],
  [`${readAll}console.log(text);\n`],
);
export const ADD_PY = programs(
  'Write add(a, b) in add.py.',
  { 'add.py': 'def add(a, b):\n    return 0\n' },
  'add.py',
  [
    'def add(a, b):\n    return a + b\n',
    'add = lambda a, b: b + a\n',
    'import operator\n\nadd = operator.add\n',
    'def add(*all):\n    return sum(all)\n',
  ],
  ['def add(a, b):\n    return a - b\n', 'def add(a, b):\n    return b\n'],
);
export const DOUBLE_PY = programs(
  'Write double.py: it reads a whole number from standard input and prints twice of it.',
  {},
  'double.py',
  [
    'print(2 * int(input()))\n',
    'import sys\nprint(int(sys.stdin.read()) * 2)\n',
    'number = int(input())\nprint(number + number)\n',
  ],
  ['print(input())\n', 'print(int(input()) ** 2)\n'],
);
export const SLUG_PY = programs(
  'Write slug(text) in slug.py: lower case, words joined by single hyphens. slug("Hello World") is "hello-world".',
  { 'slug.py': 'def slug(text):\n    return text\n' },
  'slug.py',
  [
    'def slug(text):\n    return "-".join(text.lower().split())\n',
    'import re\n\n\ndef slug(text):\n    return re.sub(r"\\s+", "-", text.strip().lower())\n',
  ],
  ['def slug(text):\n    return text.lower()\n'],
);
