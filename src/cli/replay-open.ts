/** Opens who is asked again: the sealed grader or another one, an instruction with its model, and the judge of intent. */
import type { ExampleSet } from '../audit/example.ts';
import type { IntentJudge } from '../audit/intent.ts';
import { openInstructionOn, optionsOfIntent } from '../audit/open-audit.ts';
import { openIntent } from '../audit/open-intent.ts';
import type { SubjectSources } from '../audit/open-subject.ts';
import { sealedExamples } from '../audit/sealed-examples.ts';
import type { Subject, SubjectOptions } from '../audit/subject.ts';
import { openSubject } from '../audit/subjects/index.ts';
import { inputError, SubterfugeError } from '../base/errors.ts';
import type { Finding } from '../record/audit-finding.ts';
import { scaleOf, subjectOptionsOf } from './audit-options.ts';
import type { ReplayFlags } from './commands/replay.ts';
import { temperatureOf } from './options.ts';

export interface OpenedReplay extends AsyncDisposable {
  readonly subject: Subject;
  readonly intent: IntentJudge | null;
}

/** Sealed scale and form, unless the command line says otherwise. */
const optionsFor = (flags: ReplayFlags, { subject }: Finding): SubjectOptions => {
  const isSaid = flags.range !== undefined || flags.pass !== undefined;
  return {
    ...subjectOptionsOf(flags),
    scale: isSaid ? scaleOf(flags) : subject.scale,
    form: flags.form ?? subject.form,
  };
};

const openInstructionFor = async (
  set: ExampleSet,
  first: Finding,
  flags: ReplayFlags,
  sources: SubjectSources,
): Promise<OpenedReplay> => {
  const { instruction, check, model, intent = null } = flags;
  if (instruction === undefined || check === undefined || model === undefined) {
    const given = Object.entries({ instruction, check, model }).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`],
    );
    throw inputError({
      code: 'no-instruction',
      what: 'This finding is about an instruction, and a sealed finding holds neither its checker nor its model.',
      given: given.join(', ') || 'none of the three',
      allowed: '--instruction, --check and --model together',
      todo: 'The report of the audit has the whole command beside each finding.',
    });
  }
  const request = { instruction, check, model, intent, proposer: null, temperature: temperatureOf(flags.temperature) };
  const options = optionsFor(flags, first);
  return await openInstructionOn(set, { ...request, options, maxOutputTokens: flags.maxTokens }, sources);
};

const openGrader = async (
  set: ExampleSet,
  { subject }: Finding,
  flags: ReplayFlags,
  options: SubjectOptions,
  sources: SubjectSources,
): Promise<Subject> => {
  const spec = flags.grader ?? subject.spec;
  try {
    return await openSubject(spec, options, set, sources);
  } catch (thrown) {
    if (flags.grader !== undefined || !(thrown instanceof SubterfugeError)) throw thrown;
    throw inputError({
      code: thrown.code,
      what: `The grader that this finding was sealed on cannot be opened from here: ${thrown.what}`,
      given: `${spec}${thrown.given === null ? '' : ` (${thrown.given})`}`,
      ...(thrown.allowed === null ? {} : { allowed: thrown.allowed }),
      todo: 'Run it from the folder in which the audit was run, or name the grader: --grader <spec>.',
      cause: thrown,
    });
  }
};

/** One for all findings that were sealed on the same grader; they have one scale and one form. */
export const openReplay = async (
  findings: readonly [Finding, ...Finding[]],
  flags: ReplayFlags,
  sources: SubjectSources,
): Promise<OpenedReplay> => {
  const [first] = findings;
  const set = sealedExamples(findings, first.subject.form);
  if (first.subject.kind === 'instruction') return await openInstructionFor(set, first, flags, sources);
  const options = optionsFor(flags, first);
  const subject = await openGrader(set, first, flags, options, sources);
  try {
    const intent =
      flags.intent === undefined ? null : await openIntent(flags.intent, set, sources, optionsOfIntent(options));
    return {
      subject,
      intent,
      [Symbol.asyncDispose]: async () => {
        await intent?.[Symbol.asyncDispose]();
        await subject[Symbol.asyncDispose]();
      },
    };
  } catch (thrown) {
    await subject[Symbol.asyncDispose]();
    throw thrown;
  }
};
