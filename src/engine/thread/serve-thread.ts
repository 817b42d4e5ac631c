import { parentPort, workerData } from 'node:worker_threads';
import type { Runtime } from '../onnx/session.ts';
import { type GateMemory, gatedRuntime, isClosing } from './gate.ts';
import { type FromThread, sentError, type ToThread } from './protocol.ts';

/** What a thread does. `Value` is posted back, so it must be what structured clone takes. */
export interface Service<Job, Value> {
  ask(id: number, job: Job): Promise<Value>;
  cancel(id: number): void;
  /** Resolves once nothing runs. Sessions that are open then are closed after it. */
  close(): Promise<void>;
}

/** A thread's side of `openThread`: messages in, messages out. To be called once, by the thread's own file. */
export const serveThread = async <Setup, Job, Value>(
  open: (runtime: Runtime, setup: Setup) => Service<Job, Value>,
): Promise<void> => {
  const port = parentPort;
  if (port === null) throw new Error('this file is run as a thread');
  // Only `openThread` starts these files, with what the host's own types hold; structured clone keeps its shape.
  const { setup, gate } = workerData as { readonly setup: Setup; readonly gate: GateMemory };
  const post = (reply: FromThread<Value>): void => port.postMessage(reply);
  const early: ToThread<Job>[] = [];
  let receive = (message: ToThread<Job>): void => {
    early.push(message);
  };
  port.on('message', (message: ToThread<Job>) => receive(message));
  const runtime = await gatedRuntime(gate).catch((thrown: unknown) => {
    // It was closed before it began: there is nothing to say, and nobody to say it to.
    if (isClosing(gate)) return null;
    throw thrown;
  });
  if (runtime === null) {
    port.close();
    return;
  }
  const service = open(runtime, setup);
  receive = (message) => {
    switch (message.kind) {
      case 'ask': {
        const { id } = message;
        service.ask(id, message.job).then(
          (value) => post({ id, value }),
          (thrown: unknown) => post({ id, failure: sentError(thrown) }),
        );
        return;
      }
      case 'cancel':
        return service.cancel(message.id);
      case 'close':
        // A failure here ends the thread, which is what was asked for.
        void service
          .close()
          .then(() => runtime.closeAll())
          .then(() => port.close());
        return;
    }
  };
  for (const message of early) receive(message);
};
