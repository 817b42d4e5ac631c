import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { inputError, SubterfugeError } from '../../base/errors.ts';
import { visible } from '../../base/terminal.ts';
import type { Environment } from '../../env/environment.ts';
import { selectEnvironments } from '../../env/load.ts';
import { compareRuns } from '../../evaluate/compare.ts';
import type { CompareInput } from '../../evaluate/compare-side.ts';
import { renderComparisonPage } from '../../report/compare-html.ts';
import { renderComparison } from '../../report/compare-text.ts';
import { readRun } from '../../store/run-directory.ts';
import type { Io } from '../io.ts';
import type { CommandContext } from '../program.ts';
import { VERSION } from '../version.ts';
import { writePage } from '../write-page.ts';

interface CompareOptions {
  readonly html?: string;
  readonly json?: boolean;
}

const HELP = `
The first run is what the others are compared with. Tasks that two runs share are
paired; runs of other models, seeds, wordings, prompts or sandboxes may be compared,
and what differs in what was asked is said first.

Examples:
  subterfuge compare runs/base runs/trained
  subterfuge compare runs/main runs/alternate runs/compact --html comparison.html

docs/statistics.md says what is done, docs/json.md what --json prints.`;

export const compareCommand = ({ io }: CommandContext): Command =>
  new Command('compare')
    .description('Runs side by side: what differs in gaming, attempts and successes, and which tasks flipped.')
    .argument('<runs...>', 'two or more run directories')
    .option('--html <file>', 'write a page with figures: one file, no script')
    .option('--json', 'print the comparison as JSON on standard output (docs/json.md)')
    .addHelpText('after', HELP)
    .action(async (paths: readonly string[], options: CompareOptions) => {
      await using stack = new AsyncDisposableStack();
      const inputs: CompareInput[] = [];
      const seen = new Map<string, string>();
      for (const path of paths) {
        const dir = resolve(io.cwd, path);
        const store = stack.use(await readRun(dir));
        await checkOnce(seen, dir, path);
        inputs.push({ path, store, environments: await environmentsOf(io, store.manifest.plan.environments) });
      }
      const comparison = await compareRuns(inputs);
      if (options.json === true) io.out(`${JSON.stringify(comparison)}\n`);
      else io.out(`${renderComparison(comparison, { width: io.columns, colour: io.colour })}\n`);
      if (options.html === undefined) return;
      const file = resolve(io.cwd, options.html);
      await writePage(file, renderComparisonPage(comparison, VERSION), 'compare again');
      io.err(`report: ${file}\n`);
    });

const checkOnce = async (seen: Map<string, string>, dir: string, path: string): Promise<void> => {
  const real = await realpath(dir);
  const before = seen.get(real);
  seen.set(real, path);
  if (before === undefined) return;
  throw inputError({
    code: 'same-run',
    what: 'The same run was named twice: it does not differ from itself.',
    given: `${before} and ${path}`,
    todo: 'Name each run once.',
  });
};

/** Only to know whether a run is finished: verdicts are read, not made again. So one that cannot be loaded here is no mistake. */
const environmentsOf = async (io: Io, names: readonly string[]): Promise<readonly Environment[] | null> => {
  try {
    return await selectEnvironments(names, io.cwd);
  } catch (thrown) {
    if (!(thrown instanceof SubterfugeError)) throw thrown;
    io.err(`warning: ${visible(thrown.what)}\n`);
    return null;
  }
};
