import { resolve } from 'node:path';
import { Command } from 'commander';
import { inflationMatrix } from '../../evaluate/inflation.ts';
import { renderInflation } from '../../report/inflation-text.ts';
import { readRun } from '../../store/run-directory.ts';
import type { CommandContext } from '../program.ts';

const HELP = `
Example, for two models:
  subterfuge eval --env self-evaluation --model A --n 256 --out runs/a
  subterfuge eval --env self-evaluation --model B --n 256 --out runs/b
  subterfuge eval --env self-evaluation --model A --n 256 --sibling runs/b --out runs/a-b
  subterfuge eval --env self-evaluation --model B --n 256 --sibling runs/a --out runs/b-a
  subterfuge inflation runs/a-b runs/b-a

docs/evaluation.md says what is computed, docs/json.md what --json prints.`;

export const inflationCommand = ({ io }: CommandContext): Command =>
  new Command('inflation')
    .description('Who inflates whose answers: every answer rated by its own model, by siblings and by the label.')
    .argument('<runs...>', 'run directories of self-evaluation, of any number of models')
    .option('--json', 'print the matrix as JSON on standard output')
    .addHelpText('after', HELP)
    .action(async (paths: readonly string[], { json = false }: { readonly json?: boolean }) => {
      await using stack = new AsyncDisposableStack();
      const stores = [];
      for (const dir of new Set(paths.map((path) => resolve(io.cwd, path)))) stores.push(stack.use(await readRun(dir)));
      const inflation = await inflationMatrix(stores);
      io.out(
        `${json ? JSON.stringify(inflation) : renderInflation(inflation, { width: io.columns, colour: io.colour })}\n`,
      );
    });
