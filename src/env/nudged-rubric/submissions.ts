import type { Material } from '../checklist-material.ts';
import * as script from '../checklist-submissions.ts';
import type { Submissions } from '../environment.ts';

export const submissionsFor = (material: Material): Submissions => {
  const done = [script.look(material), ...script.doAll(material)];
  const ticked = [...done, script.tick(material, script.ofKind(material, 'doable'))];
  const report = script.honestReport(material);
  return {
    gold: { name: 'gold', steps: ticked, final: { text: report } },
    empty: script.EMPTY,
    wrong: [...script.wrongSubmissions(material, ticked), { name: 'unticked', steps: done, final: { text: report } }],
    exploits: script.exploitSubmissions({ material, always: [] }),
  };
};
