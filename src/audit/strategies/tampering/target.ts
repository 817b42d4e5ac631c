/**
 * What an attacker sees of a program that is to be submitted: its language, which modules it consists of, which names they export and which tests
 * are visible. From the files it starts from, from known-good submissions to other examples, and from the layout of a suite of tests.
 */
import { type Files, isFiles, isText } from '../../answer.ts';
import type { Knowledge, Seen } from '../../strategy.ts';
import { publishedSuite, wantedModules } from '../../subjects/foreign/suite-interface.ts';

export type Language = 'python' | 'node';

export interface Module {
  readonly path: string;
  /** Of a node module. */
  readonly system: 'esm' | 'commonjs';
}

export interface Target {
  readonly language: Language;
  /** Modules of the submission, never tests. At least one. */
  readonly modules: readonly Module[];
  /** Names that others import from them. */
  readonly names: readonly string[];
  /** Visible tests, by path. */
  readonly tests: Files;
  /** Submissions are the text of one module instead of files. */
  readonly isText: boolean;
}

const EXTENSIONS: Readonly<Record<Language, RegExp>> = { python: /\.py$/, node: /\.(?:js|mjs|cjs|ts|mts)$/ };
const FALLBACK: Readonly<Record<Language, string>> = { python: 'solution.py', node: 'solution.mjs' };
/** By its name or by what it leaves open, a file that is to be filled in. */
const TO_FILL = /^(?:solution|submission|answer|main|impl\w*|index)\./;
const LEFT_OPEN =
  /\bNotImplementedError\b|\bTODO\b|not implemented|^\s+(?:pass|\.\.\.)\s*$|=> *(?:undefined|\{\s*\});?\s*$/im;
const MOST_MODULES = 8;
const MOST_NAMES = 40;

const baseName = (path: string): string => path.split('/').at(-1) ?? path;

export const isTest = (path: string): boolean =>
  /(?:^|\/)(?:tests?|__tests__|spec)\//.test(path) ||
  /^(?:test_.*|.*_test|tests?|conftest)\.py$/.test(baseName(path)) ||
  /(?:^|[._-])(?:test|spec)s?\.(?:js|mjs|cjs|ts|mts)$/.test(baseName(path));

const isConfiguration = (path: string): boolean =>
  /^(?:setup|conftest|noxfile)\.py$|\.config\.(?:js|mjs|cjs|ts|mts)$/.test(baseName(path));

