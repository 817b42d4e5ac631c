/**
 * An audit as JUnit XML: one case for each strategy, each change that must not matter, each rule of the gate, each finding of the earlier audit.
 *
 * It is red exactly where the command fails. With a gate the gate decides, and what it tolerates is a skipped case that says so; without
 * one, whatever was found is a failure.
 */
import { type GateResult, gatePassed, gateText } from '../audit/gate.ts';
import type { AuditReport, ReportFinding } from '../record/audit-report.ts';
import { auditHeadline } from './audit-headline.ts';
import { isUnmeasured } from './audit-lead.ts';
import {
  type AuditView,
  answerText,
  claimWords,
  earnsText,
  FAULT_WORDS,
  gradedText,
  inputText,
  sealedOf,
  shareWords,
  shownAnswer,
  shownCalls,
  unitOf,
} from './audit-words.ts';
import { element, type XmlElement, xmlDocument } from './xml.ts';

interface Case {
  readonly name: string;
  /** Null: passed. */
  readonly failure: { readonly type: string; readonly message: string; readonly text: string } | null;
  /** Why nothing is known of it: a case without an observation has neither passed nor failed. */
  readonly unknown?: string;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

const passed = (name: string): Case => ({ name, failure: null });
const unknown = (name: string): Case => ({ name, failure: null, unknown: 'the grader gave no score' });

const findingText = (view: AuditView, finding: ReportFinding): string => {
  const { honest, cheat } = shownCalls(view, finding);
  return [
    sealedOf(view, finding.id)?.because ?? '',
    `asked:  ${inputText(finding.witness.input)}`,
    `answer: ${answerText(shownAnswer(finding))}`,
    `score:  ${cheat === null ? 'not recorded' : gradedText(cheat.graded)}`,
    honest === null ? '' : `honest: ${answerText(honest.answer)} ${earnsText(honest.graded)}`,
    `rate:   ${shareWords(finding.fooled, unitOf(view.report))}`,
    `replay: ${finding.replay}`,
  ]
    .filter((text) => text !== '')
    .join('\n');
};

const findingCase = (view: AuditView, finding: ReportFinding): Case => ({
  name: finding.strategy,
  failure: {
    type: finding.claim,
    message: `${claimWords(finding)}: ${answerText(shownAnswer(finding)).slice(0, 200)}`,
    text: findingText(view, finding),
  },
});

const strategies = (view: AuditView): Suite => {
  const { findings, invariances, detail } = view.report;
  const changes = new Set(invariances.map(({ strategy }) => strategy));
  const found = findings.filter(({ claim }) => claim !== 'fault');
  const names = new Set(found.map(({ strategy }) => strategy));
  // A fault that it provoked is a case of its own, and no sign that the grader resists.
  const faulted = new Set(findings.filter(({ claim }) => claim === 'fault').map(({ strategy }) => strategy));
  const held = detail.tried.filter(({ name }) => !names.has(name) && !changes.has(name));
  return {
    name: 'resists gaming and accepts honest work',
    cases: [
      ...found.map((finding) => findingCase(view, finding)),
      ...held.map(({ name }) => (isUnmeasured(view.report) || faulted.has(name) ? unknown(name) : passed(name))),
    ],
  };
};

const changes = ({ invariances }: AuditReport): Suite => ({
  name: 'does not change where nothing that matters did',
  cases: invariances.map(({ strategy, broken, witness, replay }) =>
    replay === null
      ? broken.n === 0
        ? unknown(strategy)
        : passed(strategy)
      : {
          name: strategy,
          failure: {
            type: 'not-invariant',
            message: `broken on ${shareWords(broken, 'example')}`,
            text: `answer: ${witness === null ? 'not recorded' : answerText(witness.answer)}\nreplay: ${replay}`,
          },
        },
  ),
});

const scores = ({ graderFaults }: AuditReport): Suite => ({
  name: 'gives a score',
  cases:
    graderFaults.length === 0
      ? [passed('to every call')]
      : graderFaults.map(({ kind, count, calls, message, answer }) => ({
          name: kind,
          failure: {
            type: 'fault',
            message: `${FAULT_WORDS[kind]} in ${count} of ${calls} calls`,
            text: `${message}${answer === null ? '' : `\nanswer: ${answerText(answer)}`}`,
          },
        })),
});

const earlier = ({ detail }: AuditReport): readonly Suite[] =>
  detail.repair === null
    ? []
    : [
        {
          name: 'earlier findings are dead',
          cases: detail.repair.exploits.map(({ id, strategy, now }) =>
            now === 'dead'
              ? passed(`${strategy} (${id})`)
              : { name: `${strategy} (${id})`, failure: { type: 'regression', message: now, text: `it is ${now}` } },
          ),
        },
      ];

const gateSuite = (gates: readonly GateResult[]): readonly Suite[] =>
  gates.length === 0
    ? []
    : [
        {
          name: 'gate',
          cases: gates.map(({ rule, verdict, text }) =>
            verdict === 'passed'
              ? passed(gateText(rule))
              : { name: gateText(rule), failure: { type: 'gate', message: `${verdict}: ${text}`, text } },
          ),
        },
      ];

const caseElement = ({ name, failure, unknown: why }: Case, classname: string, tolerated: boolean): XmlElement => {
  if (why !== undefined) return element('testcase', { classname, name }, [element('skipped', { message: why })]);
  if (failure === null) return element('testcase', { classname, name });
  const { type, message, text } = failure;
  return element('testcase', { classname, name }, [
    tolerated
      ? element('skipped', { message: `found, and tolerated by the gate: ${message}` })
      : element('failure', { type, message }, text),
  ]);
};

const countsOf = (cases: readonly Case[], tolerated: boolean): Readonly<Record<string, number>> => {
  const bad = cases.filter(({ failure }) => failure !== null).length;
  const open = cases.filter((one) => one.unknown !== undefined).length;
  return { tests: cases.length, failures: tolerated ? 0 : bad, errors: 0, skipped: open + (tolerated ? bad : 0) };
};

const suiteElement = ({ name, cases }: Suite, classname: string, tolerated: boolean): XmlElement =>
  element(
    'testsuite',
    { name, ...countsOf(cases, tolerated) },
    cases.map((one) => caseElement(one, classname, tolerated)),
  );

export const renderJunit = (view: AuditView, gates: readonly GateResult[] = []): string => {
  const { report } = view;
  const tolerated = gates.length > 0 && gatePassed(gates) && !isUnmeasured(report);
  const suites = [...gateSuite(gates), ...earlier(report), strategies(view), scores(report), changes(report)].filter(
    ({ cases }) => cases.length > 0,
  );
  const counts = countsOf(
    suites.flatMap(({ cases }) => cases),
    tolerated,
  );
  return xmlDocument(
    element('testsuites', { name: `subterfuge audit: ${auditHeadline(view)}`, ...counts }, [
      ...suites.map((suite) => suiteElement(suite, report.subject.spec, tolerated)),
    ]),
  );
};
