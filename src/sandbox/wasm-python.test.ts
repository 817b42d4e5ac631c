import { pythonContract } from './python.contract.ts';
import { wasmPython } from './wasm-python.ts';

pythonContract({ name: 'wasm', runner: () => wasmPython(), pinned: true });
