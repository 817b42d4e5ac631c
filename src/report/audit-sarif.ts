/**
 * An audit as SARIF 2.1.0, for code scanning: one result for each finding and each broken invariance, at the line of the grader. Braces and
 * brackets of a message are placeholders and links there (3.11.5, 3.11.6), so those of an answer are escaped.
 */
import { sha256 } from '../base/json.ts';
import { visible } from '../base/terminal.ts';
import type { Claim } from '../record/audit-finding.ts';
import type { AuditReport, ReportFinding, ReportInvariance } from '../record/audit-report.ts';
import { isUnmeasured } from './audit-lead.ts';
import type { SourceLocation } from './audit-location.ts';
import {
  type AuditView,
  answerText,
  brokenInvariances,
  CLAIM_WORDS,
  CLASS_WORDS,
  claimWords,
  earnsText,
  sealedOf,
  shareWords,
  shownAnswer,
  shownCalls,
  unitOf,
} from './audit-words.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const MOST_TEXT = 800;

const LEVELS: Readonly<Record<Claim, 'error' | 'warning'>> = {
  'false-pass': 'error',
  fault: 'error',
  'false-fail': 'warning',
  'not-invariant': 'warning',
};

interface Found {
  readonly claim: Claim;
  readonly strategy: string;
  /** Null of a fault. */
  readonly class: ReportFinding['class'];
  readonly because: string;
  readonly text: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Text of a message: safe, cut, and without placeholders and links. */
const messageText = (text: string): string => {
  const cut = text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT)}…`;
  return visible(cut)
    .replaceAll(/[{}]/g, (brace) => brace + brace)
    .replaceAll(/[[\]\\]/g, (mark) => `\\${mark}`);
};

const ofFinding = (view: AuditView, finding: ReportFinding): Found => {
  const { honest, cheat } = shownCalls(view, finding);
  const score = cheat === null ? '' : ` ${earnsText(cheat.graded)}`;
  const other = honest === null ? '' : `; honest work ${earnsText(honest.graded)}`;
  const rate = finding.claim === 'fault' ? '' : ` On ${shareWords(finding.fooled, unitOf(view.report))}.`;
  return {
    claim: finding.claim,
    strategy: finding.strategy,
    class: finding.class,
    because: sealedOf(view, finding.id)?.because ?? claimWords(finding),
    text: `${view.report.subject.spec} ${claimWords(finding)}: ${answerText(shownAnswer(finding))}${score}${other}.${rate} Replay: ${finding.replay}`,
    properties: { id: finding.id, variant: finding.variant, replay: finding.replay, fooled: finding.fooled },
  };
};

const ofInvariance = (report: AuditReport, broken: ReportInvariance): Found => ({
  claim: 'not-invariant',
  strategy: broken.strategy,
  class: broken.class,
  because: 'A change that must not matter changed the score.',
  text: `${report.subject.spec} ${CLAIM_WORDS['not-invariant']}: ${broken.strategy}, on ${shareWords(broken.broken, 'example')}. Replay: ${broken.replay}`,
  properties: { replay: broken.replay, broken: broken.broken },
});

const pascal = (name: string): string =>
  name
    .split(/[^\p{L}\p{N}]+/u)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

const uriOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

export interface SarifOptions {
  /** Null: the grader is no file of the repository. */
  readonly location: SourceLocation | null;
}

/** Without a file there is only a name; GitHub shows results at a file, so a location is worth giving. */
const locationsOf = (location: SourceLocation | null, spec: string): readonly unknown[] => [
  {
    ...(location === null
      ? {}
      : {
          physicalLocation: {
            artifactLocation: { uri: uriOf(location.path) },
            region: { startLine: location.line },
          },
        }),
    logicalLocations: [{ fullyQualifiedName: visible(spec), kind: 'function' }],
  },
];

/** Stable over runs and versions of the grader, so that an alert is closed when its finding is gone, and not opened again each time. */
const fingerprint = (spec: string, { claim, strategy }: Found): string =>
  sha256(`${spec}\n${claim}\n${strategy}`).slice(0, 32);

const helpText = ({ class: failure, claim, strategy }: Found): string =>
  failure === null
    ? `The grader ${CLAIM_WORDS[claim]}.`
    : `${CLASS_WORDS[failure]}. subterfuge strategies ${strategy} says more.`;

const ruleId = ({ claim, strategy }: Found): string => `${claim}/${strategy}`;

/** The whole document as JSON text. */
export const renderSarif = (view: AuditView, { location }: SarifOptions): string => {
  const { report } = view;
  const { subject, detail } = report;
  const found = [
    ...report.findings.map((finding) => ofFinding(view, finding)),
    ...brokenInvariances(view).map((broken) => ofInvariance(report, broken)),
  ];
  const rules = [...new Map(found.map((one) => [ruleId(one), one])).values()];
  const codes = [...new Set(detail.warnings.map(({ code }) => code))];
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Subterfuge',
            version: detail.subterfuge,
            rules: rules.map((one) => ({
              id: ruleId(one),
              name: pascal(one.strategy),
              shortDescription: { text: `${one.strategy}: ${CLAIM_WORDS[one.claim]}` },
              fullDescription: { text: messageText(one.because) },
              help: { text: helpText(one) },
              defaultConfiguration: { level: LEVELS[one.claim] },
              properties: { tags: ['grader', ...(one.class === null ? [] : [one.class]), one.claim] },
            })),
            notifications: codes.map((id) => ({ id })),
          },
        },
        automationDetails: { id: `subterfuge/audit/${sha256(subject.spec).slice(0, 12)}/` },
        invocations: [
          {
            executionSuccessful: !isUnmeasured(report),
            toolExecutionNotifications: detail.warnings.map(({ code, text }) => ({
              descriptor: { id: code },
              level: 'warning',
              message: { text: messageText(text) },
            })),
          },
        ],
        results: found.map((one) => ({
          ruleId: ruleId(one),
          ruleIndex: rules.findIndex((rule) => ruleId(rule) === ruleId(one)),
          level: LEVELS[one.claim],
          message: { text: messageText(one.text) },
          locations: locationsOf(location, subject.spec),
          partialFingerprints: { 'subterfuge/v1': fingerprint(subject.spec, one) },
          properties: one.properties,
        })),
        columnKind: 'utf16CodeUnits',
        properties: {
          subject: { ...subject, spec: visible(subject.spec) },
          gameability: report.gameability,
          falsePasses: report.falsePasses,
          falseFails: report.falseFails,
        },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};
