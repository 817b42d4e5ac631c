import { resolve } from 'node:path';
import { Command } from 'commander';
import { visible } from '../../base/terminal.ts';
import { selectEnvironments } from '../../env/load.ts';
import { evaluationOf } from '../../evaluate/evaluation-of.ts';
import { ownGraders } from '../../evaluate/import/own-graders.ts';
import { type Difference, regrade } from '../../evaluate/regrade.ts';
import { wasmPython } from '../../sandbox/wasm-python.ts';
import { openRun, readRun } from '../../store/run-directory.ts';
import type { CommandContext } from '../program.ts';
import { writeReport } from '../write-report.ts';

interface GradeOptions {
  readonly with?: string;
  readonly save?: boolean;
  readonly json?: boolean;
}

const HELP = `
Rollouts hold no score, so they can be scored again: after a grader was repaired, or to see that it still says the same.
Nothing is written unless --save is given; then the new verdicts stand in the run, and the old ones stay in its journal.
Exit code 1 where something differs.`;

export const gradeCommand = ({ io, exit }: CommandContext): Command =>
  new Command('grade')
    .description("Score a run again with today's graders and list what differs.")
    .argument('<run>', 'run directory')
    .option('--with <file>', 'a module of your own graders: proxy, intent, labels (docs/import.md)')
    .option('--save', 'write the new verdicts into the run, and its report anew')
    .option('--json', 'print the differences as JSON')
    .addHelpText('after', HELP)
    .action(async (path: string, { save = false, json = false, with: own }: GradeOptions) => {
      const dir = resolve(io.cwd, path);
      await using run = await readRun(dir);
      await using writer = save ? await openRun(dir, { clock: io.clock }) : null;
      await using python = wasmPython();
      const named = await selectEnvironments(run.manifest.plan.environments, io.cwd);
      const environments = own === undefined ? named : named.map(await ownGraders(own, io.cwd));
      const differences: Difference[] = [];
      let rollouts = 0;
      for await (const { graded, differences: found } of regrade(run, environments, { python })) {
        rollouts++;
        differences.push(...found);
        await writer?.append(
          { kind: 'verdict', verdict: graded.proxy },
          { kind: 'verdict', verdict: graded.intent },
          { kind: 'labels', labels: graded.labels },
        );
      }
      if (json) io.out(`${JSON.stringify({ rollouts, differences })}\n`);
      else {
        for (const { rollout, what, before, after } of differences) {
          io.out(`${visible(`${rollout}  ${what}: ${before} -> ${after}`)}\n`);
        }
        io.out(`${rollouts} rollouts graded again, ${differences.length} differences${save ? ', saved' : ''}\n`);
      }
      if (writer !== null) await writeReport(io, writer, await evaluationOf(writer, environments));
      if (differences.length > 0) exit(1);
    });
