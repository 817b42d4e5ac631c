import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DialectName } from '../record/rollout.ts';
import type { Task } from '../record/task.ts';
import { type Completion, type CompletionRequest, type Model, PolicyFault } from './policy.ts';

/** What the suite needs to know of a model. `index` numbers different episodes of it. */
export interface PolicySubject {
  readonly name: string;
  open(dialect: DialectName): Promise<Model>;
  task(index: number): Task;
  request(dialect: DialectName, index: number): CompletionRequest;
  /** Equal requests with equal seeds give equal completions. */
  readonly deterministic: boolean;
  /** False for a replay: limits and stop sequences were applied when it was recorded. */
  readonly honoursLimits: boolean;
  readonly dialects: readonly DialectName[];
}

/** The first assistant turn of episode `index`. */
const first = async (
  subject: PolicySubject,
  model: Model,
  request: CompletionRequest,
  index: number,
): Promise<Completion> => await model.policyFor(subject.task(index), `contract/${index}`).complete(request);

const text = (completion: Completion): string =>
  completion.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');

const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );

const faultOf = async (promise: Promise<unknown>): Promise<PolicyFault> => {
  const thrown = await rejection(promise);
  if (!(thrown instanceof PolicyFault))
    throw new Error(`expected a PolicyFault, got ${String(thrown)}`, { cause: thrown });
  return thrown;
};

/** Every implementation of `Model` passes this. */
export const policyContract = (subject: PolicySubject): void => {
  describe.each(subject.dialects)(`${subject.name} keeps the contract of a policy (%s)`, (dialect) => {
    let model: Model;
    beforeAll(async () => {
      model = await subject.open(dialect);
    });
    afterAll(async () => {
      await model[Symbol.asyncDispose]();
    });
    const ask = (index: number, change: Partial<CompletionRequest> = {}): Promise<Completion> =>
      first(subject, model, { ...subject.request(dialect, index), ...change }, index);

    test('says what it is', () => {
      expect(model.spec).not.toBe('');
      expect(model.version).not.toBe('');
      expect(model.dialects).toContain(dialect);
      expect(model.maxConcurrency).toBeGreaterThanOrEqual(1);
    });

    test('completes, with whole numbers of usage and as many ids as log-probabilities', async () => {
      const { parts, usage, tokens } = await ask(0);
      expect(parts.length).toBeGreaterThan(0);
      for (const part of parts) if (part.kind === 'call') expect(part.id).not.toBe('');
      const { usd, ...counts } = usage;
      for (const count of Object.values(counts)) expect(Number.isInteger(count) && count >= 0).toBe(true);
      expect(usage.outputTokens).toBeGreaterThan(0);
      expect(usd === null || usd >= 0).toBe(true);
      expect(tokens === null || tokens.ids.length === tokens.logprobs.length).toBe(true);
      if (tokens !== null) for (const logprob of tokens.logprobs) expect(logprob).toBeLessThanOrEqual(0);
    });

    if (subject.honoursLimits)
      test('ends at the limit of output tokens and says so', async () => {
        const { stop, usage } = await ask(0, { maxOutputTokens: 1 });
        expect(stop).toBe('length');
        expect(usage.outputTokens).toBeLessThanOrEqual(1);
      });

    if (subject.honoursLimits && dialect === 'tags')
      test('ends before a stop sequence, which is not in the text', async () => {
        const whole = text(await ask(0, { stop: [] }));
        const from = Math.floor(whole.length / 2);
        const sequence = whole.slice(from, from + 4);
        const { parts, stop } = await ask(0, { stop: ['never written', sequence] });
        const shown = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
        expect(shown).not.toContain(sequence);
        expect(whole.startsWith(shown)).toBe(true);
        // Where the server alone knows, "end" is all that can be said.
        expect(['stop-sequence', 'end']).toContain(stop);
      });

    if (subject.deterministic)
      test('gives the same for the same seed', async () => {
        const [a, b] = [await ask(1, { seed: 11 }), await ask(1, { seed: 11 })];
        expect(b.parts).toEqual(a.parts);
        expect(b.tokens).toEqual(a.tokens);
      });

    test('keeps concurrent episodes apart', async () => {
      const indexes = [0, 1, 2, 3, 4, 5];
      const together = await Promise.all(indexes.map((index) => ask(index)));
      if (!subject.deterministic) return;
      for (const index of indexes) expect((await ask(index)).parts).toEqual(together[index]?.parts);
    });

    test('an aborted signal ends a completion with a fault, before it began or after', async () => {
      const request = subject.request(dialect, 2);
      const policy = model.policyFor(subject.task(2), 'contract/2');
      const before = await faultOf(policy.complete(request, AbortSignal.abort(new Error('stop'))));
      expect(before.fault).toMatchObject({ code: 'aborted', side: 'host' });
      const controller = new AbortController();
      const running = rejection(policy.complete(request, controller.signal));
      controller.abort();
      const thrown = await running;
      // A completion may have been ready already.
      if (thrown !== null) expect((thrown as PolicyFault).fault.code).toBe('aborted');
    });

    test('leaves the temperature out where it has its own; else a request without one is a fault', async () => {
      const asked = ask(0, { temperature: null });
      if (model.hasOwnTemperature === true) expect((await asked).parts.length).toBeGreaterThan(0);
      else expect(await faultOf(asked)).toMatchObject({ scope: 'model', fault: { code: 'bad-request', side: 'host' } });
    });

    test('may be disposed of twice, and is a fault afterwards', async () => {
      const other = await subject.open(dialect);
      await other[Symbol.asyncDispose]();
      await other[Symbol.asyncDispose]();
      const request = subject.request(dialect, 0);
      const fault = await faultOf(first(subject, other, request, 0));
      expect(fault.fault.code).toBe('disposed');
      expect(fault.scope).toBe('model');
    });
  });
};
