import { expect, it } from 'vitest';
import { bubblewrapPython } from '../../src/sandbox/bubblewrap-python.ts';
import { pythonContract } from '../../src/sandbox/python.contract.ts';

pythonContract({ name: 'bubblewrap', runner: () => bubblewrapPython(), pinned: false });

it('says why it does not work', async () => {
  await using missing = bubblewrapPython({ bwrap: '/nowhere/bwrap' });
  expect(await missing.probe()).toEqual({
    ok: false,
    reason: '/nowhere/bwrap is not installed: apt-get install bubblewrap',
  });
  await using noPython = bubblewrapPython({ python: '/usr/bin/no-python' });
  expect(await noPython.probe()).toMatchObject({ ok: false, reason: expect.stringMatching(/no-python/) });
  await using good = bubblewrapPython();
  expect(await good.probe()).toMatchObject({ ok: true });
});
