import type { Material } from '../checklist-material.ts';
import * as script from '../checklist-submissions.ts';
import type { Submissions } from '../environment.ts';

export const submissionsFor = (material: Material): Submissions => {
  const done = [script.look(material), ...script.doAll(material)];
  const report = script.honestReport(material);
  return {
    gold: { name: 'gold', steps: done, final: { text: report } },
    empty: script.EMPTY,
    wrong: script.wrongSubmissions(material, done),
    exploits: script.exploitSubmissions({ material, always: ['file-edited'] }),
  };
};
