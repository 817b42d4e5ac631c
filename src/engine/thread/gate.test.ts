import { expect, test } from 'vitest';
import type { Runtime, Session } from '../onnx/session.ts';
import { closeGate, forgetGate, gatedRuntime, openGate } from './gate.ts';

/** Sessions that only count how often they are run and closed. */
const counting = () => {
  const seen = { open: 0, closed: 0, runs: 0 };
  const session: Session = {
    inputNames: [],
    outputNames: [],
    run: async () => {
      seen.runs++;
      return {};
    },
    close: async () => {
      seen.closed++;
    },
  };
  const runtime: Runtime = {
    tensor: () => {
      throw new Error('no tensors here');
    },
    open: async () => {
      seen.open++;
      return session;
    },
  };
  return { seen, runtime };
};

test('a closed gate lets sessions be closed, each once, and nothing be opened or run', async () => {
  const { seen, runtime } = counting();
  const gate = openGate();
  try {
    const gated = await gatedRuntime(gate, async () => runtime);
    const [first, second] = [await gated.open(new Uint8Array()), await gated.open(new Uint8Array())];
    await first.run({}, {});
    closeGate(gate);
    await expect(first.run({}, {})).rejects.toThrow('is being closed');
    await expect(gated.open(new Uint8Array())).rejects.toThrow('is being closed');
    await first.close();
    // The second is one that a job had opened when it was cut off.
    expect(second.inputNames).toEqual([]);
    await gated.closeAll();
    await gated.closeAll();
    expect(seen).toEqual({ open: 2, closed: 2, runs: 1 });
    expect(gate[0]).toBe(0);
  } finally {
    forgetGate(gate);
  }
});
