import { serveThread } from '../thread/serve-thread.ts';
import type { Job, Replies, WorkerSetup } from './protocol.ts';
import { trainerService } from './service.ts';

/** A thread of the trainer. Started by worker-pool.ts only. */
await serveThread<WorkerSetup, Job, Replies[Job['kind']]>(trainerService);
