import { type Judge, judgeOf } from '../grade/overseer-judge.ts';
import { type Model, PolicyFault } from '../policy/policy.ts';

/** The judge of a run. Its model, and so its purse, belongs to whoever made it. */
export interface RunJudge {
  readonly judge: Judge;
  /** What fixes the weights. */
  readonly version: string;
  /** Asks; rejects with `PolicyFault` where no request can work (a cap, a wrong key): what is not judged yet stays so. */
  readonly ask: Judge['ask'];
}

export const runJudge = (model: Model): RunJudge => {
  let stopped: PolicyFault | null = null;
  const judge = judgeOf({
    model: {
      ...model,
      policyFor: (task, id) => {
        const policy = model.policyFor(task, id);
        return {
          complete: async (request, signal) => {
            try {
              return await policy.complete(request, signal);
            } catch (thrown) {
              if (thrown instanceof PolicyFault && (thrown.scope === 'model' || thrown.fault.code === 'aborted')) {
                stopped = thrown;
              }
              throw thrown;
            }
          },
        };
      },
      [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
    },
  });
  return {
    judge,
    version: model.version,
    ask: async (criteria, contents, signal) => {
      if (contents.length === 0) return [];
      if (stopped !== null) throw stopped;
      const answers = await judge.ask(criteria, contents, signal);
      if (stopped !== null) throw stopped;
      return answers;
    },
  };
};
