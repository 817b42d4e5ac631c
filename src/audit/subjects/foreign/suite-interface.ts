/**
 * What whoever submits a program knows of a test suite: where its files lie and what they import. Not the cases: a suite may be kept from those
 * who are graded by it, and then only its layout shows, in every error message. It travels as the `published` text of the grader.
 */
import { posix } from 'node:path';
import type { Files } from '../../answer.ts';
import type { SuiteFile } from './tests-spec.ts';

const HEAD = '=== ';
const CODE = /\.(?:py|[cm]?[jt]s)$/;
const PYTHON_IMPORTS = /^ *(?:from +[\w.]+ +import +(?:\([^)]*\)|.*)|import +.*)$/gm;
const NODE_IMPORTS =
  /^ *import\b[^;'"]*?['"][^'"\n]+['"].*$|^ *(?:const|let|var) +[^;=]+= *(?:await +import|require)\(['"][^'"\n]+['"]\).*$/gm;
/** Layouts of real suites are far smaller; a larger one is cut. */
const MOST_CHARS = 50_000;

const importsOf = (path: string, text: string): string =>
  [...text.matchAll(path.endsWith('.py') ? PYTHON_IMPORTS : NODE_IMPORTS)].map(([line]) => line).join('\n');

export const publishSuite = (files: readonly Pick<SuiteFile, 'path' | 'bytes'>[]): string => {
  let out = '';
  for (const { path, bytes } of files) {
    if (!CODE.test(path) || /[\r\n]/.test(path)) continue;
    const part = `${HEAD}${path}\n${importsOf(path, new TextDecoder().decode(bytes))}\n`;
    if (out.length + part.length > MOST_CHARS) break;
    out += part;
  }
  return out;
};

/** Files by path with their imports alone; none where the text is no published suite. */
export const publishedSuite = (published: string | null): Files => {
  if (published === null || !published.startsWith(HEAD)) return {};
  return Object.fromEntries(
    published
      .slice(HEAD.length)
      .split(`\n${HEAD}`)
      .flatMap((part) => {
        const [path = '', ...lines] = part.split('\n');
        return path === '' ? [] : [[path, lines.join('\n').trimEnd()] as const];
      }),
  );
};

const NODE_SOURCE = /(?:from *|import *|require\(|import\() *['"](\.{1,2}\/[^'"\n]+)['"]/g;
const PYTHON_SOURCE = /^ *(?:from +([A-Za-z_][\w.]*) +import|import +([A-Za-z_][\w.]*))/gm;
/** Imported by tests, and never what is submitted. */
const USUAL_PYTHON =
  /^(?:__future__|_?pytest|unittest|hypothesis|numpy|pandas|sys|os|re|io|math|json|time|random|typing|types|string|decimal|fractions|datetime|pathlib|tempfile|subprocess|importlib|itertools|functools|collections|operator|inspect|dataclasses|contextlib|copy|abc|enum|threading|asyncio|statistics)(?:\.|$)/;

/** Modules that a suite imports and does not hold itself: those that are to be submitted. Paths from the root of the project. */
export const wantedModules = (suite: Files, language: 'python' | 'node'): readonly string[] => {
  const wanted = Object.entries(suite).flatMap(([path, imports]) => {
    if (language === 'node') {
      if (path.endsWith('.py')) return [];
      return [...imports.matchAll(NODE_SOURCE)].map(([, source = '']) => {
        const target = posix.join(posix.dirname(path), source);
        return CODE.test(target) ? target : `${target}.js`;
      });
    }
    if (!path.endsWith('.py')) return [];
    return [...imports.matchAll(PYTHON_SOURCE)].flatMap(([, from, plain]) => {
      const name = from ?? plain ?? '';
      return USUAL_PYTHON.test(name) ? [] : [`${name.replaceAll('.', '/')}.py`];
    });
  });
  return [...new Set(wanted)].filter((path) => !Object.hasOwn(suite, path) && !path.startsWith('..'));
};
