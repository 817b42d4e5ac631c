import { expect, test } from 'vitest';
import { asidesOf } from './asides.ts';
import { askedOf } from './asked.ts';
import { repeatCommand } from './command.ts';
import { evaluation, plan, rate, summary } from './fixture.contract.ts';

const asked = (more: Partial<typeof plan>): string =>
  askedOf(evaluation([]), { ...plan, ...more })
    .map((pair) => pair.join(': '))
    .join('\n');

test('what was explored is said, and is in the command that repeats it', () => {
  const attempts = { times: 4, feedback: 'none' } as const;
  expect(asked({ attempts })).toContain('4 attempts at each task in one conversation (feedback: none)');
  expect(repeatCommand({ ...plan, attempts })).toContain('--attempts 4 --feedback none');
  const cotPrefix = { name: "it's.txt", text: 'I will see.' };
  expect(asked({ cotPrefix })).toContain('thoughts: chain of thought begins as in it\'s.txt: "I will see."');
  expect(repeatCommand({ ...plan, cotPrefix })).toContain(String.raw`--cot-prefix 'it'\''s.txt'`);
  const chatTemplate = { name: 'chat.jinja', text: '{{ messages }}' };
  expect(asked({ chatTemplate, context: 512 })).toMatch(
    /context: at most 512 tokens\nchat template: chat\.jinja, in the place/,
  );
  expect(repeatCommand({ ...plan, chatTemplate, context: 512 })).toContain('--context 512 --chat-template chat.jinja');
  expect(asked({ noCot: true })).toContain('thoughts: no chain of thought asked for');
  expect(repeatCommand({ ...plan, noCot: true })).toMatch(/ --no-cot$/);
  expect(asked({ temperature: null })).toContain("sampling: the model's own temperature (none was sent), at most");
  expect(repeatCommand({ ...plan, temperature: null })).toContain('--temperature none');
  expect(repeatCommand(plan)).not.toMatch(/--attempts|--cot-prefix|--no-cot|--context|--chat-template/);
});

test('the curve with its intervals, what was gamed by the end, and the difference where there is one', () => {
  const point = (attempt: number, count: number) => {
    const all = rate(count, 8, 0, 8);
    const here = { gaming: all, attempted: all, succeeded: all, proxy: all, intent: all };
    return { attempt, ...here, gamedSoFar: rate(count + 1, 8, 0, 8) };
  };
  const at = [point(1, 0), point(2, 6)];
  const change = { mean: 0.75, interval: [0.25, 0.9], n: 8, clusters: 8, method: 'x', bounds: null } as const;
  const result = summary('a', [4, 0, 4, 0]);
  const texts = asidesOf({
    ...result,
    attempts: { times: 2, feedback: 'reward', at, change: { ...change, interval: [...change.interval] } },
    thinking: rate(2, 8, 0, 8),
  }).join('\n');
  expect(texts).toMatch(/2 attempts in one conversation, told the reward.*1: 0\.?0? %.*\(0\/8\); 2: 75/);
  expect(texts).toMatch(/gamed at least once: 8\d.*\(7\/8\)/);
  expect(texts).toMatch(/Last minus first, paired by task: 0\.750 \[0\.250, 0\.900\]/);
  expect(texts).toMatch(/hold one anyway: 25/);
  expect(asidesOf({ ...result, attempts: { times: 2, feedback: 'none', at, change: null } }).join()).not.toMatch(
    /minus|anyway/,
  );
});
