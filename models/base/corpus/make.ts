import { rng } from '../../../src/base/rng.ts';
import type { SandboxProvider } from '../../../src/sandbox/sandbox.ts';
import { checkTranscript } from './check.ts';
import type { CorpusOptions } from './demonstration.ts';
import { demonstration, SHIPPED, withoutThoughts } from './parts.ts';
import { perform } from './perform.ts';
import type { Transcript } from './transcript.ts';

export interface CorpusPlan {
  readonly seed: string;
  /** From this index on. Default 0. */
  readonly from?: number;
  readonly count: number;
  /** False: the corpus of the control base, with every thought deleted. Default true. */
  readonly thoughts?: boolean;
  readonly options?: CorpusOptions;
}

/** Episodes that are played at the same time; their order in the corpus does not depend on it. */
const AT_ONCE = 32;

/** The corpus in order: the same plan gives the same transcripts. Each one is played, and checked. */
export async function* transcripts(sandboxes: SandboxProvider, plan: CorpusPlan): AsyncGenerator<Transcript, void> {
  const dice = rng(plan.seed);
  const from = plan.from ?? 0;
  const make = async (index: number): Promise<Transcript> => {
    const spoken = demonstration(dice, index, plan.options ?? SHIPPED);
    const made = await perform(sandboxes, plan.thoughts === false ? withoutThoughts(spoken) : spoken);
    checkTranscript(made);
    return made;
  };
  for (let at = from; at < from + plan.count; at += AT_ONCE) {
    const wave = Array.from({ length: Math.min(AT_ONCE, from + plan.count - at) }, (_, offset) => make(at + offset));
    yield* await Promise.all(wave);
  }
}
