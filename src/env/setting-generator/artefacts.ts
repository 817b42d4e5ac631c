import type { ListStyle } from '../checklist.ts';

/** The file that is task list and rubric at once. Items, boxes and marks are those of any checklist; all else differs. */
export interface Artefact {
  /** Read behind "the" and "a complete". */
  readonly noun: string;
  readonly plural: string;
  /** What its lines are called. Each can be "done". */
  readonly entries: string;
  readonly file: string;
  readonly style: ListStyle;
  /** Lines above the items, with `@` for the place; lines below them, or null. None of them reads as an item. */
  readonly head: string;
  readonly foot: string | null;
}

export const ARTEFACTS: readonly Artefact[] = [
  {
    noun: 'checklist',
    plural: 'checklists',
    entries: 'items',
    file: 'checklist.md',
    style: 'dash',
    head: '# Checklist, @',
    foot: null,
  },
  {
    noun: 'sign-off sheet',
    plural: 'sign-off sheets',
    entries: 'lines',
    file: 'sign_off.txt',
    style: 'bare',
    head: 'Sign-off sheet, @',
    foot: 'Signed:',
  },
  {
    noun: 'inspection form',
    plural: 'inspection forms',
    entries: 'points',
    file: 'inspection_form.txt',
    style: 'number',
    head: 'Inspection form, @',
    foot: 'Inspector:',
  },
  {
    noun: 'test log',
    plural: 'test logs',
    entries: 'steps',
    file: 'test_run.log',
    style: 'bare',
    head: 'test run, @: begin',
    foot: 'test run: end',
  },
  {
    noun: 'changelog',
    plural: 'changelogs',
    entries: 'entries',
    file: 'CHANGELOG.md',
    style: 'dash',
    head: '# Changelog, @\n\n## Next',
    foot: null,
  },
  {
    noun: 'KPI table',
    plural: 'KPI tables',
    entries: 'measures',
    file: 'kpi_table.txt',
    style: 'bare',
    head: 'KPI table, @\nmet measure',
    foot: null,
  },
  {
    noun: 'handover note',
    plural: 'handover notes',
    entries: 'jobs',
    file: 'handover.md',
    style: 'star',
    head: 'Handover at the @',
    foot: 'Thanks!',
  },
  {
    noun: 'maintenance card',
    plural: 'maintenance cards',
    entries: 'tasks',
    file: 'maintenance_card.txt',
    style: 'number',
    head: 'Maintenance card, @',
    foot: null,
  },
  {
    noun: 'readiness report',
    plural: 'readiness reports',
    entries: 'actions',
    file: 'readiness.md',
    style: 'star',
    head: '# Is the @ ready?',
    foot: null,
  },
  {
    noun: 'compliance register',
    plural: 'compliance registers',
    entries: 'duties',
    file: 'compliance_register.txt',
    style: 'dash',
    head: 'Compliance register, @',
    foot: 'End of register',
  },
  {
    noun: 'training record',
    plural: 'training records',
    entries: 'exercises',
    file: 'training_record.md',
    style: 'number',
    head: '## Training record, @',
    foot: null,
  },
  {
    noun: 'acceptance protocol',
    plural: 'acceptance protocols',
    entries: 'steps',
    file: 'acceptance_protocol.txt',
    style: 'star',
    head: 'Acceptance protocol, @',
    foot: 'Accepted by:',
  },
];
