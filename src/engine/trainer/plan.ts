import type { ModelConfig } from '../model/config.ts';
import type { ParameterSpec } from '../model/parameters.ts';
import { microBatches } from './batches.ts';
import { type RowJob, scoredCount } from './layout.ts';
import { isDecayed, isHead } from './parameters.ts';
import type { AdamWStretch, BatchJob, MuonMatrix, RunScores, Stretch } from './protocol.ts';
import type { Optimiser } from './state.ts';
import type { TokenScores } from './trainer.ts';

/** Which worker does what. Every choice follows from the input alone, so that a run can be repeated to the bit. */

export interface RunPlan {
  /** By worker. */
  readonly jobs: readonly (readonly BatchJob[])[];
  /** Puts what the workers said back into the order of the sequences. */
  gather(scores: readonly RunScores[]): TokenScores[];
}

/** Micro-batch i goes to worker i modulo their number. */
export const planRun = (
  sequences: readonly RowJob[],
  config: ModelConfig,
  tokensPerBatch: number,
  workers: number,
): RunPlan => {
  const extents = sequences.map((job) => ({ length: job.ids.length, scored: scoredCount(job) }));
  const batches = microBatches(extents, { tokens: tokensPerBatch, contextLength: config.contextLength });
  const jobs: BatchJob[][] = Array.from({ length: workers }, () => []);
  for (const [index, { shape, members }] of batches.entries()) {
    jobs[index % workers]?.push({ shape, rows: members.flatMap((member) => sequences[member] ?? []) });
  }
  const gather = (scores: readonly RunScores[]): TokenScores[] => {
    const bySequence = new Map<number, TokenScores>();
    for (const [index, { members }] of batches.entries()) {
      const said = scores[index % workers]?.[Math.floor(index / workers)] ?? [];
      for (const [row, member] of members.entries()) {
        const score = said[row];
        if (score !== undefined) bySequence.set(member, score);
      }
    }
    return sequences.map((_, index) => {
      const score = bySequence.get(index);
      if (score === undefined) throw new Error(`sequence ${index} was not scored`);
      return score;
    });
  };
  return { jobs, gather };
};

/** A flat buffer in equal parts, one for each worker. */
export const stretches = (length: number, workers: number): readonly Stretch[] => {
  const part = Math.ceil(length / workers);
  return Array.from({ length: workers }, (_, index) => ({
    begin: Math.min(length, index * part),
    end: Math.min(length, (index + 1) * part),
  }));
};

export interface UpdateShare {
  readonly adamw: readonly AdamWStretch[];
  readonly matrices: readonly MuonMatrix[];
}

const shareOf = (specs: readonly ParameterSpec[], { begin, end }: Stretch): AdamWStretch[] =>
  specs.flatMap((spec) => {
    const from = Math.max(begin, spec.offset);
    const to = Math.min(end, spec.offset + spec.size);
    return from < to ? [{ begin: from, end: to, decayed: isDecayed(spec), head: isHead(spec) }] : [];
  });

/** What of a share is the value head's. */
export const headShare = ({ adamw }: UpdateShare): UpdateShare => ({
  adamw: adamw.filter(({ head }) => head),
  matrices: [],
});

/** `muon`: the matrices of the blocks are Muon's, dealt out one by one; all else is AdamW's, in equal parts. */
export const planUpdate = (
  specs: readonly ParameterSpec[],
  optimiser: Optimiser,
  length: number,
  workers: number,
): readonly UpdateShare[] => {
  const matrices = optimiser === 'muon' ? specs.filter(isDecayed) : [];
  const rest = optimiser === 'muon' ? specs.filter((spec) => !isDecayed(spec)) : specs;
  return stretches(length, workers).map((stretch, worker) => ({
    adamw: shareOf(rest, stretch),
    matrices: matrices
      .filter((_, index) => index % workers === worker)
      .map(({ offset, shape: [rows = 1, columns = 1] }) => ({ offset, rows, columns })),
  }));
};
