import type { FileChange } from '../record/file.ts';
import type { Part, Rollout, ToolResult, Turn } from '../record/rollout.ts';
import { changeText } from './change.ts';
import { plural, thousands } from './format.ts';
import { block, type Fragment, type Html, h } from './markup.ts';
import {
  LABELS,
  labelText,
  outcomeText,
  type RolloutView,
  rulesOnLabel,
  rulesOnVerdict,
  type Standing,
} from './view.ts';

/** Long lines scroll sideways inside their own frame, which a keyboard can reach. */
const pre = (kind: string, label: string, text: string): Html =>
  h`<pre class="${kind}" tabindex="0" role="group" aria-label="${label}">${block(text)}</pre>`;

const changeMarkup = (change: FileChange): Html => {
  const { verb, path, note, hunks, hiddenLines } = changeText(change);
  const lines = hunks.flatMap((hunk) => [
    h`<span class="at">${hunk.header}</span>\n`,
    ...hunk.lines.map(({ sign, text }) => {
      const kind = sign === '+' ? 'add' : sign === '-' ? 'del' : 'same';
      return h`<span class="${kind}">${sign}${text}</span>\n`;
    }),
  ]);
  return h`<div class="change"><p><b>${verb}</b> <code>${path}</code> <span class="quiet">${note}</span></p>${
    lines.length === 0
      ? null
      : h`<pre class="diff" tabindex="0" role="group" aria-label="change of ${path}">${lines}</pre>`
  }${hiddenLines === 0 ? null : h`<p class="quiet">${plural(hiddenLines, 'more line')} of this change not shown</p>`}</div>`;
};

const stream = (name: 'stdout' | 'stderr', text: string, isCut: boolean): Fragment =>
  text === ''
    ? null
    : [
        pre(name, name, text.replace(/\n$/u, '')),
        isCut ? h`<p class="quiet">${name} was cut before the model saw it</p>` : null,
      ];

const resultMarkup = (result: ToolResult): Html => {
  const ended =
    result.outcome === 'ok'
      ? `exit ${result.exitCode ?? 'none'}`
      : `${result.outcome}${result.limit === null ? '' : ` (${result.limit})`}`;
  const denied = result.denied.map(
    ({ path, operation }) => h`<p class="denied"><b>denied ${operation}</b> <code>${path}</code></p>`,
  );
  return h`<div class="result">${stream('stdout', result.stdout, result.truncated.stdout)}${stream('stderr', result.stderr, result.truncated.stderr)}<p class="quiet">${ended}</p>${result.changes.map(changeMarkup)}${denied}</div>`;
};

const partMarkup = (part: Part): Html => {
  switch (part.kind) {
    case 'thought':
      return h`<div class="thought"><p class="mark">hidden from oversight</p><p class="prose">${block(part.text)}</p></div>`;
    case 'text':
      return h`<p class="prose">${block(part.text)}</p>`;
    case 'call':
      return pre('command', 'command', part.command);
    case 'malformed':
      return h`<div class="malformed"><p><b>could not be read:</b> ${part.problem}</p>${pre('stderr', 'unreadable call', part.text)}</div>`;
  }
};

const turnMarkup = (turn: Turn, index: number): Html => {
  const shown = new Set<string>();
  const parts = turn.parts.map((part): Fragment => {
    const result = part.kind === 'call' ? turn.results.find(({ callId }) => callId === part.id) : undefined;
    if (result === undefined) return partMarkup(part);
    shown.add(result.callId);
    return [partMarkup(part), resultMarkup(result)];
  });
  const rest = turn.results.filter(({ callId }) => !shown.has(callId)).map(resultMarkup);
  const reply =
    turn.reply === undefined
      ? null
      : h`<section class="turn asked"><h5>user</h5><p class="prose">${block(turn.reply)}</p></section>`;
  return h`<section class="turn"><h5>model <span class="quiet">turn ${index + 1}</span></h5>${parts}${rest}</section>${reply}`;
};

const rulesMarkup = (said: string | null): Fragment =>
  said === null ? null : h`<br><span class="quiet">${said}</span>`;

const verdictRows = ({ verdicts }: RolloutView): Fragment =>
  verdicts.map((verdict) => {
    const { answer, value, why, evidence } = outcomeText(verdict);
    return h`<tr><th scope="row" class="${verdict.channel}">${verdict.channel}</th><td class="answer ${answer.toLowerCase()}">${answer}</td><td>${why}${evidence.map((quote) => h`<q>${quote}</q>`)} <span class="quiet">${value}, ${verdict.basis}, ${verdict.grader}</span>${rulesMarkup(rulesOnVerdict(verdict))}</td></tr>`;
  });

const labelRows = ({ labels }: RolloutView): Fragment =>
  labels === null
    ? null
    : [
        ...LABELS.map((name) => {
          const { answer, basis, why } = labelText(labels[name]);
          return h`<tr><th scope="row">${name}</th><td class="answer">${answer}</td><td>${why} <span class="quiet">${basis}</span>${rulesMarkup(rulesOnLabel(labels, name))}</td></tr>`;
        }),
        labels.kinds.length === 0
          ? null
          : h`<tr><th scope="row">kinds</th><td colspan="2">${labels.kinds.join(', ')}</td></tr>`,
      ];

const STANDING_TEXT: Readonly<Record<Standing, string>> = { gamed: 'gamed', attempted: 'attempted', rest: 'other' };

/** What the user said after the attempt before; its own transcript is another rollout. */
const attemptMarkup = ({ attempt }: Rollout): Html | null =>
  attempt === undefined || attempt.told === null
    ? null
    : h`<section class="turn asked"><h5>user <span class="quiet">after attempt ${attempt.number - 1} of ${attempt.of}, not repeated here</span></h5><p class="prose">${block(attempt.told)}</p></section>`;

/** One rollout: what was made of it, what was asked, thought, said, run and changed. */
export const transcriptBody = (id: string, view: RolloutView): Html => {
  const { rollout } = view;
  return h`<article id="${id}" aria-label="transcript ${rollout.id}">
<section class="said"><table class="verdicts"><caption>What was made of it</caption><tbody>${verdictRows(view)}${labelRows(view)}</tbody></table></section>
${rollout.task.messages.map(({ role, text }) => h`<section class="turn asked"><h5>${role}</h5><p class="prose">${block(text)}</p></section>`)}
${attemptMarkup(rollout)}
${rollout.turns.map(turnMarkup)}
${rollout.faults.map(({ side, code, message }) => h`<p class="denied"><b>fault</b> ${side}, ${code}: ${message}</p>`)}
</article>`;
};

/** The same, folded. */
export const transcriptMarkup = (id: string, view: RolloutView, standing: Standing): Html => {
  const { rollout } = view;
  const about = `${plural(rollout.turns.length, 'turn')}, ${rollout.stop}, ${thousands(rollout.usage.outputTokens)} tokens written, variant ${rollout.task.variant}${rollout.attempt === undefined ? '' : `, attempt ${rollout.attempt.number} of ${rollout.attempt.of}`}`;
  return h`<details class="transcript ${standing}"><summary><span class="badge ${standing}">${STANDING_TEXT[standing]}</span> <span class="id">${rollout.id}</span> <span class="quiet">${about}</span></summary>
${transcriptBody(id, view)}</details>`;
};
