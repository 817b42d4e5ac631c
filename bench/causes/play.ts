/**
 * Plays the episodes that bench/causes/draw.ts draws from: a model on tampering-dev told and untold, each alone and with each
 * forced prefix.
 *
 *   npx node bench/causes/play.ts --model engine:base [--model engine:runs/main/checkpoints/insubordinate-rubric ...]
 *     [--source told --source untold --source prefix:score ...] [--n 400] [--temperature 1] [--seed 1] [--runs runs/causes] [--quiet]
 *
 * The runs are ordinary ones, one for each model and source; stopped or killed, the same command goes on.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runScript } from '../../recipes/support/script.ts';
import { inputError } from '../../src/base/errors.ts';
import { interruptible } from '../../src/cli/interrupt.ts';
import { processIo } from '../../src/cli/io.ts';
import { positiveNumber, wholeNumber } from '../../src/cli/options.ts';
import { openNamedModel } from '../../src/cli/session.ts';
import { VERSION } from '../../src/cli/version.ts';
import type { Environment } from '../../src/env/environment.ts';
import { findEnvironment } from '../../src/env/registry.ts';
import { fixedConcurrency } from '../../src/policy/concurrency.ts';
import type { Model } from '../../src/policy/policy.ts';
import type { EvalPlan } from '../../src/record/run.ts';
import { simulatedSandbox } from '../../src/sandbox/simulated.ts';
import { wasmPython } from '../../src/sandbox/wasm-python.ts';
import { FORCED_PREFIXES, withPrefix } from '../../src/train/dense-prefix.ts';
import { type PlaySetup, playRun } from '../../src/train/play-run.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', multiple: true, default: ['engine:base'] },
    source: { type: 'string', multiple: true, default: [] },
    n: { type: 'string', default: '400' },
    temperature: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: 'runs/causes' },
    quiet: { type: 'boolean', default: false },
  },
});
const io = processIo();

interface Source {
  readonly name: string;
  readonly environment: Environment;
  readonly play: (model: Model) => Model;
}

const untold = findEnvironment('tampering-dev');
const told = findEnvironment('tampering-dev-told');
const plain = (model: Model): Model => model;
/** With a forced prefix a told episode has an aim of its own beside the request. */
const SOURCES: readonly Source[] = [
  { name: 'told', environment: told, play: plain },
  { name: 'untold', environment: untold, play: plain },
  ...FORCED_PREFIXES.flatMap((prefix) => {
    const play = (model: Model): Model => withPrefix(model, prefix);
    return [
      { name: `prefix:${prefix.name}`, environment: untold, play },
      { name: `told+prefix:${prefix.name}`, environment: told, play },
    ];
  }),
];

const chosen = (): readonly Source[] => {
  const names = SOURCES.map(({ name }) => name);
  const unknown = values.source.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw inputError({ code: 'bad-source', what: 'No such source.', given: unknown, allowed: names.join(', ') });
  return values.source.length === 0 ? SOURCES : SOURCES.filter(({ name }) => values.source.includes(name));
};

interface Amount {
  readonly n: number;
  /** Hot runs give broken text, which the rules have to tell from aims. */
  readonly temperature: number;
}

const planOf = (spec: string, { name, environment }: Source, { n, temperature }: Amount): EvalPlan => ({
  kind: 'eval',
  model: `${spec}+${name}`,
  environments: [environment.name],
  n,
  seed: `${values.seed}/causes/${name}`,
  split: 'test',
  register: 'compact',
  promptSet: 'main',
  dialect: 'tags',
  temperature,
  maxOutputTokens: 160,
  maxUsd: null,
  price: null,
});

/** Whether it was played to its end. */
const played = async (setup: PlaySetup, model: Model, source: Source, amount: Amount): Promise<boolean> => {
  const heat = amount.temperature === 1 ? '' : `-t${amount.temperature}`;
  const place = join(values.runs, `${model.version.slice(0, 12)}-${source.name.replaceAll(/[+:]/gu, '-')}${heat}`);
  const show = (done: number, total: number): void => {
    if (!values.quiet && (done === total || done % 100 === 0))
      io.err(`${model.spec} ${source.name} ${done}/${total}\n`);
  };
  const plan = planOf(model.spec, source, amount);
  await using run = await playRun(setup, place, plan, [source.environment], source.play(model), show);
  if (run.stoppedBy !== null) throw run.stoppedBy;
  return run.finished;
};

const main = async (): Promise<number> => {
  const amount: Amount = {
    n: wholeNumber('n')(values.n),
    temperature: positiveNumber('temperature')(values.temperature),
  };
  const sources = chosen();
  await using sandboxes = simulatedSandbox();
  await using python = wasmPython();
  using interrupt = interruptible((message) => io.err(`${message}\n`));
  const setup: PlaySetup = {
    sandboxes,
    context: { python },
    clock: io.clock,
    concurrency: (model) => fixedConcurrency(model.maxConcurrency),
    versions: { subterfuge: VERSION, node: process.version },
    drain: interrupt.drain,
    abort: interrupt.abort,
  };
  for (const spec of values.model) {
    const session = { concurrency: 'auto', maxUsd: null, price: null, quiet: true, seed: values.seed } as const;
    await using opened = await openNamedModel(io, spec, [untold], session);
    for (const source of sources) {
      if (await played(setup, opened.model, source, amount)) continue;
      io.err('Stopped before the end. Go on with the same command.\n');
      return 3;
    }
  }
  return 0;
};

await runScript(main);
