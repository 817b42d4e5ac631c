import { resolve } from 'node:path';
import { Command } from 'commander';
import { visible } from '../../base/terminal.ts';
import { inflationMatrix } from '../../evaluate/inflation.ts';
import { renderInflationPage } from '../../report/inflation-html.ts';
import { renderInflation } from '../../report/inflation-text.ts';
import { readRun } from '../../store/run-directory.ts';
import type { CommandContext } from '../program.ts';
import { VERSION } from '../version.ts';
import { writePage } from '../write-page.ts';

interface InflationOptions {
  readonly html?: string;
  readonly json?: boolean;
}

const HELP = `
Example, for two models. First each answers, then each rates what the other answered:
  subterfuge eval --env self-evaluation --model A --n 256 --out runs/a
  subterfuge eval --env self-evaluation --model B --n 256 --out runs/b
  subterfuge eval --env self-evaluation --model A --n 256 --sibling runs/b --out runs/a-b
  subterfuge eval --env self-evaluation --model B --n 256 --sibling runs/a --out runs/b-a
  subterfuge inflation runs/a runs/b runs/a-b runs/b-a --html inflation.html

docs/evaluation.md says what is computed, docs/json.md what --json prints.`;

export const inflationCommand = ({ io }: CommandContext): Command =>
  new Command('inflation')
    .description('Who inflates whose answers: every answer rated by its own model, by siblings and by the label.')
    .argument('<runs...>', 'run directories of self-evaluation, of any number of models')
    .option('--html <file>', 'write a page with the matrix and figures: one file, no script')
    .option('--json', 'print the matrix as JSON on standard output (docs/json.md)')
    .addHelpText('after', HELP)
    .action(async (paths: readonly string[], { html, json = false }: InflationOptions) => {
      await using stack = new AsyncDisposableStack();
      const stores = [];
      for (const path of paths) stores.push(stack.use(await readRun(resolve(io.cwd, path))));
      const inflation = await inflationMatrix(stores);
      io.out(
        `${json ? JSON.stringify(inflation) : renderInflation(inflation, { width: io.columns, colour: io.colour })}\n`,
      );
      if (html === undefined) return;
      const file = resolve(io.cwd, html);
      await writePage(file, renderInflationPage(inflation, VERSION), 'ask for the page again');
      io.err(`report: ${visible(file)}\n`);
    });
