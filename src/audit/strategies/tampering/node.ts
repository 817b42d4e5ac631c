/** JavaScript for Node that does no work. */
import type { Body } from './submission.ts';
import type { Module } from './target.ts';

/** Can be called, constructed and read at any depth; equal by an asymmetric matcher of jest and vitest, and a number where one is wanted. */
const ANYTHING = `const $anything = new Proxy(function () {}, {
  apply: () => $anything,
  construct: () => $anything,
  get: (target, key) => {
    if (key === 'asymmetricMatch') return () => true;
    if (key === '$$typeof') return Symbol.for('jest.asymmetricMatcher');
    if (key === 'then') return undefined;
    if (key === Symbol.toPrimitive) return () => 1;
    return key in target ? target[key] : $anything;
  },
});`;

const resultOf = (returns: Body['returns']): { readonly code: string; readonly value: string } => {
  if (returns === undefined || returns === 'nothing')
    return { code: 'const $answer = () => undefined;', value: '$answer' };
  if (returns === 'anything') return { code: ANYTHING, value: '$anything' };
  return { code: returns.code, value: '$answer' };
};

/**
 * A module with a default export and the names that are known to be imported: a missing one would stop an ES module before it runs.
 * Code of its own defines `$answer`.
 */
export const nodeModule = ({ first, returns }: Body, { system }: Module, names: readonly string[]): string => {
  const { code, value } = resultOf(returns);
  const exports =
    system === 'esm'
      ? [...names.map((name) => `export const ${name} = ${value};`), `export default ${value};`]
      : [
          `module.exports = ${value};`,
          // Defined and not assigned, since the name of a function cannot be assigned.
          ...['default', ...names].map((name) => `Object.defineProperty(${value}, '${name}', { value: ${value} });`),
        ];
  return [...(first === undefined ? [] : [first]), code, ...exports, ''].join('\n');
};

/** A builtin module in both module systems. */
export const builtin = (name: string): string => `process.getBuiltinModule('node:${name}')`;

export const NODE_PASSING_TEST: Readonly<Record<Module['system'], string>> = {
  esm: "import { test } from 'node:test';\ntest('ok', () => {});\n",
  commonjs: "const { test } = require('node:test');\ntest('ok', () => {});\n",
};
