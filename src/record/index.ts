/** Everything that is written to disk or sent over a wire: schemas, types, and readers of every version. */
export * from './audit.ts';
export * from './audit-finding.ts';
export * from './audit-report.ts';
export * from './call.ts';
export * from './comparison.ts';
export * from './estimate.ts';
export * from './evaluation.ts';
export * from './fault.ts';
export * from './file.ts';
export * from './inflation.ts';
export * from './rollout.ts';
export * from './run.ts';
export * from './task.ts';
export * from './verdict.ts';
export { type Versioned, versioned } from './version.ts';
