import type { ModelConfig } from '../model/config.ts';
import { type Lora, loraSpecs } from '../model/lora.ts';
import { type ParameterSpec, parameterSpecs, totalSize, VALUE_WEIGHT } from '../model/parameters.ts';

/** What is trained, in the order of its flat buffer: the whole model, or adapters and behind them the value head. */
export const trainedSpecs = (
  config: ModelConfig,
  { lora, valueHead }: { readonly lora: Lora | null; readonly valueHead: boolean },
): readonly ParameterSpec[] => {
  if (lora === null) return parameterSpecs(config, { valueHead });
  const adapters = loraSpecs(config, lora);
  if (!valueHead) return adapters;
  const all = parameterSpecs(config, { valueHead });
  const head = all.slice(all.findIndex(({ name }) => name === VALUE_WEIGHT));
  const from = head[0]?.offset ?? 0;
  const to = totalSize(adapters);
  return [...adapters, ...head.map((spec) => ({ ...spec, offset: spec.offset - from + to }))];
};

/** Weight decay pulls matrices of the blocks only: norms, biases, embeddings and heads are spared. */
export const isDecayed = ({ kind }: ParameterSpec): boolean => kind === 'matrix' || kind === 'residual';

export const isHead = ({ kind }: ParameterSpec): boolean => kind === 'value-head';
