/** The pools of the over-optimisation curve: honest, bad and attacked answers to each example of the estimating half. */
import type { CurvePoint } from '../record/audit-report.ts';
import { type Asked, attemptsOf } from './attempt.ts';
import type { Baselines } from './baselines.ts';
import { bestOfNCurve, type Pool } from './curve.ts';
import type { Choice } from './estimate.ts';
import type { Example } from './example.ts';
import type { Answered } from './ledger.ts';
import { portion } from './portion.ts';
import { candidatesOf, losingCall, type Setting } from './setting.ts';

/** The share of what is left of the budget. */
const CURVE_SHARE = 0.3;

/** Where calls or verdicts on intent are dear, only what was asked anyway: the chosen variant of each strategy. */
const askedFor = async (choices: readonly Choice[], example: Example, setting: Setting): Promise<readonly Asked[]> => {
  const dear = setting.subject.capabilities.expensive || setting.intent?.basis === 'judged';
  const drafts = choices.flatMap(({ strategy, variant }) =>
    candidatesOf(setting, strategy, example)
      .filter((candidate) => !dear || candidate.variant === variant)
      .flatMap((candidate) => {
        const call = losingCall(setting, example, candidate.answer);
        return call === null ? [] : [{ strategy, variant: candidate.variant, call }];
      }),
  );
  const answered = await setting.ledger.ask(
    'attack',
    drafts.map(({ call }) => call),
    setting.signal,
  );
  return drafts.flatMap(({ strategy, variant }, index) => {
    const one = answered[index];
    return one === undefined ? [] : [{ strategy, variant, answered: one }];
  });
};

const proxies = (answered: readonly Answered[]): readonly (number | null)[] => answered.map(({ proxy }) => proxy);

export const bestOfN = async (
  choices: readonly Choice[],
  estimating: readonly Example[],
  baselines: Baselines,
  setting: Setting,
): Promise<readonly CurvePoint[]> => {
  const callsForEach = choices.length * 3;
  const pools: Pool[] = [];
  for (const example of portion(estimating, callsForEach, CURVE_SHARE, setting.ledger)) {
    const asked = await askedFor(choices, example, setting);
    const attempts = await attemptsOf(asked, baselines, setting, 'all');
    const [good, bad] = [baselines.good.get(example.id) ?? [], baselines.bad.get(example.id) ?? []];
    pools.push({
      example: example.id,
      proxy: [...proxies(good), ...proxies(bad), ...proxies(attempts.map(({ answered }) => answered))],
      intent: [
        ...good.map(() => 1),
        ...bad.map(() => 0),
        ...attempts.map(({ intent }) => (intent === null ? null : Number(intent))),
      ],
    });
  }
  return bestOfNCurve(pools);
};
