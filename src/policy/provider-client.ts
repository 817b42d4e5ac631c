import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';
import { unreachable } from '../base/errors.ts';
import type { DialectName } from '../record/rollout.ts';
import type { ProviderSpec } from './provider-spec.ts';
import { turnGate } from './turn-gate.ts';

export interface Client {
  readonly model: LanguageModel;
  /** The name under which the AI SDK passes options to this provider. */
  readonly optionsName: string;
}

/** So many answers are read in one turn of the event loop, over all clients: reading one takes up to a millisecond. */
const READ_AT_ONCE = 16;
const gate = turnGate(READ_AT_ONCE);

const fairFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  await gate();
  return response;
};

/** The AI SDK's client for a spec. Stored nowhere by OpenAI: reasoning comes back encrypted and is echoed. */
export const clientFor = (spec: ProviderSpec, dialect: DialectName): Client => {
  const { provider, name, url: baseURL } = spec;
  const apiKey = spec.key ?? '';
  switch (provider) {
    case 'openai': {
      const openai = createOpenAI({ baseURL, apiKey, fetch: fairFetch });
      // The Responses API has no stop sequences, which the tags dialect needs; chat completions show no reasoning.
      return { model: dialect === 'tags' ? openai.chat(name) : openai.responses(name), optionsName: 'openai' };
    }
    case 'anthropic':
      return { model: createAnthropic({ baseURL, apiKey, fetch: fairFetch })(name), optionsName: 'anthropic' };
    case 'google':
      return { model: createGoogle({ baseURL, apiKey, fetch: fairFetch })(name), optionsName: 'google' };
    case 'openrouter':
    case 'ollama':
    case 'openai-compatible': {
      const optionsName = provider === 'openai-compatible' ? 'compatible' : provider;
      const settings = {
        name: optionsName,
        baseURL,
        fetch: fairFetch,
        ...(spec.key === null ? {} : { apiKey: spec.key }),
      };
      return { model: createOpenAICompatible(settings)(name), optionsName };
    }
    default:
      return unreachable(provider);
  }
};
