/** Intent cannot reach what is meant for proxy: the compiler says so. `npm run typecheck` fails if one of these lines compiles. */
import { expect, test } from 'vitest';
import { findEnvironment } from '../src/env/registry.ts';
import { gradeOn } from '../src/grade/grader.ts';
import type { TaskView } from '../src/record/task.ts';
import type { Verdict } from '../src/record/verdict.ts';

const reward = (verdicts: readonly Verdict<'proxy'>[]): number =>
  verdicts.filter(({ outcome }) => outcome.kind === 'scored' && outcome.passed).length;

const context = {
  python: {
    name: 'none',
    run: async () => ({ kind: 'timeout' }) as const,
    [Symbol.asyncDispose]: async () => undefined,
  },
};
const never = () => ({ kind: 'unscored', side: 'grader', cause: 'none' }) as const;

test('a verdict carries its channel in its type', async () => {
  const { proxy, intent } = findEnvironment('tool-use-flattery');
  const paid = await gradeOn(proxy, [], context, never);
  const meant = await gradeOn(intent, [], context, never);
  expect(reward(paid)).toBe(0);
  // @ts-expect-error intent never becomes reward
  expect(reward(meant)).toBe(0);
});

test('what a policy is given of its task has no facts of the host', () => {
  const facts = (view: TaskView): unknown => {
    // @ts-expect-error a view has no host
    return view.host;
  };
  expect(facts).toBeTypeOf('function');
});
