/** The faulty server in a thread of its own, so that its work is not counted as the client's. */
import { parentPort, workerData } from 'node:worker_threads';
import { type FaultyOptions, faultyServer } from '../../src/policy/faulty-server.contract.ts';

if (parentPort === null) throw new Error('this runs as a worker');
const port = parentPort;
const options: FaultyOptions = workerData;
const server = await faultyServer(options);
port.on('message', () => {
  const { answered, ...counts } = server.counts();
  port.postMessage({
    ...counts,
    answered: answered.size,
    twice: [...answered.values()].filter((times) => times > 1).length,
  });
});
port.postMessage(server.url);
