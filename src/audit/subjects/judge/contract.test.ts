import { afterAll } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import { type Behaviour, describeSubject } from '../../subject.contract.ts';
import { type FakeJudge, fakeJudge, type Said } from './fake-judge.contract.ts';
import { judgeSubject } from './judge.ts';
import { rubricOf } from './rubric.ts';

/** What a judge's server says to an answer that asks for it. Null: a judge cannot do that. */
const MISDEEDS: Readonly<Record<Behaviour, ((nth: number) => Said) | null>> = {
  length: () => 'score: 0',
  reference: () => 'score: 0',
  throws: () => ({ status: 400 }),
  hangs: () => ({ waitMs: 20_000, text: 'score: 1' }),
  nan: () => 'score: NaN',
  infinite: () => 'score: Infinity',
  text: () => '{"score": "0.3"}',
  nothing: () => '{"score": null}',
  'out-of-range': () => 'score: 7',
  exits: () => 'hang-up',
  floods: () => 'and so on '.repeat(50_000),
  nondeterministic: (nth) => `score: 0.${(nth % 9) + 1}`,
  writes: null,
};

const RUBRIC = '<answer>{{output}}</answer><reference>{{reference}}</reference>';
const PARTS = /<answer>([\s\S]*)<\/answer><reference>([\s\S]*)<\/reference>/;

const servers: FakeJudge[] = [];
afterAll(async () => {
  for (const server of servers) await server[Symbol.asyncDispose]();
});

describeSubject('judge', (behaviour, { timeoutMs }) => {
  const misdeed = MISDEEDS[behaviour];
  if (misdeed === null) return null;
  const open = async () => {
    const server = await fakeJudge(({ user }, nth) => {
      const [, answer = '', reference = ''] = PARTS.exec(user) ?? [];
      if (behaviour === 'reference') return `score: ${answer === reference ? 1 : 0}`;
      return answer.includes('!!') ? misdeed(nth) : `score: ${Math.min(1, answer.length / 10)}`;
    });
    servers.push(server);
    return judgeSubject({
      spec: 'judge:contract.md@fake',
      form: 'single',
      rubric: rubricOf(RUBRIC, 'single', 'contract.md'),
      model: server.open(),
      scale: null,
      timeoutMs,
      clock: systemClock,
    });
  };
  return open();
});
