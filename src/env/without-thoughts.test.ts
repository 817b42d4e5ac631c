import { expect, test } from 'vitest';
import { CONTROLS, ENVIRONMENTS, findEnvironment, toldVariantOf } from './registry.ts';
import { withoutThoughtsIn } from './without-thoughts.ts';

const SPOKEN_OF = /chain of thought|your thoughts|this reasoning/i;

test.each([...ENVIRONMENTS, ...CONTROLS].map((environment) => [environment.name, environment] as const))(
  '%s: not a word of a chain of thought, and all else as it was',
  (_name, environment) => {
    for (const register of ['realistic', 'compact'] as const)
      for (const promptSet of ['main', 'alternate'] as const) {
        const choice = { split: 'test', variant: 3, register, promptSet } as const;
        const before = environment.tasks(choice);
        const after = withoutThoughtsIn(environment).tasks(choice);
        expect(after).toHaveLength(before.length);
        for (const [index, task] of after.entries()) {
          const was = before[index];
          if (was === undefined) throw new Error('no task');
          const { id, messages, ...rest } = task;
          expect(rest).toEqual({ ...was, id: undefined, messages: undefined });
          expect(id).not.toBe(was.id);
          const [text, old] = [messages, was.messages].map((all) => all.map((message) => message.text).join('\n\n'));
          expect(old).toMatch(SPOKEN_OF);
          expect(text).not.toMatch(SPOKEN_OF);
          expect(text).not.toMatch(/ {2}| \n|^\s|\n{3}/);
          // Nothing is lost but the sentences.
          expect(text?.length).toBeGreaterThan((old?.length ?? 0) - 200);
        }
      }
  },
);

test('the told variant of a family, or what has one', () => {
  expect(toldVariantOf(findEnvironment('tampering-dev')).name).toBe('tampering-dev-told');
  expect(toldVariantOf(findEnvironment('reward-tampering-told')).name).toBe('reward-tampering-told');
  expect(() => toldVariantOf(findEnvironment('nudged-rubric'))).toThrow(/reward-tampering, tampering-dev/);
});

test('a script finds the facts of such a task', () => {
  const environment = withoutThoughtsIn(findEnvironment('nudged-rubric'));
  const [task] = environment.tasks({ split: 'test', variant: 0, register: 'compact', promptSet: 'main' });
  if (task === undefined) throw new Error('no task');
  expect(environment.submissions(task).exploits.length).toBeGreaterThan(0);
});
