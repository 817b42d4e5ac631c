import { availableParallelism } from 'node:os';
import { inputError, messageOf } from '../base/errors.ts';
import type { DialectName } from '../record/rollout.ts';
import type { ChatTemplate } from '../record/run.ts';
import { openCalls } from './calls.ts';
import { fixedConcurrency } from './concurrency.ts';
import { contextTokens } from './context-tokens.ts';
import { abortedFault, contextFault, policyFault } from './fault.ts';
import { type GgufChat, ggufChat } from './gguf-chat.ts';
import { ggufVersion } from './gguf-file.ts';
import { type Llama, type LlamaContext, type LlamaModel, loadLibrary, type Sequence } from './gguf-library.ts';
import { sample } from './gguf-sample.ts';
import { type Completion, type CompletionRequest, type Model, PolicyFault } from './policy.ts';
import { temperatureFault } from './temperature.ts';

export interface GgufOptions {
  /**
   * Completions at once, evaluated in one batch. Default 1: then equal requests give equal completions. More usually
   * give more tokens per second, but a row's numbers depend on its batch, so seeds no longer fix the text.
   */
  readonly sequences?: number;
  /** Tokens of prompt and completion together, up to what the model was trained for. Default: that, at most 4096. */
  readonly contextSize?: number;
  /** In the place of the file's own, which a base model lacks. */
  readonly chatTemplate?: ChatTemplate;
  /** Default: all cores, at most 8; 1 where other programs keep the cores busy (the threads wait for each other). */
  readonly threads?: number;
  /** `cpu` (default), or a GPU where the installed binaries have one. */
  readonly device?: 'cpu' | 'auto';
  /** Keep the evaluated prompt for the next turn. Faster in long episodes; equal requests may then differ. Default false. */
  readonly reusePrefix?: boolean;
}

const DIALECTS: readonly DialectName[] = ['tags'];
const FULL_TODO =
  'give the episode a smaller limit of turns or bytes, or the model a larger --context (in code: contextSize)';

interface Loaded {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly chat: GgufChat;
  /** Of prompt and completion. llama.cpp rounds up what it is asked for. */
  readonly contextSize: number;
}

const load = async (path: string, options: GgufOptions, sequences: number): Promise<Loaded> => {
  const library = await loadLibrary();
  const device = options.device ?? 'cpu';
  const gpu = device === 'cpu' ? false : 'auto';
  const threads = options.threads ?? Math.min(8, availableParallelism());
  const llama = await library.getLlama({
    gpu,
    build: 'never',
    skipDownload: true,
    logLevel: 'error',
    progressLogs: false,
    maxThreads: threads,
  });
  try {
    const model = await llama.loadModel({ modelPath: path, ...(gpu === false ? { gpuLayers: 0 } : {}) });
    const chat = ggufChat(library, model, path, options.chatTemplate);
    const contextSize = contextTokens(options.contextSize, model.trainContextSize, `gguf:${path}`);
    const context = await model.createContext({ contextSize, sequences, threads });
    return { llama, model, context, chat, contextSize: Math.min(contextSize, context.contextSize) };
  } catch (thrown) {
    await llama.dispose();
    throw thrown;
  }
};

/**
 * A model in a GGUF file, in this process, through node-llama-cpp (an optional peer dependency). Tags dialect only.
 * A transcript that does not fit the context is a fault `context-full` of side `policy`: the guest can cause it.
 */
export const ggufModel = async (path: string, options: GgufOptions = {}): Promise<Model> => {
  const version = await ggufVersion(path);
  const sequences = options.sequences ?? 1;
  const loaded = await load(path, options, sequences).catch((thrown: unknown) => {
    if (thrown instanceof Error && thrown.name === 'SubterfugeError') throw thrown;
    throw inputError({
      code: 'model-does-not-load',
      what: `llama.cpp cannot load this model: ${messageOf(thrown)}`,
      given: path,
      allowed: 'a whole GGUF file of an architecture that the installed llama.cpp knows, and memory for it',
      todo: 'check the file (a download may be cut off), free memory, or ask for a smaller --context',
      cause: thrown,
    });
  });
  const { llama, model, context, chat, contextSize } = loaded;
  const spec = `gguf:${path}`;
  const free: Sequence[] = Array.from({ length: sequences }, () => context.getSequence());
  const slots = fixedConcurrency(sequences);

  const onSequence = async (
    request: CompletionRequest,
    sequence: Sequence,
    signal: AbortSignal,
  ): Promise<Completion> => {
    const { temperature } = request;
    if (temperature === null) throw temperatureFault(spec);
    const prompt = chat.encode(request.messages);
    const maxTokens = Math.min(request.maxOutputTokens, contextSize - prompt.length);
    if (maxTokens < 1) throw contextFault(spec, prompt.length, contextSize, FULL_TODO);
    let cached = 0;
    if (options.reusePrefix === true) {
      await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
      cached = sequence.nextTokenIndex;
    } else await sequence.clearHistory();
    const { text, stop, tokens } = await sample(
      model,
      sequence,
      prompt.slice(cached),
      { ...request, temperature, maxTokens, ends: chat.ends },
      signal,
    );
    return {
      parts: text === '' ? [] : [{ kind: 'text', text }],
      stop,
      usage: {
        inputTokens: prompt.length,
        outputTokens: tokens.ids.length,
        cachedTokens: cached,
        reasoningTokens: 0,
        usd: 0,
      },
      tokens,
      echo: null,
    };
  };

  const complete = async (request: CompletionRequest, signal: AbortSignal): Promise<Completion> => {
    if (request.dialect !== 'tags') {
      throw policyFault({
        code: 'bad-request',
        side: 'host',
        scope: 'model',
        what: 'models in GGUF files speak the tags dialect only',
        given: `${spec} in the ${request.dialect} dialect`,
        allowed: 'tags',
        todo: 'choose --dialect tags, or serve the file with llama-server and use openai-compatible:',
      });
    }
    try {
      return await slots.run(async () => {
        const sequence = free.pop();
        if (sequence === undefined) throw new Error('no sequence is free though a slot was');
        try {
          return await onSequence(request, sequence, signal);
        } finally {
          free.push(sequence);
        }
      }, signal);
    } catch (thrown) {
      if (thrown instanceof PolicyFault) throw thrown;
      if (signal.aborted) throw abortedFault(spec);
      throw policyFault({
        code: 'host-error',
        side: 'host',
        scope: 'request',
        what: `llama.cpp failed: ${messageOf(thrown)}`,
        given: spec,
        todo: 'free memory or ask for a smaller --context; if it stays so, report it',
        cause: thrown,
      });
    }
  };

  // Native memory goes only when nothing evaluates any more.
  const calls = openCalls(spec, complete, async () => {
    await context.dispose();
    await model.dispose();
    await llama.dispose();
  });
  return {
    spec,
    version,
    dialects: DIALECTS,
    continuesTurn: true,
    maxConcurrency: sequences,
    // A completion takes seconds to minutes, so it is worth writing down, also where it would come out the same.
    repeatable: false,
    policyFor: () => calls.policy,
    [Symbol.asyncDispose]: () => calls[Symbol.asyncDispose](),
  };
};
