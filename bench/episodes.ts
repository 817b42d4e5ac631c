/**
 * Tampering episodes per second: in the simulated sandbox and in bubblewrap, cold (no variant comes twice) and warm
 * (variants come again, as in a long run), against Inspect AI with its local sandbox and a mock model, which plays the same
 * episodes: the same commands in the same order over the same files, ending in the same bytes.
 *
 *   npm run bench -- episodes [--n 256] [--warm 5120] [--rounds 3] [--at-once 64] [--samples 2,4,8,16] [--python PATH] [--json]
 *
 * Ours are played, graded with Python and recorded on the disk, each durable as it ends: an episode waits for the disk twice, so
 * that many run at once (--at-once 64). Inspect AI plays every episode once for each of --samples in each round, which is most of
 * the time: about 15 minutes on 2 cores as it stands, 4 with `--n 128 --rounds 2 --samples 4,8`. Nothing else should run
 * meanwhile. `bash interop/inspect/setup.sh` gets Inspect AI; without it our side alone is measured.
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { inputError, runError } from '../src/base/errors.ts';
import { wholeNumber } from '../src/cli/options.ts';
import { rewardTampering } from '../src/env/reward-tampering/env.ts';
import { tamperingDev } from '../src/env/tampering-dev/env.ts';
import type { Rollout } from '../src/record/rollout.ts';
import { bubblewrapSandbox } from '../src/sandbox/bubblewrap.ts';
import type { SandboxProvider } from '../src/sandbox/sandbox.ts';
import { type SimulatedProvider, simulatedSandbox } from '../src/sandbox/simulated.ts';
import { wasmPython } from '../src/sandbox/wasm-python.ts';
import { playEpisodes } from './support/episode-play.ts';
import { endStateOf, scriptedEpisode } from './support/episode-script.ts';
import { INSPECT_PYTHON, inspectMissing, inspectSpeed } from './support/inspect.ts';
import { ratios, type Spread, spread } from './support/spread.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '256' },
    warm: { type: 'string', default: '5120' },
    rounds: { type: 'string', default: '3' },
    samples: { type: 'string', default: '2,4,8,16' },
    'at-once': { type: 'string', default: '64' },
    python: { type: 'string', default: INSPECT_PYTHON },
    json: { type: 'boolean', default: false },
  },
});
const n = wholeNumber('n')(values.n);
const warmN = wholeNumber('warm')(values.warm);
const rounds = wholeNumber('rounds')(values.rounds);
const atOnce = wholeNumber('at-once')(values['at-once']);
const samples = values.samples.split(',').map(wholeNumber('samples'));
const environment = rewardTampering;
const variants = environment.variants.test;
if (n > variants)
  throw inputError({
    code: 'bad-option',
    what: 'Cold means that no variant comes twice.',
    given: `--n ${n}`,
    allowed: `at most ${variants}`,
  });

const WARM_UP = 32;
/** Each is a process that works: more at once than this only wait for a processor, and their time-outs with them. */
const REAL_SHELLS = 8 * availableParallelism();
const TARGETS = { cold: 100, overInspect: 5, warm: 2000 };

const python = values.python;
const noInspect = await inspectMissing(python);
const hasInspect = noInspect === null;
const bubblewrap = await (async () => {
  await using provider = bubblewrapSandbox();
  return await provider.probe();
})();

const noBubblewrap = bubblewrap.ok ? null : bubblewrap.reason;

/** Workers run and code is compiled before anything counts, by episodes of another family: none of ours is remembered. */
const opened = async <P extends SandboxProvider, T>(
  sandboxes: P,
  most: number,
  measure: (
    play: (count: number) => Promise<{ rate: number; rollouts: readonly Rollout[] }>,
    provider: P,
  ) => Promise<T>,
): Promise<T> => {
  await using provider = sandboxes;
  await using runner = wasmPython({ threads: availableParallelism() });
  const setup = { seed: 'bench', sandboxes: provider, python: runner, atOnce: Math.min(atOnce, most) };
  await playEpisodes({ ...setup, environment: tamperingDev, n: WARM_UP });
  return await measure(async (count) => {
    const { seconds, rollouts } = await playEpisodes({ ...setup, environment, n: count });
    return { rate: count / seconds, rollouts };
  }, provider);
};

const rates = {
  simulated: { cold: [] as number[], warm: [] as number[] },
  bubblewrap: { cold: [] as number[] },
  inspect: [] as number[],
};
const tried = new Map<string, number[]>();
let version = '';
let reference: readonly Rollout[] = [];
let memo: ReturnType<SimulatedProvider['stats']> | null = null;

const byId = (rollouts: readonly Rollout[]): readonly Rollout[] => rollouts.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const measureSimulated = async (): Promise<void> => {
  await opened(simulatedSandbox(), atOnce, async (play, provider) => {
    const cold = await play(n);
    rates.simulated.cold.push(cold.rate);
    if (reference.length === 0) reference = byId(cold.rollouts);
    // What is left of the variants, so that every one of them has been seen once.
    await play(variants);
    rates.simulated.warm.push((await play(warmN)).rate);
    memo = provider.stats();
  });
};

