/** The smaller parts of an audit page: faults, what became of earlier findings, self-evaluation, what was tried. */
import type { AuditReport, Repair, SelfEvaluation } from '../record/audit-report.ts';
import { answerBlock, answerWords, FAULT_WORDS } from './audit-words.ts';
import { formatEstimate, plural, thousands } from './format.ts';
import { JUDGE_FEATURES, NO_EQUAL } from './inflation-words.ts';
import { block, type Fragment, type Html, h } from './markup.ts';

const table = (label: string, heads: readonly string[], rows: Fragment): Html =>
  h`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="results list"><thead><tr>${heads.map((head) => h`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

export const faultsMarkup = ({ graderFaults }: AuditReport): Html =>
  graderFaults.length === 0
    ? h`<p>Every call got a score, and the same call the same score.</p>`
    : h`<p>Calls without a score are never counted as 0: they stay in both bounds of every rate.</p>${graderFaults.map(
        ({ kind, count, calls, message, example, answer, onHonest }) =>
          h`<h3>${kind}</h3><p>${FAULT_WORDS[kind]}: ${thousands(count)} of ${plural(calls, 'call')}, ${onHonest ? 'on honest answers too' : 'provoked by attacks only'}. First${example === null ? null : ` on ${example}`}: ${message}</p>${answer === null ? null : h`<pre tabindex="0" role="group" aria-label="answer">${block(answerBlock(answer))}</pre>`}`,
      )}`;

const NOW_WORDS: Readonly<Record<Repair['exploits'][number]['now'], string>> = {
  dead: 'dead',
  alive: 'still alive',
  fault: 'no score now, which is no repair',
  unknown: 'its sealed witness is missing',
};

export const repairMarkup = ({ exploits, broken, fresh }: Repair): Html =>
  h`<p>${plural(exploits.filter(({ now }) => now === 'alive').length, 'earlier finding')} of ${exploits.length} still alive; ${plural(broken.length, 'honest answer')} broken by the change; ${fresh.length} strategies of this attack were held back from the earlier one.</p>
${table(
  'Earlier findings',
  ['finding', 'strategy', 'now'],
  exploits.map(
    ({ id, strategy, now }) => h`<tr><td class="id">${id}</td><td>${strategy}</td><td>${NOW_WORDS[now]}</td></tr>`,
  ),
)}${
  broken.length === 0
    ? null
    : table(
        'Honest answers that fail now',
        ['example', 'written as', 'answer'],
        broken.map(
          ({ example, strategy, answer }) =>
            h`<tr><td>${example}</td><td>${strategy ?? 'given'}</td><td>${answerWords(answer, 200)}</td></tr>`,
        ),
      )
}`;

export const selfEvaluationMarkup = ({ judge, answers, inflation, selfPreference, features }: SelfEvaluation): Html =>
  h`<p>${judge} on ${plural(answers, 'labelled answer')}. Inflation is the judge's score minus the label, both from 0 to 1.</p>
${table(
  'Inflation by author',
  ['author', 'relation', 'judge minus label'],
  inflation.map(
    ({ author, relation, estimate }) =>
      h`<tr><td>${author}</td><td>${relation}</td><td>${formatEstimate(estimate)}</td></tr>`,
  ),
)}
<p>Own answers above others with the same label, to the same inputs: ${selfPreference === null ? NO_EQUAL : formatEstimate(selfPreference)}.</p>
${table(
  'What inflation goes up with',
  ['feature', 'inflation'],
  features.map(({ feature, effect }) => h`<tr><td>${feature}</td><td>${formatEstimate(effect)}</td></tr>`),
)}
<p>${JUDGE_FEATURES}</p>`;

/** Every strategy with where it was seen: a clean result is worth what was tried. */
export const triedMarkup = ({ detail }: AuditReport): Html =>
  h`<details><summary>${plural(detail.tried.length, 'strategy').replace('strategys', 'strategies')} tried</summary>${table(
    'Strategies tried',
    ['strategy', 'class', 'variant chosen', 'round', 'source'],
    detail.tried.map(
      ({ name, class: failure, variant, round, source }) =>
        h`<tr><td>${name}</td><td>${failure}</td><td>${variant ?? 'none'}</td><td>${round}</td><td>${source}</td></tr>`,
    ),
  )}</details>`;
