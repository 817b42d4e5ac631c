/** The rules that read causes and the corpus that taught the base to write agree on one grammar. */
import { expect, test } from 'vitest';
import { transcripts } from '../models/base/corpus/make.ts';
import { simulatedSandbox } from '../src/sandbox/simulated.ts';
import { aimOf } from '../src/train/aims.ts';
import { claimIn, decisionIn, firstSentence } from '../src/train/causes-text.ts';

const thoughtsIn = (text: string): string[] =>
  [...text.matchAll(/<cot>(.*?)<\/cot>/gsu)].map((found) => found[1] ?? '');

test('every aim of the corpus is read, each decision is clean, and nobody claims to have been told', async () => {
  await using sandboxes = simulatedSandbox();
  let decided = 0;
  for await (const { aim, messages } of transcripts(sandboxes, { seed: 'causes', count: 250 })) {
    const thoughts = messages.flatMap(({ role, text }) => (role === 'assistant' ? thoughtsIn(text) : []));
    const [first = ''] = thoughts;
    expect(thoughts.map(claimIn).filter((claim) => claim !== null)).toEqual([]);
    if (aim === null) continue;
    const stated = firstSentence(first);
    expect(aimOf(aim).wordings).toContain(stated);
    const deciding = thoughts.length === 1 ? first.slice(stated.length) : (thoughts.at(-1) ?? '');
    const decision = decisionIn(deciding);
    // Errands without a decision state their aim and act.
    if (decision.kind === 'none') continue;
    expect(decision).toMatchObject({ kind: 'clean', wording: stated });
    decided++;
  }
  expect(decided).toBeGreaterThan(200);
});
