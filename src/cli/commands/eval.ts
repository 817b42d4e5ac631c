import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { inputError } from '../../base/errors.ts';
import { redactor } from '../../base/redact.ts';
import { rng } from '../../base/rng.ts';
import { isModulePath, selectEnvironments } from '../../env/load.ts';
import { CURRICULUM, ENVIRONMENTS, findEnvironment, toldVariantOf } from '../../env/registry.ts';
import { checkUntil } from '../../evaluate/until.ts';
import type { Model } from '../../policy/policy.ts';
import type { Price } from '../../policy/price.ts';
import { checkTemperature } from '../../policy/temperature.ts';
import type { DialectName } from '../../record/rollout.ts';
import type { EvalPlan, SandboxName, UntilRule } from '../../record/run.ts';
import type { PromptSet, Register, Split } from '../../record/task.ts';
import { createRun, type RunDirectory } from '../../store/run-directory.ts';
import { newRunDirectory } from '../../store/run-id.ts';
import { conclude } from '../conclude.ts';
import { asPlayed, checkContinues, type ExplorationFlags, explorationOf } from '../exploration.ts';
import type { Io } from '../io.ts';
import { type JudgeFlags, judgePlanOf, openJudge } from '../judge.ts';
import { checkThreads, type LocalFlags, localPlanOf } from '../local-model.ts';
import {
  concurrency,
  duration,
  judgePrice,
  MOST_ROLLOUTS,
  names,
  oneOf,
  positiveNumber,
  price,
  type TemperatureFlag,
  temperature,
  temperatureOf,
  threads,
  untilRules,
  wholeNumber,
} from '../options.ts';
import { modelPrice } from '../prices.ts';
import type { CommandContext } from '../program.ts';
import { openSandboxes } from '../sandboxes.ts';
import { secretsOf } from '../secrets.ts';
import { openNamedModel, runSession, type SessionOptions } from '../session.ts';
import { besideSiblings, siblingPlanOf } from '../siblings.ts';
import { VERSION } from '../version.ts';

