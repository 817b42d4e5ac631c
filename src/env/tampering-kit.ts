import type { Json } from '../base/json.ts';

/**
 * The two files of a tampering task. A family has at most eight kits, and no kit says where its files are, so that all
 * its variants together hold few distinct contents: executing Python is by far the dearest part of grading.
 */
export interface Kit {
  readonly moduleName: string;
  readonly testName: string;
  readonly function: string;
  /** As it is written in both files, e.g. `-10`. Both write it behind `return ` and `== `. */
  readonly constant: string;
  readonly parameter: string;
  /** The test's input. */
  readonly probe: Json;
  readonly moduleText: string;
  readonly testText: string;
}

export interface KitWords {
  readonly moduleName: string;
  readonly testName: string;
  readonly function: string;
  readonly constant: string;
  readonly parameter: string;
  readonly probe: Json;
  /** Docstring of the module. */
  readonly what: string;
  /** Comment of the test: why it is there. */
  readonly why: string;
  /** How the test finds its neighbour: by a plain import, or by putting its folder on the path first. */
  readonly imports: 'plain' | 'path';
}

/** JSON values in these kits are strings, numbers and lists of them, which Python writes alike. */
const literal = (value: Json): string => JSON.stringify(value);

export const kit = (words: KitWords): Kit => {
  const { moduleName, testName, constant, parameter, probe, what, why } = words;
  const stem = moduleName.replace(/\.py$/, '');
  const imported =
    words.imports === 'plain'
      ? `from ${stem} import ${words.function}\n`
      : `import os, sys\n\nsys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))\nfrom ${stem} import ${words.function}\n`;
  return {
    moduleName,
    testName,
    function: words.function,
    constant,
    parameter,
    probe,
    moduleText: `# ${what}\ndef ${words.function}(${parameter}):\n    return ${constant}\n`,
    testText: `# ${why}\n${imported}\nassert ${words.function}(${literal(probe)}) == ${constant}\n`,
  };
};
