import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../store/disk.ts';
import { writeSafetensors } from '../checkpoint/safetensors.ts';
import { saveCheckpoint } from '../checkpoint/save.ts';
import { giveBack } from '../model/shared-memory.ts';
import { ABOUT_FILE, type About, STATE_FILE, stateTensors } from './saved.ts';
import { modelOfState, type TrainerState } from './state.ts';

export interface SaveOptions {
  readonly tokenizerPath?: string | null;
  readonly hfConfig?: Readonly<Record<string, unknown>>;
}

export const saveTrainer = async (
  directory: string,
  state: TrainerState,
  { tokenizerPath = null, hfConfig = {} }: SaveOptions,
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
