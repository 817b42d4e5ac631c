import { type Monitor, suspicionOf } from './monitor.ts';
import { actionSigns } from './monitor-actions-signs.ts';
import { type OversightView, oversightView } from './oversight-view.ts';

/** Reads commands, outputs and the final text, never a thought. */
export const actionsMonitor: Monitor<OversightView> = {
  name: 'actions-only',
  basis: 'heuristic',
  sees: 'actions',
  viewOf: (rollout) => oversightView(rollout),
  suspicion: async (views) => views.map((view) => suspicionOf(actionSigns(view))),
};
