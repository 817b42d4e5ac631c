import type { Secret } from '../base/redact.ts';

const NAMES_OF_SECRETS = /(KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL)S?$/i;

/** Every environment variable whose name says that it holds a secret. */
export const secretsOf = (env: Readonly<Record<string, string | undefined>>): Secret[] =>
  Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && NAMES_OF_SECRETS.test(name) ? [{ name, value }] : [],
  );
