import type { Call } from '../record/call.ts';
import type { Rollout } from '../record/rollout.ts';
import type { Manifest } from '../record/run.ts';
import type { Labels, Verdict } from '../record/verdict.ts';
import type { RecordSource } from './indexed-journal.ts';
import type { Place } from './journal-reader.ts';
import type { AboutRow } from './run-index.ts';
import { type AboutKind, located, type RunRecord, readRecord } from './run-record.ts';
import type { Filter, RunReader } from './run-store.ts';

const PAGE = 500;
/** The most that is read ahead; one record may be longer. */
const AHEAD_BYTES = 8_388_608;

const groups = function* <T extends Place>(rows: readonly T[]): Generator<T[]> {
  let group: T[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (group.length > 0 && bytes + row.bytes > AHEAD_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(row);
    bytes += row.bytes;
  }
  if (group.length > 0) yield group;
};

/** All reading of a run, over any source of records. */
export const runView = (manifest: Manifest, source: RecordSource): Omit<RunReader, typeof Symbol.asyncDispose> => {
  const read = async function* (places: readonly Place[]): AsyncGenerator<RunRecord> {
    for (const group of groups(places)) {
      const values = await source.values(group);
      for (const [at, value] of values.entries()) {
        yield located(`${source.name} at byte ${group[at]?.offset}`, () => readRecord(value));
      }
    }
  };
  const rows = async function* (filter: Filter) {
    for (let after = filter.after ?? ''; ; ) {
      const next = { ...filter, after };
      const page = await source.ask((index) => index.rollouts(next, PAGE));
      yield page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last.id;
    }
  };
  const aboutRows = async function* (kind: AboutKind): AsyncGenerator<AboutRow[]> {
    for (let after = { rollout: '', name: '' }; ; ) {
      const from = after;
      const page = await source.ask((index) => index.about(kind, from, PAGE));
      yield page;
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      after = last;
    }
  };
  const about = async function* (kind: AboutKind, rollout: string | undefined): AsyncGenerator<RunRecord> {
    if (rollout !== undefined) yield* read(await source.ask((index) => index.aboutRollout(kind, rollout)));
    else for await (const page of aboutRows(kind)) yield* read(page);
  };
  const place = async (id: string): Promise<Place | null> => await source.ask((index) => index.rollout(id));

  return {
    manifest,
    entries: async function* (filter = {}) {
      for await (const page of rows(filter)) {
        for (const { id, environment, stop, verdicts, labelled } of page)
          yield { id, environment, stop, verdicts, labelled };
      }
    },
    rollouts: async function* (filter = {}): AsyncGenerator<Rollout> {
      for await (const page of rows(filter)) {
        for await (const record of read(page)) if (record.kind === 'rollout') yield record.rollout;
      }
    },
    rollout: async (id) => {
      const found = await place(id);
      if (found !== null)
        for await (const record of read([found])) if (record.kind === 'rollout') return record.rollout;
      return null;
    },
    has: async (id) => (await place(id)) !== null,
    verdicts: async function* (rollout): AsyncGenerator<Verdict> {
      for await (const record of about('verdict', rollout)) if (record.kind === 'verdict') yield record.verdict;
    },
    labels: async function* (rollout): AsyncGenerator<Labels> {
      for await (const record of about('labels', rollout)) if (record.kind === 'labels') yield record.labels;
    },
    calls: async function* (rollout): AsyncGenerator<Call> {
      for await (const record of about('call', rollout)) if (record.kind === 'call') yield record.call;
    },
  };
};
