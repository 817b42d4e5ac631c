/** Tokens per second of a GGUF model in this process: `node interop/smollm2/speed.ts MODEL [THREADS]`. */
import { systemClock } from '../../src/base/clock.ts';
import { exampleRequest, exampleTask } from '../../src/policy/fixtures.contract.ts';
import { ggufModel } from '../../src/policy/gguf.ts';

const [path = '.models/smollm2-135m-instruct.gguf', threadsText] = process.argv.slice(2);
const threads = Number(threadsText ?? 2);
const OUTPUT_TOKENS = 48;

for (const sequences of [1, 2, 4, 8]) {
  await using model = await ggufModel(path, { sequences, threads, contextSize: 512 });
  const ask = async (index: number): Promise<number> => {
    const request = { ...exampleRequest('tags', index), stop: [], maxOutputTokens: OUTPUT_TOKENS };
    return (await model.policyFor(exampleTask(index), `speed/${index}`).complete(request)).usage.outputTokens;
  };
  await ask(0);
  const startMs = systemClock.nowMs();
  const counts = await Promise.all(Array.from({ length: Math.max(2, sequences) }, (_, index) => ask(index)));
  const seconds = (systemClock.nowMs() - startMs) / 1000;
  const tokens = counts.reduce((sum, count) => sum + count, 0);
  console.log(`sequences ${sequences}  threads ${threads}  ${(tokens / seconds).toFixed(1)} output tokens/s`);
}
