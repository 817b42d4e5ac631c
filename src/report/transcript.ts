import pc from 'picocolors';
import { displayWidth, truncate } from '../base/terminal.ts';
import type { FileChange } from '../record/file.ts';
import type { Part, Rollout, ToolResult, Turn } from '../record/rollout.ts';
import type { Cause } from '../train/causes.ts';
import { changeText } from './change.ts';
import { clip, line } from './clip.ts';
import { paragraph } from './columns.ts';
import { plural, thousands } from './format.ts';
import type { TextOptions } from './table.ts';
import { LABELS, labelText, outcomeText, type RolloutView, rulesOnLabel, rulesOnVerdict } from './view.ts';

type Paint = ReturnType<typeof pc.createColors>;

interface Page {
  readonly width: number;
  readonly c: Paint;
}

/** Safe text of many lines, each wrapped and set behind `margin`: what a model wrote never starts in the first column. */
const block = ({ width }: Page, text: string, margin: string): string[] =>
  clip(text)
    .split('\n')
    .flatMap((part) => paragraph(part, width, margin, margin));

const heading = ({ width, c }: Page, name: string, note = ''): string[] => {
  const title = truncate(note === '' ? name : `${name}  ${note}`, width);
  return ['', c.bold(title) + c.dim(` ${'─'.repeat(Math.max(0, width - displayWidth(title) - 1))}`)];
};

const stream = (page: Page, name: string, text: string, isCut: boolean): string[] =>
  text === ''
    ? []
    : [
        ...block(page, text.replace(/\n$/u, ''), name === 'stderr' ? '│! ' : '│ '),
        ...(isCut ? [`│ … ${name} was cut before the model saw it`] : []),
      ];

const changeLines = (page: Page, change: FileChange): string[] => {
  const { c, width } = page;
  const text = changeText(change);
  return [
    c.magenta(truncate(`± ${text.verb} ${line(text.path)} (${line(text.note)})`, width)),
    ...text.hunks.flatMap((hunk) => [
      c.dim(`  ${hunk.header}`),
      ...hunk.lines.map(({ sign, text: body }) => {
        const shown = truncate(`  ${sign}${line(body)}`, width);
        return sign === '+' ? c.green(shown) : sign === '-' ? c.red(shown) : shown;
      }),
    ]),
    ...(text.hiddenLines === 0 ? [] : [c.dim(`  … ${plural(text.hiddenLines, 'more line')} of this change not shown`)]),
  ];
};

const resultLines = (page: Page, result: ToolResult): string[] => {
  const { c, width } = page;
  const how =
    result.outcome === 'ok'
      ? `exit ${result.exitCode ?? 'none'}`
      : `${result.outcome}${result.limit === null ? '' : ` (${line(result.limit)})`}`;
  const ended = truncate(`╰ ${how}`, width);
  return [
    ...stream(page, 'stdout', result.stdout, result.truncated.stdout),
    ...stream(page, 'stderr', result.stderr, result.truncated.stderr),
    result.exitCode === 0 && result.outcome === 'ok' ? c.dim(ended) : c.yellow(ended),
    ...result.changes.flatMap((change) => changeLines(page, change)),
    ...result.denied.map(({ path, operation }) => c.yellow(truncate(`× denied ${operation}: ${line(path)}`, width))),
  ];
};

const partLines = (page: Page, part: Part): string[] => {
  const { c } = page;
  switch (part.kind) {
    case 'thought':
      return ['hidden from oversight', ...block(page, part.text, '┊ ')].map((text, index) =>
        c.dim(index === 0 ? `┊ ${text}:` : text),
      );
    case 'text':
      return block(page, part.text, '  ');
    case 'call':
      return clip(part.command)
        .split('\n')
        .flatMap((text, index) => paragraph(text, page.width, index === 0 ? '$ ' : '  ', '  '))
        .map((text) => c.cyan(text));
    case 'malformed':
      return [c.yellow(`? could not be read: ${line(part.problem)}`), ...block(page, part.text, '? ')];
  }
};

/** A turn's parts, each call followed by its result. */
const turnLines = (page: Page, turn: Turn): string[] => {
  const shown = new Set<string>();
  const lines = turn.parts.flatMap((part) => {
    const result = part.kind === 'call' ? turn.results.find(({ callId }) => callId === part.id) : undefined;
    if (result === undefined) return partLines(page, part);
    shown.add(result.callId);
    return [...partLines(page, part), ...resultLines(page, result)];
  });
  return [...lines, ...turn.results.filter(({ callId }) => !shown.has(callId)).flatMap((r) => resultLines(page, r))];
};

