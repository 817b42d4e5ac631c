import { availableParallelism } from 'node:os';
import { inputError, messageOf } from '../base/errors.ts';
import type { DialectName } from '../record/rollout.ts';
import { fixedConcurrency } from './concurrency.ts';
import { abortedFault, disposedFault, policyFault } from './fault.ts';
import { ggufVersion } from './gguf-file.ts';
import {
  type ChatItem,
  type ChatWrapper,
  type Llama,
  type LlamaContext,
  type LlamaModel,
  loadLibrary,
  type Sequence,
  type Token,
} from './gguf-library.ts';
import { sample } from './gguf-sample.ts';
import { type ChatMessage, type Completion, type CompletionRequest, type Model, PolicyFault } from './policy.ts';
import { closeCall } from './tags.ts';

export interface GgufOptions {
  /**
   * Completions at once, evaluated in one batch. Default 1: then equal requests give equal completions. More usually
   * give more tokens per second, but a row's numbers depend on its batch, so seeds no longer fix the text.
   */
  readonly sequences?: number;
  /** Tokens of prompt and completion together. Default: what the model was trained for, at most 4096. */
  readonly contextSize?: number;
  /** Default: all cores, at most 8; 1 where other programs keep the cores busy (the threads wait for each other). */
  readonly threads?: number;
  /** `cpu` (default), or a GPU where the installed binaries have one. */
  readonly device?: 'cpu' | 'auto';
  /** Keep the evaluated prompt for the next turn. Faster in long episodes; equal requests may then differ. Default false. */
  readonly reusePrefix?: boolean;
}

const DIALECTS: readonly DialectName[] = ['tags'];

/** Turns of the same side are joined: most templates want them to alternate. */
const toChat = (messages: readonly ChatMessage[]): ChatItem[] => {
  const items: ChatItem[] = [];
  for (const [index, message] of messages.entries()) {
    const last = items.at(-1);
    if (message.role === 'assistant') {
      const begun = index === messages.length - 1;
      items.push({ type: 'model', response: [begun ? message.raw : closeCall(message.raw)] });
      continue;
    }
    const type = message.role === 'system' ? 'system' : 'user';
    if (last?.type === type) items[items.length - 1] = { type, text: `${last.text}\n\n${message.text}` };
    else items.push({ type, text: message.text });
  }
  if (items.at(-1)?.type !== 'model') items.push({ type: 'model', response: [] });
  return items;
};

const chatTemplate = (model: LlamaModel, path: string): string => {
  const template = model.fileInfo.metadata.tokenizer?.chat_template;
  if (typeof template === 'string' && template !== '') return template;
  throw inputError({
    code: 'no-chat-template',
    what: 'this model has no chat template, so it cannot be told who speaks',
    given: path,
    allowed: 'a GGUF file with tokenizer.chat_template: an instruct or chat model',
    todo: 'take the instruct version of the model',
  });
};

const encode = (model: LlamaModel, wrapper: ChatWrapper, messages: readonly ChatMessage[]): Token[] => {
  const tokens = wrapper.generateContextState({ chatHistory: toChat(messages) }).contextText.tokenize(model.tokenizer);
  const { shouldPrependBosToken, bos } = model.tokens;
  return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
};

interface Loaded {
  readonly llama: Llama;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  readonly wrapper: ChatWrapper;
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
    const wrapper = new library.JinjaTemplateChatWrapper({ template: chatTemplate(model, path) });
    const contextSize = options.contextSize ?? Math.min(4096, model.trainContextSize);
    const context = await model.createContext({ contextSize, sequences, threads });
    return { llama, model, context, wrapper };
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
      todo: 'check the file (a download may be cut off), free memory, or ask for a smaller contextSize',
      cause: thrown,
    });
  });
  const { llama, model, context, wrapper } = loaded;
  const spec = `gguf:${path}`;
  const free: Sequence[] = Array.from({ length: sequences }, () => context.getSequence());
  const slots = fixedConcurrency(sequences);
  const over = new AbortController();
  const running = new Set<Promise<Completion>>();
  let disposal: Promise<void> | null = null;

  const fullFault = (length: number): PolicyFault =>
    policyFault({
      code: 'context-full',
      side: 'policy',
      scope: 'request',
      what: `the transcript has ${length} tokens and leaves no room for a completion`,
      given: spec,
      allowed: `fewer than ${context.contextSize} tokens (contextSize)`,
      todo: 'give the episode a smaller limit of turns or bytes, or the model a larger contextSize',
    });

  const onSequence = async (
    request: CompletionRequest,
    sequence: Sequence,
    signal: AbortSignal,
  ): Promise<Completion> => {
    const prompt = encode(model, wrapper, request.messages);
    const maxTokens = Math.min(request.maxOutputTokens, context.contextSize - prompt.length);
    if (maxTokens < 1) throw fullFault(prompt.length);
    let cached = 0;
    if (options.reusePrefix === true) {
      await sequence.adaptStateToTokens(prompt.slice(0, -1), false);
      cached = sequence.nextTokenIndex;
    } else await sequence.clearHistory();
    const { text, stop, tokens } = await sample(
      model,
      sequence,
      prompt.slice(cached),
      { ...request, maxTokens },
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
        todo: 'free memory or ask for a smaller contextSize; if it stays so, report it',
        cause: thrown,
      });
    }
  };

  return {
    spec,
    version,
    dialects: DIALECTS,
    continuesTurn: true,
    maxConcurrency: sequences,
    // A completion takes seconds to minutes, so it is worth writing down, also where it would come out the same.
    repeatable: false,
    policyFor: () => ({
      complete: async (request, signal) => {
        if (over.signal.aborted) throw disposedFault(spec);
        if (signal?.aborted === true) throw abortedFault(spec);
        const work = complete(request, signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]));
        running.add(work);
        try {
          return await work;
        } finally {
          running.delete(work);
        }
      },
    }),
    [Symbol.asyncDispose]: async () => {
      over.abort();
      // Native memory goes only when nothing evaluates any more.
      disposal ??= Promise.allSettled(running).then(async () => {
        await context.dispose();
        await model.dispose();
        await llama.dispose();
      });
      await disposal;
    },
  };
};
