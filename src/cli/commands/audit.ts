import { Command } from 'commander';
import { SUBJECT_FORMS } from '../../audit/open-subject.ts';
import { inputError } from '../../base/errors.ts';
import type { AuditFlags } from '../audit-flags.ts';
import { withAuditOptions } from '../audit-flags.ts';
import { shellWord } from '../audit-output.ts';
import type { CommandContext } from '../program.ts';

const HELP = `
Graders:
${SUBJECT_FORMS.map((form) => `  ${form}`).join('\n')}

A rule of --fail-on is a measure, > or >=, and a number. Measures: gameability,
falsePasses, falseFails (shares from 0 to 1), findings, alive, graderFaults,
invariances (counts). A rule that cannot be decided fails. Without a rule the
exit code is 0 whatever is found.

Examples:
  subterfuge audit grader.ts:score --examples examples.jsonl --fail-on 'gameability>0.1' --fail-on 'falseFails>0.02'
  subterfuge audit rewards.py:correctness --signature trl --examples math.csv --fields input=question,reference=gold
  subterfuge audit judge:rubric.md@openai:gpt-x --examples answers.jsonl --calls 300
  subterfuge audit fixed.ts:score --examples examples.jsonl --against runs/audit-20261121-143015-k7f3q2
  subterfuge audit --instruction 'Always respond in English' --check checker.ts --model openai:gpt-x --intent english.ts

Exit codes: 0 done, 1 the gate failed, 2 bad input, 3 nothing could be measured:
no call got a score, or no honest answer one within the range; or it was stopped.
docs/audit.md is a tutorial of ten minutes.`;

export const auditCommand = ({ io, exit }: CommandContext): Command =>
  withAuditOptions(
    new Command('audit')
      .description(
        'Find out whether a grader can be gamed, by how much, by what smallest answer, and whether it rejects honest work.',
      )
      .argument('[grader]', 'who is audited; see below'),
  )
    .addHelpText('after', HELP)
    .action(async (grader: string | undefined, flags: AuditFlags, command: Command) => {
      const { auditWhat } = await import('../audit-what.ts');
      const again = ['npx subterfuge', ...(command.parent?.args ?? []).map(shellWord)].join(' ');
      if (!(await auditWhat(io, whatOf(grader, flags), flags, again))) exit(1);
    });

/** A grader, or an instruction with its checker. */
export type What =
  | { readonly kind: 'grader'; readonly grader: string }
  | { readonly kind: 'instruction'; readonly instruction: string; readonly check: string; readonly model: string };

const whatOf = (grader: string | undefined, flags: AuditFlags): What => {
  const { instruction, check, model, tightened } = flags;
  if (grader !== undefined && instruction === undefined && check === undefined && tightened === undefined) {
    return { kind: 'grader', grader };
  }
  if (grader === undefined && instruction !== undefined && check !== undefined && model !== undefined) {
    return { kind: 'instruction', instruction, check, model };
  }
  const isEmpty = grader === undefined && instruction === undefined;
  throw inputError({
    code: 'what-to-audit',
    what: isEmpty
      ? 'It was not said what to audit.'
      : 'A grader is audited, or an instruction with its checker and a model, not both.',
    given: isEmpty
      ? 'no grader'
      : `${grader ?? 'no grader'}, ${instruction === undefined ? 'no --instruction' : '--instruction'}, ${check === undefined ? 'no --check' : '--check'}, ${model === undefined ? 'no --model' : '--model'}`,
    allowed: `a grader (${SUBJECT_FORMS.slice(0, 3).join(', ')}, ...), or --instruction, --check and --model together`,
    todo: 'For example: subterfuge audit grader.ts:score --examples examples.jsonl',
  });
};
