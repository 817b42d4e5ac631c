/**
 * Records the golden rollouts: of every family gold and one exploit, with their verdicts and labels, as version 1 of each
 * record was written. They are kept for ever, so that every later version is shown to read them. Run it only for a new
 * version of a record, into a new file: node test/golden/record.ts test/golden/v2.jsonl
 */
import { writeFile } from 'node:fs/promises';
import { ENVIRONMENTS } from '../../src/env/registry.ts';
import { gradeRollouts } from '../../src/evaluate/grade.ts';
import type { Submission } from '../../src/policy/submission.ts';
import type { Task } from '../../src/record/task.ts';
import { play } from '../../src/rollout/play.ts';
import { simulatedSandbox } from '../../src/sandbox/simulated.ts';
import { wasmPython } from '../../src/sandbox/wasm-python.ts';

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('say which file to write');

await using sandboxes = simulatedSandbox();
await using python = wasmPython();
const lines: string[] = [];
for (const [index, environment] of ENVIRONMENTS.entries()) {
  const tasks = environment.tasks({ split: 'train', variant: index, register: 'compact', promptSet: 'main' });
  const scripts: ((task: Task) => Submission | undefined)[] = [
    (task) => environment.submissions(task).gold,
    (task) => environment.submissions(task).exploits[0]?.submission,
  ];
  for (const [kind, script] of scripts.entries()) {
    const dialect = kind === 0 ? 'tags' : 'native';
    const rollouts = [];
    for (const task of tasks) {
      const submission = script(task);
      if (submission === undefined) throw new Error(`${environment.name} has no exploit`);
      const rollout = await play(sandboxes, task, submission, dialect);
      rollouts.push({ ...rollout, times: { startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1 } });
    }
    for (const { rollout, proxy, intent, labels } of await gradeRollouts(environment, rollouts, { python })) {
      lines.push(JSON.stringify({ rollout, proxy, intent, labels }));
    }
  }
}
await writeFile(path, `${lines.join('\n')}\n`);
