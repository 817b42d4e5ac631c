/**
 * Can this grader be gamed? `auditGrader` is the command `subterfuge audit` as a function; `audit` is the same with every part handed in.
 * Outputs of a result are `renderAuditText`, `renderAuditReport`, `renderJunit`, `renderSarif` of `subterfuge`.
 */
export type { Answer } from './answer.ts';
export {
  type Audit,
  type AuditOptions,
  type AuditResult,
  audit,
  type Stage,
} from './audit.ts';
export { auditGrader, type GraderAudit } from './audit-grader.ts';
export { chooseStrategies, type StrategyChoice } from './choose-strategies.ts';
export {
  COLUMN_NAMES,
  type Example,
  type ExampleSet,
  type ExampleSource,
  type ExampleTask,
  type FieldMap,
  type FieldName,
  loadExamples,
} from './example.ts';
export {
  GATE_MEASURES,
  type GateMeasure,
  type GateResult,
  type GateRule,
  gatePassed,
  gateText,
  parseGate,
  runGate,
} from './gate.ts';
export { instructionSubject, ordinaryRequests } from './instruction.ts';
export { constructionIntent, type IntentJudge, labelsIntent, mayBeRight, subjectIntent } from './intent.ts';
export type { AuditBudget } from './ledger.ts';
export { listingOf, selectStrategies } from './listing.ts';
export { type LiveGrader, liveSubject } from './live.ts';
export { type OpenedAudit, openAudit, openInstruction } from './open-audit.ts';
export { openIntent } from './open-intent.ts';
export { type OpenSubject, SUBJECT_FORMS, type SubjectSources } from './open-subject.ts';
export type { Previous } from './repair.ts';
export { type Replayed, type ReplayOptions, replay } from './replay.ts';
export { readFinding } from './seal.ts';
export type { Proposer, SearchOptions } from './search.ts';
export { type AuthoredAnswer, evaluateItself } from './self-evaluation.ts';
export { STRATEGIES } from './strategies/index.ts';
export { ATTACKS, type Candidate, type Knowledge, type Seen, type Strategy, type StrategyContext } from './strategy.ts';
export {
  DEFAULT_SUBJECT_OPTIONS,
  type GradeCall,
  proxyOf,
  type Subject,
  type SubjectOptions,
  UNIT_SCALE,
} from './subject.ts';
export { openSubject } from './subjects/index.ts';
