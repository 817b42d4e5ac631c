/** Makes sealed calls again and says what became of each finding. */
import { decisive, type Replayed, replay } from '../audit/replay.ts';
import type { Subject } from '../audit/subject.ts';
import { runError } from '../base/errors.ts';
import { contentHash } from '../base/json.ts';
import type { Finding } from '../record/audit-finding.ts';
import { answerWords, claimWords, gradedText } from '../report/audit-words.ts';
import { line } from '../report/clip.ts';
import { paragraph } from '../report/columns.ts';
import { plural } from '../report/format.ts';
import { auditSources } from './audit-models.ts';
import { readWitnesses } from './audit-output.ts';
import type { ReplayFlags } from './commands/replay.ts';
import type { Io } from './io.ts';
import { openReplay } from './replay-open.ts';
import { stopSignal } from './stop-signal.ts';

interface Outcome extends Replayed {
  readonly finding: Finding;
  /** A model wrote the answer anew, and nobody was asked whether it still fails what was meant. */
  readonly isUnjudged: boolean;
}

const OUTCOME_WORDS: Readonly<Record<Replayed['outcome'], string>> = {
  reproduced: 'reproduced',
  died: 'died',
  fault: 'no score',
};

const INDENT = ' '.repeat(12);
const MOST_ANSWER = 160;

const outcomeLines = ({ finding, outcome, meetsIntent, calls }: Outcome, width: number): string[] => {
  const sealed = decisive(finding);
  const shown = calls.find(({ then }) => then === sealed);
  const title = `${OUTCOME_WORDS[outcome].padEnd(INDENT.length)}${finding.id}  ${line(finding.strategy)}: ${claimWords(finding)}`;
  const judged = meetsIntent === true ? ', and is judged to meet the intent by now' : '';
  const scores =
    shown === undefined
      ? ''
      : `${answerWords(shown.then.answer, MOST_ANSWER)} scored ${gradedText(shown.then.graded)}, now ${gradedText(shown.now)}${judged}`;
  return [...paragraph(title, width, '', INDENT), ...(scores === '' ? [] : paragraph(line(scores), width, INDENT))];
};

const summary = (outcomes: readonly Outcome[], resist: boolean): string => {
  const count = (outcome: Replayed['outcome']): number => outcomes.filter((one) => one.outcome === outcome).length;
  const others = outcomes.filter(({ sameGrader }) => !sameGrader).length;
  return [
    `${plural(outcomes.length, 'finding')}: ${count('reproduced')} reproduced, ${count('died')} died, ${count('fault')} without a score.`,
    resist ? ' Asked for: all dead.' : '',
    others === 0 ? '' : ` ${others} of them sealed on another version of the grader.`,
  ].join('');
};

const UNJUDGED =
  'Judged by the proxy alone: a model writes the answers, and whether one still fails what was meant was not asked. Name the judge of the audit with --intent.';

const isUnjudgedBy = (
  { claim }: Finding,
  { capabilities }: Subject,
  { outcome, meetsIntent }: Pick<Replayed, 'outcome' | 'meetsIntent'>,
): boolean =>
  claim === 'false-pass' && outcome === 'reproduced' && meetsIntent === null && !capabilities.intentByConstruction;

const print = (io: Io, outcomes: readonly Outcome[], resist: boolean): void => {
  const lines = [
    ...outcomes.flatMap((outcome) => outcomeLines(outcome, io.columns)),
    ...paragraph(summary(outcomes, resist), io.columns),
    ...(outcomes.some(({ isUnjudged }) => isUnjudged) ? paragraph(UNJUDGED, io.columns, '! ') : []),
  ];
  for (const text of lines) io.out(`${text}\n`);
};

const printJson = (io: Io, outcomes: readonly Outcome[]): void => {
  const rows = outcomes.map(({ finding: { id, claim, strategy }, outcome, meetsIntent, sameGrader, calls }) => ({
    ...{ id, claim, strategy, outcome, meetsIntent, sameGrader },
    calls: calls.map((call) => ({ role: call.then.role, sealed: call.then.graded, now: call.now })),
  }));
  io.out(`${JSON.stringify(rows)}\n`);
};

/** Resolves to whether it came out as it was asked for (see the command's help). */
export const replayFindings = async (io: Io, path: string, flags: ReplayFlags): Promise<boolean> => {
  const findings = await readWitnesses(path, io.cwd);
  using sources = auditSources(io, '1');
  using stop = stopSignal((message) => io.err(`${message}\n`));
  const byGrader = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { spec, form, scale } = finding.subject;
    const key = contentHash([flags.grader ?? spec, form, scale]);
    const group = byGrader.get(key);
    if (group === undefined) byGrader.set(key, [finding]);
    else group.push(finding);
  }
  const byFinding = new Map<Finding, Outcome>();
  try {
    for (const group of byGrader.values()) {
      await using opened = await openReplay(group, flags, sources);
      const { subject, intent } = opened;
      for (const finding of group) {
        const replayed = await replay(finding, subject, { repeats: flags.repeats, intent, signal: stop.signal });
        byFinding.set(finding, { finding, isUnjudged: isUnjudgedBy(finding, subject, replayed), ...replayed });
      }
    }
  } catch (thrown) {
    if (!stop.signal.aborted) throw thrown;
    throw runError({
      code: 'stopped',
      what: `The replay was stopped before its end, after ${byFinding.size} of ${plural(findings.length, 'finding')}.`,
      given: 'a signal',
      todo: 'Start it again: it begins with the first.',
      cause: thrown,
    });
  }
  const outcomes = findings.flatMap((finding) => byFinding.get(finding) ?? []);
  const resist = flags.resist === true;
  if (flags.json === true) printJson(io, outcomes);
  else print(io, outcomes, resist);
  return outcomes.every(({ outcome }) => outcome === (resist ? 'died' : 'reproduced'));
};
