import { join } from 'node:path';
import { type Journal, openJournal } from '../store/journal.ts';
import { openJournalReader, parsePayload } from '../store/journal-reader.ts';
import { isThere } from './is-there.ts';
import { type PhaseEnd, phaseEndRecord, type TokenCounts } from './training-record.ts';

const PHASES_FILE = 'phases.jsonl';

/** Which phases of a training run came to their end. Append-only; a line is durable before anything builds on it. */
export interface PhaseJournal extends AsyncDisposable {
  readonly ends: readonly PhaseEnd[];
  ended(phase: string): PhaseEnd | null;
  append(end: Omit<PhaseEnd, 'schema' | 'build'>): Promise<void>;
}

/** `build`: the program that ends phases from now on, where it is known. */
export const openPhaseJournal = async (dir: string, build: string | null = null): Promise<PhaseJournal> => {
  const path = join(dir, PHASES_FILE);
  const journal: Journal = await openJournal(path);
  try {
    const ends: PhaseEnd[] = [...(await readPhaseEnds(dir))];
    return {
      ends,
      ended: (phase) => ends.findLast((end) => end.phase === phase) ?? null,
      append: async (end) => {
        const record: PhaseEnd = { schema: 'subterfuge/phase@1', ...end, ...(build === null ? {} : { build }) };
        await journal.append(record).durable;
        ends.push(record);
      },
      [Symbol.asyncDispose]: () => journal[Symbol.asyncDispose](),
    };
  } catch (thrown) {
    await journal[Symbol.asyncDispose]();
    throw thrown;
  }
};

/**
 * The ended phases of a training run, also while it is being written. None where nothing was begun. Throws `unreadable`
 * (exit code 2) where that cannot be seen.
 */
export const readPhaseEnds = async (dir: string): Promise<readonly PhaseEnd[]> => {
  const path = join(dir, PHASES_FILE);
  if (!(await isThere(path))) return [];
  await using reader = await openJournalReader(path);
  const ends: PhaseEnd[] = [];
  for await (const record of reader.records()) ends.push(phaseEndRecord.read(parsePayload(path, record)));
  return ends;
};

/**
 * What all phases together cost. Of one that was done again, e.g. measures that somebody deleted, only the last end's
 * tokens count: those are what a run that was never touched had needed. Seconds are all that were spent.
 */
export const spentOn = (ends: readonly PhaseEnd[]): { readonly tokens: TokenCounts; readonly seconds: number } => {
  const tokens = { sampled: 0, prompt: 0, trained: 0 };
  let seconds = 0;
  for (const end of new Map(ends.map((one) => [one.phase, one] as const)).values()) {
    tokens.sampled += end.tokens.sampled;
    tokens.prompt += end.tokens.prompt;
    tokens.trained += end.tokens.trained;
  }
  for (const end of ends) seconds += end.seconds;
  return { tokens, seconds };
};
