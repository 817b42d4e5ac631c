import type { ModelConfig } from './config.ts';

export interface RotaryTables {
  /** [positions, headSize / 2], row-major. */
  readonly cos: Float32Array;
  readonly sin: Float32Array;
}

/**
 * Cosines and sines of the rotary embedding (Su et al., 2021) at positions 0 to `positions` - 1. Frequency i is
 * theta^(-2i / headSize); element i of a head is rotated against element i + headSize / 2.
 */
export const rotaryTables = (
  { headSize, ropeTheta }: Pick<ModelConfig, 'headSize' | 'ropeTheta'>,
  positions: number,
): RotaryTables => {
  const half = headSize / 2;
  const cos = new Float32Array(positions * half);
  const sin = new Float32Array(positions * half);
  for (let i = 0; i < half; i++) {
    // Rounded to float32 as PyTorch has it: at far positions the angle depends on it.
    const frequency = Math.fround(ropeTheta ** ((-2 * i) / headSize));
    for (let position = 0; position < positions; position++) {
      const angle = Math.fround(position * frequency);
      cos[position * half + i] = Math.cos(angle);
      sin[position * half + i] = Math.sin(angle);
    }
  }
  return { cos, sin };
};
