import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterSpecs, totalSize } from '../model/parameters.ts';
import { TINY } from '../model/tiny.contract.ts';
import { microBatches, paddedLength } from './batches.ts';
import { batchBuffers, layOut, type RowJob, scoredCount } from './layout.ts';
import { planRun, planUpdate, stretches } from './plan.ts';

const CONTEXT = 300;
const extents = fc.array(
  fc
    .integer({ min: 1, max: CONTEXT })
    .chain((length) => fc.record({ length: fc.constant(length), scored: fc.integer({ min: 0, max: length - 1 }) })),
  { maxLength: 40 },
);

describe('micro-batches', () => {
  it('hold every sequence once, with room for it and for what is scored', () => {
    fc.assert(
      fc.property(extents, fc.integer({ min: 1, max: 2000 }), (all, tokens) => {
        const batches = microBatches(all, { tokens, contextLength: CONTEXT });
        const members = batches.flatMap((batch) => batch.members);
        expect(members.toSorted((a, b) => a - b)).toEqual(all.map((_, index) => index));
        for (const { shape, members: of } of batches) {
          const scored = of.reduce((sum, index) => sum + (all[index]?.scored ?? 0), 0);
          expect(of.length).toBeLessThanOrEqual(shape.rows);
          expect(scored).toBeLessThanOrEqual(shape.scored);
          expect(shape.scored).toBeLessThanOrEqual(shape.rows * shape.length);
          for (const index of of) expect(all[index]?.length ?? Infinity).toBeLessThanOrEqual(shape.length);
          expect(shape.rows * shape.length).toBeLessThanOrEqual(Math.max(tokens, shape.length));
        }
      }),
    );
  });

  it('come in few shapes', () => {
    const all = Array.from({ length: 2000 }, (_, i) => ({ length: 1 + ((i * 37) % 512), scored: i % 2 }));
    const shapes = microBatches(all, { tokens: 1024, contextLength: 512 }).map(({ shape }) => JSON.stringify(shape));
    expect(new Set(shapes).size).toBeLessThanOrEqual(11);
    expect(paddedLength(1100, 2048)).toBe(1536);
    expect(paddedLength(65, 512)).toBe(96);
    expect(paddedLength(500, 510)).toBe(510);
  });
});

const jobs = fc.array(
  fc.integer({ min: 1, max: 12 }).chain((length) =>
    fc.record({
      ids: fc
        .array(fc.integer({ min: 0, max: 36 }), { minLength: length, maxLength: length })
        .map((ids) => Int32Array.from(ids)),
      scored: fc.option(fc.array(fc.constantFrom(0, 1), { minLength: length - 1, maxLength: length - 1 })),
      logprobs: fc.array(fc.constantFrom(0, 0, 0.5, -2), { minLength: length - 1, maxLength: length - 1 }),
    }),
  ),
  { minLength: 1, maxLength: 5 },
);

describe('the layout of a batch', () => {
  it('puts each scored token at a place of its own, with its target and its derivative', () => {
    fc.assert(
      fc.property(jobs, fc.boolean(), (some, all) => {
        const rows: RowJob[] = some.map(({ ids, scored, logprobs }) => ({
          ids,
          scored: all ? null : (scored ?? logprobs.map(() => 0)),
          credit: { logprobs: Float32Array.from(logprobs), entropies: null, values: null },
        }));
        const wanted = rows.reduce((sum, job) => sum + scoredCount(job), 0);
        const shape = { rows: rows.length, length: 12, scored: all ? rows.length * 12 : Math.max(1, wanted) };
        const buffers = batchBuffers(shape);
        layOut(buffers, shape, rows);
        const places = [...buffers.scoredAt.entries()].filter(([, at]) => at >= 0);
        expect(places.length).toBe(wanted);
        expect(new Set(places.map(([, at]) => at)).size).toBe(wanted);
        for (const [place, at] of places) {
          const row = rows[Math.floor(at / 12)];
          const t = at % 12;
          expect(Number(buffers.targets[place])).toBe(row?.ids[t + 1]);
          expect(Number(buffers.positions[place])).toBe(at);
          expect(Number(buffers.inverse[at])).toBe(place);
          expect(buffers.creditLogprobs[place]).toBe(row?.credit?.logprobs[t]);
        }
        expect(buffers.inverse.filter((place) => Number(place) < shape.scored).length).toBe(wanted);
      }),
    );
  });
});

describe('a plan', () => {
  it('puts what the workers said back into order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 48 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        (lengths, workers) => {
          const rows = lengths.map((length) => ({ ids: new Int32Array(length), credit: null, scored: null }));
          const plan = planRun(rows, TINY, 96, workers);
          const said = plan.jobs.map((batches) =>
            batches.map((batch) =>
              batch.rows.map(({ ids }) => ({
                logprobs: new Float32Array(ids.length - 1),
                entropies: new Float32Array(0),
                values: null,
              })),
            ),
          );
          expect(plan.gather(said).map(({ logprobs }) => logprobs.length + 1)).toEqual(lengths);
        },
      ),
    );
  });

  it.each(['adamw', 'muon'] as const)('of an update with %s touches every element once', (optimiser) => {
    const specs = parameterSpecs(TINY, { valueHead: true });
    const length = totalSize(specs);
    for (const workers of [1, 2, 3, 7]) {
      const touched = new Uint8Array(length);
      for (const { adamw, matrices } of planUpdate(specs, optimiser, length, workers)) {
        for (const { begin, end } of adamw) for (let i = begin; i < end; i++) touched[i] = (touched[i] ?? 0) + 1;
        for (const { offset, rows, columns } of matrices) {
          for (let i = offset; i < offset + rows * columns; i++) touched[i] = (touched[i] ?? 0) + 1;
        }
      }
      expect(touched.every((times) => times === 1)).toBe(true);
      expect(stretches(length, workers).reduce((sum, { begin, end }) => sum + end - begin, 0)).toBe(length);
    }
  });
});
