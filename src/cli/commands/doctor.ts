import { Command } from 'commander';
import { visible } from '../../base/terminal.ts';
import { bubblewrapSandbox } from '../../sandbox/bubblewrap.ts';
import { bubblewrapPython } from '../../sandbox/bubblewrap-python.ts';
import { simulatedSandbox } from '../../sandbox/simulated.ts';
import { wasmPython } from '../../sandbox/wasm-python.ts';
import { disk, engine, localModels, machine, providers, python, sandbox } from '../checks.ts';
import type { CommandContext } from '../program.ts';
import { VERSION } from '../version.ts';

const HELP = `
ok: works.  set: configured, not tried.  off: an option that is not set up here.  no: needed and broken (exit code 1).`;

export const doctorCommand = ({ io, exit }: CommandContext): Command =>
  new Command('doctor')
    .description('Say what works on this machine, what does not, and why.')
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', HELP)
    .action(async ({ json }: { json?: boolean }) => {
      await using sandboxes = simulatedSandbox();
      await using real = bubblewrapSandbox({ workers: 1 });
      await using wasm = wasmPython();
      await using bubblewrap = bubblewrapPython();
      const checks = [
        machine(),
        await disk(io),
        await sandbox(sandboxes, 'no'),
        await sandbox(real, 'off'),
        await python(wasm, 'python in WebAssembly', 'no'),
        await python(bubblewrap, 'python in bubblewrap', 'off'),
        await engine(),
        await localModels(),
        ...providers(io),
      ];
      if (json === true) io.out(`${JSON.stringify({ version: VERSION, checks }, null, 2)}\n`);
      else {
        const width = Math.max(...checks.map((check) => check.name.length));
        for (const { name, state, detail } of checks) {
          io.out(`${state.padEnd(4)} ${name.padEnd(width)}  ${visible(detail)}\n`);
        }
      }
      if (checks.some((check) => check.state === 'no')) exit(1);
    });
