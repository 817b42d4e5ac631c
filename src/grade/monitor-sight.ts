import type { MonitorSight } from './monitor.ts';
import { MONITORS } from './monitors.ts';

/** What the monitor of a specification sees of a rollout. Null: the specification of no monitor. */
export const sightOf = (spec: string): MonitorSight | null => {
  const [, name] = /^monitor:([^@]+)(?:@.+)?$/s.exec(spec) ?? [];
  return MONITORS.find((monitor) => monitor.name === name)?.sees ?? null;
};
