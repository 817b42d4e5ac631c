/**
 * A program that ends an engine at work, in a process of its own: what goes wrong here takes the process with it. Arguments:
 * what works (trainer, sampler, model), how it ends (dispose, exit), and after how many milliseconds.
 */

import { exampleRequest, exampleTask } from '../../policy/fixtures.contract.ts';
import { shippedShapeWeights } from '../model/shipped-shape.contract.ts';
import { engineModel } from '../model-policy.ts';
import { createSampler } from '../sampler/create-sampler.ts';
import { tinyTokenizer } from '../tokenizer/tiny.contract.ts';
import { createTrainer } from '../trainer/create-trainer.ts';

const [, , what, how, delay] = process.argv;
const weights = shippedShapeWeights();
const tokenizer = tinyTokenizer();

const started = async (): Promise<{ readonly work: Promise<unknown>[]; readonly owner: AsyncDisposable }> => {
  if (what === 'trainer') {
    const trainer = await createTrainer({ weights, workers: 2 });
    const credit = () => ({ ids: new Int32Array(300).fill(5), logprobs: new Float32Array(299).fill(-0.01) });
    return { owner: trainer, work: [trainer.accumulate(Array.from({ length: 40 }, credit))] };
  }
  const sampler = await createSampler({ weights, tokenizer, workers: 2 });
  if (what === 'sampler') {
    const prompt = Array.from({ length: 100 }, (_, i) => i);
    const work = Array.from({ length: 64 }, (_, seed) =>
      sampler.sample({ prompt, maxTokens: 400, temperature: seed % 2, stop: [], seed }),
    );
    return { owner: sampler, work };
  }
  const model = engineModel({ spec: 'engine:x', version: 'x', sampler, tokenizer, owns: true });
  const request = (i: number) => ({ ...exampleRequest('tags', i), maxOutputTokens: 300 });
  const work = Array.from({ length: 64 }, (_, i) => model.policyFor(exampleTask(0), `${i}`).complete(request(i)));
  return { owner: model, work };
};

const { work, owner } = await started();
const settled = Promise.allSettled(work);
await new Promise((resolve) => setTimeout(resolve, Number(delay)));
if (how === 'exit') process.exit(7);
await owner[Symbol.asyncDispose]();
const rejected = (await settled).filter(({ status }) => status === 'rejected').length;
process.stdout.write(`closed, ${rejected} rejected`);
