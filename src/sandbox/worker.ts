import { Worker } from 'node:worker_threads';
import { messageOf } from '../base/errors.ts';
import { pinGuestTime } from './guest-clock.ts';
import type { Done, Job, Reply, Request } from './job.ts';

/** A worker process of the simulated sandbox and of the Python runner: does one job at a time and keeps nothing of it. */
const send = process.send?.bind(process);
if (send === undefined) throw new Error('src/sandbox/worker.ts is started by worker-pool.ts only');

// Should the host die while a guest's loop holds this thread, another thread ends the process.
const parent = process.ppid;
new Worker(`setInterval(() => { if (process.ppid !== ${parent}) process.kill(process.pid, 'SIGKILL'); }, 1000);`, {
  eval: true,
  resourceLimits: { maxOldGenerationSizeMb: 8 },
}).unref();
process.on('disconnect', () => process.exit(0));

pinGuestTime();
// just-bash takes its own copies of some globals when it is loaded, so it is loaded after they are pinned.
const { loadPython } = await import('./cpython.ts');
const { hookInterpreter } = await import('./just-bash-hooks.ts');
const { runPythonJob } = await import('./python-job.ts');
const { runShell } = await import('./shell.ts');
hookInterpreter();

const PRELOAD_MS = 100;

const perform = (job: Job): Promise<Done> => (job.kind === 'shell' ? runShell(job) : runPythonJob(job));

let busy = false;
process.on('message', ({ id, job }: Request) => {
  busy = true;
  perform(job)
    .then(
      (done) => send({ id, done } satisfies Reply),
      (thrown: unknown) => send({ id, error: messageOf(thrown) } satisfies Reply),
    )
    .finally(() => {
      busy = false;
    });
});
send({ ready: true } satisfies Reply);
// In a quiet moment, so that no guest's deadline pays for it.
const preload = (): void => {
  if (busy) setTimeout(preload, PRELOAD_MS);
  else loadPython();
};
setTimeout(preload, PRELOAD_MS);
