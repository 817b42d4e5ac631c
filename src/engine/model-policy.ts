import { messageOf, SubterfugeError } from '../base/errors.ts';
import { openCalls } from '../policy/calls.ts';
import { abortedFault, contextFault, policyFault } from '../policy/fault.ts';
import { type Completion, type CompletionRequest, type Model, PolicyFault } from '../policy/policy.ts';
import { temperatureFault } from '../policy/temperature.ts';
import type { DialectName } from '../record/rollout.ts';
import type { Sampler } from './sampler/sampler.ts';
import { chatIds } from './tokenizer/chat.ts';
import type { Tokenizer } from './tokenizer/tokenizer.ts';

export interface EngineModelOptions {
  /** As on the command line, e.g. `engine:models/base`. */
  readonly spec: string;
  /** What fixes the weights: `Checkpoint.version`, or `versionOf` weights that are in no file yet. The two are equal. */
  readonly version: string;
  readonly sampler: Sampler;
  readonly tokenizer: Tokenizer;
  /** Most tokens of prompt and completion together. At most, and by default, the sampler's. */
  readonly contextLength?: number;
  /** Completions worth asking for at once. Default 128: twice the rows of a sampler of two threads, so that none idles. */
  readonly maxConcurrency?: number;
  /** The sampler is this model's own, and is closed with it. Default false. */
  readonly owns?: boolean;
}

const DIALECTS: readonly DialectName[] = ['tags'];
const FULL_TODO =
  'give the episode a smaller limit of turns or bytes, take compact tasks, or a larger --context where one was given';

/**
 * A policy on the embedded engine. Tags dialect only. A transcript that does not fit the context is a fault
 * `context-full` of side `policy`: the guest can cause it. While a sampler's weights are exchanged under a model, so is
 * what the model says: open one model per version, or none while training goes on.
 */
export const engineModel = (options: EngineModelOptions): Model => {
  const { spec, version, sampler, tokenizer, maxConcurrency = 128, owns = false } = options;
  const contextLength = Math.min(sampler.contextLength, options.contextLength ?? sampler.contextLength);

  const answer = async (request: CompletionRequest, signal: AbortSignal): Promise<Completion> => {
    if (request.dialect !== 'tags') throw nativeFault(spec);
    const { temperature } = request;
    if (temperature === null) throw temperatureFault(spec);
    const prompt = chatIds(tokenizer, request.messages);
    const room = contextLength - prompt.length;
    if (room < 1) throw contextFault(spec, prompt.length, contextLength, FULL_TODO);
    const { ids, logprobs, text, stop } = await sampler.sample(
      {
        prompt,
        maxTokens: Math.min(request.maxOutputTokens, room),
        temperature,
        stop: request.stop,
        seed: request.seed,
      },
      signal,
    );
    return {
      parts: text === '' ? [] : [{ kind: 'text', text }],
      stop,
      usage: {
        inputTokens: prompt.length,
        outputTokens: ids.length,
        // What the sampler had cached depends on what else it was asked, and a record must not.
        cachedTokens: 0,
        reasoningTokens: 0,
        usd: 0,
      },
      tokens: { ids: [...ids], logprobs: [...logprobs] },
      echo: { ids: [...ids] },
    };
  };

  const complete = async (request: CompletionRequest, signal: AbortSignal): Promise<Completion> => {
    try {
      return await answer(request, signal);
    } catch (thrown) {
      if (thrown instanceof PolicyFault) throw thrown;
      if (signal.aborted) throw abortedFault(spec);
      // Weights that give no probabilities, or a thread that was lost, will not give anything to the next request either.
      const hopeless = thrown instanceof SubterfugeError && thrown.exitCode === 3;
      throw policyFault({
        code: 'host-error',
        side: 'host',
        scope: hopeless ? 'model' : 'request',
        what: `the engine failed: ${messageOf(thrown)}`,
        given: spec,
        todo: 'see the message; if it stays so, report it',
        cause: thrown,
      });
    }
  };

  const calls = openCalls(spec, complete, async () => {
    if (owns) await sampler[Symbol.asyncDispose]();
  });
  return {
    spec,
    version,
    dialects: DIALECTS,
    continuesTurn: true,
    maxConcurrency,
    repeatable: true,
    policyFor: () => calls.policy,
    [Symbol.asyncDispose]: () => calls[Symbol.asyncDispose](),
  };
};

const nativeFault = (spec: string): PolicyFault =>
  policyFault({
    code: 'bad-request',
    side: 'host',
    scope: 'model',
    what: 'the embedded engine speaks the tags dialect only',
    given: `${spec} in the native dialect`,
    allowed: 'tags',
    todo: 'choose --dialect tags',
  });
