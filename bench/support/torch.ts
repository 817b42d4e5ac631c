import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runError } from '../../src/base/errors.ts';
import { spread } from './spread.ts';

const SCRIPT = fileURLToPath(new URL('../../interop/torch/speed.py', import.meta.url));

/** One way in which PyTorch may be run; speed.py tries several settings within it. */
export interface TorchVariant {
  readonly threads: number;
  /** Sequences at once. */
  readonly batch: number;
}

export interface TorchJob {
  readonly python: string;
  /** A `config.json` of Hugging Face. */
  readonly configPath: string;
  readonly task: 'train' | 'sample';
  readonly length: number;
  readonly repeats: number;
  /** Try torch.compile too. */
  readonly compiled: boolean;
}

const speedSchema = z.strictObject({
  torch: z.string(),
  threads: z.int(),
  tokensPerSecond: z.record(z.string(), z.number().positive()),
});

export interface TorchSpeed {
  readonly version: string;
  /** Tokens per second by setting. */
  readonly rates: ReadonlyMap<string, number>;
}

/** Runs speed.py once. Its errors go to standard error as they come. */
export const torchSpeed = async (job: TorchJob, { threads, batch }: TorchVariant): Promise<TorchSpeed> => {
  const numbers = { batch, length: job.length, threads, repeats: job.repeats };
  const args = [
    ...[SCRIPT, '--config', job.configPath, '--task', job.task],
    ...Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, `${value}`]),
    ...(job.compiled ? ['--compile'] : []),
  ];
  const child = spawn(job.python, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let stdout = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) stdout += chunk;
  const [code]: unknown[] = await closed;
  if (code !== 0) {
    throw runError({
      code: 'torch-failed',
      what: 'PyTorch could not be measured.',
      given: `${job.python} ${args.join(' ')} ended with exit code ${String(code)}`,
      todo: 'See its message above. torch.compile needs a C++ compiler; --eager leaves it out.',
    });
  }
  const { torch, tokensPerSecond } = speedSchema.parse(JSON.parse(stdout));
  const name = (setting: string): string => `${setting}, batch ${batch}, ${threads} threads`;
  return {
    version: torch,
    rates: new Map(Object.entries(tokensPerSecond).map(([setting, rate]) => [name(setting), rate])),
  };
};

/** A variant slower than this share of the best in one round does not come again. */
const STAYS = 0.8;

/** PyTorch over several rounds: all variants in the first, then those that may be the best. */
export interface TorchContest {
  /** The best rate of this round, whatever setting it was. */
  round(): Promise<number>;
  /** The setting with the best median over its rounds. */
  best(): { readonly setting: string; readonly version: string };
  /** All that was tried, with what each round gave. */
  readonly tried: ReadonlyMap<string, readonly number[]>;
}

export const torchContest = (job: TorchJob, variants: readonly TorchVariant[]): TorchContest => {
  const tried = new Map<string, number[]>();
  let going = variants;
  let version = '';
  return {
    tried,
    round: async () => {
      const rounds: { readonly variant: TorchVariant; readonly rate: number }[] = [];
      for (const variant of going) {
        const speed = await torchSpeed(job, variant);
        version = speed.version;
        for (const [setting, rate] of speed.rates) tried.set(setting, [...(tried.get(setting) ?? []), rate]);
        rounds.push({ variant, rate: Math.max(...speed.rates.values()) });
      }
      const best = Math.max(...rounds.map(({ rate }) => rate));
      going = rounds.filter(({ rate }) => rate >= STAYS * best).map(({ variant }) => variant);
      return best;
    },
    best: () => {
      const [first] = [...tried].sort(([, a], [, b]) => spread(b).median - spread(a).median);
      return { setting: first?.[0] ?? 'none', version };
    },
  };
};