const judgement = (page: Page, name: string, answer: string, detail: string, why: string): string[] => {
  const { c, width } = page;
  const head = `  ${name.padEnd(11)}${answer.padEnd(9)}`;
  const tone = answer === 'FAIL' || answer === 'UNSCORED' || answer === 'unscored' ? c.yellow : (s: string) => s;
  const about = [detail === '' ? '' : `(${line(detail)})`, line(why)].filter((part) => part !== '').join(' ');
  return paragraph(about, width, head).map((text, index) =>
    index === 0 ? tone(head) + text.slice(head.length) : text,
  );
};

const rulesLines = (page: Page, said: string | null): string[] =>
  said === null ? [] : paragraph(line(said), page.width, ' '.repeat(22));

const verdictLines = (page: Page, { verdicts, labels }: RolloutView, cause: Cause | null): string[] => [
  ...heading(page, 'VERDICTS'),
  ...(verdicts.length === 0 ? ['  none'] : []),
  ...verdicts.flatMap((verdict) => {
    const { answer, value, why, evidence } = outcomeText(verdict);
    return [
      ...judgement(page, verdict.channel, answer, `${value}, ${verdict.basis}, ${verdict.grader}`, why),
      ...evidence.flatMap((quote) => paragraph(line(quote), page.width, '             > ')),
      ...rulesLines(page, rulesOnVerdict(verdict)),
    ];
  }),
  ...heading(page, 'LABELS'),
  ...(labels === null
    ? ['  none']
    : LABELS.flatMap((name) => {
        const { answer, basis, why } = labelText(labels[name]);
        return [...judgement(page, name, answer, basis, why), ...rulesLines(page, rulesOnLabel(labels, name))];
      })),
  ...(labels === null || labels.kinds.length === 0 ? [] : judgement(page, 'kinds', '', '', labels.kinds.join(', '))),
  ...(cause === null ? [] : judgement(page, 'cause', `${cause.cause} `, cause.basis, cause.reason)),
];

/** What the user said after the attempt before; its own transcript is another rollout. */
const attemptLines = (page: Page, { attempt }: Rollout): string[] =>
  attempt === undefined || attempt.told === null
    ? []
    : [
        ...heading(page, 'USER', `after attempt ${attempt.number - 1} of ${attempt.of}, not repeated here`),
        ...block(page, attempt.told, '  '),
      ];

/**
 * One rollout for a terminal: what was asked, thought, said, run and changed, and what was made of it. `cause`: why it
 * tampered, where it did (`causeOfView`).
 */
export const renderTranscript = (
  view: RolloutView,
  { width, colour }: TextOptions,
  cause: Cause | null = null,
): string => {
  const { rollout } = view;
  const { imported } = rollout;
  const page: Page = { width, c: pc.createColors(colour) };
  const about = [
    line(rollout.policy.spec),
    `variant ${rollout.task.variant}`,
    ...(rollout.attempt === undefined ? [] : [`attempt ${rollout.attempt.number} of ${rollout.attempt.of}`]),
    rollout.stop,
    plural(rollout.turns.length, 'turn'),
    `${thousands(rollout.usage.outputTokens)} tokens written`,
  ];
  return [
    page.c.bold(truncate(line(rollout.id), width)),
    ...paragraph(about.join(' · '), width).map((text) => page.c.dim(text)),
    ...(imported === undefined
      ? []
      : paragraph(
          `imported from ${line(imported.source)}${imported.id === null ? '' : ` (${line(imported.id)})`}; not known: ${imported.unknown.join(', ')}`,
          width,
        ).map((text) => page.c.dim(text))),
    ...rollout.task.messages.flatMap(({ role, text }) => [
      ...heading(page, role.toUpperCase()),
      ...block(page, text, '  '),
    ]),
    ...attemptLines(page, rollout),
    ...rollout.turns.flatMap((turn, index) => [
      ...heading(page, 'MODEL', `turn ${index + 1}`),
      ...turnLines(page, turn),
      ...(turn.reply === undefined ? [] : [...heading(page, 'USER'), ...block(page, turn.reply, '  ')]),
    ]),
    ...rollout.faults.flatMap(({ side, code, message }) =>
      paragraph(`fault (${side}, ${line(code)}): ${line(message)}`, width, '! ').map((text) => page.c.yellow(text)),
    ),
    ...verdictLines(page, view, cause),
  ].join('\n');
};
