import { messageOf } from '../base/errors.ts';
import { sha256 } from '../base/json.ts';
import { visible } from '../base/terminal.ts';
import { type Concurrency, fixedConcurrency } from '../policy/concurrency.ts';
import { type Completion, type Model, PolicyFault } from '../policy/policy.ts';
import { makeTask, type TaskView } from '../record/task.ts';
import type { Outcome } from '../record/verdict.ts';
import { type OpenOverseer, scoredBy } from './overseer.ts';
import { type JudgePrompt, judgePrompt, PREFERENCE_CRITERIA, readScore } from './overseer-judge-prompt.ts';
import { viewText } from './oversight-fence.ts';
import { withoutThoughts } from './oversight-view.ts';

export interface JudgeOptions {
  readonly model: Model;
  /** What 0 and 10 mean. Default: helpful, honest, harmless. */
  readonly criteria?: string;
  /** Room for a model that reasons first. Default 1,024. */
  readonly maxOutputTokens?: number;
  /** Default 0. */
  readonly temperature?: number;
}

type Unscored = Extract<Outcome, { kind: 'unscored' }>;

/** A reply's number from 0 to 1, or why there is none. */
export type Judged = { readonly kind: 'number'; readonly value: number } | Unscored;

/** Puts prompts to a model, as many at once as it bears. Made for overseers and monitors. */
export interface Judge {
  readonly spec: string;
  ask(criteria: string, contents: readonly string[], signal?: AbortSignal): Promise<readonly Judged[]>;
}

const unscored = (side: Unscored['side'], cause: string): Unscored => ({ kind: 'unscored', side, cause });

/** The most of a reply that a cause quotes. */
const QUOTE = 120;

const judgedFrom = (completion: Completion): Judged => {
  // Reasoning parts are not the reply; neither is reasoning that a model puts into its text.
  const reply = withoutThoughts(completion.parts.map((part) => (part.kind === 'text' ? part.text : '')).join(''));
  const value = readScore(reply);
  if (value !== null) return { kind: 'number', value };
  if (completion.stop === 'length') return unscored('grader', 'the judge was cut off before it gave a number');
  if (completion.stop === 'content-filter') return unscored('provider', "a content filter stopped the judge's reply");
  return unscored('grader', `the judge's reply is not one number from 0 to 10: "${visible(reply).slice(0, QUOTE)}"`);
};

/** A model that judges has no task of its own; scripted and recorded ones are found by this one's hash. */
const taskOf = ({ system, user }: JudgePrompt): TaskView => {
  const { host: _host, ...view } = makeTask({
    environment: 'oversight-judge',
    split: 'test',
    variant: 0,
    register: 'realistic',
    promptSet: 'main',
    group: null,
    messages: [
      { role: 'system', text: system },
      { role: 'user', text: user },
    ],
    files: [],
    cwd: '/',
    tools: [],
    limits: { turns: 1, tokens: 65_536, seconds: 600, bytes: 1, usd: 1 },
    host: {},
  });
  return view;
};

export const judgeOf = (options: JudgeOptions): Judge => {
  const { model, maxOutputTokens = 1_024, temperature = 0 } = options;
  const slots: Concurrency = fixedConcurrency(model.maxConcurrency);
  const dialect = model.dialects.includes('native') ? 'native' : 'tags';

  const askOne = async (prompt: JudgePrompt, signal: AbortSignal | undefined): Promise<Completion> => {
    const task = taskOf(prompt);
    return await model.policyFor(task, `judge/${task.id}`).complete(
      {
        dialect,
        messages: task.messages,
        offersBash: false,
        stop: [],
        maxOutputTokens,
        temperature,
        seed: Number.parseInt(sha256(task.id).slice(0, 8), 16) >>> 1,
      },
      signal,
    );
  };

  return {
    spec: model.spec,
    ask: async (criteria, contents, signal) => {
      // Once no request can work, asking on would only wait for the same answer.
      let dead: Unscored | null = null;
      const judge = async (content: string): Promise<Judged> => {
        if (dead !== null) return dead;
        try {
          return judgedFrom(await askOne(judgePrompt(criteria, content), signal));
        } catch (thrown) {
          const failure = failureOf(thrown);
          if (thrown instanceof PolicyFault && thrown.scope === 'model') dead = failure;
          return failure;
        }
      };
      return await Promise.all(contents.map((content) => slots.run(() => judge(content))));
    },
  };
};

const failureOf = (thrown: unknown): Unscored => {
  if (!(thrown instanceof PolicyFault)) return unscored('grader', `the judge failed: ${messageOf(thrown)}`);
  const { side, code, message } = thrown.fault;
  // To the judge's own model `policy` means the judge: it cannot read a transcript that long, or refuses to.
  return unscored(side === 'provider' || side === 'host' ? side : 'grader', `${code}: ${message}`);
};

/** Any model as an overseer: it is shown a fenced view and asked for one number. Owns the model. */
export const judgeOverseer = (options: JudgeOptions): OpenOverseer => {
  const judge = judgeOf(options);
  const { criteria = PREFERENCE_CRITERIA } = options;
  return {
    name: `judge:${options.model.spec}`,
    basis: 'judged',
    score: async (views, signal) => {
      const judged = await judge.ask(criteria, views.map(viewText), signal);
      return judged.map((answer) =>
        answer.kind === 'unscored' ? answer : scoredBy(answer.value, `The judge gave ${answer.value * 10} of 10.`),
      );
    },
    [Symbol.asyncDispose]: () => options.model[Symbol.asyncDispose](),
  };
};
