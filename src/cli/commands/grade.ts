import { resolve } from 'node:path';
import { Command } from 'commander';
import { inputError, SubterfugeError } from '../../base/errors.ts';
import { visible } from '../../base/terminal.ts';
import { selectEnvironments } from '../../env/load.ts';
import { evaluationOf } from '../../evaluate/evaluation-of.ts';
import { ownGraders } from '../../evaluate/import/own-graders.ts';
import { isUnanswered } from '../../evaluate/judged-labels.ts';
import { cannotGoOn } from '../../evaluate/outage.ts';
import { spentSoFar } from '../../evaluate/recorded-calls.ts';
import { type Difference, regrade } from '../../evaluate/regrade.ts';
import { type RunJudge, runJudge } from '../../evaluate/run-judge.ts';
import { PolicyFault } from '../../policy/policy.ts';
import { NO_TEMPERATURE } from '../../policy/provider-spec.ts';
import { wasmPython } from '../../sandbox/wasm-python.ts';
import { openRun, readRun } from '../../store/run-directory.ts';
import type { RunReader, RunStore } from '../../store/run-store.ts';
import { shellWord } from '../audit-output.ts';
import type { Io } from '../io.ts';
import { type JudgeFlags, judgePlanOf, openJudge } from '../judge.ts';
import { checkThreads } from '../local-model.ts';
import { type Meter, meterFrom } from '../meter.ts';
import { judgePrice, positiveNumber, threads, wholeNumber } from '../options.ts';
import type { CommandContext } from '../program.ts';
import { type Watch, watchProgress } from '../progress.ts';
import { paidModel, purseOf } from '../session.ts';
import { writeReport } from '../write-report.ts';

