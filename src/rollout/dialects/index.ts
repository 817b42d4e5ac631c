import type { DialectName } from '../../record/rollout.ts';
import type { Dialect } from './dialect.ts';
import { nativeDialect } from './native.ts';
import { tagsDialect } from './tags.ts';

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = { tags: tagsDialect, native: nativeDialect };

/** The same dialect that does not ask for a chain of thought. */
export const withoutThoughts = (dialect: Dialect): Dialect => ({
  ...dialect,
  instructions: (register, hasTools) => dialect.instructions(register, hasTools, false),
});
