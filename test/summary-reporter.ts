import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Ends every test run with one plain line, `N passed, N failed, N skipped`, that scripts can read. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<SerializedError>): void {
    let passed = 0;
    let failed = errors.length;
    let skipped = 0;
    for (const testModule of modules) {
      let own = 0;
      for (const test of testModule.children.allTests()) {
        const state = test.result().state;
        if (state === 'passed') passed++;
        else if (state === 'failed') own++;
        else skipped++;
      }
      failed += own === 0 && testModule.state() === 'failed' ? 1 : own;
    }
    process.once('exit', () => process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`));
  }
}