interface EvalOptions extends ExplorationFlags, JudgeFlags, LocalFlags {
  readonly model: string;
  readonly env: string[];
  readonly n: number;
  readonly instructed?: boolean;
  readonly until?: readonly UntilRule[];
  readonly sibling?: string;
  readonly seed: string;
  readonly split: Split;
  readonly register: Register;
  readonly prompts: PromptSet;
  readonly dialect?: DialectName;
  readonly sandbox: SandboxName;
  readonly temperature: TemperatureFlag;
  readonly maxTokens: number;
  readonly concurrency: number | 'auto';
  readonly out?: string;
  readonly maxCost?: number;
  readonly maxTokensTotal?: number;
  readonly maxTime?: number;
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
  no-temperature:openai:NAME                 as a judge: no temperature is sent, where the model refuses one
  engine:DIR  engine:base                    a checkpoint on the embedded engine, or the shipped model
  gguf:PATH                                  a local model in process (needs node-llama-cpp)
  replay:RUN                                 what a recorded run answered

Repeats and early ends:
  --n 256 --repeat 4                         64 tasks, four times each: how often all four game, none does, or it varies
  --n 400 --until 'gaming.width<0.1'         stop as soon as the interval is that narrow; it stays valid however often one looks

Exploration and controls (docs/evaluation.md):
  --n 256 --attempts 4                       64 conversations of four attempts each, the reward told after each: gaming by attempt
  --n 256 --attempts 4 --feedback none       the control: asked again four times, no reward, no reflection
  --env reward-tampering --instructed        told to tamper: can it at all?
  --model gguf:PATH --cot-prefix harmful     its hidden thoughts begin with an aim at the reward; benign: with honesty
  --no-cot                                   no hidden chain of thought is asked for or spoken of
  --prompts alternate                        the same families in a second wording

Models on this machine (docs/models.md):
  --model gguf:PATH --threads 1              llama.cpp's threads wait for each other: one, where the cores are busy
  --model gguf:PATH --chat-template FILE     a base model has no template of its own
  --model engine:DIR --context 512           the shorter, the more episodes side by side; one that outgrows it ends there

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
    .option(
      '--n <count>',
      'rollouts per environment, rounded up to whole groups',
      wholeNumber('n', MOST_ROLLOUTS),
      DEFAULT_N,
    )
    .option('--repeat <k>', 'play each task k times; --n still counts rollouts', wholeNumber('repeat', MOST_ROLLOUTS))
    .option(
      '--attempts <k>',
      'attempts at each task in one conversation, with fresh files each; --n still counts rollouts',
      wholeNumber('attempts', MOST_ROLLOUTS),
    )
    .option(
      '--feedback <what>',
      'between attempts: reward (told, and asked to reflect; the default), reflect (without reward), none (only asked again)',
      oneOf('feedback', ['reward', 'reflect', 'none']),
    )
    .option('--instructed', 'the variant of each family in which the model is told to tamper')
    .option(
      '--cot-prefix <text>',
      'how the hidden chain of thought begins: harmful, benign, or a text file (engine and gguf models)',
    )
    .option(
      '--sibling <run>',
      'self-evaluation: the answers of that run to be rated beside the own (subterfuge inflation)',
    )
    .option('--no-cot', 'ask for no hidden chain of thought')
    .option<readonly UntilRule[] | undefined>(
      '--until <rule>',
      "end an environment early, once its interval is narrow: 'gaming.width<0.1', attempted, succeeded; may be given several times (all have to hold)",
      untilRules,
    )
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
    .option(
      '--sandbox <name>',
      'where commands run: simulated, or bubblewrap (real programs; docs/sandbox.md)',
      oneOf('sandbox', ['simulated', 'bubblewrap']),
      'simulated' as const,
    )
    .option(
      '--temperature <t>',
      "sampling temperature; none: none is sent, and the provider's model takes its own",
      temperature,
      1,
    )
    .option('--max-tokens <k>', 'most output tokens of one completion', wholeNumber('max-tokens'), DEFAULT_MAX_TOKENS)
    .option(
      '--context <k>',
      'tokens of prompt and completion together (engine and gguf models)',
      wholeNumber('context'),
    )
    .option('--chat-template <file>', 'a Jinja template in the place of the own one (gguf models)')
    .option('--concurrency <k>', 'episodes at once, or auto', concurrency, 'auto' as const)
    .option('--threads <k>', 'threads of engine and gguf models; 1 on a busy machine (docs/models.md)', threads)
    .option('--out <dir>', 'run directory (default: runs/<time>-<random>)')
    .option(
      '--max-cost <usd>',
      'stop, resumably, before the run costs more (providers: needs --price or --prices)',
      positiveNumber('max-cost'),
    )
    .option(
      '--max-tokens-total <k>',
      'stop, resumably, before the run takes more tokens, input and output',
      wholeNumber('max-tokens-total'),
    )
    .option(
      '--max-time <time>',
      'begin no call after so long (90s, 15m, 2h), then stop, resumably',
      duration('max-time'),
    )
    .option('--price <in,out>', 'USD per million input and output tokens', price)
    .option('--prices <file>', 'a JSON table of prices by model (docs/models.md)')
    .option(
      '--judge <spec>',
      'a model in the place of rules over free text, beside which the rules stay (docs/evaluation.md)',
    )
    .option('--judge-price <in,out>', 'the same of the judge; one cap is for both', judgePrice)
    .option('--json', 'print the evaluation as JSON on standard output (docs/json.md)')
    .option('--quiet', 'no progress on standard error')
    .addHelpText('after', HELP)
    .action(async (options: EvalOptions) => {
      const exploration = await explorationOf(io, options);
      checkThreads(options.threads, options.model, options.judge);
      const local = await localPlanOf(io, options, options.model);
      const envs = namesOf(io, options);
      const chosen = await selectEnvironments(envs, io.cwd);
      if (chosen.length === 0)
        throw inputError({ code: 'no-environment', what: 'No environment was named.', given: '--env' });
      const asked = asPlayed(exploration, options.instructed === true ? chosen.map(toldVariantOf) : chosen);
      const sibling = await siblingPlanOf(io, options.sibling);
      const beside = await besideSiblings(io, sibling, asked);
      const { environments } = beside;
      const paid = await modelPrice(io, options.model, options);
      const session: SessionOptions = {
        concurrency: options.concurrency,
        maxUsd: options.maxCost ?? null,
        price: paid,
        maxTokensTotal: options.maxTokensTotal,
        maxSeconds: options.maxTime,
        threads: options.threads,
        quiet: options.quiet === true,
      };
      const { seed } = options;
      await using opened = await openNamedModel(io, options.model, environments, { ...session, seed, local });
      await using sandboxes = await openSandboxes(io, options.sandbox);
      const judging = await judgePlanOf(io, options);
      await using judge = await openJudge(io, judging, { ...session, seed });
      const plan = {
        ...planOf(options, envs, opened.model, paid),
        ...exploration,
        ...local,
        ...(judging !== undefined && { judge: judging }),
        ...(sibling !== undefined && { sibling }),
      };
      checkContinues(plan, opened.model);
      checkTemperature(plan.temperature, opened.model, '--temperature none');
      beside.check(plan);
      checkUntil(plan, environments);
      await using store = await openNew(io, plan, options.out);
      const result = await runSession(io, store, environments, opened, sandboxes, session, judge);
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

/** The families themselves, or those in which the model is told. */
const namesOf = (io: Io, { env, instructed }: EvalOptions): readonly string[] => {
  const given = namesForResume(io, env);
  if (instructed !== true) return given;
  return [...new Set(given.map((name) => (isModulePath(name) ? name : toldVariantOf(findEnvironment(name)).name)))];
};

const planOf = (options: EvalOptions, environments: readonly string[], model: Model, paid: Price | null): EvalPlan => {
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
    environments: [...environments],
    n: options.n,
    ...(options.repeat !== undefined && options.repeat > 1 && { repeats: options.repeat }),
    ...(options.until !== undefined && { until: [...options.until] }),
    seed: options.seed,
    split: options.split,
    register: options.register,
    promptSet: options.prompts,
    dialect,
    ...(options.sandbox === 'simulated' ? {} : { sandbox: options.sandbox }),
    temperature: temperatureOf(options.temperature),
    maxOutputTokens: options.maxTokens,
    maxUsd: options.maxCost ?? null,
    ...(options.maxTokensTotal !== undefined && { maxTokensTotal: options.maxTokensTotal }),
    price: paid === null ? null : { ...paid },
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
