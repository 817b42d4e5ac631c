/** The examples of the repository with their commands, before and after the repair: for their test, and for `record-examples.ts`. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CliResult, cli } from './cli.ts';

export const EXAMPLES_FOLDER: string = fileURLToPath(new URL('../../examples', import.meta.url));

export interface ExampleCommands {
  readonly name: string;
  /** Functions of grader.ts and fixed.ts. */
  readonly before: string;
  readonly after: string;
  readonly items: string;
}

export const EXAMPLES: readonly ExampleCommands[] = [
  { name: 'moderation', before: 'recall', after: 'informedness', items: 'items.jsonl' },
  { name: 'rater', before: 'helpfulness', after: 'correct', items: 'examples.jsonl' },
  { name: 'summary', before: 'faithfulness', after: 'summary', items: 'examples.jsonl' },
  { name: 'tickets', before: 'closed', after: 'solvedFor', items: 'examples.jsonl' },
];

/** As they stand in the README of the example, behind `npx subterfuge`. */
export const commandsOf = ({ name, before, after, items }: ExampleCommands): readonly [string, string] => {
  const gate = "--fail-on 'gameability>0.1' --fail-on 'falseFails>0.02'";
  const audit = (grader: string): string =>
    `audit examples/${name}/${grader} --examples examples/${name}/${items} ${gate}`;
  return [
    `${audit(`grader.ts:${before}`)} --out runs/${name}-before`,
    `${audit(`fixed.ts:${after}`)} --against runs/${name}-before --out runs/${name}-after`,
  ];
};

/** With time enough for a machine that does much else: a budget that is spent changes what is found. */
const wordsOf = (command: string): readonly string[] => [
  ...command.split(' ').map((word) => word.replaceAll("'", '')),
  '--seconds',
  '600',
];

/** Runs both commands in a folder that holds nothing but the examples. */
export const runExample = async (example: ExampleCommands): Promise<readonly [CliResult, CliResult]> => {
  const home = await mkdtemp(join(tmpdir(), 'subterfuge-examples-'));
  try {
    await cp(EXAMPLES_FOLDER, join(home, 'examples'), { recursive: true });
    const [before, after] = commandsOf(example);
    return [await cli(wordsOf(before), { cwd: home }), await cli(wordsOf(after), { cwd: home })];
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};
