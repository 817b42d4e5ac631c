import { resolve } from 'node:path';
import { Command } from 'commander';
import { redactor } from '../../base/redact.ts';
import { visible } from '../../base/terminal.ts';
import { selectEnvironments } from '../../env/load.ts';
import type { Price } from '../../policy/price.ts';
import { openRun } from '../../store/run-directory.ts';
import { conclude } from '../conclude.ts';
import { asPlayed } from '../exploration.ts';
import { goOnPlanOf, judgeToGoOn, openJudge } from '../judge.ts';
import { checkThreads } from '../local-model.ts';
import { concurrency, duration, judgePrice, positiveNumber, price, threads, wholeNumber } from '../options.ts';
import { modelPrice } from '../prices.ts';
import type { CommandContext } from '../program.ts';
import { openSandboxes } from '../sandboxes.ts';
import { secretsOf } from '../secrets.ts';
import { openNamedModel, runSession, type SessionOptions } from '../session.ts';
import { besideSiblings } from '../siblings.ts';
import { VERSION } from '../version.ts';

interface ResumeOptions {
  readonly concurrency: number | 'auto';
  readonly maxCost?: number;
  readonly maxTokensTotal?: number;
  readonly maxTime?: number;
  readonly threads?: number;
  readonly price?: Price;
  readonly prices?: string;
  readonly judgePrice?: Price;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export const resumeCommand = ({ io }: CommandContext): Command =>
  new Command('resume')
    .description('Go on with a run that was stopped, killed, or hit a cap. Nothing that is there is paid for again.')
    .argument('<run>', 'run directory')
    .option('--concurrency <k>', 'episodes at once, or auto', concurrency, 'auto' as const)
    .option('--threads <k>', 'threads of engine and gguf models; 1 on a busy machine', threads)
    .option('--max-cost <usd>', 'cap for the whole run, what is spent included', positiveNumber('max-cost'))
    .option('--max-tokens-total <k>', 'cap for the whole run, what is taken included', wholeNumber('max-tokens-total'))
    .option('--max-time <time>', 'begin no call after so long: 90s, 15m, 2h', duration('max-time'))
    .option('--price <in,out>', 'USD per million input and output tokens', price)
    .option('--prices <file>', 'a JSON table of prices by model (docs/models.md)')
    .option('--judge-price <in,out>', 'the same of the judge of the run', judgePrice)
    .option('--json', 'print the evaluation as JSON on standard output')
    .option('--quiet', 'no progress on standard error')
    .addHelpText(
      'after',
      '\nRollouts that ended in a fault of the provider, the sandbox or the host are done again; all others are kept as they are.\nA run that was graded by a judge since (grade --judge --save) goes on with that one: one run, one judge. What it was not asked yet, it is asked.',
    )
    .action(async (run: string, options: ResumeOptions) => {
      await using store = await openRun(resolve(io.cwd, run), { redact: redactor(secretsOf(io.env)), clock: io.clock });
      if (store.droppedBytes > 0) {
        io.err(
          `A last record that a crash had cut short was dropped (${store.droppedBytes} bytes). Nothing finished was lost.\n`,
        );
      }
      const { plan, versions } = store.manifest;
      if (versions.subterfuge !== VERSION) {
        io.err(`warning: the run was begun with Subterfuge ${visible(versions.subterfuge)}, this is ${VERSION}\n`);
      }
      const judgedBy = await judgeToGoOn(io, store);
      checkThreads(options.threads, plan.model, judgedBy ?? undefined);
      const bare = asPlayed(plan, await selectEnvironments(plan.environments, io.cwd));
      const { environments } = await besideSiblings(io, plan.sibling, bare);
      const session: SessionOptions = {
        concurrency: options.concurrency,
        maxUsd: options.maxCost ?? plan.maxUsd,
        price: (await modelPrice(io, plan.model, options)) ?? plan.price,
        maxTokensTotal: options.maxTokensTotal ?? plan.maxTokensTotal,
        maxSeconds: options.maxTime,
        threads: options.threads,
        quiet: options.quiet === true,
      };
      const { seed } = plan;
      await using opened = await openNamedModel(io, plan.model, environments, { ...session, seed, local: plan });
      const judging = await goOnPlanOf(io, judgedBy, options, plan.judge);
      await using judge = await openJudge(io, judging, { ...session, seed });
      await using sandboxes = await openSandboxes(io, plan.sandbox ?? 'simulated');
      const result = await runSession(io, store, environments, opened, sandboxes, session, judge);
      await conclude(io, store, result, options.json === true);
    });
