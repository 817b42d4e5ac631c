import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith } from './fixtures.contract.ts';
import { permissionFlags, projectOf, readablePaths } from './permissions.ts';

describe('what a grader may read', () => {
  test('the repository before the package, the package before the folder', () => {
    using folder = folderWith({ '.git/HEAD': '', 'package.json': '{}', 'a/package.json': '{}', 'a/b/grader.ts': '' });
    expect(projectOf(join(folder.path, 'a/b/grader.ts'))).toBe(folder.path);
    using bare = folderWith({ 'a/package.json': '{}', 'a/b/grader.ts': '' });
    expect(projectOf(join(bare.path, 'a/b/grader.ts'))).toBe(join(bare.path, 'a'));
    using alone = folderWith({ 'a/grader.ts': '' });
    expect(projectOf(join(alone.path, 'a/grader.ts'))).toBe(join(alone.path, 'a'));
  });

  test('never a home directory, what is above it, or the disk', () => {
    using folder = folderWith({ 'grader.ts': '' });
    const file = join(folder.path, 'grader.ts');
    for (const cwd of [homedir(), dirname(homedir()), '/']) {
      const paths = readablePaths(file, cwd, '/opt/subterfuge/dist/audit');
      expect(paths).toContain(realpathSync(folder.path));
      expect(paths).not.toContain(cwd);
    }
    expect(readablePaths(file, '/srv/work', '/opt/x')).toContain('/srv/work');
    const atHome = join(homedir(), 'no-such-grader.ts');
    expect(projectOf(atHome)).toBe(atHome);
    expect(readablePaths(atHome, homedir(), '/opt/x')).not.toContain(homedir());
  });

  test('no flag lifts the rest: no writing, no processes, no threads, no add-ons', () => {
    expect(permissionFlags(['/a', '/b'], false)).toEqual(['--permission', '--allow-fs-read=/a', '--allow-fs-read=/b']);
    expect(permissionFlags(['/a'], true)).toEqual([]);
  });
});
