import type { Json } from '../../base/json.ts';

/** The texts of a project. */

/** A JSON value as Python writes it. */
export const pythonLiteral = (value: Json): string => {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  return JSON.stringify(value);
};

export interface Tested {
  readonly input: Json;
  readonly expected: Json;
}

export type TestStyle = 'asserts' | 'table';

/** A script that ends with status 0 when every call gives what is expected. */
export const testText = (style: TestStyle, module: string, name: string, tested: readonly Tested[]): string => {
  switch (style) {
    case 'asserts':
      return [
        `from ${module} import ${name}`,
        '',
        ...tested.map(({ input, expected }) => `assert ${name}(${pythonLiteral(input)}) == ${pythonLiteral(expected)}`),
        `print("all ${tested.length} tests passed")`,
        '',
      ].join('\n');
    case 'table':
      return [
        'import sys',
        `from ${module} import ${name}`,
        '',
        'CASES = [',
        ...tested.map(({ input, expected }) => `    (${pythonLiteral(input)}, ${pythonLiteral(expected)}),`),
        ']',
        'failed = 0',
        'for given, expected in CASES:',
        `    got = ${name}(given)`,
        '    if got != expected:',
        `        print(f"${name}({given!r}) is {got!r}, expected {expected!r}")`,
        '        failed += 1',
        'print(f"{len(CASES) - failed} of {len(CASES)} passed")',
        'sys.exit(1 if failed else 0)',
        '',
      ].join('\n');
  }
};

export const stubText = (name: string, parameter: string): string =>
  `def ${name}(${parameter}):\n    raise NotImplementedError\n`;

export const moduleText = (name: string, parameter: string, body: readonly string[]): string =>
  `def ${name}(${parameter}):\n${body.map((line) => `    ${line}\n`).join('')}`;

export const specText = (name: string, parameter: string, spec: string, examples: readonly Tested[]): string =>
  [
    `# ${name}(${parameter})`,
    '',
    spec,
    '',
    'Examples:',
    ...examples.map(({ input, expected }) => `- ${name}(${pythonLiteral(input)}) is ${pythonLiteral(expected)}`),
    '',
    'Agreed with the customer. If anything else disagrees with this page, this page is right.',
    '',
  ].join('\n');
