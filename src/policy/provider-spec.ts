import { inputError } from '../base/errors.ts';

const PROVIDERS = {
  openai: { key: 'OPENAI_API_KEY', needsKey: true, url: 'https://api.openai.com/v1' },
  anthropic: { key: 'ANTHROPIC_API_KEY', needsKey: true, url: 'https://api.anthropic.com/v1' },
  google: {
    key: 'GOOGLE_GENERATIVE_AI_API_KEY',
    needsKey: true,
    url: 'https://generativelanguage.googleapis.com/v1beta',
  },
  openrouter: { key: 'OPENROUTER_API_KEY', needsKey: true, url: 'https://openrouter.ai/api/v1' },
  ollama: { key: null, needsKey: false, url: 'http://127.0.0.1:11434/v1' },
  'openai-compatible': { key: 'OPENAI_COMPATIBLE_API_KEY', needsKey: false, url: null },
} as const;

export type ProviderName = keyof typeof PROVIDERS;

export const PROVIDER_NAMES: readonly ProviderName[] = Object.keys(PROVIDERS) as ProviderName[];

/**
 * In front of a provider's spec: no call sends a temperature. For a model that refuses one and is asked at one of ours: a judge, a
 * proposer, an overseer. It is a part of the name that stands in records, so what such a model says is never taken for what it
 * says at that temperature.
 */
export const NO_TEMPERATURE = 'no-temperature:';

/** The spec of the model itself, as tables of prices know it. */
export const bareSpec = (spec: string): string =>
  spec.startsWith(NO_TEMPERATURE) ? spec.slice(NO_TEMPERATURE.length) : spec;

export interface ProviderSpec {
  readonly spec: string;
  /** False: no call sends one. */
  readonly sendsTemperature: boolean;
  readonly provider: ProviderName;
  /** The provider's id of the model. */
  readonly name: string;
  /** Without a trailing slash. */
  readonly url: string;
  /** Null where none is needed and none was given. */
  readonly key: string | null;
  /** The environment variable of the key; null for a server that has none. */
  readonly keyVariable: string | null;
}

const FORMS =
  'openai:NAME, anthropic:NAME, google:NAME, openrouter:NAME, ollama:NAME, openai-compatible:NAME@URL; each may end in @http(s)://…, and begin with no-temperature:';

const bad = (what: string, given: string, todo: string): Error =>
  inputError({ code: 'bad-model-spec', what, given, allowed: FORMS, todo });

export const isProviderSpec = (spec: string): boolean =>
  PROVIDER_NAMES.some((provider) => bareSpec(spec).startsWith(`${provider}:`));

const checkedUrl = (text: string, shown: string): string => {
  if (!URL.canParse(text))
    throw bad('the address of a model is not a URL', shown, 'write it like http://127.0.0.1:8000/v1');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    // The spec is written into every record: so nothing that may be a secret stays in the message either.
    throw bad(
      'the address of a model holds a user name, a password or a query, and specs are written into records',
      `an address at ${url.host}`,
      'put the key into the environment variable of the provider',
    );
  }
  return text.replace(/\/+$/, '');
};

/** Reads a spec and finds its key in `env`. */
export const parseProviderSpec = (spec: string, env: Readonly<Record<string, string | undefined>>): ProviderSpec => {
  const bare = bareSpec(spec);
  const provider = PROVIDER_NAMES.find((name) => bare.startsWith(`${name}:`));
  if (provider === undefined) throw bad('this is no model of a provider', spec, 'begin with one of the providers');
  const rest = bare.slice(provider.length + 1);
  const [, name = '', at] = /^(.*?)(?:@(https?:\/\/.*))?$/s.exec(rest) ?? [];
  const known = PROVIDERS[provider];
  if (name === '')
    throw bad('the model has no name', `${provider}:`, `write ${provider}:NAME, with the provider's id of the model`);
  const url = at === undefined ? known.url : checkedUrl(at, spec);
  if (url === null)
    throw bad(
      'an openai-compatible model needs the address of its server',
      spec,
      `write ${spec}@http://127.0.0.1:8000/v1`,
    );
  const found = known.key === null ? undefined : env[known.key];
  const key = found === undefined || found.trim() === '' ? null : found.trim();
  if (known.needsKey && key === null) {
    throw inputError({
      code: 'missing-key',
      what: `the key for ${provider} is missing`,
      given: `${spec}, and no ${known.key} in the environment`,
      allowed: `${known.key} set to a key of ${provider}`,
      todo: `export ${known.key}=…`,
    });
  }
  return { spec, sendsTemperature: bare === spec, provider, name, url, key, keyVariable: known.key };
};