interface GradeOptions extends JudgeFlags {
  readonly maxCost?: number;
  readonly maxTokensTotal?: number;
  readonly threads?: number;
  readonly with?: string;
  readonly save?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const HELP = `
Rollouts hold no score, so they can be scored again: after a grader was repaired, or to see that it still says the same.
Nothing is written unless --save is given; then the new verdicts stand in the run, and the old ones stay in its journal.
Exit code 1 where something differs.

With --judge a model takes the place of rules over free text: intent of families that read prose, their attempts, and whether the
user was told. The rules' own answers stay beside it. A model that refuses a temperature is named no-temperature:SPEC. With --save its answers are written down as they come, so that a command
that was stopped asks for none twice; without, they are paid for each time.`;

export const gradeCommand = ({ io, exit }: CommandContext): Command =>
  new Command('grade')
    .description("Score a run again with today's graders and list what differs.")
    .argument('<run>', 'run directory')
    .option('--with <file>', 'a module of your own graders: proxy, intent, labels (docs/import.md)')
    .option('--save', 'write the new verdicts into the run, and its report anew')
    .option('--judge <spec>', 'a model in the place of rules over free text (docs/evaluation.md)')
    .option('--judge-price <in,out>', 'USD per million input and output tokens of the judge', judgePrice)
    .option('--prices <file>', 'a JSON table of prices by model (docs/models.md)')
    .option(
      '--max-cost <usd>',
      'stop before the run costs more, what is spent included (needs a price)',
      positiveNumber('max-cost'),
    )
    .option(
      '--max-tokens-total <k>',
      'stop before the run takes more tokens, what is taken included',
      wholeNumber('max-tokens-total'),
    )
    .option('--threads <k>', 'threads of an engine or gguf judge; 1 on a busy machine', threads)
    .option('--json', 'print the differences as JSON')
    .option('--quiet', 'no progress on standard error')
    .addHelpText('after', HELP)
    .action(async (path: string, options: GradeOptions) => {
      const { save = false, json = false, with: own } = options;
      requireJudgeFor(options);
      checkThreads(options.threads, undefined, options.judge);
      const dir = resolve(io.cwd, path);
      await using run = await readRun(dir);
      await using writer = save ? await openRun(dir, { clock: io.clock }) : null;
      await using python = wasmPython();
      const named = await selectEnvironments(run.manifest.plan.environments, io.cwd);
      const environments = own === undefined ? named : named.map(await ownGraders(own, io.cwd));
      await using judge = await openRunJudge(io, options, run, writer);
      const differences: Difference[] = [];
      let rollouts = 0;
      let unanswered = 0;
      const report = async (): Promise<void> => {
        if (writer !== null) await writeReport(io, writer, await evaluationOf(writer, environments));
      };
      const progress = judge === null ? null : await watchJudge(io, run, judge, options);
      try {
        for await (const { graded, differences: found } of regrade(
          run,
          environments,
          { python },
          judge?.judge ?? null,
        )) {
          rollouts++;
          if (isUnanswered(graded.intent.judge === undefined ? null : graded.intent.outcome, graded.labels))
            unanswered++;
          differences.push(...found);
          await writer?.append(
            { kind: 'verdict', verdict: graded.proxy },
            { kind: 'verdict', verdict: graded.intent },
            { kind: 'labels', labels: graded.labels },
          );
          progress?.onDone(graded.rollout.task.environment);
        }
      } catch (thrown) {
        if (!(thrown instanceof PolicyFault)) throw thrown;
        await report();
        throw stoppedAt(thrown, path, rollouts, options);
      } finally {
        progress?.[Symbol.dispose]();
      }
      if (json) io.out(`${JSON.stringify({ rollouts, differences })}\n`);
      else {
        for (const { rollout, what, before, after } of differences) {
          io.out(`${visible(`${rollout}  ${what}: ${before} -> ${after}`)}\n`);
        }
        io.out(`${rollouts} rollouts graded again, ${differences.length} differences${save ? ', saved' : ''}\n`);
      }
      if (judge !== null && unanswered > 0)
        io.err(`${unanswered} rollouts got no answer from the judge and are unscored; the same command asks again.\n`);
      await report();
      if (differences.length > 0) exit(1);
    });

/** Without a judge nothing is paid for and no model runs: a cap would be taken for one that holds. */
const requireJudgeFor = ({ judge, maxCost, maxTokensTotal, prices, threads: asked }: GradeOptions): void => {
  if (judge !== undefined) return;
  const given = [
    ...(maxCost === undefined ? [] : ['--max-cost']),
    ...(maxTokensTotal === undefined ? [] : ['--max-tokens-total']),
    ...(prices === undefined ? [] : ['--prices']),
    ...(asked === undefined ? [] : ['--threads']),
  ];
  if (given.length === 0) return;
  throw inputError({
    code: 'options-clash',
    what: 'No model is asked, and nothing paid for, where the rules decide.',
    given: `${given.join(', ')} without --judge`,
    allowed: `${given.join(', ')} together with --judge`,
    todo: 'Add --judge SPEC, or leave them out.',
  });
};

interface OpenedRunJudge extends AsyncDisposable {
  readonly judge: RunJudge;
  readonly meter: Meter;
}

/** The judge under the caps of the run. What it answers is written down where the run is. */
const openRunJudge = async (
  io: Io,
  options: GradeOptions,
  run: RunReader,
  writer: RunStore | null,
): Promise<OpenedRunJudge | null> => {
  const plan = await judgePlanOf(io, options);
  const { maxCost: maxUsd = null, maxTokensTotal, threads: asked } = options;
  const { seed } = run.manifest.plan;
  const opened = await openJudge(io, plan, { concurrency: 'auto', maxUsd, threads: asked, seed });
  if (opened === null) return null;
  const spent = await spentSoFar(run);
  const purse = purseOf(io, { maxUsd, maxTokensTotal }, spent);
  const meter = meterFrom(spent.usd);
  return {
    judge: runJudge(paidModel(opened.model, opened.price, purse, writer, meter)),
    meter,
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
};

/** The display of `eval`, over what is recorded. */
const watchJudge = async (
  io: Io,
  run: RunReader,
  { judge, meter }: OpenedRunJudge,
  options: GradeOptions,
): Promise<Watch> => {
  const { maxCost: maxUsd = null, quiet = false } = options;
  const planned = new Map<string, number>();
  for await (const { environment } of run.entries()) planned.set(environment, (planned.get(environment) ?? 0) + 1);
  const concurrency = { active: judge.atOnce };
  return watchProgress(io, { planned, done: new Map(), concurrency, maxUsd, meter, quiet });
};

/** Where the judge can be asked no further: what stands so far is kept where it is saved, and the same command goes on. */
const stoppedAt = (fault: PolicyFault, path: string, rollouts: number, options: GradeOptions): SubterfugeError => {
  const { judge: asked = '', save = false } = options;
  const { exitCode, code, what } = cannotGoOn(fault);
  const isRefused = code === 'refused-temperature';
  const judge = isRefused ? `${NO_TEMPERATURE}${asked}` : asked;
  return new SubterfugeError(exitCode, {
    code,
    what,
    given: `${rollouts} rollouts graded again so far${save ? '' : '; nothing was written, since there was no --save'}`,
    todo: `${isRefused ? 'Ask it without one' : `${CAPS.get(code) ?? 'Put that right'}, then`}: subterfuge grade ${shellWord(path)} --judge ${shellWord(judge)}${save ? ' --save (nothing is asked twice)' : ''}`,
    cause: fault,
  });
};

const CAPS: ReadonlyMap<string, string> = new Map([
  ['cost-cap', 'Raise --max-cost'],
  ['token-cap', 'Raise --max-tokens-total'],
]);
