import type { Files } from '../answer.ts';
import { type Prober, reduceParts, without } from './prober.ts';

const LINES = /(?<=\n)/u;

/** Fewer files, then fewer lines in each. */
export const smallerFiles = async (files: Files, probe: Prober): Promise<Files> => {
  const filesOf = (paths: readonly string[], from: Files): Files =>
    Object.fromEntries(paths.map((path) => [path, from[path] ?? '']));
  let current = files;
  for (;;) {
    const before = JSON.stringify(current);
    const source = current;
    const kept = await reduceParts(Object.keys(source), without, (paths) => filesOf(paths, source), probe);
    current = filesOf(kept, source);
    for (const path of kept) {
      const rest: Files = current;
      const lines = await reduceParts(
        (rest[path] ?? '').split(LINES),
        without,
        (parts) => ({ ...rest, [path]: parts.join('') }),
        probe,
      );
      current = { ...rest, [path]: lines.join('') };
    }
    if (JSON.stringify(current) === before || probe.spent) return current;
  }
};
