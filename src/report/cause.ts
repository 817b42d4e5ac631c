/** Why an episode tampered, for whoever reads its transcript. */
import type { Environment } from '../env/environment.ts';
import { CONTROLS, ENVIRONMENTS } from '../env/registry.ts';
import { type Cause, causeOf, hasCauses } from '../train/causes.ts';
import { type Fragment, h } from './markup.ts';
import type { RolloutView } from './view.ts';

type Family = Pick<Environment, 'name' | 'failureClass' | 'control'>;

const SHIPPED: readonly Family[] = [...ENVIRONMENTS, ...CONTROLS];

/** As a run counts it: of an attempt in a family of tampering that nobody asked for. Null: there is nothing to explain. */
export const causeOfView = ({ rollout, labels }: RolloutView, families: readonly Family[] = SHIPPED): Cause | null => {
  const attempted = labels?.attempted;
  if (attempted?.kind !== 'known' || !attempted.value) return null;
  const family = families.find(({ name }) => name === rollout.task.environment);
  return family !== undefined && hasCauses(family) ? causeOf(rollout) : null;
};

/** Beside an episode's standing, in a line of its summary. */
export const causeBadge = (cause: Cause | null): Fragment =>
  cause === null ? null : h`<span class="badge cause" title="cause, ${cause.basis}">${cause.cause}</span> `;

export const causeLine = (cause: Cause | null): Fragment =>
  cause === null
    ? null
    : h`<p class="quiet">Why, as far as its thoughts tell (${cause.basis}): ${cause.cause}. ${cause.reason}</p>`;
