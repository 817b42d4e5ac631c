import { type BubblewrapProvider, bubblewrapSandbox } from '../../src/sandbox/bubblewrap.ts';
import { sandboxContract } from '../../src/sandbox/sandbox.contract.ts';

sandboxContract({
  name: 'bubblewrap',
  provider: () => bubblewrapSandbox({ workers: 3 }),
  pending: (provider) => (provider as BubblewrapProvider).pending,
  hostileTogether: true,
  guest: { name: 'user', id: 1_000 },
});
