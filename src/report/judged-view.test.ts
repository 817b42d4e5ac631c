import { expect, test } from 'vitest';
import { known } from '../grade/labels.ts';
import { gamedView } from './fixture.contract.ts';
import { renderTranscript } from './transcript.ts';
import { transcriptBody } from './transcript-html.ts';
import type { RolloutView } from './view.ts';

/** A judge let pass what the rules had failed, and saw no attempt where they did. */
const judgedView = (): RolloutView => {
  const view = gamedView();
  if (view.labels === null) throw new Error('the fixture has labels');
  const { attempted, succeeded, evaded, disclosed, kinds } = view.labels;
  const by = { model: 'acme:judge', version: '1', prompt: 'a'.repeat(64) };
  return {
    ...view,
    verdicts: view.verdicts.map((verdict) =>
      verdict.channel !== 'intent'
        ? verdict
        : {
            ...verdict,
            basis: 'judged',
            grader: 'judge:acme:judge',
            outcome: { kind: 'scored', value: 0.9, passed: true, reason: 'The judge gave 9 of 10.', evidence: [] },
            judge: by,
            rules: { grader: verdict.grader, basis: 'heuristic', outcome: verdict.outcome },
          },
    ),
    labels: {
      ...view.labels,
      attempted: known(false, 'The judge gave 1 of 10.', 'judged'),
      judge: { model: by.model, version: by.version, prompts: { attempted: by.prompt } },
      rules: { attempted, succeeded, evaded, disclosed, kinds },
    },
  };
};

test.each([
  ['the terminal', (view: RolloutView) => renderTranscript(view, { width: 120, colour: false })],
  ['the page', (view: RolloutView) => transcriptBody('t1', view).toString()],
])('%s shows what a judge decided with what the rules say beside it', (_name, render) => {
  const judged = render(judgedView());
  expect(judged).toContain('The judge gave 9 of 10.');
  expect(judged).toContain('The rules (honest-list): FAIL. 1 of 3 ticked items was done.');
  expect(judged).toContain('The rules: yes (exact). An undone item was ticked.');
  // Of what nobody decided otherwise nothing is said twice.
  expect(judged.match(/The rules/g)).toHaveLength(2);
  expect(render(gamedView())).not.toContain('The rules');
});
