import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../store/disk.ts';
import { writeSafetensors } from '../checkpoint/safetensors.ts';
import { type SaveOptions, saveCheckpoint } from '../checkpoint/save.ts';
import { giveBack } from '../model/shared-memory.ts';
import { ABOUT_FILE, type About, STATE_FILE, stateTensors } from './saved.ts';
import { modelOfState, type TrainerState } from './state.ts';

/** The model as a checkpoint (adapters merged), and beside it what only training needs. Throws what `saveCheckpoint` throws. */
export const saveTrainer = async (
  directory: string,
  state: TrainerState,
  { tokenizerPath = null, hfConfig = {} }: Omit<SaveOptions, 'beside'>,
): Promise<void> => {
  const { step, optimiser, valueHead, lora } = state;
  const beside = async (temporary: string, model: string): Promise<void> => {
    const hash = await writeSafetensors(join(temporary, STATE_FILE), stateTensors(state));
    const about: About = { schema: 'subterfuge/trainer@1', step, optimiser, valueHead, lora, model, state: hash };
    try {
      await writeFile(join(temporary, ABOUT_FILE), `${JSON.stringify(about, null, 2)}\n`);
    } catch (thrown) {
      throw diskError(join(directory, ABOUT_FILE), thrown, null, 'save again');
    }
  };
  const model = modelOfState(state);
  await saveCheckpoint(directory, model, { tokenizerPath, hfConfig, beside });
  // Nobody else has seen this copy.
  giveBack(model.flat);
};
