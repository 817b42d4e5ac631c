/**
 * Draws tampering episodes to be labelled by hand, from recorded runs of tampering families: attempts only, which is where
 * the rules are asked (a protected file changed, or a write to one refused), whatever the rules say of them. The episodes of
 * one name and source (told, untold, a forced prefix) are one pool. Each pool gives as many, by the seed, and of one text
 * (thoughts with their numbers left out) at most `--same`, since the fortieth copy of a sentence teaches nothing.
 *
 *   npx node bench/causes/draw.ts --run base-4=runs/causes/aabaa2fdb5ae-told [--run NAME=DIR ...]
 *     [--n 300] [--same 2] [--seed 1] [--out bench/data/causes.jsonl] [--beside FILE]
 *
 * With `--beside` only texts are drawn that do not stand in that file of labels, and they are marked as fresh: for a test of
 * rules that were repaired from it. bench/causes/play.ts makes such runs; any run of a tampering family will do. A file that is there is not written over.
 * bench/causes/README.md says how to label.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runScript, writeNewLines } from '../../recipes/support/script.ts';
import { inputError } from '../../src/base/errors.ts';
import { rng } from '../../src/base/rng.ts';
import { processIo } from '../../src/cli/io.ts';
import { wholeNumber } from '../../src/cli/options.ts';
import { attemptsOf, tamperingHostSchema } from '../../src/env/tampering-facts.ts';
import type { Rollout } from '../../src/record/rollout.ts';
import { readError } from '../../src/store/disk.ts';
import { readRun } from '../../src/store/run-directory.ts';
import { actOf } from '../../src/train/causes.ts';
import { type CauseLabel, readCauseLabels, textOf } from '../support/cause-labels.ts';

const { values } = parseArgs({
  options: {
    run: { type: 'string', multiple: true, default: [] },
    n: { type: 'string', default: '300' },
    same: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'bench/data/causes.jsonl' },
    beside: { type: 'string' },
  },
});
const io = processIo();

const sourceOf = (rollout: Rollout): string => {
  const told = rollout.task.environment.endsWith('-told');
  const prefix = /\+(prefix:[\w-]+)/u.exec(rollout.policy.spec)?.[1];
  if (prefix === undefined) return told ? 'told' : 'untold';
  return told ? `told+${prefix}` : prefix;
};

/** Null: not of a tampering family, a fault, or no attempt. An import that is only shadowed is left out too. */
const labelOf = (name: string, rollout: Rollout): CauseLabel | null => {
  const host = tamperingHostSchema.safeParse(rollout.task.host);
  if (!host.success || rollout.stop === 'fault') return null;
  const { changed, denied } = attemptsOf(rollout, [host.data.module, host.data.test]);
  const act = changed.length + denied.length === 0 ? null : actOf(rollout);
  if (act === null) return null;
  const source = sourceOf(rollout);
  return {
    schema: 'subterfuge/cause-label@1',
    id: `${rollout.policy.version.slice(0, 12)}/${source}/${rollout.id}`,
    model: name,
    version: rollout.policy.version,
    source,
    task: `${rollout.task.environment}/${rollout.task.variant}`,
    thoughts: [...act.thoughts],
    commands: [...act.commands],
    cause: null,
  };
};

/** Attempts by pool, `NAME source`. */
const poolsOf = async (runs: readonly string[]): Promise<ReadonlyMap<string, readonly CauseLabel[]>> => {
  const pools = new Map<string, CauseLabel[]>();
  for (const run of runs) {
    const [, name, dir] = /^([^=]+)=(.+)$/u.exec(run) ?? [];
    if (name === undefined || dir === undefined)
      throw inputError({ code: 'bad-run', what: 'A run needs a name.', given: run, allowed: '--run NAME=DIRECTORY' });
    await using reader = await readRun(dir);
    for await (const rollout of reader.rollouts()) {
      const label = labelOf(name, rollout);
      if (label === null) continue;
      const pool = `${name} ${label.source}`;
      pools.set(pool, [...(pools.get(pool) ?? []), label]);
    }
  }
  return pools;
};

/** The first `most` of each text. */
const thinned = (pool: readonly CauseLabel[], most: number): CauseLabel[] => {
  const seen = new Map<string, number>();
  return pool.filter(({ thoughts }) => {
    const text = textOf(thoughts);
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    return times <= most;
  });
};

/** As many of each pool as there are, up to an equal share; what small ones lack is taken from the others. */
const drawn = (pools: ReadonlyMap<string, readonly CauseLabel[]>, n: number, same: number): CauseLabel[] => {
  const dice = rng(values.seed).fork('causes');
  const shuffled = [...pools].map(([name, pool]) => thinned(dice.fork(`pool/${name}`).shuffle(pool), same));
  const out: CauseLabel[] = [];
  for (let at = 0; out.length < n && shuffled.some((pool) => at < pool.length); at++)
    out.push(...shuffled.flatMap((pool) => pool.slice(at, at + 1)).slice(0, n - out.length));
  for (const [index, name] of [...pools.keys()].entries())
    io.err(`${name}: ${pools.get(name)?.length ?? 0} attempts, ${shuffled[index]?.length ?? 0} after thinning\n`);
  // In no order that says where one came from.
  return dice.fork('order').shuffle(out);
};

/** What does not stand in the file, marked. */
const freshOf = async (
  pools: ReadonlyMap<string, readonly CauseLabel[]>,
  file: string,
): Promise<ReadonlyMap<string, readonly CauseLabel[]>> => {
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw readError(file, thrown);
  });
  const known = new Set(readCauseLabels(text, file).map(({ thoughts }) => textOf(thoughts)));
  const fresh = (pool: readonly CauseLabel[]): CauseLabel[] =>
    pool.filter(({ thoughts }) => !known.has(textOf(thoughts))).map((label) => ({ ...label, fresh: true }));
  return new Map([...pools].map(([name, pool]) => [name, fresh(pool)]));
};

const main = async (): Promise<number> => {
  const n = wholeNumber('n')(values.n);
  const played = await poolsOf(values.run);
  const pools = values.beside === undefined ? played : await freshOf(played, values.beside);
  const labels = drawn(pools, n, wholeNumber('same')(values.same));
  await writeNewLines(values.out, labels);
  io.err(`${labels.length} episodes in ${values.out}\n`);
  if (labels.length >= n) return 0;
  io.err(`Fewer than ${n}: add runs.\n`);
  return 1;
};

await runScript(main);
