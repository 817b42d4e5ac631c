import type { ModelConfig } from './config.ts';
import { type Projection, projectionShape } from './parameters.ts';

/** Projections of one block that read the same input and are computed as one matrix product. */
export interface ProjectionGroup {
  readonly name: 'qkv' | 'o' | 'gate' | 'up' | 'down';
  /** Neighbours in the flat buffer, in this order. */
  readonly members: readonly [Projection, ...Projection[]];
  /** Rows of each member. */
  readonly outs: readonly number[];
  /** Columns. */
  readonly inner: number;
}

// Gate and up stay apart: cutting their common product in two costs more than the second product.
const MEMBERS: readonly {
  readonly name: ProjectionGroup['name'];
  readonly members: readonly [Projection, ...Projection[]];
}[] = [
  { name: 'qkv', members: ['q_proj', 'k_proj', 'v_proj'] },
  { name: 'o', members: ['o_proj'] },
  { name: 'gate', members: ['gate_proj'] },
  { name: 'up', members: ['up_proj'] },
  { name: 'down', members: ['down_proj'] },
];

export const groupsOf = (config: ModelConfig): readonly ProjectionGroup[] =>
  MEMBERS.map(({ name, members }) => {
    const shapes = members.map((member) => projectionShape(config, member));
    return { name, members, outs: shapes.map(([out]) => out), inner: shapes[0]?.[1] ?? 0 };
  });
