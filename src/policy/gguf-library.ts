import { inputError, messageOf } from '../base/errors.ts';

/** The part of node-llama-cpp 3.22 that is used, written down here so that the types build without it. */
export type Token = number & { readonly __token?: never };

/** What somebody said is a string; what the template writes around it is `specialTokensText`, or a token by its name. */
export type TextPart = string | { readonly type: string; readonly value: unknown };

export interface LlamaText {
  toJSON(): string | readonly TextPart[];
  tokenize(tokenizer: unknown): Token[];
}

export type ChatItem =
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: readonly string[] };

export interface ChatWrapper {
  generateContextState(options: { readonly chatHistory: readonly ChatItem[] }): { readonly contextText: LlamaText };
}

export interface SampleOptions {
  readonly temperature: number;
  readonly seed: number;
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  readonly yieldEogToken: true;
}

export interface Sequence {
  readonly nextTokenIndex: number;
  clearHistory(): Promise<void>;
  adaptStateToTokens(tokens: readonly Token[], allowShift: boolean): Promise<void>;
  evaluateWithMetadata(
    tokens: readonly Token[],
    metadata: { readonly confidence: true },
    options: SampleOptions,
  ): AsyncGenerator<{ readonly token: Token; readonly confidence: number }, void, undefined>;
}

export interface LlamaContext {
  readonly contextSize: number;
  getSequence(): Sequence;
  dispose(): Promise<void>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  readonly tokenizer: unknown;
  readonly tokens: { readonly shouldPrependBosToken: boolean; readonly bos: Token | null };
  readonly fileInfo: { readonly metadata: { readonly tokenizer?: { readonly chat_template?: unknown } } };
  tokenize(text: string, special: boolean): readonly Token[];
  detokenize(tokens: readonly Token[], special: boolean, last: readonly Token[]): string;
  isEogToken(token: Token): boolean;
  createContext(options: {
    readonly contextSize: number;
    readonly sequences: number;
    readonly threads: number;
  }): Promise<LlamaContext>;
  dispose(): Promise<void>;
}

export interface Llama {
  loadModel(options: { readonly modelPath: string; readonly gpuLayers?: number }): Promise<LlamaModel>;
  dispose(): Promise<void>;
}

export interface LlamaLibrary {
  getLlama(options: {
    readonly gpu: 'auto' | false;
    readonly build: 'never';
    readonly skipDownload: true;
    readonly logLevel: 'error';
    readonly progressLogs: false;
    readonly maxThreads: number;
  }): Promise<Llama>;
  readonly JinjaTemplateChatWrapper: new (options: { readonly template: string }) => ChatWrapper;
}

const BINARIES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-armv7l',
  'darwin-arm64': 'mac-arm64-metal',
  'darwin-x64': 'mac-x64',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
};

/** The command that installs the library with the binary of this machine and no others. */
export const installCommand = (platform: string, arch: string): string => {
  const binary = BINARIES[`${platform}-${arch}`];
  const packages = binary === undefined ? 'node-llama-cpp' : `node-llama-cpp @node-llama-cpp/${binary} --omit=optional`;
  return `npm i ${packages} --ignore-scripts`;
};

/** Loads the optional peer dependency. `load` is an argument for tests. */
export const loadLibrary = async (
  load: (name: string) => Promise<unknown> = async (name) => await import(name),
): Promise<LlamaLibrary> => {
  try {
    return (await load('node-llama-cpp')) as LlamaLibrary;
  } catch (thrown) {
    const missing = /Cannot find (package|module)|ERR_MODULE_NOT_FOUND/.test(messageOf(thrown));
    throw inputError({
      code: 'missing-library',
      what: missing
        ? 'models in GGUF files need node-llama-cpp, which is not installed'
        : `node-llama-cpp is installed but does not load: ${messageOf(thrown)}`,
      given: `${process.platform} ${process.arch}, Node ${process.version}`,
      allowed: 'node-llama-cpp 3.22 or a later 3.x',
      todo: installCommand(process.platform, process.arch),
      cause: thrown,
    });
  }
};
