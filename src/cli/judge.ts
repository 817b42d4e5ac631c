/** `--judge SPEC`: a model in the place of rules over free text. */
import { inputError } from '../base/errors.ts';
import { visible } from '../base/terminal.ts';
import { judgeOfRun } from '../evaluate/judges-of.ts';
import type { Price } from '../policy/price.ts';
import type { JudgePlan } from '../record/run.ts';
import type { RunReader } from '../store/run-store.ts';
import type { Io } from './io.ts';
import { modelPrice } from './prices.ts';
import { type OpenedJudge, openNamedModel, type SessionOptions } from './session.ts';

export interface JudgeFlags {
  readonly judge?: string;
  readonly judgePrice?: Price;
  readonly prices?: string;
}

/** These only read out what is written down: they cannot answer a question that nobody foresaw. */
const CANNOT_JUDGE = /^(?:scripted|replay|imported):/;

/** What of this goes into the plan; undefined without a judge. Throws `bad-judge` and `options-clash` (exit code 2). */
export const judgePlanOf = async (io: Io, flags: JudgeFlags): Promise<JudgePlan | undefined> => {
  const { judge, judgePrice, prices } = flags;
  if (judge === undefined) {
    if (judgePrice === undefined) return undefined;
    throw inputError({
      code: 'options-clash',
      what: 'There is no judge whose price this could be.',
      given: '--judge-price without --judge',
      allowed: '--judge-price together with --judge',
      todo: 'Add --judge SPEC, or leave the price out.',
    });
  }
  if (CANNOT_JUDGE.test(judge)) {
    throw inputError({
      code: 'bad-judge',
      what: 'This model cannot judge: it only reads out what is written down.',
      given: `--judge ${judge}`,
      allowed:
        'a model that answers: openai:, anthropic:, google:, openrouter:, ollama:, openai-compatible:, engine:, gguf:',
      todo: 'Name such a model, or leave --judge out: then the rules decide.',
    });
  }
  const priced = {
    ...(judgePrice !== undefined && { price: judgePrice }),
    ...(prices !== undefined && { prices }),
  };
  return { model: judge, price: copyOf(await modelPrice(io, judge, priced)) };
};

/**
 * The judge that a run goes on with: the one that judged what stands in it (`grade --judge --save` may have come after the plan), else the one
 * that it was begun with. Null without one. Throws `several-judges` (exit code 2).
 */
export const judgeToGoOn = async (io: Io, store: RunReader): Promise<string | null> => {
  const planned = store.manifest.plan.judge?.model ?? null;
  const there = (await judgeOfRun(store))?.model ?? null;
  if (there === null || there === planned) return planned;
  io.err(
    `This run was ${planned === null ? 'begun without a judge' : `begun with ${visible(planned)} as its judge`} and graded by ${visible(there)}, which judges what is still to come as well.\n`,
  );
  return there;
};

/** The same as a plan; the price is that of the plan where it is the same judge and none is given now. */
export const goOnPlanOf = async (
  io: Io,
  judge: string | null,
  flags: Omit<JudgeFlags, 'judge'>,
  planned: JudgePlan | undefined,
): Promise<JudgePlan | undefined> => {
  const given = await judgePlanOf(io, { ...flags, ...(judge !== null && { judge }) });
  if (given === undefined) return undefined;
  return { ...given, price: given.price ?? (planned?.model === judge ? planned.price : null) };
};

const copyOf = (price: Price | null): JudgePlan['price'] => (price === null ? null : { ...price });

/** The judge of a run that was planned; a price that is given now wins. Null where none was asked for. */
export const openJudge = async (
  io: Io,
  plan: JudgePlan | undefined,
  options: Pick<SessionOptions, 'concurrency' | 'maxUsd' | 'threads'> & { readonly seed: string },
): Promise<OpenedJudge | null> => {
  if (plan === undefined) return null;
  const { price } = plan;
  const opened = await openNamedModel(io, plan.model, [], { ...options, price }, 'judge-price');
  return { ...opened, price, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
};