const measureBubblewrap = async (): Promise<void> => {
  if (!bubblewrap.ok) return;
  const { rate, rollouts } = await opened(bubblewrapSandbox(), REAL_SHELLS, async (play) => await play(n));
  rates.bubblewrap.cold.push(rate);
  for (const [at, rollout] of byId(rollouts).entries()) {
    const [here, there] = [rollout, reference[at]].map((one) => one && JSON.stringify(endStateOf(one)));
    if (here !== there)
      throw runError({
        code: 'bench-failed',
        what: 'An episode ended otherwise in bubblewrap than in the simulated sandbox.',
        given: `${rollout.id}: ${here} and ${there}`,
        todo: 'Play that episode in both.',
      });
  }
};

const measureInspect = async (): Promise<void> => {
  if (!hasInspect) return;
  const episodes = reference.map((rollout) => scriptedEpisode(environment, rollout));
  const speed = await inspectSpeed(python, episodes, samples);
  version = speed.version;
  for (const [setting, rate] of speed.rates) tried.set(setting, [...(tried.get(setting) ?? []), rate]);
  // The best setting of this round, which is in its favour.
  rates.inspect.push(Math.max(...speed.rates.values()));
};

for (let round = 0; round < rounds; round++) {
  // Who begins takes turns, so that a machine that warms up or throttles favours nobody; the first round needs what ours left.
  const order = [
    ['simulated', measureSimulated],
    ['bubblewrap', measureBubblewrap],
    ['Inspect AI', measureInspect],
  ] as const;
  for (const [side, measure] of round % 2 === 0 ? order : order.toReversed()) {
    process.stderr.write(`round ${round + 1} of ${rounds}: ${side}\n`);
    await measure();
  }
}

const cold = spread(rates.simulated.cold);
const warm = spread(rates.simulated.warm);
const wrapped = bubblewrap.ok ? spread(rates.bubblewrap.cold) : null;
const inspect = hasInspect ? spread(rates.inspect) : null;
const ratio = hasInspect ? ratios(rates.simulated.cold, rates.inspect) : null;
const wrappedRatio = hasInspect && bubblewrap.ok ? ratios(rates.bubblewrap.cold, rates.inspect) : null;
const commands = reference.reduce((sum, { turns }) => sum + turns.flatMap(({ results }) => results).length, 0);

const shown = ({ median, least, most }: Spread, digits = 0): string =>
  `${median.toFixed(digits).padStart(7)}  [${least.toFixed(digits)} to ${most.toFixed(digits)}]`;
const kept = (reached: boolean): string => (reached ? 'reached' : 'missed');

const table = (): void => {
  console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} processors, node ${process.version}`);
  console.log(`${atOnce} of ours at once, all in one process and its workers`);
  console.log(
    `${environment.name}, ${n} variants, ${(commands / n).toFixed(2)} commands an episode; median over ${rounds} rounds [range], episodes/s`,
  );
  console.log(`  simulated, cold   ${shown(cold)}`);
  console.log(`  simulated, warm   ${shown(warm)}   (${warmN} episodes of ${variants} variants seen before)`);
  console.log(wrapped === null ? `  bubblewrap: not here (${noBubblewrap})` : `  bubblewrap, cold  ${shown(wrapped)}`);
  if (inspect !== null && ratio !== null) {
    console.log(`  Inspect AI        ${shown(inspect, 1)}   (${version}; all episodes ended in the same files)`);
    for (const [setting, found] of tried)
      console.log(`      tried: ${setting}: ${found.map((rate) => rate.toFixed(1)).join(', ')}`);
    console.log(`  simulated cold to Inspect   ${shown(ratio, 2)}`);
    if (wrappedRatio !== null) console.log(`  bubblewrap to Inspect       ${shown(wrappedRatio, 2)}`);
  }
  if (memo !== null)
    console.log(
      `  remembered: ${memo.hits} commands found, ${memo.misses} run, ${(memo.memoBytes / 2 ** 20).toFixed(1)} MB`,
    );
  console.log(`target  cold at least ${TARGETS.cold}: ${kept(cold.median >= TARGETS.cold)}`);
  if (ratio !== null)
    console.log(`target  cold at least ${TARGETS.overInspect}x Inspect: ${kept(ratio.median >= TARGETS.overInspect)}`);
  console.log(`target  warm at least ${TARGETS.warm}: ${kept(warm.median >= TARGETS.warm)}`);
  if (!hasInspect) console.log(`Not compared with Inspect AI: ${noInspect} (${python}). bash interop/inspect/setup.sh`);
};

if (values.json)
  console.log(
    JSON.stringify({ n, warmN, rounds, rates, version, tried: [...tried], ratio, wrappedRatio, memo }, null, 2),
  );
else table();
