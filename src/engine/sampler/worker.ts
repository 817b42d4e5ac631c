import { parentPort, workerData } from 'node:worker_threads';
import { onnxRuntime } from '../onnx/session.ts';
import type { ToWorker, WorkerSetup } from './protocol.ts';
import { workerLoop } from './worker-loop.ts';

/** A sampling thread: messages in, messages out. An error that no request caused ends it, and the pool says so. */
const port = parentPort;
if (port === null) throw new Error('this file is run as a worker thread');
// Only our own pool starts this file and posts to it; the types of both sides are protocol.ts.
const setup = workerData as WorkerSetup;
const waiting: ToWorker[] = [];
let receive = (message: ToWorker): void => {
  waiting.push(message);
};
port.on('message', (message: ToWorker) => receive(message));

const loop = workerLoop(await onnxRuntime(), setup, (message) => port.postMessage(message));
receive = (message) => loop.receive(message);
for (const message of waiting) loop.receive(message);
await loop.ended;
