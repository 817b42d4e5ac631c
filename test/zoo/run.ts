/** Audits an entry as a user would, and says whether its hole was found or it was alarmed for nothing. */
import { audit } from '../../src/audit/audit.ts';
import type { AuditBudget } from '../../src/audit/ledger.ts';
import { systemClock } from '../../src/base/clock.ts';
import { rng } from '../../src/base/rng.ts';
import type { Answer } from '../../src/record/audit.ts';
import type { AuditReport } from '../../src/record/audit-report.ts';
import type { ZooEntry } from './entry.ts';
import { openEntry } from './open.ts';

const SIGNIFICANT = 0.05;

/** What was said against a grader, in the order of the report. */
export interface Said {
  readonly claim: 'false-pass' | 'false-fail' | 'not-invariant' | 'fault';
  readonly by: string;
  readonly class: string;
  readonly variant: string;
  readonly p: number | null;
  readonly example: string;
  readonly answer: string;
}

export interface Outcome {
  readonly id: string;
  readonly kind: ZooEntry['kind'];
  readonly form: ZooEntry['form'];
  readonly hole: ZooEntry['hole'];
  readonly half: ZooEntry['half'];
  /** Holed: a finding makes one of the entry's claims. Sound: something was said against it. Null: the audit itself failed. */
  readonly caught: boolean | null;
  readonly said: readonly Said[];
  readonly gameability: number | null;
  readonly calls: number;
  readonly seconds: number;
  readonly warnings: readonly string[];
  readonly error: string | null;
}

const MOST_SHOWN = 160;
const shown = (answer: Answer | null): string => JSON.stringify(answer).slice(0, MOST_SHOWN);

/** Provider, network and budget are no word on a grader. */
const OUTSIDE: ReadonlySet<string> = new Set(['refused', 'http-status', 'unreachable', 'not-asked']);

export const saidIn = ({ findings, invariances, graderFaults }: AuditReport): readonly Said[] => [
  ...findings.map(
    ({ claim, strategy, class: of, variant, adjustedP, witness }): Said => ({
      claim,
      by: strategy,
      class: of ?? '',
      variant,
      p: adjustedP,
      example: witness.example,
      answer: shown(witness.minimal),
    }),
  ),
  ...invariances
    .filter(({ adjustedP }) => adjustedP !== null && adjustedP <= SIGNIFICANT)
    .map(
      ({ strategy, class: of, expects, adjustedP, witness }): Said => ({
        claim: 'not-invariant',
        by: strategy,
        class: of,
        variant: expects,
        p: adjustedP,
        example: witness?.example ?? '',
        answer: shown(witness?.minimal ?? null),
      }),
    ),
  ...graderFaults
    .filter(({ kind }) => !OUTSIDE.has(kind))
    .map(
      ({ kind, message, example, answer }): Said => ({
        claim: 'fault',
        by: kind,
        class: '',
        variant: message.slice(0, MOST_SHOWN),
        p: null,
        example: example ?? '',
        answer: shown(answer),
      }),
    ),
];

export const auditEntry = async (entry: ZooEntry, budget: Partial<AuditBudget>, seed: string): Promise<Outcome> => {
  const { id, kind, form, hole, half, claims } = entry;
  const before = systemClock.nowMs();
  const head = { id, kind, form, hole, half };
  try {
    await using opened = await openEntry(entry);
    const { report } = await audit({
      subject: opened.subject,
      examples: opened.examples,
      intent: opened.intent,
      budget,
      dice: rng(`${seed}/${id}`),
      seed,
      clock: systemClock,
      version: 'zoo',
      replayOf: (finding) => finding,
    });
    const said = saidIn(report);
    return {
      ...head,
      caught: hole === null ? said.length > 0 : said.some(({ claim }) => claims.includes(claim)),
      said,
      gameability: report.gameability?.mean ?? null,
      calls: report.detail.calls,
      seconds: (systemClock.nowMs() - before) / 1000,
      warnings: [...report.detail.warnings.map(({ code }) => code), ...opened.warnings],
      error: null,
    };
  } catch (thrown) {
    const error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    const seconds = (systemClock.nowMs() - before) / 1000;
    return { ...head, caught: null, said: [], gameability: null, calls: 0, seconds, warnings: [], error };
  }
};
