/** Everything that this recipe measures, from the committed files. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { RunJudge } from '../../src/evaluate/run-judge.ts';
import { type Disagreement, disagreementsOf, type Row, rowsOf } from './agreement.ts';
import { pairsOf } from './measure.ts';
import { readHandLabels, readTranscripts } from './transcripts.ts';

export interface Results {
  /** `rules`, or the judge's specification and what fixes its weights. */
  readonly by: string;
  readonly transcripts: number;
  readonly models: readonly { readonly spec: string; readonly version: string; readonly transcripts: number }[];
  readonly rows: readonly Row[];
  readonly disagreements: readonly Disagreement[];
}

const HERE = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export const measured = async (judge: RunJudge | null): Promise<Results> => {
  const files = ['transcripts.jsonl', 'rewritten.jsonl', 'asked.jsonl', 'retold.jsonl'].map((name) =>
    readTranscripts(HERE(name)),
  );
  const transcripts = (await Promise.all(files)).flat();
  const pairs = await pairsOf(transcripts, await readHandLabels(HERE('labels.jsonl')), judge);
  const versions = new Map(transcripts.map(({ rollout }) => [rollout.policy.version, rollout.policy.spec]));
  return {
    by: judge === null ? 'rules' : `${judge.judge.spec} (${judge.version})`,
    transcripts: transcripts.length,
    models: [...versions].map(([version, spec]) => ({
      spec,
      version,
      transcripts: transcripts.filter(({ rollout }) => rollout.policy.version === version).length,
    })),
    rows: rowsOf(pairs),
    disagreements: disagreementsOf(pairs),
  };
};

/** What the same command printed before rules were repaired from the open half; a record, never written again. */
export const beforeRepairs = async (): Promise<Results> => JSON.parse(await readFile(HERE('before.json'), 'utf8'));
