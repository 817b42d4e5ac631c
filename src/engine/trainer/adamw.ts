/** AdamW (Loshchilov & Hutter, 2019) over a stretch of flat buffers. */
export interface AdamWStep {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  /** Decoupled; 0 for what is not decayed. */
  readonly weightDecay: number;
  /** The gradient is multiplied by this first: clipping. */
  readonly gradientScale: number;
  /** Number of this update, from 1: corrects the moments' start at 0. */
  readonly step: number;
}

export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Updates elements `begin` to before `end` of weights and moments in place, as PyTorch's AdamW does. */
export const adamw = (
  weights: Float32Array,
  gradient: Float32Array,
  { first, second }: Moments,
  begin: number,
  end: number,
  options: AdamWStep,
): void => {
  const { learningRate, beta1, beta2, eps, weightDecay, gradientScale, step } = options;
  const keep = 1 - learningRate * weightDecay;
  const size = learningRate / (1 - beta1 ** step);
  const correction = Math.sqrt(1 - beta2 ** step);
  const fresh1 = 1 - beta1;
  const fresh2 = 1 - beta2;
  for (let i = begin; i < end; i++) {
    const g = (gradient[i] ?? 0) * gradientScale;
    const m = beta1 * (first[i] ?? 0) + fresh1 * g;
    const v = beta2 * (second[i] ?? 0) + fresh2 * g * g;
    first[i] = m;
    second[i] = v;
    weights[i] = (weights[i] ?? 0) * keep - (size * m) / (Math.sqrt(v) / correction + eps);
  }
};

/** Sum of squares of a stretch, in double precision. NaN or Infinity where an element is. */
export const sumOfSquares = (values: Float32Array, begin: number, end: number): number => {
  let sum = 0;
  for (let i = begin; i < end; i++) {
    const value = values[i] ?? 0;
    sum += value * value;
  }
  return sum;
};

/** What the gradient is multiplied by, so that its Euclidean norm is at most `most`: PyTorch's clip_grad_norm_. */
export const clipScale = (norm: number, most: number): number =>
  most === Infinity ? 1 : Math.min(1, most / (norm + 1e-6));
