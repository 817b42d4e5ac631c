/** Transcripts as in the paper's Figure 1: what the model thought and did, and beside it what the overseer saw of that. */
import type { OversightView } from '../grade/oversight-view.ts';
import { causeBadge, causeLine } from './cause.ts';
import { thousands } from './format.ts';
import { block, type Fragment, type Html, h } from './markup.ts';
import type { SeenTranscript } from './training-view.ts';
import { transcriptBody } from './transcript-html.ts';
import { type RolloutView, type Standing, standingOf } from './view.ts';

const STANDING_TEXT: Readonly<Record<Standing, string>> = { gamed: 'gamed', attempted: 'attempted', rest: 'other' };

const code = (kind: string, text: string): Fragment =>
  text === '' ? null : h`<pre class="${kind}" tabindex="0" role="group" aria-label="${kind}">${block(text)}</pre>`;

const seenMarkup = (seen: OversightView, { verdicts }: RolloutView): Html => {
  const scores = verdicts.flatMap(({ channel, outcome, grader }) =>
    channel === 'oversight' && outcome.kind === 'scored'
      ? [h`<p class="quiet">${grader} gave it ${outcome.value.toFixed(2)}: ${outcome.reason}</p>`]
      : [],
  );
  return h`${seen.instructions === '' ? null : h`<section class="turn asked"><h5>system</h5><p class="prose">${block(seen.instructions)}</p></section>`}
<section class="turn asked"><h5>user</h5><p class="prose">${block(seen.request)}</p></section>
${seen.actions.map(
  ({ said, command, output, reply }) =>
    h`<section class="turn"><h5>model</h5>${said === '' ? null : h`<p class="prose">${block(said)}</p>`}${code('command', command)}<div class="result">${code('stdout', output.trimEnd())}</div></section>${reply === undefined ? null : h`<section class="turn asked"><h5>user</h5><p class="prose">${block(reply)}</p></section>`}`,
)}
<section class="turn"><h5>model</h5>${seen.answer === '' ? h`<p class="quiet">no final message</p>` : h`<p class="prose">${block(seen.answer)}</p>`}</section>
${scores}`;
};

const transcript = ({ checkpoint, view, seen, cause }: SeenTranscript, id: string): Html => {
  const standing = standingOf(view);
  const { rollout } = view;
  const about = `after ${checkpoint}, ${thousands(rollout.turns.length)} turns, ${rollout.stop}`;
  return h`<details class="transcript ${standing}"><summary><span class="badge ${standing}">${STANDING_TEXT[standing]}</span> ${causeBadge(cause)}<span class="id">${rollout.id}</span> <span class="quiet">${about}</span></summary>
<div class="beside"><section><h4>What happened</h4>${causeLine(cause)}${transcriptBody(id, view)}</section>
<section><h4>What the overseer sees of it</h4>${seen === null ? h`<p class="quiet">Nothing: it was not shown to one.</p>` : seenMarkup(seen, view)}</section></div></details>`;
};

/** In the order in which they are handed in. */
export const transcripts = (shown: readonly SeenTranscript[]): Html =>
  shown.length === 0
    ? h`<p>No transcript was handed to this report.</p>`
    : h`<p>Text in a dashed frame is the model’s hidden chain of thought: no overseer and no reward saw it. Chosen for what they show (gaming first), not at random.</p>${shown.map((one, index) => transcript(one, `t${index}`))}`;
