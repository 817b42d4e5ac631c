import type { Example } from './example.ts';
import type { Seen } from './strategy.ts';

/** An example without everything that only the host knows. Columns of no name are left out: one of them may hold the answer. */
export const seenOf = ({ id, input, options, items, workspace }: Example): Seen => ({
  id,
  input,
  options,
  items: items === null ? null : items.map((item) => item.input),
  workspace,
});
