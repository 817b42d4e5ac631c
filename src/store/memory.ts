import { redactor } from '../base/redact.ts';
import { type Manifest, manifestRecord } from '../record/run.ts';
import { openIndex } from './run-index.ts';
import type { RunStore, StoreOptions } from './run-store.ts';
import { runView } from './run-view.ts';
import { idsSpokenOf, prepare, runIsClosed, unknownRollout } from './run-write.ts';

/** A run that is gone with its process. Records are kept as JSON text, so what is read is what a disk would give. */
export const memoryRun = (given: Manifest, options: StoreOptions = {}): RunStore => {
  const redact = options.redact ?? redactor([]);
  const manifest = manifestRecord.read(redact.json(given));
  const index = openIndex(':memory:', manifest.id, 0);
  const texts: string[] = [];
  let closed = false;
  const view = runView(manifest, {
    name: `run ${manifest.id} in memory`,
    ask: async (question) => question(index),
    values: async (places) => places.map(({ offset }) => JSON.parse(texts[offset] ?? 'null') as unknown),
  });
  return {
    ...view,
    append: async (...records) => {
      if (closed) throw runIsClosed(`Run ${manifest.id}`);
      const prepared = prepare(redact, records);
      for (const id of idsSpokenOf(prepared)) if (index.rollout(id) === null) throw unknownRollout(id);
      for (const { record, key } of prepared) {
        const offset = texts.length;
        const text = JSON.stringify(record);
        texts.push(text);
        index.add([{ offset, bytes: 1, crc: 0, key }], offset, offset + 1);
      }
    },
    [Symbol.asyncDispose]: async () => {
      if (!closed) index.close();
      closed = true;
    },
  };
};
