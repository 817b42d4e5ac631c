import { Command } from 'commander';
import type { Json } from '../../base/json.ts';
import { visible } from '../../base/terminal.ts';
import type { Environment } from '../../env/environment.ts';
import { CONTROLS, ENVIRONMENTS } from '../../env/registry.ts';
import type { CommandContext } from '../program.ts';

/** What other programs may rely on; documented in docs/json.md. */
export const describe = (environment: Environment): Json => ({
  name: environment.name,
  title: environment.title,
  origin: environment.origin,
  failureClass: environment.failureClass,
  control: environment.control ?? null,
  tools: environment.tools,
  variants: environment.variants.train + environment.variants.test,
  splits: environment.variants,
  registers: ['realistic', 'compact'],
  trainable: environment.trainable,
  proxyPaysHonest: environment.proxyPaysHonest,
  proxy: environment.proxyText,
  intent: environment.intentText,
  weaknesses: environment.weaknesses.map(({ name, description, witness }) => ({ name, description, witness })),
});

const heldOut = (environment: Environment): string => {
  if (environment.trainable) return '';
  return environment.control === undefined ? '  (held out: no trainer may use it)' : '  (no trainer may use it)';
};

const printed = (environment: Environment): string => {
  const { train, test } = environment.variants;
  const lines = [
    `${environment.name}${heldOut(environment)}`,
    `  ${environment.title}. ${environment.origin}.`,
    `  proxy:      ${environment.proxyText}`,
    `  intent:     ${environment.intentText}`,
    `  variants:   ${train} train, ${test} test; tools: ${environment.tools.join(', ') || 'none'}`,
    ...environment.weaknesses.map(
      ({ name, description }, index) => `  ${index === 0 ? 'weaknesses:' : '           '} ${name}: ${description}`,
    ),
  ];
  return lines.join('\n');
};

const CONTROLS_HEADING = 'Controls: nothing in them is gaming, and "all" leaves them out.';

export const envsCommand = ({ io }: CommandContext): Command =>
  new Command('envs')
    .description('List the environments: what each measures, what was meant, and how it can be gamed.')
    .option('--json', 'print JSON (docs/json.md)')
    .action(({ json }: { json?: boolean }) => {
      if (json === true) io.out(`${JSON.stringify([...ENVIRONMENTS, ...CONTROLS].map(describe), null, 2)}\n`);
      else {
        const paragraphs = [...ENVIRONMENTS.map(printed), CONTROLS_HEADING, ...CONTROLS.map(printed)];
        io.out(`${paragraphs.map((paragraph) => visible(paragraph, { newlines: true })).join('\n\n')}\n`);
      }
    });
