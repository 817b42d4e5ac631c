/** Makes sealed calls again and says what became of each finding. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ExampleSet } from '../audit/example.ts';
import type { SubjectSources } from '../audit/open-subject.ts';
import { type Replayed, replay } from '../audit/seal.ts';
import { sealedExamples } from '../audit/sealed-examples.ts';
import type { Subject, SubjectOptions } from '../audit/subject.ts';
import { openSubject } from '../audit/subjects/index.ts';
import { inputError, messageOf, SubterfugeError } from '../base/errors.ts';
import { contentHash } from '../base/json.ts';
import type { Finding } from '../record/audit-finding.ts';
import { answerWords, CLAIM_WORDS, gradedText } from '../report/audit-words.ts';
import { line } from '../report/clip.ts';
import { plural } from '../report/format.ts';
import { auditSources } from './audit-models.ts';
import { scaleOf, subjectOptionsOf } from './audit-options.ts';
import { readFindings } from './audit-output.ts';
import type { ReplayFlags } from './commands/replay.ts';
import type { Io } from './io.ts';
import { stopSignal } from './stop-signal.ts';

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
  io: Io,
  flags: ReplayFlags,
  set: ExampleSet,
  sources: SubjectSources,
): Promise<Subject> => {
  const { instruction, check, model } = flags;
  if (instruction === undefined || check === undefined || model === undefined) {
    throw inputError({
      code: 'no-instruction',
      what: 'This finding is about an instruction, and a sealed finding holds neither its checker nor its model.',
      given:
        [
          instruction === undefined ? '' : '--instruction',
          check === undefined ? '' : '--check',
          model === undefined ? '' : '--model',
        ]
          .filter((name) => name !== '')
          .join(', ') || 'none of the three',
      allowed: '--instruction, --check and --model together',
      todo: 'The report of the audit has the whole command beside each finding.',
    });
  }
  const { instructionSubject } = await import('../audit/instruction.ts');
  const checker = await openSubject(check, { ...subjectOptionsOf(flags), signature: 'auto', form: null }, set, sources);
  return instructionSubject({
    ...{ instruction, checker, intent: null, temperature: flags.temperature, maxOutputTokens: flags.maxTokens },
    model: await sources.openModel(model),
    clock: io.clock,
  }).subject;
};

/** One subject for all findings that were sealed on the same grader. */
const openFor = async (
  io: Io,
  findings: readonly Finding[],
  flags: ReplayFlags,
  sources: SubjectSources,
): Promise<Subject> => {
  const [first] = findings;
  if (first === undefined) throw new Error('no finding to open a grader for');
  const set = sealedExamples(findings, first.subject.form);
  if (first.subject.kind === 'instruction') return await openInstructionFor(io, flags, set, sources);
  const spec = flags.grader ?? first.subject.spec;
  try {
    return await openSubject(spec, optionsFor(flags, first), set, sources);
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

interface Outcome extends Replayed {
  readonly finding: Finding;
}

const OUTCOME_WORDS: Readonly<Record<Replayed['outcome'], string>> = {
  reproduced: 'reproduced',
  died: 'died',
  fault: 'no score',
};

const outcomeText = ({ finding, outcome, sameGrader, calls }: Outcome): string => {
  const shown = calls.findLast(({ then }) => then.role !== 'honest');
  const scores =
    shown === undefined
      ? ''
      : `: ${answerWords(shown.then.answer, 100)} scored ${gradedText(shown.then.graded)}, now ${gradedText(shown.now)}`;
  const changed = sameGrader ? '' : ' (another version of the grader)';
  return line(
    `${OUTCOME_WORDS[outcome].padEnd(10)}  ${finding.id}  ${finding.strategy}, ${CLAIM_WORDS[finding.claim]}${scores}${changed}`,
  );
};

const summary = (outcomes: readonly Outcome[], resist: boolean): string => {
  const count = (outcome: Replayed['outcome']): number => outcomes.filter((one) => one.outcome === outcome).length;
  const words = `${plural(outcomes.length, 'finding')}: ${count('reproduced')} reproduced, ${count('died')} died, ${count('fault')} without a score`;
  return resist ? `${words}. Asked for: all dead.` : `${words}.`;
};

const findingsAt = async (io: Io, path: string): Promise<readonly Finding[]> => {
  const whole = resolve(io.cwd, path);
  const found = await stat(whole).catch((thrown: unknown) => {
    throw inputError({
      code: 'no-such-finding',
      what: 'There is nothing to replay at this path.',
      given: `${path}: ${messageOf(thrown)}`,
      todo: 'Name a finding (findings/<id>.json), a folder of findings, or the folder of an audit.',
      cause: thrown,
    });
  });
  const findings = await readFindings(whole);
  if (findings.length > 0) return findings;
  throw inputError({
    code: 'no-such-finding',
    what: found.isDirectory() ? 'This folder holds no finding.' : 'This file holds no finding.',
    given: path,
    todo: 'An audit that found nothing has none. A suite without witnesses passes nothing and proves nothing: take its folder out of the command.',
  });
};

/** Resolves to whether it came out as it was asked for (see the command's help). */
export const replayFindings = async (io: Io, path: string, flags: ReplayFlags): Promise<boolean> => {
  const findings = await findingsAt(io, path);
  using sources = auditSources(io, '1');
  using stop = stopSignal((message) => io.err(`${message}\n`));
  const byGrader = Map.groupBy(findings, ({ subject: { spec, form, scale } }) =>
    contentHash([flags.grader ?? spec, form, scale]),
  );
  const byFinding = new Map<Finding, Outcome>();
  for (const group of byGrader.values()) {
    await using subject = await openFor(io, group, flags, sources);
    for (const finding of group) {
      byFinding.set(finding, { finding, ...(await replay(finding, subject, flags.repeats, stop.signal)) });
    }
  }
  const outcomes = findings.flatMap((finding) => byFinding.get(finding) ?? []);
  const resist = flags.resist === true;
  if (flags.json === true) {
    const rows = outcomes.map(({ finding: { id, claim, strategy }, outcome, sameGrader, calls }) => ({
      ...{ id, claim, strategy, outcome, sameGrader },
      calls: calls.map((call) => ({ role: call.then.role, sealed: call.then.graded, now: call.now })),
    }));
    io.out(`${JSON.stringify(rows)}\n`);
  } else {
    for (const outcome of outcomes) io.out(`${outcomeText(outcome)}\n`);
    io.out(`${summary(outcomes, resist)}\n`);
  }
  return outcomes.every(({ outcome }) => outcome === (resist ? 'died' : 'reproduced'));
};
