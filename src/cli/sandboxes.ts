/** The sandboxes that a command line can name. */
import { runError } from '../base/errors.ts';
import type { SandboxName } from '../record/run.ts';
import { type BubblewrapProvider, bubblewrapSandbox } from '../sandbox/bubblewrap.ts';
import type { SandboxProvider } from '../sandbox/sandbox.ts';
import { simulatedSandbox } from '../sandbox/simulated.ts';
import type { Io } from './io.ts';

/** Opened before a run directory is made: where the sandbox cannot run, nothing is left behind. */
export const openSandboxes = async (io: Io, name: SandboxName): Promise<SandboxProvider> =>
  name === 'simulated' ? simulatedSandbox() : await checked(io, bubblewrapSandbox());

const checked = async (io: Io, provider: BubblewrapProvider): Promise<SandboxProvider> => {
  const probe = await provider.probe();
  if (!probe.ok) {
    await provider[Symbol.asyncDispose]();
    throw runError({
      code: 'no-sandbox',
      what: `The ${provider.name} sandbox cannot run on this machine.`,
      given: probe.reason,
      todo: 'Do what it says, or take --sandbox simulated. subterfuge doctor shows all of them.',
    });
  }
  if (!provider.capabilities.recordsDenied) {
    io.err(
      `warning: the ${provider.name} sandbox does not see writes that were refused: an attempt shows only by what it changed (docs/sandbox.md)\n`,
    );
  }
  return provider;
};
