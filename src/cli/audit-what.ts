/** What `audit` does, loaded only where it is asked for: opens, runs, and says whether the gate holds. */
import { join } from 'node:path';
import type { ExampleSource } from '../audit/example.ts';
import { openAudit, openInstruction } from '../audit/open-audit.ts';
import type { SubjectSources } from '../audit/open-subject.ts';
import type { Previous } from '../audit/repair.ts';
import { inputError } from '../base/errors.ts';
import type { AuditFlags } from './audit-flags.ts';
import { auditSources } from './audit-models.ts';
import { exampleSourceOf, subjectOptionsOf } from './audit-options.ts';
import { readPrevious } from './audit-output.ts';
import { type AuditJob, type AuditOutputs, runAudit } from './audit-run.ts';
import { examplesOf } from './audit-self-evaluation.ts';
import type { What } from './commands/audit.ts';
import type { Io } from './io.ts';
import { temperatureOf } from './options.ts';

/** Flags that change how a sealed call is made, as `replay` takes them. */
const replayFlags = ({ signature, timeout, trust }: AuditFlags): readonly string[] => [
  ...(signature === undefined ? [] : ['--signature', signature]),
  ...(timeout === undefined ? [] : ['--timeout', String(timeout)]),
  ...(trust === true ? ['--trust'] : []),
];

const instructionFlags = (what: Extract<What, { kind: 'instruction' }>, flags: AuditFlags): readonly string[] => [
  ...['--instruction', what.instruction, '--check', what.check, '--model', what.model],
  ...['--temperature', String(flags.temperature), '--max-tokens', String(flags.maxTokens)],
  // The model may answer otherwise by then, and only the judge knows whether that fails.
  ...(flags.intent === undefined ? [] : ['--intent', flags.intent]),
];

const outputsOf = (flags: AuditFlags): AuditOutputs => ({
  out: flags.out,
  json: flags.json === true,
  html: flags.html,
  junit: flags.junit,
  sarif: flags.sarif,
  github: flags.github === true,
  quiet: flags.quiet === true,
  failOn: flags.failOn ?? [],
});

const jobOf = (flags: AuditFlags, previous: Previous | null, command: string): AuditJob => ({
  seed: flags.seed,
  calls: flags.calls,
  seconds: flags.seconds,
  search: flags.search,
  only: flags.only ?? null,
  class: flags.class ?? null,
  previous,
  replayFlags: replayFlags(flags),
  command,
  outputs: outputsOf(flags),
});

const examplesFor = ({ examples, fields, task }: AuditFlags): ExampleSource | null =>
  exampleSourceOf(examples, fields, task);

const auditGraderOf = async (
  io: Io,
  grader: string,
  flags: AuditFlags,
  sources: SubjectSources,
  job: AuditJob,
): Promise<boolean> => {
  const request = {
    grader,
    options: subjectOptionsOf(flags),
    intent: flags.intent ?? null,
    proposer: flags.proposer ?? null,
  };
  const { selfEvaluation: path } = flags;
  if (path === undefined) {
    const opened = await openAudit({ ...request, examples: examplesFor(flags) }, sources);
    return (await runAudit(io, opened, job)).passed;
  }
  const { loadAuthoredAnswers } = await import('../audit/self-evaluation/answers.ts');
  const { evaluateItself } = await import('../audit/self-evaluation.ts');
  const answers = await loadAuthoredAnswers(path, io.cwd, grader);
  const given = examplesFor(flags);
  const opened = await openAudit({ ...request, examples: given ?? examplesOf(answers) }, sources);
  const selfEvaluation = async (signal: AbortSignal) => await evaluateItself(opened.subject, answers, signal);
  // Without examples of its own only the labelled answers are asked: an attack costs calls, and was not asked for.
  return (await runAudit(io, opened, { ...job, noAttack: given === null, selfEvaluation })).passed;
};

/** The first wording, and then the tightened one against it. The gate is that of the last. */
const auditInstruction = async (
  io: Io,
  what: Extract<What, { kind: 'instruction' }>,
  flags: AuditFlags,
  sources: SubjectSources,
  job: AuditJob,
): Promise<boolean> => {
  const open = async (instruction: string) =>
    await openInstruction(
      {
        ...{ instruction, check: what.check, model: what.model },
        options: subjectOptionsOf(flags),
        examples: examplesFor(flags),
        intent: flags.intent ?? null,
        proposer: flags.proposer ?? null,
        temperature: temperatureOf(flags.temperature),
        maxOutputTokens: flags.maxTokens,
      },
      sources,
    );
  const jobFor = (instruction: string): AuditJob => ({
    ...job,
    replayFlags: [...job.replayFlags, ...instructionFlags({ ...what, instruction }, flags)],
  });
  const { tightened } = flags;
  if (tightened === undefined)
    return (await runAudit(io, await open(what.instruction), jobFor(what.instruction))).passed;
  const { outputs } = job;
  const quietly = { ...outputs, html: undefined, junit: undefined, sarif: undefined, github: false, failOn: [] };
  const first = await runAudit(silent(io, outputs.json), await open(what.instruction), {
    ...jobFor(what.instruction),
    outputs: quietly,
  });
  if (!outputs.json) io.out('\nThe tightened instruction\n\n');
  const out = outputs.out === undefined ? undefined : join(outputs.out, 'tightened');
  const second = { ...jobFor(tightened), previous: first.result, outputs: { ...outputs, out } };
  return (await runAudit(io, await open(tightened), second)).passed;
};

/** Where JSON is wanted there is one report: the last. */
const silent = (io: Io, json: boolean): Io => (json ? { ...io, out: () => {} } : io);

const checkFlags = ({ class: inClass, only, selfEvaluation, search, proposer }: AuditFlags, what: What): void => {
  if (selfEvaluation !== undefined && (what.kind !== 'grader' || !/^(?:reference-)?judge:/.test(what.grader))) {
    throw inputError({
      code: 'bad-option',
      what: '--self-evaluation is about a judge.',
      given: what.kind === 'grader' ? what.grader : '--instruction',
      allowed: 'judge:<rubric>@<model> or reference-judge:<rubric>@<model>',
    });
  }
  if (proposer !== undefined && search === 0) {
    throw inputError({
      code: 'bad-option',
      what: 'A proposer suggests answers to the search, and there is none.',
      given: `--proposer ${proposer} --search 0`,
      todo: 'Leave one of the two out.',
    });
  }
  if (only?.length === 0) {
    throw inputError({
      code: 'bad-option',
      what: '--only names no strategy.',
      given: '--only with no name',
      allowed: `names of strategies${inClass === undefined ? '' : ` of ${inClass}`}`,
      todo: 'subterfuge strategies lists them.',
    });
  }
};

/** Resolves to whether the gate holds. */
export const auditWhat = async (io: Io, what: What, flags: AuditFlags, command: string): Promise<boolean> => {
  checkFlags(flags, what);
  using sources = auditSources(io, flags.seed);
  const previous = flags.against === undefined ? null : await readPrevious(flags.against, io.cwd);
  const job = jobOf(flags, previous, command);
  return what.kind === 'grader'
    ? await auditGraderOf(io, what.grader, flags, sources, job)
    : await auditInstruction(io, what, flags, sources, job);
};
