import { serveThread } from '../thread/serve-thread.ts';
import type { Answer, Job, WorkerSetup } from './protocol.ts';
import { workerLoop } from './worker-loop.ts';

/** A sampling thread. An error that no request caused ends it, and its host says so. Started by sampling-worker.ts only. */
await serveThread<WorkerSetup, Job, Answer>(workerLoop);
