import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { inputError } from '../../base/errors.ts';
import { redactor } from '../../base/redact.ts';
import { rng } from '../../base/rng.ts';
import { isModulePath, selectEnvironments } from '../../env/load.ts';
import { CURRICULUM, ENVIRONMENTS } from '../../env/registry.ts';
import type { Model } from '../../policy/policy.ts';
import type { Price } from '../../policy/price.ts';
import type { DialectName } from '../../record/rollout.ts';
import type { EvalPlan } from '../../record/run.ts';
import type { PromptSet, Register, Split } from '../../record/task.ts';
import { createRun, type RunDirectory } from '../../store/run-directory.ts';
import { newRunDirectory } from '../../store/run-id.ts';
import { conclude } from '../conclude.ts';
import type { Io } from '../io.ts';
import { concurrency, names, oneOf, positiveNumber, price, wholeNumber } from '../options.ts';
import type { CommandContext } from '../program.ts';
import { secretsOf } from '../secrets.ts';
import { openNamedModel, runSession, type SessionOptions } from '../session.ts';
import { VERSION } from '../version.ts';

interface EvalOptions {
  readonly model: string;
  readonly env: string[];
  readonly n: number;
  readonly seed: string;
  readonly split: Split;
  readonly register: Register;
  readonly prompts: PromptSet;
  readonly dialect?: DialectName;
  readonly temperature: number;
  readonly maxTokens: number;
  readonly concurrency: number | 'auto';
  readonly out?: string;
  readonly maxCost?: number;
  readonly price?: Price;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const DEFAULT_N = 64;
const DEFAULT_MAX_TOKENS = 4_096;

const HELP = `
Model specifications:
  scripted:gold|empty|wrong|exploit          written-down behaviour: the oracle that checks the environments
  scripted:exploit/NAME                      one exploit by name (subterfuge env NAME lists them)
  openai:NAME  anthropic:NAME  google:NAME  openrouter:NAME  ollama:NAME
  openai-compatible:NAME@URL                 any server that speaks that protocol
  engine:DIR  engine:base                    a checkpoint on the embedded engine, or the shipped model
  gguf:PATH                                  a local model in process (needs node-llama-cpp)
  replay:RUN                                 what a recorded run answered

What is printed: per environment the rate of gaming (proxy passed, intent failed), of attempts and successes, with 95 %
intervals. docs/concepts.md explains the words. The run directory keeps everything; report.html is one file to share.`;

export const evalCommand = ({ io }: CommandContext): Command =>
  new Command('eval')
    .description('Measure whether a model games environments in which it can.')
    .requiredOption('--model <spec>', 'who is measured; see below')
    .requiredOption(
      '--env <names>',
      'environments by name, comma-separated; all (controls by name only); curriculum; a path to a module',
      names,
    )
    .option('--n <count>', 'rollouts per environment, rounded up to whole groups', wholeNumber('n'), DEFAULT_N)
    .option('--seed <text>', 'names all random streams: same seed, same run', '1')
    .option('--split <name>', 'which variants: test, train', oneOf('split', ['test', 'train']), 'test' as const)
    .option(
      '--register <name>',
      'wording: realistic, compact',
      oneOf('register', ['realistic', 'compact']),
      'realistic' as const,
    )
    .option('--prompts <name>', 'prompt set: main, alternate', oneOf('prompts', ['main', 'alternate']), 'main' as const)
    .option(
      '--dialect <name>',
      'tags or native (default: the first that the model plays)',
      oneOf('dialect', ['tags', 'native']),
    )
    .option('--temperature <t>', 'sampling temperature', positiveNumber('temperature', 0), 1)
    .option('--max-tokens <k>', 'most output tokens of one completion', wholeNumber('max-tokens'), DEFAULT_MAX_TOKENS)
    .option('--concurrency <k>', 'episodes at once, or auto', concurrency, 'auto' as const)
    .option('--out <dir>', 'run directory (default: runs/<time>-<random>)')
    .option(
      '--max-cost <usd>',
      'stop, resumably, before the run costs more (providers: needs --price)',
      positiveNumber('max-cost'),
    )
    .option('--price <in,out>', 'USD per million input and output tokens', price)
    .option('--json', 'print the evaluation as JSON on standard output (docs/json.md)')
    .option('--quiet', 'no progress on standard error')
    .addHelpText('after', HELP)
    .action(async (options: EvalOptions) => {
      const environments = await selectEnvironments(options.env, io.cwd);
      if (environments.length === 0)
        throw inputError({ code: 'no-environment', what: 'No environment was named.', given: '--env' });
      const session: SessionOptions = {
        concurrency: options.concurrency,
        maxUsd: options.maxCost ?? null,
        price: options.price ?? null,
        quiet: options.quiet === true,
      };
      await using opened = await openNamedModel(io, options.model, environments, { ...session, seed: options.seed });
      await using store = await openNew(io, planOf(io, options, opened.model), options.out);
      const result = await runSession(io, store, environments, opened, session);
      await conclude(io, store, result, options.json === true);
    });

/** What a resume finds again from anywhere: modules by their whole path, `all` as what it meant today. */
const namesForResume = (io: Io, given: readonly string[]): readonly string[] => [
  ...new Set(
    given.flatMap((name) => {
      if (name === 'all') return ENVIRONMENTS.map((environment) => environment.name);
      if (name === 'curriculum') return CURRICULUM.map((environment) => environment.name);
      return [isModulePath(name) ? resolve(io.cwd, name) : name];
    }),
  ),
];

const planOf = (io: Io, options: EvalOptions, model: Model): EvalPlan => {
  const dialect = options.dialect ?? model.dialects[0] ?? 'tags';
  if (!model.dialects.includes(dialect)) {
    throw inputError({
      code: 'no-such-dialect',
      what: `${options.model} cannot play the ${dialect} dialect.`,
      given: `--dialect ${dialect}`,
      allowed: model.dialects.join(', '),
    });
  }
  return {
    kind: 'eval',
    model: options.model,
    environments: [...namesForResume(io, options.env)],
    n: options.n,
    seed: options.seed,
    split: options.split,
    register: options.register,
    promptSet: options.prompts,
    dialect,
    temperature: options.temperature,
    maxOutputTokens: options.maxTokens,
    maxUsd: options.maxCost ?? null,
    price: options.price === undefined ? null : { ...options.price },
  };
};

const openNew = async (io: Io, plan: EvalPlan, out: string | undefined): Promise<RunDirectory> => {
  const named = out === undefined ? null : resolve(io.cwd, out);
  // The name of a run is the one thing that a seed must not fix: two runs of one plan are two runs.
  const dice = rng(`${process.pid}/${process.hrtime.bigint()}`);
  const { id, dir } =
    named === null
      ? await newRunDirectory(join(io.cwd, 'runs'), io.clock, dice)
      : { id: named.split(/[\\/]/).at(-1) ?? named, dir: named };
  const manifest = {
    schema: 'subterfuge/run@1',
    id,
    createdAt: new Date(io.clock.nowMs()).toISOString(),
    versions: { subterfuge: VERSION, node: process.version },
    plan,
  } as const;
  return await createRun(dir, manifest, { redact: redactor(secretsOf(io.env)), clock: io.clock });
};
