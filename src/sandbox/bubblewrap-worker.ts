/**
 * A worker process of the bubblewrap sandbox, started by `bubblewrap.ts` in mount and process namespaces of its own: one job at a time, of which it
 * keeps nothing. It is the host's side: no guest runs in its process namespace, and none can see it.
 */
import { messageOf } from '../base/errors.ts';
import { prepareLayout } from './bubblewrap-disk.ts';
import type { Machine } from './bubblewrap-machine.ts';
import { makeBench, runShell } from './bubblewrap-shell.ts';
import type { Reply, Request } from './job.ts';

const send = process.send?.bind(process);
if (send === undefined) throw new Error('src/sandbox/bubblewrap-worker.ts is started by bubblewrap.ts only');
// Should the host die: this is the first process of a namespace, and all others go with it.
process.on('disconnect', () => process.exit(0));

// Guests have another user id than root, and must be able to read what is put there for them.
process.umask(0o022);
const machine: Machine = JSON.parse(process.argv[2] ?? 'null');
const bench = makeBench(machine, prepareLayout(machine));

process.on('message', ({ id, job }: Request) => {
  if (job.kind !== 'shell') {
    send({ id, error: 'only commands of a shell are run here' } satisfies Reply);
    return;
  }
  runShell(bench, job).then(
    (done) => send({ id, done } satisfies Reply),
    (thrown: unknown) => send({ id, error: messageOf(thrown) } satisfies Reply),
  );
});
send({ ready: true } satisfies Reply);
