/** Opens what an audit needs from what a user writes down: examples, the grader, the intent, a proposer. Owned together, closed together. */
import { inputError } from '../base/errors.ts';
import { checkTemperature, type Temperature } from '../policy/temperature.ts';
import { type ExampleSet, type ExampleSource, loadExamples } from './example.ts';
import type { IntentJudge } from './intent.ts';
import { type LiveGrader, liveSubject } from './live.ts';
import { openIntent } from './open-intent.ts';
import type { SubjectSources } from './open-subject.ts';
import type { Proposer } from './search.ts';
import { DEFAULT_SUBJECT_OPTIONS, type Subject, type SubjectOptions } from './subject.ts';
import { openSubject } from './subjects/index.ts';

export interface OpenedAudit extends AsyncDisposable {
  readonly subject: Subject;
  readonly examples: ExampleSet;
  readonly intent: IntentJudge | null;
  readonly proposer: Proposer | null;
}

/** What every way of opening has in common. */
interface Common {
  readonly options: SubjectOptions;
  /** Null: none, or those that the subject brings itself. */
  readonly examples: ExampleSource | null;
  /** As `--intent`. Null: by construction. */
  readonly intent: string | null;
  /** Specification of a model that suggests answers to the search. Null: none. */
  readonly proposer: string | null;
}

export interface GraderRequest extends Common {
  /** A specification (open-subject.ts), or a function of this process (live.ts). */
  readonly grader: string | LiveGrader;
  /** How the function is called in reports. Default: its own name. */
  readonly name?: string;
}

export interface InstructionRequest extends Common {
  readonly instruction: string;
  /** Specification of the checker: the proxy. */
  readonly check: string;
  readonly model: string;
  /** Null: none is sent. */
  readonly temperature: Temperature;
  readonly maxOutputTokens: number;
}

const NO_EXAMPLES: ExampleSource = { path: null, rows: [], fields: {}, task: null };

const isPromptfoo = (grader: string | LiveGrader): grader is string =>
  typeof grader === 'string' && /\.ya?ml(?::\d+)?$/.test(grader);

const examplesFor = async (request: GraderRequest, cwd: string): Promise<ExampleSet> => {
  const { examples, grader } = request;
  if (examples === null && isPromptfoo(grader)) {
    const { promptfooExamples } = await import('./subjects/adapters/promptfoo/examples.ts');
    return await promptfooExamples(grader, cwd);
  }
  return await loadExamples(examples ?? NO_EXAMPLES, cwd);
};

const openProposer = async (
  spec: string | null,
  { openModel, clock, onWarning }: SubjectSources,
): Promise<Proposer | null> => {
  if (spec === null) return null;
  const { judgeProposer } = await import('./subjects/judge/proposer.ts');
  return judgeProposer(await openModel(spec), { clock, onWarning });
};

/** Opens the rest beside a subject, and closes the subject where that fails. */
const withRest = async (
  subject: Subject,
  examples: ExampleSet,
  request: Omit<Common, 'examples'>,
  sources: SubjectSources,
  given: IntentJudge | null | undefined,
): Promise<OpenedAudit> => {
  const opened: AsyncDisposable[] = [subject];
  try {
    const intent =
      given !== undefined
        ? given
        : request.intent === null
          ? null
          : await openIntent(request.intent, examples, sources, optionsOfIntent(request.options));
    if (intent !== null) opened.push(intent);
    const proposer = await openProposer(request.proposer, sources);
    if (proposer !== null) opened.push(proposer);
    return {
      subject,
      examples,
      intent,
      proposer,
      [Symbol.asyncDispose]: async () => {
        await closeAll(opened);
      },
    };
  } catch (thrown) {
    await closeAll(opened);
    throw thrown;
  }
};

/** A second grader has a scale and a form of its own; how long it may take and whether it is trusted is said once for both. */
export const optionsOfIntent = ({ timeoutMs, trust }: SubjectOptions): SubjectOptions => ({
  ...DEFAULT_SUBJECT_OPTIONS,
  timeoutMs,
  trust,
});

const closeAll = async (opened: readonly AsyncDisposable[]): Promise<void> => {
  for (const one of opened.toReversed()) await one[Symbol.asyncDispose]();
};

/** Throws what loading examples, opening a subject and opening an intent throw. */
export const openAudit = async (request: GraderRequest, sources: SubjectSources): Promise<OpenedAudit> => {
  const examples = await examplesFor(request, sources.cwd);
  const { grader, options, name } = request;
  const subject =
    typeof grader === 'string'
      ? await openSubject(grader, options, examples, sources)
      : liveSubject(grader, options, examples, name);
  return await withRest(subject, examples, request, sources, undefined);
};

/** An instruction with its checker (instruction.ts). Without examples it is tried on ordinary requests. */
export const openInstruction = async (request: InstructionRequest, sources: SubjectSources): Promise<OpenedAudit> => {
  const { ordinaryRequests } = await import('./instruction.ts');
  if (request.instruction.trim() === '') {
    throw inputError({
      code: 'no-instruction',
      what: 'The instruction is empty.',
      given: JSON.stringify(request.instruction),
      allowed: 'the system message whose loopholes are looked for',
      todo: "For example: --instruction 'Always respond in English'",
    });
  }
  const examples = request.examples === null ? ordinaryRequests() : await loadExamples(request.examples, sources.cwd);
  return await openInstructionOn(examples, request, sources);
};

/** The same for examples that are there already, such as those of sealed findings. */
export const openInstructionOn = async (
  examples: ExampleSet,
  request: Omit<InstructionRequest, 'examples'>,
  sources: SubjectSources,
): Promise<OpenedAudit> => {
  const { instructionSubject } = await import('./instruction.ts');
  const checker = await openSubject(
    request.check,
    { ...request.options, signature: 'auto', form: null },
    examples,
    sources,
  );
  const opened: AsyncDisposable[] = [checker];
  try {
    const judged =
      request.intent === null
        ? null
        : await openIntent(request.intent, examples, sources, optionsOfIntent(request.options));
    if (judged !== null) opened.push(judged);
    const model = await sources.openModel(request.model);
    opened.push(model);
    const { instruction, maxOutputTokens, temperature } = request;
    checkTemperature(temperature, model, '--temperature none');
    const made = instructionSubject({
      ...{ instruction, model, checker, maxOutputTokens, temperature },
      intent: judged,
      clock: sources.clock,
    });
    return await withRest(made.subject, examples, request, sources, made.intent);
  } catch (thrown) {
    await closeAll(opened);
    throw thrown;
  }
};
