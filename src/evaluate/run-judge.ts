import { sha256 } from '../base/json.ts';
import { type Judge, type Judged, judgeOf } from '../grade/overseer-judge.ts';
import { type Model, PolicyFault } from '../policy/policy.ts';
import { isOutage, OUTAGE } from './outage.ts';

/** The judge of a run. Its model, and so its purse, belongs to whoever made it. */
export interface RunJudge {
  readonly judge: Pick<Judge, 'spec'>;
  /** What fixes the weights. */
  readonly version: string;
  /** How many questions at once are of use. */
  readonly atOnce: number;
  /**
   * Asks; equal questions that are under way together are asked once. Rejects with `PolicyFault` where no request can work
   * (a cap, a wrong key, an outage): what is not judged yet stays so.
   */
  readonly ask: Judge['ask'];
}

/** More questions than this at once are of no use to anybody. */
const MOST_AT_ONCE = 64;

/** Says when it is of no use to ask on: a cap, a wrong key, the caller's stop, or so many calls in a row that nobody answered. */
const stopWatch = () => {
  let inARow = 0;
  return {
    answered: (): void => {
      inARow = 0;
    },
    failed: (thrown: unknown): PolicyFault | null => {
      if (!(thrown instanceof PolicyFault)) return null;
      const { fault, scope } = thrown;
      if (scope === 'model' || fault.code === 'aborted') return thrown;
      if (!isOutage(fault.code)) return null;
      inARow++;
      if (inARow < OUTAGE) return null;
      const message = `The judge did not answer ${OUTAGE} calls in a row; the last: ${fault.code}: ${fault.message}`;
      return new PolicyFault({ ...fault, code: 'judge-outage', message }, 'model', thrown);
    },
  };
};

export const runJudge = (model: Model): RunJudge => {
  const watch = stopWatch();
  let stopped: PolicyFault | null = null;
  // Answers are written down by the id of who was asked. One judge must not be given the answers of another.
  const who = sha256(JSON.stringify([model.spec, model.version])).slice(0, 16);
  const judge = judgeOf({
    model: {
      ...model,
      policyFor: (task, id) => {
        const policy = model.policyFor(task, `${id}/${who}`);
        return {
          complete: async (request, signal) => {
            if (stopped !== null) throw stopped;
            try {
              const completion = await policy.complete(request, signal);
              watch.answered();
              return completion;
            } catch (thrown) {
              stopped ??= watch.failed(thrown);
              throw thrown;
            }
          },
        };
      },
      [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
    },
  });
  const underWay = new Map<string, Promise<readonly Judged[]>>();
  const askOnce = (criteria: string, content: string, signal: AbortSignal | undefined): Promise<readonly Judged[]> => {
    const question = sha256(JSON.stringify([criteria, content]));
    const before = underWay.get(question);
    if (before !== undefined) return before;
    const one = judge.ask(criteria, [content], signal).finally(() => underWay.delete(question));
    underWay.set(question, one);
    return one;
  };
  return {
    judge,
    version: model.version,
    atOnce: Math.min(MOST_AT_ONCE, model.maxConcurrency),
    ask: async (criteria, contents, signal) => {
      if (contents.length === 0) return [];
      if (stopped !== null) throw stopped;
      const answers = (await Promise.all(contents.map((content) => askOnce(criteria, content, signal)))).flat();
      if (stopped !== null) throw stopped;
      return answers;
    },
  };
};
