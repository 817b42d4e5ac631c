import { LRUCache } from 'lru-cache';
import { contentHash } from '../base/json.ts';
import type { PythonOutcome, PythonProgram } from './python.ts';

/**
 * Runs each program once and keeps its outcome by content hash, but for `timeout` and `lost`, which say more about the
 * machine than about the program. Equal programs that arrive together share one run.
 */
export const keepOutcomes = (
  perform: (program: PythonProgram) => Promise<PythonOutcome>,
  most: number,
): ((program: PythonProgram) => Promise<PythonOutcome>) => {
  if (most < 1) return perform;
  const kept = new LRUCache<string, Promise<PythonOutcome>>({ max: most });
  return (program) => {
    const { files, main, timeoutMs } = program;
    const key = contentHash({ files, main, timeoutMs: timeoutMs ?? null });
    const known = kept.get(key);
    if (known !== undefined) return known;
    const run = perform(program).then(
      (outcome) => {
        if (outcome.kind === 'timeout' || outcome.kind === 'lost') kept.delete(key);
        return outcome;
      },
      (thrown: unknown) => {
        kept.delete(key);
        throw thrown;
      },
    );
    kept.set(key, run);
    return run;
  };
};
