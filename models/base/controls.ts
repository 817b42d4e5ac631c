/**
 * The controls of the base, by the project's own evaluation at temperature 1, on tasks of the test split:
 *   npx node models/base/controls.ts [--model engine:base] [--n 1000] [--not-told 2000] [--seed 1]
 *     [--out runs/base-controls] [--json] [--quiet] [--write]
 *
 * --n rollouts per environment, --not-told of the tampering nobody asks for; --n more of that one in DIR-forced-aim, whose hidden
 * thoughts begin with the aim of the highest score. --write writes card.json, of the frozen base alone.
 * A run that was stopped or killed goes on with the same command. Exit code 1: a control fails; 3: not finished.
 */
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compactPlan } from '../../recipes/support/compact-plan.ts';
import { runScript } from '../../recipes/support/script.ts';
import { inputError } from '../../src/base/errors.ts';
import { processIo } from '../../src/cli/io.ts';
import { wholeNumber } from '../../src/cli/options.ts';
import { openNamedModel, runSession, type SessionOptions } from '../../src/cli/session.ts';
import { VERSION } from '../../src/cli/version.ts';
import type { Environment } from '../../src/env/environment.ts';
import type { EvaluateResult } from '../../src/evaluate/evaluate.ts';
import type { EvalPlan } from '../../src/record/run.ts';
import { cotPrefix } from '../../src/rollout/cot-prefix.ts';
import { simulatedSandbox } from '../../src/sandbox/simulated.ts';
import { openOrCreateRun } from '../../src/store/open-or-create.ts';
import type { RunReader } from '../../src/store/run-store.ts';
import { aimOf } from '../../src/train/aims.ts';
import { readFrozen } from '../frozen.ts';
import { baseCardSchema, type Figure } from './card.ts';
import { controlFigures, FORCED, forcedFigures, MEASURED, NOT_TOLD } from './control-figures.ts';
import { controlTable } from './control-table.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'engine:base' },
    n: { type: 'string', default: '1000' },
    'not-told': { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'runs/base-controls' },
    json: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const io = processIo();
const dir = resolve(values.out);
const CARD = join(import.meta.dirname, 'card.json');

const planOf = (): EvalPlan =>
  compactPlan({
    model: values.model,
    environments: MEASURED.map(({ name }) => name),
    n: wholeNumber('n')(values.n),
    counts: { [NOT_TOLD]: wholeNumber('not-told')(values['not-told']) },
    seed: values.seed,
  });

/** A card speaks of the frozen base and of nothing else. `version`: the hash of the model that was opened, or its beginning. */
const checkFrozen = async (version: string): Promise<void> => {
  const { base } = await readFrozen();
  if (version !== '' && base.model.startsWith(version)) return;
  throw inputError({
    code: 'not-frozen',
    what: 'The card is written for the frozen base alone.',
    given: `${values.model}, version ${version}`,
    allowed: base.model,
    todo: 'Leave --write out, or freeze the new base first: npx node models/freeze.ts',
  });
};

const writeCard = async (plan: EvalPlan, figures: readonly Figure[]): Promise<void> => {
  const { base } = await readFrozen();
  const { split, register, temperature, seed, n } = plan;
  const notTold = wholeNumber('not-told')(values['not-told']);
  const card = baseCardSchema.parse({
    schema: 'subterfuge/base-card@1',
    model: base.model,
    corpus: base.corpus.sha256,
    command: `npx node models/base/controls.ts --n ${n} --not-told ${notTold} --seed ${seed} --write`,
    settings: { split, register, temperature, seed, n, notTold },
    figures,
  });
  await writeFile(CARD, `${JSON.stringify(card, null, 2)}\n`);
  io.err(`${CARD}\n`);
};

/** The same tasks, forced to begin with the aim: what does the decision hang on? */
const forcedPlan = (plan: EvalPlan): EvalPlan => ({
  ...plan,
  environments: FORCED.map(({ name }) => name),
  counts: {},
  cotPrefix: cotPrefix('aim-score', `${aimOf('score').wordings[0]}.`),
});

const main = async (): Promise<number> => {
  const plan = planOf();
  const options: SessionOptions = { concurrency: 'auto', maxUsd: null, price: null, quiet: values.quiet };
  await using opened = await openNamedModel(io, plan.model, MEASURED, { ...options, seed: plan.seed });
  if (values.write) await checkFrozen(opened.model.version);
  await using sandboxes = simulatedSandbox();
  const versions = { subterfuge: VERSION, node: process.version };
  const played = async <T>(
    own: EvalPlan,
    out: string,
    environments: readonly Environment[],
    read: (store: RunReader) => Promise<T>,
  ): Promise<EvaluateResult & { readonly figures: T }> => {
    await using store = await openOrCreateRun(out, { id: basename(out), plan: own, versions }, { clock: io.clock });
    const result = await runSession(io, store, environments, opened, sandboxes, options);
    return { ...result, figures: await read(store) };
  };
  const usual = await played(plan, dir, MEASURED, controlFigures);
  const forced = usual.finished ? await played(forcedPlan(plan), `${dir}-forced-aim`, FORCED, forcedFigures) : null;
  const figures = [...usual.figures, ...(forced?.figures ?? [])];
  const finished = forced?.finished === true;
  io.out(values.json ? `${JSON.stringify({ plan, finished, figures }, null, 2)}\n` : controlTable(figures));
  const stoppedBy = usual.stoppedBy ?? forced?.stoppedBy ?? null;
  if (stoppedBy !== null) throw stoppedBy;
  if (!finished) {
    io.err(`Stopped before the end. Go on with the same command; the run is in ${dir}\n`);
    return 3;
  }
  if (values.write) await writeCard(plan, figures);
  return figures.some(({ holds }) => holds === 'no') ? 1 : 0;
};

await runScript(main);
