import { inputError } from '../base/errors.ts';
import { policyFault } from './fault.ts';
import type { Model, PolicyFault } from './policy.ts';
import { bareSpec, NO_TEMPERATURE } from './provider-spec.ts';

/** From 0 on. Null: a request names none, and the model takes its own. */
export type Temperature = number | null;

const WHAT = 'a model that is sampled in this process has no temperature of its own';
const ALLOWED = 'a number of at least 0';

/** Of a model that was asked without a temperature and has none. */
export const temperatureFault = (spec: string): PolicyFault =>
  policyFault({
    code: 'bad-request',
    side: 'host',
    scope: 'model',
    what: WHAT,
    given: `${spec} without a temperature`,
    allowed: ALLOWED,
    todo: 'say at which temperature to sample',
  });

/**
 * Before anything is asked. `said`: how the user leaves it out. Throws `no-temperature` (exit code 2), and `options-clash` where a
 * temperature would be on record that is never sent.
 */
export const checkTemperature = (temperature: Temperature, model: Model, said: string): void => {
  if (temperature !== null && model.sendsNoTemperature === true) {
    throw inputError({
      code: 'options-clash',
      what: 'To this model no temperature is sent, and the one that is asked for would be on record.',
      given: `temperature ${temperature} for ${model.spec}`,
      allowed: `${NO_TEMPERATURE} in front of a judge, a proposer or an overseer`,
      todo: `Say it once: ${bareSpec(model.spec)} with ${said}`,
    });
  }
  if (temperature !== null || model.hasOwnTemperature === true) return;
  throw inputError({
    code: 'no-temperature',
    what: `The temperature can only be left to a model that has one: ${WHAT}.`,
    given: `${said} for ${model.spec}`,
    allowed: ALLOWED,
    todo: 'Give a number, or leave it out: there is a default.',
  });
};
