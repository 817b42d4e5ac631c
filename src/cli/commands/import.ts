import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { inputError, type SubterfugeError } from '../../base/errors.ts';
import { redactor } from '../../base/redact.ts';
import { rng } from '../../base/rng.ts';
import { visible } from '../../base/terminal.ts';
import { importedName } from '../../env/imported.ts';
import { isModulePath, selectEnvironments } from '../../env/load.ts';
import { evaluationOf } from '../../evaluate/evaluation-of.ts';
import { type ImportResult, importLogs } from '../../evaluate/import/import-logs.ts';
import type { EvalPlan } from '../../record/run.ts';
import { wasmPython } from '../../sandbox/wasm-python.ts';
import { createRun, type RunDirectory } from '../../store/run-directory.ts';
import { newRunDirectory } from '../../store/run-id.ts';
import type { Io } from '../io.ts';
import { names, positiveNumber } from '../options.ts';
import type { CommandContext } from '../program.ts';
import { secretsOf } from '../secrets.ts';
import { VERSION } from '../version.ts';
import { writeReport } from '../write-report.ts';

interface ImportOptions {
  readonly as?: string;
  readonly env: readonly string[];
  readonly score?: string;
  readonly passAt: number;
  readonly skipBad?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

const HELP = `
What is read: chat JSONL and JSON (messages of OpenAI, Anthropic, ShareGPT; prompt and completion; request and response),
and logs of Inspect (.eval, .json). docs/import.md lists the layouts, and what becomes of each field.

  subterfuge import chats.jsonl --as support-chats           to read, label, and grade with graders of your own
  subterfuge import logs/*.eval --as my-task --score match   the log's score "match" is the proxy
  subterfuge import chats.jsonl --env political-sycophancy   prompts that are tasks of an environment: graded by it
  subterfuge grade RUN --with graders.ts --save              your own proxy, intent and labels

Nothing is invented: what a log does not say stays unknown, and what cannot be graded is unscored.`;

const MOST_SHOWN = 20;

export const importCommand = ({ io }: CommandContext): Command =>
  new Command('import')
    .description('Read conversations from logs into a run that can be shown, graded and labelled.')
    .argument('<file...>', 'chat JSONL or JSON, or logs of Inspect')
    .option('--as <name>', 'a name for conversations that are not tasks of an environment')
    .option('--env <names>', 'environments whose tasks the prompts may be', names, [])
    .option('--score <name>', "which of the log's scores is the proxy (default: the only one)")
    .option('--pass-at <x>', 'from where on that score passes, 0 to 1', passAt, 1)
    .option('--skip-bad', 'leave out conversations that cannot be read, and say which')
    .option('--out <dir>', 'run directory (default: runs/<time>-<random>)')
    .option('--json', 'print what was imported as JSON')
    .addHelpText('after', HELP)
    .action(async (files: string[], options: ImportOptions) => {
      const as = checkedName(options);
      const environments = await selectEnvironments(options.env, io.cwd);
      await using python = wasmPython();
      const { dir, id } = await directoryFor(io, options.out);
      const planned = [
        ...options.env.map((name) => (isModulePath(name) ? resolve(io.cwd, name) : name)),
        ...(as === null ? [] : [importedName(as)]),
      ];
      await using store = await createRun(dir, manifestOf(io, id, planned), {
        redact: redactor(secretsOf(io.env)),
        clock: io.clock,
      });
      let shown = 0;
      let result: ImportResult;
      try {
        result = await importLogs({
          store,
          files: files.map((name) => ({ name, path: resolve(io.cwd, name) })),
          as,
          environments,
          score: options.score ?? null,
          passAt: options.passAt,
          context: { python },
          onProblem: (problem) => {
            if (options.skipBad !== true) throw firstProblem(problem);
            shown += 1;
            if (shown <= MOST_SHOWN) io.err(`left out: ${problem.what}\n`);
          },
        });
      } catch (thrown) {
        // Half an import would look like a whole one.
        await store[Symbol.asyncDispose]();
        await rm(dir, { recursive: true, force: true });
        throw thrown;
      }
      await conclude(io, store, result, options.json === true);
    });

const conclude = async (io: Io, store: RunDirectory, result: ImportResult, json: boolean): Promise<void> => {
  const { rollouts, problems, faults, byEnvironment } = result;
  if (json) {
    const environments = Object.fromEntries(byEnvironment);
    io.out(
      `${JSON.stringify({ run: store.dir, rollouts, leftOut: problems, unscoredFaults: faults, environments })}\n`,
    );
  } else {
    for (const [name, count] of byEnvironment) io.out(`${visible(name)}: ${count} rollouts\n`);
    if (problems > 0) io.out(`${problems} conversations were left out\n`);
    if (faults > 0) io.out(`${faults} ended in an error, or lack what graders read: they are unscored\n`);
    io.out(`run: ${visible(store.dir)}\n`);
  }
  const environments = await selectEnvironments(store.manifest.plan.environments, io.cwd);
  io.err(`report: ${visible(await writeReport(io, store, await evaluationOf(store, environments)))}\n`);
};

const firstProblem = ({ code, what, allowed, todo, cause }: SubterfugeError): SubterfugeError =>
  inputError({
    code,
    what,
    ...(allowed === null ? {} : { allowed }),
    todo: todo ?? 'Mend it, or leave out what cannot be read with --skip-bad. Nothing was written.',
    cause,
  });

function passAt(given: string): number {
  const value = positiveNumber('pass-at', 0)(given);
  if (value <= 1) return value;
  throw inputError({ code: 'bad-option', what: '--pass-at is not usable.', given, allowed: 'a number from 0 to 1' });
}

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;

const checkedName = ({ as, env }: ImportOptions): string | null => {
  if (as === undefined && env.length === 0) {
    throw inputError({
      code: 'no-name',
      what: 'It is not said what the conversations are.',
      given: 'neither --as nor --env',
      allowed: '--as NAME for any conversations, --env ENV for those whose prompts are its tasks, or both',
    });
  }
  if (as === undefined || NAME.test(as)) return as ?? null;
  throw inputError({
    code: 'bad-option',
    what: '--as is not usable.',
    given: visible(as),
    allowed: 'lower-case letters, digits and hyphens, at most 64 characters',
  });
};

const directoryFor = async (
  io: Io,
  out: string | undefined,
): Promise<{ readonly dir: string; readonly id: string }> => {
  if (out === undefined) {
    const dice = rng(`${process.pid}/${process.hrtime.bigint()}`);
    return await newRunDirectory(join(io.cwd, 'runs'), io.clock, dice);
  }
  const dir = resolve(io.cwd, out);
  return { dir, id: dir.split(/[\\/]/).at(-1) ?? dir };
};

/** There is no plan to play: what the fields of one say here is how a run says that it was imported. */
const manifestOf = (io: Io, id: string, environments: readonly string[]) => {
  const plan: EvalPlan = {
    kind: 'eval',
    model: 'imported:logs',
    environments: [...environments],
    n: 1,
    seed: 'imported',
    split: 'test',
    register: 'realistic',
    promptSet: 'main',
    dialect: 'native',
    temperature: 0,
    maxOutputTokens: 1,
    maxUsd: null,
    price: null,
  };
  return {
    schema: 'subterfuge/run@1',
    id,
    createdAt: new Date(io.clock.nowMs()).toISOString(),
    versions: { subterfuge: VERSION, node: process.version },
    plan,
  } as const;
};
