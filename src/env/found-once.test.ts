import { expect, test } from 'vitest';
import { noPython } from '../sandbox/no-python.contract.ts';
import { sampleRollout } from '../store/store.contract.ts';
import { foundOnce } from './found-once.ts';

/** Asks three times at once, then once more, and says how often it was decided. */
const timesDecided = async (outcome: 'decided' | 'undecided' | 'failed'): Promise<number> => {
  let times = 0;
  const findingOf = foundOnce(async () => {
    times++;
    if (outcome === 'failed') throw new Error('no finding');
    return { kind: outcome };
  });
  const rollout = sampleRollout('a/0');
  const ask = () => findingOf(rollout, { python: noPython });
  await Promise.allSettled([ask(), ask(), ask()]);
  await Promise.allSettled([ask()]);
  return times;
};

test('a finding is had once, and again only where there was none', async () => {
  expect(await timesDecided('decided')).toBe(1);
  expect(await timesDecided('undecided')).toBe(2);
  expect(await timesDecided('failed')).toBe(2);
});

test('another rollout or another runner has a finding of its own', async () => {
  const seen: string[] = [];
  const findingOf = foundOnce(async ({ id }, { name }) => {
    seen.push(`${id} by ${name}`);
    return { kind: 'decided' as const };
  });
  const [first, second] = [
    { ...noPython, name: 'first' },
    { ...noPython, name: 'second' },
  ];
  const rollouts = [sampleRollout('a/0'), sampleRollout('a/1')];
  for (const python of [first, second]) for (const rollout of rollouts) await findingOf(rollout, { python });
  expect(seen).toEqual(['a/0 by first', 'a/1 by first', 'a/0 by second', 'a/1 by second']);
});