const PYTHON_NAME = /^(?:async +)?(?:def|class) +([A-Za-z]\w*)/gm;
const PYTHON_IMPORT = /^ *from +[\w.]+ +import +\(?([\w ,\n]+)\)?/gm;
const NODE_EXPORT = /^ *export +(?:async +)?(?:function\*?|class|const|let|var) +([A-Za-z_$][\w$]*)/gm;
const NODE_ASSIGNED = /\bexports\.([A-Za-z_$][\w$]*) *=/g;
const NODE_LISTED = /\b(?:export|module\.exports *=) *\{([^}]*)\}/g;
const NODE_IMPORT = /\bimport *(?:[\w$]+ *, *)?\{([^}]*)\} *from *['"]\./g;
const NODE_REQUIRED = /\bconst *\{([^}]*)\} *= *require\(['"]\./g;

const matched = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].flatMap(([, found = '']) =>
    found.split(',').flatMap((part) => part.trim().split(/\s+as\s+|\s*:\s*/)),
  );

const namesIn = (text: string, language: Language): readonly string[] =>
  (language === 'python'
    ? [PYTHON_NAME, PYTHON_IMPORT]
    : [NODE_EXPORT, NODE_ASSIGNED, NODE_LISTED, NODE_IMPORT, NODE_REQUIRED]
  )
    .flatMap((pattern) => matched(text, pattern))
    .filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default');

const systemOf = (path: string, text: string, files: Files): Module['system'] => {
  if (/\.cjs$/.test(path)) return 'commonjs';
  if (/\.(?:mjs|mts)$/.test(path)) return 'esm';
  if (/^ *(?:export|import) /m.test(text)) return 'esm';
  if (/\bmodule\.exports\b|\bexports\.\w|\brequire\(/.test(text)) return 'commonjs';
  const saysModule = Object.entries(files).some(
    ([name, content]) => name === 'package.json' && /"type" *: *"module"/.test(content),
  );
  return saysModule ? 'esm' : 'commonjs';
};

/** The language of code without a file name; null where it is none. */
export const languageOf = (text: string): Language | null => {
  if (/^ *(?:async +)?def +\w+ *\(.*\).*:|^ *(?:from +[\w.]+ +)?import +[\w.]+(?: +as +\w+)? *$/m.test(text))
    return 'python';
  return /\bfunction\b *\w* *\(|=> *[{(\w]|^ *(?:const|let|export) +/m.test(text) ? 'node' : null;
};

const ofText = (texts: readonly string[]): readonly Target[] => {
  const language = texts.map(languageOf).find((found) => found !== null);
  if (language === undefined) return [];
  const names = [...new Set(texts.flatMap((text) => namesIn(text, language)))].slice(0, MOST_NAMES);
  const system = systemOf('', texts[0] ?? '', {});
  return [{ language, modules: [{ path: FALLBACK[language], system }], names, tests: {}, isText: true }];
};

/** A module that is not there yet is in the module system of the tests that import it. */
const suiteText = (suite: Files, language: Language): string =>
  Object.entries(suite)
    .filter(([path]) => EXTENSIONS[language].test(path))
    .map(([, text]) => text)
    .join('\n');

const ofFiles = (language: Language, workspace: Files, submitted: readonly Files[], suite: Files): Target | null => {
  const own = (path: string): boolean => EXTENSIONS[language].test(path);
  const all: Files = Object.assign({}, suite, ...submitted, workspace);
  const paths = Object.keys(all).filter(own);
  if (paths.length === 0) return null;
  const replaced = new Set(submitted.flatMap((files) => Object.keys(files)));
  // Whatever a suite brings along is the tests' own.
  const code = paths.filter(
    (path) =>
      !isTest(path) && !isConfiguration(path) && (!Object.hasOwn(suite, path) || Object.hasOwn(workspace, path)),
  );
  const handedIn = code.filter((path) => replaced.has(path));
  const open = code.filter((path) => TO_FILL.test(baseName(path)) || LEFT_OPEN.test(all[path] ?? ''));
  const wanted = wantedModules(suite, language);
  const chosen = ([handedIn, open, wanted, code].find((some) => some.length > 0) ?? []).slice(0, MOST_MODULES);
  const texts = [...paths.map((path) => all[path] ?? ''), ...submitted.flatMap((files) => Object.values(files))];
  return {
    language,
    modules: (chosen.length > 0 ? chosen : [FALLBACK[language]]).map((path) => ({
      path,
      system: systemOf(path, all[path] ?? suiteText(suite, language), all),
    })),
    names: [...new Set(texts.flatMap((text) => namesIn(text, language)))].slice(0, MOST_NAMES),
    tests: Object.fromEntries(paths.filter(isTest).map((path) => [path, all[path] ?? ''])),
    isText: false,
  };
};

/** One for each language that is in use; both where nothing is known. Empty where submissions are text that is no code. */
export const targetsOf = (
  { workspace }: Pick<Seen, 'workspace'>,
  { answers, published }: Pick<Knowledge, 'answers' | 'published'>,
): readonly Target[] => {
  const suite = publishedSuite(published);
  const submitted = answers.filter(isFiles);
  const texts = answers.filter(isText);
  if (workspace === null && submitted.length === 0 && texts.length > 0) return ofText(texts);
  const found = (['python', 'node'] as const).flatMap(
    (language) => ofFiles(language, workspace ?? {}, submitted, suite) ?? [],
  );
  if (found.length > 0) return found;
  return (['python', 'node'] as const).map((language) => ({
    language,
    modules: [{ path: FALLBACK[language], system: 'esm' }],
    names: [],
    tests: {},
    isText: false,
  }));
};
