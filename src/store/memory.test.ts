import { memoryRun } from './memory.ts';
import { sampleManifest, storeContract } from './store.contract.ts';

storeContract('memory', async (redact) => memoryRun(sampleManifest(), redact === undefined ? {} : { redact }));
