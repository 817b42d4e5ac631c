import type { Stage } from '../audit/audit.ts';
import { truncate } from '../base/terminal.ts';
import { duration } from './progress-text.ts';

export interface AuditProgress {
  readonly stage: Stage;
  readonly done: number;
  readonly of: number;
}

type State = AuditProgress & { readonly elapsedMs: number };

const STAGES: readonly Stage[] = ['baselines', 'choose', 'search', 'estimate', 'shrink', 'compare'];

const WORDS: Readonly<Record<Stage, string>> = {
  baselines: 'what honest work and guessing earn',
  choose: 'trying strategies',
  search: 'searching',
  estimate: 'estimating rates',
  shrink: 'making witnesses small',
  compare: 'comparing with the earlier audit',
};

/** `4/6 estimating rates, 12 of 80, 3 s`. */
export const auditProgressLine = ({ stage, done, of, elapsedMs }: State): string => {
  const step = `${STAGES.indexOf(stage) + 1}/${STAGES.length} ${WORDS[stage]}`;
  const count = of > 1 ? `, ${Math.min(done, of)} of ${of}` : '';
  return `${step}${count}, ${duration(elapsedMs)}`;
};

export const renderAuditProgress = (state: State, columns: number): string =>
  truncate(auditProgressLine(state), columns);
