import { type SealedMonitor, sealed } from './monitor.ts';
import { actionsMonitor } from './monitor-actions.ts';
import { chainOfThoughtMonitor } from './monitor-chain-of-thought.ts';
import { fileDiffMonitor } from './monitor-file-diff.ts';

/** The built-in monitors, from the one that sees least to the one that sees most. */
export const MONITORS: readonly SealedMonitor[] = [
  sealed(fileDiffMonitor),
  sealed(actionsMonitor),
  sealed(chainOfThoughtMonitor),
];
